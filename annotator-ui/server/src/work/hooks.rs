//! What other rooms do when something happens to an assignment: one line for each.
//!
//! All of it runs within the change that it belongs to: either everything holds, or nothing.

use serde_json::Value;

use crate::App;
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;
use crate::settings::KindLimits;
use crate::takes::Take;

/// An answer that is being handed in.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    /// The assignment.
    pub(crate) assignment: String,
    /// The task.
    pub(crate) task: i64,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Whose it is.
    pub(crate) person: String,
    /// The image.
    pub(crate) image: String,
    /// What was asked, JSON.
    pub(crate) payload: Value,
    /// The known answer, if the task is gold.
    pub(crate) gold: Option<Value>,
    /// The answer, checked.
    pub(crate) answer: Value,
    /// The limits of the kind.
    pub(crate) limits: KindLimits,
    /// Active time, all together.
    pub(crate) active_ms: i64,
    /// Whether a reviewer is to look at it.
    pub(crate) review_wanted: bool,
    /// When.
    pub(crate) now_ms: i64,
}

/// Checks an answer before anything is written; the form in which it is kept.
pub(super) async fn check(_app: &App, tx: &mut Tx, submission: &Submission) -> Result<Value, Problem> {
    if submission.kind == Kind::Cap {
        let text = |name: &str| submission.answer.get(name).and_then(Value::as_str);
        let take = text("take").ok_or_else(|| Problem::invalid("take", "the answer names no take"))?;
        let (limits, now) = (&submission.limits, submission.now_ms);
        crate::takes::submit::check(tx, &submission.assignment, take, text("corrected"), limits, now).await?;
    }
    Ok(submission.answer.clone())
}

/// After an answer was handed in.
#[expect(clippy::unused_async, reason = "rooms that write join here")]
pub(super) async fn submitted(_app: &App, _tx: &mut Tx, _submission: &Submission) -> Result<(), Problem> {
    Ok(())
}

/// After an assignment ended without an answer: skipped, released, expired.
#[expect(clippy::unused_async, reason = "rooms that write join here")]
pub(super) async fn ended(_app: &App, _tx: &mut Tx, _assignment: &str) -> Result<(), Problem> {
    Ok(())
}

/// The takes of an assignment, as its page shows them.
pub(super) async fn takes_of(app: &App, kind: Kind, assignment: &str) -> Result<Vec<Take>, Problem> {
    match kind {
        Kind::Cap => crate::takes::view::of_assignment(app, assignment).await,
        _ => Ok(Vec::new()),
    }
}

/// Whether somebody gets no work of a kind until an operator has looked.
pub(super) async fn is_held(tx: &mut Tx, person: &str, kind: Kind) -> Result<bool, Problem> {
    let held: Option<i64> = sqlx::query_scalar("SELECT held FROM quality WHERE person = $1 AND kind = $2")
        .bind(person)
        .bind(kind.name())
        .fetch_optional(tx)
        .await?;
    Ok(held == Some(1))
}
