//! The verb `takedown`.

use pixmo_console::{Console, Ending, Failure};

/// Take rows down by address, hash or likeness
///
/// Example: `pixmo images takedown`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct TakedownArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &TakedownArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images takedown` is not in this version"))
}
