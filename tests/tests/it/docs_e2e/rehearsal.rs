//! `--dry-run` says beforehand what a build takes.

use serde_json::Value;

use crate::finished::{BUILD_LARGE, LARGE, large};
use crate::program::run;
use crate::site::Site;

#[test]
fn a_rehearsal_is_right_within_a_tenth_and_writes_nothing() {
    let site = Site::new(LARGE);
    let said = run(&mut site.pixmo(&format!("{BUILD_LARGE} --dry-run --json"))).expect(0);
    let told = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let estimate =
        said.stdout.lines().map(told).find(|value| value["event"] == "estimate").expect("an estimate");
    assert!(!site.path("out").exists(), "nothing is written");

    let manifest = std::fs::read(large().out.join("manifest.json")).expect("a finished dataset");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    for (what, field) in [("rows", "rows"), ("tasks", "tasks"), ("bytes", "bytes")] {
        let number = |value: &Value| value.as_u64().expect("a count") as f64;
        let (said, is) = (number(&estimate[what]), number(&manifest[field]));
        assert!((said - is).abs() <= 0.1 * is, "{what}: {said} were announced, there are {is}");
    }
    let files = manifest["configs"].as_array().expect("configs").iter();
    let files: u64 = files.map(|config| config["files"].as_u64().expect("a count")).sum();
    assert_eq!(estimate["files"], Value::from(files));
    assert!(estimate["secs"].as_f64().expect("seconds") > 0.0);
}

#[test]
fn a_rehearsal_of_a_finished_dataset_has_nothing_to_do() {
    let said = run(&mut crate::site::pixmo_in(&large().site, &format!("{BUILD_LARGE} --dry-run"))).expect(0);
    assert!(said.stdout.contains("nothing to do"), "{said}");
}

/// A sample of a larger build, held to what a part of it takes: the sample is spread over all of it.
#[test]
fn people_read_a_rehearsal_as_three_lines() {
    let site = Site::new(LARGE);
    let said = run(site.pixmo(&format!("{BUILD_LARGE} --dry-run --only 15 --progress none")).arg("--quiet"));
    let said = said.expect(0);
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    for (line, word) in lines.iter().zip([" tasks would give about ", " worker", " files, into out"]) {
        assert!(line.starts_with("docs: ") && line.contains(word), "{said}");
    }
}
