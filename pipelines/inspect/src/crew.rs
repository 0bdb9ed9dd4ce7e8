//! The threads that look at the parts of a dataset, and the order in which they are heard.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use pixmo_console::{Failure, env};

/// The most threads.
const JOBS_MAX: usize = 1024;

/// How many threads a flag asks for; one for each core if it asks for nothing.
pub(crate) fn jobs(asked: Option<usize>) -> Result<usize, Failure> {
    match asked {
        None => Ok(env::cores().min(JOBS_MAX)),
        Some(jobs @ 1..=JOBS_MAX) => Ok(jobs),
        Some(jobs) => Err(Failure::request(format!("cannot work with {jobs} threads"))
            .hint(format!("give `--jobs` a number from 1 to {JOBS_MAX}"))),
    }
}

/// Calls `look` for every item on several named threads, and `hear` on this one with the results in the order of the
/// items. The first failure stops the work.
///
/// # Errors
/// The failure of the first item, in their order, that failed; or no thread could be started.
pub(crate) fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    look: impl Fn(&T) -> Result<R, Failure> + Sync,
    mut hear: impl FnMut(usize, R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (results, heard) = sync_channel(jobs * 2);
        for worker in 0..jobs.clamp(1, items.len().max(1)) {
            let (next, stopped, look, results) = (&next, &stopped, &look, results.clone());
            let work = move || {
                while !stopped.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    // Nobody hears any more after a failure.
                    if results.send((at, look(item))).is_err() {
                        break;
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("inspect-{worker}"));
            thread.spawn_scoped(scope, work).map_err(|error| {
                stopped.store(true, Ordering::Relaxed);
                Failure::world("cannot start a thread").cause(&error).hint("try fewer with `--jobs`")
            })?;
        }
        drop(results);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (at, result) in heard {
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&due) {
                let told = result.and_then(|result| hear(due, result));
                if told.is_err() {
                    stopped.store(true, Ordering::Relaxed);
                    return told;
                }
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_heard_in_order_by_any_number_of_threads() {
        let items: Vec<u64> = (0..200).collect();
        for jobs in [1, 2, 7] {
            let mut heard = Vec::new();
            in_order(
                &items,
                jobs,
                |item| Ok(item * item),
                |at, square| {
                    heard.push((at as u64, square));
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(heard, items.iter().map(|item| (*item, item * item)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_failure_is_told_and_stops_the_work() {
        let items: Vec<u64> = (0..10_000).collect();
        let looked = AtomicUsize::new(0);
        let look = |item: &u64| {
            looked.fetch_add(1, Ordering::Relaxed);
            if *item >= 5 { Err(Failure::world(format!("item {item}"))) } else { Ok(()) }
        };
        let failure = in_order(&items, 3, look, |_, ()| Ok(())).unwrap_err();
        assert_eq!(failure.message, "item 5");
        assert!(looked.load(Ordering::Relaxed) < items.len());
    }
}
