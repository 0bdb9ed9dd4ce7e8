//! A person's own account, and what anybody is told before signing in.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Role, Status, password, session};
use crate::App;
use crate::consent::{self, Given};
use crate::events;
use crate::http::{Json, Problem, ProblemBody, Who, build_of_page};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hello)).routes(routes!(me, change))
}

/// Who somebody is, as they are told themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The pseudonym.
    pub person: String,
    /// The name at sign-in.
    pub login: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// What every change sends in `X-CSRF-Token`.
    pub csrf: String,
    /// The language of the page.
    pub language: String,
    /// Whether they may work.
    pub status: Status,
    /// What they agreed to.
    pub consent: Option<Given>,
    /// Whether they have to be asked before they work.
    pub consent_wanted: bool,
    /// The currency of the campaign.
    pub currency: String,
}

/// What anybody is told.
#[derive(Debug, Serialize, ToSchema)]
struct Hello {
    campaign: String,
    title: String,
    page_build: String,
    languages: Vec<String>,
    signed_in: bool,
}

/// What to change of the own account.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct MeChange {
    language: Option<String>,
    old_password: Option<String>,
    new_password: Option<String>,
}

/// A name at sign-in: in small letters, without what cannot be seen.
pub(super) fn checked_login(login: &str) -> Result<String, Problem> {
    let login = login.trim().to_lowercase();
    let chars = login.chars().count();
    let is_plain = |letter: char| letter.is_alphanumeric() || ".-_@+".contains(letter);
    if !(3..=100).contains(&chars) || !login.chars().all(is_plain) {
        return Err(Problem::invalid(
            "login",
            "a name has 3 to 100 letters, digits or any of `.-_@+`, and no spaces",
        ));
    }
    Ok(login)
}

pub(super) fn check_language(app: &App, language: &str) -> Result<(), Problem> {
    if app.settings.languages.iter().any(|known| known == language) {
        return Ok(());
    }
    let known = app.settings.languages.join(", ");
    Err(Problem::invalid("language", format!("expected one of {known}")))
}

/// What a person is told of themselves.
pub(super) async fn me_of(app: &App, secret: &str, person: &str) -> Result<Me, Problem> {
    app.sessions.forget(person);
    let who = session::find(app, secret).await?.ok_or_else(Problem::signed_out)?;
    describe(app, who).await
}

pub(crate) async fn describe(app: &App, who: Who) -> Result<Me, Problem> {
    let consent = consent::given(app, &who.person).await?;
    let wanted = who.is(Role::Annotator) && !consent.as_ref().is_some_and(|given| given.holds(app));
    Ok(Me {
        roles: who.roles.list().to_vec(),
        person: who.person,
        login: who.login,
        csrf: who.csrf,
        language: who.language,
        status: who.status,
        consent,
        consent_wanted: wanted,
        currency: app.settings.currency.clone(),
    })
}

/// What anybody is told before signing in.
#[utoipa::path(get, path = "/hello", tag = "everybody", responses((status = OK, body = Hello)))]
async fn hello(State(app): State<App>, headers: axum::http::HeaderMap) -> Result<Json<Hello>, Problem> {
    let signed_in = match session::cookie_of(&headers) {
        Some(secret) => session::find(&app, secret).await?.is_some(),
        None => false,
    };
    Ok(Json(Hello {
        campaign: app.campaign.clone(),
        title: app.settings.title.clone(),
        page_build: build_of_page().to_owned(),
        languages: app.settings.languages.clone(),
        signed_in,
    }))
}

/// Who is signed in.
#[utoipa::path(get, path = "/me", tag = "person", responses((status = OK, body = Me), (status = "4XX", body = ProblemBody)))]
async fn me(State(app): State<App>, who: Who) -> Result<Json<Me>, Problem> {
    describe(&app, who).await.map(Json)
}

/// Changes language or password. A new password ends all other sessions.
#[utoipa::path(patch, path = "/me", tag = "person", responses((status = OK, body = Me), (status = "4XX", body = ProblemBody)))]
async fn change(
    State(app): State<App>,
    mut who: Who,
    Json(change): Json<MeChange>,
) -> Result<Json<Me>, Problem> {
    if let Some(language) = &change.language {
        check_language(&app, language)?;
        who.language.clone_from(language);
    }
    let new_hash = match (change.old_password, change.new_password) {
        (Some(old), Some(new)) => {
            password::check(&app, "new_password", &new)?;
            let hash: Option<String> = sqlx::query_scalar("SELECT password_hash FROM person WHERE id = $1")
                .bind(&who.person)
                .fetch_one(app.db.reads())
                .await?;
            if !password::is_right(&app, old, hash).await? {
                return Err(Problem::invalid("old_password", "the old password is not right"));
            }
            Some(password::hash(&app, new).await?)
        }
        (None, None) => None,
        _ => return Err(Problem::invalid("new_password", "the old and the new password are needed")),
    };
    let (person, keep, language, now) =
        (who.person.clone(), who.session.clone(), who.language.clone(), app.context.now_ms());
    app.db
        .write("me.change", async move |tx| {
            sqlx::query("UPDATE person SET language = $1 WHERE id = $2")
                .bind(&language)
                .bind(&person)
                .execute(&mut *tx)
                .await?;
            if let Some(hash) = &new_hash {
                sqlx::query("UPDATE person SET password_hash = $1 WHERE id = $2")
                    .bind(hash)
                    .bind(&person)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query("DELETE FROM session WHERE person = $1 AND token_hash <> $2")
                    .bind(&person)
                    .bind(&keep)
                    .execute(&mut *tx)
                    .await?;
                events::note(tx, now, &person, "person.password", &person, &json!({})).await?;
            }
            Ok(())
        })
        .await?;
    app.sessions.forget(&who.person);
    describe(&app, who).await.map(Json)
}
