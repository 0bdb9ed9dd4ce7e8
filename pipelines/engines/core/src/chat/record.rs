//! Writes every question into the ledger, whoever answered it.

use std::sync::Arc;

use super::{Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, Listener};
use crate::ledger::{Call, Form, Ledger, Modality};

/// Writes every call into the ledger before its answer is given on: an answer that is used is written down.
#[derive(Debug)]
pub struct Recorded<C> {
    inner: C,
    ledger: Arc<Ledger>,
    purpose: String,
}

impl<C> Recorded<C> {
    /// Asks `inner` for `purpose`, a word such as `polish`.
    pub fn new(inner: C, ledger: Arc<Ledger>, purpose: impl Into<String>) -> Recorded<C> {
        Recorded { inner, ledger, purpose: purpose.into() }
    }
}

impl<C: Chat> Recorded<C> {
    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        let outcome = self.inner.answer(request, listener).await;
        let model = self.inner.model();
        let mut call = Call {
            engine: "chat".to_owned(),
            purpose: self.purpose.clone(),
            model: model.name.clone(),
            model_revision: model.revision.clone(),
            input: Modality::Text,
            answer: Form::Prose,
            prompt_sha256: request.digest(),
            ..Call::default()
        };
        match &outcome {
            Ok(answer) => {
                call.answer_sha256 = Some(answer.digest());
                call.ended = "answered".to_owned();
                call.is_cached = answer.is_cached;
                call.attempts = answer.attempts;
                call.tokens_in = answer.spent.tokens_in;
                call.tokens_out = answer.spent.tokens_out;
                call.cost_micros = answer.cost_micros;
            }
            Err(failed) => {
                call.ended = failed.class.name().to_owned();
                call.attempts = failed.attempts;
                call.tokens_in = failed.spent.tokens_in;
                call.tokens_out = failed.spent.tokens_out;
                call.cost_micros = failed.cost_micros;
            }
        }
        match self.ledger.note(call) {
            Ok(()) => outcome,
            // What was not written down must not be used; what failed already has its reason.
            Err(error) => outcome.and_then(|answer| {
                let detail = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                Err(ChatFailed {
                    attempts: answer.attempts,
                    spent: answer.spent,
                    cost_micros: answer.cost_micros,
                    ..ChatFailed::new(ChatClass::Disk, format!("{error}: {detail}"))
                })
            }),
        }
    }
}

impl<C: Chat> Chat for Recorded<C> {
    fn model(&self) -> &ChatModel {
        self.inner.model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}
