//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::build::{self, CountBuildArgs};

/// Make the dataset of what people counted
#[derive(Parser, Debug)]
#[command(name = "pixmo-count", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Build(CountBuildArgs),
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-count",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => build::run(args, console),
        },
    )
}
