//! Ctrl-C and SIGTERM: once, finish what is in flight; twice, stop now.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(unix)]
use std::sync::mpsc::{Receiver, sync_channel};
#[cfg(unix)]
use std::time::Duration;

use crate::{Console, Kind};

/// How long the last words may take.
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
        let _unheard = aside(console, |console| console.shared.write_talk(NOTICE));
    }
}

/// Ends the process without waiting for the work.
#[cfg(unix)]
#[expect(clippy::exit, reason = "the second Ctrl-C asks for exactly this")]
fn stop_now(console: &Console) {
    let said = aside(console, |console| {
        console.shared.set_bar(None);
        console.shared.write_talk("interrupted: stopped at once; run the same command again to continue");
    });
    // A terminal that does not take the words does not keep the process alive.
    let _unheard = said.recv_timeout(SAYING_MAX);
    std::process::exit(i32::from(Kind::Interrupted.exit_code()));
}

/// Says something on a thread of its own: a stuck terminal must not keep the next signal from being heard.
/// The receiver hears when it was said.
#[cfg(unix)]
fn aside(console: &Console, say: impl FnOnce(&Console) + Send + 'static) -> Receiver<()> {
    let (done, said) = sync_channel(1);
    let console = console.clone();
    let speak = move || {
        say(&console);
        // Nobody may be waiting to hear it.
        let _unheard = done.send(());
    };
    if let Err(error) = std::thread::Builder::new().name("pixmo-notice".to_owned()).spawn(speak) {
        tracing::warn!(%error, "no thread to say that the run is interrupted");
    }
    said
}
