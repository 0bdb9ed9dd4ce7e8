//! The next task for somebody.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::assignment::{self, Assignment, Held};
use super::cursors::{Found, Search};
use crate::App;
use crate::consent;
use crate::context::day_start;
use crate::db::Tx;
use crate::http::{Annotator, Json, Problem, ProblemBody, Who};
use crate::kind::{KINDS, Kind};
use crate::people::Status;
use crate::tasks::{KindChange, note_kind};

/// Assignments that one person may have at once: the one they work at and the next, loaded already, for each of two pages.
const HELD_MAX: usize = 4;
/// When it is worth asking again if there was nothing.
const RETRY_SECS: u32 = 30;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(next)).routes(routes!(current))
}

/// What somebody wants to do.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// The kinds, in order; any without it.
    #[serde(default)]
    kinds: Vec<Kind>,
    /// Assignments that the page has already; none of these is given again.
    #[serde(default)]
    besides: Vec<String>,
}

/// Why there is no task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Why {
    /// All is done, or in the hands of others.
    NothingLeft,
    /// The kinds are paused.
    Paused,
    /// The person did as much as they may today.
    Quota,
    /// The person is held until an operator has looked.
    Held,
    /// The person has to agree to the text first.
    Consent,
}

/// The next task, or why there is none.
#[derive(Debug, Serialize, ToSchema)]
struct Next {
    assignment: Option<Assignment>,
    why: Option<Why>,
    /// When it is worth asking again.
    retry_after_secs: Option<u32>,
}

/// The assignments in somebody's hands.
#[derive(Debug, Serialize, ToSchema)]
struct Current {
    assignments: Vec<Assignment>,
}

/// The next task: first what a reviewer gave back, then the first in the row that this person has not had.
#[utoipa::path(post, path = "/work/next", tag = "annotator",
    responses((status = OK, body = Next), (status = "4XX", body = ProblemBody)))]
async fn next(
    State(app): State<App>,
    Annotator(who): Annotator,
    Json(wish): Json<Wish>,
) -> Result<Json<Next>, Problem> {
    if who.status == Status::Held {
        return Ok(Json(none(Why::Held)));
    }
    let mut kinds = wish.kinds;
    if kinds.is_empty() {
        kinds = KINDS.to_vec();
    }
    let mut wants = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let gold = app.context.happens(app.settings.limits(kind).gold_share);
        wants.push(Want { kind, gold, search: app.cursors.search(&who.person, kind) });
    }
    let (id, person, state) = (app.context.id("a"), who.person.clone(), app.clone());
    let chosen = app
        .db
        .write("work.next", async move |tx| choose(&state, tx, &who, &id, &wants, &wish.besides).await)
        .await?;
    for (kind, search, found) in chosen.places {
        app.cursors.found(&person, kind, &search, found);
    }
    app.metrics.count(if chosen.assignment.is_some() { "tasks_given" } else { "tasks_wanted_in_vain" });
    Ok(Json(match chosen.assignment {
        Some(assignment) => Next { assignment: Some(assignment), why: None, retry_after_secs: None },
        None => none(chosen.why),
    }))
}

fn none(why: Why) -> Next {
    Next { assignment: None, why: Some(why), retry_after_secs: Some(RETRY_SECS) }
}

/// What is in somebody's hands, after the page was loaded again.
#[utoipa::path(get, path = "/work/current", tag = "annotator",
    responses((status = OK, body = Current), (status = "4XX", body = ProblemBody)))]
async fn current(State(app): State<App>, Annotator(who): Annotator) -> Result<Json<Current>, Problem> {
    let mut connection = app.db.reads().acquire().await?;
    let mut assignments = Vec::new();
    for (id, _) in held_by(&mut connection, &who.person).await? {
        assignments.push(assignment::shown(&app, &mut connection, &id).await?);
    }
    Ok(Json(Current { assignments }))
}

/// A kind that is wanted, and where to look for it.
#[derive(Clone, Debug)]
struct Want {
    kind: Kind,
    gold: bool,
    search: Search,
}

/// What was chosen, and how far the searches came.
struct Chosen {
    assignment: Option<Assignment>,
    why: Why,
    places: Vec<(Kind, Search, Found)>,
}

/// A task that can be given.
struct Free {
    task: i64,
    overlap: i64,
    leased: i64,
    kept: i64,
    rank: i64,
    is_gold: bool,
    /// The row of whoever gave it back, or let its lease run out: it goes on with its draft and its time.
    earlier: Option<String>,
}

