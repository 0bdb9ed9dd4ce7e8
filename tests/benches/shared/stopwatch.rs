//! Time as it passes, and time that this thread was on a processor.

use std::fs;
use std::sync::OnceLock;
use std::time::Instant;

/// Where Linux says how many nanoseconds this thread was on a processor: the first number.
const SCHEDULE: &str = "/proc/thread-self/schedstat";

/// Time since it was started.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn ms(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1e3
    }
}

fn on_processor_ms() -> Option<f64> {
    let text = fs::read_to_string(SCHEDULE).ok()?;
    let nanoseconds: u64 = text.split_whitespace().next()?.parse().ok()?;
    (nanoseconds > 0).then_some(nanoseconds as f64 / 1e6)
}

/// True when the system does not tell, and time as it passes stands in.
pub(crate) fn wall() -> bool {
    on_processor_ms().is_none()
}

/// Milliseconds that this thread was on a processor, to about 4 ms; differences count.
pub(crate) fn clock_of_processor() -> f64 {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    on_processor_ms().unwrap_or_else(|| ORIGIN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1e3)
}
