//! People: who they are to the campaign, what they did, what they may do, how good their work is.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::events;
use crate::http::{Cursor, Json, Operator, Page, Path, Problem, ProblemBody, Query};
use crate::kind::Kind;
use crate::people::{Role, Status, roles::Roles};
use crate::quality;

/// Rows of a page.
const PAGE: i64 = 100;
/// The longest note, in characters.
const NOTE_CHARS_MAX: usize = 1_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one, change))
        .routes(routes!(quality_list))
        .routes(routes!(release))
}

/// A person as an operator sees them.
#[derive(Debug, Serialize, ToSchema)]
struct Person {
    /// The pseudonym.
    person: String,
    /// The name at sign-in; none for who was erased.
    login: Option<String>,
    roles: Vec<Role>,
    status: String,
    language: String,
    /// What operators wrote about them.
    note: String,
    created_at: String,
    /// The version of the text they agreed to, if that still holds.
    consent: Option<String>,
    /// Answers that count or wait.
    answers: i64,
    active_secs: i64,
    last_at: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
struct Search {
    /// A part of the login, or a pseudonym.
    #[serde(default)]
    q: String,
    /// Where the page before ended.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

const PERSON: &str = "SELECT p.id, p.login, p.roles, p.status, p.language, p.note, p.created_ms, \
    (SELECT c.version FROM consent c WHERE c.person = p.id AND c.withdrawn_ms IS NULL ORDER BY c.given_ms DESC LIMIT 1) AS consent, \
    (SELECT COUNT(*) FROM assignment a WHERE a.person = p.id AND a.status IN ('submitted', 'approved', 'returned')) AS answers, \
    (SELECT CAST(COALESCE(SUM(a.active_ms), 0) AS BIGINT) FROM assignment a WHERE a.person = p.id) AS active_ms, \
    (SELECT MAX(a.beat_ms) FROM assignment a WHERE a.person = p.id) AS last_ms FROM person p";

fn person_of(row: &AnyRow) -> Result<Person, Problem> {
    Ok(Person {
        person: row.try_get("id")?,
        login: row.try_get("login")?,
        roles: Roles::of_text(&row.try_get::<String, _>("roles")?).list().to_vec(),
        status: row.try_get("status")?,
        language: row.try_get("language")?,
        note: row.try_get("note")?,
        created_at: rfc3339(row.try_get("created_ms")?),
        consent: row.try_get("consent")?,
        answers: row.try_get("answers")?,
        active_secs: row.try_get::<i64, _>("active_ms")? / 1000,
        last_at: row.try_get::<Option<i64>, _>("last_ms")?.map(rfc3339),
    })
}

/// People, by pseudonym.
#[utoipa::path(get, path = "/admin/people", tag = "operator", params(Search),
    responses((status = OK, body = Page<Person>), (status = "4XX", body = ProblemBody)))]
async fn list(
    State(app): State<App>,
    _operator: Operator,
    Query(Search { q, cursor }): Query<Search>,
) -> Result<Json<Page<Person>>, Problem> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{PERSON} WHERE p.id > $1 AND ($2 = '' OR p.id = $2 OR LOWER(p.login) LIKE $3 ESCAPE '!') ORDER BY p.id LIMIT $4"
    )))
    .bind(cursor.unwrap_or_default().id)
    .bind(&q)
    .bind(like(&q))
    .bind(PAGE + 1)
    .fetch_all(app.db.reads())
    .await?;
    let people = rows.iter().map(person_of).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Json(Page::of(people, PAGE, |last| Cursor { number: 0, id: last.person.clone() })))
}

/// A pattern for texts that hold this one.
pub(super) fn like(text: &str) -> String {
    let escaped = text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

/// A person with everything that is known.
#[derive(Debug, Serialize, ToSchema)]
struct PersonDetail {
    person: Person,
    quality: Vec<Quality>,
    by_kind: Vec<KindCount>,
    /// Paid by rules and by hand, all together.
    pay_minor: i64,
}

/// Answers by kind and state.
#[derive(Debug, Serialize, ToSchema)]
struct KindCount {
    kind: String,
    status: String,
    count: i64,
}

/// How good somebody's work of a kind is.
#[derive(Debug, Serialize, ToSchema)]
struct Quality {
    person: String,
    kind: String,
    /// The mean of the newest scores, 0 to 1.
    score: f64,
    /// Of how many.
    of: i64,
    held: bool,
    /// The newest scores, the oldest first.
    recent: Vec<f64>,
    updated_at: String,
}

type QualityRow = (String, String, f64, i64, i64, String, i64);

fn quality_of((person, kind, score, of, held, recent, updated_ms): QualityRow) -> Result<Quality, Problem> {
    let recent = serde_json::from_str(&recent)?;
    Ok(Quality { person, kind, score, of, held: held == 1, recent, updated_at: rfc3339(updated_ms) })
}

/// One person.
#[utoipa::path(get, path = "/admin/people/{id}", tag = "operator", params(("id" = String, Path)),
    responses((status = OK, body = PersonDetail), (status = "4XX", body = ProblemBody)))]
