//! `log init`, `log append`, `log tombstone`: the one writer of a log.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;
use jiff::Timestamp;
use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_receipts::issuer::{Issuer, Offer, Source};
use pixmo_receipts::keyring::Keyring;
use pixmo_receipts::keys::Signer;
use pixmo_receipts::leaf::{REASONS, Reason, Salt};
use pixmo_receipts::log::Folder;
use pixmo_receipts::nonce::Binding;
use pixmo_receipts::registry::Shelf;
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Measured, Recording, Transcription};
use pixmo_shards::lock::{Hold, Lock};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::failures;
use crate::signer::{self, SignerArgs};

/// Takes that get their receipts with one checkpoint.
const TOGETHER: usize = 256;
/// The longest line that is read.
const LINE_BYTES_MAX: usize = 4 << 20;

/// Which log.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct LogArgs {
    /// The folder of the log
    #[arg(long, value_name = "DIR")]
    pub(crate) log: PathBuf,
}

#[derive(Subcommand, Debug)]
pub(crate) enum LogVerb {
    /// Begin a log
    ///
    /// Example: `pixmo receipts log init --log log --key receipts.pem --origin receipts.example.org/spring-2026`
    Init {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        signer: SignerArgs,
        /// The name of the log, which stands in every checkpoint: a domain of yours and a path, without a scheme
        #[arg(long, value_name = "NAME")]
        origin: String,
    },
    /// Issue receipts for takes that came without a server; they say `imported`
    ///
    /// FILE has one take annotation a line. Each line comes back on standard output with its receipt; what gets none is
    /// told with its reason. Nothing is issued twice: run it again after a failure.
    ///
    /// Example: `pixmo receipts log append takes.jsonl --log log --key receipts.pem --campaign spring-2026`
    Append {
        /// Take annotations, one line of JSON each
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        signer: SignerArgs,
        /// The campaign, as receipts name it
        #[arg(long, value_name = "NAME")]
        campaign: String,
    },
    /// Take a receipt back: a tombstone says when and why, its content is deleted
    ///
    /// Every other proof stays valid. Publish the log and the dataset without the take afterwards.
    ///
    /// Example: `pixmo receipts log tombstone --log log --key receipts.pem --leaf 812 --reason withdrawn`
    Tombstone {
        #[command(flatten)]
        log: LogArgs,
        #[command(flatten)]
        signer: SignerArgs,
        /// The number of the receipt's entry
        #[arg(long, value_name = "N")]
        leaf: u64,
        /// Why: withdrawn, rejected or mistake
        #[arg(long, value_name = "WHY", default_value = "withdrawn", value_parser = reason)]
        reason: Reason,
    },
}

fn reason(word: &str) -> Result<Reason, String> {
    let known = REASONS.iter().find(|(_, name)| *name == word).map(|&(reason, _)| reason);
    known.ok_or_else(|| "expected `withdrawn`, `rejected` or `mistake`".to_owned())
}

pub(crate) fn run(verb: &LogVerb, console: &Console) -> Result<Ending, Failure> {
    match verb {
        LogVerb::Init { log, signer, origin } => init(log, signer, origin, console),
        LogVerb::Append { file, log, signer, campaign } => append(file, log, signer, campaign, console),
        LogVerb::Tombstone { log, signer, leaf, reason } => tombstone(log, signer, *leaf, *reason, console),
    }
}

/// A log that nobody else writes meanwhile.
pub(crate) struct Desk {
    pub(crate) issuer: Issuer<Folder, Shelf>,
    pub(crate) address: String,
    _lock: Lock,
}

