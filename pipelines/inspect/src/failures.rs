//! Errors of the files as failures that a person reads.

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

/// A file that cannot be read back.
pub(crate) fn of_reading(error: ReadError) -> Failure {
    match error {
        ReadError::Location(error) => of_place(error),
        error => Failure::from_error(Kind::Data, &error),
    }
}

/// A file that cannot be written.
pub(crate) fn of_writing(path: &std::path::Path, error: std::io::Error) -> Failure {
    of_place(LocationError::from_io("write", path.display().to_string(), error))
}

/// A file beside the dataset that cannot be read.
pub(crate) fn of_file(path: &std::path::Path, error: std::io::Error) -> Failure {
    of_place(LocationError::from_io("read", path.display().to_string(), error))
}
