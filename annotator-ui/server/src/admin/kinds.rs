//! Pausing a kind of work, and going on with it.

use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::events;
use crate::http::{Operator, Path, Problem, ProblemBody};
use crate::kind::Kind;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(pause)).routes(routes!(resume))
}

/// Gives nobody new tasks of a kind; what is in people's hands can be finished.
#[utoipa::path(post, path = "/admin/kinds/{kind}/pause", tag = "operator", params(("kind" = Kind, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn pause(
    State(app): State<App>,
    operator: Operator,
    Path(kind): Path<Kind>,
) -> Result<StatusCode, Problem> {
    set(&app, operator, kind, true).await
}

/// Gives tasks of a kind again.
#[utoipa::path(post, path = "/admin/kinds/{kind}/resume", tag = "operator", params(("kind" = Kind, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn resume(
    State(app): State<App>,
    operator: Operator,
    Path(kind): Path<Kind>,
) -> Result<StatusCode, Problem> {
    set(&app, operator, kind, false).await
}

async fn set(app: &App, operator: Operator, kind: Kind, paused: bool) -> Result<StatusCode, Problem> {
    let now_ms = app.context.now_ms();
    app.db
        .write("kinds.pause", async move |tx| {
            sqlx::query("UPDATE kind SET paused = $1 WHERE name = $2")
                .bind(i64::from(paused))
                .bind(kind.name())
                .execute(&mut *tx)
                .await?;
            let action = if paused { "kind.pause" } else { "kind.resume" };
            events::note(tx, now_ms, &operator.actor, action, kind.name(), &json!({})).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
