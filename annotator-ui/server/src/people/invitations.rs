//! Invitations: a link that makes one account with one role, once, for a while.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handed::Handed;
use super::session::{NewSession, hash_of, set_cookie};
use super::{Role, account, password};
use crate::App;
use crate::context::rfc3339;
use crate::db::Tx;
use crate::events;
use crate::http::{Json, Operator, Path, Problem, ProblemBody};

const INVITATION: Handed = Handed {
    noun: "invitation",
    letter: "i",
    take_back: "UPDATE invitation SET revoked_ms = $1 WHERE id = $2 AND revoked_ms IS NULL AND used_ms IS NULL",
};

/// The longest an invitation holds.
const HOURS_MAX: u32 = 24 * 90;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(look))
        .routes(routes!(accept))
        .routes(routes!(list, create))
        .routes(routes!(revoke))
}

/// What an invitation is for.
#[derive(Debug, Serialize, ToSchema)]
struct Invitation {
    role: Role,
    expires_at: String,
}

/// What somebody who was invited chooses.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Acceptance {
    login: String,
    password: String,
    /// One of the campaign's languages.
    language: String,
}

/// An invitation to make.
#[derive(Debug, Deserialize, ToSchema)]
struct NewInvitation {
    role: Role,
    expires_hours: u32,
}

/// An invitation as it is shown once.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationMade {
    id: String,
    /// The link; it is not shown again.
    link: String,
    role: Role,
    expires_at: String,
}

/// An invitation in the operator's list.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationRow {
    id: String,
    role: String,
    created_at: String,
    created_by: String,
    expires_at: String,
    used_at: Option<String>,
    used_by: Option<String>,
}

/// The invitations.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationList {
    invitations: Vec<InvitationRow>,
}

/// The role of an invitation that still holds.
async fn usable(tx: &mut Tx, token_hash: &str, now: i64) -> Result<(String, Role, i64), Problem> {
    let row: Option<(String, String, i64, Option<i64>, Option<i64>)> = sqlx::query_as(
        "SELECT id, role, expires_ms, used_ms, revoked_ms FROM invitation WHERE token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(tx)
    .await?;
    let (id, role, expires_ms, used_ms, revoked_ms) = row.ok_or_else(|| Problem::missing("invitation"))?;
    let gone = |why: &str| {
        Problem::new(StatusCode::GONE, "invitation_gone", format!("this invitation {why}"))
            .hint("ask whoever sent it for a new one")
    };
    if used_ms.is_some() {
        return Err(gone("was used already"));
    }
    if revoked_ms.is_some() {
        return Err(gone("was taken back"));
    }
    if expires_ms <= now {
        return Err(gone("has expired"));
    }
    let role = Role::named(&role).ok_or_else(|| Problem::bug(format!("role `{role}` of an invitation")))?;
    Ok((id, role, expires_ms))
}

/// What an invitation is for.
#[utoipa::path(get, path = "/invitations/{token}", tag = "everybody", params(("token" = String, Path)),
    responses((status = OK, body = Invitation), (status = NOT_FOUND, body = ProblemBody), (status = GONE, body = ProblemBody)))]
async fn look(State(app): State<App>, Path(token): Path<String>) -> Result<Json<Invitation>, Problem> {
    let mut connection = app.db.reads().acquire().await?;
    let (_, role, expires_ms) = usable(&mut connection, &hash_of(&token), app.context.now_ms()).await?;
    Ok(Json(Invitation { role, expires_at: rfc3339(expires_ms) }))
}

/// Makes an account by an invitation, and signs it in.
#[utoipa::path(post, path = "/invitations/{token}/accept", tag = "everybody", params(("token" = String, Path)),
    responses((status = CREATED, body = account::Me), (status = "4XX", body = ProblemBody)))]
async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
    Json(acceptance): Json<Acceptance>,
) -> Result<impl IntoResponse, Problem> {
    let Acceptance { login, password, language } = acceptance;
    let login = account::checked_login(&login)?;
    account::check_language(&app, &language)?;
    password::check(&app, "password", &password)?;
    let token_hash = hash_of(&token);
    {
        // Before the costly part.
        let mut connection = app.db.reads().acquire().await?;
        usable(&mut connection, &token_hash, app.context.now_ms()).await?;
    }
    let password_hash = password::hash(&app, password).await?;
    let (person, session) = (app.context.id("p"), NewSession::draw(&app));
    let secret = session.secret.clone();
    let id = person.clone();
    app.db
        .write("invitation.accept", async move |tx| {
            let now = session.now;
            let (invitation, role, _) = usable(tx, &token_hash, now).await?;
            let taken: Option<String> = sqlx::query_scalar("SELECT id FROM person WHERE login = $1")
                .bind(&login)
                .fetch_optional(&mut *tx)
                .await?;
            if taken.is_some() {
                return Err(Problem::invalid("login", "this name is taken").hint("choose another name"));
            }
            sqlx::query(
                "INSERT INTO person (id, login, password_hash, roles, status, language, created_ms) \
                 VALUES ($1, $2, $3, $4, 'active', $5, $6)",
            )
            .bind(&person)
            .bind(&login)
            .bind(&password_hash)
            .bind(role.name())
            .bind(&language)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            sqlx::query("UPDATE invitation SET used_ms = $1, used_by = $2 WHERE id = $3")
                .bind(now)
                .bind(&person)
                .bind(&invitation)
                .execute(&mut *tx)
                .await?;
            session.begin(tx, &person).await?;
            let detail = json!({ "invitation": invitation, "role": role });
            events::note(tx, now, &person, "invitation.accept", &person, &detail).await
        })
        .await?;
    app.metrics.count("invitations_accepted");
    let me = account::me_of(&app, &secret, &id).await?;
    Ok((StatusCode::CREATED, AppendHeaders([set_cookie(&app, Some(&secret))]), Json(me)))
}

