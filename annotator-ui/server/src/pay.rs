//! What people are paid: lines that follow from the rules of a kind, adjustments with a reason, and reports by month.
//!
//! All amounts are whole numbers of the smallest unit of the currency. A line is made once for each rule of an assignment,
//! and is never changed; what is wrong is made right by an adjustment.

mod report;
mod rules;

use serde_json::json;
use utoipa_axum::router::OpenApiRouter;

pub(crate) use report::period_of;

use crate::App;
use crate::db::Tx;
use crate::events;
use crate::http::Problem;
use crate::kind::Kind;
use crate::quality;
use crate::settings::PayWhen;
use crate::work::Submission;

pub(crate) fn router() -> OpenApiRouter<App> {
    report::router()
}

/// An answer was handed in: it is paid now if that is the rule, or if nobody is going to review it.
pub(crate) async fn submitted(app: &App, tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    let at_once = submission.limits.pay.when == PayWhen::Submitted || !submission.review_wanted;
    if !at_once {
        return Ok(());
    }
    let work = Paid {
        assignment: &submission.assignment,
        person: &submission.person,
        kind: submission.kind,
        active_ms: submission.active_ms,
    };
    pay(app, tx, &work, submission.now_ms).await
}

/// Work that is paid.
pub(crate) struct Paid<'a> {
    pub(crate) assignment: &'a str,
    pub(crate) person: &'a str,
    pub(crate) kind: Kind,
    pub(crate) active_ms: i64,
}

/// Writes the lines of an assignment that are not there yet.
pub(crate) async fn pay(app: &App, tx: &mut Tx, work: &Paid<'_>, now_ms: i64) -> Result<(), Problem> {
    let rules = app.settings.limits(work.kind).pay;
    let score = quality::score_of(tx, work.person, work.kind).await?;
    let mut total = 0;
    for line in rules::lines(&rules, work.active_ms, score) {
        let done = sqlx::query(
            "INSERT INTO pay_line (id, person, assignment, kind, period, rule, active_ms, minor, currency, at_ms) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (assignment, rule) DO NOTHING",
        )
        .bind(format!("{}/{}", work.assignment, line.rule))
        .bind(work.person)
        .bind(work.assignment)
        .bind(work.kind.name())
        .bind(period_of(now_ms))
        .bind(line.rule)
        .bind(work.active_ms)
        .bind(line.minor)
        .bind(&app.settings.currency)
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() > 0 {
            total += line.minor;
        }
    }
    if total > 0 {
        let detail = json!({ "minor": total, "currency": app.settings.currency });
        events::note(tx, now_ms, "server", "assignment.pay", work.assignment, &detail).await?;
    }
    Ok(())
}
