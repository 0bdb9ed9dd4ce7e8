//! The language model of the campaign file.

use std::path::Path;

use pixmo_console::{Console, Failure};

use crate::asking::Asking;
use crate::settings::Settings;

/// Opens the model that [engines.chat] names.
///
/// # Errors
/// A request failure if there is none or it cannot be asked with these settings.
pub(crate) fn open(
    _campaign: Option<&Path>,
    _data: &str,
    _settings: &Settings,
    _console: &Console,
) -> Result<Asking, Failure> {
    Err(Failure::request("no language model was named to write captions")
        .hint("name one in [engines.chat] of the campaign file, or build with `--no-llm`"))
}
