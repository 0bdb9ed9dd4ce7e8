//! The pace, in time that the tests move.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio::task::JoinSet;

use super::*;
use crate::class::Class;

fn gate(pace: Pace) -> Arc<Gate> {
    Arc::new(Gate::new(&pace, &Retry { host_failures_max: 3, host_rest_secs: 100.0, ..Retry::default() }))
}

/// When each of `count` requests to `host` set off, in milliseconds from now; each takes `length_ms`.
async fn times(
    gate: &Arc<Gate>,
    host: &str,
    count: u32,
    length_ms: u64,
    delay: Option<Duration>,
) -> Vec<u128> {
    let begin = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let (gate, host) = (Arc::clone(gate), host.to_owned());
        tasks.spawn(async move {
            let pass = gate.enter(&host, delay).await.unwrap();
            let at = begin.elapsed().as_millis();
            tokio::time::sleep(Duration::from_millis(length_ms)).await;
            drop(pass);
            at
        });
    }
    let mut times = tasks.join_all().await;
    times.sort_unstable();
    times
}

fn wide() -> Pace {
    Pace { requests_max: 1000, host_requests_max: 1000, ..Pace::default() }
}

#[tokio::test(start_paused = true)]
async fn a_burst_and_then_evenly() {
    let gate = gate(Pace { host_per_sec: 10.0, host_burst: 3, ..wide() });
    let times = times(&gate, "a", 8, 0, None).await;
    for (found, expected) in times.iter().zip([0, 0, 0, 100, 200, 300, 400, 500]) {
        assert!(found.abs_diff(expected) <= 3, "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn hosts_do_not_wait_for_each_other() {
    let gate = gate(Pace { host_per_sec: 1.0, host_burst: 1, ..wide() });
    let (a, b) = tokio::join!(times(&gate, "a", 5, 0, None), times(&gate, "b", 5, 0, None));
    assert!(a[4].abs_diff(4000) <= 5 && b[4].abs_diff(4000) <= 5, "{a:?} {b:?}");
}

#[tokio::test(start_paused = true)]
async fn a_crawl_delay_slows_down_and_never_speeds_up() {
    let gate = gate(Pace { host_per_sec: 10.0, host_burst: 5, ..wide() });
    let slow = times(&gate, "a", 4, 0, Some(Duration::from_secs(2))).await;
    assert!(slow[3].abs_diff(6000) <= 5, "{slow:?}");
    let same = times(&gate, "b", 7, 0, Some(Duration::from_millis(1))).await;
    assert!(same[4] <= 5 && same[6].abs_diff(200) <= 5, "{same:?}");
}

#[tokio::test(start_paused = true)]
async fn so_many_at_a_time_in_all_and_to_a_host() {
    let gate =
        gate(Pace { requests_max: 7, host_requests_max: 2, host_per_sec: 1e6, host_burst: 100, ..wide() });
    let (under_way, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
    let mut tasks = JoinSet::new();
    for n in 0..100 {
        let (gate, under_way, most) = (Arc::clone(&gate), Arc::clone(&under_way), Arc::clone(&most));
        tasks.spawn(async move {
            let host = format!("host-{}", n % 5);
            let _pass = gate.enter(&host, None).await.unwrap();
            most.fetch_max(under_way.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(10)).await;
            under_way.fetch_sub(1, Ordering::SeqCst);
        });
    }
    tasks.join_all().await;
    assert_eq!(most.load(Ordering::SeqCst), 7);

    let two = times(&gate, "one-host", 6, 1000, None).await;
    assert!(two[2] >= 1000 && two[4] >= 2000 && two[5] < 2100, "{two:?}");
}

/// Those who wait for a place among all must not set off together when places come free.
#[tokio::test(start_paused = true)]
async fn waiting_for_a_place_saves_no_tokens() {
    let gate =
        gate(Pace { requests_max: 4, host_requests_max: 4, host_per_sec: 1.0, host_burst: 1, ..wide() });
    let mut held = Vec::new();
    for host in ["x", "y", "z", "w"] {
        held.push(gate.enter(host, None).await.unwrap());
    }
    let release = async {
        tokio::time::sleep(Duration::from_secs(10)).await;
        held.clear();
    };
    let (times, ()) = tokio::join!(times(&gate, "a", 4, 0, None), release);
    for pair in times.windows(2) {
        assert!(pair[0] >= 10_000 && pair[1] - pair[0] >= 999, "{times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_host_holds_up_no_other() {
    let gate =
        gate(Pace { requests_max: 2, host_requests_max: 50, host_per_sec: 0.1, host_burst: 1, ..wide() });
    let fast = async {
        tokio::time::sleep(Duration::from_millis(1)).await;
        times(&gate, "fast", 1, 0, None).await
    };
    let (_, fast) = tokio::join!(times(&gate, "slow", 20, 0, None), fast);
    assert!(fast[0] <= 5, "{fast:?}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_a_server_asks_for_holds_the_whole_host() {
    let gate = gate(wide());
    let pass = gate.enter("a", None).await.unwrap();
    let mut asked = Trouble::new(Class::RateLimited, "status 429").again();
    asked.wait = Some(Duration::from_secs(30));
    pass.failed(&asked);
    drop(pass);
    let (a, b) = tokio::join!(times(&gate, "a", 1, 0, None), times(&gate, "b", 1, 0, None));
    assert!(a[0].abs_diff(30_000) <= 5 && b[0] <= 5, "{a:?} {b:?}");
}

#[tokio::test(start_paused = true)]
async fn a_host_that_fails_again_and_again_is_left_alone_and_then_tried_again() {
    let gate = gate(wide());
    let refused = Trouble::new(Class::Refused, "nobody there").again();
    let fail = async |count: u32| {
        for _ in 0..count {
            gate.enter("a", None).await.unwrap().failed(&refused);
        }
    };
    fail(2).await;
    gate.enter("a", None).await.unwrap().succeeded();
    fail(3).await;
    let left = gate.enter("a", None).await.unwrap_err();
    assert_eq!((left.class, left.again), (Class::Refused, false));
    assert!(left.detail.contains("left alone for 100 s after 3 failures in a row: nobody there"), "{left:?}");
    assert!(gate.enter("b", None).await.is_ok());
    tokio::time::advance(Duration::from_secs(101)).await;
    fail(2).await;
}

/// A page that is gone says nothing against its host.
#[tokio::test(start_paused = true)]
async fn only_what_speaks_of_the_host_counts_against_it() {
    let gate = gate(wide());
    for class in Class::ALL.into_iter().filter(|class| !class.is_of_host()) {
        for _ in 0..10 {
            gate.enter("a", None).await.unwrap().failed(&Trouble::new(class, ""));
        }
    }
    assert!(gate.enter("a", None).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn hosts_that_were_seen_once_are_forgotten() {
    let gate = gate(Pace { host_per_sec: 10.0, ..wide() });
    for n in 0..20_000 {
        drop(gate.enter(&format!("host-{n}"), None).await.unwrap());
        tokio::time::advance(Duration::from_millis(1)).await;
        let known = gate.hosts.lock().unwrap().by_name.len();
        assert!(known <= 2 * HOSTS_BEFORE_SWEEP, "{known} after {n}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_is_dropped_while_waiting_leaves_no_hole() {
    let gate = gate(Pace { requests_max: 1, host_requests_max: 1, host_per_sec: 1000.0, ..wide() });
    let held = gate.enter("a", None).await.unwrap();
    for _ in 0..10 {
        assert!(tokio::time::timeout(Duration::from_secs(1), gate.enter("a", None)).await.is_err());
        assert!(tokio::time::timeout(Duration::from_secs(1), gate.enter("b", None)).await.is_err());
    }
    drop(held);
    assert_eq!(times(&gate, "a", 3, 10, None).await.len(), 3);
}