/// Makes an invitation; its id and the secret of its link.
///
/// # Errors
/// When the database refuses.
pub async fn invite(app: &App, actor: &str, role: Role, hours: u32) -> Result<(String, String), Problem> {
    let new = INVITATION.draw(app);
    let made = (new.id.clone(), new.secret.clone());
    let actor = actor.to_owned();
    let expires = new.now_ms + i64::from(hours) * 3_600_000;
    app.db
        .write("invitation.create", async move |tx| {
            sqlx::query(
                "INSERT INTO invitation (id, token_hash, role, created_ms, created_by, expires_ms) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&new.id)
            .bind(hash_of(&new.secret))
            .bind(role.name())
            .bind(new.now_ms)
            .bind(&actor)
            .bind(expires)
            .execute(&mut *tx)
            .await?;
            new.note(tx, &actor, &json!({ "role": role, "expires_ms": expires })).await
        })
        .await?;
    Ok(made)
}

/// The link that makes the first operator; `None` when there is one already. Links that were printed before and not used
/// are taken back.
///
/// # Errors
/// When the database refuses.
pub async fn first_operator_link(app: &App, public_address: &str) -> Result<Option<String>, Problem> {
    let operators: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM person WHERE roles LIKE '%operator%' AND status <> 'erased'",
    )
    .fetch_one(app.db.reads())
    .await?;
    if operators > 0 {
        return Ok(None);
    }
    let now = app.context.now_ms();
    app.db
        .write("invitation.replace", async move |tx| {
            sqlx::query(
                "UPDATE invitation SET revoked_ms = $1 \
                 WHERE created_by = 'server' AND role = 'operator' AND used_ms IS NULL AND revoked_ms IS NULL",
            )
            .bind(now)
            .execute(&mut *tx)
            .await?;
            Ok(())
        })
        .await?;
    let (_, secret) = invite(app, "server", Role::Operator, 48).await?;
    Ok(Some(link_of(public_address, &secret)))
}

/// The address that a person opens. The secret stands behind the `#`, which browsers send to nobody.
pub(crate) fn link_of(public_address: &str, secret: &str) -> String {
    format!("{public_address}/#/invitation/{secret}")
}

/// The invitations, newest first.
#[utoipa::path(get, path = "/admin/invitations", tag = "operator",
    responses((status = OK, body = InvitationList), (status = "4XX", body = ProblemBody)))]
async fn list(State(app): State<App>, _operator: Operator) -> Result<Json<InvitationList>, Problem> {
    type Row = (String, String, i64, String, i64, Option<i64>, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, role, created_ms, created_by, expires_ms, used_ms, used_by FROM invitation \
         WHERE revoked_ms IS NULL ORDER BY created_ms DESC, id LIMIT 500",
    )
    .fetch_all(app.db.reads())
    .await?;
    let rows =
        rows.into_iter().map(|(id, role, created, created_by, expires, used, used_by)| InvitationRow {
            id,
            role,
            created_at: rfc3339(created),
            created_by,
            expires_at: rfc3339(expires),
            used_at: used.map(rfc3339),
            used_by,
        });
    Ok(Json(InvitationList { invitations: rows.collect() }))
}

/// Makes an invitation; its link is shown once.
#[utoipa::path(post, path = "/admin/invitations", tag = "operator",
    responses((status = CREATED, body = InvitationMade), (status = "4XX", body = ProblemBody)))]
async fn create(
    State(app): State<App>,
    operator: Operator,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<InvitationMade>), Problem> {
    if !(1..=HOURS_MAX).contains(&new.expires_hours) {
        return Err(Problem::invalid("expires_hours", format!("expected 1 to {HOURS_MAX} hours")));
    }
    let (id, secret) = invite(&app, &operator.actor, new.role, new.expires_hours).await?;
    let expires_at = rfc3339(app.context.now_ms() + i64::from(new.expires_hours) * 3_600_000);
    let link = link_of(&app.public_address(), &secret);
    Ok((StatusCode::CREATED, Json(InvitationMade { id, link, role: new.role, expires_at })))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/admin/invitations/{id}", tag = "operator", params(("id" = String, Path)),
    responses((status = NO_CONTENT), (status = "4XX", body = ProblemBody)))]
async fn revoke(
    State(app): State<App>,
    operator: Operator,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    INVITATION.revoke(&app, operator, id).await
}
