//! When an address is asked again.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::policy::{Retry, secs};
use crate::trouble::Trouble;

/// How long to wait after attempt number `attempt`, counted from 1, that ended in `trouble`; `None` if there is no
/// sense or no time in another.
pub(crate) fn pause(
    retry: &Retry,
    address: &str,
    attempt: u32,
    trouble: &Trouble,
    budget: &Budget,
) -> Option<Duration> {
    if !trouble.again || attempt >= retry.attempts_max {
        return None;
    }
    let own = backoff(retry, address, attempt);
    let pause = trouble.wait.map_or(own, |asked| asked.max(own));
    (pause < budget.left()).then_some(pause)
}

/// Our own wait: doubled with each attempt, then shortened by up to a half by a number drawn from the address and
/// the attempt, so that many addresses of a host that failed together do not come back together.
fn backoff(retry: &Retry, address: &str, attempt: u32) -> Duration {
    let doubled = f64::from(1_u32 << (attempt - 1).min(30));
    let longest = (retry.backoff_secs_min * doubled).min(retry.backoff_secs_max);
    let hash = Sha256::new().chain_update(attempt.to_le_bytes()).chain_update(address).finalize();
    let drawn = f64::from(u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]])) / f64::from(u32::MAX);
    secs(longest * (1.0 - 0.5 * drawn))
}

/// What an answer asks for with `Retry-After` (RFC 9110, 10.2.3): seconds, or a date, which is compared with the
/// server's own clock if it tells it. At most `longest`, however many years it says.
pub(crate) fn retry_after(headers: &HeaderMap, longest: Duration) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are more seconds than anyone waits.
        return Some(text.parse().map_or(longest, Duration::from_secs).min(longest));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let wait = until.duration_since(date.unwrap_or_else(today)).unwrap_or_default();
    Some(wait.min(longest))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a date in an answer without `Date` has nothing else to be compared with; only a wait depends on it"
)]
fn today() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::Class;

    fn asked(pairs: &[(&str, &str)]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name: reqwest::header::HeaderName = name.parse().unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        retry_after(&headers, Duration::from_secs(60)).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_understood_and_capped() {
        assert_eq!(asked(&[]), None);
        assert_eq!(asked(&[("retry-after", "7")]), Some(7));
        assert_eq!(asked(&[("retry-after", "0")]), Some(0));
        assert_eq!(asked(&[("retry-after", "86400")]), Some(60));
        assert_eq!(asked(&[("retry-after", "99999999999999999999999")]), Some(60));
        assert_eq!(asked(&[("retry-after", "soon")]), None);
        assert_eq!(asked(&[("retry-after", "-5")]), None);
        let date = ("date", "Mon, 30 Nov 2026 12:00:00 GMT");
        assert_eq!(asked(&[("retry-after", "Mon, 30 Nov 2026 12:00:09 GMT"), date]), Some(9));
        assert_eq!(asked(&[("retry-after", "Monday, 30-Nov-26 12:00:09 GMT"), date]), Some(9));
        assert_eq!(asked(&[("retry-after", "Mon Nov 30 12:00:09 2026"), date]), Some(9));
        assert_eq!(asked(&[("retry-after", "Mon, 30 Nov 2026 11:00:00 GMT"), date]), Some(0));
        assert_eq!(asked(&[("retry-after", "Sun, 01 Jan 2040 00:00:00 GMT"), date]), Some(60));
        assert_eq!(asked(&[("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")]), Some(60));
    }

    #[test]
    fn pauses_double_end_and_are_drawn_from_address_and_attempt() {
        let retry =
            Retry { attempts_max: 40, backoff_secs_min: 1.0, backoff_secs_max: 20.0, ..Retry::default() };
        let trouble = Trouble::new(Class::ServerError, "").again();
        let budget = Budget::new(Duration::from_secs(1000));
        let secs =
            |address, attempt| pause(&retry, address, attempt, &trouble, &budget).unwrap().as_secs_f64();
        for (attempt, longest) in [(1, 1.0), (2, 2.0), (3, 4.0), (5, 16.0), (6, 20.0), (39, 20.0)] {
            let pause = secs("http://a.example/", attempt);
            assert!((longest / 2.0..=longest).contains(&pause), "{attempt}: {pause}");
            assert!((pause - secs("http://a.example/", attempt)).abs() < 1e-9);
        }
        assert!((secs("http://a.example/1", 1) - secs("http://a.example/2", 1)).abs() > 1e-6);
        assert_eq!(pause(&retry, "http://a.example/", 40, &trouble, &budget), None);
    }

    #[test]
    fn no_pause_that_outlasts_the_time_left() {
        let retry = Retry::default();
        let mut trouble = Trouble::new(Class::RateLimited, "").again();
        trouble.wait = Some(Duration::from_secs(50));
        assert_eq!(pause(&retry, "x", 1, &trouble, &Budget::new(Duration::from_secs(40))), None);
        let wait = pause(&retry, "x", 1, &trouble, &Budget::new(Duration::from_secs(60)));
        assert_eq!(wait, Some(Duration::from_secs(50)));
    }
}
