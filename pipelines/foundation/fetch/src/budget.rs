//! How much time one address has left.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use crate::class::Class;
use crate::trouble::Trouble;

/// The time that is left for one address. It runs only inside [`Budget::spend`], so that what we wait for of our own
/// accord does not count.
#[derive(Debug)]
pub(crate) struct Budget {
    total: Duration,
    left: Duration,
}

impl Budget {
    /// All of `total` is left.
    pub(crate) fn new(total: Duration) -> Budget {
        Budget { total, left: total }
    }

    /// What is left.
    pub(crate) fn left(&self) -> Duration {
        self.left
    }

    /// Does `work`, which may take as long as `step`, and no longer than what is left; `what` names it in messages.
    pub(crate) async fn spend<T>(
        &mut self,
        step: Duration,
        what: &str,
        work: impl Future<Output = T>,
    ) -> Result<T, Trouble> {
        let begin = Instant::now();
        let done = timeout(step.min(self.left), work).await;
        self.left = self.left.saturating_sub(begin.elapsed());
        match done {
            Ok(value) => Ok(value),
            Err(_) if self.left.is_zero() => {
                let total = self.total.as_secs_f64();
                Err(Trouble::new(Class::Timeout, format!("no {what} before all {total} s were used up")))
            }
            Err(_) => {
                let secs = step.as_secs_f64();
                Err(Trouble::new(Class::Timeout, format!("no {what} within {secs} s")).again())
            }
        }
    }
}
