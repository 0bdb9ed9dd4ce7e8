//! The verb `import`: images that are already here, from a folder of files, Parquet files or WebDataset archives.

use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure};

use crate::fetch::{Intake, IntakeArgs, take_in};
use crate::list::ListArgs;

/// Take in images that are already here
///
/// A folder of picture files, of Parquet files with the bytes of pictures, or of WebDataset archives. Nothing is asked of
/// the network.
///
/// Example: `pixmo images import photos/`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct ImportArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the columns are called.
    #[command(flatten)]
    pub columns: ListArgs,
    /// Where things go and how much is done.
    #[command(flatten)]
    pub intake: IntakeArgs,
}

/// Runs the verb.
///
/// # Errors
/// As [`crate::fetch::run`].
pub fn run(args: &ImportArgs, console: &Console) -> Result<Ending, Failure> {
    let ImportArgs { folder, columns, intake } = args;
    take_in(&Intake { list: folder, columns, args: intake, contact: None, is_import: true }, console)
}
