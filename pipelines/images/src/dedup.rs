//! The verb `dedup`.

use pixmo_console::{Console, Ending, Failure};

/// Find pictures that are alike and deal them to splits
///
/// Example: `pixmo images dedup`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct DedupArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &DedupArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images dedup` is not in this version"))
}
