//! The real front with programs of ours beside it or in PATH.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

/// A folder with the front in it, and another that is PATH.
struct House {
    folder: TempDir,
    _alone: MutexGuard<'static, ()>,
}

/// One house at a time: a program that one test still writes is handed down, open, to whatever another test starts,
/// and the system does not run a file that is open for writing.
static ALONE: Mutex<()> = Mutex::new(());

impl House {
    fn new() -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["beside", "path"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        fs::copy(env!("CARGO_BIN_EXE_pixmo"), folder.path().join("beside/pixmo"))
            .expect("a copy of the front");
        House { folder, _alone: alone }
    }

    /// A program that says its place and its arguments, then does what `script` says.
    fn with(self, place: &str, name: &str, script: &str) -> Self {
        let text = format!("#!/bin/sh\nprintf '{place}/{name}'; printf ' [%s]' \"$@\"; echo\n{script}\n");
        let path = self.file(place, name);
        fs::write(&path, text).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
        self
    }

    fn file(&self, place: &str, name: &str) -> PathBuf {
        self.folder.path().join(place).join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.file("beside", "pixmo"));
        command.args(arguments).env("PATH", self.folder.path().join("path")).env_remove("PIXMO_LOG");
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, line: &str) -> Output {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.command(&words).output().expect("the front runs")
    }

    /// What a person sees of `pixmo <line>`, and the exit code.
    fn seen(&self, line: &str) -> String {
        let output = self.run(line);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).expect("UTF-8");
        let code = output.status.code().map_or("signal".to_owned(), |code| code.to_string());
        format!("$ pixmo {line}\n{}{}exit {code}\n", text(&output.stdout), text(&output.stderr))
    }
}

#[test]
fn the_program_that_knows_the_verb_is_run_with_its_flags_and_its_code() {
    let house = House::new().with("beside", "pixmo-docs", "exit 1").with("path", "pixmo-inspect", "exit 3");
    let lines = [
        "build docs --shards 256 --json",
        "sample docs --svg 7f",
        "--quiet verify docs --into s3://b/x",
        "build docs --help",
    ];
    insta::assert_snapshot!(lines.map(|line| house.seen(line)).join("\n"));
    // Words of any bytes reach the program as they are.
    let output = house.command(&["build", "docs", "a b", "", "é\n"]).output().expect("the front runs");
    assert_eq!(output.stdout, "beside/pixmo-docs [build] [a b] [] [é\n]\n".as_bytes());
}

#[test]
fn the_one_beside_goes_before_the_one_in_path_and_what_cannot_run_is_passed_over() {
    let house = House::new().with("beside", "pixmo-docs", "").with("path", "pixmo-docs", "");
    assert!(house.seen("build docs").contains("\nbeside/pixmo-docs [build]\n"));
    fs::set_permissions(house.file("beside", "pixmo-docs"), fs::Permissions::from_mode(0o644))
        .expect("permissions");
    assert!(house.seen("build docs").contains("\npath/pixmo-docs [build]\n"));
    fs::remove_file(house.file("beside", "pixmo-docs")).expect("it was there");
    fs::create_dir(house.file("beside", "pixmo-docs")).expect("a folder of that name");
    assert!(house.seen("build docs").contains("\npath/pixmo-docs [build]\n"));
}

#[test]
fn a_program_of_a_later_version_is_run_when_it_is_there() {
    let house = House::new().with("path", "pixmo-clocks", "");
    assert!(house.seen("build clocks --limit 3").contains("\npath/pixmo-clocks [build] [--limit] [3]\n"));
}

#[test]
fn missing_programs_and_wrong_words() {
    let house = House::new();
    let lines = [
        "build docs",
        "verify docs",
        "build cap",
        "build dosc",
        "build weather",
        "build --shards 256 docs",
        "biuld docs",
        "weather",
        "docs build",
        "campaign check campaign.toml",
        "--shards 256 build docs",
        "",
    ];
    insta::assert_snapshot!(lines.map(|line| house.seen(line)).join("\n"));
}

#[test]
fn help_says_what_is_installed() {
    let house = House::new().with("path", "pixmo-docs", "").with("path", "pixmo-clocks", "");
    let lines = ["help", "build", "help verify", "help wehter", "--version"];
    let all = lines.map(|line| house.seen(line)).join("\n");
    assert!(all.lines().all(|line| line.chars().count() <= 80), "{all}");
    insta::assert_snapshot!(all);
    drop(house);
    let bare = House::new().seen("help");
    assert!(bare.contains("pixmo-docs          not installed: cargo build --release -p pixmo-docs"));
}

#[test]
fn failures_come_as_json_when_asked_for() {
    let output = House::new().run("build docs --json");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("{\"event\":\"failed\",\"kind\":\"request\""), "{text}");
    assert!(text.ends_with("\"exit\":2}\n"), "{text}");
}

#[test]
fn a_signal_reaches_the_program_and_its_code_comes_back() {
    let script = "trap 'echo stopped; exit 130' INT TERM\necho ready\nwhile :; do /bin/sleep 0.05; done";
    let house = House::new().with("beside", "pixmo-docs", script);
    let mut child = house.command(&["build", "docs"]).stdout(Stdio::piped()).spawn().expect("the front runs");
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut heard = String::new();
    let mut byte = [0];
    while !heard.ends_with("ready\n") && stdout.read(&mut byte).expect("a byte") > 0 {
        heard.push(char::from(byte[0]));
    }
    let kill = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    stdout.read_to_string(&mut heard).expect("UTF-8");
    assert_eq!(child.wait().expect("an end").code(), Some(130));
    assert!(heard.ends_with("ready\nstopped\n"), "{heard}");
}

#[test]
fn a_program_that_cannot_be_run_is_said() {
    let house = House::new();
    let path = house.file("beside", "pixmo-docs");
    fs::write(&path, "#!/no/such/interpreter\n").expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("permissions");
    let seen = house.seen("build docs").replace(&path_text(house.folder.path()), "FOLDER");
    insta::assert_snapshot!(seen);
}

fn path_text(path: &Path) -> String {
    path.canonicalize().expect("it is there").display().to_string()
}
