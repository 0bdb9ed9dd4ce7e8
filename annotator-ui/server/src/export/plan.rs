//! Which answers get a line next: each that was decided, once, and once more whenever something about it changed.

use sqlx::AssertSqlSafe;

use crate::App;
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;

use super::ERASED;

/// Answers that one change numbers.
const BATCH: i64 = 5000;

/// Numbers all answers of a kind that have no line yet.
pub(super) async fn plan(app: &App, kind: Kind) -> Result<(), Problem> {
    loop {
        let now_ms = app.context.now_ms();
        let planned = app.db.write("export.plan", async move |tx| plan_some(tx, kind, now_ms).await).await?;
        if planned < BATCH {
            return Ok(());
        }
    }
}

/// What a kind has to tell: decided, whole, and not told since. A spoken answer waits for its receipt.
const NEWS: &str = "a.kind = $1 AND (a.exported_ms IS NULL OR a.ended_ms > a.exported_ms) AND a.receipt_wanted = 0 \
    AND a.ended_ms IS NOT NULL";

async fn plan_some(tx: &mut Tx, kind: Kind, now_ms: i64) -> Result<i64, Problem> {
    let before = next_of(&mut *tx, kind.name()).await? - 1;
    // Numbered in one statement, since there may be millions.
    let lines = format!(
        "INSERT INTO export_line (kind, seq, assignment, at_ms) \
         SELECT $1, $2 + ROW_NUMBER() OVER (ORDER BY n.ended_ms, n.id), n.id, $3 FROM (SELECT a.id, a.ended_ms \
         FROM assignment a WHERE {NEWS} AND a.status IN ('approved', 'rejected') ORDER BY a.ended_ms, a.id LIMIT $4) AS n"
    );
    let planned = sqlx::query(AssertSqlSafe(lines))
        .bind(kind.name())
        .bind(before)
        .bind(now_ms)
        .bind(BATCH)
        .execute(&mut *tx)
        .await?
        .rows_affected() as i64;
    sqlx::query(
        "UPDATE assignment SET exported_ms = ended_ms \
         WHERE id IN (SELECT e.assignment FROM export_line e WHERE e.kind = $1 AND e.seq > $2)",
    )
    .bind(kind.name())
    .bind(before)
    .execute(&mut *tx)
    .await?;
    let withdrawn = format!(
        "SELECT a.id, a.ended_ms, a.exported_ms, (SELECT k.id FROM take k WHERE k.assignment = a.id \
         AND k.status IN ('finished', 'erased') ORDER BY k.granted_ms DESC LIMIT 1) \
         FROM assignment a WHERE {NEWS} AND a.status = 'withdrawn' ORDER BY a.ended_ms, a.id LIMIT $2"
    );
    let withdrawn: Vec<(String, i64, Option<i64>, Option<String>)> =
        sqlx::query_as(AssertSqlSafe(withdrawn)).bind(kind.name()).bind(BATCH).fetch_all(&mut *tx).await?;
    let mut next = next_of(&mut *tx, ERASED).await?;
    let gone = withdrawn.len() as i64;
    for (assignment, ended_ms, exported_ms, take) in withdrawn {
        // Nobody has to be told of what nobody was told of.
        if exported_ms.is_some() {
            tombstone(&mut *tx, next, &assignment, take.as_deref(), "withdrawn", now_ms).await?;
            next += 1;
        }
        sqlx::query("UPDATE assignment SET exported_ms = $1 WHERE id = $2")
            .bind(ended_ms)
            .bind(&assignment)
            .execute(&mut *tx)
            .await?;
    }
    Ok(planned.max(gone))
}

/// Writes down that something that was exported holds no more.
pub(crate) async fn tombstone(
    tx: &mut Tx,
    seq: i64,
    assignment: &str,
    take: Option<&str>,
    why: &str,
    now_ms: i64,
) -> Result<(), Problem> {
    sqlx::query(
        "INSERT INTO export_line (kind, seq, assignment, take, why, at_ms) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ERASED)
    .bind(seq)
    .bind(assignment)
    .bind(take)
    .bind(why)
    .bind(now_ms)
    .execute(tx)
    .await?;
    Ok(())
}

/// The number of the next line of a kind.
pub(crate) async fn next_of(tx: &mut Tx, kind: &str) -> Result<i64, Problem> {
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(seq) FROM export_line WHERE kind = $1")
        .bind(kind)
        .fetch_one(tx)
        .await?;
    Ok(last.map_or(1, |last| last + 1))
}

/// What was exported of one answer gets a new line, or a tombstone: it is another one now.
pub(crate) async fn changed(tx: &mut Tx, assignment: &str) -> Result<(), Problem> {
    sqlx::query("UPDATE assignment SET exported_ms = -1 WHERE id = $1 AND exported_ms IS NOT NULL")
        .bind(assignment)
        .execute(tx)
        .await?;
    Ok(())
}

/// What was exported of a person gets new lines: their consent is another one now.
pub(crate) async fn again(tx: &mut Tx, person: &str) -> Result<(), Problem> {
    sqlx::query("UPDATE assignment SET exported_ms = -1 WHERE person = $1 AND exported_ms IS NOT NULL")
        .bind(person)
        .execute(tx)
        .await?;
    Ok(())
}
