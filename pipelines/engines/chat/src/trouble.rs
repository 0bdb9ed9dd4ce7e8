//! Which class a failure is.

use std::error::Error;
use std::time::Duration;

use pixmo_engines::chat::{ChatClass, ChatFailed};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde_json::Value;

/// Most characters of a server's message that are told.
const MESSAGE_CHARS_MAX: usize = 300;

/// The failure of an answer that is no success.
pub(crate) fn of_status(status: u16, headers: &HeaderMap, body: &[u8]) -> ChatFailed {
    let said = Said::of(&serde_json::from_slice(body).unwrap_or_default(), body);
    let class = match status {
        401 | 403 => ChatClass::BadKey,
        402 => ChatClass::Quota,
        408 | 504 => ChatClass::Slow,
        413 => ChatClass::ContextTooLong,
        429 if said.is_about(&["insufficient_quota", "exceeded your current quota", "billing"]) => {
            ChatClass::Quota
        }
        429 => ChatClass::RateLimited,
        300..=399 | 501 | 505 => ChatClass::BadRequest,
        // Some servers say so with a 500.
        400 | 404 | 422 | 500 => said.class().unwrap_or(match status {
            500 => ChatClass::Down,
            _ => ChatClass::BadRequest,
        }),
        400..=499 => ChatClass::BadRequest,
        500..=599 => ChatClass::Down,
        _ => ChatClass::Nonsense,
    };
    let colon = if said.message.is_empty() { "" } else { ": " };
    let hint = match status {
        300..=399 => ", a redirect: write the address that it leads to into `url`",
        404 if class == ChatClass::BadRequest => ", is `url` right, up to `/v1`?",
        _ => "",
    };
    let detail = format!("status {status}{hint}{colon}{}", said.message);
    let wait = retry_after(headers).filter(|_| matches!(status, 429 | 503));
    ChatFailed { status: Some(status), wait, ..ChatFailed::new(class, detail) }
}

/// The failure that stands in the place of a piece of an answer.
pub(crate) fn of_message(error: &Value) -> ChatFailed {
    let said = Said::of(&serde_json::json!({ "error": error }), b"");
    let class = said.class().unwrap_or(match said.code.as_str() {
        "429" | "rate_limit_exceeded" => ChatClass::RateLimited,
        "401" | "403" | "invalid_api_key" => ChatClass::BadKey,
        _ => ChatClass::Down,
    });
    ChatFailed::new(class, format!("the server reports an error: {}", said.message))
}

/// What a server says of an error.
#[derive(Debug, Default)]
struct Said {
    message: String,
    code: String,
}

impl Said {
    fn of(json: &Value, body: &[u8]) -> Said {
        let error = json.get("error").unwrap_or(json);
        let text = |value: Option<&Value>| match value {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let message = match error {
            Value::String(text) => text.clone(),
            error => ["message", "detail", "error_description", "object"]
                .iter()
                .map(|key| text(error.get(key)))
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
        };
        let looks_like_a_page = body.trim_ascii_start().starts_with(b"<");
        let message = match message.is_empty() && json.is_null() && !looks_like_a_page {
            true => String::from_utf8_lossy(&body[..body.len().min(4 * MESSAGE_CHARS_MAX)]).into_owned(),
            false => message,
        };
        let code = [text(error.get("code")), text(error.get("type"))]
            .into_iter()
            .find(|code| !code.is_empty())
            .unwrap_or_default();
        let kind = text(error.get("type"));
        Said { message: one_line(&message), code: if kind == code { code } else { format!("{code} {kind}") } }
    }

    fn is_about(&self, words: &[&str]) -> bool {
        let all = format!("{} {}", self.code, self.message).to_lowercase();
        words.iter().any(|word| all.contains(word))
    }

    /// The class that its words tell, if they tell one.
    fn class(&self) -> Option<ChatClass> {
        if self.is_about(&[
            "context_length",
            "context length",
            "maximum context",
            "context size",
            "context window",
            "exceed_context",
            "too many tokens",
            "prompt is too long",
        ]) {
            return Some(ChatClass::ContextTooLong);
        }
        let of_model = self.is_about(&["model_not_found", "unknown model", "invalid model"])
            || self.is_about(&["model"]) && self.is_about(&["not found", "does not exist", "not exist"]);
        if of_model {
            return Some(ChatClass::UnknownModel);
        }
        self.is_about(&["content_filter", "content management policy", "content_policy"])
            .then_some(ChatClass::Refusal)
    }
}

fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MESSAGE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// What an answer asks for with `Retry-After` (RFC 9110, 10.2.3): seconds, or a date, which is compared with the
/// server's own clock; without that it says nothing to us, who have none.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let asked = text(RETRY_AFTER)?;
    if let Ok(secs) = asked.parse::<f64>() {
        return Duration::try_from_secs_f64(secs).ok();
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let date = httpdate::parse_http_date(text(DATE)?).ok()?;
    Some(until.duration_since(date).unwrap_or_default())
}

/// The failure of a request that got no complete answer; `has_begun` once the head of the answer was there.
pub(crate) fn of_wire(error: &reqwest::Error, has_begun: bool) -> ChatFailed {
    let mut deepest: &(dyn Error + 'static) = error;
    let mut is_parse = false;
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        deepest = cause;
        is_parse |= cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse);
        next = cause.source();
    }
    if error.is_timeout() {
        let what = if error.is_connect() { "no connection in time" } else { "no answer in time" };
        return ChatFailed::new(ChatClass::Slow, what);
    }
    let (class, what) = match (is_parse, error.is_connect(), has_begun) {
        (true, ..) => (ChatClass::Nonsense, "what came is no HTTP"),
        (_, true, _) => (ChatClass::Down, "no connection"),
        (_, _, true) => (ChatClass::Cut, "the connection ended within the answer"),
        (_, _, false) => (ChatClass::Down, "the connection ended before an answer"),
    };
    ChatFailed::new(class, format!("{what}: {}", one_line(&deepest.to_string())))
}
