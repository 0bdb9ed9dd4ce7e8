//! Sibling programs: found next to the running one, then in `PATH`; run with the exit code passed through.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::Ending;
use crate::{Failure, env};

/// Where the program `name` lies: next to the running one, then in the folders of `PATH`; `None` if it is in neither.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.to_owned()));
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    beside
        .into_iter()
        .chain(env::path_folders())
        .map(|folder| folder.join(&file))
        .find(|path| is_program(path))
}

/// Runs `program` with `arguments` in place of the running one: same terminal, same signals, its exit code.
///
/// Where the system can replace a process this never returns on success; elsewhere it waits.
///
/// # Errors
/// The program cannot be run.
pub fn exec_or_wait(program: &Path, arguments: &[OsString]) -> Result<Ending, Failure> {
    let mut command = Command::new(program);
    command.args(arguments);
    replace(&mut command).map_err(|error| {
        Failure::world(format!("cannot run `{}`", program.file_name().unwrap_or_default().display()))
            .cause(&error)
            .at(program.display().to_string())
    })
}

#[cfg(unix)]
fn replace(command: &mut Command) -> std::io::Result<Ending> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> std::io::Result<Ending> {
    let status = command.status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(Ending::AsChild(code.unwrap_or(crate::Kind::World.exit_code())))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
