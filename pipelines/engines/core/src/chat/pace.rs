//! Asks no faster than is allowed: so many questions at once, so many questions and so many tokens a minute.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until};

use super::{Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, Listener};

/// How fast questions are asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// Most questions under way.
    pub requests_max: u32,
    /// Questions a minute; no limit if it is not set.
    pub requests_per_minute: Option<f64>,
    /// Tokens a minute, of questions and answers together; no limit if it is not set.
    pub tokens_per_minute: Option<f64>,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { requests_max: 4, requests_per_minute: None, tokens_per_minute: None }
    }
}

/// Asks no faster than is allowed. Whoever asks first is answered first.
///
/// A bucket of tokens holds what a minute allows and is filled evenly. A question takes out what it may cost at most, its
/// own tokens and the most of its answer, and gives back what it did not need. When the server says that it was too
/// much, everybody waits as long as it asks for.
#[derive(Debug)]
pub struct Paced<C> {
    inner: C,
    under_way: Semaphore,
    /// Who is at the door; the others stand in line behind.
    door: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    retry_after_max: Duration,
}

#[derive(Debug)]
struct State {
    requests: Option<Bucket>,
    tokens: Option<Bucket>,
    held_until: Option<Instant>,
}

/// What is left of a minute's allowance; below zero when more was used than was foreseen.
#[derive(Debug)]
struct Bucket {
    per_minute: f64,
    capacity: f64,
    level: f64,
    filled_at: Option<Instant>,
}

impl Bucket {
    fn new(per_minute: f64, capacity: f64) -> Bucket {
        Bucket { per_minute, capacity, level: capacity, filled_at: None }
    }

    fn fill(&mut self, now: Instant) {
        if let Some(before) = self.filled_at {
            let minutes = now.saturating_duration_since(before).as_secs_f64() / 60.0;
            self.level = (self.level + minutes * self.per_minute).min(self.capacity);
        }
        self.filled_at = Some(now);
    }

    /// When `amount` will be there; one that is larger than the bucket takes a full one.
    fn ready_at(&mut self, amount: f64, now: Instant) -> Instant {
        self.fill(now);
        let lacking = amount.min(self.capacity) - self.level;
        if lacking <= 0.0 {
            return now;
        }
        let wait = Duration::try_from_secs_f64(lacking / self.per_minute * 60.0).unwrap_or(DAY);
        now + wait.min(DAY)
    }
}

const DAY: Duration = Duration::from_secs(86_400);
/// Below this, what is lacking is an error of rounding.
const HAIR: f64 = 1e-6;

impl<C> Paced<C> {
    /// Asks `inner` as `pace` says; a server that asks for a pause gets one of at most `retry_after_max`.
    pub fn new(inner: C, pace: &Pace, retry_after_max: Duration) -> Paced<C> {
        let most = usize::try_from(pace.requests_max).unwrap_or(usize::MAX).clamp(1, Semaphore::MAX_PERMITS);
        // A second's worth of questions may go at once, and at least one.
        let requests = pace.requests_per_minute.map(|rate| Bucket::new(rate, (rate / 60.0).max(1.0)));
        let tokens = pace.tokens_per_minute.map(|rate| Bucket::new(rate, rate));
        Paced {
            inner,
            under_way: Semaphore::new(most),
            door: tokio::sync::Mutex::new(()),
            state: Mutex::new(State { requests, tokens, held_until: None }),
            retry_after_max,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a question that may cost `tokens` may be asked, and takes them.
    async fn enter(&self, tokens: f64) {
        let _first_in_line = self.door.lock().await;
        loop {
            let now = Instant::now();
            let ready = {
                let mut state = self.state();
                let mut ready = state.held_until.unwrap_or(now);
                if let Some(bucket) = &mut state.requests {
                    ready = ready.max(bucket.ready_at(1.0 - HAIR, now));
                }
                if let Some(bucket) = &mut state.tokens {
                    ready = ready.max(bucket.ready_at(tokens - HAIR, now));
                }
                if ready <= now {
                    if let Some(bucket) = &mut state.requests {
                        bucket.level -= 1.0;
                    }
                    if let Some(bucket) = &mut state.tokens {
                        bucket.level -= tokens.min(bucket.capacity);
                    }
                    return;
                }
                ready
            };
            sleep_until(ready).await;
        }
    }

    /// Takes note of what a question did cost, and of a server that wants to be left alone.
    fn settle(&self, foreseen: f64, outcome: &Result<Answer, ChatFailed>) {
        let spent = match outcome {
            Ok(answer) => answer.spent,
            Err(failed) => failed.spent,
        };
        let mut state = self.state();
        if let Some(bucket) = &mut state.tokens {
            let used = (spent.tokens_in + spent.tokens_out) as f64;
            bucket.level = (bucket.level + foreseen.min(bucket.capacity) - used).min(bucket.capacity);
        }
        if let Err(failed) = outcome
            && failed.class == ChatClass::RateLimited
            && let Some(wait) = failed.wait
        {
            let until = Instant::now() + wait.min(self.retry_after_max);
            state.held_until = Some(state.held_until.map_or(until, |held| held.max(until)));
        }
    }
}

impl<C: Chat> Paced<C> {
    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        let Ok(_place) = self.under_way.acquire().await else { unreachable!("nobody closes the semaphore") };
        let foreseen = (request.tokens_estimated() + u64::from(request.tokens_max)) as f64;
        self.enter(foreseen).await;
        let outcome = self.inner.answer(request, listener).await;
        self.settle(foreseen, &outcome);
        outcome
    }
}

impl<C: Chat> Chat for Paced<C> {
    fn model(&self) -> &ChatModel {
        self.inner.model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}
