//! `show`: one receipt, checked, as a person or a tool reads it.

use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure};
use pixmo_receipts::keys::PublicKey;
use pixmo_receipts::leaf::Leaf;
use pixmo_receipts::log::Folder;
use pixmo_receipts::log::tiles::TILE_WIDTH;
use pixmo_receipts::published::Entry;
use pixmo_receipts::{Published, chain, openings};
use pixmo_schemas::receipt::Statement;
use serde_json::json;

use crate::failures;
use crate::logs::LogArgs;

/// Show one receipt, after checking it
///
/// Example: `pixmo receipts show 812 --log log`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct ShowArgs {
    /// The number of its entry
    #[arg(value_name = "LEAF", required_unless_present = "take")]
    leaf: Option<u64>,
    #[command(flatten)]
    log: LogArgs,
    /// Look for the receipt of this take
    #[arg(long, value_name = "TAKE", conflicts_with = "leaf")]
    take: Option<String>,
    /// A key of the log that you have from elsewhere
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// Show the DSSE envelope as it is signed, for other tools
    #[arg(long)]
    envelope: bool,
}

pub(crate) fn run(args: &ShowArgs, console: &Console) -> Result<Ending, Failure> {
    let address = args.log.log.display().to_string();
    let anchor = args.public_key.as_deref().map(PublicKey::read).transpose();
    let anchor = anchor.map_err(|error| failures::of_key(&error))?;
    let published = Published::open(Folder::at(&args.log.log), anchor.as_ref())
        .map_err(|error| failures::of_keyring(error, &address))?;
    let leaf = match (args.leaf, &args.take) {
        (Some(leaf), _) => leaf,
        (None, Some(take)) => find(&published, take, &address)?,
        (None, None) => return Err(Failure::request("name a leaf, or a take with `--take`")),
    };
    match published.entry(leaf).map_err(|error| failures::of_entry(error, &address))? {
        Entry::Receipt { opening, .. } if args.envelope => console.data_line(&opening.envelope)?,
        Entry::Receipt { statement, .. } if console.is_json() => {
            let proof =
                published.log().inclusion(leaf).map_err(|error| failures::of_log(&error, &address))?;
            let proof: Vec<String> = proof.iter().map(hex::encode).collect();
            let checkpoint = published.checkpoint();
            console.data_json(&json!({
                "leaf": leaf,
                "statement": statement,
                "log": checkpoint.origin,
                "size": checkpoint.size,
                "root": hex::encode(checkpoint.root),
                "inclusion": proof,
            }))?;
        }
        Entry::Receipt { statement, .. } => {
            for line in lines(leaf, &statement) {
                console.data_line(&line)?;
            }
        }
        Entry::Erased => {
            let message = format!(
                "the receipt of leaf {leaf} is not there: it was taken back, or the folder is not whole"
            );
            return Err(Failure::data(message)
                .at(address)
                .hint("`pixmo receipts verify --log DIR` tells which"));
        }
        Entry::Other(Leaf::Tombstone { of, at, reason }) => {
            console.data_line(&format!("leaf {leaf}: entry {of} was taken back as {reason} at {at}"))?;
        }
        Entry::Other(_) => console.data_line(&format!("leaf {leaf}: the key was replaced"))?,
    }
    Ok(Ending::Good)
}

fn find(published: &Published<Folder>, take: &str, address: &str) -> Result<u64, Failure> {
    for bundle in 0..published.checkpoint().size.div_ceil(TILE_WIDTH) {
        let openings = openings::read_bundle(published.store(), bundle)
            .map_err(|error| failures::of_log(&error, address))?;
        for index in openings.into_keys() {
            if let Ok(Entry::Receipt { statement, .. }) = published.entry(index)
                && statement.predicate.take == take
            {
                return Ok(index);
            }
        }
    }
    Err(Failure::request(format!("no receipt of this log is about the take `{take}`"))
        .at(address.to_owned())
        .hint("names of takes are those in the column `take` of the dataset"))
}

fn lines(leaf: u64, statement: &Statement) -> Vec<String> {
    let says = &statement.predicate;
    let mut lines = vec![
        format!("leaf {leaf}: take `{}` of task `{}` in `{}`", says.take, says.task, says.campaign),
        format!(
            "person `{}`, consent {} ({})",
            says.person,
            says.consent.version,
            says.consent.scopes.join(", ")
        ),
    ];
    for subject in &statement.subject {
        lines.push(format!("{:<15}{}", subject.name.to_string(), subject.digest.sha256));
    }
    lines.push(format!(
        "{}, {}, {} bytes",
        says.recording.media_type, says.recording.codec, says.recording.bytes
    ));
    if let Some(measured) = &says.recording.measured {
        lines.push(format!(
            "{:.1} s, {:.1} s of them voiced, {:.2} % clipped, measured by {}",
            measured.duration_secs,
            measured.voiced_secs,
            measured.clipped_share * 100.0,
            measured.by
        ));
    }
    match &says.session {
        Some(session) => {
            let pieces = chain::read_links(&session.links).map_or(0, |links| links.len());
            lines.push(format!(
                "live: begun {} on page {}, {pieces} pieces, each stamped as it came",
                session.started_at, session.page_build
            ));
        }
        None => lines.push("imported: the file was there already, no time of speaking is proved".to_owned()),
    }
    if let Some(by) = &says.transcription {
        lines.push(format!("transcribed by {}", by.model));
    }
    lines.extend(says.signals.iter().map(|s| format!("signal {} {} ({})", s.name, s.value, s.version)));
    lines.push(format!("received {}, issued {}", says.received_at, says.issued_at));
    lines
}
