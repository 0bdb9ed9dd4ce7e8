//! The rows of a person who is erased.

use serde_json::json;

use super::{Proof, detail_of};
use crate::App;
use crate::db::Tx;
use crate::export::{self};
use crate::http::Problem;
use crate::kind::Kind;
use crate::tasks::{KindChange, Shift, note_kind, shift};

/// Answers that one change blanks.
const BATCH: i64 = 500;

/// Signs a person out for good; when it was asked for.
pub(super) async fn begin(app: &App, person: &str, actor: &str) -> Result<i64, Problem> {
    let (person, actor, now_ms) = (person.to_owned(), actor.to_owned(), app.context.now_ms());
    app.db
        .write("erase.begin", async move |tx| {
            let known: Option<i64> = sqlx::query_scalar("SELECT created_ms FROM person WHERE id = $1")
                .bind(&person)
                .fetch_optional(&mut *tx)
                .await?;
            known.ok_or_else(|| Problem::missing("person"))?;
            sqlx::query(
                "INSERT INTO erasure (person, asked_ms, asked_by) VALUES ($1, $2, $3) ON CONFLICT (person) DO NOTHING",
            )
            .bind(&person)
            .bind(now_ms)
            .bind(&actor)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "UPDATE person SET login = NULL, password_hash = NULL, oidc_subject = NULL, status = 'erased', note = '', \
                 erased_ms = COALESCE(erased_ms, $1) WHERE id = $2",
            )
            .bind(now_ms)
            .bind(&person)
            .execute(&mut *tx)
            .await?;
            for statement in ["DELETE FROM session WHERE person = $1", "DELETE FROM label_used WHERE person = $1"] {
                sqlx::query(statement).bind(&person).execute(&mut *tx).await?;
            }
            sqlx::query("UPDATE consent SET withdrawn_ms = $1 WHERE person = $2 AND withdrawn_ms IS NULL")
                .bind(now_ms)
                .bind(&person)
                .execute(&mut *tx)
                .await?;
            let asked_ms: i64 = sqlx::query_scalar("SELECT asked_ms FROM erasure WHERE person = $1")
                .bind(&person)
                .fetch_one(&mut *tx)
                .await?;
            crate::events::note(tx, now_ms, &actor, "person.erase", &person, &json!({})).await?;
            Ok(asked_ms)
        })
        .await
}

/// Takes every text out of takes and answers, and the answers out of their tasks; how many answers there were.
pub(super) async fn blank(app: &App, person: &str) -> Result<u64, Problem> {
    let (whose, now_ms) = (person.to_owned(), app.context.now_ms());
    app.db
        .write("erase.takes", async move |tx| {
            sqlx::query(
                "UPDATE job SET status = 'cancelled', lease = NULL, message = NULL, ended_ms = COALESCE(ended_ms, $1) \
                 WHERE take IN (SELECT id FROM take WHERE person = $2)",
            )
            .bind(now_ms)
            .bind(&whose)
            .execute(&mut *tx)
            .await?;
            sqlx::query(
                "UPDATE take SET status = 'erased', nonce = '', granted = NULL, chain = NULL, recorded = NULL, \
                 measures = NULL, problems = '[]', transcript_status = 'none', transcript = NULL, corrected = NULL, \
                 extension = NULL, erased_ms = COALESCE(erased_ms, $1) WHERE person = $2",
            )
            .bind(now_ms)
            .bind(&whose)
            .execute(&mut *tx)
            .await?;
            for statement in [
                "DELETE FROM quality WHERE person = $1",
                "DELETE FROM gold_score WHERE person = $1",
                "DELETE FROM signal WHERE assignment IN (SELECT id FROM assignment WHERE person = $1)",
                "DELETE FROM agreement WHERE first IN (SELECT id FROM assignment WHERE person = $1)",
                "DELETE FROM agreement WHERE second IN (SELECT id FROM assignment WHERE person = $1)",
                "UPDATE review SET comment = '' WHERE assignment IN (SELECT id FROM assignment WHERE person = $1)",
                "UPDATE review SET comment = '' WHERE reviewer = $1",
            ] {
                sqlx::query(statement).bind(&whose).execute(&mut *tx).await?;
            }
            Ok(())
        })
        .await?;
    loop {
        let (whose, now_ms) = (person.to_owned(), app.context.now_ms());
        let some =
            app.db.write("erase.answers", async move |tx| blank_some(tx, &whose, now_ms).await).await?;
        if some < BATCH {
            break;
        }
    }
    // All that was ever handed in, so that an erasure that was cut off counts what it had blanked before.
    let all: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM assignment WHERE person = $1 AND submitted_ms IS NOT NULL")
            .bind(person)
            .fetch_one(app.db.reads())
            .await?;
    Ok(all.unsigned_abs())
}

