//! What is wrong with a request is said before anything is written.

use pixmo_console::Kind;

use crate::bench::{Bench, contents, differing};

#[test]
fn wrong_requests_say_what_is_wrong_and_write_nothing() {
    let bench = Bench::new("");
    let mut texts = Vec::new();
    for flags in [
        "--shards 0",
        "--shards 65",
        "--shards 100000",
        "--shards 4 --only 4",
        "--shards 8 --only 3-9",
        "--limit 0",
        "--shards 40 --limit 30",
        "--jobs 0",
        "--into ftp://example.org/docs",
        "--into s3://",
    ] {
        texts.push(format!("{flags}\n{}", bench.failure(flags)));
    }
    for section in [
        "shard_count = 4",
        "charts = \"many\"",
        "shards = 0",
        "shards = 400",
        "drops_percent_max = 200.0",
        "charts = 0\ntables = 0",
    ] {
        bench.set(section);
        texts.push(format!("{section}\n{}", bench.failure("")));
    }
    insta::assert_snapshot!(texts.join("\n\n"));
    assert!(!bench.path("data").exists());
}

#[test]
fn a_folder_begun_with_other_settings_is_left_alone() {
    let bench = Bench::new("");
    bench.build("--shards 8 --only 0-2").unwrap();
    let before = contents(&bench.docs());
    let mut texts = Vec::new();
    for flags in ["--shards 16", "--shards 8 --seed 9", "--shards 8 --limit 30"] {
        texts.push(format!("{flags}\n{}", bench.failure(flags)));
    }
    bench.set("image_bytes = 3000\ncharts = 50");
    texts.push(format!("image_bytes = 3000, charts = 50\n{}", bench.failure("--shards 8")));
    bench.set("");
    std::fs::remove_dir_all(bench.docs().join(".work")).unwrap();
    texts.push(format!("without the work folder, --seed 9\n{}", bench.failure("--shards 8 --seed 9")));
    insta::assert_snapshot!(texts.join("\n\n"));
    assert_eq!(differing(&before, &contents(&bench.docs())), Vec::<String>::new());
    // And a finished one as well.
    bench.build("--shards 8").unwrap();
    let failure = bench.build("--shards 16").unwrap_err();
    assert_eq!(failure.kind, Kind::Request);
}

#[test]
fn two_builds_in_one_folder_do_not_meet() {
    let bench = Bench::new("task_ms = 20");
    let meet = |first: &str, second: &str| {
        let _left_by_the_last = std::fs::remove_dir_all(bench.docs());
        std::thread::scope(|scope| {
            let running = scope.spawn(|| bench.build(first));
            while !bench.docs().join(".work/build.json").exists() {
                std::thread::yield_now();
            }
            let second = bench.build(second);
            running.join().unwrap().unwrap();
            second
        })
    };
    let whole = meet("--shards 4 --jobs 1", "--shards 4");
    let text = whole.unwrap_err().to_string().replace(&bench.path("").display().to_string(), "<folder>/");
    insta::assert_snapshot!(text);
    assert_eq!(meet("--shards 4 --only 0-2 --jobs 1", "--shards 4").unwrap_err().kind, Kind::World);
    assert_eq!(
        meet("--shards 4 --only 0-2 --jobs 1", "--shards 4 --only 2-3").unwrap_err().kind,
        Kind::World
    );
    assert!(meet("--shards 4 --only 0-2 --jobs 1", "--shards 4 --only 3").is_ok(), "separate shards may");
    assert!(bench.docs().join("manifest.json").exists(), "and the last one publishes");
    assert!(!bench.docs().join(".work").exists());
}

#[test]
fn a_bug_in_a_stage_stops_the_run_and_what_was_finished_is_safe() {
    let bench = Bench::new("panics_at = 33");
    let failure = bench.build("--shards 8 --jobs 1").unwrap_err();
    insta::assert_snapshot!(failure);
    assert!(bench.docs().join("shards/00000-of-00008.json").exists());
}
