//! Logs in folders: growth, proofs, damage, and writers that are cut off.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pixmo_receipts::keys::SecretKey;
use pixmo_receipts::log::tree::{self, Hash};
use pixmo_receipts::log::{Audit, Checkpoint, Folder, LogError, LogReader, LogWriter, NoteVerifier, Store};

use crate::scene::{Files as Memory, ORIGIN};

fn key() -> Arc<SecretKey> {
    crate::scene::key(7)
}

fn verifier() -> NoteVerifier {
    NoteVerifier::new(ORIGIN, key().public().verifying()).unwrap()
}

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").repeat(1 + (number % 3) as usize).into_bytes()
}

fn audit<S: Store>(store: &S) -> Result<Audit, LogError> {
    LogReader::open(store, &verifier())?.audit(|number, content| {
        assert_eq!(content, entry(number));
        Ok::<_, LogError>(())
    })
}

#[test]
fn a_log_in_any_steps_is_the_same_log() {
    let entries: Vec<Vec<u8>> = (0..700).map(entry).collect();
    let whole = Memory::default();
    LogWriter::open(&whole, ORIGIN, key()).unwrap().append(&entries).unwrap();
    let stepped = Memory::default();
    let mut at = 0;
    for step in [1usize, 1, 253, 1, 1, 255, 0, 188] {
        let mut writer = LogWriter::open(&stepped, ORIGIN, key()).unwrap();
        assert_eq!(writer.append(&entries[at..at + step]).unwrap(), at as u64);
        at += step;
        assert_eq!(writer.size(), at as u64);
        assert_eq!(audit(&stepped).unwrap().entries, at as u64);
    }
    assert_eq!(at, 700);
    let (whole, stepped) = (whole.files.lock().unwrap(), stepped.files.lock().unwrap());
    for (name, content) in whole.iter() {
        assert_eq!(stepped.get(name), Some(content), "{name}");
    }
}

#[test]
fn every_entry_and_every_earlier_log_is_proved() {
    let store = Memory::default();
    let mut writer = LogWriter::open(&store, ORIGIN, key()).unwrap();
    let mut roots: Vec<(u64, Hash)> = Vec::new();
    for size in [1u64, 2, 200, 256, 257, 511, 600] {
        let from = writer.size();
        writer.append(&(from..size).map(entry).collect::<Vec<_>>()).unwrap();
        roots.push((size, LogReader::open(&store, &verifier()).unwrap().checkpoint().root));
    }
    let reader = LogReader::open(&store, &verifier()).unwrap();
    let Checkpoint { size, root, .. } = reader.checkpoint().clone();
    for index in (0..size).step_by(7).chain([0, 255, 256, 599]) {
        let leaf = tree::leaf_hash(&entry(index));
        assert_eq!(reader.entry(index).unwrap(), entry(index));
        assert!(tree::includes(&root, size, index, &leaf, &reader.inclusion(index).unwrap()), "{index}");
    }
    for (old, old_root) in roots {
        assert!(tree::continues(&old_root, old, &root, size, &reader.consistency(old).unwrap()), "{old}");
    }
    assert!(matches!(reader.entry(600), Err(LogError::Beyond { index: 600, size: 600 })));
    assert!(matches!(reader.inclusion(600), Err(LogError::Beyond { .. })));
    assert!(matches!(reader.consistency(601), Err(LogError::Beyond { .. })));
}

