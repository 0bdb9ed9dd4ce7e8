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
    for of_each in ["id=\"c", "id=\"r", "id=\"i"] {
        assert_eq!(
            page.matches(&format!("<script type=\"application/json\" {of_each}")).count()
                + page.matches(&format!("<script type=\"text/plain\" {of_each}")).count(),
            5,
            "{of_each}"
        );
    }
    assert!(page.contains("Harvest of \\u003cP") && !page.contains("of <P"), "texts are escaped");
    // The bar that the second question reads is the first mark; `largest` looks at it too.
    assert!(page.contains("\"reads\":[0]") && page.contains("\"reads\":[]"));
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!elsewhere.contains("http"), "the page needs nothing from elsewhere");
    let sheet =
        pixmo_inspect::pixels::Pixels::decode(&std::fs::read(small.data().join("sheet.png")).unwrap());
    assert_eq!(sheet.unwrap().width, 5 * 340 + 20);
    let again = inspect(small.data(), &line.replace("out", "again")).output().unwrap();
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(small.data().join("again/index.html")).unwrap(), page);
}

#[test]
fn a_page_alone_of_chosen_pictures() {
    let small = Small::changed(&|_, full, _| {
        if full.image_id == "charts-train-000001" {
            full.theme = "chalk board".to_owned();
            full.language = "de".to_owned();
        }
    });
    let lines = [
        "sample docs --data . --html --progress none",
        "sample docs --data . --html=one/page.html --kind bar --language de,fr",
        "sample docs --data . --html=one/page.html --kind bar --theme plain --count 2",
        "sample docs --data . --kind bars,invoice",
        "sample docs --data . --theme chalkboard",
        "sample docs --data . --language xx",
        "sample docs --data . --kind invoice --language de",
    ];
    insta::assert_snapshot!(lines.map(|line| said(small.data(), line)).concat());
    let cards = |path: &str| {
        let page = std::fs::read_to_string(small.data().join(path)).unwrap();
        page.lines().filter(|line| line.starts_with("<script type=\"application/json\" id=\"c")).count()
    };
    assert_eq!((cards("samples/docs.html"), cards("one/page.html")), (8, 2));
    assert!(!small.data().join("samples/docs").exists(), "the page was asked for alone");
    let of_de = inspect(small.data(), "sample docs --data . --html=de.html --language de").output().unwrap();
    assert_eq!(of_de.status.code(), Some(0));
    assert_eq!(cards("de.html"), 1);
    assert!(std::fs::read_to_string(small.data().join("de.html")).unwrap().contains("charts-train-000001"));
}

#[test]
fn figures_of_a_small_dataset_are_those_that_were_counted_by_hand() {
    let small = Small::changed(&|main, full, points| {
        // Of six charts four say no, and one refers back.
        if full.family == "charts"
            && !["charts-train-000000", "charts-train-000003"].contains(&&*full.image_id)
        {
            full.questions[2].answer = "No".to_owned();
            main.questions.answer[2] = "No".to_owned();
        }
        if full.image_id == "charts-train-000004" {
            full.questions[1].follows = 0;
            full.width = 256;
        }
        if full.image_id == "other-train-000000" {
            points.questions.clear();
            points.points.clear();
            points.names.clear();
        }
    });
    let output = inspect(small.data(), "stats docs --data . --json --progress none").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.starts_with("{\"event\":\"stats\"")).unwrap();
    let found: serde_json::Value = serde_json::from_str(line).unwrap();
    let rows = &found["rows"];
    let is = |at: &str, wanted: serde_json::Value| {
        assert_eq!(rows.pointer(at), Some(&wanted), "{at} of {rows:#}");
    };
    use serde_json::json;
    is("/rows", json!(8));
    is("/questions", json!(40));
    is("/yes_no", json!({ "No": 4, "Yes": 4 }));
    is("/yes_by_kind", json!({ "compare": [4, 8] }));
    is("/option_places", json!({ "2": [8, 0] }));
    is("/unanswerable_percent", json!(20.0));
    is("/follow_ups", json!(1));
    is("/rows_with_follow_ups", json!(1));
    is("/point_questions", json!(7));
    is("/points", json!(7));
    is("/aspect_ratios", json!({ "8:5 to 5:2": 1, "5:4 to 8:5": 7 }));
    is("/first_digits", json!([8, 0, 0, 0, 0, 0, 0, 0, 0]));
    is("/open_answers/value/asked", json!(8));
    is("/words/openings/0/0", json!({ "opening": "how", "count": 16, "percent": 40.0 }));
    is("/words/openings/2/0", json!({ "opening": "how many boxes", "count": 16, "percent": 40.0 }));
    assert_eq!(found["rows_by_config"]["charts"]["yes_by_kind"], json!({ "compare": [2, 6] }));
    assert_eq!(found["rows_by_config"]["other"]["rows"], 2);
    assert_eq!(found["variety"]["these"]["pictures"], 8);
    let state = |name: &str| {
        let bars = found["bars"].as_array().unwrap();
        bars.iter().find(|bar| bar["name"] == name).unwrap_or_else(|| panic!("{name}"))["state"].clone()
    };
    assert_eq!(state("yes of yes or no"), "met");
    assert_eq!(state("yes, worst config"), "too few");
    assert_eq!(state("questions a picture"), "not met");
    assert_eq!(state("variety of pictures"), "unknown");

    // With plain pictures to compare with, the bar is met or not.
    let folder = small.data().join("plain");
    std::fs::create_dir(&folder).unwrap();
    for (name, level) in [("a", 0), ("b", 255)] {
        let picture = pixmo_inspect::pixels::Pixels::filled(40, 40, [level; 3]);
        std::fs::write(folder.join(format!("{name}.png")), picture.encode().unwrap()).unwrap();
    }
    let told = said(small.data(), "stats docs --data . --progress none --baseline plain");
    assert!(told.contains("not met  variety of pictures"), "{told}");
    assert!(told.contains("0.500 of 2 (colours 1.000, edges 0.000)"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 100), "{told}");
    std::fs::remove_file(folder.join("a.png")).unwrap();
    let told = said(small.data(), "stats docs --data . --progress none --baseline plain");
    assert!(told.contains("there are not two PNG files") && told.ends_with("exit 2\n\n"), "{told}");
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
