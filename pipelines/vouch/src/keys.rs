//! `key new`, `key show`, `key rotate`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use pixmo_console::{Console, Ending, Failure};
use pixmo_receipts::keys::{PublicKey, SecretKey};
use pixmo_receipts::log::NoteVerifier;
use serde_json::json;

use crate::failures;
use crate::logs::{self, LogArgs};
use crate::signer::{self, SignerArgs};

#[derive(Subcommand, Debug)]
pub(crate) enum KeyVerb {
    /// Make a key: FILE is secret and readable by you alone, FILE.pub is for everyone
    ///
    /// Example: `pixmo receipts key new receipts.pem`
    New {
        /// Where the secret key is written; a file that is there is never replaced
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Show the public half of a key
    ///
    /// Example: `pixmo receipts key show receipts.pem`
    Show {
        /// A secret or a public key
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Also show the form in which tools for signed notes take it, for the log of this name
        #[arg(long, value_name = "NAME")]
        origin: Option<String>,
    },
    /// Replace the key of a log; what the old key signed stays valid
    ///
    /// The change is signed by both keys and is an entry of the log. From then on the old key signs nothing more.
    ///
    /// Example: `pixmo receipts key rotate --log log --key old.pem --new new.pem`
    Rotate {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        signer: SignerArgs,
        /// The secret key that signs from now on
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
    },
}

pub(crate) fn run(verb: &KeyVerb, console: &Console) -> Result<Ending, Failure> {
    match verb {
        KeyVerb::New { file } => new(file, console),
        KeyVerb::Show { file, origin } => show(file, origin.as_deref(), console),
        KeyVerb::Rotate { log, signer, new } => rotate(log, signer, new, console),
    }
}

fn new(file: &Path, console: &Console) -> Result<Ending, Failure> {
    let public_file = beside(file);
    if public_file.exists() {
        return Err(Failure::request(format!("there is a key already in `{}`", public_file.display()))
            .hint("a key is never written over: name another file, or move the old key away first"));
    }
    let key = SecretKey::from_seed(signer::random()?);
    key.write_new(file).map_err(|error| failures::of_key(&error))?;
    std::fs::write(&public_file, key.public().to_pem())
        .map_err(|error| failures::of_file("write", &public_file, &error))?;
    console.say(format!(
        "secret key in `{}`, for you alone: a copy belongs in a safe place\npublic key in `{}`, for everyone",
        file.display(),
        public_file.display()
    ));
    tell(key.public(), None, console)
}

/// `receipts.pem` and `receipts.pem.pub`.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

fn show(file: &Path, origin: Option<&str>, console: &Console) -> Result<Ending, Failure> {
    let public = match PublicKey::read(file) {
        Ok(public) => public,
        Err(error @ pixmo_receipts::keys::KeyError::File { .. }) => return Err(failures::of_key(&error)),
        Err(_) => signer::secret(file)?.public().clone(),
    };
    tell(&public, origin, console)
}

fn tell(key: &PublicKey, origin: Option<&str>, console: &Console) -> Result<Ending, Failure> {
    let note = match origin {
        Some(origin) => {
            let verifier = NoteVerifier::new(origin, key.verifying());
            let wrong = || Failure::request(format!("`{origin}` cannot name a log"));
            Some(verifier.ok_or_else(wrong)?.text())
        }
        None => None,
    };
    if console.is_json() {
        console.data_json(&json!({ "key": key.id().to_string(), "pem": key.to_pem(), "note": note }))?;
    } else {
        console.data_line(&format!("key {}", key.id()))?;
        if let Some(note) = note {
            console.data_line(&format!("note {note}"))?;
        }
        console.data_line(key.to_pem().trim_end())?;
    }
    Ok(Ending::Good)
}

fn rotate(log: &LogArgs, old: &SignerArgs, new: &Path, console: &Console) -> Result<Ending, Failure> {
    let new = Arc::new(signer::secret(new)?);
    let mut desk = logs::open(log, old.signer()?, None)?;
    let id = new.public().id();
    let index = desk
        .issuer
        .rotate(new, logs::now(console)?)
        .map_err(|error| failures::of_issue(error, &desk.address))?;
    if console.is_json() {
        console.data_json(&json!({ "leaf": index, "key": id.to_string() }))?;
    } else {
        console.data_line(&format!("leaf {index}: the key `{id}` signs from here on"))?;
    }
    Ok(Ending::Good)
}
