//! Why a language model gave no answer.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Usage;

/// Why a language model gave no answer; a closed list. One class says one thing a person would act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatClass {
    /// Nobody listens, the name is not known, no TLS, or the server says itself that it is not well (5xx).
    Down,
    /// It took too long: to connect, to begin, between two pieces, or altogether.
    Slow,
    /// Too many questions (429).
    RateLimited,
    /// What was paid for is used up (402, or 429 with that reason).
    Quota,
    /// The model will not answer this.
    Refusal,
    /// What came is no answer: not HTTP, not JSON, no text, not of the form that was asked for.
    Nonsense,
    /// The answer would be longer than was allowed.
    TooLong,
    /// The answer ended before its end.
    Cut,
    /// The key is missing, wrong, or not for this (401, 403).
    BadKey,
    /// The server does not have this model.
    UnknownModel,
    /// The question is longer than the model can read.
    ContextTooLong,
    /// The server does not take the question as it is (400, 404, 422), or it was not even sent.
    BadRequest,
    /// Asking on would cost more than was allowed.
    Budget,
    /// An answer could not be remembered, or the call not be written down.
    Disk,
}

impl ChatClass {
    /// All classes, in order.
    pub const ALL: [ChatClass; 14] = [
        ChatClass::Down,
        ChatClass::Slow,
        ChatClass::RateLimited,
        ChatClass::Quota,
        ChatClass::Refusal,
        ChatClass::Nonsense,
        ChatClass::TooLong,
        ChatClass::Cut,
        ChatClass::BadKey,
        ChatClass::UnknownModel,
        ChatClass::ContextTooLong,
        ChatClass::BadRequest,
        ChatClass::Budget,
        ChatClass::Disk,
    ];

    /// The name in counts, the ledger and drops.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ChatClass::Down => "down",
            ChatClass::Slow => "slow",
            ChatClass::RateLimited => "rate_limited",
            ChatClass::Quota => "quota",
            ChatClass::Refusal => "refusal",
            ChatClass::Nonsense => "nonsense",
            ChatClass::TooLong => "too_long",
            ChatClass::Cut => "cut",
            ChatClass::BadKey => "bad_key",
            ChatClass::UnknownModel => "unknown_model",
            ChatClass::ContextTooLong => "context_too_long",
            ChatClass::BadRequest => "bad_request",
            ChatClass::Budget => "budget",
            ChatClass::Disk => "disk",
        }
    }

    /// Whether the same question may go better in a moment.
    #[must_use]
    pub const fn can_try_again(self) -> bool {
        matches!(
            self,
            ChatClass::Down | ChatClass::Slow | ChatClass::RateLimited | ChatClass::Nonsense | ChatClass::Cut
        )
    }

    /// Whether it speaks of this one question: a task can be dropped for it, and the next be asked. Any other says that
    /// the next question would fare no better, and that a run should stop.
    #[must_use]
    pub const fn is_of_question(self) -> bool {
        matches!(
            self,
            ChatClass::Refusal | ChatClass::Nonsense | ChatClass::TooLong | ChatClass::ContextTooLong
        )
    }

    /// What a person can do about it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            ChatClass::Down => "start the server, or look at `url`; run the same command again to continue",
            ChatClass::Slow => {
                "give the server more time under `timeouts`, or ask less at once with `requests_max`"
            }
            ChatClass::RateLimited => {
                "lower `requests_per_minute` or `tokens_per_minute`, and run again later"
            }
            ChatClass::Quota => {
                "top up the account, and run again to continue: nothing paid is asked for twice"
            }
            ChatClass::Refusal => "look at the prompt and at what was said",
            ChatClass::Nonsense => {
                "is this an OpenAI-compatible server? `structured` says how a form is asked for"
            }
            ChatClass::TooLong => "allow longer answers, or ask for shorter ones",
            ChatClass::Cut => "run the same command again; if it stays so, look at the server's log",
            ChatClass::BadKey => "put a valid key into the variable that `key_env` names",
            ChatClass::UnknownModel => "`model` must be a name that the server lists under `/models`",
            ChatClass::ContextTooLong => "take a model that reads more, or a shorter question",
            ChatClass::BadRequest => "look at what the server says",
            ChatClass::Budget => "raise `cost_max`, or stop here: what was answered is remembered",
            ChatClass::Disk => "free some space; nothing that was answered before is lost",
        }
    }
}

impl fmt::Display for ChatClass {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A language model gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{class}: {detail}")]
pub struct ChatFailed {
    /// Why.
    pub class: ChatClass,
    /// Why, in words; never the text of a question, an answer or a key.
    pub detail: String,
    /// The HTTP status, if there was one.
    pub status: Option<u16>,
    /// How long the server asked us to wait.
    pub wait: Option<Duration>,
    /// Attempts that were made.
    pub attempts: u32,
    /// Tokens that were spent for nothing, over all attempts.
    pub spent: Usage,
    /// What they cost, in millionths of the currency of [`super::Prices`].
    pub cost_micros: u64,
}

impl ChatFailed {
    /// A failure of one attempt that cost nothing.
    #[must_use]
    pub fn new(class: ChatClass, detail: impl Into<String>) -> ChatFailed {
        ChatFailed {
            class,
            detail: detail.into(),
            status: None,
            wait: None,
            attempts: 1,
            spent: Usage::default(),
            cost_micros: 0,
        }
    }

    /// The same with the tokens that it cost.
    #[must_use]
    pub fn having_spent(self, spent: Usage) -> ChatFailed {
        ChatFailed { spent, ..self }
    }
}

impl From<super::RequestFault> for ChatFailed {
    fn from(fault: super::RequestFault) -> ChatFailed {
        ChatFailed { attempts: 0, ..ChatFailed::new(ChatClass::BadRequest, fault.to_string()) }
    }
}
