//! How many people have a task, and the counters of its kind, which change together.

use sqlx::Row as _;

use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;

/// By how much the counters of a kind change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct KindChange {
    pub(crate) tasks: i64,
    pub(crate) gold: i64,
    pub(crate) open: i64,
    pub(crate) complete: i64,
    pub(crate) leased: i64,
    pub(crate) submitted: i64,
    pub(crate) approved: i64,
    pub(crate) returned: i64,
    pub(crate) rejected: i64,
    pub(crate) skipped: i64,
    pub(crate) withdrawn: i64,
    pub(crate) active_ms: i64,
}

/// Changes the counters of a kind.
pub(crate) async fn note_kind(tx: &mut Tx, kind: Kind, change: KindChange) -> Result<(), Problem> {
    if change == KindChange::default() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE kind SET tasks = tasks + $1, gold = gold + $2, open = open + $3, complete = complete + $4, \
         leased = leased + $5, submitted = submitted + $6, approved = approved + $7, returned = returned + $8, \
         rejected = rejected + $9, skipped = skipped + $10, withdrawn = withdrawn + $11, \
         active_ms = active_ms + $12 WHERE name = $13",
    )
    .bind(change.tasks)
    .bind(change.gold)
    .bind(change.open)
    .bind(change.complete)
    .bind(change.leased)
    .bind(change.submitted)
    .bind(change.approved)
    .bind(change.returned)
    .bind(change.rejected)
    .bind(change.skipped)
    .bind(change.withdrawn)
    .bind(change.active_ms)
    .bind(kind.name())
    .execute(tx)
    .await?;
    Ok(())
}

/// What becomes of a task when somebody takes it, hands it in or gives it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shift {
    /// People who have it now, more or fewer.
    pub(crate) leased: i64,
    /// Answers that count, more or fewer.
    pub(crate) kept: i64,
    /// People who passed it by, more.
    pub(crate) skips: i64,
    /// Whether it is paused from now on.
    pub(crate) pause: Option<bool>,
}

/// Changes a task and tells by how much the counters of its kind change; whether it is open now.
///
/// The caller adds its own part to the change and writes it with [`note_kind`].
pub(crate) async fn shift(tx: &mut Tx, task: i64, shift: Shift) -> Result<(KindChange, bool), Problem> {
    let row = sqlx::query(
        "SELECT leased, kept, overlap, paused, open, CASE WHEN gold IS NULL THEN 0 ELSE 1 END AS is_gold \
         FROM task WHERE id = $1",
    )
    .bind(task)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(|| Problem::bug(format!("task {task} is gone")))?;
    let value = |name: &str| row.try_get::<i64, _>(name);
    let (leased, kept, overlap, was_open) =
        (value("leased")?, value("kept")?, value("overlap")?, value("open")?);
    let is_gold = value("is_gold")? == 1;
    let paused = shift.pause.map_or(value("paused")?, i64::from);
    let (leased_now, kept_now) = ((leased + shift.leased).max(0), (kept + shift.kept).max(0));
    let open = i64::from(paused == 0 && (is_gold || leased_now + kept_now < overlap));
    sqlx::query(
        "UPDATE task SET leased = $1, kept = $2, skips = skips + $3, paused = $4, open = $5 WHERE id = $6",
    )
    .bind(leased_now)
    .bind(kept_now)
    .bind(shift.skips)
    .bind(paused)
    .bind(open)
    .bind(task)
    .execute(&mut *tx)
    .await?;
    let is_complete = |kept: i64| i64::from(!is_gold && kept >= overlap);
    let change = KindChange {
        open: open - was_open,
        complete: is_complete(kept_now) - is_complete(kept),
        leased: leased_now - leased,
        ..KindChange::default()
    };
    Ok((change, open == 1))
}
