//! The verbs and their flags.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::{Console, ConsoleArgs, Ending, Failure};

use crate::caption::{self, CaptionArgs};
use crate::lineage;
use crate::open::FolderArgs;
use crate::point::{self, PointArgs};
use crate::serve::{self, ServeArgs};

/// Have a Molmo say what is on pictures
#[derive(Parser, Debug)]
#[command(name = "pixmo-captioner", version, subcommand_required = true, arg_required_else_help = true)]
struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Caption(CaptionArgs),
    Point(PointArgs),
    Serve(ServeArgs),
    Lineage(LineageArgs),
}

/// Say which weights a model has, and what they were trained on
///
/// Example: `pixmo captioner lineage --model data/models/molmo-7b-d`
#[derive(clap::Args, Clone, Debug)]
struct LineageArgs {
    #[command(flatten)]
    folder: FolderArgs,
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-captioner",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::Caption(args) => caption::run(args, console),
            Verb::Point(args) => point::run(args, console),
            Verb::Serve(args) => serve::run(args, console),
            Verb::Lineage(args) => show_lineage(args, console),
        },
    )
}

fn show_lineage(args: &LineageArgs, console: &Console) -> Result<Ending, Failure> {
    let lineage = lineage::of(&args.folder.model).map_err(|error| lineage::failure(&error))?;
    console.data_json(&lineage)?;
    Ok(Ending::Good)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_fit_together() {
        Program::command().debug_assert();
    }
}
