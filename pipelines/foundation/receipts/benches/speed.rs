//! What a receipt costs: issuing, keeping, verifying.
//!
//! `cargo bench -p pixmo-receipts -- [--receipts N] [--into DIR] [--json]`
//!
//! Receipts are of live takes of 75 pieces, with all digests, a model and two signals. Issuing is measured alone (a take at
//! a time, files forced to the disk) and in groups of 64; verifying with a row for each receipt. Times are of the processor
//! where the system tells them. `--receipts 1300000` is the size of PixMo-Cap and needs 3 GB in `--into`.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

#[path = "../../../../tests/benches/shared/stopwatch.rs"]
#[expect(dead_code, reason = "others need time as it passes")]
mod clock;
#[path = "../tests/it/scene.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod scene;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::SignedDuration;
use pixmo_receipts::batch::Batch;
use pixmo_receipts::chain::{Link, Recorded};
use pixmo_receipts::issuer::{Issuer, Offer};
use pixmo_receipts::keys::Signer;
use pixmo_receipts::log::{Folder, Store, StoreError};
use pixmo_receipts::published::Entry;
use pixmo_receipts::registry::{Memory, Registry};
use pixmo_receipts::rows::{RowDigests, Rows};
use pixmo_receipts::{Published, openings, verify};
use pixmo_schemas::Sha256;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

use clock::{clock_of_processor, wall};
use scene::{at, binding, issuer, key, nonce, offer};

/// Pieces of a take, a second each.
const SECS: usize = 75;
/// Takes whose issuing is measured.
const ISSUED: u64 = 768;
/// Receipts of PixMo-Cap.
const WHOLE: f64 = 1_300_000.0;

/// A folder whose small files of the last bundle stay in memory and whose others are not forced to the disk: it is there
/// to be filled fast.
struct Filled {
    folder: PathBuf,
    small: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Store for Filled {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(content) = self.small.lock().expect("nobody panicked").get(name) {
            return Ok(Some(content.clone()));
        }
        Folder::at(&self.folder).read(name)
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), StoreError> {
        if name.starts_with("receipts/") && name.contains(".p/") {
            self.small.lock().expect("nobody panicked").insert(name.to_owned(), content.to_vec());
            return Ok(());
        }
        let path = self.folder.join(name);
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(&path, content)
        };
        write().map_err(|source| StoreError {
            action: "write",
            name: name.to_owned(),
            source: Box::new(source),
        })
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        self.small.lock().expect("nobody panicked").remove(name);
        Ok(())
    }
}

/// A take with pieces as long as those of a browser, which come as a network brings them. The recording itself is not
/// there, so nothing here listens to it.
fn take<S: Store, R: Registry>(issuer: &Issuer<S, R>, number: u64) -> Offer {
    let begin = 100.0 * number as f64;
    let grant = issuer.grant(nonce(number), binding(number), at(begin - 30.0), SignedDuration::from_mins(10));
    let grant = grant.expect("memory").expect("a new nonce");
    drop(issuer.begin(nonce(number), &binding(number), at(begin)).expect("memory").expect("it holds"));
    let mut random = ChaCha8Rng::seed_from_u64(number);
    let mut links = Vec::with_capacity(SECS);
    let (mut before_ms, mut bytes) = (0, 0u64);
    for second in 1..=SECS as u32 {
        let came_ms = second * 1000 + random.next_u32() % 90;
        let link = Link { bytes: 3000 + random.next_u32() % 4000, after_ms: came_ms - before_ms };
        bytes += u64::from(link.bytes);
        before_ms = came_ms;
        links.push(link);
    }
    let mut digest = [0; 32];
    random.fill_bytes(&mut digest);
    let recorded = Recorded {
        nonce: nonce(number),
        grant,
        started_at: at(begin),
        last_at: at(begin + f64::from(before_ms) / 1000.0),
        links,
        chain: Sha256::of(&digest),
        audio: Sha256::from_bytes(digest),
        bytes,
    };
    offer(number, recorded, SECS as f64)
}

/// Milliseconds of the processor for each receipt that is issued in groups of `together`.
fn issuing<S: Store>(store: S, together: usize) -> f64 {
    let mut issuer = issuer(store);
    let offers: Vec<Offer> = (1..=ISSUED).map(|number| take(&issuer, number)).collect();
    let begun = clock_of_processor();
    for (number, some) in (0..).zip(offers.chunks(together)) {
        let answers = issuer.issue(some, at(1e6 + f64::from(number))).expect("a disk with room");
        assert!(answers.iter().all(Result::is_ok));
    }
    (clock_of_processor() - begun) / ISSUED as f64
}

/// Microseconds for a signature, alone and among many.
fn signatures() -> (f64, f64) {
    let key = key(7);
    let messages: Vec<Vec<u8>> = (0..8192u32).map(|n| n.to_be_bytes().repeat(400)).collect();
    let signed: Vec<[u8; 64]> =
        messages.iter().map(|message| key.sign(message).expect("a key in memory")).collect();
    let begun = clock_of_processor();
    for (message, signature) in messages.iter().zip(&signed).take(2048) {
        assert!(black_box(key.public().verifies(message, signature)));
    }
    let alone = (clock_of_processor() - begun) / 2048.0 * 1e3;
    let begun = clock_of_processor();
    let mut batch = Batch::new(key.public());
    for ((tag, message), signature) in (0..).zip(&messages).zip(&signed) {
        batch.push(tag, message, signature);
    }
    assert!(batch.finish().is_empty());
    (alone, (clock_of_processor() - begun) / messages.len() as f64 * 1e3)
}

