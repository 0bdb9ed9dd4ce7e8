//! The verb `fetch`.

use pixmo_console::{Console, Ending, Failure};

/// Bring the images of a list
///
/// Example: `pixmo images fetch urls.txt`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &FetchArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images fetch` is not in this version"))
}
