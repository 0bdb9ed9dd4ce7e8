//! The verbs of `pixmo-annotate`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use pixmo_campaign::Campaign;
use pixmo_console::{Console, ConsoleArgs, Ending, Failure, Kind};

use crate::context::Context;
use crate::settings::Settings;
use crate::{App, OpenError, Server, people};

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
    /// Serve the page and its API until interrupted
    Serve(ServeArgs),
}

/// Where the campaign is described.
#[derive(Debug, Args)]
pub(crate) struct CampaignArgs {
    /// The campaign file; every setting has a default without one
    #[arg(long, value_name = "FILE")]
    pub(crate) campaign: Option<PathBuf>,
}

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
            Verb::Serve(args) => serve(console, args),
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

fn serve(console: &Console, args: &ServeArgs) -> Result<Ending, Failure> {
    let (name, mut settings) = args.campaign.read()?;
    if let Some(address) = args.address {
        settings.address = address;
    }
    runtime()?.block_on(async {
        let app = open(&name, settings).await?;
        run(console, app).await
    })
}

/// Serves until interrupted.
async fn run(console: &Console, app: App) -> Result<Ending, Failure> {
    let address = app.settings.address;
    let server = Server::start(app).await.map_err(|error| {
        Failure::world(format!("cannot listen on `{address}`"))
            .cause(&error)
            .hint("another server may be running there; `--address 127.0.0.1:0` takes any free port")
    })?;
    let public = server.app().public_address();
    console.say(format!("serving `{}` at {public}", server.app().campaign));
    let link = people::first_operator_link(server.app(), &public).await;
    if let Some(link) = link.map_err(|problem| Failure::world(problem.log_text().to_owned()))? {
        console.say(format!("no operator yet; this link makes one, once:\n  {link}"));
    }
    let interrupt = console.interrupt();
    while !interrupt.is_requested() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    server.stop().await.map_err(|error| Failure::world("the server ended badly").cause(&error))?;
    console.say("stopped; nothing that was acknowledged is lost");
    Ok(Ending::Good)
}
