//! Python in the environments that `tests/setup.sh` makes.

use std::path::PathBuf;
use std::process::Command;

use crate::program::{Said, command, run};

/// The folder of the scripts.
pub(crate) fn scripts() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("python")
}

/// A program of one of the environments: `datasets-3.1`, `datasets-5.2` or `s3`.
pub(crate) fn tool(environment: &str, name: &str) -> Command {
    let folder = match std::env::var_os("PIXMO_PYTHON_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => {
            let home = std::env::var_os("HOME").expect("HOME is set");
            PathBuf::from(home).join(".cache/pixmo/python")
        }
    };
    let path = folder.join(environment).join("bin").join(name);
    assert!(path.is_file(), "`{name}` is missing: run `tests/setup.sh` first\n  at: {}", path.display());
    let mut command = command(&path);
    command.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONPATH").current_dir(scripts());
    command
}

/// One of our scripts.
pub(crate) fn script(environment: &str, name: &str) -> Command {
    let mut command = tool(environment, "python");
    command.arg(name);
    command
}

/// Runs one of our scripts, which must find all right.
#[track_caller]
pub(crate) fn all_right(command: &mut Command) -> Said {
    let said = run(command);
    assert_eq!(said.code, Some(0), "{command:?}\n{said}");
    said
}
