//! Why a request is refused, in the form that OpenAI's clients read.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::App;
use crate::desk::Refused;

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    status: StatusCode,
    /// A word that programs can tell apart.
    code: &'static str,
    /// What is wrong, and what to do.
    message: String,
    /// The field that is wrong, as a path into the body.
    param: Option<String>,
    retry_after_secs: Option<u64>,
}

impl Problem {
    /// A problem of this status and code.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { status, code, message: message.into(), param: None, retry_after_secs: None }
    }

    /// 400: a field does not hold what it should.
    pub fn invalid(param: impl Into<String>, message: impl Into<String>) -> Problem {
        let problem = Problem::new(StatusCode::BAD_REQUEST, "invalid_value", message);
        Problem { param: Some(param.into()), ..problem }
    }

    /// 400: a field asks for what this server does not do.
    pub(super) fn unsupported(param: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { code: "unsupported", ..Problem::invalid(param, message) }
    }

    /// The same with another code.
    pub(super) fn code(self, code: &'static str) -> Problem {
        Problem { code, ..self }
    }

    /// 401.
    pub(super) fn unauthorized() -> Problem {
        let message = "this server wants `Authorization: Bearer TOKEN` with the token it was started with";
        Problem::new(StatusCode::UNAUTHORIZED, "invalid_api_key", message)
    }

    /// 413.
    pub(super) fn too_large(most: usize) -> Problem {
        let message =
            format!("the body is larger than the {most} bytes that are taken; send a smaller picture");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
    }

    /// 429 or 503: there is no place.
    pub(super) fn refused(refused: Refused, app: &App) -> Problem {
        let (status, code) = match refused {
            Refused::Full { .. } => (StatusCode::TOO_MANY_REQUESTS, "queue_full"),
            Refused::Closed => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        };
        let secs = app.retry_after_secs();
        let message = format!("{refused}; try again in {secs} s");
        Problem { retry_after_secs: Some(secs), ..Problem::new(status, code, message) }
    }

    /// 503: not now.
    pub(super) fn later(code: &'static str, message: &str, secs: u64) -> Problem {
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, message);
        Problem { retry_after_secs: Some(secs), ..problem }
    }

    /// 500: a fault of ours. The log has the cause.
    pub(super) fn broken() -> Problem {
        let message = "the model failed; the log of the server says why";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message)
    }

    /// The body.
    pub(super) fn object(&self) -> Value {
        let kind = match self.status.as_u16() {
            401 => "authentication_error",
            429 => "rate_limit_error",
            500.. => "server_error",
            _ => "invalid_request_error",
        };
        json!({ "error": { "message": self.message, "type": kind, "param": self.param, "code": self.code } })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.object())).into_response();
        let headers = response.headers_mut();
        if let Some(secs) = self.retry_after_secs {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
