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
        return crate::takes::submit::check_answer(tx, submission).await;
    }
    crate::answers::check(tx, submission).await
}

/// Whether somebody has to look at an answer, whatever share is looked at.
pub(super) async fn wants_review(tx: &mut Tx, submission: &Submission) -> Result<bool, Problem> {
    match submission.kind {
        Kind::Cap if submission.gold.is_none() => crate::takes::submit::wants_review(tx, submission).await,
        _ => Ok(false),
    }
}

/// After an answer was handed in.
pub(super) async fn submitted(app: &App, tx: &mut Tx, submission: &Submission) -> Result<(), Problem> {
    if submission.kind == Kind::Cap {
        crate::takes::submit::submitted(tx, submission).await?;
    }
    crate::answers::submitted(app, tx, submission).await?;
    crate::gold::submitted(app, tx, submission).await?;
    crate::pay::submitted(app, tx, submission).await
}

/// After an assignment ended without an answer: skipped, released, expired.
pub(super) async fn ended(app: &App, tx: &mut Tx, assignment: &str) -> Result<(), Problem> {
    crate::takes::submit::ended(app, tx, assignment).await
}

/// The takes of an assignment, as its page shows them.
pub(super) async fn takes_of(app: &App, kind: Kind, assignment: &str) -> Result<Vec<Take>, Problem> {
    match kind {
        Kind::Cap => crate::takes::view::of_assignment(app, assignment).await,
        _ => Ok(Vec::new()),
    }
}
