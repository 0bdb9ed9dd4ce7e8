//! Tokens of programs: `pixmo cap work` transcribes with one, scripts of an operator run a campaign with one.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handed::Handed;
use super::session::hash_of;
use crate::App;
use crate::context::rfc3339;
use crate::http::{Json, Operator, Path, Problem, ProblemBody};

/// How exactly it is known when a token was used last.
const USED_TO_MS: i64 = 3_600_000;

const TOKEN: Handed = Handed {
    noun: "token",
    letter: "k",
    take_back: "UPDATE api_token SET revoked_ms = $1 WHERE id = $2 AND revoked_ms IS NULL",
};

/// What a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Lease jobs and hand in transcripts.
    Worker,
    /// Whatever an operator may.
    Operator,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Scope::Worker => "worker",
            Scope::Operator => "operator",
        }
    }
}

/// The name of the token with this secret and scope.
pub(crate) async fn find(app: &App, secret: &str, scope: Scope) -> Result<String, Problem> {
    let row: Option<(String, String, String, Option<i64>)> = sqlx::query_as(
        "SELECT id, name, scope, used_ms FROM api_token WHERE token_hash = $1 AND revoked_ms IS NULL",
    )
    .bind(hash_of(secret))
    .fetch_optional(app.db.reads())
    .await?;
    match row {
        Some((id, name, found, used_ms)) if found == scope.name() => {
            let now = app.context.now_ms();
            if used_ms.is_none_or(|used| now - used > USED_TO_MS) {
                app.db
                    .write("token.used", async move |tx| {
                        sqlx::query("UPDATE api_token SET used_ms = $1 WHERE id = $2")
                            .bind(now)
                            .bind(&id)
                            .execute(&mut *tx)
                            .await?;
                        Ok(())
                    })
                    .await?;
            }
            Ok(name)
        }
        Some(_) => Err(Problem::forbidden(format!("this needs a token of the scope `{}`", scope.name()))),
        None => Err(Problem::signed_out().hint("ask an operator for a token")),
    }
}

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct TokenRow {
    id: String,
    name: String,
    scope: String,
    created_at: String,
    created_by: String,
    /// To the hour.
    last_used_at: Option<String>,
}

/// The tokens.
#[derive(Debug, Serialize, ToSchema)]
struct TokenList {
    tokens: Vec<TokenRow>,
}

/// A token to make.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct NewToken {
    /// What it is for.
    name: String,
    scope: Scope,
}

/// A token as it is shown once.
#[derive(Debug, Serialize, ToSchema)]
struct TokenMade {
    id: String,
    name: String,
    /// The secret; it is not shown again.
    token: String,
}

/// The tokens that are not revoked.
#[utoipa::path(get, path = "/admin/tokens", tag = "operator",
    responses((status = OK, body = TokenList), (status = "4XX", body = ProblemBody)))]
async fn list(State(app): State<App>, _operator: Operator) -> Result<Json<TokenList>, Problem> {
    let rows: Vec<(String, String, String, i64, String, Option<i64>)> = sqlx::query_as(
        "SELECT id, name, scope, created_ms, created_by, used_ms FROM api_token WHERE revoked_ms IS NULL \
         ORDER BY created_ms, id",
    )
    .fetch_all(app.db.reads())
    .await?;
    let rows = rows.into_iter().map(|(id, name, scope, created_ms, created_by, used_ms)| TokenRow {
        id,
        name,
        scope,
        created_at: rfc3339(created_ms),
        created_by,
        last_used_at: used_ms.map(rfc3339),
    });
    Ok(Json(TokenList { tokens: rows.collect() }))
}

/// Makes a token; its secret is shown once.
#[utoipa::path(post, path = "/admin/tokens", tag = "operator",
    responses((status = CREATED, body = TokenMade), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    operator: Operator,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    let made = make(&app, &operator.actor, &new.name, new.scope).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn make(app: &App, actor: &str, name: &str, scope: Scope) -> Result<TokenMade, Problem> {
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Problem::invalid("name", "a token needs a name of 1 to 60 characters"));
    }
    let new = TOKEN.draw(app);
    let token = format!("pixmo_{}", new.secret);
    let made = TokenMade { id: new.id.clone(), name: name.to_owned(), token: token.clone() };
    let (actor, name) = (actor.to_owned(), name.to_owned());
    app.db
        .write("token.create", async move |tx| {
            sqlx::query(
                "INSERT INTO api_token (id, token_hash, name, scope, created_ms, created_by) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&new.id)
            .bind(hash_of(&token))
            .bind(&name)
            .bind(scope.name())
            .bind(new.now_ms)
            .bind(&actor)
            .execute(&mut *tx)
            .await?;
            new.note(tx, &actor, &json!({ "name": name, "scope": scope })).await
        })
        .await?;
    Ok(made)
}

/// Makes a token for a command that runs on the server's own machine; the secret.
///
/// # Errors
/// When the database refuses.
pub async fn issue(app: &App, actor: &str, name: &str, scope: Scope) -> Result<String, Problem> {
    make(app, actor, name, scope).await.map(|made| made.token)
}

/// Revokes a token.
#[utoipa::path(delete, path = "/admin/tokens/{id}", tag = "operator", params(("id" = String, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn revoke(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    TOKEN.revoke(&app, operator, id).await
}
