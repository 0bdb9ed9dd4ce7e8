//! Real processes: exit codes, panics, closed pipes, signals, logs. The program is the example `faces`.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn faces(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let folder = test.parent().and_then(|deps| deps.parent()).expect("target/<profile>/deps");
    let program: PathBuf = folder.join("examples").join("faces");
    assert!(program.is_file(), "build the examples first: cargo test -p pixmo-console");
    let mut command = Command::new(program);
    command.args(arguments).env_remove("RUST_BACKTRACE").env_remove("PIXMO_LOG").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    faces(arguments).output().expect("the program runs")
}

/// What the program wrote, without the line and column of the panic in the example.
fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8(bytes.to_owned()).expect("UTF-8");
    match text.split_once("examples/faces.rs:") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ':');
            format!("{before}examples/faces.rs{after}")
        }
        None => text,
    }
}

#[test]
fn each_ending_has_its_code_and_its_words() {
    let hows = ["request", "data", "world", "interrupted", "bug", "panic", "not-all-good"];
    let mut all = String::new();
    for how in hows {
        let output = run(&["end", how]);
        assert_eq!(text(&output.stdout), "", "{how}");
        let code = output.status.code().expect("an exit code");
        all.push_str(&format!("$ faces end {how}\n{}exit {code}\n\n", text(&output.stderr)));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn json_says_at_last_how_it_ended() {
    let mut all = String::new();
    for arguments in [
        &["end", "world", "--json"][..],
        &["end", "panic", "--json"],
        &["end", "not-all-good", "--json"],
        &["end", "--json", "wrong"],
        &["--json", "build", "--tasks", "0"],
    ] {
        let output = run(arguments);
        let stdout = text(&output.stdout);
        let last = stdout.lines().last().unwrap_or_default();
        let object: serde_json::Value = serde_json::from_str(last).expect("an object");
        assert_eq!(object["exit"], output.status.code().expect("an exit code"));
        all.push_str(&format!("$ faces {}\n{last}\n", arguments.join(" ")));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn help_and_version_are_data() {
    for arguments in [["--help"], ["--version"]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
    let output = run(&[]);
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true));
}

#[test]
fn a_reader_that_goes_away_is_a_normal_end() {
    let mut child =
        faces(&["count", "100000000"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs");
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    let status = child.wait().expect("an end");
    let mut stderr = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!((first.as_str(), status.code(), stderr.as_str()), ("0\n", Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_is_said() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has one");
    let output = faces(&["count", "10"]).stdout(full).output().expect("runs");
    assert_eq!(output.status.code(), Some(3));
    insta::assert_snapshot!(text(&output.stderr), @r"
    error: cannot write to standard output
      cause: No space left on device (os error 28)
    ");
}

/// Starts a long build, waits until it says that it began, and sends it `signals`, each after an answer.
fn interrupted(signals: &[&str]) -> (Option<i32>, String) {
    let arguments = ["build", "--tasks", "1000000", "--task-ms", "20", "--progress", "lines"];
    let task_ms_long = ["build", "--tasks", "1000000", "--task-ms", "600000", "--progress", "lines"];
    let arguments = if signals.len() > 1 { task_ms_long } else { arguments };
    let mut child = faces(&arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("runs");
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut heard = String::new();
    for signal in signals {
        stderr.read_line(&mut heard).expect("a line");
        let kill = Command::new("kill").args([signal, child.id().to_string().as_str()]).status();
        assert!(kill.expect("kill runs").success());
    }
    stderr.read_to_string(&mut heard).expect("UTF-8");
    (child.wait().expect("an end").code(), heard)
}

#[test]
fn the_first_signal_finishes_what_is_in_flight() {
    for signal in ["-INT", "-TERM"] {
        let (code, heard) = interrupted(&[signal]);
        assert_eq!(code, Some(130), "{heard}");
        let lines: Vec<&str> = heard.lines().collect();
        assert_eq!(lines[1], "interrupted: finishing the tasks in flight; press Ctrl-C again to stop now");
        assert!(lines[2].starts_with("docs: stopped after "), "{heard}");
        assert_eq!(
            lines[3..],
            [
                "interrupted: 0 of 16 shards are finished and safe",
                "  hint: run the same command again to continue"
            ]
        );
    }
}

#[test]
fn the_second_signal_stops_at_once() {
    let (code, heard) = interrupted(&["-INT", "-INT"]);
    assert_eq!(code, Some(130), "{heard}");
    let last = heard.lines().last();
    assert_eq!(last, Some("interrupted: stopped at once; run the same command again to continue"));
}

#[test]
fn each_run_has_a_log_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let logs = folder.path().join("logs");
    let arguments =
        ["build", "--tasks", "4", "--task-ms", "0", "--verbose", "--logs", logs.to_str().expect("UTF-8")];
    for runs in 1..=2 {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(std::fs::read_dir(&logs).expect("the folder").count(), runs);
    }
    for entry in std::fs::read_dir(&logs).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        assert!(name.starts_with("faces-2") && name.ends_with(".jsonl"), "{name}");
        let lines = std::fs::read_to_string(path).expect("the log");
        let objects: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("JSON lines")).collect();
        let said: Vec<&str> = objects.iter().filter_map(|object| object["message"].as_str()).collect();
        assert_eq!(said, ["font `Lora` has no glyph for `五`", "ended"]);
        assert!(objects.iter().all(|object| object["timestamp"].is_string() && object["level"].is_string()));
    }
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let plain = text(&run(&["end", "world"]).stderr);
    let never = text(&run(&["end", "world", "--color", "never"]).stderr);
    let always = text(&run(&["end", "world", "--color=always"]).stderr);
    assert!(!plain.contains('\x1b') && plain == never);
    assert!(always.contains("\x1b[1;31merror"));
    let mut stripped = String::new();
    let mut letters = always.chars();
    while let Some(letter) = letters.next() {
        if letter == '\x1b' {
            letters.by_ref().find(|letter| *letter == 'm');
        } else {
            stripped.push(letter);
        }
    }
    assert_eq!(stripped, plain);
}
