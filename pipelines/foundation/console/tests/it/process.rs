//! Real processes: exit codes, panics, closed pipes, signals, logs. The program is the example `faces`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const NOTICE: &str = "interrupted: finishing the tasks in flight; press Ctrl-C again to stop now";

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

fn send(signal: &str, child: &Child) {
    let kill = Command::new("kill").args([signal, child.id().to_string().as_str()]).status();
    assert!(kill.expect("kill runs").success());
}

/// A `hang` that has said that its task is in flight, so that no signal can come before it.
fn hanging(stderr: Stdio) -> Child {
    let mut child = faces(&["hang"]).stdout(Stdio::piped()).stderr(stderr).spawn().expect("runs");
    let mut said = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut said).expect("a line");
    assert_eq!(said, "a task is in flight\n");
    child
}

/// The exit code of `child`, which is killed (and has none) if it does not end by itself within twenty seconds.
fn code_of(mut child: Child) -> Option<i32> {
    for _look in 0..2000 {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().expect("a child of ours");
    child.wait().expect("an end").code()
}

#[test]
fn the_first_signal_finishes_what_is_in_flight() {
    let arguments = ["build", "--tasks", "1000000", "--task-ms", "20", "--progress", "lines"];
    for signal in ["-INT", "-TERM"] {
        let mut child = faces(&arguments).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("runs");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut heard = String::new();
        stderr.read_line(&mut heard).expect("a line");
        send(signal, &child);
        let code = code_of(child);
        stderr.read_to_string(&mut heard).expect("UTF-8");
        assert_eq!(code, Some(130), "{heard}");
        let lines: Vec<&str> = heard.lines().collect();
        // The notice stands before the end even when the signal comes before the first task.
        assert_eq!(lines[1], NOTICE, "{heard}");
        assert!(lines[2].starts_with("docs: stopped after "), "{heard}");
        let failure = [
            "interrupted: 0 of 16 shards are finished and safe",
            "  hint: run the same command again to continue",
        ];
        assert_eq!(lines[3..], failure);
    }
}

#[test]
fn the_second_signal_stops_at_once() {
    for second in ["-INT", "-TERM"] {
        let mut child = hanging(Stdio::piped());
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut heard = String::new();
        send("-INT", &child);
        stderr.read_line(&mut heard).expect("a line");
        assert_eq!(heard.trim_end(), NOTICE);
        assert_eq!(child.try_wait().expect("a child of ours"), None, "the first signal waits for the task");
        send(second, &child);
        let code = code_of(child);
        heard.clear();
        stderr.read_to_string(&mut heard).expect("UTF-8");
        assert_eq!(code, Some(130), "{heard}");
        assert_eq!(heard, "interrupted: stopped at once; run the same command again to continue\n");
    }
}

/// Once the listener said its notice itself, and a full pipe kept it from ever hearing the second signal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_takes_no_words_does_not_keep_a_run_alive() {
    // What a pipe holds on Linux: one byte more would wait for a reader, and there is none.
    const PIPE_BYTES: usize = 65_536;
    let (_reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(&[b'.'; PIPE_BYTES]).expect("room for exactly this");
    let child = hanging(writer.into());
    // Two kinds of signal: two of one kind may be delivered as one.
    send("-INT", &child);
    send("-TERM", &child);
    assert_eq!(code_of(child), Some(130));
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
