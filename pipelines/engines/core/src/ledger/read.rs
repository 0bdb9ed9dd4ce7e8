//! Reads ledgers and judges them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::{Entry, Form, LedgerError, Modality, link};

/// A line is not longer than this.
const LINE_BYTES_MAX: u64 = 1 << 16;
/// Calls that a verdict tells one by one.
const OFFENDERS_TOLD_MAX: usize = 20;

/// Where a ledger ends.
pub(super) struct Tail {
    /// The number of the next entry.
    pub(super) number: u64,
    /// What it says of the line before it.
    pub(super) before: String,
    /// Whether the last line has no end.
    pub(super) is_torn: bool,
    /// Lines that a killed run did not finish.
    pub(super) torn: u64,
}

/// Reads a ledger from its beginning and hands on each entry; gives back how many lines were not finished because a run
/// was killed. No answer of such a call was used.
///
/// # Errors
/// When the file cannot be read, or a line is not what was written.
pub fn read(path: &Path, take: &mut dyn FnMut(Entry)) -> Result<u64, LedgerError> {
    walk(path, take).map(|tail| tail.torn)
}

pub(super) fn walk(path: &Path, take: &mut dyn FnMut(Entry)) -> Result<Tail, LedgerError> {
    let failed = |source| LedgerError::File { verb: "read", path: path.to_owned(), source };
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let mut tail = Tail { number: 0, before: String::new(), is_torn: false, torn: 0 };
    // A line that is no entry may be one that was not finished; the next one then names it as what was before it.
    let mut unfinished: Option<u64> = None;
    let mut line = Vec::new();
    for number in 1.. {
        let broken = |reason: &str| LedgerError::Broken {
            path: path.to_owned(),
            line: number,
            reason: reason.to_owned(),
        };
        line.clear();
        let read = (&mut reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut line).map_err(failed)?;
        if read == 0 {
            break;
        }
        let is_ended = line.last() == Some(&b'\n');
        if !is_ended && read as u64 == LINE_BYTES_MAX {
            return Err(broken("it is longer than any entry"));
        }
        if is_ended {
            line.pop();
        }
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) => {
                if entry.before != tail.before {
                    return Err(broken("it does not continue the line before it"));
                }
                if entry.number != tail.number {
                    return Err(broken(&format!("it is entry {}, expected {}", entry.number, tail.number)));
                }
                unfinished = None;
                tail.number += 1;
                tail.is_torn = !is_ended;
                take(entry);
            }
            Err(_) => {
                if unfinished.is_some() {
                    return Err(broken("it and the line before it are no entries"));
                }
                unfinished = Some(number);
                tail.torn += 1;
                tail.is_torn = !is_ended;
            }
        }
        tail.before = link(&line);
    }
    match unfinished {
        // Only a line that was closed off with the entry behind it has an end.
        Some(line) if !tail.is_torn => {
            let reason = "it is no entry, and none follows it".to_owned();
            Err(LedgerError::Broken { path: path.to_owned(), line, reason })
        }
        _ => Ok(tail),
    }
}

/// What the ledgers of a build say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Calls in all.
    pub calls: u64,
    /// How many of each kind: engine, what it was shown, what it answered with.
    pub kinds: BTreeMap<(String, Modality, Form), u64>,
    /// Calls in which a model that is not known to be our own saw a picture and answered in prose.
    pub offences: u64,
    /// The first of these.
    pub offenders: Vec<Entry>,
    /// Lines that killed runs did not finish; no answer of such a call was used.
    pub torn: u64,
}

impl Verdict {
    /// Whether the build may call itself free of vision-language models.
    #[must_use]
    pub fn is_vlm_free(&self) -> bool {
        self.offences == 0
    }
}