async fn choose(
    app: &App,
    tx: &mut Tx,
    who: &Who,
    id: &str,
    wants: &[Want],
    besides: &[String],
) -> Result<Chosen, Problem> {
    let mut chosen = Chosen { assignment: None, why: Why::NothingLeft, places: Vec::new() };
    if !consent::given_in(tx, &who.person).await?.is_some_and(|given| given.holds(app)) {
        chosen.why = Why::Consent;
        return Ok(chosen);
    }
    let held = held_by(tx, &who.person).await?;
    let again = held.iter().find(|(id, kind)| {
        held.len() >= HELD_MAX && !besides.contains(id) && wants.iter().any(|want| want.kind == *kind)
    });
    if let Some((id, _)) = again {
        chosen.assignment = Some(assignment::shown(app, tx, id).await?);
        return Ok(chosen);
    }
    if held.len() >= HELD_MAX {
        return Err(Problem::conflict(
            "too_many_held",
            format!("you have {} tasks in hand: finish or release one first", held.len()),
        ));
    }
    let gates = gates(tx, &who.person).await?;
    for want in wants {
        let kind = want.kind;
        let Some(gate) = gates.iter().find(|gate| gate.kind == kind.name()) else { continue };
        if gate.is_paused {
            chosen.why = chosen.why.max(Why::Paused);
            continue;
        }
        if gate.is_held {
            chosen.why = chosen.why.max(Why::Held);
            continue;
        }
        if let Some(returned) = &gate.returned {
            let returned = returned_to(tx, returned, kind).await?;
            let held = assignment::take_up_again(app, tx, returned).await?;
            chosen.assignment = Some(assignment::shown(app, tx, &held.id).await?);
            return Ok(chosen);
        }
        let has_quota = app.settings.limits(kind).quota_per_day.is_some();
        if has_quota && quota_left(app, tx, &who.person, kind).await?.0 == Some(0) {
            chosen.why = chosen.why.max(Why::Quota);
            continue;
        }
        let gold = match want.gold {
            true => gold_for(tx, &who.person, kind).await?,
            false => None,
        };
        let free = match gold {
            Some(free) => Some(free),
            None => {
                let (free, found) = find(tx, &who.person, kind, &want.search).await?;
                chosen.places.push((kind, want.search.clone(), found));
                free
            }
        };
        if let Some(free) = free {
            let id = give(app, tx, who, id, kind, &free).await?;
            chosen.assignment = Some(assignment::shown(app, tx, &id).await?);
            return Ok(chosen);
        }
    }
    Ok(chosen)
}

/// The assignments in somebody's hands, the oldest first.
async fn held_by(tx: &mut Tx, person: &str) -> Result<Vec<(String, Kind)>, Problem> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, kind FROM assignment WHERE person = $1 AND status = 'leased' ORDER BY leased_ms, id",
    )
    .bind(person)
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|(id, kind)| Ok((id, kind.parse().map_err(|error| Problem::bug(format!("{error}")))?)))
        .collect()
}

/// What stands between a person and a kind of work.
struct Gate {
    kind: String,
    is_paused: bool,
    /// Until an operator has looked at their quality.
    is_held: bool,
    /// What a reviewer gave back and nobody has taken up.
    returned: Option<String>,
}

async fn gates(tx: &mut Tx, person: &str) -> Result<Vec<Gate>, Problem> {
    let rows: Vec<(String, i64, i64, Option<String>)> = sqlx::query_as(
        "SELECT k.name, k.paused, \
         COALESCE((SELECT q.held FROM quality q WHERE q.person = $1 AND q.kind = k.name), 0), \
         (SELECT a.id FROM assignment a WHERE a.person = $1 AND a.status = 'returned' AND a.kind = k.name \
          ORDER BY a.leased_ms LIMIT 1) FROM kind k",
    )
    .bind(person)
    .fetch_all(tx)
    .await?;
    let gate =
        |(kind, paused, held, returned)| Gate { kind, is_paused: paused == 1, is_held: held == 1, returned };
    Ok(rows.into_iter().map(gate).collect())
}

async fn returned_to(tx: &mut Tx, id: &str, kind: Kind) -> Result<Held, Problem> {
    let row =
        sqlx::query("SELECT id, task, beat_ms, active_ms, draft_revision FROM assignment WHERE id = $1")
            .bind(id)
            .fetch_one(tx)
            .await?;
    Ok(Held {
        id: row.try_get("id")?,
        task: row.try_get("task")?,
        kind,
        beat_ms: row.try_get("beat_ms")?,
        active_ms: row.try_get("active_ms")?,
        draft_revision: row.try_get("draft_revision")?,
        was_returned: true,
    })
}

/// How many tasks of a kind somebody may still do today, and how many they did or have in hand.
pub(super) async fn quota_left(
    app: &App,
    tx: &mut Tx,
    person: &str,
    kind: Kind,
) -> Result<(Option<i64>, i64), Problem> {
    let today = day_start(app.context.now_ms());
    let done: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM assignment WHERE person = $1 AND kind = $2 AND submitted_ms >= $3",
    )
    .bind(person)
    .bind(kind.name())
    .bind(today)
    .fetch_one(&mut *tx)
    .await?;
    let Some(quota) = app.settings.limits(kind).quota_per_day else { return Ok((None, done)) };
    let in_hand: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM assignment WHERE person = $1 AND status = 'leased' AND kind = $2 \
         AND submitted_ms IS NULL",
    )
    .bind(person)
    .bind(kind.name())
    .fetch_one(tx)
    .await?;
    Ok((Some((i64::from(quota) - done - in_hand).max(0)), done))
}

