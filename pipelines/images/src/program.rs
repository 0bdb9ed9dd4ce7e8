//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::dedup::{self, DedupArgs};
use crate::fetch::{self, FetchArgs};
use crate::hash::{self, HashArgs};
use crate::held::{self, HeldArgs};
use crate::import::{self, ImportArgs};
use crate::recheck::{self, RecheckArgs};
use crate::status::{self, StatusArgs};
use crate::takedown::{self, TakedownArgs};
use crate::whereabouts::{self, WhereArgs};

/// Take images in: fetch a list, import a folder, find what is alike
#[derive(Parser, Debug)]
#[command(name = "pixmo-images", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Fetch(FetchArgs),
    Import(ImportArgs),
    Status(StatusArgs),
    Recheck(RecheckArgs),
    Where(WhereArgs),
    Held(HeldArgs),
    Dedup(DedupArgs),
    Hash(HashArgs),
    Takedown(TakedownArgs),
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-images",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Fetch(args) => fetch::run(args, console),
            Verb::Import(args) => import::run(args, console),
            Verb::Status(args) => status::run(args, console),
            Verb::Recheck(args) => recheck::run(args, console),
            Verb::Where(args) => whereabouts::run(args, console),
            Verb::Held(args) => held::run(args, console),
            Verb::Dedup(args) => dedup::run(args, console),
            Verb::Hash(args) => hash::run(args, console),
            Verb::Takedown(args) => takedown::run(args, console),
        },
    )
}
