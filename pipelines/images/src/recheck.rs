//! The verb `recheck`.

use pixmo_console::{Console, Ending, Failure};

/// Look whether the addresses of a finished dataset still live
///
/// Example: `pixmo images recheck`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct RecheckArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &RecheckArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images recheck` is not in this version"))
}
