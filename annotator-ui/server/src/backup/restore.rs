//! A campaign goes on from a backup, in an empty place.

use std::path::Path;

use clap::Args;
use pixmo_console::{Console, Ending, Failure, env};
use pixmo_shards::Location;
use sha2::{Digest as _, Sha256};

use super::rows::{Filling, tables};
use super::{KEY, MANIFEST, Manifest, VERSION, objects};
use crate::db::Db;
use crate::http::Problem;
use crate::program::CampaignArgs;
use crate::settings::Settings;
use crate::takes::live::blocking;

/// Go on from a backup: its rows, recordings, images and receipts, in an empty place
///
/// The database and the store of the campaign file may be of another kind than those that were saved.
///
/// Example: pixmo-annotate restore /mnt/backup/spring --campaign campaign.toml
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// Where the backup is: a folder, or `s3://bucket/prefix`
    #[arg(value_name = "FROM")]
    from: String,
    #[command(flatten)]
    campaign: CampaignArgs,
}

/// The verb `restore`.
pub(crate) async fn command(console: &Console, args: &RestoreArgs) -> Result<Ending, Failure> {
    let (_, settings) = args.campaign.read()?;
    let manifest = run(&args.from, &settings).await;
    let manifest = manifest.map_err(|problem| crate::program::failed("restore", &problem))?;
    let rows: u64 = manifest.rows.values().sum();
    let objects: u64 = manifest.objects.values().sum();
    console
        .say(format!("`{}` of {}: {rows} rows and {objects} files are back", manifest.campaign, manifest.at));
    if !Path::new(&settings.receipts_key).exists() {
        console.say(format!(
            "the key that signs receipts was not in the backup: put it at `{}` before the server starts",
            settings.receipts_key
        ));
    }
    Ok(Ending::Good)
}

/// Restores a backup into the empty place that settings name.
///
/// # Errors
/// When it is no whole backup, or the place is not empty.
pub async fn run(from: &str, settings: &Settings) -> Result<Manifest, Problem> {
    let options = env::object_store_options();
    let parse = |address: &str| {
        Location::parse(address, &options).map_err(|error| Problem::invalid("from", error.to_string()))
    };
    let place = parse(from)?;
    let failed = |error: pixmo_shards::LocationError| Problem::conflict("not_a_backup", error.to_string());
    let read = place.clone();
    let manifest = blocking(move || read.read(MANIFEST)).await?.map_err(|error| {
        failed(error).hint("a backup has a file `backup.json`; one that was cut off has not")
    })?;
    let manifest: Manifest = serde_json::from_slice(&manifest).map_err(|error| {
        Problem::conflict("not_a_backup", format!("`{MANIFEST}` cannot be understood: {error}"))
    })?;
    if manifest.version != VERSION {
        let found = manifest.version;
        return Err(Problem::conflict(
            "not_a_backup",
            format!("the form of the backup is {found}, expected {VERSION}"),
        ));
    }
    let folder = Path::new(&settings.folder);
    let log = Location::local(folder.join("log"));
    if log.local_folder().is_some_and(Path::exists) {
        return Err(not_empty(&format!("there is a log of receipts in `{}`", settings.folder)));
    }
    let address = match settings.database.strip_prefix("secret:") {
        Some(name) => env::secret(name)
            .ok_or_else(|| Problem::invalid("database", format!("the variable `{name}` is not set")))?,
        None => settings.database.clone(),
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| Problem::invalid("folder", format!("cannot make `{}`: {error}", settings.folder)))?;
    let db = Db::open(&address, 1).await.map_err(|error| Problem::invalid("database", error.to_string()))?;
    let filled = fill(&db, &place, &manifest).await;
    db.close().await;
    filled?;
    let store = settings.store.trim_end_matches('/').to_owned();
    for name in ["takes", "images", "annotations"] {
        let (from, into) = (place.clone(), parse(&format!("{store}/{name}"))?);
        blocking(move || objects::bring(&from, name, &into)).await?.map_err(failed)?;
    }
    let (from, has_key, key) = (place, manifest.has_key, settings.receipts_key.clone());
    let brought = blocking(move || {
        objects::bring(&from, "log", &log)?;
        if has_key && !Path::new(&key).exists() {
            write_key(Path::new(&key), &from.read(KEY)?)
                .map_err(|error| pixmo_shards::LocationError::from_io("write", key, error))?;
        }
        Ok(())
    });
    brought.await?.map_err(failed)?;
    Ok(manifest)
}

fn not_empty(what: &str) -> Problem {
    Problem::conflict("not_empty", format!("the place is not empty: {what}"))
        .hint("name an empty database, folder and store in [annotate]")
}

/// Puts the rows into a database that has none.
async fn fill(db: &Db, place: &Location, manifest: &Manifest) -> Result<(), Problem> {
    let mut connection = db.reads().acquire().await?;
    let known = tables(db.engine(), &mut connection).await?;
    for table in ["person", "task", "event"] {
        let statement = format!("SELECT COUNT(*) FROM {table}");
        let count: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&mut *connection).await?;
        if count > 0 {
            return Err(not_empty(&format!("the database has {count} rows in `{table}`")));
        }
    }
    drop(connection);
    // What a first start, or a restore that was cut off, left.
    let emptied = known.clone();
    db.write("restore.empty", async move |tx| {
        for table in &emptied {
            sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await?;
        }
        Ok(())
    })
    .await?;
    let mut filling = Filling::new(known);
    for file in &manifest.rows_files {
        let (read, name) = (place.clone(), file.file.clone());
        let rows = blocking(move || read.read(&name)).await?;
        let rows = rows.map_err(|error| Problem::conflict("not_a_backup", error.to_string()))?;
        let found = hex::encode(Sha256::digest(&rows));
        if found != file.sha256 {
            let (file, expected) = (&file.file, &file.sha256);
            let message = format!("`{file}` is damaged: its sha256 is `{found}`, expected `{expected}`");
            return Err(Problem::conflict("not_a_backup", message));
        }
        for line in rows.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            filling.take(db, line).await?;
        }
    }
    if !filling.is_ended {
        return Err(Problem::conflict("not_a_backup", "the rows are cut off"));
    }
    Ok(())
}

/// Writes the key so that nobody else can read it.
fn write_key(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
