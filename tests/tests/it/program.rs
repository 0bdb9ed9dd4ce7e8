//! The programs under test, and what they say.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of the programs: `PIXMO_BIN_DIR`, or the one that cargo built these tests in.
pub(crate) fn bin_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("PIXMO_BIN_DIR") {
        return PathBuf::from(folder);
    }
    let tests = std::env::current_exe().expect("a running program has a path");
    tests.ancestors().nth(2).expect("tests lie in `deps` in the folder of the profile").to_path_buf()
}

/// The path of a program, for example `pixmo` or `examples/write_examples`.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = bin_folder().join(name);
    let remedy = match name.strip_prefix("examples/") {
        Some(_) => "cargo build --workspace --examples",
        None => "cargo build",
    };
    assert!(
        path.is_file(),
        "the program `{name}` is missing: run `{remedy}` first\n  at: {}",
        path.display()
    );
    path
}

/// A program with nothing on its input and no setting of this machine that it would heed.
pub(crate) fn command(path: &Path) -> Command {
    let mut command = Command::new(path);
    let heeded = |name: &str| {
        ["NO_COLOR", "PIXMO_LOG"].contains(&name)
            || ["AWS_", "AZURE_", "GOOGLE_"].iter().any(|prefix| name.starts_with(prefix))
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(heeded)) {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// What a program said and how it ended.
pub(crate) struct Said {
    /// The exit code; `None` after a signal.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    pub(crate) fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("programs speak UTF-8");
        Said { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The program must have ended with this code.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Said {
        assert_eq!(self.code, Some(code), "\n{self}");
        self
    }
}

impl fmt::Display for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("a signal".to_owned(), |code| code.to_string());
        write!(out, "{}{}exit {code}", self.stdout, self.stderr)
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Said {
    match command.output() {
        Ok(output) => Said::of(output),
        Err(error) => panic!("cannot run {command:?}: {error}"),
    }
}
