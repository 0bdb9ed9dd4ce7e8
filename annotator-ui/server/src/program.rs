//! The verbs of `pixmo-annotate`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use pixmo_campaign::Campaign;
use pixmo_console::{Console, ConsoleArgs, Ending, Failure, Kind};

use crate::context::Context;
use crate::settings::Settings;
use crate::{App, OpenError, Server, demo, intake, people, serve};

/// Run a campaign in which people speak and point
///
/// Example: pixmo-annotate serve --campaign campaign.toml
#[derive(Debug, Parser)]
#[command(name = "pixmo-annotate", version)]
struct Words {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    console: ConsoleArgs,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Serve(ServeArgs),
    Demo(demo::DemoArgs),
    Images(intake::ImagesArgs),
    Tasks(intake::TasksArgs),
    /// Write what was decided since the last time into the files that datasets are built from
    ///
    /// Example: pixmo-annotate export --campaign campaign.toml
    Export(CampaignArgs),
    Token(intake::TokenArgs),
    Admin(crate::operate::AdminArgs),
    Erase(crate::erase::EraseArgs),
    Backup(crate::backup::BackupArgs),
    Restore(crate::backup::RestoreArgs),
}

/// Where the campaign is described.
#[derive(Debug, Args)]
pub(crate) struct CampaignArgs {
    /// The campaign file; every setting has a default without one
    #[arg(long, value_name = "FILE")]
    pub(crate) campaign: Option<PathBuf>,
}

/// Serve the page and its API until interrupted
///
/// Example: pixmo-annotate serve --campaign campaign.toml
#[derive(Debug, Args)]
struct ServeArgs {
    #[command(flatten)]
    campaign: CampaignArgs,
    /// Where to listen, instead of the address in the campaign file
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<SocketAddr>,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    pixmo_console::start(
        "pixmo-annotate",
        |words: &Words| &words.console,
        |words, console| match &words.verb {
            Verb::Serve(args) => run(console, args),
            Verb::Demo(args) => demo::run(console, args),
            Verb::Images(args) => intake::images(console, args),
            Verb::Tasks(args) => intake::tasks(console, args),
            Verb::Export(args) => runtime()?.block_on(crate::export::command(console, args)),
            Verb::Token(args) => intake::token(console, args),
            Verb::Admin(args) => runtime()?.block_on(crate::operate::command(console, args)),
            Verb::Erase(args) => runtime()?.block_on(crate::erase::command(console, args)),
            Verb::Backup(args) => runtime()?.block_on(crate::backup::command(console, args)),
            Verb::Restore(args) => runtime()?.block_on(crate::backup::restore(console, args)),
        },
    )
}

impl CampaignArgs {
    /// The name of the campaign and its settings.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub(crate) fn read(&self) -> Result<(String, Settings), Failure> {
        let campaign = match &self.campaign {
            Some(file) => Campaign::read(file).map_err(crate::settings::failure_of)?,
            None => Campaign::none(),
        };
        let settings = Settings::of(&campaign)?;
        Ok((campaign.name().unwrap_or("campaign").to_owned(), settings))
    }
}

/// A runtime for a command.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("pixmo-serve")
        .build()
        .map_err(|error| Failure::world("cannot start the threads of the server").cause(&error))
}

/// The app of a campaign, for a command.
pub(crate) async fn open(name: &str, settings: Settings) -> Result<App, Failure> {
    App::open(name, settings, Context::machine()).await.map_err(|error| failure_of(&error))
}

fn failure_of(error: &OpenError) -> Failure {
    let failure = Failure::from_error(Kind::World, error);
    failure.hint("`database`, `store` and `folder` stand in [annotate] of the campaign file")
}

/// What a command could not do: a fault of the request where asking again changes nothing, else one of the world.
pub(crate) fn failed(what: &str, problem: &crate::http::Problem) -> Failure {
    let message = &problem.body.message;
    let text = format!("cannot {what}: {message}");
    let mut failure =
        if problem.status.is_client_error() { Failure::request(text) } else { Failure::world(text) };
    if problem.log_text() != message {
        failure = failure.because(problem.log_text().to_owned());
    }
    problem.body.hint.clone().into_iter().fold(failure, Failure::hint)
}

fn run(console: &Console, args: &ServeArgs) -> Result<Ending, Failure> {
    let (name, mut settings) = args.campaign.read()?;
    if let Some(address) = args.address {
        settings.address = address;
    }
    runtime()?.block_on(async {
        let app = open(&name, settings).await?;
        serve_until_interrupted(console, app).await
    })
}

async fn serve_until_interrupted(console: &Console, app: App) -> Result<Ending, Failure> {
    let server = Server::start(app).await.map_err(|error| serve::failure(&error))?;
    let public = server.app().public_address();
    console.say(format!("serving `{}` at {public}", server.app().campaign));
    let link = people::first_operator_link(server.app(), &public).await;
    if let Some(link) = link.map_err(|problem| Failure::world(problem.log_text().to_owned()))? {
        console.say(format!("no operator yet; this link makes one, once:\n  {link}"));
    }
    serve::until_interrupted(console, server).await
}