/// A log with many receipts.
fn fill(folder: &Path, receipts: u64) -> Filled {
    let store = Filled { folder: folder.to_owned(), small: Mutex::default() };
    let mut issuer = Issuer::open(&store, Memory::default(), scene::ORIGIN, key(7)).expect("an empty folder");
    let mut number = 0;
    while number < receipts {
        let end = (number + 256).min(receipts);
        // What is remembered of nonces would be a database.
        let offers: Vec<Offer> = (number..end).map(|number| take(&issuer, number)).collect();
        issuer.issue(&offers, at(100.0 * end as f64 + 200.0)).expect("a disk with room");
        number = end;
    }
    drop(issuer);
    store
}

/// The rows of a dataset of all receipts.
fn rows_of<S: Store>(published: &Published<S>) -> Rows {
    let mut rows = Rows::default();
    let size = published.checkpoint().size;
    for bundle in 0..size.div_ceil(256) {
        let openings = openings::read_bundle(published.store(), bundle).expect("a bundle");
        for (index, opening) in openings {
            let envelope =
                pixmo_receipts::envelope::Envelope::parse(opening.envelope.as_bytes()).expect("ours");
            let keys = [key(7).public().clone()];
            let payload = envelope.unseal(pixmo_receipts::envelope::IN_TOTO, &keys).expect("ours").payload;
            let statement = serde_json::from_slice(&payload).expect("ours");
            rows.add(
                index,
                &RowDigests::of(&statement, Sha256::of(opening.envelope.as_bytes())).expect("all digests"),
            );
        }
    }
    rows
}

/// The most memory that this process had, in MiB; Linux tells.
fn peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

fn stored(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => stored(&entry.path()),
            _ => entry.metadata().map_or(0, |found| found.len()),
        })
        .sum()
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut receipts, mut into, mut json) = (25_600u64, None, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--receipts" => receipts = arguments.next().ok_or("--receipts wants a number")?.parse()?,
            "--into" => into = Some(PathBuf::from(arguments.next().ok_or("--into wants a folder")?)),
            "--json" => json = true,
            _ => {}
        }
    }
    let held = tempfile::tempdir()?;
    let into = into.unwrap_or_else(|| held.path().to_owned());
    for before in ["alone", "grouped"] {
        fs::remove_dir_all(into.join(before)).ok();
    }
    let alone_ms = issuing(Folder::at(&into.join("alone")), 1);
    let grouped_ms = issuing(Folder::at(&into.join("grouped")), 64);
    let memory_ms = issuing(scene::Files::default(), 1);
    let (single_us, batch_us) = signatures();

    // A log that is there already is verified as it is: filling it takes longer than checking it.
    let log = into.join(format!("log-{receipts}"));
    let store = if log.join("checkpoint").is_file() && receipts.is_multiple_of(256) {
        Filled { folder: log.clone(), small: Mutex::default() }
    } else {
        fill(&log, receipts)
    };
    let published = Published::open(&store, Some(key(7).public()))?;
    let rows = rows_of(&published);
    let before_mib = peak_mib();
    let begun = clock_of_processor();
    let mut faults = 0;
    let report = verify(&published, &[], rows, &mut |_, _| {}, &mut |_| faults += 1)?;
    let verify_ms = clock_of_processor() - begun;
    assert_eq!((report.receipts, report.rows_wrong, faults), (receipts, 0, 0));
    let each_us = verify_ms / receipts as f64 * 1e3;
    let begun = clock_of_processor();
    let some = receipts.min(200);
    for index in 0..some {
        assert!(matches!(published.entry(index * 7919 % receipts)?, Entry::Receipt { .. }));
    }
    let one_ms = (clock_of_processor() - begun) / some as f64;
    let bytes = stored(&log.join("receipts")) as f64 / receipts as f64;
    let all_bytes = stored(&log) as f64 / receipts as f64;
    let whole_secs = each_us * WHOLE / 1e6;
    let peak = peak_mib();

    let mut out = stdout().lock();
    if json {
        let object = serde_json::json!({
            "receipts": receipts, "issue_alone_ms": alone_ms, "issue_of_64_ms": grouped_ms,
            "issue_in_memory_ms": memory_ms, "signature_alone_us": single_us, "signature_in_batch_us": batch_us,
            "verify_us": each_us, "verify_secs": verify_ms / 1e3, "verify_1300000_secs": whole_secs,
            "look_up_ms": one_ms, "bytes_packed": bytes, "bytes_with_log": all_bytes,
            "peak_before_mib": before_mib, "peak_mib": peak, "wall": wall(),
        });
        writeln!(out, "{object}")?;
        return Ok(());
    }
    if wall() {
        writeln!(out, "the system does not tell times of the processor: these are times as they pass")?;
    }
    writeln!(out, "issue, one at a time, on disk     {alone_ms:>8.3} ms")?;
    writeln!(out, "issue, 64 together, on disk       {grouped_ms:>8.3} ms")?;
    writeln!(out, "issue, one at a time, in memory   {memory_ms:>8.3} ms")?;
    writeln!(out, "a signature alone, in a batch     {single_us:>8.1} us, {batch_us:.1} us")?;
    writeln!(out, "kept, packed; with the log        {bytes:>8.0} bytes, {all_bytes:.0} bytes")?;
    writeln!(out, "look one up and check it          {one_ms:>8.3} ms")?;
    writeln!(out, "verify {receipts} with their rows  {:>8.2} s, {each_us:.1} us each", verify_ms / 1e3)?;
    writeln!(out, "so 1,300,000 take                 {whole_secs:>8.1} s")?;
    if let (Some(before), Some(peak)) = (before_mib, peak) {
        writeln!(out, "most memory                       {peak:>8.0} MiB ({before:.0} before)")?;
    }
    Ok(())
}
