//! Files that are lost or damaged after they were written.

use std::fs;
use std::path::Path;

use crate::bench::{Bench, contents, differing};

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    let at = at.min(bytes.len() - 1);
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_missing_or_has_another_size_is_made_again() {
    let bench = Bench::new("");
    bench.build("--shards 7").unwrap();
    let good = contents(&bench.docs());
    for name in good.keys() {
        fs::remove_file(bench.docs().join(name)).unwrap();
        bench.build("--shards 7").unwrap();
        assert_eq!(differing(&good, &contents(&bench.docs())), Vec::<String>::new(), "{name} was missing");
        let half = &good[name][..good[name].len() / 2];
        fs::write(bench.docs().join(name), half).unwrap();
        bench.build("--shards 7").unwrap();
        assert_eq!(differing(&good, &contents(&bench.docs())), Vec::<String>::new(), "{name} was cut");
    }
}

#[test]
fn only_finds_a_flipped_bit_and_makes_that_shard_again() {
    let bench = Bench::new("");
    bench.build("--shards 7").unwrap();
    let good = contents(&bench.docs());
    flip(&bench.docs().join("charts/train-00002-of-00004.parquet"), 1_000);
    let (ending, captured) = bench.build_in("--shards 7 --only 2", None);
    ending.unwrap();
    assert_eq!(differing(&good, &contents(&bench.docs())), Vec::<String>::new());
    let warning = captured.stderr();
    let warning = warning.lines().next().unwrap();
    assert!(warning.starts_with("warning: shard 2 of `docs` is made again: `charts/train-00002-of-00004.parquet` is damaged, sha256 is `"), "{warning}");
}

#[test]
fn any_flipped_bit_of_the_small_files_is_made_good() {
    let bench = Bench::new("");
    bench.build("--shards 3").unwrap();
    let good = contents(&bench.docs());
    for (name, content) in good.iter().filter(|(name, _)| !name.ends_with(".parquet")) {
        for at in (0..content.len()).step_by(content.len() / 12) {
            flip(&bench.docs().join(name), at);
            // What the folder says it was begun with may be what was hit; then the build refuses to continue.
            let ended = bench.build("--shards 3");
            let left = differing(&good, &contents(&bench.docs()));
            match ended {
                Ok(_) => assert_eq!(left, Vec::<String>::new(), "byte {at} of {name}"),
                Err(_) => {
                    assert_eq!(left, ["manifest.json"]);
                    fs::write(bench.docs().join(name), content).unwrap();
                }
            }
        }
    }
}

#[test]
fn a_damaged_journal_costs_its_tail_and_a_warning() {
    let bench = Bench::new("panics_at = 15");
    let expected = Bench::new("panics_at = 45");
    expected.build("--shards 2").unwrap();
    bench.build("--shards 2 --jobs 1").unwrap_err();
    let journal = bench.docs().join(".work/00000.journal");
    let bytes = fs::read(&journal).unwrap();
    assert!(bytes.len() > 20_000, "the journal holds the rows that were made");
    fs::write(&journal, &bytes[..bytes.len() / 2]).unwrap();
    let (ending, captured) = bench.build_in("--shards 2 --jobs 1", None);
    ending.unwrap_err();
    assert!(
        captured.stderr().contains("warning: the journal of shard 0 of `docs` was cut back"),
        "{}",
        captured.stderr()
    );
    assert_eq!(fs::read(&journal).unwrap(), bytes, "the tail was made again, the same");
}
