//! Signs of life: they keep the lease, and they are the measure of active time.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::assignment::held;
use crate::App;
use crate::context::rfc3339;
use crate::http::{Annotator, Json, Path, Problem, ProblemBody};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(beat))
}

/// A sign of life.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
struct Beat {
    /// Whether the person did anything since the last one.
    active: bool,
}

/// How long the lease holds now.
#[derive(Debug, Serialize, ToSchema)]
struct Beaten {
    lease_until: String,
    active_secs: i64,
}

/// A sign of life, every 15 seconds while the page is open. The time since the last one counts as active if the person
/// was, up to the limit of idle time.
#[utoipa::path(post, path = "/assignments/{id}/heartbeat", tag = "annotator", params(("id" = String, Path)),
    responses((status = OK, body = Beaten), (status = "4XX", body = ProblemBody)))]
async fn beat(
    State(app): State<App>,
    Annotator(who): Annotator,
    Path(id): Path<String>,
    Json(Beat { active }): Json<Beat>,
) -> Result<Json<Beaten>, Problem> {
    let state = app.clone();
    let beaten = app.db.write("work.beat", async move |tx| {
        let held = held(&state, tx, &who.person, &id).await?;
        let (now, limits) = (state.context.now_ms(), state.settings.limits(held.kind));
        let active_ms = if active { held.active_until(now, &limits) } else { held.active_ms };
        let lease_until = now + i64::from(limits.lease_secs) * 1000;
        sqlx::query("UPDATE assignment SET beat_ms = $1, active_ms = $2, lease_until_ms = $3 WHERE id = $4")
            .bind(now)
            .bind(active_ms)
            .bind(lease_until)
            .bind(&held.id)
            .execute(&mut *tx)
            .await?;
        Ok(Beaten { lease_until: rfc3339(lease_until), active_secs: active_ms / 1000 })
    });
    beaten.await.map(Json)
}
