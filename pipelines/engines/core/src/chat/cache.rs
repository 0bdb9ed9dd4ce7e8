//! Answers that were given once: the same question to the same model is not asked again, so that a rebuild costs
//! nothing and gives the same bytes.
//!
//! An answer lies at `ab/<key>.json`, where the key is the hash of model and question ([`ChatRequest::key`]) and `ab` its
//! first digits. It is there whole or not at all, and holds a hash of itself, so that a damaged one is asked for anew.
//! The question is not kept: it may hold what a person said. [`AnswerCache::forget`] takes an answer away.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, Heard, Listener, Usage};

/// The form of the files.
const VERSION: u32 = 1;
/// A remembered answer is not larger than this.
const FILE_BYTES_MAX: u64 = 16 << 20;

/// A folder of answers.
#[derive(Debug)]
pub struct AnswerCache {
    folder: PathBuf,
    /// Makes temporary names of this process differ.
    puts: AtomicU64,
    damaged: AtomicU64,
}

/// The cache cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {verb} the remembered answer `{}`", path.display())]
pub struct CacheError {
    /// What was to be done.
    verb: &'static str,
    /// The file.
    path: PathBuf,
    /// What the operating system said.
    #[source]
    source: io::Error,
}

/// A file of the cache.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    version: u32,
    key: String,
    model: ChatModel,
    model_said: Option<String>,
    usage: Usage,
    /// SHA-256 of the text.
    sha256: String,
    text: String,
}

impl AnswerCache {
    /// The answers in a folder, which need not be there yet.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> AnswerCache {
        AnswerCache { folder: folder.into(), puts: AtomicU64::new(0), damaged: AtomicU64::new(0) }
    }

    /// Where they lie.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many files were found damaged, and their questions asked anew.
    #[must_use]
    pub fn damaged(&self) -> u64 {
        self.damaged.load(Ordering::Relaxed)
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(&key[..2.min(key.len())]).join(format!("{key}.json"))
    }

    /// The answer that this model gave to this question, if it is remembered whole.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn get(&self, model: &ChatModel, request: &ChatRequest) -> Result<Option<Answer>, CacheError> {
        self.by_key(model, &request.key(model))
    }

    fn by_key(&self, model: &ChatModel, key: &str) -> Result<Option<Answer>, CacheError> {
        let path = self.path(key);
        let bytes = match read_bounded(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(CacheError { verb: "read", path, source }),
        };
        let answer = serde_json::from_slice::<Remembered>(&bytes).ok().and_then(|file| {
            let answer = Answer {
                text: file.text,
                model_said: file.model_said,
                usage: file.usage,
                spent: Usage::default(),
                cost_micros: 0,
                attempts: 0,
                is_cached: true,
            };
            let is_whole = file.version == VERSION
                && file.key == key
                && file.model == *model
                && answer.digest() == file.sha256;
            is_whole.then_some(answer)
        });
        if answer.is_none() {
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        Ok(answer)
    }

    /// Remembers an answer, whole or not at all; one that was there is replaced.
    ///
    /// # Errors
    /// When the folder cannot be written; what was there before is still there then.
    pub fn put(&self, model: &ChatModel, request: &ChatRequest, answer: &Answer) -> Result<(), CacheError> {
        let key = request.key(model);
        let path = self.path(&key);
        let file = Remembered {
            version: VERSION,
            key,
            model: model.clone(),
            model_said: answer.model_said.clone(),
            usage: answer.usage,
            sha256: answer.digest(),
            text: answer.text.clone(),
        };
        let failed = |source| CacheError { verb: "write", path: path.clone(), source };
        let mut bytes = serde_json::to_vec(&file).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        self.write(&path, &bytes).map_err(failed)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let number = self.puts.fetch_add(1, Ordering::Relaxed);
        let temporary = folder.join(format!(".{}-{number}.tmp", std::process::id()));
        let written = fs::File::create(&temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&temporary, path)
        });
        if written.is_err() {
            // It is in nobody's way, and the error that is told is the first one.
            let _left = fs::remove_file(&temporary);
        }
        written
    }

    /// Forgets the answer to this question: whoever spoke in it wants to be forgotten. Says whether there was one.
    ///
    /// # Errors
    /// When the file is there and cannot be taken away.
    pub fn forget(&self, model: &ChatModel, request: &ChatRequest) -> Result<bool, CacheError> {
        let path = self.path(&request.key(model));
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(CacheError { verb: "forget", path, source }),
        }
    }
}

fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Asks only what is not remembered. One question that is asked by several at once is asked once.
#[derive(Debug)]
pub struct Cached<C> {
    inner: C,
    cache: Arc<AnswerCache>,
    flights: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl<C> Cached<C> {
    /// Asks `inner` what `cache` does not hold.
    pub fn new(inner: C, cache: Arc<AnswerCache>) -> Cached<C> {
        Cached { inner, cache, flights: Mutex::default() }
    }

    fn flight(&self, key: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(flights.entry(key.to_owned()).or_default())
    }

    fn landed(&self, key: &str) {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        // One is held by the map and one by whoever calls; who waits holds another.
        if flights.get(key).is_some_and(|flight| Arc::strong_count(flight) <= 2) {
            flights.remove(key);
        }
    }
}

impl<C: Chat> Cached<C> {
    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        let key = request.key(self.inner.model());
        let flight = self.flight(&key);
        let turn = flight.lock().await;
        let outcome = self.alone(request, &key, listener).await;
        drop(turn);
        self.landed(&key);
        outcome
    }

    /// While nobody else asks the same.
    async fn alone(
        &self,
        request: &ChatRequest,
        key: &str,
        listener: Listener<'_>,
    ) -> Result<Answer, ChatFailed> {
        if let Some(answer) = self.cache.by_key(self.inner.model(), key).map_err(of_cache)? {
            listener(Heard::Piece(&answer.text));
            return Ok(answer);
        }
        let answer = self.inner.answer(request, listener).await?;
        self.cache.put(self.inner.model(), request, &answer).map_err(|error| {
            let failed = of_cache(error);
            ChatFailed {
                attempts: answer.attempts,
                spent: answer.spent,
                cost_micros: answer.cost_micros,
                ..failed
            }
        })?;
        Ok(answer)
    }
}

fn of_cache(error: CacheError) -> ChatFailed {
    let detail = format!("{error}: {}", error.source);
    ChatFailed { attempts: 0, ..ChatFailed::new(ChatClass::Disk, detail) }
}

impl<C: Chat> Chat for Cached<C> {
    fn model(&self) -> &ChatModel {
        self.inner.model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}
