//! The SVG of a picture, drawn once more by the program that drew it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use pixmo_console::{Ending, Failure, program};

use crate::place::Place;

/// The program that draws pictures of `docs` again.
const PROGRAM: &str = "pixmo-docs";

/// Prints the SVG of one picture to standard output.
pub(crate) fn print(place: &Place, id: &str) -> Result<Ending, Failure> {
    program::exec_or_wait(&found()?, &arguments(place, id))
}

/// The SVG of one picture.
pub(crate) fn draw(place: &Place, id: &str) -> Result<Vec<u8>, Failure> {
    let output = Command::new(found()?)
        .args(arguments(place, id))
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| Failure::world(format!("cannot run `{PROGRAM}`")).cause(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Failure::world(format!("`{PROGRAM}` could not draw `{id}` again")).because(words.trim()))
}

fn found() -> Result<PathBuf, Failure> {
    program::find(PROGRAM).ok_or_else(|| {
        Failure::request(format!("program `{PROGRAM}` is not installed, and it alone draws SVG"))
            .because("it is neither next to this program nor in PATH")
            .hint(format!("cargo build --release -p {PROGRAM}"))
    })
}

fn arguments(place: &Place, id: &str) -> Vec<OsString> {
    ["redraw", id, "--in", place.location().address()].map(OsString::from).into()
}
