//! Work for processors: many items, some threads, results heard on the thread that asked.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use pixmo_console::{Failure, Interrupt};

/// Calls `work` for every number below `count` on several named threads, and `hear` on this one with the results in any
/// order. A failure, or someone who asks to stop, ends the work; whether all of it was done.
///
/// # Errors
/// The failure that was heard first; or no thread could be started.
pub fn each<R: Send>(
    count: usize,
    jobs: usize,
    interrupt: &Interrupt,
    work: impl Fn(usize) -> Result<R, Failure> + Sync,
    mut hear: impl FnMut(usize, R) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let (next, is_stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let (results, heard) = sync_channel(jobs.max(1) * 2);
        for worker in 0..jobs.clamp(1, count.max(1)) {
            let (next, is_stopped, work, results) = (&next, &is_stopped, &work, results.clone());
            let turn = move || {
                while !is_stopped.load(Ordering::Relaxed) && !interrupt.is_requested() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    // Nobody hears any more after a failure.
                    if at >= count || results.send((at, work(at))).is_err() {
                        break;
                    }
                }
            };
            let thread = std::thread::Builder::new().name(format!("pixmo-worker-{worker}"));
            thread.spawn_scoped(scope, turn).map_err(|error| {
                is_stopped.store(true, Ordering::Relaxed);
                Failure::world("cannot start a thread").cause(&error).hint("try fewer with `--jobs`")
            })?;
        }
        drop(results);
        let mut done = 0;
        for (at, result) in heard {
            let told = result.and_then(|result| hear(at, result));
            if told.is_err() {
                is_stopped.store(true, Ordering::Relaxed);
                told?;
            }
            done += 1;
        }
        Ok(done == count)
    })
}
