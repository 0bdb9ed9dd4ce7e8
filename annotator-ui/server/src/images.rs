//! Images: rows in the database, bytes in the store. They are shown to whoever has a task with them, and never fetched from
//! the network.

mod import;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pixmo_shards::OriginalError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use import::{import_dataset, import_folder};

use crate::App;
use crate::http::{Path, Problem, ProblemBody, Who};
use crate::people::Role;

/// An image as a task shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ImageRef {
    /// The SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// Where its bytes are, on this server.
    pub(crate) url: String,
    /// Width in pixels, upright.
    pub(crate) width: i64,
    /// Height in pixels, upright.
    pub(crate) height: i64,
}

impl ImageRef {
    /// The image with this hash and size.
    pub(crate) fn new(sha256: String, width: i64, height: i64) -> ImageRef {
        ImageRef { url: format!("/api/v1/images/{sha256}"), sha256, width, height }
    }
}

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show))
}

/// The bytes of an image, for whoever has a task with it, reviews, or runs the campaign.
#[utoipa::path(get, path = "/images/{sha256}", tag = "person", params(("sha256" = String, Path)),
    responses((status = OK, body = Vec<u8>, content_type = "image/*"), (status = "4XX", body = ProblemBody)))]
async fn show(State(app): State<App>, who: Who, Path(sha256): Path<String>) -> Result<Response, Problem> {
    let missing = || Problem::missing("image");
    let mut hash = [0; 32];
    if sha256.len() != 64 || hex::decode_to_slice(&sha256, &mut hash).is_err() {
        return Err(missing());
    }
    let sees_all = who.is(Role::Reviewer) || who.is(Role::Operator);
    if !sees_all {
        let has: Option<i64> = sqlx::query_scalar(
            "SELECT a.task FROM task t JOIN assignment a ON a.task = t.id AND a.person = $2 \
             WHERE t.image = $1 LIMIT 1",
        )
        .bind(&sha256)
        .bind(&who.person)
        .fetch_optional(app.db.reads())
        .await?;
        has.ok_or_else(missing)?;
    }
    let row: Option<(String, String)> =
        sqlx::query_as("SELECT extension, media_type FROM image WHERE sha256 = $1")
            .bind(&sha256)
            .fetch_optional(app.db.reads())
            .await?;
    let (extension, media_type) = row.ok_or_else(missing)?;
    let store = app.clone();
    let read = tokio::task::spawn_blocking(move || store.images.read(&hash, &extension));
    let bytes = match read.await.map_err(|error| Problem::bug(error.to_string()))? {
        Ok(bytes) => Bytes::from(bytes),
        Err(error @ (OriginalError::Missing { .. } | OriginalError::Damaged { .. })) => {
            return Err(Problem::bug(error.to_string()));
        }
        Err(OriginalError::Location(error)) => {
            return Err(
                Problem::unavailable("the store of images cannot be reached").cause(error.to_string())
            );
        }
    };
    let mut response = (StatusCode::OK, bytes).into_response();
    let headers = response.headers_mut();
    let media_type = HeaderValue::from_str(&media_type)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    // What lies under a hash does not change; others on the same machine must not be given it.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    Ok(response)
}
