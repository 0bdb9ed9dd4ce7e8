//! Whether the server lives, whether it can work, and its figures.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Problem;
use crate::App;

/// A name that the store is asked for; it need not be there.
const PROBE: &str = "ready";

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(healthz)).routes(routes!(readyz)).routes(routes!(metrics))
}

/// Whether the process lives.
#[utoipa::path(get, path = "/healthz", tag = "everybody", responses((status = OK, body = String)))]
async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether the server can work: the database and the store of images answer.
#[utoipa::path(get, path = "/readyz", tag = "everybody",
    responses((status = OK, body = String), (status = SERVICE_UNAVAILABLE, body = super::ProblemBody)))]
async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.is_stopping() {
        return Err(Problem::unavailable("the server is stopping"));
    }
    sqlx::query("SELECT 1").execute(app.db.reads()).await?;
    let store = app.clone();
    let asked = tokio::task::spawn_blocking(move || store.images.location().exists(PROBE)).await;
    let asked = asked.map_err(|error| Problem::bug(error.to_string()))?;
    asked.map_err(|error| Problem::unavailable("the store cannot be reached").cause(error.to_string()))?;
    Ok("ready\n")
}

/// Figures for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "everybody", responses((status = OK, body = String)))]
async fn metrics(State(app): State<App>) -> Response {
    let text = app.metrics.text(&app);
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    (StatusCode::OK, [(header::CONTENT_TYPE, media_type)], text).into_response()
}
