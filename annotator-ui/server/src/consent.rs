//! Consent: a text with a version and scopes that people agree to before they work, change, and take back.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;
use crate::context::rfc3339;
use crate::db::Tx;
use crate::events;
use crate::http::{Json, Problem, ProblemBody, Who};
use crate::people::Me;
use crate::settings::{ConsentSettings, WORK};

/// What somebody agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Given {
    /// The version of the text.
    pub version: String,
    /// The scopes.
    pub scopes: Vec<String>,
    /// When.
    pub given_at: String,
}

impl Given {
    /// Whether it allows work under the campaign's text of today.
    pub(crate) fn holds(&self, app: &App) -> bool {
        self.version == app.settings.consent.version && self.scopes.iter().any(|scope| scope == WORK)
    }
}

/// A scope, as it is asked for.
#[derive(Debug, Serialize, ToSchema)]
struct Scope {
    name: String,
    required: bool,
    text: String,
}

/// What is asked for.
#[derive(Debug, Serialize, ToSchema)]
struct Asked {
    version: String,
    title: String,
    text: String,
    scopes: Vec<Scope>,
    given: Option<Given>,
}

/// What somebody agrees to.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Giving {
    version: String,
    scopes: Vec<String>,
}

/// What somebody takes back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Withdrawal {
    scopes: Vec<String>,
}

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask, give)).routes(routes!(withdraw))
}

/// What a person has agreed to and not taken back.
pub(crate) async fn given(app: &App, person: &str) -> Result<Option<Given>, Problem> {
    let mut connection = app.db.reads().acquire().await?;
    given_in(&mut connection, person).await
}

/// As [`given`], within a transaction.
pub(crate) async fn given_in(tx: &mut Tx, person: &str) -> Result<Option<Given>, Problem> {
    let row: Option<(String, String, i64)> = sqlx::query_as(
        "SELECT version, scopes, given_ms FROM consent WHERE person = $1 AND withdrawn_ms IS NULL \
         ORDER BY given_ms DESC, id DESC LIMIT 1",
    )
    .bind(person)
    .fetch_optional(tx)
    .await?;
    row.map(|(version, scopes, given_ms)| {
        Ok(Given { version, scopes: serde_json::from_str(&scopes)?, given_at: rfc3339(given_ms) })
    })
    .transpose()
}