/// Opens a log for writing; a new one only with a name for it.
pub(crate) fn open(log: &LogArgs, signer: Arc<dyn Signer>, origin: Option<&str>) -> Result<Desk, Failure> {
    let folder = &log.log;
    let address = folder.display().to_string();
    let store = Folder::at(folder);
    let there = Keyring::read(&store, None);
    let origin = match (origin, &there) {
        (Some(_), Ok(keyring)) => {
            return Err(Failure::request(format!("there is a log already: `{}`", keyring.origin()))
                .at(address)
                .hint("a log is begun once; `pixmo receipts log append` adds to it"));
        }
        (Some(origin), Err(_)) => origin.to_owned(),
        (None, Ok(keyring)) => keyring.origin().to_owned(),
        (None, Err(_)) => {
            let error = there.err().unwrap_or(pixmo_receipts::keyring::KeyringError::Missing);
            return Err(failures::of_keyring(error, &address));
        }
    };
    let private = folder.join(".private");
    std::fs::create_dir_all(&private).map_err(|error| failures::of_file("make", &private, &error))?;
    let lock =
        Lock::attempt(&private.join("lock"), Hold::Alone).map_err(|error| failures::of_place(&error))?;
    let Some(lock) = lock else {
        return Err(Failure::world("another process writes to this log")
            .at(address)
            .hint("wait until it is done; a log has one writer at a time"));
    };
    let registry = Shelf::at(&private)
        .map_err(|error| Failure::from_error(pixmo_console::Kind::World, &error).at(address.clone()))?;
    let issuer = Issuer::open(store, registry, &origin, signer)
        .map_err(|error| failures::of_issue(error, &address))?;
    Ok(Desk { issuer, address, _lock: lock })
}

/// The time of day.
pub(crate) fn now(console: &Console) -> Result<Timestamp, Failure> {
    let text = console.clock().utc();
    text.parse().map_err(|_| Failure::bug(format!("the clock says `{text}`")))
}

fn init(log: &LogArgs, signer: &SignerArgs, origin: &str, console: &Console) -> Result<Ending, Failure> {
    let signer = signer.signer()?;
    let id = signer.public().id();
    let desk = open(log, signer, Some(origin))?;
    if console.is_json() {
        console.data_json(&json!({ "origin": origin, "key": id.to_string(), "log": desk.address }))?;
    } else {
        console.data_line(&format!("log `{origin}`, signed by the key `{id}`"))?;
    }
    Ok(Ending::Good)
}

fn tombstone(
    log: &LogArgs,
    signer: &SignerArgs,
    leaf: u64,
    reason: Reason,
    console: &Console,
) -> Result<Ending, Failure> {
    let mut desk = open(log, signer.signer()?, None)?;
    let index = desk
        .issuer
        .erase(leaf, reason, now(console)?)
        .map_err(|error| failures::of_issue(error, &desk.address))?;
    if console.is_json() {
        console.data_json(&json!({ "leaf": index, "of": leaf, "reason": reason.to_string() }))?;
    } else {
        console.data_line(&format!(
            "leaf {index}: entry {leaf} was taken back as {reason}, its content is deleted"
        ))?;
    }
    Ok(Ending::Good)
}

