//! The front: reads a verb and runs the program that knows it.
//!
//! `pixmo build docs --shards 256` runs `pixmo-docs build --shards 256`, found next to this program, then in PATH.
//! Flags, signals and exit codes are those of the program that runs.
//!
//! It deliberately does not know what a dataset or a flag means: it has a table of verbs, one line each, and links
//! no stage.
//!
//! Begin with `verbs`, the table; `request` reads the words of the command line, `help` prints what there is.

mod help;
mod request;
mod verbs;

use std::ffi::OsString;
use std::process::ExitCode;

use pixmo_console::{Console, ConsoleArgs, Ending, Failure, program};

use crate::request::{Errand, Request};

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let args = ConsoleArgs::glimpse(&words);
    pixmo_console::run("pixmo", &args, |console| serve(console, &words))
}

fn serve(console: &Console, words: &[OsString]) -> Result<Ending, Failure> {
    match request::read(words)? {
        Request::Help => help::show_all(console),
        Request::HelpFor(verb) => help::show_verb(console, verb),
        Request::Version => {
            console.data_line(&format!("pixmo {}", env!("CARGO_PKG_VERSION")))?;
            Ok(Ending::Good)
        }
        Request::Run(errand) => run(&errand),
    }
}

fn run(errand: &Errand) -> Result<Ending, Failure> {
    match program::find(&errand.program) {
        Some(path) => program::exec_or_wait(&path, &errand.arguments),
        None => Err(verbs::missing(&errand.program)),
    }
}
