//! The program `pixmo-docs`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use pixmo_console::ConsoleArgs;
use pixmo_docs::redraw::{RedrawArgs, redraw};
use pixmo_docs::stage::Docs;
use pixmo_stage::{BuildArgs, Stage};

/// Setting a page asks for some hundred thousand small pieces of memory; the system's allocator takes a good part of the
/// time of a picture for them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Make pictures of charts, tables, diagrams and documents with exact answers
///
/// Example: `pixmo-docs build --shards 256`
#[derive(Parser)]
#[command(name = Docs::PROGRAM, version = Docs::VERSION, subcommand_required = true)]
struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand)]
enum Verb {
    Build(BuildArgs),
    Redraw(RedrawArgs),
}

fn main() -> ExitCode {
    pixmo_console::start(
        Docs::PROGRAM,
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => pixmo_stage::build::<Docs>(args, console),
            Verb::Redraw(args) => redraw(args, console),
        },
    )
}
