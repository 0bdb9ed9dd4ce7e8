//! Panics become one calm failure; the default message is not printed.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;
use std::sync::{Mutex, Once, PoisonError};

use crate::Failure;

/// The last panic of any thread.
static LAST: Mutex<Option<Panic>> = Mutex::new(None);

#[derive(Clone, Debug)]
struct Panic {
    message: String,
    place: Option<String>,
    backtrace: Option<String>,
}

/// Remembers and logs panics from now on instead of printing them.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(remember)));
}

fn remember(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let message = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "a panic without words".to_owned(),
    };
    let place = info.location().map(ToString::to_string);
    // Captured only when RUST_BACKTRACE asks for it.
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(message = message.as_str(), place, "panic");
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(Panic { message, place, backtrace });
}

/// The failure that reports the last panic.
pub(crate) fn as_failure(program: &str) -> Failure {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut failure = match &last {
        Some(panic) => Failure::bug(format!("a bug in `{program}`: {}", panic.message)),
        None => Failure::bug(format!("a bug in `{program}`")),
    };
    if let Some(panic) = last {
        failure.at = panic.place;
        failure.causes.extend(panic.backtrace);
    }
    failure.hint("please report it with this text; what was finished before is safe")
}