#[test]
fn one_flipped_bit_anywhere_is_found_and_named() {
    let store = Memory::default();
    let entries: Vec<Vec<u8>> = (0..520).map(entry).collect();
    LogWriter::open(&store, ORIGIN, key()).unwrap().append(&entries).unwrap();
    let promised: Vec<String> = store.files.lock().unwrap().keys().cloned().collect();
    assert_eq!(promised.len(), 8, "{promised:?}");
    for name in promised {
        let good = store.files.lock().unwrap()[&name].clone();
        for place in (0..good.len()).step_by(good.len() / 40 + 1) {
            for bit in [0, 7] {
                let mut bad = good.clone();
                bad[place] ^= 1 << bit;
                store.files.lock().unwrap().insert(name.clone(), bad);
                let read = LogReader::open(&store, &verifier())
                    .and_then(|reader| reader.audit(|_, _| Ok::<_, LogError>(())).map(|_| ()));
                let error = read.expect_err("the damage is found").to_string();
                // A changed entry is found by the tile over it, which is named with the place.
                let named =
                    error.contains(&name) || error.contains("tile/0/") || error.contains("checkpoint");
                assert!(named, "{name}, byte {place}: {error}");
            }
        }
        store.files.lock().unwrap().remove(&name);
        assert!(audit(&store).is_err(), "{name} is missing");
        store.files.lock().unwrap().insert(name, good);
    }
    assert_eq!(audit(&store).unwrap(), Audit { entries: 520, tiles: 4 });
}

#[test]
fn a_writer_that_is_cut_off_leaves_the_log_as_it_was() {
    for writes in 0..9 {
        let store = Memory::default();
        let mut writer = LogWriter::open(&store, ORIGIN, key()).unwrap();
        writer.append(&(0..300).map(entry).collect::<Vec<_>>()).unwrap();
        *store.writes_left.lock().unwrap() = Some(writes);
        let cut = writer.append(&(300..800).map(entry).collect::<Vec<_>>());
        *store.writes_left.lock().unwrap() = None;
        assert_eq!(audit(&store).unwrap().entries, if cut.is_ok() { 800 } else { 300 }, "{writes}");
        let mut writer = LogWriter::open(&store, ORIGIN, key()).unwrap();
        let from = writer.size();
        writer.append(&(from..900).map(entry).collect::<Vec<_>>()).unwrap();
        assert_eq!(audit(&store).unwrap().entries, 900);
    }
}

#[test]
fn another_key_or_another_log_is_not_believed() {
    let store = Memory::default();
    LogWriter::open(&store, ORIGIN, key()).unwrap().append(&[b"one"]).unwrap();
    let other = crate::scene::key(8);
    for (name, key) in [(ORIGIN, &other), ("other.example.org", &key())] {
        let verifier = NoteVerifier::new(name, key.public().verifying()).unwrap();
        let error = LogReader::open(&store, &verifier).err().expect("it is not believed");
        assert!(matches!(error, LogError::Checkpoint(_)), "{error}");
    }
    assert!(matches!(LogWriter::open(&store, ORIGIN, other), Err(LogError::Checkpoint(_))));
    assert!(matches!(LogWriter::open(&store, "two words", key()), Err(LogError::Name { .. })));
    let text = verifier().text();
    assert_eq!(NoteVerifier::parse(&text).unwrap(), verifier());
    assert!(NoteVerifier::parse(&text.replace("spring", "autumn")).is_err());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn a_log_in_a_folder_can_be_published_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let store = Folder::at(&folder.path().join("log"));
    LogWriter::open(store.clone(), ORIGIN, key())
        .unwrap()
        .append(&(0..257).map(entry).collect::<Vec<_>>())
        .unwrap();
    let names: Vec<String> = files(folder.path())
        .iter()
        .map(|path| path.strip_prefix(folder.path()).unwrap().display().to_string())
        .collect();
    assert_eq!(
        names,
        [
            "log/checkpoint",
            "log/tile/0/000",
            "log/tile/0/001.p/1",
            "log/tile/1/000.p/1",
            "log/tile/entries/000",
            "log/tile/entries/001.p/1",
        ]
    );
    let note = std::fs::read_to_string(folder.path().join("log/checkpoint")).unwrap();
    let mut lines = note.lines();
    assert_eq!((lines.next(), lines.next()), (Some(ORIGIN), Some("257")));
    assert!(note.contains(&format!("\n\n\u{2014} {ORIGIN} ")), "{note}");
    assert_eq!(audit(&store).unwrap(), Audit { entries: 257, tiles: 3 });
}
