//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::build::{self, CapBuildArgs};
use crate::import::{self, ImportArgs};
use crate::transcribe::{self, TranscribeArgs};
use crate::work::{self, WorkArgs};

/// Make dense captions from what people say about images
#[derive(Parser, Debug)]
#[command(name = "pixmo-cap", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Build(CapBuildArgs),
    Import(ImportArgs),
    Transcribe(TranscribeArgs),
    Work(WorkArgs),
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-cap",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => build::run(args, console),
            Verb::Import(args) => import::run(args, console),
            Verb::Transcribe(args) => transcribe::run(args, console),
            Verb::Work(args) => work::run(args, console),
        },
    )
}
