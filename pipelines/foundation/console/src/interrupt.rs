//! Ctrl-C and SIGTERM: once, finish what is in flight; twice, stop now.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::sync::mpsc::sync_channel;
#[cfg(unix)]
use std::time::Duration;

use crate::{Console, Kind};

/// How long a notice may take before nobody waits for it any longer.
#[cfg(unix)]
const SAYING_MAX: Duration = Duration::from_millis(250);
#[cfg(unix)]
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
                        for (earlier, _signal) in signals.forever().enumerate() {
                            interrupt.heard(&console, earlier);
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

    /// Acts on a signal, `earlier` others having come before it.
    ///
    /// The notice is said before the work is told to stop: otherwise quick work could end before it, or without it.
    #[cfg(unix)]
    fn heard(&self, console: &Console, earlier: usize) {
        if earlier > 0 {
            stop_now(console);
        }
        tracing::info!("interrupted");
        say_in_time(console, |console| console.shared.write_talk(NOTICE));
        self.request();
    }
}

/// Ends the process without waiting for the work.
#[cfg(unix)]
#[expect(clippy::exit, clippy::disallowed_methods, reason = "the second Ctrl-C asks for exactly this")]
fn stop_now(console: &Console) {
    say_in_time(console, |console| {
        console.shared.set_bar(None);
        console.shared.write_talk("interrupted: stopped at once; run the same command again to continue");
    });
    std::process::exit(i32::from(Kind::Interrupted.exit_code()));
}

/// Says something, but waits no longer than [`SAYING_MAX`] for a terminal that does not take the words: it must
/// neither keep the next signal from being heard nor the process alive.
#[cfg(unix)]
fn say_in_time(console: &Console, say: impl FnOnce(&Console) + Send + 'static) {
    let (done, said) = sync_channel(1);
    let console = console.clone();
    let speak = move || {
        say(&console);
        // Whoever waited may have given up.
        let _unheard = done.send(());
    };
    match std::thread::Builder::new().name("pixmo-notice".to_owned()).spawn(speak) {
        Ok(_thread) => {
            let _in_time = said.recv_timeout(SAYING_MAX);
        }
        Err(error) => tracing::warn!(%error, "no thread to say that the run is interrupted"),
    }
}