fn free_of(row: &sqlx::any::AnyRow, is_gold: bool) -> Result<Free, Problem> {
    Ok(Free {
        task: row.try_get("id")?,
        overlap: row.try_get("overlap")?,
        leased: row.try_get("leased")?,
        kept: row.try_get("kept")?,
        rank: row.try_get("rank")?,
        is_gold,
        earlier: row.try_get("earlier")?,
    })
}

async fn gold_for(tx: &mut Tx, person: &str, kind: Kind) -> Result<Option<Free>, Problem> {
    let row = sqlx::query(
        "SELECT t.id, t.overlap, t.leased, t.kept, t.rank, CAST(NULL AS TEXT) AS earlier FROM task t \
         WHERE t.kind = $1 AND t.open = 1 AND t.gold IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM assignment a WHERE a.task = t.id AND a.person = $2) ORDER BY t.rank, t.id LIMIT 1",
    )
    .bind(kind.name())
    .bind(person)
    .fetch_optional(tx)
    .await?;
    row.map(|row| free_of(&row, true)).transpose()
}

/// The first free task that somebody has not had: among those that became free again, then in the row.
async fn find(
    tx: &mut Tx,
    person: &str,
    kind: Kind,
    search: &Search,
) -> Result<(Option<Free>, Found), Problem> {
    for (task, behind) in &search.freed {
        let row = sqlx::query(
            "SELECT t.id, t.overlap, t.leased, t.kept, t.rank, \
             (SELECT e.id FROM assignment e WHERE e.task = t.id AND e.person = $2 LIMIT 1) AS earlier FROM task t \
             WHERE t.id = $1 AND t.open = 1 AND t.gold IS NULL AND NOT EXISTS (SELECT 1 FROM assignment a \
             WHERE a.task = t.id AND a.person = $2 AND a.status NOT IN ('released', 'expired')) \
             AND NOT EXISTS (SELECT 1 FROM assignment o WHERE o.id = t.made_from AND o.person = $2)",
        )
        .bind(task)
        .bind(person)
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = row {
            return Ok((Some(free_of(&row, false)?), Found::Freed(*behind)));
        }
    }
    let row = sqlx::query(
        "SELECT t.id, t.overlap, t.leased, t.kept, t.rank, \
         (SELECT e.id FROM assignment e WHERE e.task = t.id AND e.person = $2 LIMIT 1) AS earlier FROM task t \
         WHERE t.kind = $1 AND t.open = 1 AND t.gold IS NULL AND t.rank >= $3 AND NOT EXISTS \
         (SELECT 1 FROM assignment a WHERE a.task = t.id AND a.person = $2 \
          AND a.status NOT IN ('released', 'expired')) AND NOT EXISTS \
         (SELECT 1 FROM assignment o WHERE o.id = t.made_from AND o.person = $2) ORDER BY t.rank, t.id LIMIT 1",
    )
    .bind(kind.name())
    .bind(person)
    .bind(search.behind)
    .fetch_optional(tx)
    .await?;
    match row {
        Some(row) => {
            let free = free_of(&row, false)?;
            let rank = free.rank;
            Ok((Some(free), Found::InRow(rank)))
        }
        None => Ok((None, Found::Nothing)),
    }
}

/// Gives a task to somebody; the id of the assignment.
async fn give(
    app: &App,
    tx: &mut Tx,
    who: &Who,
    id: &str,
    kind: Kind,
    free: &Free,
) -> Result<String, Problem> {
    let (now, limits) = (app.context.now_ms(), app.settings.limits(kind));
    let open = i64::from(free.is_gold || free.leased + 1 + free.kept < free.overlap);
    sqlx::query("UPDATE task SET leased = leased + 1, open = $1 WHERE id = $2")
        .bind(open)
        .bind(free.task)
        .execute(&mut *tx)
        .await?;
    note_kind(tx, kind, KindChange { leased: 1, open: open - 1, ..KindChange::default() }).await?;
    let id = free.earlier.as_deref().unwrap_or(id);
    sqlx::query(
        "INSERT INTO assignment (id, task, kind, person, status, gold, leased_ms, lease_until_ms, beat_ms, consent) \
         VALUES ($1, $2, $3, $4, 'leased', $5, $6, $7, $6, $8) ON CONFLICT (id) DO UPDATE SET \
         status = 'leased', leased_ms = $6, lease_until_ms = $7, beat_ms = $6, ended_ms = NULL",
    )
    .bind(id)
    .bind(free.task)
    .bind(kind.name())
    .bind(&who.person)
    .bind(i64::from(free.is_gold))
    .bind(now)
    .bind(now + i64::from(limits.lease_secs) * 1000)
    .bind(&app.settings.consent.version)
    .execute(tx)
    .await?;
    Ok(id.to_owned())
}
