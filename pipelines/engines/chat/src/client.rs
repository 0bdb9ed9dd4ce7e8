//! One attempt: one question out, one answer back, each wait with an end.

use std::time::Duration;

use bytes::Bytes;
use pixmo_engines::chat::{
    Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, ChatSettings, Heard, Listener,
    Usage, tokens_of,
};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder, Response, Url, redirect};
use serde::Deserialize;
use tokio::time::{Instant, timeout, timeout_at};

use crate::key::ApiKey;
use crate::open::OpenError;
use crate::question;
use crate::reply::Draft;
use crate::sse::Events;
use crate::trouble;

/// Bytes of JSON around the text of an answer.
const ENVELOPE_BYTES: usize = 1 << 20;
/// Most bytes of what a server says of an error, and of its list of models.
const ERROR_BYTES_MAX: usize = 64 << 10;
const LIST_BYTES_MAX: usize = 4 << 20;
/// How long a connection without a question is kept.
const IDLE: Duration = Duration::from_secs(15);

/// Asks one model behind one server, each question once. Needs a `tokio` runtime with time and network.
#[derive(Clone, Debug)]
pub struct Client {
    settings: ChatSettings,
    model: ChatModel,
    key: Option<ApiKey>,
    http: reqwest::Client,
    url: Url,
}

