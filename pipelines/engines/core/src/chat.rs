//! Text in, text out: what can be asked of a language model.
//!
//! The question has no place for an image: its messages are text and nothing else, so that no caption, question or
//! answer of the suite can come from a foreign model that looked at a picture. Whoever runs the model (`Chat`) and
//! whoever wraps it (retry, pace, cache, account, record) is asked in the same way.

pub mod account;
pub mod cache;
pub mod failed;
pub mod pace;
pub mod record;
pub mod retry;
pub mod schema;
pub mod settings;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use account::{Accounted, Prices, Tally};
pub use cache::{AnswerCache, CacheError, Cached};
pub use failed::{ChatClass, ChatFailed};
pub use pace::{Pace, Paced};
pub use record::Recorded;
pub use retry::{Retry, Retrying};
pub use settings::{ChatSettings, Structured, Timeouts};

/// An answer on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Answer, ChatFailed>> + Send + 'a>>;

/// Who hears an answer while it comes.
pub type Listener<'a> = &'a (dyn Fn(Heard<'_>) + Send + Sync);

/// Something that answers text with text.
pub trait Chat: Send + Sync {
    /// Which model answers.
    fn model(&self) -> &ChatModel;

    /// Asks, and lets `listener` hear the answer piece by piece. What was heard is void if the answer fails.
    ///
    /// # Errors
    /// As [`ChatClass`] says; nothing is kept of a failed question but what it cost.
    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a>;

    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// As [`Chat::answer`].
    fn ask<'a>(&'a self, request: &'a ChatRequest) -> Answering<'a> {
        self.answer(request, &nobody)
    }
}

/// A listener that hears nothing.
fn nobody(_piece: Heard<'_>) {}

impl<C: Chat + ?Sized> Chat for Arc<C> {
    fn model(&self) -> &ChatModel {
        (**self).model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        (**self).answer(request, listener)
    }
}

/// What is heard of an answer while it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    /// More of the text.
    Piece(&'a str),
    /// It is begun anew: what was heard so far is void.
    Again,
}

/// The model that answers, as lineage names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatModel {
    /// The name by which its server knows it.
    pub name: String,
    /// Which weights they are, where the name does not say: a date, a digest. Answers of another revision are other
    /// answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

/// A question to a language model: text, and how the answer shall be. There is no place for an image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatRequest {
    /// What was said so far, in order.
    pub messages: Vec<Message>,
    /// Most tokens of the answer; one that would be longer fails as [`ChatClass::TooLong`].
    pub tokens_max: u32,
    /// Randomness of the answer, 0 (none) to 2.
    pub temperature: f64,
    /// Only the likeliest tokens that together have this probability, above 0 to 1; not sent if it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// The seed of that randomness, for servers that take one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Texts before which the answer ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    /// The form of the answer.
    #[serde(default)]
    pub format: Format,
    /// Which of several answers to the same question this is, counted from 0. It is not sent: it lets one question be
    /// asked several times although answers are remembered.
    #[serde(default)]
    pub draw: u32,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: String,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Whoever set the task.
    System,
    /// Whoever asks.
    User,
    /// The model.
    Assistant,
}

/// The form of an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Any text.
    #[default]
    Text,
    /// One JSON value of this form; the answer is checked against it.
    Json {
        /// What the form is called: letters, digits, `_` and `-`.
        name: String,
        /// A JSON schema.
        schema: serde_json::Value,
    },
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The text, whole.
    pub text: String,
    /// The name that the server gave the model, if it gave one.
    pub model_said: Option<String>,
    /// Tokens of this question and this answer.
    pub usage: Usage,
    /// Tokens of all attempts, those that failed as well. Of a remembered answer: nothing.
    pub spent: Usage,
    /// What all attempts cost, in millionths of the currency of [`Prices`].
    pub cost_micros: u64,
    /// Attempts that it took; 0 of a remembered answer.
    pub attempts: u32,
    /// Whether the answer was remembered and nobody was asked.
    pub is_cached: bool,
}

/// Tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Of questions.
    pub tokens_in: u64,
    /// Of answers.
    pub tokens_out: u64,
    /// Whether the server did not count and they were estimated, at four bytes a token.
    #[serde(default)]
    pub is_estimated: bool,
}

