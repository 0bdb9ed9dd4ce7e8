//! `verify`: everything that can be checked with the public key alone.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;

use pixmo_console::{Console, Ending, Failure, Kind, wording};
use pixmo_receipts::fault::{Fault, Place, Wrong};
use pixmo_receipts::keys::PublicKey;
use pixmo_receipts::log::{Checkpoint, Folder};
use pixmo_receipts::recording::{self, RecordingError};
use pixmo_receipts::rows::Rows;
use pixmo_receipts::verify::SUSPECTS_MAX;
use pixmo_receipts::{Published, Report};
use pixmo_schemas::Sha256;
use pixmo_schemas::receipt::{Statement, SubjectName};
use serde_json::json;

use crate::again::{self, Again, Compared};
use crate::audio::Takes;
use crate::dataset::Dataset;
use crate::failures;
use crate::logs::LogArgs;

/// Check the receipts of a dataset with the public key alone
///
/// Signatures, inclusion in the log, consistency with an earlier checkpoint, digests against rows, texts and recordings, the
/// order of time, that nothing was used twice, and that what was taken back is gone. Each fault is one line: the leaf or
/// row, and what is wrong with which field. Ends with code 0 if all holds, 1 if not, 2 if nothing is there, 3 if it cannot be
/// read. What this proves, and what it does not: docs/receipts.md
///
/// Example: `pixmo receipts verify data/shards/cap --log log --public-key receipts.pem.pub`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct VerifyArgs {
    /// Dataset folder or address; without it the log is checked alone
    #[arg(value_name = "DATASET")]
    dataset: Option<String>,
    #[command(flatten)]
    log: LogArgs,
    /// A key of the log that you have from elsewhere; without it the log is believed to be whose it says
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// A checkpoint of the same log that you kept; may be given several times
    #[arg(long, value_name = "FILE")]
    earlier_checkpoint: Vec<PathBuf>,
    /// Check the recordings in this folder, named by their digest: `DIR/ab/abcdef….webm`
    #[arg(long, value_name = "DIR")]
    audio: Option<PathBuf>,
    /// Transcribe so many takes once more, chosen by `--seed`, and say how many words differ
    #[arg(long, value_name = "N", requires = "audio", requires = "dataset")]
    transcribe_again: Option<usize>,
    /// Choose the takes of `--transcribe-again`
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// The model that listens, as `pixmo cap transcribe` takes it
    #[arg(long, value_name = "FILE", requires = "transcribe_again")]
    model: Option<PathBuf>,
}

/// Says what is wrong and counts it.
struct Teller<'c> {
    console: &'c Console,
    counts: RefCell<BTreeMap<&'static str, u64>>,
    failed: RefCell<Option<Failure>>,
    total: Cell<u64>,
}

impl Teller<'_> {
    fn tell(&self, fault: &Fault) {
        self.total.set(self.total.get() + 1);
        *self.counts.borrow_mut().entry(fault.wrong.code()).or_default() += 1;
        let told = if self.console.is_json() {
            let (leaf, file, row) = match &fault.place {
                Place::Log => (None, None, None),
                Place::Leaf(leaf) => (Some(*leaf), None, None),
                Place::Row { file, row, leaf } => (Some(*leaf), Some(file), Some(*row)),
                Place::Audio { file, leaf } => (Some(*leaf), Some(file), None),
            };
            self.console.data_json(&json!({
                "event": "fault",
                "code": fault.wrong.code(),
                "leaf": leaf,
                "file": file,
                "row": row,
                "what": fault.wrong.to_string(),
            }))
        } else {
            self.console.data_line(&fault.to_string())
        };
        if let Err(failure) = told {
            self.failed.borrow_mut().get_or_insert(failure);
        }
    }
}