impl Client {
    /// A client. Nobody is asked yet.
    ///
    /// # Errors
    /// When the settings cannot work.
    pub fn new(settings: &ChatSettings, key: Option<ApiKey>) -> Result<Client, OpenError> {
        settings.check()?;
        let url = Url::parse(&format!("{}/", settings.url.trim_end_matches('/')))
            .map_err(|error| OpenError::Url { url: settings.url.clone(), reason: error.to_string() })?;
        if key.is_none()
            && let Some(name) = &settings.key_env
        {
            return Err(OpenError::KeyMissing { name: name.clone() });
        }
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("pixmo/", env!("CARGO_PKG_VERSION")))
            // A key does not travel on to where a server points.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(seconds(settings.timeouts.connect_secs))
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(usize::try_from(settings.pace.requests_max).unwrap_or(usize::MAX))
            .tcp_nodelay(true);
        if let Some(address) = &settings.proxy {
            builder = builder.proxy(reqwest::Proxy::all(address).map_err(OpenError::Client)?);
        }
        for path in &settings.roots_files {
            let wrong = |reason: String| OpenError::RootsFile { path: path.clone(), reason };
            let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
            let roots =
                reqwest::Certificate::from_pem_bundle(&pem).map_err(|error| wrong(error.to_string()))?;
            if roots.is_empty() {
                return Err(wrong("there is no certificate in it".to_owned()));
            }
            builder = roots.into_iter().fold(builder, reqwest::ClientBuilder::add_root_certificate);
        }
        let http = builder.build().map_err(OpenError::Client)?;
        Ok(Client { settings: settings.clone(), model: settings.chat_model(), key, http, url })
    }

    /// The names of the models that the server has.
    ///
    /// # Errors
    /// As a question may fail.
    pub async fn models(&self) -> Result<Vec<String>, ChatFailed> {
        #[derive(Deserialize)]
        struct List {
            data: Vec<Named>,
        }
        #[derive(Deserialize)]
        struct Named {
            id: String,
        }
        let body = self.within(async {
            let until = self.first_byte_until();
            let mut response = self.send(self.request(Method::GET, "models"), until).await?;
            self.rest(&mut response, until, LIST_BYTES_MAX).await
        });
        let list: List = serde_json::from_slice(&body.await?)
            .map_err(|_| ChatFailed::new(ChatClass::Nonsense, "the list of models is none"))?;
        Ok(list.data.into_iter().map(|named| named.id).collect())
    }

    /// Looks whether the server is there, takes the key and has the model: all that can go wrong with every question.
    ///
    /// # Errors
    /// As a question may fail.
    pub async fn look(&self) -> Result<(), ChatFailed> {
        let models = self.models().await?;
        if models.contains(&self.model.name) {
            return Ok(());
        }
        let some: Vec<String> = models.iter().take(8).map(|name| format!("`{name}`")).collect();
        let detail = format!("the server does not list `{}`; it has {}", self.model.name, some.join(", "));
        Err(ChatFailed::new(ChatClass::UnknownModel, detail))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.url.join(path).unwrap_or_else(|_| self.url.clone());
        let request = self.http.request(method, url);
        match &self.key {
            Some(key) => match HeaderValue::from_str(&key.header()) {
                Ok(mut value) => {
                    value.set_sensitive(true);
                    request.header(AUTHORIZATION, value)
                }
                Err(_) => request,
            },
            None => request,
        }
    }

    /// Sends, and gives back an answer that is a success.
    async fn send(&self, request: RequestBuilder, until: Instant) -> Result<Response, ChatFailed> {
        let sent = timeout_at(until, request.send()).await.map_err(|_| self.no_first_byte())?;
        let mut response = sent.map_err(|error| self.hidden(trouble::of_wire(&error, false)))?;
        let status = response.status().as_u16();
        if status == 200 {
            return Ok(response);
        }
        // What the server says of it is of use, and not worth waiting for.
        let body = self.rest(&mut response, until, ERROR_BYTES_MAX).await.unwrap_or_default();
        Err(self.hidden(trouble::of_status(status, response.headers(), &body)))
    }

    /// The whole body.
    async fn rest(
        &self,
        response: &mut Response,
        until: Instant,
        bytes_max: usize,
    ) -> Result<Vec<u8>, ChatFailed> {
        let mut body = Vec::new();
        while let Some(piece) = self.piece(response, until, body.is_empty()).await? {
            if body.len() + piece.len() > bytes_max {
                let detail = format!("what comes has more than {bytes_max} bytes");
                return Err(ChatFailed::new(ChatClass::TooLong, detail));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }

    /// The next piece of a body; `until` holds for the first one.
    async fn piece(
        &self,
        response: &mut Response,
        until: Instant,
        is_first: bool,
    ) -> Result<Option<Bytes>, ChatFailed> {
        let piece = if is_first {
            timeout_at(until, response.chunk()).await.map_err(|_| self.no_first_byte())?
        } else {
            let between = seconds(self.settings.timeouts.between_secs);
            timeout(between, response.chunk()).await.map_err(|_| {
                let secs = self.settings.timeouts.between_secs;
                ChatFailed::new(ChatClass::Slow, format!("nothing more came for {secs} s"))
            })?
        };
        piece.map_err(|error| self.hidden(trouble::of_wire(&error, true)))
    }

    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        request.check()?;
        let bytes_max = usize::try_from(self.settings.answer_bytes_max).unwrap_or(usize::MAX);
        let mut draft = Draft::new(bytes_max);
        let came = self.within(self.hear(request, &mut draft, listener)).await;
        let tokens_out = tokens_of(draft.text());
        let estimated = Usage { tokens_in: request.tokens_estimated(), tokens_out, is_estimated: true };
        // A question of which nothing came may have cost nothing; nobody knows.
        let has_begun = draft.usage().is_some() || !draft.text().is_empty() || draft.is_done();
        let usage = match draft.usage() {
            Some(usage) => usage,
            None if has_begun => estimated,
            None => Usage::default(),
        };
        let model_said = draft.model().map(str::to_owned);
        let text = match came {
            Ok(()) => draft.finish(&request.format, request.tokens_max),
            Err(failed) => Err(failed),
        };
        let text = text.map_err(|failed| self.hidden(failed).having_spent(usage))?;
        Ok(Answer { text, model_said, usage, spent: usage, cost_micros: 0, attempts: 1, is_cached: false })
    }

    /// Lets the answer come, whole or in pieces.
    async fn hear(
        &self,
        request: &ChatRequest,
        draft: &mut Draft,
        listener: Listener<'_>,
    ) -> Result<(), ChatFailed> {
        let until = self.first_byte_until();
        let accept = if self.settings.stream { "text/event-stream" } else { "application/json" };
        let sending = self
            .request(Method::POST, "chat/completions")
            .header(ACCEPT, accept)
            .header(CONTENT_TYPE, "application/json")
            .body(question::body(request, &self.settings));
        let mut response = self.send(sending, until).await?;
        let kind =
            response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let bytes_max = usize::try_from(self.settings.answer_bytes_max).unwrap_or(usize::MAX);
        // Escapes make a character up to six times as long.
        let bytes_max = bytes_max.saturating_mul(6).saturating_add(ENVELOPE_BYTES);
        if !kind.to_ascii_lowercase().starts_with("text/event-stream") {
            let body = self.rest(&mut response, until, bytes_max).await?;
            let begin = draft.take_whole(&body)?;
            listener(Heard::Piece(&draft.text()[begin..]));
            return Ok(());
        }
        let mut events = Events::new(bytes_max);
        let mut is_first = true;
        while let Some(piece) = self.piece(&mut response, until, is_first).await? {
            is_first = false;
            let mut outcome = Ok(());
            let pushed = events.push(&piece, |event| {
                if outcome.is_ok() && !draft.is_done() {
                    outcome = taken(draft, &event.data, listener);
                }
            });
            outcome?;
            pushed.map_err(|error| ChatFailed::new(ChatClass::Nonsense, error.to_string()))?;
            if draft.is_done() {
                return Ok(());
            }
        }
        match events.finish() {
            // What no empty line ended may be all of an event, or a part of one.
            Some(event) => taken(draft, &event.data, listener).map_err(|failed| match failed.class {
                ChatClass::Nonsense => ChatFailed::new(ChatClass::Cut, "the stream ended within a piece"),
                _ => failed,
            }),
            None => Ok(()),
        }
    }

    fn first_byte_until(&self) -> Instant {
        Instant::now() + seconds(self.settings.timeouts.first_byte_secs)
    }

    fn no_first_byte(&self) -> ChatFailed {
        let secs = self.settings.timeouts.first_byte_secs;
        ChatFailed::new(ChatClass::Slow, format!("no first byte within {secs} s"))
    }

    /// Does `work`, which may take as long as one attempt may.
    async fn within<T>(&self, work: impl Future<Output = Result<T, ChatFailed>>) -> Result<T, ChatFailed> {
        let secs = self.settings.timeouts.total_secs;
        timeout(seconds(secs), work).await.unwrap_or_else(|_| {
            Err(ChatFailed::new(ChatClass::Slow, format!("the answer did not end within {secs} s")))
        })
    }

    /// A failure whose words do not hold the key.
    fn hidden(&self, failed: ChatFailed) -> ChatFailed {
        match &self.key {
            Some(key) => ChatFailed { detail: key.hidden_in(&failed.detail), ..failed },
            None => failed,
        }
    }
}

fn taken(draft: &mut Draft, data: &str, listener: Listener<'_>) -> Result<(), ChatFailed> {
    let begin = draft.take_event(data)?;
    if begin < draft.text().len() {
        listener(Heard::Piece(&draft.text()[begin..]));
    }
    Ok(())
}

impl Chat for Client {
    fn model(&self) -> &ChatModel {
        &self.model
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}

/// Seconds of a setting that was checked.
fn seconds(value: f64) -> Duration {
    Duration::try_from_secs_f64(value).unwrap_or_default()
}
