//! The report of a month, for the operator: JSON, or CSV for whoever pays.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::events;
use crate::http::{Json, Operator, Problem, ProblemBody, Query};

/// The most that one adjustment moves, in the smallest unit.
const ADJUSTMENT_MAX: i64 = 100_000_000;
/// The longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(adjust)).routes(routes!(mark_paid))
}

/// The month of a time, UTC: `2026-11`.
pub(crate) fn period_of(ms: i64) -> String {
    rfc3339(ms).chars().take(7).collect()
}

fn checked_period(period: &str) -> Result<(), Problem> {
    let is_month = period.len() == 7
        && period
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() })
        && ("01"..="12").contains(&&period[5..]);
    if is_month { Ok(()) } else { Err(Problem::invalid("period", "expected a month such as `2026-11`")) }
}

#[derive(Debug, Deserialize, IntoParams)]
struct Period {
    /// The month, such as `2026-11`; this month without it.
    period: Option<String>,
}

/// What is paid in a month.
#[derive(Debug, Serialize, ToSchema)]
struct Report {
    /// The month.
    period: String,
    currency: String,
    people: Vec<PersonPay>,
    /// All together.
    minor: i64,
}

/// What one person is paid in a month.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
struct PersonPay {
    /// The pseudonym.
    person: String,
    /// The name at sign-in; none for who was erased.
    login: Option<String>,
    /// Assignments that are paid.
    tasks: i64,
    /// Seconds of active time in them.
    active_secs: i64,
    /// By the rules.
    work_minor: i64,
    /// By hand.
    adjustments_minor: i64,
    /// Together.
    minor: i64,
    /// When it was marked as paid.
    paid_at: Option<String>,
    /// What was paid then.
    paid_minor: Option<i64>,
}

/// The pay report of a month: JSON, or CSV where `Accept` asks for `text/csv`.
#[utoipa::path(get, path = "/admin/pay", tag = "operator", params(Period),
    responses((status = OK, content((Report = "application/json"), (String = "text/csv"))),
        (status = "4XX", body = ProblemBody)))]
async fn report(
    State(app): State<App>,
    _operator: Operator,
    Query(Period { period }): Query<Period>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let period = period.unwrap_or_else(|| period_of(app.context.now_ms()));
    checked_period(&period)?;
    let people = people_of(&app, &period).await?;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("text/csv") {
        let name = format!("attachment; filename=\"pay-{period}.csv\"");
        let csv = csv_of(&period, &app.settings.currency, &people)?;
        return Ok((
            [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ],
            csv,
        )
            .into_response());
    }
    let minor = people.iter().map(|person| person.minor).sum();
    Ok(Json(Report { period, currency: app.settings.currency.clone(), people, minor }).into_response())
}

async fn people_of(app: &App, period: &str) -> Result<Vec<PersonPay>, Problem> {
    let mut people: BTreeMap<String, PersonPay> = BTreeMap::new();
    let lines: Vec<(String, i64, i64, i64)> = sqlx::query_as(
        "SELECT person, COUNT(DISTINCT assignment), CAST(SUM(minor) AS BIGINT), \
         CAST(COALESCE((SELECT SUM(b.active_ms) FROM (SELECT DISTINCT assignment, active_ms FROM pay_line \
         WHERE period = $1 AND person = p.person) b), 0) AS BIGINT) FROM pay_line p WHERE period = $1 GROUP BY person",
    )
    .bind(period)
    .fetch_all(app.db.reads())
    .await?;
    for (person, tasks, minor, active_ms) in lines {
        let entry = people.entry(person).or_default();
        (entry.tasks, entry.work_minor, entry.active_secs) = (tasks, minor, active_ms / 1000);
    }
    let adjustments: Vec<(String, i64)> = sqlx::query_as(
        "SELECT person, CAST(SUM(minor) AS BIGINT) FROM pay_adjustment WHERE period = $1 GROUP BY person",
    )
    .bind(period)
    .fetch_all(app.db.reads())
    .await?;
    for (person, minor) in adjustments {
        people.entry(person).or_default().adjustments_minor = minor;
    }
    let paid: Vec<(String, i64, i64)> =
        sqlx::query_as("SELECT person, paid_ms, minor FROM pay_period WHERE period = $1")
            .bind(period)
            .fetch_all(app.db.reads())
            .await?;
    for (person, paid_ms, minor) in paid {
        let entry = people.entry(person).or_default();
        (entry.paid_at, entry.paid_minor) = (Some(rfc3339(paid_ms)), Some(minor));
    }
    for (person, entry) in &mut people {
        entry.login = sqlx::query_scalar::<_, Option<String>>("SELECT login FROM person WHERE id = $1")
            .bind(person)
            .fetch_optional(app.db.reads())
            .await?
            .flatten();
        entry.person.clone_from(person);
        entry.minor = entry.work_minor + entry.adjustments_minor;
    }
    Ok(people.into_values().collect())
}

