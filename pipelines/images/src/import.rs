//! The verb `import`.

use pixmo_console::{Console, Ending, Failure};

/// Take in images that are already here
///
/// Example: `pixmo images import photos/`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &ImportArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images import` is not in this version"))
}
