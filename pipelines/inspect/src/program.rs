//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::sample::{self, SampleArgs};
use crate::stats::{self, StatsArgs};
use crate::status::{self, StatusArgs};
use crate::verify::{self, VerifyArgs};

/// Look at finished data: status, verify, sample, stats
#[derive(Parser, Debug)]
#[command(name = "pixmo-inspect", version, subcommand_required = true, arg_required_else_help = true)]
pub struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Status(StatusArgs),
    Verify(VerifyArgs),
    Sample(Box<SampleArgs>),
    Stats(StatsArgs),
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-inspect",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Status(args) => status::run(args, console),
            Verb::Verify(args) => verify::run(args, console),
            Verb::Sample(args) => sample::run(args, console),
            Verb::Stats(args) => stats::run(args, console),
        },
    )
}
