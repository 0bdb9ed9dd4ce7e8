//! Whether the server lives, whether it can work, what it serves, and where that comes from.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{App, Problem};

/// Whether the process lives.
pub(super) async fn healthz() -> &'static str {
    "alive\n"
}

/// Whether it takes requests.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.desk.is_open() { Ok("ready\n") } else { Err(Problem::later("stopping", "the server stops", 5)) }
}

/// Figures for Prometheus.
pub(super) async fn metrics(State(app): State<App>) -> Response {
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    (StatusCode::OK, [(header::CONTENT_TYPE, media_type)], app.metrics.text(&app)).into_response()
}

/// The one model that there is.
pub(super) async fn models(State(app): State<App>) -> Json<Value> {
    Json(json!({ "object": "list", "data": [model_of(&app)] }))
}

/// A model by its name.
pub(super) async fn model(State(app): State<App>, Path(name): Path<String>) -> Result<Json<Value>, Problem> {
    if name == app.settings.name {
        return Ok(Json(model_of(&app)));
    }
    let message = format!("there is no model `{name}` here; `{}` is", app.settings.name);
    Err(Problem::new(StatusCode::NOT_FOUND, "model_not_found", message))
}

fn model_of(app: &App) -> Value {
    json!({ "id": app.settings.name, "object": "model", "created": app.created, "owned_by": "pixmo" })
}

/// What the weights are and what they were trained on.
pub(super) async fn lineage(State(app): State<App>) -> Result<Json<Value>, Problem> {
    match app.lineage() {
        None => Err(Problem::later("hashing", "the weights are still being hashed", 5)),
        Some(Ok(lineage)) => Ok(Json(json!({ "model": app.settings.name, "lineage": lineage }))),
        Some(Err(why)) => {
            let message = format!("the lineage of the weights cannot be told: {why}");
            Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "no_lineage", message))
        }
    }
}