pub(crate) fn run(args: &VerifyArgs, console: &Console) -> Result<Ending, Failure> {
    let address = args.log.log.display().to_string();
    let anchor = args.public_key.as_deref().map(PublicKey::read).transpose();
    let anchor = anchor.map_err(|error| failures::of_key(&error))?;
    let dataset = args.dataset.as_deref().map(Dataset::open).transpose()?;
    let published = Published::open(Folder::at(&args.log.log), anchor.as_ref())
        .map_err(|error| failures::of_keyring(error, &address))?;
    if anchor.is_none() {
        console.warn(
            "the log is checked with the key that lies in it, so it may be anybody's",
            Some("give a key of the log that you have from elsewhere with `--public-key FILE`"),
        );
    }
    let earlier = earlier(args, &published)?;
    let teller =
        Teller { console, counts: RefCell::default(), failed: RefCell::default(), total: Cell::new(0) };
    let gathered = match &dataset {
        Some(dataset) => Gathered::of(dataset)?,
        None => Gathered::default(),
    };
    let Gathered { rows, mut leaves, without, texts } = gathered;
    leaves.sort_unstable();
    let takes = args.audio.as_deref().map(Takes::at);
    let listened = Cell::new(0u64);
    let report = pixmo_receipts::verify(
        &published,
        &earlier,
        rows,
        &mut |leaf, statement| {
            let wanted = dataset.is_none() || leaves.binary_search(&leaf).is_ok();
            if let Some(takes) = &takes
                && hear(takes, leaf, statement, wanted, &teller)
            {
                listened.set(listened.get() + 1);
            }
        },
        &mut |fault| teller.tell(&fault),
    )
    .map_err(|error| failures::of_log(&error, &address))?;
    let mut differing_texts = 0;
    if let Some(dataset) = &dataset {
        name_rows(dataset, &report, published.checkpoint().size, &teller)?;
        differing_texts = check_texts(dataset, texts, &teller)?;
    }
    if let Some(failure) = teller.failed.take() {
        return Err(failure);
    }
    let compared = match (args.transcribe_again, &dataset, &takes) {
        (Some(count), Some(dataset), Some(takes)) => {
            let how = Again { count, seed: args.seed, model: args.model.as_ref() };
            Some(again::compare(dataset, takes, &how)?)
        }
        _ => None,
    };
    let seen = Seen { report, without, listened: listened.get(), differing_texts, compared };
    conclude(&published, &seen, &teller)
}

/// The checkpoints that were kept.
fn earlier(args: &VerifyArgs, published: &Published<Folder>) -> Result<Vec<Checkpoint>, Failure> {
    let read = |path: &PathBuf| {
        let note = fs::read_to_string(path).map_err(|error| failures::of_file("read", path, &error))?;
        published.keyring().checkpoint(&note).map_err(|error| {
            Failure::from_error(Kind::Data, &error)
                .at(path.display().to_string())
                .hint("it is of another log, or was changed")
        })
    };
    args.earlier_checkpoint.iter().map(read).collect()
}

/// What one pass over the rows gives.
#[derive(Default)]
struct Gathered {
    rows: Rows,
    leaves: Vec<u64>,
    /// Rows of takes that came without receipts.
    without: u64,
    /// For each take a part of the hash of its name, and one of the digest of its text.
    texts: Vec<(u64, u64)>,
}

impl Gathered {
    fn of(dataset: &Dataset) -> Result<Gathered, Failure> {
        let mut all = Gathered::default();
        dataset.each_row(&mut |row| {
            match row.leaf {
                Some(leaf) => {
                    all.rows.add(leaf, &row.says);
                    all.leaves.push(leaf);
                }
                None => all.without += 1,
            }
            all.texts.push((short(&Sha256::of(row.says.take.as_bytes())), short(&row.transcript)));
            Ok(())
        })?;
        Ok(all)
    }
}

fn short(digest: &Sha256) -> u64 {
    u64::from_be_bytes(digest.as_bytes()[..8].try_into().expect("a digest has 32 bytes"))
}

/// Reads a recording; whether it was there.
fn hear(takes: &Takes, leaf: u64, statement: &Statement, wanted: bool, teller: &Teller<'_>) -> bool {
    let Some(audio) = statement.digest_of(SubjectName::Audio) else { return false };
    let Some(path) = takes.find(&audio) else {
        if wanted {
            let wrong = Wrong::AudioMissing { expected: audio.to_string() };
            teller.tell(&Fault { place: Place::Leaf(leaf), wrong });
        }
        return false;
    };
    let place = Place::Audio { file: path.display().to_string(), leaf };
    let checked =
        File::open(&path).map_err(RecordingError::Read).and_then(|file| recording::check(statement, file));
    match checked {
        Ok(()) => {}
        Err(RecordingError::Wrong(wrong)) => teller.tell(&Fault { place, wrong }),
        Err(RecordingError::Read(error)) => {
            let failure = failures::of_file("read", &path, &error);
            teller.failed.borrow_mut().get_or_insert(failure);
        }
    }
    true
}

/// Goes over the rows once more to name those that are not as their receipts say.
fn name_rows(dataset: &Dataset, report: &Report, size: u64, teller: &Teller<'_>) -> Result<(), Failure> {
    if report.suspects.is_empty() {
        return Ok(());
    }
    dataset.each_row(&mut |row| {
        let Some(leaf) = row.leaf else { return Ok(()) };
        if let Some(wrong) = report.suspects.get(&leaf).and_then(|suspect| suspect.judge(&row.says, size)) {
            let place = Place::Row { file: row.file.to_owned(), row: row.row, leaf };
            teller.tell(&Fault { place, wrong });
        }
        Ok(())
    })
}

