//! The only place that asks the clock.
//!
//! Nothing in a row depends on it: it serves progress, time left and the log.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A clock that only goes forward, counted from when it was made.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    Machine(Instant),
    Hand(Arc<Mutex<Duration>>),
}

impl Clock {
    /// The machine's clock, from now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is asked")]
    pub fn machine() -> Self {
        Clock(Source::Machine(Instant::now()))
    }

    /// A clock that stands still until [`Clock::advance`]; for tests.
    #[must_use]
    pub fn by_hand() -> Self {
        Clock(Source::Hand(Arc::default()))
    }

    /// Time since the clock was made.
    #[must_use]
    pub fn now(&self) -> Duration {
        match &self.0 {
            Source::Machine(origin) => origin.elapsed(),
            Source::Hand(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a clock that goes by hand; the machine's clock goes on its own.
    pub fn advance(&self, by: Duration) {
        if let Source::Hand(time) = &self.0 {
            *time.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// Whether time passes on its own.
    pub(crate) fn is_machine(&self) -> bool {
        matches!(self.0, Source::Machine(_))
    }
}
