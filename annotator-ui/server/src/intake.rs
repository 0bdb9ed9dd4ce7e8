//! The verbs that prepare a campaign on the machine that serves it: images, tasks, a first token.
//!
//! They write into the database themselves, so the server must not run meanwhile; while it runs,
//! `pixmo-annotate admin` asks it.

use std::path::{Path, PathBuf};

use axum::body::Body;
use bytes::Bytes;
use clap::Args;
use futures::stream;
use pixmo_console::{Console, Ending, Failure, env};
use pixmo_shards::{Hold, Location, Lock};

use crate::App;
use crate::images::{import_dataset, import_folder};
use crate::people::{Scope, tokens};
use crate::program::{CampaignArgs, failed, open, runtime};
use crate::tasks::{Imported, import};

/// Bytes of a file that are read at once.
const PIECE_BYTES: usize = 1 << 20;

/// Take images in: a folder of pictures, or the dataset `images`
///
/// Example: pixmo-annotate images photos/ --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct ImagesArgs {
    /// A folder of pictures, or a finished dataset `images` (a folder or address with a manifest)
    #[arg(value_name = "FROM")]
    from: String,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// Take tasks in: a file with one JSON object a line
///
/// Example: pixmo-annotate tasks tasks.jsonl --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct TasksArgs {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// The lock that says that nobody else changes the campaign, with the campaign.
async fn alone(campaign: &CampaignArgs) -> Result<(App, Lock), Failure> {
    let (name, settings) = campaign.read()?;
    let app = open(&name, settings).await?;
    let taken = Lock::attempt(&app.folder.join("lock"), Hold::Alone);
    let taken =
        taken.map_err(|error| Failure::world("cannot lock the campaign").cause(&error).hint(error.hint()))?;
    let lock = taken.ok_or_else(|| {
        Failure::request("the campaign is being served")
            .at(app.folder.display().to_string())
            .hint("stop the server first, or ask it: `pixmo annotate admin import` and `admin token`")
    })?;
    Ok((app, lock))
}

/// Runs the verb `images`.
pub(crate) fn images(console: &Console, args: &ImagesArgs) -> Result<Ending, Failure> {
    runtime()?.block_on(async {
        let (app, _lock) = alone(&args.campaign).await?;
        let place = Location::parse(&args.from, &env::object_store_options())
            .map_err(|error| Failure::request("cannot understand the place of the images").cause(&error))?;
        let is_dataset = place.exists("manifest.json");
        let is_dataset = is_dataset.map_err(|error| {
            Failure::world("cannot look for the images")
                .cause(&error)
                .at(args.from.clone())
                .hint(error.hint())
        })?;
        let imported = match (is_dataset, place.local_folder()) {
            (false, Some(folder)) => import_folder(&app, "server", folder).await?,
            _ => import_dataset(&app, console, "server", place).await?,
        };
        for (file, why) in &imported.refused {
            console.warn(format!("`{}` is no picture: {why}", file.display()), None);
        }
        for image in &imported.images {
            console.data_line(image)?;
        }
        console.say(format!("{} images", imported.images.len()));
        app.db.clone().close().await;
        Ok(if imported.refused.is_empty() { Ending::Good } else { Ending::NotAllGood })
    })
}

/// Runs the verb `tasks`.
pub(crate) fn tasks(console: &Console, args: &TasksArgs) -> Result<Ending, Failure> {
    runtime()?.block_on(async {
        let (app, _lock) = alone(&args.campaign).await?;
        let body = pieces_of(&args.file).await?;
        let imported = import(&app, "server", body).await.map_err(|problem| {
            Failure::world("cannot take all tasks in")
                .because(problem.log_text())
                .hint("run the same command again; what is there is passed over")
        })?;
        app.db.clone().close().await;
        tell_imported(console, &args.file, &imported)
    })
}

/// Tells what became of an import, each refused line with its place.
pub(crate) fn tell_imported(console: &Console, file: &Path, imported: &Imported) -> Result<Ending, Failure> {
    for refused in &imported.refusals {
        let place = format!("{}:{}", file.display(), refused.line);
        console.warn(format!("{place}: `{}`: {}", refused.field, refused.message), None);
    }
    console.data_json(imported)?;
    Ok(if imported.refused == 0 { Ending::Good } else { Ending::NotAllGood })
}

/// Make a token for a program, on the machine of a server that does not run: the first one, for `admin`
///
/// While the server runs, `pixmo-annotate admin token` and the page of invitations make them.
///
/// Example: pixmo-annotate token laptop --scope operator --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct TokenArgs {
    /// What it is for
    #[arg(value_name = "NAME")]
    name: String,
    /// What it may do
    #[arg(long, value_parser = ["worker", "operator"], default_value = "operator")]
    scope: String,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// Runs the verb `token`.
pub(crate) fn token(console: &Console, args: &TokenArgs) -> Result<Ending, Failure> {
    let scope = if args.scope == "worker" { Scope::Worker } else { Scope::Operator };
    runtime()?.block_on(async {
        let (app, _lock) = alone(&args.campaign).await?;
        let made = tokens::issue(&app, "server", &args.name, scope).await;
        let token = made.map_err(|problem| failed("make a token", &problem))?;
        app.db.clone().close().await;
        console.data_line(&token)?;
        Ok(Ending::Good)
    })
}

/// A file as a stream of pieces, so that it is never in memory as a whole.
pub(crate) async fn pieces_of(path: &Path) -> Result<Body, Failure> {
    let file = tokio::fs::File::open(path).await.map_err(|error| {
        Failure::request("cannot read the tasks").cause(&error).at(path.display().to_string())
    })?;
    let pieces = stream::try_unfold(file, async |mut file| {
        use tokio::io::AsyncReadExt as _;
        let mut piece = vec![0; PIECE_BYTES];
        let length = file.read(&mut piece).await?;
        piece.truncate(length);
        Ok::<_, std::io::Error>((length > 0).then(|| (Bytes::from(piece), file)))
    });
    Ok(Body::from_stream(pieces))
}
