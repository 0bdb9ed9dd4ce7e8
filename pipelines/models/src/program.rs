//! The verbs and their flags.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pixmo_console::{ConsoleArgs, Failure};

use crate::fetch::{self, FetchArgs};
use crate::list::{self, ListArgs};
use crate::settings::Settings;
use crate::show::{self, ShowArgs};

/// Bring the files of models here, whole and checked
#[derive(Parser, Debug)]
#[command(name = "pixmo-models", version, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Program {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Subcommand, Debug)]
enum Verb {
    List(ListArgs),
    Fetch(FetchArgs),
    Show(ShowArgs),
}

/// Flags of all verbs: where models lie.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PlaceArgs {
    /// Read settings from this file, section [models]
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Keep models in this folder, by default `models` in the data folder
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
}

impl PlaceArgs {
    /// The settings with what the flags say.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        let mut settings = Settings::read(self.campaign.as_deref())?;
        if let Some(folder) = &self.into {
            settings.folder = Some(folder.clone());
        }
        Ok(settings)
    }
}

/// The whole `main` of the program.
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-models",
        |program: &Program| &program.console,
        |program, console| match &program.verb {
            Verb::List(args) => list::run(args, console),
            Verb::Fetch(args) => fetch::run(args, console),
            Verb::Show(args) => show::run(args, console),
        },
    )
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
