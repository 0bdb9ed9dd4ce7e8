//! The section `[engines.chat]` of the campaign file. Whoever asks the model reads it here; whoever only checks the file
//! needs no HTTP for that.
//!
//! ```toml
//! [engines.chat]
//! url = "https://llm.example/v1"
//! model = "example-large"
//! key_env = "LLM_API_KEY"
//! pace = { requests_max = 32, tokens_per_minute = 200000 }
//! prices = { per_million_tokens_in = 0.5, per_million_tokens_out = 1.5 }
//! cost_max = 20.0
//! ```

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{ChatModel, Pace, Prices, Retry};

/// A language model behind an OpenAI-compatible server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatSettings {
    /// Where the server is: its address up to `/v1`.
    pub url: String,
    /// The name of the model, as the server lists it.
    pub model: String,
    /// Which weights they are, where the name does not say. A change asks everything anew.
    #[serde(default)]
    pub revision: Option<String>,
    /// The name of the environment variable that holds the key; none for a server that wants none.
    #[serde(default)]
    pub key_env: Option<String>,
    /// Whether the key may be sent without TLS to a host that is not this machine.
    #[serde(default)]
    pub allow_plain_key: bool,
    /// Whether the answer is asked for piece by piece: a server that stopped is noticed at once.
    #[serde(default = "yes")]
    pub stream: bool,
    /// How the server is told the form of an answer.
    #[serde(default)]
    pub structured: Structured,
    /// Most bytes of an answer's text.
    #[serde(default = "answer_bytes_max")]
    pub answer_bytes_max: u64,
    /// How long is waited.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// How often is asked again.
    #[serde(default)]
    pub retry: Retry,
    /// How fast is asked.
    #[serde(default)]
    pub pace: Pace,
    /// What it costs.
    #[serde(default)]
    pub prices: Prices,
    /// Most that a run may spend, in the currency of the prices.
    #[serde(default)]
    pub cost_max: Option<f64>,
    /// Where answers are remembered; by default `cache/chat` in the data folder.
    #[serde(default)]
    pub cache: Option<PathBuf>,
    /// A proxy, `http://host:port`. None is taken from the environment.
    #[serde(default)]
    pub proxy: Option<String>,
    /// PEM files with further root certificates.
    #[serde(default)]
    pub roots_files: Vec<PathBuf>,
}

/// How a server is told the form of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Structured {
    /// By the schema: `response_format` of type `json_schema`.
    #[default]
    Schema,
    /// Only that it is JSON: `response_format` of type `json_object`. The prompt has to say which.
    Object,
    /// Not at all. The prompt has to say it.
    Prompt,
}

/// How long is waited, in seconds. All above zero and at most a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// For a connection: resolving the name, TCP and TLS.
    pub connect_secs: f64,
    /// From the question to the first byte of the answer's text: a busy server thinks long.
    pub first_byte_secs: f64,
    /// Between two pieces.
    pub between_secs: f64,
    /// For one attempt altogether.
    pub total_secs: f64,
}

impl Default for Timeouts {
    fn default() -> Self {
        Timeouts { connect_secs: 10.0, first_byte_secs: 120.0, between_secs: 60.0, total_secs: 600.0 }
    }
}

fn yes() -> bool {
    true
}

fn answer_bytes_max() -> u64 {
    256 << 10
}

/// What makes the settings useless: what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}` of [engines.chat] {what}")]
pub struct SettingFault {
    /// Which setting.
    pub key: &'static str,
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub hint: &'static str,
}

impl ChatSettings {
    /// A model behind a server, everything else as it is if nobody says anything.
    #[must_use]
    pub fn new(url: impl Into<String>, model: impl Into<String>) -> ChatSettings {
        ChatSettings {
            url: url.into(),
            model: model.into(),
            revision: None,
            key_env: None,
            allow_plain_key: false,
            stream: true,
            structured: Structured::default(),
            answer_bytes_max: answer_bytes_max(),
            timeouts: Timeouts::default(),
            retry: Retry::default(),
            pace: Pace::default(),
            prices: Prices::default(),
            cost_max: None,
            cache: None,
            proxy: None,
            roots_files: Vec::new(),
        }
    }

    /// The model as lineage names it.
    #[must_use]
    pub fn chat_model(&self) -> ChatModel {
        ChatModel { name: self.model.clone(), revision: self.revision.clone() }
    }