/// A question that cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestFault {
    /// There is nothing in it.
    #[error("there is no message in the question")]
    Empty,
    /// A message has no text, or nothing but spaces.
    #[error("message {number} of the question is empty")]
    EmptyMessage {
        /// Counted from 0.
        number: usize,
    },
    /// More than any model reads.
    #[error("the question has {found} bytes, at most {most} can be asked")]
    TooLarge {
        /// Bytes of all messages.
        found: usize,
        /// Most of them.
        most: usize,
    },
    /// Bytes of a picture, written as text.
    #[error("message {number} of the question holds a picture written as text: only words are asked about")]
    Picture {
        /// Counted from 0.
        number: usize,
    },
    /// A number is out of range.
    #[error("`{name}` of the question is {found}, expected {expected}")]
    Range {
        /// Which.
        name: &'static str,
        /// What it is.
        found: String,
        /// What it may be.
        expected: &'static str,
    },
}

/// Most bytes of all messages of a question: a million tokens and more.
const QUESTION_BYTES_MAX: usize = 8 << 20;

impl Message {
    /// What whoever set the task says.
    #[must_use]
    pub fn system(text: impl Into<String>) -> Message {
        Message { role: Role::System, text: text.into() }
    }

    /// What whoever asks says.
    #[must_use]
    pub fn user(text: impl Into<String>) -> Message {
        Message { role: Role::User, text: text.into() }
    }
}

impl ChatRequest {
    /// A question with these messages: at most 1024 tokens, no randomness, any text.
    #[must_use]
    pub fn new(messages: Vec<Message>) -> ChatRequest {
        ChatRequest {
            messages,
            tokens_max: 1024,
            temperature: 0.0,
            top_p: None,
            seed: None,
            stop: Vec::new(),
            format: Format::Text,
            draw: 0,
        }
    }

    /// Checks what can be known before anyone is asked.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), RequestFault> {
        if self.messages.is_empty() {
            return Err(RequestFault::Empty);
        }
        let found: usize = self.messages.iter().map(|message| message.text.len()).sum();
        if found > QUESTION_BYTES_MAX {
            return Err(RequestFault::TooLarge { found, most: QUESTION_BYTES_MAX });
        }
        for (number, message) in self.messages.iter().enumerate() {
            if message.text.trim().is_empty() {
                return Err(RequestFault::EmptyMessage { number });
            }
            // Some servers take such an address in plain text for a picture to look at.
            if message.text.to_ascii_lowercase().contains("data:image/") {
                return Err(RequestFault::Picture { number });
            }
        }
        let range = |name, found: String, expected| Err(RequestFault::Range { name, found, expected });
        if self.tokens_max == 0 {
            return range("tokens_max", "0".to_owned(), "1 or more");
        }
        if !(0.0..=2.0).contains(&self.temperature) {
            return range("temperature", self.temperature.to_string(), "0 to 2");
        }
        match self.top_p {
            Some(top_p) if !(top_p > 0.0 && top_p <= 1.0) => {
                range("top_p", top_p.to_string(), "more than 0, at most 1")
            }
            _ => Ok(()),
        }
    }

    /// SHA-256 of the question alone, in hexadecimal: what the ledger names it by.
    #[must_use]
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.canonical()))
    }

    /// SHA-256 of the question and of the model that is asked, in hexadecimal: two answers under the same key are
    /// answers to the same question by the same model.
    #[must_use]
    pub fn key(&self, model: &ChatModel) -> String {
        let model = serde_json::to_vec(model).unwrap_or_default();
        let hash = Sha256::new()
            .chain_update(b"pixmo chat 1\0")
            .chain_update((model.len() as u64).to_le_bytes())
            .chain_update(model)
            .chain_update(self.canonical());
        hex::encode(hash.finalize())
    }

    /// The bytes that are hashed: fields in the order of the struct.
    fn canonical(&self) -> Vec<u8> {
        // Text, numbers and JSON values all have a form as JSON; a number that has none becomes `null`.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// About how many tokens the messages are, at four bytes a token and a few for each message.
    #[must_use]
    pub fn tokens_estimated(&self) -> u64 {
        let of = |message: &Message| tokens_of(&message.text) + 4;
        self.messages.iter().map(of).sum()
    }
}

