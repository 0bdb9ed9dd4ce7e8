//! Who asks: the person of a session, or a program with a token; and what they may do.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use subtle::ConstantTimeEq as _;

use super::Problem;
use super::guard::{changes, is_own_origin};
use crate::App;
use crate::people::{Role, Scope, Status, roles::Roles, session, tokens};

/// A person who is signed in. For a change, the token against forged requests was right.
#[derive(Clone, Debug)]
pub struct Who {
    /// The pseudonym, `p-…`.
    pub person: String,
    /// The name at sign-in.
    pub login: String,
    /// What they may do.
    pub roles: Roles,
    /// Whether they are held.
    pub status: Status,
    /// The language of the texts they are shown.
    pub language: String,
    /// What a change has to send in `X-CSRF-Token`.
    pub csrf: String,
    /// Which session it is.
    pub session: String,
}

impl Who {
    /// Whether they have a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.has(role)
    }

    fn needs(self, role: Role) -> Result<Who, Problem> {
        if self.is(role) {
            return Ok(self);
        }
        Err(Problem::forbidden(format!("this is for people with the role `{}`", role.name())))
    }
}

impl FromRequestParts<App> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Who, Problem> {
        let token = session::cookie_of(&parts.headers).ok_or_else(Problem::signed_out)?;
        let who = session::find(app, token).await?.ok_or_else(Problem::signed_out)?;
        if changes(&parts.method) {
            let sent = parts.headers.get("x-csrf-token").map(|value| value.as_bytes()).unwrap_or_default();
            let is_ours = is_own_origin(app, &parts.headers) == Some(true);
            if !is_ours || !bool::from(sent.ct_eq(who.csrf.as_bytes())) {
                return Err(Problem::new(
                    StatusCode::FORBIDDEN,
                    "csrf",
                    "a change needs the header X-CSRF-Token with the value from /me, and the page's own Origin",
                )
                .hint("load the page again"));
            }
        }
        if who.status == Status::Blocked {
            return Err(Problem::new(StatusCode::FORBIDDEN, "blocked", "this account is blocked"));
        }
        Ok(who)
    }
}

/// A person with the role of an annotator.
#[derive(Clone, Debug)]
pub struct Annotator(pub Who);

impl FromRequestParts<App> for Annotator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Annotator, Problem> {
        Who::from_request_parts(parts, app).await?.needs(Role::Annotator).map(Annotator)
    }
}

/// Somebody who may decide about others' work: a person with the role of a reviewer, or an [`Operator`], person or program.
#[derive(Clone, Debug)]
pub struct Reviewer {
    /// The pseudonym of the person, or `token:NAME`.
    pub actor: String,
}

impl FromRequestParts<App> for Reviewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Reviewer, Problem> {
        if bearer_of(&parts.headers).is_some() {
            let Operator { actor } = Operator::from_request_parts(parts, app).await?;
            return Ok(Reviewer { actor });
        }
        let who = Who::from_request_parts(parts, app).await?;
        let who = if who.is(Role::Operator) { who } else { who.needs(Role::Reviewer)? };
        Ok(Reviewer { actor: who.person })
    }
}

/// An operator: a person with that role, or a program with a token of that scope.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The pseudonym of the person, or `token:NAME`; what the audit names.
    pub actor: String,
}

impl FromRequestParts<App> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Operator, Problem> {
        if let Some(token) = bearer_of(&parts.headers) {
            let name = tokens::find(app, token, Scope::Operator).await?;
            return Ok(Operator { actor: format!("token:{name}") });
        }
        let who = Who::from_request_parts(parts, app).await?.needs(Role::Operator)?;
        Ok(Operator { actor: who.person })
    }
}

/// A program that transcribes, with a token of that scope.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The name of the token.
    pub name: String,
}

impl FromRequestParts<App> for Worker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Worker, Problem> {
        let token = bearer_of(&parts.headers).ok_or_else(|| {
            Problem::signed_out()
                .hint("send `Authorization: Bearer TOKEN`, with a token of the scope `worker`")
        })?;
        Ok(Worker { name: tokens::find(app, token, Scope::Worker).await? })
    }
}

fn bearer_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The address from which a request came, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub Option<IpAddr>);

impl FromRequestParts<App> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Peer, Self::Rejection> {
        if let Some(name) = &app.settings.client_address_header {
            let value = parts.headers.get_all(name.as_str()).iter().next_back();
            let last = value.and_then(|value| value.to_str().ok()).and_then(|value| value.rsplit(',').next());
            return Ok(Peer(last.and_then(|address| address.trim().parse().ok())));
        }
        Ok(Peer(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())))
    }
}