/// Writes down the texts of this campaign file, each once: what somebody agreed to can be shown for good.
///
/// A text that changed under an unchanged version is refused: people agreed to another one.
pub(crate) async fn record_texts(app: &App) -> Result<(), Problem> {
    let settings = app.settings.consent.clone();
    let (languages, now) = (app.settings.languages.clone(), app.context.now_ms());
    app.db
        .write("consent.texts", async move |tx| {
            for language in &languages {
                let (title, text) = settings.words_in(language);
                let scopes = serde_json::to_string(&settings.scopes)?;
                let sha256 = hex::encode(Sha256::digest(format!("{title}\n{text}\n{scopes}")));
                let known: Option<String> =
                    sqlx::query_scalar("SELECT sha256 FROM consent_text WHERE version = $1 AND language = $2")
                        .bind(&settings.version)
                        .bind(language)
                        .fetch_optional(&mut *tx)
                        .await?;
                if known.as_ref().is_some_and(|known| *known != sha256) {
                    return Err(Problem::bug(format!(
                        "the consent text of version `{}` in `{language}` is another than the one that people were \
                         asked before: give it a new `version` in [annotate.consent]",
                        settings.version
                    )));
                }
                if known.is_none() {
                    sqlx::query(
                        "INSERT INTO consent_text (version, language, title, text, scopes, sha256, created_ms) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    )
                    .bind(&settings.version)
                    .bind(language)
                    .bind(title)
                    .bind(text)
                    .bind(scopes)
                    .bind(sha256)
                    .bind(now)
                    .execute(&mut *tx)
                    .await?;
                }
            }
            Ok(())
        })
        .await
}

/// The text in the person's language, its scopes, and what they agreed to.
#[utoipa::path(get, path = "/consent", tag = "person", responses((status = OK, body = Asked), (status = "4XX", body = ProblemBody)))]
async fn ask(State(app): State<App>, who: Who) -> Result<Json<Asked>, Problem> {
    let settings = &app.settings.consent;
    let (title, text) = settings.words_in(&who.language);
    let scope = |name: &String| Scope {
        name: name.clone(),
        required: name == WORK,
        text: ConsentSettings::scope_text(name, &who.language),
    };
    Ok(Json(Asked {
        version: settings.version.clone(),
        title: title.to_owned(),
        text: text.to_owned(),
        scopes: settings.scopes.iter().map(scope).collect(),
        given: given(&app, &who.person).await?,
    }))
}

/// Agrees to the text.
#[utoipa::path(post, path = "/consent", tag = "person", responses((status = OK, body = Me), (status = "4XX", body = ProblemBody)))]
async fn give(State(app): State<App>, who: Who, Json(giving): Json<Giving>) -> Result<Json<Me>, Problem> {
    let settings = &app.settings.consent;
    if giving.version != settings.version {
        return Err(
            Problem::conflict("consent_changed", "the text has changed meanwhile").hint("read it again")
        );
    }
    if let Some(unknown) = giving.scopes.iter().find(|scope| !settings.scopes.contains(scope)) {
        return Err(Problem::invalid("scopes", format!("there is no scope `{unknown}`")));
    }
    if !giving.scopes.iter().any(|scope| scope == WORK) {
        return Err(Problem::invalid("scopes", format!("nobody can work without the scope `{WORK}`")));
    }
    let mut scopes = giving.scopes;
    scopes.sort();
    scopes.dedup();
    record(&app, &who.person, Some(scopes), "consent.give").await?;
    crate::people::describe(&app, who).await.map(Json)
}

/// Takes scopes back. Without `work` there is no more work.
#[utoipa::path(post, path = "/consent/withdraw", tag = "person",
    responses((status = OK, body = Me), (status = "4XX", body = ProblemBody)))]
async fn withdraw(
    State(app): State<App>,
    who: Who,
    Json(Withdrawal { scopes }): Json<Withdrawal>,
) -> Result<Json<Me>, Problem> {
    let Some(given) = given(&app, &who.person).await? else {
        return crate::people::describe(&app, who).await.map(Json);
    };
    let mut left = given.scopes;
    left.retain(|scope| !scopes.contains(scope));
    let left = Some(left).filter(|left| !left.is_empty());
    record(&app, &who.person, left, "consent.withdraw").await?;
    crate::people::describe(&app, who).await.map(Json)
}

/// Ends what held, and begins what holds from now on.
async fn record(
    app: &App,
    person: &str,
    scopes: Option<Vec<String>>,
    action: &'static str,
) -> Result<(), Problem> {
    let (id, now, person) = (app.context.id("c"), app.context.now_ms(), person.to_owned());
    let version = app.settings.consent.version.clone();
    app.db
        .write(action, async move |tx| {
            sqlx::query("UPDATE consent SET withdrawn_ms = $1 WHERE person = $2 AND withdrawn_ms IS NULL")
                .bind(now)
                .bind(&person)
                .execute(&mut *tx)
                .await?;
            if let Some(scopes) = &scopes {
                sqlx::query(
                    "INSERT INTO consent (id, person, version, scopes, given_ms) VALUES ($1, $2, $3, $4, $5)",
                )
                .bind(&id)
                .bind(&person)
                .bind(&version)
                .bind(serde_json::to_string(scopes)?)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            }
            // What was exported of them says under which consent.
            crate::export::again(&mut *tx, &person).await?;
            let detail = json!({ "version": version, "scopes": scopes });
            events::note(tx, now, &person, action, &person, &detail).await
        })
        .await
}