    /// Checks what can be known before anyone is asked.
    ///
    /// # Errors
    /// The first setting that cannot work.
    pub fn check(&self) -> Result<(), SettingFault> {
        let fault = |key, what: String, hint| Err(SettingFault { key, what, hint });
        let is_web = self.url.starts_with("https://") || self.url.starts_with("http://");
        if !is_web || self.url.len() <= "https://".len() {
            let what = format!("is `{}`, expected an address", self.url);
            return fault("url", what, "write the address up to `/v1`, such as \"http://127.0.0.1:8080/v1\"");
        }
        if self.url.contains('@') || self.url.contains('?') {
            let what = "has a name, a key or a query in it".to_owned();
            return fault(
                "url",
                what,
                "secrets do not stand in the campaign file: name a variable with `key_env`",
            );
        }
        if self.model.trim().is_empty() {
            return fault(
                "model",
                "is empty".to_owned(),
                "write a name that the server lists under `/models`",
            );
        }
        if let Some(name) = &self.key_env {
            let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if name.is_empty() || !name.bytes().all(is_name) || name.starts_with(|c: char| c.is_ascii_digit())
            {
                let what = "is not the name of a variable".to_owned();
                return fault(
                    "key_env",
                    what,
                    "put the key into a variable, and write the variable's name here",
                );
            }
            if !self.allow_plain_key && self.url.starts_with("http://") && !self.is_this_machine() {
                let what = "names a key that would be sent without TLS".to_owned();
                return fault("key_env", what, "use an `https://` address, or say `allow_plain_key = true`");
            }
        }
        if self.answer_bytes_max == 0 {
            return fault("answer_bytes_max", "is 0".to_owned(), "allow at least 1 byte");
        }
        self.check_numbers()
    }

    fn check_numbers(&self) -> Result<(), SettingFault> {
        let ChatSettings { timeouts, retry, pace, prices, .. } = self;
        let day = 86_400.0;
        for (key, found, least, most) in [
            ("timeouts.connect_secs", timeouts.connect_secs, f64::MIN_POSITIVE, day),
            ("timeouts.first_byte_secs", timeouts.first_byte_secs, f64::MIN_POSITIVE, day),
            ("timeouts.between_secs", timeouts.between_secs, f64::MIN_POSITIVE, day),
            ("timeouts.total_secs", timeouts.total_secs, f64::MIN_POSITIVE, day),
            ("retry.attempts_max", f64::from(retry.attempts_max), 1.0, 100.0),
            ("retry.backoff_secs_min", retry.backoff_secs_min, 0.0, day),
            ("retry.backoff_secs_max", retry.backoff_secs_max, 0.0, day),
            ("retry.retry_after_secs_max", retry.retry_after_secs_max, 0.0, day),
            ("pace.requests_max", f64::from(pace.requests_max), 1.0, 10_000.0),
            ("pace.requests_per_minute", pace.requests_per_minute.unwrap_or(1.0), 1e-3, 1e9),
            ("pace.tokens_per_minute", pace.tokens_per_minute.unwrap_or(1.0), 1e-3, 1e12),
            ("prices.per_million_tokens_in", prices.per_million_tokens_in, 0.0, 1e6),
            ("prices.per_million_tokens_out", prices.per_million_tokens_out, 0.0, 1e6),
            ("cost_max", self.cost_max.unwrap_or(0.0), 0.0, 1e9),
        ] {
            if !(least..=most).contains(&found) {
                let least =
                    if least == f64::MIN_POSITIVE { "more than 0".to_owned() } else { least.to_string() };
                let what = format!("is {found}, expected {least} to {most}");
                return Err(SettingFault { key, what, hint: "change it in the campaign file" });
            }
        }
        Ok(())
    }

    /// Whether the address is this machine as it is written.
    fn is_this_machine(&self) -> bool {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or_default();
        let name = match host.strip_prefix('[') {
            Some(six) => six.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_told_before_anyone_is_asked() {
        let good = ChatSettings::new("http://127.0.0.1:8080/v1", "m");
        let key =
            |url: &str| ChatSettings { key_env: Some("LLM_KEY".to_owned()), ..ChatSettings::new(url, "m") };
        for fine in [
            good.clone(),
            key("http://127.0.0.1:8080/v1"),
            key("http://[::1]:8080/v1"),
            key("http://localhost/v1"),
            key("https://llm.example/v1"),
            ChatSettings { allow_plain_key: true, ..key("http://10.0.0.9/v1") },
        ] {
            assert_eq!(fine.check(), Ok(()), "{}", fine.url);
        }
        for (bad, key) in [
            (ChatSettings::new("llm.example/v1", "m"), "url"),
            (ChatSettings::new("https://", "m"), "url"),
            (ChatSettings::new("https://user:secret@llm.example/v1", "m"), "url"),
            (ChatSettings::new("https://llm.example/v1?key=secret", "m"), "url"),
            (ChatSettings::new("https://llm.example/v1", " "), "model"),
            (key("http://10.0.0.9/v1"), "key_env"),
            (key("http://localhost.example/v1"), "key_env"),
            (ChatSettings { key_env: Some("sk-1234".to_owned()), ..good.clone() }, "key_env"),
            (ChatSettings { answer_bytes_max: 0, ..good.clone() }, "answer_bytes_max"),
            (ChatSettings { cost_max: Some(f64::NAN), ..good.clone() }, "cost_max"),
            (
                ChatSettings {
                    timeouts: Timeouts { total_secs: 0.0, ..Timeouts::default() },
                    ..good.clone()
                },
                "timeouts.total_secs",
            ),
            (
                ChatSettings { retry: Retry { attempts_max: 0, ..Retry::default() }, ..good },
                "retry.attempts_max",
            ),
        ] {
            assert_eq!(bad.check().unwrap_err().key, key, "{bad:?}");
        }
    }
}