async fn blank_some(tx: &mut Tx, person: &str, now_ms: i64) -> Result<i64, Problem> {
    let found: Vec<(String, i64, String, String, Option<i64>, Option<i64>)> = sqlx::query_as(
        "SELECT a.id, a.task, a.kind, a.status, a.submitted_ms, a.exported_ms FROM assignment a WHERE a.person = $1 \
         AND (a.answer IS NOT NULL OR a.draft IS NOT NULL OR a.skip_note IS NOT NULL \
         OR a.status IN ('leased', 'submitted', 'approved', 'returned', 'rejected')) ORDER BY a.id LIMIT $2",
    )
    .bind(person)
    .bind(BATCH)
    .fetch_all(&mut *tx)
    .await?;
    let count = found.len() as i64;
    let mut next = export::next_of(&mut *tx, export::ERASED).await?;
    for (id, task, kind, status, submitted_ms, exported_ms) in found {
        let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
        let was_returned = submitted_ms.is_some();
        let (moved, mut change, after) = leave(&status, was_returned);
        let (of_task, _) = shift(&mut *tx, task, moved).await?;
        change.open += of_task.open;
        change.complete += of_task.complete;
        change.leased += of_task.leased;
        note_kind(&mut *tx, kind, change).await?;
        sqlx::query(
            "UPDATE assignment SET status = $1, answer = NULL, draft = NULL, skip_note = NULL, receipt_wanted = 0, \
             review_wanted = 0, ended_ms = $2, exported_ms = CASE WHEN exported_ms IS NULL THEN NULL ELSE $2 END \
             WHERE id = $3",
        )
        .bind(after)
        .bind(now_ms)
        .bind(&id)
        .execute(&mut *tx)
        .await?;
        close_tasks_made_from(&mut *tx, &id).await?;
        if exported_ms.is_some() {
            let take: Option<String> = sqlx::query_scalar(
                "SELECT id FROM take WHERE assignment = $1 AND sha256 IS NOT NULL ORDER BY finished_ms DESC LIMIT 1",
            )
            .bind(&id)
            .fetch_optional(&mut *tx)
            .await?;
            let take = take.filter(|_| kind == Kind::Cap);
            export::tombstone(&mut *tx, next, &id, take.as_deref(), "erased", now_ms).await?;
            next += 1;
        }
        // Its lines are gone from the files, and must not be written again by an export that was cut off.
        sqlx::query("DELETE FROM export_line WHERE assignment = $1 AND kind <> $2")
            .bind(&id)
            .bind(export::ERASED)
            .execute(&mut *tx)
            .await?;
    }
    Ok(count)
}

/// What an answer that goes changes in its task and its kind, and what it is then.
fn leave(status: &str, was_returned: bool) -> (Shift, KindChange, &'static str) {
    let mut change = KindChange::default();
    let gone = Shift { kept: -1, ..Shift::default() };
    match status {
        "leased" if was_returned => {
            change.leased = -1;
            change.withdrawn = 1;
            (gone, change, "withdrawn")
        }
        "leased" => (Shift { leased: -1, ..Shift::default() }, change, "released"),
        "submitted" | "approved" | "returned" => {
            match status {
                "submitted" => change.submitted = -1,
                "approved" => change.approved = -1,
                _ => change.returned = -1,
            }
            change.withdrawn = 1;
            (gone, change, "withdrawn")
        }
        "rejected" => {
            change.rejected = -1;
            change.withdrawn = 1;
            (Shift::default(), change, "withdrawn")
        }
        "skipped" => (Shift::default(), change, "skipped"),
        "withdrawn" => (Shift::default(), change, "withdrawn"),
        _ => (Shift::default(), change, "released"),
    }
}

/// Tasks in which others look at what the person pointed at end, and show nothing any more.
async fn close_tasks_made_from(tx: &mut Tx, assignment: &str) -> Result<(), Problem> {
    let made: Vec<(i64, String)> = sqlx::query_as("SELECT id, kind FROM task WHERE made_from = $1")
        .bind(assignment)
        .fetch_all(&mut *tx)
        .await?;
    for (task, kind) in made {
        let kind: Kind = kind.parse().map_err(|error| Problem::bug(format!("{error}")))?;
        let (change, _) = shift(&mut *tx, task, Shift { pause: Some(true), ..Shift::default() }).await?;
        note_kind(&mut *tx, kind, change).await?;
        let payload: String = sqlx::query_scalar("SELECT payload FROM task WHERE id = $1")
            .bind(task)
            .fetch_one(&mut *tx)
            .await?;
        let mut payload: serde_json::Value = serde_json::from_str(&payload)?;
        if let Some(points) = payload.get_mut("points") {
            *points = json!([]);
        }
        sqlx::query("UPDATE task SET payload = $1 WHERE id = $2")
            .bind(payload.to_string())
            .bind(task)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Notes that it is done.
pub(super) async fn end(
    app: &App,
    person: &str,
    actor: &str,
    proof: &Proof,
    now_ms: i64,
) -> Result<(), Problem> {
    let (person, actor, detail) = (person.to_owned(), actor.to_owned(), detail_of(proof));
    let text = serde_json::to_string(proof)?;
    app.db
        .write("erase.end", async move |tx| {
            sqlx::query("UPDATE erasure SET done_ms = $1, proof = $2 WHERE person = $3")
                .bind(now_ms)
                .bind(&text)
                .bind(&person)
                .execute(&mut *tx)
                .await?;
            crate::events::note(tx, now_ms, &actor, "person.erased", &person, &detail).await
        })
        .await
}
