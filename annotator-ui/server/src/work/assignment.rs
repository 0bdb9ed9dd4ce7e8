//! A task in the hands of one person: what the page shows of it, and what a change needs to know.

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use utoipa::ToSchema;

use super::hooks;
use crate::App;
use crate::context::rfc3339;
use crate::db::Tx;
use crate::http::Problem;
use crate::images::ImageRef;
use crate::kind::Kind;
use crate::settings::KindLimits;
use crate::takes::Take;
use crate::tasks::{KindChange, Shift, note_kind, shift};

/// A task in somebody's hands, as its page shows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Assignment {
    /// The id, `a-…`.
    pub id: String,
    /// The number of the task.
    pub task: i64,
    /// The kind of work.
    pub kind: Kind,
    /// When the lease ends without a sign of life.
    pub lease_until: String,
    /// How long a lease holds.
    pub lease_secs: u32,
    /// The image.
    pub image: ImageRef,
    /// What is asked; its form follows from the kind.
    #[schema(value_type = Object)]
    pub payload: Box<RawValue>,
    /// The limits that the server holds to.
    pub limits: KindLimits,
    /// Seconds of active time so far.
    pub active_secs: i64,
    /// What was being written.
    pub draft: Option<Draft>,
    /// Why a reviewer gave it back.
    pub returned: Option<Returned>,
    /// The takes of this assignment.
    pub takes: Vec<Take>,
}

/// An answer that is being written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Draft {
    /// Which one it is; the next one is based on it.
    pub revision: i64,
    /// As it was sent.
    #[schema(value_type = Object)]
    pub answer: Box<RawValue>,
}

/// Why a reviewer gave an answer back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Returned {
    /// What the reviewer wrote.
    pub comment: String,
    /// The reasons they chose.
    pub reasons: Vec<String>,
}

/// What is read of an assignment to show it.
const SHOWN: &str = "SELECT a.id, a.task, a.kind, a.lease_until_ms, a.active_ms, a.draft, a.draft_revision, a.answer, \
    a.submitted_ms, t.image, t.payload, i.width, i.height FROM assignment a JOIN task t ON t.id = a.task \
    JOIN image i ON i.sha256 = t.image WHERE a.id = $1";

fn raw(text: String) -> Result<Box<RawValue>, Problem> {
    Ok(RawValue::from_string(text)?)
}

/// An assignment as its page shows it.
pub(super) async fn shown(app: &App, tx: &mut Tx, id: &str) -> Result<Assignment, Problem> {
    let row = sqlx::query(SHOWN).bind(id).fetch_optional(&mut *tx).await?;
    let row = row.ok_or_else(|| Problem::missing("assignment"))?;
    let kind = kind_of(&row)?;
    let submitted_ms: Option<i64> = row.try_get("submitted_ms")?;
    let (draft, answer): (Option<String>, Option<String>) = (row.try_get("draft")?, row.try_get("answer")?);
    let revision = row.try_get("draft_revision")?;
    // What a reviewer gave back is gone on with from what was handed in.
    let draft = draft.or(answer).map(|answer| Ok::<_, Problem>(Draft { revision, answer: raw(answer)? }));
    let returned = match submitted_ms {
        Some(_) => last_return(tx, id).await?,
        None => None,
    };
    let mut limits = app.settings.limits(kind);
    limits.quota_per_day = None;
    Ok(Assignment {
        takes: hooks::takes_of(app, kind, id).await?,
        id: row.try_get("id")?,
        task: row.try_get("task")?,
        kind,
        lease_until: rfc3339(row.try_get("lease_until_ms")?),
        lease_secs: limits.lease_secs,
        image: ImageRef::new(row.try_get("image")?, row.try_get("width")?, row.try_get("height")?),
        payload: raw(row.try_get("payload")?)?,
        active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
        limits,
        draft: draft.transpose()?,
        returned,
    })
}

fn kind_of(row: &AnyRow) -> Result<Kind, Problem> {
    let kind: String = row.try_get("kind")?;
    kind.parse().map_err(|error| Problem::bug(format!("{error}")))
}

