//! Lists of images and archives of them, as others write them: the first byte says in which form the rest is read. Every row
//! has its place, good or bad, and any part of a list is that part of the whole.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_images::list::{Entry, List, ListArgs, ListError};

/// Most rows that are looked at.
const ROWS_MAX: u64 = 2_000;

fn entries(list: &List, rows: std::ops::Range<u64>) -> Vec<Entry> {
    let read = list.read(rows).expect("the file is still there");
    read.map(|entry| entry.expect("the file was not changed")).collect()
}

fn looked_at(list: Result<List, ListError>) {
    let list = match list {
        Ok(list) => list,
        Err(error) => {
            limits::is_told(&error);
            return error.hints().iter().for_each(limits::is_told);
        }
    };
    let rows = list.rows().min(ROWS_MAX);
    let all = entries(&list, 0..rows);
    assert_eq!(all.len() as u64, rows, "every row has its place");
    for (number, entry) in (0..).zip(&all) {
        assert_eq!(entry.number(), number);
        match entry {
            Entry::Row(row) => {
                let is_web = |address: &String| address.to_ascii_lowercase().starts_with("http");
                assert!(row.address.as_ref().is_none_or(is_web), "{:?}", row.address);
                assert!(row.address.is_some() || row.bytes.is_some());
            }
            Entry::Bad(bad) => limits::is_told(bad),
        }
    }
    let (from, to) = (rows / 3, rows - rows / 4);
    assert_eq!(entries(&list, from..to), all[from as usize..to as usize]);
}

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let Some((form, content)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (work, args) = (folder.path().join("work"), ListArgs::default());
    let at = |name: &str| folder.path().join(name);
    let write = |path: &Path, content: &[u8]| std::fs::write(path, content).expect("a temporary file");
    // What is packed unfolds to as much as it likes, and is not looked at here.
    let is_packed = content.starts_with(&[0x1f, 0x8b]) || content.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]);
    if is_packed || content.starts_with(b"PAR1") {
        return;
    }
    match form % 5 {
        4 => {
            std::fs::create_dir(at("set")).expect("a temporary folder");
            write(&at("set/a.tar"), content);
            limits::within(|| looked_at(List::import(&at("set"), &args, &work)));
        }
        form => {
            let path = at(["a.txt", "a.csv", "a.jsonl", "a"][usize::from(form)]);
            write(&path, content);
            limits::within(|| looked_at(List::open(&path, &args, &work)));
        }
    }
});
