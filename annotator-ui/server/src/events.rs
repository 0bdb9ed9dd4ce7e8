//! What happened, for good: who did what to what, when. Rows are only ever added, and no text of people stands in them.

use serde_json::Value;

use crate::db::Tx;
use crate::http::Problem;

/// Adds an event within a change.
///
/// `actor` is a pseudonym, `token:NAME` or `server`; `action` is `noun.verb` (`task.submit`); `subject` is the id of what
/// it was done to; `detail` holds ids, numbers and reasons, never texts of people.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut Tx,
    at_ms: i64,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), Problem> {
    // There is one writer, so the next number is nobody else's.
    sqlx::query(
        "INSERT INTO event (id, at_ms, actor, action, subject, detail) \
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM event",
    )
    .bind(at_ms)
    .bind(actor)
    .bind(action)
    .bind(subject)
    .bind(detail.to_string())
    .execute(tx)
    .await?;
    Ok(())
}
