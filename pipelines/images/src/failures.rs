//! Errors of the parts as failures that a person reads.

use pixmo_console::{Failure, Kind};
pub(crate) use pixmo_stage::failures::{of_campaign, of_place, of_reading};

use crate::list::ListError;

/// A list that cannot be read.
pub(crate) fn of_list(error: ListError) -> Failure {
    let hints = error.hints();
    let kind = if error.is_world() { Kind::World } else { Kind::Request };
    hints.into_iter().fold(Failure::from_error(kind, &error), Failure::hint)
}