async fn last_return(tx: &mut Tx, assignment: &str) -> Result<Option<Returned>, Problem> {
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT comment, reasons FROM review WHERE assignment = $1 AND decision = 'return' \
         ORDER BY at_ms DESC LIMIT 1",
    )
    .bind(assignment)
    .fetch_optional(tx)
    .await?;
    row.map(|(comment, reasons)| Ok(Returned { comment, reasons: serde_json::from_str(&reasons)? }))
        .transpose()
}

/// An assignment that its person may change now.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// The id.
    pub(crate) id: String,
    /// The task.
    pub(crate) task: i64,
    /// Its kind.
    pub(crate) kind: Kind,
    /// When there was a sign of life last.
    pub(crate) beat_ms: i64,
    /// Active time so far.
    pub(crate) active_ms: i64,
    /// Which draft is the newest.
    pub(crate) draft_revision: i64,
    /// Whether it was handed in before and given back by a reviewer.
    pub(crate) was_returned: bool,
}

/// The assignment of a person, if it is in their hands: its lease holds, or ran out without anybody else taking the task,
/// and then it is theirs again.
///
/// # Errors
/// 404 if it is not theirs; 409 `lease_lost` if somebody else has the task now; 409 `not_open` if it was handed in or
/// given back.
pub(crate) async fn held(app: &App, tx: &mut Tx, person: &str, id: &str) -> Result<Held, Problem> {
    let row = sqlx::query(
        "SELECT task, kind, status, beat_ms, active_ms, draft_revision, submitted_ms \
         FROM assignment WHERE id = $1 AND person = $2",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(&mut *tx)
    .await?
    .ok_or_else(|| Problem::missing("assignment"))?;
    let held = Held::of_row(id, &row)?;
    let status: String = row.try_get("status")?;
    match status.as_str() {
        "leased" => Ok(held),
        "expired" | "returned" => take_up_again(app, tx, held).await,
        _ => {
            Err(Problem::conflict("not_open", format!("this is not in your hands any more: it is {status}"))
                .with("status", status))
        }
    }
}

/// Leases an assignment anew to the person who had it.
pub(super) async fn take_up_again(app: &App, tx: &mut Tx, held: Held) -> Result<Held, Problem> {
    let now = app.context.now_ms();
    if !held.was_returned {
        // What was given back still counts for its task; what ran out has to find the task free.
        let is_open: i64 = sqlx::query_scalar("SELECT open FROM task WHERE id = $1")
            .bind(held.task)
            .fetch_one(&mut *tx)
            .await?;
        if is_open == 0 {
            return Err(Problem::conflict(
                "lease_lost",
                "the lease ran out, and somebody else has this task now",
            )
            .hint("ask for the next task"));
        }
        let (change, _) = shift(tx, held.task, Shift { leased: 1, ..Shift::default() }).await?;
        note_kind(tx, held.kind, change).await?;
    } else {
        note_kind(tx, held.kind, KindChange { returned: -1, leased: 1, ..KindChange::default() }).await?;
    }
    let lease_until = now + i64::from(app.settings.limits(held.kind).lease_secs) * 1000;
    sqlx::query("UPDATE assignment SET status = 'leased', lease_until_ms = $1, beat_ms = $2 WHERE id = $3")
        .bind(lease_until)
        .bind(now)
        .bind(&held.id)
        .execute(&mut *tx)
        .await?;
    Ok(Held { beat_ms: now, ..held })
}

impl Held {
    /// The assignment of a row with the columns that say how it stands.
    pub(super) fn of_row(id: &str, row: &AnyRow) -> Result<Held, Problem> {
        Ok(Held {
            id: id.to_owned(),
            task: row.try_get("task")?,
            kind: kind_of(row)?,
            beat_ms: row.try_get("beat_ms")?,
            active_ms: row.try_get("active_ms")?,
            draft_revision: row.try_get("draft_revision")?,
            was_returned: row.try_get::<Option<i64>, _>("submitted_ms")?.is_some(),
        })
    }

    /// Active time with the time since the last sign of life in it, as far as it counts.
    pub(super) fn active_until(&self, now: i64, limits: &KindLimits) -> i64 {
        let since = (now - self.beat_ms).clamp(0, i64::from(limits.idle_secs_max) * 1000);
        self.active_ms + since
    }
}