async fn one(
    State(app): State<App>,
    _operator: Operator,
    Path(id): Path<String>,
) -> Result<Json<PersonDetail>, Problem> {
    let reads = app.db.reads();
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{PERSON} WHERE p.id = $1")))
        .bind(&id)
        .fetch_optional(reads)
        .await?;
    let person = person_of(&row.ok_or_else(|| Problem::missing("person"))?)?;
    let quality: Vec<QualityRow> = sqlx::query_as(
        "SELECT person, kind, score, of, held, recent, updated_ms FROM quality WHERE person = $1 ORDER BY kind",
    )
    .bind(&id)
    .fetch_all(reads)
    .await?;
    let counts: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT kind, status, COUNT(*) FROM assignment WHERE person = $1 GROUP BY kind, status ORDER BY kind, status",
    )
    .bind(&id)
    .fetch_all(reads)
    .await?;
    let pay_minor: i64 = sqlx::query_scalar(
        "SELECT CAST(COALESCE((SELECT SUM(minor) FROM pay_line WHERE person = $1), 0) \
         + COALESCE((SELECT SUM(minor) FROM pay_adjustment WHERE person = $1), 0) AS BIGINT)",
    )
    .bind(&id)
    .fetch_one(reads)
    .await?;
    Ok(Json(PersonDetail {
        person,
        quality: quality.into_iter().map(quality_of).collect::<Result<_, _>>()?,
        by_kind: counts.into_iter().map(|(kind, status, count)| KindCount { kind, status, count }).collect(),
        pay_minor,
    }))
}

/// What to change of a person.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PersonChange {
    /// `active`, `held` or `blocked`.
    status: Option<Status>,
    roles: Option<Vec<Role>>,
    /// Why, for other operators.
    note: Option<String>,
}

/// Changes what somebody may do. Nobody takes their own role of an operator away.
#[utoipa::path(post, path = "/admin/people/{id}", tag = "operator", params(("id" = String, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn change(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<String>,
    Json(PersonChange { status, roles, note }): Json<PersonChange>,
) -> Result<StatusCode, Problem> {
    if status == Some(Status::Erased) {
        return Err(Problem::invalid("status", "nobody is erased by this: see `/admin/erase/{person}`"));
    }
    if note.as_ref().is_some_and(|note| note.chars().count() > NOTE_CHARS_MAX) {
        return Err(Problem::invalid("note", format!("the note has more than {NOTE_CHARS_MAX} characters")));
    }
    let roles = roles.map(Roles::new);
    if roles.as_ref().is_some_and(|roles| roles.list().is_empty()) {
        return Err(Problem::invalid("roles", "somebody has at least one role; block who should have none"));
    }
    let loses_desk = status.is_some_and(|status| status != Status::Active)
        || roles.as_ref().is_some_and(|roles| !roles.has(Role::Operator));
    if operator.actor == id && loses_desk {
        return Err(
            Problem::conflict("own_desk", "you cannot take this from yourself").hint("ask another operator")
        );
    }
    let (now_ms, person) = (app.context.now_ms(), id.clone());
    app.db
        .write("people.change", async move |tx| {
            let now: Option<(String, String)> =
                sqlx::query_as("SELECT status, roles FROM person WHERE id = $1").bind(&id).fetch_optional(&mut *tx).await?;
            let (was, _) = now.filter(|(was, _)| was != Status::Erased.name()).ok_or_else(|| Problem::missing("person"))?;
            sqlx::query(
                "UPDATE person SET status = COALESCE($1, status), roles = COALESCE($2, roles), note = COALESCE($3, note) \
                 WHERE id = $4",
            )
            .bind(status.map(Status::name))
            .bind(roles.as_ref().map(Roles::text))
            .bind(&note)
            .bind(&id)
            .execute(&mut *tx)
            .await?;
            if status == Some(Status::Blocked) {
                sqlx::query("DELETE FROM session WHERE person = $1").bind(&id).execute(&mut *tx).await?;
            }
            let detail = json!({ "was": was, "status": status, "roles": roles.as_ref().map(Roles::text) });
            events::note(tx, now_ms, &operator.actor, "person.change", &id, &detail).await
        })
        .await?;
    app.sessions.forget(&person);
    Ok(StatusCode::NO_CONTENT)
}

/// Scores of all people.
#[derive(Debug, Serialize, ToSchema)]
struct QualityList {
    quality: Vec<Quality>,
}

/// The scores of all people, the lowest first.
#[utoipa::path(get, path = "/admin/quality", tag = "operator",
    responses((status = OK, body = QualityList), (status = "4XX", body = ProblemBody)))]
async fn quality_list(State(app): State<App>, _operator: Operator) -> Result<Json<QualityList>, Problem> {
    let rows: Vec<QualityRow> = sqlx::query_as(
        "SELECT person, kind, score, of, held, recent, updated_ms FROM quality ORDER BY held DESC, score, person LIMIT 1000",
    )
    .fetch_all(app.db.reads())
    .await?;
    Ok(Json(QualityList { quality: rows.into_iter().map(quality_of).collect::<Result<_, _>>()? }))
}

/// Lets somebody work at a kind again after they were held for their quality, with a clean sheet.
#[utoipa::path(post, path = "/admin/quality/{person}/{kind}/release", tag = "operator",
    params(("person" = String, Path), ("kind" = Kind, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn release(
    State(app): State<App>,
    operator: Operator,
    Path((person, kind)): Path<(String, Kind)>,
) -> Result<StatusCode, Problem> {
    let now_ms = app.context.now_ms();
    app.db
        .write("quality.release", async move |tx| {
            if !quality::release(tx, &person, kind, now_ms).await? {
                return Err(Problem::conflict("not_held", format!("`{person}` is not held for {kind}")));
            }
            let detail = json!({ "kind": kind });
            events::note(tx, now_ms, &operator.actor, "person.release_kind", &person, &detail).await
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