/// What is read of a take annotation; its other fields are handed through.
#[derive(Debug, Deserialize)]
struct Take {
    take: String,
    #[serde(default)]
    task: Option<String>,
    image: Image,
    audio: Audio,
    person: String,
    consent: Consent,
    #[serde(default)]
    received_at: Option<Timestamp>,
    #[serde(default)]
    transcript: Transcripts,
    #[serde(default)]
    measured: Option<Measured>,
    #[serde(default)]
    receipt: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Image {
    sha256: Sha256,
}

#[derive(Debug, Deserialize)]
struct Audio {
    sha256: Sha256,
    bytes: u64,
    media_type: String,
    #[serde(default)]
    codec: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Consent {
    version: String,
    scopes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Transcripts {
    #[serde(default)]
    raw: Option<Raw>,
    #[serde(default)]
    corrected: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Raw {
    text: String,
    #[serde(default)]
    model: Option<Model>,
}

#[derive(Debug, Deserialize)]
struct Model {
    name: String,
    #[serde(default)]
    sha256: Option<Sha256>,
    #[serde(default)]
    parameters: String,
}

impl Take {
    fn offer(self, campaign: &str, now: Timestamp, salt: Salt) -> Offer {
        let raw = self.transcript.raw.map(|raw| {
            let digest = Sha256::of(raw.text.as_bytes());
            let by = raw.model.map_or_else(
                || Transcription {
                    model: "not known".to_owned(),
                    model_sha256: None,
                    parameters: BTreeMap::new(),
                },
                |model| Transcription {
                    model: model.name,
                    model_sha256: model.sha256,
                    parameters: if model.parameters.is_empty() {
                        BTreeMap::new()
                    } else {
                        [("all".to_owned(), model.parameters)].into()
                    },
                },
            );
            (digest, by)
        });
        Offer {
            source: Source::Imported {
                binding: Binding {
                    campaign: campaign.to_owned(),
                    task: self.task.unwrap_or_else(|| self.take.clone()),
                    image: self.image.sha256,
                    person: self.person,
                    consent_version: self.consent.version,
                    page_build: String::new(),
                },
            },
            take: self.take,
            audio: self.audio.sha256,
            recording: Recording {
                media_type: self.audio.media_type,
                codec: self.audio.codec.unwrap_or_else(|| "not known".to_owned()),
                bytes: self.audio.bytes,
                measured: self.measured,
            },
            received_at: self.received_at.unwrap_or(now).min(now),
            scopes: self.consent.scopes,
            transcript: self.transcript.corrected.map(|text| Sha256::of(text.as_bytes())),
            raw,
            signals: Vec::new(),
            salt,
        }
    }
}

fn append(
    file: &Path,
    log: &LogArgs,
    signer: &SignerArgs,
    campaign: &str,
    console: &Console,
) -> Result<Ending, Failure> {
    let source = File::open(file).map_err(|error| failures::of_file("read", file, &error))?;
    let mut desk = open(log, signer.signer()?, None)?;
    let mut lines = BufReader::new(source).lines().enumerate();
    let (mut issued, mut refused, mut kept) = (0u64, 0u64, 0u64);
    loop {
        let now = now(console)?;
        let mut waiting: Vec<(usize, Value)> = Vec::new();
        let mut offers = Vec::new();
        for (number, line) in lines.by_ref() {
            let line = line.map_err(|error| failures::of_file("read", file, &error))?;
            if line.trim().is_empty() {
                continue;
            }
            match read(&line) {
                Err(why) => {
                    refused += 1;
                    console.say(format!("{}:{}: {why}", file.display(), number + 1));
                }
                Ok((value, take)) if take.receipt.is_some() => {
                    kept += 1;
                    console.data_json(&value)?;
                }
                Ok((value, take)) => {
                    offers.push(take.offer(campaign, now, Salt::from_bytes(signer::random()?)));
                    waiting.push((number, value));
                }
            }
            if offers.len() == TOGETHER {
                break;
            }
        }
        if offers.is_empty() {
            break;
        }
        let before = desk.issuer.size();
        let answers =
            desk.issuer.issue(&offers, now).map_err(|error| failures::of_issue(error, &desk.address))?;
        for ((number, mut value), answer) in waiting.into_iter().zip(answers) {
            match answer {
                Ok(receipt) => {
                    *(if receipt.index < before { &mut kept } else { &mut issued }) += 1;
                    value["receipt"] =
                        json!({ "leaf": receipt.index, "sha256": receipt.envelope_sha256.to_string() });
                    console.data_json(&value)?;
                }
                Err(why) => {
                    refused += 1;
                    console.say(format!("{}:{}: {why}", file.display(), number + 1));
                }
            }
        }
    }
    console.say(format!(
        "{} issued, {} had one, {} refused; the log has {}",
        wording::counted(issued, "receipt"),
        wording::number(kept),
        wording::number(refused),
        wording::counted(desk.issuer.size(), "leaf").replace("leafs", "leaves")
    ));
    Ok(if refused == 0 { Ending::Good } else { Ending::NotAllGood })
}

fn read(line: &str) -> Result<(Value, Take), String> {
    if line.len() > LINE_BYTES_MAX {
        return Err(format!("the line has {} bytes, at most {LINE_BYTES_MAX} are read", line.len()));
    }
    let value: Value = serde_json::from_str(line).map_err(|error| format!("it is no JSON: {error}"))?;
    let take = Take::deserialize(&value).map_err(|error| format!("it is no take annotation: {error}"))?;
    Ok((value, take))
}
