//! What went wrong, as the page and programs are told it: a status, a code, a sentence, and what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A word that programs can tell apart: `lease_lost`.
    pub code: &'static str,
    /// What could not be done, and why.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The field that is wrong, where the code is `invalid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Further values that belong to the code, such as `have_secs` and `need_secs`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub details: Map<String, Value>,
}

/// Why a request was not done. The cause is logged and never told.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status of HTTP.
    pub status: StatusCode,
    /// What is told.
    pub body: Box<ProblemBody>,
    retry_after_secs: Option<u64>,
    cause: Option<Box<str>>,
}

impl Problem {
    /// A problem of this status and code.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Problem {
        let body =
            ProblemBody { code, message: message.into(), hint: None, field: None, details: Map::new() };
        Problem { status, body: Box::new(body), retry_after_secs: None, cause: None }
    }

    /// 401: nobody is signed in.
    #[must_use]
    pub fn signed_out() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "signed_out", "nobody is signed in").hint("sign in")
    }

    /// 403: signed in, but not for this.
    #[must_use]
    pub fn forbidden(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// 404: there is none, or it is not yours; the two are not told apart.
    #[must_use]
    pub fn missing(what: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "missing", format!("there is no such {what}"))
    }

    /// 409: the state of things does not allow it.
    #[must_use]
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::CONFLICT, code, message)
    }

    /// 422: a field does not hold what it should.
    #[must_use]
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Problem {
        let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message);
        problem.body.field = Some(field.into());
        problem
    }

    /// 413: more than is taken.
    #[must_use]
    pub fn too_large(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    }

    /// 429: too often.
    #[must_use]
    pub fn too_often(message: impl Into<String>, retry_after_secs: u64) -> Problem {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_often", message).retry_after(retry_after_secs)
    }

    /// 503: not now.
    #[must_use]
    pub fn unavailable(message: impl Into<String>) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message)
            .hint("try again in a moment; nothing that was acknowledged is lost")
            .retry_after(2)
    }

    /// 500: a fault of ours. `cause` is logged.
    #[must_use]
    pub fn bug(cause: impl Into<String>) -> Problem {
        let problem =
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server could not do this");
        problem.cause(cause)
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.body.hint = Some(hint.into());
        self
    }

    /// With a value that belongs to the code.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.body.details.insert(name.to_owned(), value.into());
        self
    }

    /// With the seconds after which it is worth trying again.
    #[must_use]
    pub fn retry_after(mut self, secs: u64) -> Problem {
        self.retry_after_secs = Some(secs);
        self
    }

    /// With a cause for the log.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Problem {
        self.cause = Some(cause.into().into_boxed_str());
        self
    }

    /// What the log is told of it.
    #[must_use]
    pub fn log_text(&self) -> &str {
        self.cause.as_deref().unwrap_or(&self.body.message)
    }

    /// Whether it says that the database could not be reached or was busy, so that the same may go well a moment later.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        self.status == StatusCode::SERVICE_UNAVAILABLE
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if self.status.is_server_error() {
            let cause = self.log_text();
            if self.status == StatusCode::SERVICE_UNAVAILABLE {
                tracing::warn!(code = self.body.code, cause, "request was put off");
            } else {
                tracing::error!(code = self.body.code, cause, "request failed");
            }
        }
        let mut response = (self.status, axum::Json(*self.body)).into_response();
        if let Some(secs) = self.retry_after_secs {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        response
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Problem {
        if is_outage(&error) {
            Problem::unavailable("the database cannot be reached").cause(error.to_string())
        } else {
            Problem::bug(error.to_string())
        }
    }
}

/// Whether an error says that the database is away, starting, stopping, full or locked, and not that the statement is
/// wrong.
pub(crate) fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => match error.code().as_deref() {
            // SQLite: busy, locked, read-only, I/O, full, cannot open. PostgreSQL: connection, resources, operator.
            Some("5" | "6" | "8" | "13" | "14" | "261" | "517") => true,
            Some(code) if code.len() == 5 => {
                ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
            }
            Some(code) => code.parse::<u32>().is_ok_and(|code| code & 0xff == 10),
            None => false,
        },
        _ => false,
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Problem {
        Problem::bug(format!("JSON in the database: {error}"))
    }
}
