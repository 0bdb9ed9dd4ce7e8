//! How fast we ask: so many requests in all, so many to a host, and so many a second to a host.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use crate::policy::{Pace, Retry, secs};
use crate::trouble::Trouble;

/// Hosts that are remembered before those with nothing to remember are let go.
const HOSTS_BEFORE_SWEEP: usize = 1024;

/// Where every request passes.
#[derive(Debug)]
pub(crate) struct Gate {
    all: Arc<Semaphore>,
    hosts: Mutex<Hosts>,
    host_requests_max: usize,
    spacing: Duration,
    burst: u32,
    failures_max: u32,
    rest: Duration,
}

#[derive(Debug)]
struct Hosts {
    by_name: HashMap<String, Arc<Host>>,
    sweep_at: usize,
}

/// One host, by name, over all its ports.
#[derive(Debug)]
struct Host {
    slots: Arc<Semaphore>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The token bucket, in its form of one time (GCRA): when the next request would be due if all came evenly.
    due: Option<Instant>,
    /// Until when the server asked to be left alone.
    held_until: Option<Instant>,
    /// Failures of the host in a row.
    failures: u32,
    /// Until when it is given up, and with what.
    rests: Option<(Instant, Trouble)>,
}

/// Leave for one request; the next one gets it when this is dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    host: Arc<Host>,
    failures_max: u32,
    rest: Duration,
    _of_host: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Gate {
    pub(crate) fn new(pace: &Pace, retry: &Retry) -> Gate {
        let count = |max: u32| usize::try_from(max).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        Gate {
            all: Arc::new(Semaphore::new(count(pace.requests_max))),
            hosts: Mutex::new(Hosts { by_name: HashMap::new(), sweep_at: HOSTS_BEFORE_SWEEP }),
            host_requests_max: count(pace.host_requests_max),
            spacing: secs(1.0 / pace.host_per_sec),
            burst: pace.host_burst,
            failures_max: retry.host_failures_max,
            rest: secs(retry.host_rest_secs),
        }
    }

    /// Waits for leave to ask `host`; `crawl_delay` is what the host wishes between two requests.
    ///
    /// # Errors
    /// When the host failed so often in a row that it is left alone.
    pub(crate) async fn enter(&self, host: &str, crawl_delay: Option<Duration>) -> Result<Pass, Trouble> {
        let host = self.host(host);
        host.is_open()?;
        let Ok(of_host) = Arc::clone(&host.slots).acquire_owned().await else {
            unreachable!("nobody closes the semaphore of a host")
        };
        loop {
            host.is_open()?;
            // The wait for the host comes before the place among all, so that a slow host holds up no other; and the
            // token is taken only with the place in hand, so that those who waited for one do not set off together.
            let now = Instant::now();
            let earliest = self.earliest(&host, crawl_delay, now);
            if earliest > now {
                sleep_until(earliest).await;
            }
            let Ok(of_all) = Arc::clone(&self.all).acquire_owned().await else {
                unreachable!("nobody closes the semaphore of all")
            };
            if self.take(&host, crawl_delay) {
                let (failures_max, rest) = (self.failures_max, self.rest);
                return Ok(Pass { host, failures_max, rest, _of_host: of_host, _of_all: of_all });
            }
        }
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.by_name.get(name) {
            return Arc::clone(host);
        }
        if hosts.by_name.len() >= hosts.sweep_at {
            let now = Instant::now();
            hosts.by_name.retain(|_, host| Arc::strong_count(host) > 1 || host.state().matters(now));
            hosts.sweep_at = (2 * hosts.by_name.len()).max(HOSTS_BEFORE_SWEEP);
        }
        let slots = Arc::new(Semaphore::new(self.host_requests_max));
        let host = Arc::new(Host { slots, state: Mutex::default() });
        hosts.by_name.insert(name.to_owned(), Arc::clone(&host));
        host
    }

    /// Time between two requests, and how much earlier than evenly the next may come.
    fn rhythm(&self, crawl_delay: Option<Duration>) -> (Duration, Duration) {
        match crawl_delay {
            Some(delay) if delay > self.spacing => (delay, Duration::ZERO),
            _ => (self.spacing, self.spacing.saturating_mul(self.burst - 1)),
        }
    }

    fn earliest(&self, host: &Host, crawl_delay: Option<Duration>, now: Instant) -> Instant {
        let (_, early) = self.rhythm(crawl_delay);
        let state = host.state();
        let due = state.due.and_then(|due| due.checked_sub(early)).unwrap_or(now);
        due.max(state.held_until.unwrap_or(now)).max(now)
    }

    /// Takes the token if it is there.
    fn take(&self, host: &Host, crawl_delay: Option<Duration>) -> bool {
        let now = Instant::now();
        if self.earliest(host, crawl_delay, now) > now {
            return false;
        }
        let (spacing, _) = self.rhythm(crawl_delay);
        let mut state = host.state();
        let from = state.due.map_or(now, |due| due.max(now));
        state.due = Some(from.checked_add(spacing).unwrap_or(from));
        true
    }
}

impl Host {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_open(&self) -> Result<(), Trouble> {
        let state = self.state();
        match &state.rests {
            Some((until, trouble)) if *until > Instant::now() => Err(trouble.clone()),
            _ => Ok(()),
        }
    }
}

impl State {
    /// Whether letting it go would change how the host is treated.
    fn matters(&self, now: Instant) -> bool {
        let after = |time: Option<Instant>| time.is_some_and(|time| time > now);
        after(self.due) || after(self.held_until) || after(self.rests.as_ref().map(|(until, _)| *until))
    }
}

impl Pass {
    /// The host answered as a host that is well.
    pub(crate) fn succeeded(&self) {
        let mut state = self.host.state();
        state.failures = 0;
        state.rests = None;
    }

    /// The request failed; if servers ask for a pause, the whole host gets it.
    pub(crate) fn failed(&self, trouble: &Trouble) {
        let now = Instant::now();
        let mut state = self.host.state();
        if let Some(until) = trouble.wait.and_then(|wait| now.checked_add(wait)) {
            state.held_until = state.held_until.max(Some(until));
        }
        if !trouble.class.is_of_host() {
            // A page that is gone, or one that is too large, comes from a host that is well.
            if trouble.status.is_some() {
                state.failures = 0;
            }
            return;
        }
        state.failures += 1;
        if state.failures >= self.failures_max {
            let (count, rest) = (state.failures, self.rest.as_secs_f64());
            let detail = format!(
                "the host is left alone for {rest} s after {count} failures in a row: {}",
                trouble.detail
            );
            let until = now.checked_add(self.rest).unwrap_or(now);
            state.failures = 0;
            state.rests = Some((until, Trouble { detail, again: false, wait: None, ..trouble.clone() }));
        }
    }
}

#[cfg(test)]
mod tests;
