//! The program `pixmo-clocks`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use pixmo_clocks::stage::Clocks;
use pixmo_console::ConsoleArgs;
use pixmo_stage::{BuildArgs, Stage};

/// Thousands of outlines are made and given back for each picture.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Make pictures of watches and clocks with the time they show
///
/// Example: `pixmo-clocks build --shards 256`
#[derive(Parser)]
#[command(name = Clocks::PROGRAM, version = Clocks::VERSION, subcommand_required = true)]
struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand)]
enum Verb {
    Build(BuildArgs),
}

fn main() -> ExitCode {
    pixmo_console::start(
        Clocks::PROGRAM,
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => pixmo_stage::build::<Clocks>(args, console),
        },
    )
}
