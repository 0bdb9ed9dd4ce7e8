//! What it costs, and no more than is allowed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::{Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, Listener, Usage};

/// What tokens cost, in a currency of the user's choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Prices {
    /// A million tokens of questions.
    pub per_million_tokens_in: f64,
    /// A million tokens of answers.
    pub per_million_tokens_out: f64,
}

impl Prices {
    /// What these tokens cost, in millionths of the currency, rounded up.
    #[must_use]
    pub fn cost_micros(&self, usage: Usage) -> u64 {
        // A price for a million tokens is the number of millionths for one.
        let cost = usage.tokens_in as f64 * self.per_million_tokens_in
            + usage.tokens_out as f64 * self.per_million_tokens_out;
        // A cast from a float ends at the largest number, and takes what is no number for 0.
        cost.ceil() as u64
    }
}

/// What was asked so far. All clones of an `Arc` count together.
#[derive(Debug, Default)]
pub struct Tally {
    answered: AtomicU64,
    failed: AtomicU64,
    tokens_in: AtomicU64,
    tokens_out: AtomicU64,
    cost_micros: AtomicU64,
}

impl Tally {
    /// Questions that were answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// Questions that were not.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Tokens of all of them.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage {
            tokens_in: self.tokens_in.load(Ordering::Relaxed),
            tokens_out: self.tokens_out.load(Ordering::Relaxed),
            is_estimated: false,
        }
    }

    /// What they cost, in millionths of the currency.
    #[must_use]
    pub fn cost_micros(&self) -> u64 {
        self.cost_micros.load(Ordering::Relaxed)
    }

    fn add(&self, count: &AtomicU64, spent: Usage, cost_micros: u64) {
        count.fetch_add(1, Ordering::Relaxed);
        self.tokens_in.fetch_add(spent.tokens_in, Ordering::Relaxed);
        self.tokens_out.fetch_add(spent.tokens_out, Ordering::Relaxed);
        self.cost_micros.fetch_add(cost_micros, Ordering::Relaxed);
    }
}

/// Counts what is asked and what it costs, and asks nothing more once the limit is reached. Questions that are under way
/// then are still answered.
#[derive(Debug)]
pub struct Accounted<C> {
    inner: C,
    prices: Prices,
    cost_micros_max: Option<u64>,
    tally: Arc<Tally>,
}

impl<C> Accounted<C> {
    /// Asks `inner` until `cost_max`, in the currency of the prices, is spent.
    pub fn new(inner: C, prices: Prices, cost_max: Option<f64>, tally: Arc<Tally>) -> Accounted<C> {
        Accounted { inner, prices, cost_micros_max: cost_max.map(|cost| (cost * 1e6) as u64), tally }
    }
}

impl<C: Chat> Accounted<C> {
    async fn answered(&self, request: &ChatRequest, listener: Listener<'_>) -> Result<Answer, ChatFailed> {
        let cost = self.tally.cost_micros();
        if let Some(most) = self.cost_micros_max.filter(|most| cost >= *most) {
            let detail = format!("{:.2} is spent, at most {:.2} is allowed", money(cost), money(most));
            return Err(ChatFailed { attempts: 0, ..ChatFailed::new(ChatClass::Budget, detail) });
        }
        match self.inner.answer(request, listener).await {
            Ok(answer) => {
                let cost_micros = self.prices.cost_micros(answer.spent);
                self.tally.add(&self.tally.answered, answer.spent, cost_micros);
                Ok(Answer { cost_micros, ..answer })
            }
            Err(failed) => {
                let cost_micros = self.prices.cost_micros(failed.spent);
                self.tally.add(&self.tally.failed, failed.spent, cost_micros);
                Err(ChatFailed { cost_micros, ..failed })
            }
        }
    }
}

fn money(micros: u64) -> f64 {
    micros as f64 / 1e6
}

impl<C: Chat> Chat for Accounted<C> {
    fn model(&self) -> &ChatModel {
        self.inner.model()
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(self.answered(request, listener))
    }
}