/// The texts against the digests that the rows of the receipts promise; how many differ.
fn check_texts(
    dataset: &Dataset,
    mut promised: Vec<(u64, u64)>,
    teller: &Teller<'_>,
) -> Result<u64, Failure> {
    promised.sort_unstable();
    let mut differing = 0;
    dataset.each_text(&mut |text| {
        let found = Sha256::of(text.text.as_bytes());
        let take = short(&Sha256::of(text.take.as_bytes()));
        if promised.binary_search(&(take, short(&found))).is_ok() {
            return Ok(());
        }
        differing += 1;
        *teller.counts.borrow_mut().entry("text_differs").or_default() += 1;
        teller.total.set(teller.total.get() + 1);
        let known = promised.partition_point(|(name, _)| *name < take);
        let what = if promised.get(known).is_some_and(|(name, _)| *name == take) {
            format!("the transcript of the take `{}` is not the one of its row in `receipts`", text.take)
        } else {
            format!("the take `{}` has no row in `receipts`", text.take)
        };
        if teller.console.is_json() {
            teller.console.data_json(&json!({
                "event": "fault", "code": "text_differs", "file": text.file, "row": text.row, "what": what,
            }))
        } else {
            teller.console.data_line(&format!("row {} of `{}`: {what}", text.row, text.file))
        }
    })?;
    Ok(differing)
}

/// Everything that was seen.
struct Seen {
    report: Report,
    without: u64,
    listened: u64,
    differing_texts: u64,
    compared: Option<Compared>,
}

fn conclude(published: &Published<Folder>, seen: &Seen, teller: &Teller<'_>) -> Result<Ending, Failure> {
    let (console, report, total) = (teller.console, &seen.report, teller.total.get());
    let counts = teller.counts.borrow();
    if console.is_json() {
        let compared = seen.compared.as_ref().map(|compared| {
            let each: Vec<_> = compared
                .each
                .iter()
                .map(|(take, words, errors)| json!({ "take": take, "words": words, "errors": errors }))
                .collect();
            let missing: Vec<_> =
                compared.missing.iter().map(|(take, why)| json!({ "take": take, "reason": why })).collect();
            json!({
                "takes": compared.takes,
                "words": compared.words,
                "errors": compared.errors,
                "word_error_rate": compared.word_error_rate(),
                "each": each,
                "missing": missing,
            })
        });
        console.data_json(&json!({
            "event": "verified",
            "log": published.keyring().origin(),
            "entries": report.entries,
            "receipts": report.receipts,
            "live": report.live,
            "imported": report.imported,
            "erased": report.erased,
            "rotations": report.rotations,
            "rows": report.rows,
            "rows_wrong": report.rows_wrong,
            "rows_without_receipt": seen.without,
            "texts_wrong": seen.differing_texts,
            "recordings": seen.listened,
            "transcribed_again": compared,
            "faults": total,
            "codes": *counts,
        }))?;
    } else {
        for line in lines(published, seen) {
            console.data_line(&line)?;
        }
    }
    if total == 0 {
        return Ok(Ending::Good);
    }
    let kinds: Vec<String> = counts.iter().map(|(code, count)| format!("{count} {code}")).collect();
    let mut failure = Failure::data(format!("{} found", wording::counted(total, "fault")))
        .because(kinds.join(", "))
        .hint("docs/receipts.md says what each means; a receipt with a fault proves nothing");
    if report.rows_wrong > SUSPECTS_MAX as u64 {
        failure = failure.hint(format!("only {SUSPECTS_MAX} of the wrong rows are named"));
    }
    Err(failure)
}

fn lines(published: &Published<Folder>, seen: &Seen) -> Vec<String> {
    let report = &seen.report;
    let mut lines = vec![format!(
        "log `{}`: {} entries, {} ({} live, {} imported), {} taken back, {} of keys",
        published.keyring().origin(),
        wording::number(report.entries),
        wording::counted(report.receipts, "receipt"),
        wording::number(report.live),
        wording::number(report.imported),
        wording::number(report.erased),
        wording::counted(report.rotations, "change"),
    )];
    if report.rows > 0 || seen.without > 0 {
        lines.push(format!(
            "rows: {} with a receipt, {} of them wrong; {} without",
            wording::number(report.rows),
            wording::number(report.rows_wrong),
            wording::number(seen.without),
        ));
    }
    if seen.listened > 0 {
        lines.push(format!(
            "recordings: {} read, digests and chains made again",
            wording::number(seen.listened)
        ));
    }
    if let Some(compared) = &seen.compared {
        lines.push(format!(
            "transcribed again: {}, {} words, word error rate {:.1} %",
            wording::counted(compared.takes, "take"),
            wording::number(compared.words),
            compared.word_error_rate() * 100.0
        ));
        lines.extend(compared.missing.iter().map(|(take, why)| format!("  not heard: `{take}`, {why}")));
    }
    lines.push(
        "proved: these files existed when the log says, and nothing was changed, removed or put elsewhere since".to_owned(),
    );
    if report.live > 0 {
        lines.push(
            "proved of live takes: the recording came piece by piece at the speed of speech, for this image, person and consent"
                .to_owned(),
        );
    }
    lines.push(
        "not proved: that a human spoke, that nothing was read out, who the person is, that the server was honest, that the text is true"
            .to_owned(),
    );
    lines
}
