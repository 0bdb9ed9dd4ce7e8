//! The only place that asks the clock.
//!
//! It serves progress, time left and the log. Only what came from outside has a time of day in its row, the one at which
//! it came: [`Clock::utc`], which `SOURCE_DATE_EPOCH` can hold still.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::env;

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

    /// The time of day in UTC, to the second: `2026-11-30T16:40:00Z`. It is the one in
    /// [`SOURCE_DATE_EPOCH`](env::SOURCE_DATE_EPOCH) if that is set, so that a run can be repeated to the byte.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is asked")]
    pub fn utc(&self) -> String {
        let secs = match &self.0 {
            Source::Hand(_) => self.now().as_secs(),
            Source::Machine(_) => env::source_date_epoch().unwrap_or_else(|| {
                SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
            }),
        };
        utc_of(secs)
    }

    /// The time of day in milliseconds of UTC since 1970; of a clock that goes by hand, what it was moved by.
    ///
    /// It is the machine's, whatever `SOURCE_DATE_EPOCH` says: leases and sessions end by it, and no row depends on it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is asked")]
    pub fn unix_ms(&self) -> i64 {
        let time = match &self.0 {
            Source::Hand(_) => self.now(),
            Source::Machine(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        };
        i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
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

/// The date and time of so many seconds after the beginning of 1970, by H. Hinnant's `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>).
fn utc_of(secs: u64) -> String {
    let (days, second) = (secs / 86_400 + 719_468, secs % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        let dates = [0, 68_169_599, 951_782_400, 1_709_251_199, 1_796_056_800, 4_102_444_799].map(utc_of);
        let expected = [
            "1970-01-01T00:00:00Z",
            "1972-02-28T23:59:59Z",
            "2000-02-29T00:00:00Z",
            "2024-02-29T23:59:59Z",
            "2026-11-30T16:40:00Z",
            "2099-12-31T23:59:59Z",
        ];
        assert_eq!(dates, expected);
    }
}
