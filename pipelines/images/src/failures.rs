//! Errors of the parts as failures that a person reads.

use pixmo_campaign::CampaignError;
use pixmo_console::{Failure, Kind};
use pixmo_shards::{LocationError, ReadError, Trouble};

use crate::list::ListError;

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

/// A list that cannot be read.
pub(crate) fn of_list(error: ListError) -> Failure {
    let hints = error.hints();
    let kind = if error.is_world() { Kind::World } else { Kind::Request };
    hints.into_iter().fold(Failure::from_error(kind, &error), Failure::hint)
}

/// A campaign file that cannot be used.
pub(crate) fn of_campaign(error: CampaignError) -> Failure {
    let kind = if error.is_world { Kind::World } else { Kind::Request };
    let failure = Failure::from_error(kind, &error);
    let failure = match error.at {
        Some(at) => failure.at(at),
        None => failure,
    };
    error.hints.into_iter().fold(failure, Failure::hint)
}
