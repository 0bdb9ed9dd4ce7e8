//! `--dry-run` says what a build would cost, and is right.

use pixmo_console::ConsoleArgs;
use pixmo_shards::{DatasetFolder, Location};

use crate::bench::Bench;

#[test]
fn the_estimate_is_right_within_a_tenth_and_nothing_is_written() {
    for (shards, section) in [
        (40, "charts = 3000\ntables = 1000\nimage_bytes = 500"),
        (2, "charts = 3000\ntables = 1000\nimage_bytes = 500"),
        (7, "charts = 40\ntables = 20"),
    ] {
        let bench = Bench::new(section);
        let console = ConsoleArgs { json: true, ..ConsoleArgs::default() };
        let (ended, captured) = bench.build_with(&console, &format!("--shards {shards} --dry-run"), None);
        ended.unwrap();
        assert!(!bench.path("data").exists());
        let estimate: serde_json::Value =
            serde_json::from_str(captured.stdout().lines().next().unwrap()).unwrap();
        bench.build(&format!("--shards {shards}")).unwrap();
        let folder = DatasetFolder::open(Location::local(bench.docs())).unwrap();
        let real = folder.manifest();
        let near = |key: &str, real: u64| {
            let guess = estimate[key].as_f64().unwrap();
            assert!((guess / real as f64 - 1.0).abs() < 0.1, "{key}: {guess}, really {real}");
        };
        near("tasks", real.tasks);
        near("rows", real.rows);
        near("bytes", real.bytes);
        near("files", real.files().count() as u64);
    }
}

#[test]
fn the_estimate_is_said_in_words_and_counts_only_what_is_left() {
    let bench = Bench::new("");
    bench.build("--shards 8 --only 0-3").unwrap();
    let (ended, captured) = bench.build_in("--shards 8 --dry-run --jobs 2", None);
    ended.unwrap();
    let text = captured.stdout().replace(&bench.docs().display().to_string(), "<docs>");
    let (before, after) = text.split_once("\ndocs: about ").unwrap();
    let (_time, after) = after.split_once(" with ").unwrap();
    insta::assert_snapshot!(format!("{before}\ndocs: about <time> with {after}"));
    bench.build("--shards 8").unwrap();
    let (ended, captured) = bench.build_in("--shards 8 --dry-run", None);
    ended.unwrap();
    assert!(
        captured.stdout().starts_with("docs: nothing to do, all shards are finished"),
        "{}",
        captured.stdout()
    );
}
