//! What work there is, for somebody's first page.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::next::quota_left;
use crate::App;
use crate::http::{Annotator, Json, Problem, ProblemBody};
use crate::kind::KINDS;
use crate::kind::Kind;
use crate::settings::KindLimits;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(overview))
}

/// What is paid, for the page.
#[derive(Debug, Serialize, ToSchema)]
struct PayShown {
    per_task_minor: u32,
    per_minute_minor: u32,
    currency: String,
}

/// A kind of work.
#[derive(Debug, Serialize, ToSchema)]
struct KindShown {
    kind: Kind,
    /// Tasks that wait for somebody.
    open: i64,
    paused: bool,
    quota_left: Option<i64>,
    mine_today: i64,
    pay: PayShown,
    limits: KindLimits,
}

/// All kinds.
#[derive(Debug, Serialize, ToSchema)]
struct Overview {
    kinds: Vec<KindShown>,
}

/// What work there is.
#[utoipa::path(get, path = "/work", tag = "annotator",
    responses((status = OK, body = Overview), (status = "4XX", body = ProblemBody)))]
async fn overview(State(app): State<App>, Annotator(who): Annotator) -> Result<Json<Overview>, Problem> {
    let mut connection = app.db.reads().acquire().await?;
    let rows: Vec<(String, i64, i64, i64)> =
        sqlx::query_as("SELECT name, open, paused, tasks FROM kind").fetch_all(&mut *connection).await?;
    let mut kinds = Vec::new();
    for kind in KINDS {
        let Some((_, open, paused, tasks)) = rows.iter().find(|(name, ..)| name == kind.name()) else {
            continue;
        };
        if *tasks == 0 {
            continue;
        }
        let (quota_left, mine_today) = quota_left(&app, &mut connection, &who.person, kind).await?;
        let limits = app.settings.limits(kind);
        kinds.push(KindShown {
            kind,
            open: *open,
            paused: *paused == 1,
            quota_left,
            mine_today,
            pay: PayShown {
                per_task_minor: limits.pay.per_task_minor,
                per_minute_minor: limits.pay.per_minute_minor,
                currency: app.settings.currency.clone(),
            },
            limits,
        });
    }
    Ok(Json(Overview { kinds }))
}
