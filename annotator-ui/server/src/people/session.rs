//! Sessions: a secret in a cookie, its hash in the database, and what was looked up lately in memory.
//!
//! One process serves a campaign, so what is remembered can be forgotten at once when somebody signs out or is blocked;
//! it is looked up again after some seconds all the same.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

use super::roles::{Roles, Status};
use crate::App;
use crate::db::Tx;
use crate::http::{Problem, Who};

/// The name of the cookie.
const COOKIE: &str = "pixmo_session";
/// How long a session is remembered before it is looked up again.
const REMEMBERED_MS: i64 = 10_000;
/// The most sessions that are remembered.
const REMEMBERED_MAX: usize = 10_000;
/// A session that is used is made to last again when it was not for so long.
const RENEWED_AFTER_MS: i64 = 3_600_000;

/// Sessions that were looked up lately.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, (Who, i64)>>);

impl Sessions {
    fn recall(&self, session: &str, now: i64) -> Option<Who> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.get(session).filter(|(_, until)| *until > now).map(|(who, _)| who.clone())
    }

    fn remember(&self, who: &Who, until: i64) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED_MAX {
            remembered.clear();
        }
        remembered.insert(who.session.clone(), (who.clone(), until));
    }

    /// Forgets a person, after whatever changed of them.
    pub(crate) fn forget(&self, person: &str) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.retain(|_, (who, _)| who.person != person);
    }
}

/// The hash under which a secret stands in the database: whoever reads the database cannot sign in with it.
pub(crate) fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// The secret of the session in a request.
pub(crate) fn cookie_of(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE && !value.is_empty()).then_some(value)
    })
}

/// The header that gives the browser a session, or with no secret takes it away.
pub(super) fn set_cookie(app: &App, secret: Option<&str>) -> (header::HeaderName, HeaderValue) {
    let secure = if app.settings.is_secure() { "; Secure" } else { "" };
    let text = match secret {
        Some(secret) => {
            let secs = u64::from(app.settings.session_hours) * 3600;
            format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={secs}{secure}")
        }
        None => format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}"),
    };
    // Secrets are URL-safe base64.
    let value = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}

/// Who the session of a secret is; `None` if there is none or it ended.
pub(crate) async fn find(app: &App, secret: &str) -> Result<Option<Who>, Problem> {
    let (session, now) = (hash_of(secret), app.context.now_ms());
    if let Some(who) = app.sessions.recall(&session, now) {
        return Ok(Some(who));
    }
    type Row = (String, String, i64, i64, Option<String>, String, String, String);
    let row: Option<Row> = sqlx::query_as(
        "SELECT s.person, s.csrf, s.seen_ms, s.expires_ms, p.login, p.roles, p.status, p.language \
         FROM session s JOIN person p ON p.id = s.person WHERE s.token_hash = $1",
    )
    .bind(&session)
    .fetch_optional(app.db.reads())
    .await?;
    let Some((person, csrf, seen_ms, expires_ms, login, roles, status, language)) = row else {
        return Ok(None);
    };
    let status = Status::named(&status);
    if expires_ms <= now || status == Status::Erased {
        return Ok(None);
    }
    let login = login.unwrap_or_default();
    let who = Who {
        person,
        login,
        roles: Roles::of_text(&roles),
        status,
        language,
        csrf,
        session: session.clone(),
    };
    if now - seen_ms > RENEWED_AFTER_MS {
        let expires = now + i64::from(app.settings.session_hours) * 3_600_000;
        app.db
            .write("session.renew", async move |tx| {
                sqlx::query("UPDATE session SET seen_ms = $1, expires_ms = $2 WHERE token_hash = $3")
                    .bind(now)
                    .bind(expires)
                    .bind(&session)
                    .execute(&mut *tx)
                    .await?;
                Ok(())
            })
            .await?;
    }
    app.sessions.remember(&who, (now + REMEMBERED_MS).min(expires_ms));
    Ok(Some(who))
}

/// A session that is about to begin.
#[derive(Clone, Debug)]
pub(super) struct NewSession {
    pub(super) secret: String,
    pub(super) csrf: String,
    pub(super) now: i64,
    pub(super) expires: i64,
}

impl NewSession {
    pub(super) fn draw(app: &App) -> NewSession {
        let now = app.context.now_ms();
        let expires = now + i64::from(app.settings.session_hours) * 3_600_000;
        NewSession { secret: app.context.secret(), csrf: app.context.secret(), now, expires }
    }

    pub(super) async fn begin(&self, tx: &mut Tx, person: &str) -> Result<(), Problem> {
        sqlx::query(
            "INSERT INTO session (token_hash, person, csrf, created_ms, seen_ms, expires_ms) \
             VALUES ($1, $2, $3, $4, $4, $5)",
        )
        .bind(hash_of(&self.secret))
        .bind(person)
        .bind(&self.csrf)
        .bind(self.now)
        .bind(self.expires)
        .execute(&mut *tx)
        .await?;
        Ok(())
    }
}
