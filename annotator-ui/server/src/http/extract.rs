//! Bodies, queries and parts of addresses, refused in our form when they are wrong.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Problem;

/// A JSON body, of a request or an answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

/// The values after the `?`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

/// The parts of the address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Json(value)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "the body is not JSON: expected `Content-Type: application/json`",
            )),
            Err(JsonRejection::JsonDataError(error)) => {
                let text = error.body_text();
                // `Failed to deserialize the JSON body into the target type: labels[0].x: invalid type …`
                let what = text.split_once("type: ").map_or(text.as_str(), |(_, what)| what);
                let field = what.split_once(": ").map_or("body", |(field, _)| field);
                Err(Problem::invalid(field, what))
            }
            Err(JsonRejection::JsonSyntaxError(error)) => {
                Err(Problem::new(StatusCode::BAD_REQUEST, "not_json", error.body_text()))
            }
            Err(other) if other.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Problem::too_large("the body is larger than is taken here"))
            }
            Err(other) => Err(Problem::new(StatusCode::BAD_REQUEST, "bad_request", other.body_text())),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::invalid("query", "a zero byte is in no value"));
        }
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        let refuse = |error: QueryRejection| Problem::invalid("query", error.body_text());
        read.map(|axum::extract::Query(value)| Query(value)).map_err(refuse)
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // A zero byte is in no id, and PostgreSQL takes no text with one.
        if parts.uri.path().contains("%00") {
            return Err(Problem::missing("thing"));
        }
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        // An address that cannot be understood names nothing.
        let refuse = |_: PathRejection| Problem::missing("thing");
        read.map(|axum::extract::Path(value)| Path(value)).map_err(refuse)
    }
}
