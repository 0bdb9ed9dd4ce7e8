//! Errors of keys, logs and files as failures that a person reads.

use std::error::Error;

use pixmo_console::{Failure, Kind};
use pixmo_receipts::issuer::IssueError;
use pixmo_receipts::keyring::KeyringError;
use pixmo_receipts::keys::KeyError;
use pixmo_receipts::log::LogError;
use pixmo_receipts::published::EntryError;
use pixmo_shards::{LocationError, ReadError, Trouble};

/// A key that cannot be had.
pub(crate) fn of_key(error: &KeyError) -> Failure {
    match error {
        KeyError::File { action: "write", path, source }
            if source.kind() == std::io::ErrorKind::AlreadyExists =>
        {
            Failure::request(format!("there is a key already in `{}`", path.display()))
                .hint("a key is never written over: name another file, or move the old key away first")
        }
        KeyError::File { action: "read", source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
            Failure::from_error(Kind::Request, error).hint("`pixmo receipts key new FILE` makes a key")
        }
        KeyError::File { .. } => Failure::from_error(Kind::World, error),
        KeyError::Open { path, .. } => Failure::from_error(Kind::Request, error).hint(format!(
            "`chmod 600 {}`; if others were on this machine meanwhile, replace the key with `pixmo receipts key rotate`",
            path.display()
        )),
        KeyError::Form { .. } => Failure::from_error(Kind::Request, error)
            .hint("keys are PEM files, as `pixmo receipts key new` or `openssl genpkey -algorithm ed25519` make them"),
    }
}

/// A log that cannot be read or written.
pub(crate) fn of_log(error: &LogError, address: &str) -> Failure {
    let kind = match error {
        LogError::Store(_) | LogError::Sign(_) => Kind::World,
        LogError::NoLog | LogError::Name { .. } | LogError::Beyond { .. } | LogError::TooLong { .. } => {
            Kind::Request
        }
        LogError::Checkpoint(_) | LogError::Missing { .. } | LogError::Damaged { .. } => Kind::Data,
    };
    let failure = Failure::from_error(kind, error).at(address.to_owned());
    match error {
        LogError::NoLog => {
            failure.hint("`pixmo receipts log init --log DIR --key FILE --origin NAME` begins one")
        }
        LogError::Missing { .. } | LogError::Damaged { .. } => failure
            .hint("take the folder from where it was published once more; nothing can be made up for it"),
        _ => failure,
    }
}

/// Keys of a log that are not believed.
pub(crate) fn of_keyring(error: KeyringError, address: &str) -> Failure {
    match error {
        KeyringError::Log(error) => of_log(&error, address),
        KeyringError::Missing => Failure::request("there is no log in this folder").at(address.to_owned()).hint(
            "check the path; a log holds `checkpoint` and `keys.json`, and `pixmo receipts log init` begins one",
        ),
        error @ KeyringError::Stranger { .. } => Failure::from_error(Kind::Data, &error)
            .at(address.to_owned())
            .hint("the log is another one, or was made by somebody else: ask who gave you the key"),
        error => Failure::from_error(Kind::Data, &error).at(address.to_owned()),
    }
}

/// Something that could not be added to a log.
pub(crate) fn of_issue(error: IssueError, address: &str) -> Failure {
    match error {
        IssueError::Log(error) => of_log(&error, address),
        IssueError::Keyring(error) => of_keyring(error, address),
        IssueError::NoReceipt { .. } => Failure::from_error(Kind::Request, &error)
            .at(address.to_owned())
            .hint("`pixmo receipts show --log DIR --take TAKE` finds the entry of a take"),
        IssueError::Replaced { .. } => Failure::from_error(Kind::Request, &error)
            .at(address.to_owned())
            .hint("sign with the key that took its place; `pixmo receipts key show FILE` names a key"),
        IssueError::Clock { .. } => Failure::from_error(Kind::World, &error)
            .at(address.to_owned())
            .hint("set the clock of this machine right; nothing was written"),
        IssueError::Entry { .. } => Failure::from_error(Kind::Data, &error).at(address.to_owned()),
        error => Failure::from_error(Kind::World, &error).at(address.to_owned()),
    }
}

/// An entry that cannot be had or does not hold.
pub(crate) fn of_entry(error: EntryError, address: &str) -> Failure {
    match error {
        EntryError::Log(error) => of_log(&error, address),
        EntryError::Fault(fault) => Failure::data(fault.to_string()).at(address.to_owned()),
    }
}

/// A place that cannot be used.
pub(crate) fn of_place(error: &LocationError) -> Failure {
    let kind = match error.trouble {
        Trouble::Address(_) | Trouble::NoBucket | Trouble::NotAFolder => Kind::Request,
        _ => Kind::World,
    };
    Failure::from_error(kind, error).hint(error.hint())
}

/// A dataset that cannot be read.
pub(crate) fn of_reading(error: ReadError) -> Failure {
    match error {
        ReadError::Location(error) => of_place(&error),
        error @ ReadError::NoManifest { .. } => Failure::from_error(Kind::Request, &error)
            .hint("check the path; a finished dataset folder holds `manifest.json`"),
        error => Failure::from_error(Kind::Data, &error),
    }
}

/// A file that cannot be read or written.
pub(crate) fn of_file(action: &str, path: &std::path::Path, error: &std::io::Error) -> Failure {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData => Kind::Request,
        _ => Kind::World,
    };
    let message = format!("cannot {action} `{}`", path.display());
    let failure = if kind == Kind::Request { Failure::request(message) } else { Failure::world(message) };
    failure.cause(error as &(dyn Error + 'static))
}