fn csv_of(period: &str, currency: &str, people: &[PersonPay]) -> Result<Vec<u8>, Problem> {
    let failed = |error: csv::Error| Problem::bug(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "period",
            "person",
            "login",
            "tasks",
            "active_secs",
            "work_minor",
            "adjustments_minor",
            "minor",
            "currency",
            "paid_at",
            "paid_minor",
        ])
        .map_err(failed)?;
    for person in people {
        // A login that begins like a formula would be one in a spreadsheet.
        let login = person.login.as_deref().unwrap_or_default();
        let login =
            if login.starts_with(['=', '+', '-', '@']) { format!("'{login}") } else { login.to_owned() };
        writer
            .write_record([
                period,
                &person.person,
                &login,
                &person.tasks.to_string(),
                &person.active_secs.to_string(),
                &person.work_minor.to_string(),
                &person.adjustments_minor.to_string(),
                &person.minor.to_string(),
                currency,
                person.paid_at.as_deref().unwrap_or_default(),
                &person.paid_minor.map(|minor| minor.to_string()).unwrap_or_default(),
            ])
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Problem::bug(error.to_string()))
}

/// An amount by hand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Adjustment {
    /// Whose pay it is.
    person: String,
    /// More, or less below 0, in the smallest unit.
    minor: i64,
    /// Why; the person is shown it.
    reason: String,
    /// The month; this one without it.
    period: Option<String>,
}

/// The adjustment that was made.
#[derive(Debug, Serialize, ToSchema)]
struct Adjusted {
    id: String,
}

/// Changes what somebody is paid, with a reason.
#[utoipa::path(post, path = "/admin/pay/adjustments", tag = "operator",
    responses((status = OK, body = Adjusted), (status = "4XX", body = ProblemBody)))]
async fn adjust(
    State(app): State<App>,
    operator: Operator,
    Json(Adjustment { person, minor, reason, period }): Json<Adjustment>,
) -> Result<Json<Adjusted>, Problem> {
    let now_ms = app.context.now_ms();
    let period = period.unwrap_or_else(|| period_of(now_ms));
    checked_period(&period)?;
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Err(Problem::invalid("reason", format!("expected 1 to {REASON_CHARS_MAX} characters")));
    }
    if minor == 0 || !(-ADJUSTMENT_MAX..=ADJUSTMENT_MAX).contains(&minor) {
        return Err(Problem::invalid(
            "minor",
            format!("expected an amount other than 0, at most {ADJUSTMENT_MAX}"),
        ));
    }
    let (id, currency) = (app.context.id("x"), app.settings.currency.clone());
    let made = id.clone();
    app.db
        .write("pay.adjust", async move |tx| {
            let known: Option<i64> = sqlx::query_scalar("SELECT 1 FROM person WHERE id = $1")
                .bind(&person)
                .fetch_optional(&mut *tx)
                .await?;
            known.ok_or_else(|| Problem::missing("person"))?;
            sqlx::query(
                "INSERT INTO pay_adjustment (id, person, period, minor, currency, reason, actor, at_ms) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            )
            .bind(&id)
            .bind(&person)
            .bind(&period)
            .bind(minor)
            .bind(&currency)
            .bind(&reason)
            .bind(&operator.actor)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
            let detail = json!({ "person": person, "period": period, "minor": minor, "currency": currency });
            events::note(tx, now_ms, &operator.actor, "pay.adjust", &id, &detail).await
        })
        .await?;
    Ok(Json(Adjusted { id: made }))
}

/// A month that was paid.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Settled {
    /// The month.
    period: String,
    /// Who was paid; everybody without it.
    person: Option<String>,
}

/// How many people a month is marked as paid for.
#[derive(Debug, Serialize, ToSchema)]
struct SettledPeople {
    people: usize,
}

/// Marks a month as paid, with the amounts as they stand now. Whoever is marked already stays as they are.
#[utoipa::path(post, path = "/admin/pay/paid", tag = "operator",
    responses((status = OK, body = SettledPeople), (status = "4XX", body = ProblemBody)))]
async fn mark_paid(
    State(app): State<App>,
    operator: Operator,
    Json(Settled { period, person }): Json<Settled>,
) -> Result<Json<SettledPeople>, Problem> {
    checked_period(&period)?;
    let mut people = people_of(&app, &period).await?;
    people
        .retain(|paid| paid.paid_at.is_none() && person.as_ref().is_none_or(|person| *person == paid.person));
    let now_ms = app.context.now_ms();
    let count = people.len();
    app.db
        .write("pay.paid", async move |tx| {
            for paid in &people {
                sqlx::query(
                    "INSERT INTO pay_period (period, person, paid_ms, minor, actor) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (period, person) DO NOTHING",
                )
                .bind(&period)
                .bind(&paid.person)
                .bind(now_ms)
                .bind(paid.minor)
                .bind(&operator.actor)
                .execute(&mut *tx)
                .await?;
                let detail = json!({ "period": period, "minor": paid.minor });
                events::note(tx, now_ms, &operator.actor, "pay.paid", &paid.person, &detail).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Json(SettledPeople { people: count }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_month() {
        assert_eq!(period_of(1_796_040_000_000), "2026-11");
        assert!(checked_period("2026-12").is_ok());
        assert!(
            ["2026-13", "2026-00", "26-11", "2026/11", "2026-1a"]
                .iter()
                .all(|text| checked_period(text).is_err())
        );
    }
}
