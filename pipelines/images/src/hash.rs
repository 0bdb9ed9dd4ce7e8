//! The verb `hash`.

use pixmo_console::{Console, Ending, Failure};

/// Write the hash list of a folder of pictures
///
/// Example: `pixmo images hash benchmark/`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct HashArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &HashArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images hash` is not in this version"))
}
