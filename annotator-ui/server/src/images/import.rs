//! Taking images in: from a folder of files, or from the dataset `images` whose originals lie in the store already.

use std::path::{Path, PathBuf};

use pixmo_console::{Console, Failure};
use pixmo_pictures::Limits;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::App;
use crate::db::Tx;
use crate::events;
use crate::http::Problem;

/// Rows that are written together.
const BATCH_MAX: usize = 500;

/// An image to write down.
#[derive(Clone, Debug)]
struct ImageRow {
    sha256: String,
    url: Option<String>,
    width: i64,
    height: i64,
    media_type: String,
    extension: String,
    bytes: i64,
}

/// What became of an import of images.
#[derive(Clone, Debug, Default)]
pub(crate) struct ImagesImported {
    /// The hashes of all that are there now, in the order of their names.
    pub(crate) images: Vec<String>,
    /// Files that are no pictures, and why.
    pub(crate) refused: Vec<(PathBuf, String)>,
}

/// Takes in the pictures of a folder and the folders in it: the bytes go to the store under their hash.
///
/// # Errors
/// When the folder cannot be read, or store or database refuse.
pub(crate) async fn import_folder(app: &App, actor: &str, folder: &Path) -> Result<ImagesImported, Failure> {
    let files = files_below(folder)?;
    let (mut imported, mut rows) = (ImagesImported::default(), Vec::new());
    for file in files {
        let (store, path) = (app.clone(), file.clone());
        let read = tokio::task::spawn_blocking(move || look(&store, &path)).await;
        match read.map_err(|error| Failure::bug(error.to_string()))?? {
            Ok(row) => {
                imported.images.push(row.sha256.clone());
                rows.push(row);
            }
            Err(why) => imported.refused.push((file, why)),
        }
    }
    let store = app.clone();
    let synced = tokio::task::spawn_blocking(move || store.images.sync()).await;
    let synced = synced.map_err(|error| Failure::bug(error.to_string()))?;
    synced.map_err(|error| Failure::world("cannot keep the images").cause(&error).hint(error.hint()))?;
    write_all(app, actor, rows).await?;
    Ok(imported)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |path: &Path, error: &std::io::Error| {
        Failure::request("cannot read the folder of images").cause(error).at(path.display().to_string())
    };
    let (mut files, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).map_err(|error| unreadable(&next, &error))? {
            let path = entry.map_err(|error| unreadable(&next, &error))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Reads, checks and stores one file; or says why it is no picture.
fn look(app: &App, path: &Path) -> Result<Result<ImageRow, String>, Failure> {
    let at = || path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|error| Failure::world("cannot read an image").cause(&error).at(at()))?;
    let decoded = match pixmo_pictures::decode(&bytes, &Limits::default()) {
        Ok(decoded) => decoded,
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let extension = decoded.format.extension();
    app.images
        .put(&hash, extension, &bytes)
        .map_err(|error| Failure::world("cannot keep an image").cause(&error).at(at()).hint(error.hint()))?;
    Ok(Ok(ImageRow {
        sha256: hex::encode(hash),
        url: None,
        width: i64::from(decoded.width),
        height: i64::from(decoded.height),
        media_type: decoded.format.media_type().to_owned(),
        extension: extension.to_owned(),
        bytes: bytes.len() as i64,
    }))
}

/// Takes in the rows of a finished dataset `images`; their originals lie in the store.
///
/// # Errors
/// When the dataset cannot be read, an original is not in the store, or the database refuses.
pub(crate) async fn import_dataset(
    app: &App,
    console: &Console,
    actor: &str,
    location: pixmo_shards::Location,
) -> Result<ImagesImported, Failure> {
    let reader = tokio::task::spawn_blocking(move || rows_of_dataset(location)).await;
    let rows = reader.map_err(|error| Failure::bug(error.to_string()))??;
    console.say(format!("{} rows in the dataset", rows.len()));
    let imported =
        ImagesImported { images: rows.iter().map(|row| row.sha256.clone()).collect(), refused: Vec::new() };
    write_all(app, actor, rows).await?;
    Ok(imported)
}

async fn write_all(app: &App, actor: &str, rows: Vec<ImageRow>) -> Result<(), Failure> {
    let (total, now) = (rows.len(), app.context.now_ms());
    let failed =
        |problem: Problem| Failure::world("cannot write the images down").because(problem.log_text());
    for chunk in rows.chunks(BATCH_MAX) {
        let chunk = chunk.to_vec();
        let written = app.db.write("images.import", async move |tx| write(tx, &chunk, now).await).await;
        written.map_err(failed)?;
    }
    let actor = actor.to_owned();
    let detail = json!({ "images": total });
    app.db
        .write("images.noted", async move |tx| {
            events::note(tx, now, &actor, "images.import", "images", &detail).await
        })
        .await
        .map_err(failed)
}

async fn write(tx: &mut Tx, rows: &[ImageRow], now: i64) -> Result<(), Problem> {
    for row in rows {
        sqlx::query(
            "INSERT INTO image (sha256, url, width, height, media_type, extension, bytes, added_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(&row.sha256)
        .bind(&row.url)
        .bind(row.width)
        .bind(row.height)
        .bind(&row.media_type)
        .bind(&row.extension)
        .bind(row.bytes)
        .bind(now)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// The columns of the dataset that a campaign needs.
#[derive(Debug, serde::Deserialize)]
struct Columns {
    sha256: String,
    width: i32,
    height: i32,
    format: String,
    bytes: i64,
    address: Option<String>,
}

fn rows_of_dataset(location: pixmo_shards::Location) -> Result<Vec<ImageRow>, Failure> {
    let address = location.address().to_owned();
    let unreadable = |error: &pixmo_shards::ReadError| {
        Failure::from_error(pixmo_console::Kind::Request, error)
            .at(address.clone())
            .hint("`pixmo images fetch LIST` makes the dataset; it is finished when it has a manifest")
    };
    let folder = pixmo_shards::DatasetFolder::open(location).map_err(|error| unreadable(&error))?;
    let wanted = ["sha256", "width", "height", "format", "bytes", "address"];
    let mut rows = Vec::new();
    for file in folder.manifest().files() {
        let read = pixmo_shards::read_columns::<Columns>(folder.location(), file, &wanted);
        for columns in read.map_err(|error| unreadable(&error))? {
            let columns = columns.map_err(|error| unreadable(&error))?;
            let (extension, media_type) = match columns.format.as_str() {
                "jpeg" => ("jpg", "image/jpeg".to_owned()),
                "tiff" => ("tif", "image/tiff".to_owned()),
                other => (other, format!("image/{other}")),
            };
            rows.push(ImageRow {
                extension: extension.to_owned(),
                media_type,
                sha256: columns.sha256,
                url: columns.address,
                width: i64::from(columns.width),
                height: i64::from(columns.height),
                bytes: columns.bytes,
            });
        }
    }
    Ok(rows)
}