/// About how many tokens a text is, at four bytes a token.
#[must_use]
pub fn tokens_of(text: &str) -> u64 {
    (text.len() as u64).div_ceil(4)
}

impl Answer {
    /// SHA-256 of the text, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(&self.text))
    }
}

impl std::ops::Add for Usage {
    type Output = Usage;

    fn add(self, other: Usage) -> Usage {
        Usage {
            tokens_in: self.tokens_in.saturating_add(other.tokens_in),
            tokens_out: self.tokens_out.saturating_add(other.tokens_out),
            is_estimated: self.is_estimated || other.is_estimated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> ChatRequest {
        ChatRequest::new(vec![Message::system("be short"), Message::user(text)])
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        assert_eq!(request("why?").check(), Ok(()));
        assert_eq!(ChatRequest::new(Vec::new()).check(), Err(RequestFault::Empty));
        assert_eq!(request(" \n").check(), Err(RequestFault::EmptyMessage { number: 1 }));
        let picture = request("look: ![x](DATA:image/png;base64,iVBORw0KGgo=)");
        assert_eq!(picture.check(), Err(RequestFault::Picture { number: 1 }));
        for (change, word) in [
            (ChatRequest { tokens_max: 0, ..request("a") }, "tokens_max"),
            (ChatRequest { temperature: f64::NAN, ..request("a") }, "temperature"),
            (ChatRequest { top_p: Some(0.0), ..request("a") }, "top_p"),
            (ChatRequest { top_p: Some(f64::INFINITY), ..request("a") }, "top_p"),
        ] {
            assert!(change.check().unwrap_err().to_string().contains(word));
        }
    }

    /// The keys of answers that were paid for: a change here would buy all of them again.
    #[test]
    fn keys_stay_what_they_are() {
        let model = ChatModel { name: "m".to_owned(), revision: None };
        let one = request("why?");
        assert_eq!(one.digest(), "009fd042df413af64a155f188d1f5397b0d21e05ca5d7405e4cf8d22b55c8600");
        assert_eq!(one.key(&model), "37df2d42bb7356f347bef7bf03c951c473937bd1eb4ae0b1a7e6be28064e2245");
    }

    #[test]
    fn everything_that_decides_an_answer_is_in_its_key() {
        let model = ChatModel { name: "m".to_owned(), revision: None };
        let one = request("why?");
        let schema = serde_json::json!({ "type": "object" });
        let others = [
            request("why"),
            ChatRequest { tokens_max: 9, ..one.clone() },
            ChatRequest { temperature: 0.5, ..one.clone() },
            ChatRequest { top_p: Some(0.5), ..one.clone() },
            ChatRequest { seed: Some(0), ..one.clone() },
            ChatRequest { stop: vec!["\n".to_owned()], ..one.clone() },
            ChatRequest { format: Format::Json { name: "a".to_owned(), schema }, ..one.clone() },
            ChatRequest { draw: 1, ..one.clone() },
            ChatRequest { messages: one.messages.iter().rev().cloned().collect(), ..one.clone() },
        ];
        let mut keys: Vec<String> = others.iter().map(|other| other.key(&model)).collect();
        keys.push(one.key(&model));
        keys.push(one.key(&ChatModel { revision: Some("1".to_owned()), ..model.clone() }));
        keys.push(one.key(&ChatModel { name: "n".to_owned(), ..model }));
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), others.len() + 3);
    }

    /// Invariant 11: a question that was written down and read again has no room for a picture either.
    #[test]
    fn a_message_with_parts_is_no_message() {
        let parts = r#"{"role":"user","text":[{"type":"image_url","image_url":{"url":"http://a/b.png"}}]}"#;
        assert!(serde_json::from_str::<Message>(parts).is_err());
        let extra = r#"{"role":"user","text":"a","image":"b"}"#;
        assert!(serde_json::from_str::<Message>(extra).is_err());
        let mut fields = serde_json::to_value(request("a")).unwrap();
        fields["images"] = serde_json::json!([]);
        assert!(serde_json::from_value::<ChatRequest>(fields).is_err());
    }
}
