//! Rows of several files that speak of the same pictures, side by side.

pub(crate) mod clocks;
pub(crate) mod docs;

use pixmo_console::Failure;
use pixmo_shards::{FileEntry, ReadError};

use crate::failures;
use crate::tables::Part;

/// A file that cannot be read as it must be.
pub(crate) fn damaged(error: ReadError) -> Failure {
    failures::of_reading(error).hint("`pixmo verify` says what is damaged and what to run")
}

/// The file of a side config; a part without it is damaged.
pub(crate) fn accompanying<'a>(
    part: &Part,
    file: Option<&'a FileEntry>,
    config: &str,
) -> Result<&'a FileEntry, Failure> {
    file.ok_or_else(|| {
        Failure::data(format!("no file of `{config}` accompanies `{}`", part.main.path))
            .hint("`pixmo verify` says what to do")
    })
}

/// Files of a part that have other rows than each other.
fn apart(row: u64, path: &str) -> Failure {
    Failure::data(format!("row {row} of `{path}` and of its side configs differ"))
        .hint("`pixmo verify` says what to do")
}
