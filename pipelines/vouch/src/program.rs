//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::keys::{self, KeyVerb};
use crate::logs::{self, LogVerb};
use crate::publish::{self, PublishArgs};
use crate::show::{self, ShowArgs};
use crate::verify::{self, VerifyArgs};

/// Keep and check the receipts of takes
#[derive(Parser, Debug)]
#[command(name = "pixmo-receipts", version, subcommand_required = true, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Make, show and replace keys
    #[command(subcommand)]
    Key(KeyVerb),
    /// Begin a log, add to it, take receipts back
    #[command(subcommand)]
    Log(LogVerb),
    Verify(Box<VerifyArgs>),
    Show(ShowArgs),
    Publish(PublishArgs),
}

/// The whole `main` of the program.
#[must_use]
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-receipts",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Key(verb) => keys::run(verb, console),
            Verb::Log(verb) => logs::run(verb, console),
            Verb::Verify(args) => verify::run(args, console),
            Verb::Show(args) => show::run(args, console),
            Verb::Publish(args) => publish::run(args, console),
        },
    )
}
