//! What all handlers share.

use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use pixmo_console::Clock;
use pixmo_molmo::captioner::Sampling;
use pixmo_pictures::Limits;
use subtle::ConstantTimeEq;

use super::metrics::Metrics;
use crate::desk::Desk;
use crate::lineage::{self, Lineage, Recipe};
use crate::sources::in_a_line;

/// What a server is made with.
#[derive(Clone, Debug)]
pub struct AppSettings {
    /// What the model is called in requests and answers.
    pub name: String,
    /// How it was trained.
    pub recipe: Recipe,
    /// What a request that says nothing else is answered with.
    pub sampling: Sampling,
    /// What every request has to carry as `Authorization: Bearer …`; nothing if `None`.
    pub token: Option<String>,
    /// Bytes of a body.
    pub body_bytes_max: usize,
    /// What a picture may be.
    pub pictures: Limits,
}

/// What all handlers share; clones are the same.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What [`App`] points to.
#[derive(Debug)]
pub struct Inner {
    /// What it was made with.
    pub settings: AppSettings,
    /// Where requests wait.
    pub desk: Desk,
    pub(super) clock: Clock,
    pub(super) metrics: Metrics,
    pub(super) created: i64,
    lineage: OnceLock<Result<Lineage, String>>,
    answers: AtomicU64,
    /// Running mean of the time of an answer, in milliseconds; 0 before the first.
    mean_ms: AtomicU64,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// What handlers share, over a desk.
    #[must_use]
    pub fn new(settings: AppSettings, desk: Desk, clock: Clock) -> App {
        let created = clock.unix_ms() / 1000;
        App(Arc::new(Inner {
            settings,
            desk,
            clock,
            metrics: Metrics::default(),
            created,
            lineage: OnceLock::new(),
            answers: AtomicU64::new(0),
            mean_ms: AtomicU64::new(0),
        }))
    }

    /// Begins to hash the weights in a folder, on a thread of its own.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn begin_lineage(&self, folder: &Path) -> std::io::Result<()> {
        let (app, folder) = (self.clone(), folder.to_owned());
        let hash = move || {
            let lineage = lineage::of(&folder).map_err(|error| in_a_line(&error));
            if let Err(error) = &lineage {
                tracing::error!(error, "the lineage of the weights cannot be told");
            }
            // Nobody else sets it.
            let _first = app.lineage.set(lineage);
        };
        std::thread::Builder::new().name("pixmo-lineage".to_owned()).spawn(hash).map(drop)
    }

    /// The lineage of the weights; `None` while they are being hashed.
    pub(super) fn lineage(&self) -> Option<&Result<Lineage, String>> {
        self.lineage.get()
    }

    /// Whether a token is the right one, or none is needed.
    pub(super) fn is_allowed(&self, token: Option<&str>) -> bool {
        match (&self.settings.token, token) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(right), Some(given)) => bool::from(right.as_bytes().ct_eq(given.as_bytes())),
        }
    }

    /// The id of the next answer.
    pub(super) fn next_id(&self) -> String {
        let number = self.answers.fetch_add(1, Ordering::Relaxed);
        format!("chatcmpl-{:x}-{number}", self.created)
    }

    /// Takes note of how long an answer took.
    pub(super) fn took(&self, millis: u64) {
        let before = self.mean_ms.load(Ordering::Relaxed);
        let mean = if before == 0 { millis } else { (7 * before + millis) / 8 };
        self.mean_ms.store(mean.max(1), Ordering::Relaxed);
    }

    /// Seconds after which a place may be free: about the time of one answer.
    pub(super) fn retry_after_secs(&self) -> u64 {
        self.mean_ms.load(Ordering::Relaxed).div_ceil(1000).clamp(1, 60)
    }
}
