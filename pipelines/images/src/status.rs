//! The verb `status`.

use pixmo_console::{Console, Ending, Failure};

/// Say what became of the rows of a list
///
/// Example: `pixmo images status`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &StatusArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images status` is not in this version"))
}
