//! Failed sign-ins: after some, each further one makes the login wait twice as long; so for the address it comes from, with
//! more patience, since many people may share one.

use crate::App;
use crate::db::Tx;
use crate::http::Problem;

/// Failures are forgotten after so long without one.
const FORGOTTEN_MS: i64 = 3_600_000;
/// The longest wait.
const WAIT_MS_MAX: i64 = 900_000;
/// An address may fail so many times more often than a login.
const ADDRESS_PATIENCE: i64 = 10;

/// What a sign-in is counted under.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    name: String,
    failures_max: i64,
}

/// The login and the address of an attempt. A login is named by its hash: nobody learns from the table who tried.
pub(super) fn subjects(app: &App, login: &str, peer: Option<std::net::IpAddr>) -> Vec<Subject> {
    let failures_max = i64::from(app.settings.login_failures_max.max(1));
    let hash = super::session::hash_of(login);
    let of_login = Subject { name: format!("login:{}", &hash[..32]), failures_max };
    let of_address = peer.map(|peer| Subject {
        name: format!("address:{peer}"),
        failures_max: failures_max * ADDRESS_PATIENCE,
    });
    std::iter::once(of_login).chain(of_address).collect()
}

/// Refuses an attempt that comes too early.
pub(super) async fn check(app: &App, subjects: &[Subject]) -> Result<(), Problem> {
    let now = app.context.now_ms();
    for subject in subjects {
        let until: Option<i64> =
            sqlx::query_scalar("SELECT blocked_until_ms FROM throttle WHERE subject = $1")
                .bind(&subject.name)
                .fetch_optional(app.db.reads())
                .await?;
        if let Some(wait) = until.map(|until| until - now).filter(|wait| *wait > 0) {
            let secs = u64::try_from(wait.div_euclid(1000) + 1).unwrap_or(1);
            return Err(Problem::too_often("too many failed sign-ins", secs).hint("wait, then try again"));
        }
    }
    Ok(())
}

/// Counts a failure.
pub(super) async fn failed(tx: &mut Tx, subjects: &[Subject], now: i64) -> Result<(), Problem> {
    for Subject { name, failures_max } in subjects {
        let earlier: Option<(i64, i64)> =
            sqlx::query_as("SELECT failures, first_ms FROM throttle WHERE subject = $1")
                .bind(name)
                .fetch_optional(&mut *tx)
                .await?;
        let (failures, first) = earlier.filter(|(_, first)| now - first < FORGOTTEN_MS).unwrap_or((0, now));
        let failures = failures + 1;
        let over = failures - failures_max;
        let wait = if over < 0 { 0 } else { (1000_i64 << over.min(20)).min(WAIT_MS_MAX) };
        sqlx::query(
            "INSERT INTO throttle (subject, failures, first_ms, blocked_until_ms) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (subject) DO UPDATE SET failures = $2, first_ms = $3, blocked_until_ms = $4",
        )
        .bind(name)
        .bind(failures)
        .bind(first)
        .bind(now + wait)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Forgets the failures of a login that was right at last; those of its address stay.
pub(super) async fn succeeded(tx: &mut Tx, subjects: &[Subject]) -> Result<(), Problem> {
    if let Some(login) = subjects.first() {
        sqlx::query("DELETE FROM throttle WHERE subject = $1").bind(&login.name).execute(&mut *tx).await?;
    }
    Ok(())
}
