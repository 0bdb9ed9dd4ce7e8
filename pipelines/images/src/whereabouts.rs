//! The verb `where`.

use pixmo_console::{Console, Ending, Failure};

/// Say where an image lies and which rows have it
///
/// Example: `pixmo images where https://example.org/a.jpg`
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct WhereArgs {}

/// Runs the verb.
///
/// # Errors
/// Always: this verb is not in this version.
pub fn run(_args: &WhereArgs, _console: &Console) -> Result<Ending, Failure> {
    Err(Failure::request("`pixmo images where` is not in this version"))
}
