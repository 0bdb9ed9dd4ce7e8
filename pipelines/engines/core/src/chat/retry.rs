//! Asks again what may go better in a moment.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Answer, Answering, Chat, ChatFailed, ChatModel, ChatRequest, Heard, Listener, Usage};

/// How often a question is asked again, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    /// Most attempts of one question; 1 means never again.
    pub attempts_max: u32,
    /// Longest wait after the first attempt; doubled after each further one.
    pub backoff_secs_min: f64,
    /// Longest such wait.
    pub backoff_secs_max: f64,
    /// Longest wait that a server may ask for with `Retry-After`; above it, this is waited.
    pub retry_after_secs_max: f64,
}

impl Default for Retry {
    fn default() -> Self {
        Retry { attempts_max: 5, backoff_secs_min: 1.0, backoff_secs_max: 30.0, retry_after_secs_max: 120.0 }
    }
}

/// Asks again what may go better in a moment. The timer is that of `tokio`; what is random of the pauses is drawn from
/// the seed, the question and the attempt.
#[derive(Debug)]
pub struct Retrying<C> {
    inner: C,
    retry: Retry,
    seed: u64,
}

impl<C> Retrying<C> {
    /// Asks `inner` as `retry` says.
    pub fn new(inner: C, retry: Retry, seed: u64) -> Retrying<C> {
        Retrying { inner, retry, seed }
    }

    /// How long to wait after attempt number `attempt`, counted from 1. Our own wait is shortened by up to a half by
    /// what is drawn, so that many questions that failed together do not come back together; it is never shorter than
    /// the server asked for.
    fn pause(&self, question: &str, attempt: u32, asked: Option<Duration>) -> Duration {
        let doubled = f64::from(1_u32 << (attempt - 1).min(30));
        let longest = (self.retry.backoff_secs_min * doubled).min(self.retry.backoff_secs_max);
        let hash = Sha256::new()
            .chain_update(self.seed.to_le_bytes())
            .chain_update(attempt.to_le_bytes())
            .chain_update(question)
            .finalize();
        let drawn = f64::from(u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]])) / f64::from(u32::MAX);
        let own = seconds(longest * (1.0 - 0.5 * drawn));
        let asked = asked.unwrap_or_default().min(seconds(self.retry.retry_after_secs_max));
        own.max(asked)
    }
}

impl<C: Chat> Retrying<C> {
    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        let question = request.digest();
        let mut attempts = 0;
        let (mut spent, mut cost_micros) = (Usage::default(), 0_u64);
        loop {
            if attempts > 0 {
                listener(Heard::Again);
            }
            let failed = match self.inner.answer(request, listener).await {
                Ok(answer) => {
                    return Ok(Answer {
                        attempts: attempts + answer.attempts,
                        spent: spent + answer.spent,
                        cost_micros: cost_micros.saturating_add(answer.cost_micros),
                        ..answer
                    });
                }
                Err(failed) => failed,
            };
            attempts += failed.attempts;
            spent = spent + failed.spent;
            cost_micros = cost_micros.saturating_add(failed.cost_micros);
            if !failed.class.can_try_again() || attempts >= self.retry.attempts_max {
                return Err(ChatFailed { attempts, spent, cost_micros, ..failed });
            }
            tokio::time::sleep(self.pause(&question, attempts.max(1), failed.wait)).await;
        }
    }
}

impl<C: Chat> Chat for Retrying<C> {
    fn model(&self) -> &ChatModel {
        self.inner.model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}

/// Seconds of a setting that was checked; what is no time is none.
pub(crate) fn seconds(value: f64) -> Duration {
    Duration::try_from_secs_f64(value).unwrap_or_default()
}
