//! Errors of the files and of the campaign as failures that a person reads, for the loop and for stages with verbs of their own.

use pixmo_campaign::CampaignError;
use pixmo_console::{Failure, Kind};
use pixmo_shards::{JournalError, LocationError, ReadError, Trouble, WriteError};

/// A place that cannot be used: what, where, and what to do.
#[must_use]
pub fn of_place(error: LocationError) -> Failure {
    let hint = error.hint();
    let kind = match error.trouble {
        Trouble::Address(_) | Trouble::NoBucket | Trouble::NotAFolder => Kind::Request,
        _ => Kind::World,
    };
    Failure::from_error(kind, &error).hint(hint)
}

/// A file of rows that cannot be written. A row that does not follow its columns is a fault of the stage.
pub(crate) fn of_writing(error: WriteError) -> Failure {
    match error {
        WriteError::Disk(error) => of_place(error),
        error => Failure::from_error(Kind::Bug, &error),
    }
}

/// A journal that cannot be used.
pub(crate) fn of_journal(error: JournalError) -> Failure {
    match error {
        JournalError::Disk(error) => of_place(error),
        error @ JournalError::Foreign { .. } => {
            Failure::from_error(Kind::Request, &error).hint("begin anew in another folder with `--into`")
        }
        error @ JournalError::TooLarge { .. } => Failure::from_error(Kind::Bug, &error),
        error => Failure::from_error(Kind::World, &error)
            .hint("run the same command again: the journal is cut back to its last good entry"),
    }
}

/// A file that cannot be read back.
#[must_use]
pub fn of_reading(error: ReadError) -> Failure {
    match error {
        ReadError::Location(error) => of_place(error),
        error => Failure::from_error(Kind::Data, &error),
    }
}

/// A campaign file that cannot be used.
#[must_use]
pub fn of_campaign(error: CampaignError) -> Failure {
    let kind = if error.is_world { Kind::World } else { Kind::Request };
    let failure = Failure::from_error(kind, &error);
    let failure = match error.at {
        Some(at) => failure.at(at),
        None => failure,
    };
    error.hints.into_iter().fold(failure, Failure::hint)
}
