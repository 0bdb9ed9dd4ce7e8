//! Errors of the parts as failures that a person reads.

use pixmo_console::{Failure, Kind};
use pixmo_shards::{LocationError, ReadError, Trouble};

/// A place that cannot be used: what, where, and what to do.
pub(crate) fn of_place(error: LocationError) -> Failure {
    let hint = error.hint();
    let kind = match error.trouble {
        Trouble::Address(_) | Trouble::NoBucket | Trouble::NotAFolder => Kind::Request,
        _ => Kind::World,
    };
    Failure::from_error(kind, &error).hint(hint)
}

/// A file of rows that cannot be read back.
pub(crate) fn of_reading(error: ReadError) -> Failure {
    match error {
        ReadError::Location(error) => of_place(error),
        error => Failure::from_error(Kind::Data, &error),
    }
}
