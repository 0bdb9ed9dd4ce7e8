//! Ctrl-C and SIGTERM: once, finish what is in flight; twice, stop now.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Console, Kind};

const NOTICE: &str = "interrupted: finishing the tasks in flight; press Ctrl-C again to stop now";

/// Says whether someone asked to stop. Cheap to clone and to ask, from any thread.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    requested: Arc<AtomicBool>,
}

impl Interrupt {
    /// A handle that nobody but [`Interrupt::request`] sets; for tests and for work that must not be stopped.
    #[must_use]
    pub fn never() -> Self {
        Self::default()
    }

    /// Whether someone asked to stop.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }

    /// Asks to stop, as the first Ctrl-C does.
    pub fn request(&self) {
        self.requested.store(true, Ordering::Relaxed);
    }

    /// Listens for the signals on a thread of its own.
    ///
    /// SIGHUP keeps its default so that `nohup` works; nothing is lost when a closed terminal kills a run.
    #[cfg(unix)]
    pub(crate) fn listening(console: &Console) -> Self {
        use signal_hook::consts::{SIGINT, SIGTERM};

        let interrupt = Interrupt::default();
        if console.shared.clock.is_machine() {
            match signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) {
                Ok(mut signals) => {
                    let (console, interrupt) = (console.clone(), interrupt.clone());
                    let listen = move || {
                        for _signal in &mut signals {
                            interrupt.heard(&console);
                        }
                    };
                    let spawned = std::thread::Builder::new().name("pixmo-signals".to_owned()).spawn(listen);
                    if let Err(error) = spawned {
                        tracing::warn!(%error, "no thread to listen for signals");
                    }
                }
                Err(error) => tracing::warn!(%error, "cannot listen for signals"),
            }
        }
        interrupt
    }

    #[cfg(not(unix))]
    pub(crate) fn listening(_console: &Console) -> Self {
        Interrupt::default()
    }

    #[cfg(unix)]
    fn heard(&self, console: &Console) {
        if self.requested.swap(true, Ordering::Relaxed) {
            stop_now(console);
        }
        tracing::info!("interrupted");
        console.shared.write_talk(NOTICE);
    }
}

/// Ends the process without waiting for any other thread: they may be stuck in a write.
#[cfg(unix)]
#[expect(clippy::exit, reason = "the second Ctrl-C asks for exactly this")]
fn stop_now(console: &Console) {
    console.shared.try_clear_bar();
    console.shared.try_write_talk("interrupted: stopped at once; run the same command again to continue");
    std::process::exit(i32::from(Kind::Interrupted.exit_code()));
}
