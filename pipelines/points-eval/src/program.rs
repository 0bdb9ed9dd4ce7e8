//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::build::{self, PointsEvalBuildArgs};

/// Make the test set for pointing, of what people pointed at and checked
#[derive(Parser, Debug)]
#[command(name = "pixmo-points-eval", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Build(PointsEvalBuildArgs),
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-points-eval",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => build::run(args, console),
        },
    )
}
