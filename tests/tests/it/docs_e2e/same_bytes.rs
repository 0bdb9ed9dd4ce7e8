//! The same settings and seed give the same bytes, however they are built.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::finished::{large, small};
use crate::program::run;
use crate::site::{BUILD_SMALL, SMALL, Site, contents, differing, pixmo_in};

#[test]
fn one_worker_in_another_place_with_another_clock_and_tongue_gives_the_same_bytes() {
    let site = Site::new(SMALL);
    let mut build = site.pixmo(BUILD_SMALL);
    build
        .args(["--jobs", "1"])
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "de_DE.UTF-8")
        .env_remove("HOME");
    run(&mut build).expect(0);
    assert_eq!(differing(&site.out(), &contents(&small().out)), BTreeSet::new());
}

#[test]
fn eight_workers_and_one_give_the_same_bytes_twice() {
    for jobs in ["8", "1", "8"] {
        let site = Site::new(SMALL);
        run(site.pixmo(BUILD_SMALL).args(["--jobs", jobs, "--progress", "none"])).expect(0);
        assert_eq!(differing(&site.out(), &contents(&small().out)), BTreeSet::new(), "{jobs} workers");
    }
}

#[test]
fn halves_built_apart_give_the_same_bytes() {
    let site = Site::new(SMALL);
    site.run(&format!("{BUILD_SMALL} --only 4-8")).expect(0);
    assert!(!site.path("out/manifest.json").exists(), "half a dataset has no manifest");
    let half = site.out();
    site.run(&format!("{BUILD_SMALL} --only 0,1-3")).expect(0);
    let whole = site.out();
    assert_eq!(differing(&whole, &contents(&small().out)), BTreeSet::new());
    assert!(half.iter().all(|(name, content)| whole.get(name) == Some(content)));
    assert!(!site.path("out/.work").exists(), "nothing is left over");
}

#[test]
fn another_seed_gives_other_pictures() {
    let site = Site::new(SMALL);
    site.run(&format!("{BUILD_SMALL} --seed 8 --only 0")).expect(0);
    let expected = contents(&small().out);
    let name = "charts/train-00000-of-00002.parquet";
    assert_ne!(site.out().get(name), expected.get(name));
}

#[test]
fn a_finished_dataset_is_all_good_and_left_alone_by_the_next_build() {
    let small = small();
    let before = contents(&small.out);
    assert_eq!(
        before.keys().filter(|name| name.ends_with(".parquet")).count(),
        27,
        "nine parts, three configs"
    );
    let said = run(&mut pixmo_in(&small.site, "verify ./out --json")).expect(0);
    let last: Value = serde_json::from_str(said.stdout.lines().last().unwrap_or_default()).expect("JSON");
    assert_eq!((&last["kind"], &last["exit"]), (&Value::Null, &Value::from(0)), "{said}");
    run(&mut pixmo_in(&small.site, &format!("{BUILD_SMALL} --progress none"))).expect(0);
    assert_eq!(differing(&before, &contents(&small.out)), BTreeSet::new());
}

/// What is dropped of four hundred tasks, and how many questions the others have.
#[test]
fn few_tasks_give_nothing_and_pictures_have_the_questions_that_were_promised() {
    let manifest = std::fs::read(large().out.join("manifest.json")).expect("a finished dataset");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let number = |value: &Value| value.as_u64().expect("a count") as f64;
    let (tasks, rows) = (number(&manifest["tasks"]), number(&manifest["rows"]));
    let drops: f64 = manifest["drops"].as_object().expect("reasons").values().map(number).sum();
    assert_eq!(tasks, rows + drops, "no task disappears without a reason: {manifest}");
    assert!(drops < 0.05 * tasks, "{drops} of {tasks} tasks gave nothing: {}", manifest["drops"]);
    let mean = number(&manifest["counters"]["questions"]) / rows;
    assert!((mean - 8.9).abs() <= 0.89, "{mean} questions a picture, 8.9 within 10 % are expected");
}