/// Judges the ledgers of a build. A model that sees a picture and answers in prose is a vision-language model, unless it
/// is our own captioner and the lineage of its weights is among those that were `accepted`.
///
/// # Errors
/// When a ledger cannot be read or is not what was written: then nothing can be said.
pub fn verdict(paths: &[&Path], accepted: &[&str]) -> Result<Verdict, LedgerError> {
    let mut verdict = Verdict::default();
    for path in paths {
        let torn = read(path, &mut |entry| {
            verdict.calls += 1;
            let call = &entry.call;
            *verdict.kinds.entry((call.engine.clone(), call.input, call.answer)).or_default() += 1;
            let is_ours = call.engine == "captioner"
                && call.weights_lineage.as_deref().is_some_and(|lineage| accepted.contains(&lineage));
            if call.input == Modality::Image && call.answer == Form::Prose && !is_ours {
                verdict.offences += 1;
                if verdict.offenders.len() < OFFENDERS_TOLD_MAX {
                    verdict.offenders.push(entry);
                }
            }
        })?;
        verdict.torn += torn;
    }
    Ok(verdict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Call, Ledger};

    fn open(path: &Path) -> Ledger {
        Ledger::open(path, Box::new(|| "2026-11-30T16:40:00Z".to_owned())).unwrap()
    }

    fn call(input: Modality, answer: Form) -> Call {
        let engine = if input == Modality::Image { "captioner" } else { "chat" };
        Call { engine: engine.to_owned(), input, answer, ended: "answered".to_owned(), ..Call::default() }
    }

    #[test]
    fn a_build_is_free_of_foreign_models_that_saw_a_picture_or_it_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/ledger.jsonl");
        let ledger = open(&path);
        for (input, answer) in [
            (Modality::Text, Form::Prose),
            (Modality::Audio, Form::Transcript),
            (Modality::Image, Form::Labels),
            (Modality::Image, Form::Reading),
        ] {
            ledger.note(call(input, answer)).unwrap();
        }
        let judged = verdict(&[&path], &[]).unwrap();
        assert!(judged.is_vlm_free() && judged.calls == 4 && judged.kinds.len() == 4, "{judged:?}");
        let ours = Call { weights_lineage: Some("abc".to_owned()), ..call(Modality::Image, Form::Prose) };
        ledger.note(ours).unwrap();
        assert!(verdict(&[&path], &["abc"]).unwrap().is_vlm_free());
        let judged = verdict(&[&path], &["abd"]).unwrap();
        assert!(!judged.is_vlm_free());
        assert_eq!((judged.offences, judged.offenders[0].number), (1, 4));
    }

    #[test]
    fn every_change_of_a_ledger_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let ledger = open(&path);
        for _ in 0..4 {
            ledger.note(call(Modality::Text, Form::Prose)).unwrap();
        }
        drop(ledger);
        let whole = std::fs::read(&path).unwrap();
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        let changed = folder.path().join("changed.jsonl");
        let check = |bytes: &[u8]| {
            std::fs::write(&changed, bytes).unwrap();
            verdict(&[&changed], &[])
        };
        assert_eq!(check(&whole).unwrap().calls, 4);
        for (name, kept) in [("first", [1, 2, 3]), ("second", [0, 2, 3]), ("third", [0, 1, 3])] {
            let bytes: Vec<u8> = kept.iter().flat_map(|index| lines[*index].to_vec()).collect();
            assert!(matches!(check(&bytes), Err(LedgerError::Broken { .. })), "without the {name} line");
        }
        // A bit of every byte of all lines but the last, which nothing follows.
        let last = whole.len() - lines[3].len();
        for position in 0..last {
            let mut bytes = whole.clone();
            bytes[position] ^= 1 << (position % 8);
            assert!(check(&bytes).is_err(), "byte {position}");
        }
    }

    #[test]
    fn a_run_that_was_killed_is_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.jsonl");
        let ledger = open(&path);
        ledger.note(call(Modality::Text, Form::Prose)).unwrap();
        ledger.note(call(Modality::Text, Form::Prose)).unwrap();
        assert!(matches!(Ledger::open(&path, Box::new(String::new)), Err(LedgerError::InUse { .. })));
        drop(ledger);
        let whole = std::fs::read(&path).unwrap();
        let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        for cut in first..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let ledger = open(&path);
            ledger.note(call(Modality::Audio, Form::Transcript)).unwrap();
            drop(ledger);
            let judged = verdict(&[&path], &[]).unwrap();
            // All but the end of the line is all of the entry.
            let expected = match cut {
                _ if cut == first => (2, 0),
                _ if cut == whole.len() - 1 => (3, 0),
                _ => (2, 1),
            };
            assert_eq!((judged.calls, judged.torn), expected, "cut after {cut} bytes");
        }
    }
}
