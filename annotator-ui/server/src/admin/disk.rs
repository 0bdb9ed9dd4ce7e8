//! How much room there is.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::http::{Json, Operator, Problem, ProblemBody};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(disk))
}

/// Room in bytes.
#[derive(Debug, Serialize, ToSchema)]
struct Disk {
    /// Free where the server keeps spool and log; none where the system does not tell.
    free_bytes: Option<u64>,
    /// All of it there.
    total_bytes: Option<u64>,
    /// Images of the campaign.
    images_bytes: i64,
    images: i64,
    /// Recordings of the campaign.
    takes_bytes: i64,
    takes: i64,
}

/// How much room there is, and what takes it.
#[utoipa::path(get, path = "/admin/disk", tag = "operator",
    responses((status = OK, body = Disk), (status = "4XX", body = ProblemBody)))]
async fn disk(State(app): State<App>, _operator: Operator) -> Result<Json<Disk>, Problem> {
    let room = rustix::fs::statvfs(&app.folder).ok();
    let (images, images_bytes): (i64, i64) =
        sqlx::query_as("SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM image")
            .fetch_one(app.db.reads())
            .await?;
    let (takes, takes_bytes): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM take WHERE status = 'finished'",
    )
    .fetch_one(app.db.reads())
    .await?;
    Ok(Json(Disk {
        free_bytes: room.as_ref().map(|room| room.f_bavail.saturating_mul(room.f_frsize)),
        total_bytes: room.as_ref().map(|room| room.f_blocks.saturating_mul(room.f_frsize)),
        images_bytes,
        images,
        takes_bytes,
        takes,
    }))
}
