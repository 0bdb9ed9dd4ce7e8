//! The program as people run it.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;

use crate::small::Small;

fn inspect(data: &Path, line: &str) -> Command {
    let mut command = Command::cargo_bin("pixmo-inspect").expect("the program of this crate");
    command.args(line.split_whitespace()).current_dir(data).env_remove("NO_COLOR").env("PATH", data);
    command
}

/// Standard output, standard error and exit code, without the temporary folder and the version.
fn said(data: &Path, line: &str) -> String {
    let output = inspect(data, line).output().expect("the program runs");
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&data.display().to_string(), "[data]");
        // Progress tells the time that has gone by.
        let is_progress = |line: &&str| line.contains("\"elapsed_ms\"");
        text.lines().filter(|line| !is_progress(line)).map(|line| format!("{line}\n")).collect::<String>()
    };
    let code = output.status.code().unwrap_or(-1);
    format!("$ pixmo-inspect {line}\n{}{}exit {code}\n\n", text(&output.stdout), text(&output.stderr))
}

#[test]
fn help_of_each_verb() {
    let folder = tempfile::tempdir().unwrap();
    let verbs = ["--help", "status --help", "verify --help", "sample --help", "stats --help"];
    insta::assert_snapshot!(verbs.map(|line| said(folder.path(), line)).concat());
}

#[test]
fn status_and_stats_of_a_small_dataset() {
    let small = Small::new();
    let lines = [
        "status docs --data .",
        "status --data .",
        "status docs --data . --json",
        "stats docs --data . --progress none",
        "stats docs --data . --json --config other",
        "stats docs --data . --config pies",
    ];
    insta::assert_snapshot!(lines.map(|line| said(small.data(), line)).concat());
}

#[test]
fn status_of_a_build_that_is_under_way() {
    use pixmo_shards::journal::Entry;
    use pixmo_shards::{Disk, Journal, JournalHead};
    let small = Small::new();
    std::fs::remove_file(small.path("manifest.json")).unwrap();
    std::fs::remove_file(small.path("shards/00001-of-00003.json")).unwrap();
    crate::small::begun().write(&small.location()).unwrap();
    let head = JournalHead::new("docs", 1, 3, &crate::small::begun().hash());
    let path = small.path(".work/00001.journal");
    let (mut journal, _) = Journal::open(&Disk::new(), &path, &head).unwrap();
    journal.add("charts/train/000003", &Entry::Keep(vec![1, 2, 3])).unwrap();
    let before = std::fs::read(&path).unwrap();
    insta::assert_snapshot!(said(small.data(), "status docs --data ."));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn wrong_requests() {
    let folder = tempfile::tempdir().unwrap();
    let lines = [
        "status docs",
        "status",
        "verify docs",
        "verify dosc",
        "verify ./none",
        "stats docs --data x",
        "sample docs",
        "verify docs --jobs 0",
        "verify",
        "look docs",
        "sample docs a --count 3",
    ];
    insta::assert_snapshot!(lines.map(|line| said(folder.path(), line)).concat());
}

#[test]
fn a_sample_is_pictures_with_all_that_is_known_of_them() {
    let small = Small::new();
    let line = "sample docs --data . --count 5 --seed 3 --into out --sheet sheet.png --progress none";
    let output = inspect(small.data(), line).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = small.data().join("out");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 11, "{names:?}");
    let json = names.iter().find(|name| name.ends_with(".json")).unwrap();
    let about: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join(json)).unwrap()).unwrap();
    assert_eq!(about["questions"].as_array().unwrap().len(), 5);
    assert!(about["data"]["tables"].is_array() && about["questions"][0]["program"].is_object());
    assert_eq!(about["points"][0]["points"][0]["x"], 25.0);
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    assert_eq!(page.matches("<article").count(), 5);
    assert!(page.contains("Harvest of &lt;P") && !page.contains("of <P"), "texts are escaped");
    assert!(!page.contains("http"), "the page needs nothing from elsewhere");
    let sheet =
        pixmo_inspect::pixels::Pixels::decode(&std::fs::read(small.data().join("sheet.png")).unwrap());
    assert_eq!(sheet.unwrap().width, 5 * 340 + 20);
    let again = inspect(small.data(), &line.replace("out", "again")).output().unwrap();
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(small.data().join("again/index.html")).unwrap(), page);
}

#[test]
fn one_picture_by_its_id() {
    let small = Small::new();
    let lines = [
        "sample docs other-train-000001 --data . --into one",
        "sample docs pie-train-1 --data .",
        "sample docs --data . --config other --split validation",
    ];
    insta::assert_snapshot!(lines.map(|line| said(small.data(), line)).concat());
    assert!(small.data().join("one/other-train-000001.png").is_file());
}

/// SVG comes from the program that draws, found beside this one; so this one is looked at in a folder of its own.
#[cfg(unix)]
#[test]
fn svg_comes_from_the_program_that_draws() {
    use std::os::unix::fs::PermissionsExt;
    let small = Small::new();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let program = folder.path().join("pixmo-inspect");
    std::fs::hard_link(assert_cmd::cargo::cargo_bin("pixmo-inspect"), &program).unwrap();
    let said = |line: &str| {
        let mut command = Command::new(&program);
        command.args(line.split_whitespace()).current_dir(small.data()).env("PATH", small.data());
        let output = command.output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr), output.status.code())
    };
    let line = "sample docs other-train-000001 --data . --svg";
    let (_, error, code) = said(line);
    assert_eq!(code, Some(2));
    insta::assert_snapshot!(error, @r"
    error: program `pixmo-docs` is not installed, and it alone draws SVG
      cause: it is neither next to this program nor in PATH
      hint: cargo build --release -p pixmo-docs
    ");
    let path = folder.path().join("pixmo-docs");
    std::fs::write(&path, "#!/bin/sh\nprintf '<svg>%s</svg>' \"$*\"\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let drawn = "<svg>redraw other-train-000001 --in ./shards/docs</svg>";
    assert_eq!(said(line), (drawn.to_owned(), String::new(), Some(0)));
    assert_eq!(said(&format!("{line} --into one")).2, Some(0));
    let svg = std::fs::read_to_string(small.data().join("one/other-train-000001.svg")).unwrap();
    assert_eq!(svg, drawn);
}
