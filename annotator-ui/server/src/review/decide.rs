//! A reviewer's decision, and what follows from it: pay, quality, and what becomes of the task.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::events;
use crate::http::{Json, Path, Problem, ProblemBody, Reviewer};
use crate::kind::Kind;
use crate::pay::{self, Paid};
use crate::quality;
use crate::tasks::{KindChange, Shift, note_kind, shift};

/// The longest comment, in characters.
const COMMENT_CHARS_MAX: usize = 2_000;

/// Why an answer is given back or rejected.
const REASONS: [&str; 12] = [
    "too_short",
    "too_little_detail",
    "off_topic",
    "read_aloud",
    "noise",
    "wrong_language",
    "points_missing",
    "points_wrong",
    "label_wrong",
    "count_wrong",
    "duplicate",
    "other",
];

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(decide))
}

/// What a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    /// It is good.
    Approve,
    /// Whoever made it makes it better.
    Return,
    /// It does not count; the task goes to somebody else.
    Reject,
}

/// A decision.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    decision: Verdict,
    /// Why: `too_short`, `too_little_detail`, `off_topic`, `read_aloud`, `noise`, `wrong_language`, `points_missing`,
    /// `points_wrong`, `label_wrong`, `count_wrong`, `duplicate`, `other`. One or more, unless it is approved.
    #[serde(default)]
    reasons: Vec<String>,
    /// What whoever made it is told.
    #[serde(default)]
    comment: String,
}

/// What became of an answer.
#[derive(Debug, Serialize, ToSchema)]
struct Decided {
    status: String,
}

/// Decides about an answer that waits for review.
#[utoipa::path(post, path = "/review/{assignment}", tag = "reviewer", params(("assignment" = String, Path)),
    responses((status = OK, body = Decided), (status = "4XX", body = ProblemBody)))]
async fn decide(
    State(app): State<App>,
    Reviewer { actor }: Reviewer,
    Path(id): Path<String>,
    Json(Decision { decision, mut reasons, comment }): Json<Decision>,
) -> Result<Json<Decided>, Problem> {
    let comment = comment.trim().to_owned();
    if comment.chars().count() > COMMENT_CHARS_MAX {
        return Err(Problem::invalid(
            "comment",
            format!("the comment has more than {COMMENT_CHARS_MAX} characters"),
        ));
    }
    reasons.sort_unstable();
    reasons.dedup();
    if let Some(unknown) = reasons.iter().find(|reason| !REASONS.contains(&reason.as_str())) {
        return Err(Problem::invalid(
            "reasons",
            format!("unknown reason `{unknown}`: expected {}", REASONS.join(", ")),
        ));
    }
    if decision != Verdict::Approve && reasons.is_empty() {
        return Err(Problem::invalid("reasons", "say why: at least one reason is needed"));
    }
    if decision == Verdict::Return && comment.is_empty() {
        return Err(Problem::invalid("comment", "say what should be better"));
    }
    let (review_id, state) = (app.context.id("r"), app.clone());
    let (status, freed) = app
        .db
        .write("review.decide", async move |tx| {
            let row: Option<(i64, String, String, String, i64)> =
                sqlx::query_as("SELECT task, kind, person, status, active_ms FROM assignment WHERE id = $1")
                    .bind(&id)
                    .fetch_optional(&mut *tx)
                    .await?;
            let (task, kind, person, status, active_ms) = row.ok_or_else(|| Problem::missing("answer"))?;
            if person == actor {
                return Err(Problem::forbidden("nobody decides about their own work"));
            }
            if status != "submitted" {
                return Err(Problem::conflict("not_open", format!("this waits for no review: it is {status}"))
                    .with("status", status));
            }
            let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
            let now_ms = state.context.now_ms();
            let mut change = KindChange { submitted: -1, ..KindChange::default() };
            let mut open = false;
            let (status, score) = match decision {
                Verdict::Approve => {
                    change.approved = 1;
                    let work = Paid { assignment: &id, person: &person, kind, active_ms };
                    pay::pay(&state, tx, &work, now_ms).await?;
                    ("approved", 1.0)
                }
                Verdict::Return => {
                    change.returned = 1;
                    ("returned", 0.5)
                }
                Verdict::Reject => {
                    change.rejected = 1;
                    let (moved, is_open) = shift(tx, task, Shift { kept: -1, ..Shift::default() }).await?;
                    note_kind(tx, kind, moved).await?;
                    open = is_open;
                    ("rejected", 0.0)
                }
            };
            note_kind(tx, kind, change).await?;
            sqlx::query("UPDATE assignment SET status = $1, ended_ms = $2, reviewer = $3, review_until_ms = 0 WHERE id = $4")
                .bind(status)
                .bind(now_ms)
                .bind(&actor)
                .bind(&id)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "INSERT INTO review (id, assignment, reviewer, decision, reasons, comment, at_ms) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&review_id)
            .bind(&id)
            .bind(&actor)
            .bind(serde_json::to_value(decision)?.as_str())
            .bind(serde_json::to_string(&reasons)?)
            .bind(&comment)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
            quality::note(&state, tx, &person, kind, score, now_ms).await?;
            let detail = json!({ "task": task, "decision": decision, "reasons": reasons });
            events::note(tx, now_ms, &actor, "assignment.review", &id, &detail).await?;
            Ok((status.to_owned(), open.then_some((kind, task))))
        })
        .await?;
    if let Some((kind, task)) = freed {
        app.cursors.freed(kind, task);
    }
    app.metrics.count("reviews");
    Ok(Json(Decided { status }))
}
