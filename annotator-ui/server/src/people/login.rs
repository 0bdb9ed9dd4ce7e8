//! Signing in and out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::session::{NewSession, set_cookie};
use super::{Status, account, password, throttle};
use crate::App;
use crate::events;
use crate::http::{Json, Peer, Problem, ProblemBody, Who};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(login)).routes(routes!(logout)).routes(routes!(logout_everywhere))
}

/// A sign-in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Login {
    login: String,
    password: String,
}

/// Signs in.
#[utoipa::path(post, path = "/login", tag = "everybody",
    responses((status = OK, body = account::Me), (status = "4XX", body = ProblemBody)))]
async fn login(
    State(app): State<App>,
    Peer(peer): Peer,
    Json(Login { login, password }): Json<Login>,
) -> Result<impl IntoResponse, Problem> {
    let login = login.trim().to_lowercase();
    let subjects = throttle::subjects(&app, &login, peer);
    throttle::check(&app, &subjects).await?;
    let row: Option<(String, Option<String>, String)> =
        sqlx::query_as("SELECT id, password_hash, status FROM person WHERE login = $1")
            .bind(&login)
            .fetch_optional(app.db.reads())
            .await?;
    let (person, hash, status) = match row {
        Some((person, hash, status)) => (Some(person), hash, Status::named(&status)),
        None => (None, None, Status::Active),
    };
    let is_right = password::is_right(&app, password, hash).await?;
    let now = app.context.now_ms();
    let Some(person) = person.filter(|_| is_right) else {
        app.db.write("login.failed", async move |tx| throttle::failed(tx, &subjects, now).await).await?;
        app.metrics.count("logins_failed");
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "login_wrong", "name or password is not right"));
    };
    if matches!(status, Status::Blocked | Status::Erased) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "blocked", "this account is blocked"));
    }
    let session = NewSession::draw(&app);
    let (secret, id) = (session.secret.clone(), person.clone());
    app.db
        .write("login", async move |tx| {
            throttle::succeeded(tx, &subjects).await?;
            session.begin(tx, &person).await?;
            events::note(tx, session.now, &person, "person.login", &person, &json!({})).await
        })
        .await?;
    app.metrics.count("logins");
    let me = account::me_of(&app, &secret, &id).await?;
    Ok((AppendHeaders([set_cookie(&app, Some(&secret))]), Json(me)))
}

/// Signs out here.
#[utoipa::path(post, path = "/logout", tag = "person", responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn logout(State(app): State<App>, who: Who) -> Result<impl IntoResponse, Problem> {
    end(&app, &who, false).await
}

/// Signs out on all devices.
#[utoipa::path(post, path = "/logout-everywhere", tag = "person",
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn logout_everywhere(State(app): State<App>, who: Who) -> Result<impl IntoResponse, Problem> {
    end(&app, &who, true).await
}

async fn end(app: &App, who: &Who, everywhere: bool) -> Result<impl IntoResponse + use<>, Problem> {
    let (person, session, now) = (who.person.clone(), who.session.clone(), app.context.now_ms());
    app.db
        .write("logout", async move |tx| {
            let ended = match everywhere {
                true => sqlx::query("DELETE FROM session WHERE person = $1").bind(&person),
                false => sqlx::query("DELETE FROM session WHERE token_hash = $1").bind(&session),
            };
            ended.execute(&mut *tx).await?;
            let detail = json!({ "everywhere": everywhere });
            events::note(tx, now, &person, "person.logout", &person, &detail).await
        })
        .await?;
    app.sessions.forget(&who.person);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([set_cookie(app, None)])))
}
