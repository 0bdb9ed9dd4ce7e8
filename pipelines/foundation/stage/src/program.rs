//! A dataset's program.

use std::marker::PhantomData;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::ConsoleArgs;

use crate::arguments::BuildArgs;
use crate::build::build;
use crate::stage::Stage;

/// The flags of a dataset's program.
#[derive(Parser)]
#[command(name = S::PROGRAM, version = S::VERSION, about = about::<S>(), subcommand_required = true)]
struct Program<S: Stage + 'static> {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
    #[arg(skip)]
    stage: PhantomData<fn() -> S>,
}

#[derive(Subcommand)]
enum Verb {
    Build(BuildArgs),
}

fn about<S: Stage>() -> String {
    format!("Make {}", S::DATASET.description())
}

/// The whole `main` of a dataset's program.
pub fn main<S: Stage + 'static>() -> ExitCode {
    pixmo_console::start(
        S::PROGRAM,
        |program: &Program<S>| &program.console,
        |program, console| match &program.verb {
            Verb::Build(args) => build::<S>(args, console),
        },
    )
}
