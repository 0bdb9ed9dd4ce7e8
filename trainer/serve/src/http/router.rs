//! All addresses, and what stands around them.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;

use super::{App, Problem, chat, health, metrics};

/// The server's answer to every request.
pub fn assemble(app: App) -> Router {
    // With a token, only those who have it ask the model or what it is.
    let guarded = Router::new()
        .route("/v1/chat/completions", post(chat::complete))
        .route("/v1/models", get(health::models))
        .route("/v1/models/{name}", get(health::model))
        .route("/lineage", get(health::lineage))
        .route_layer(middleware::from_fn_with_state(app.clone(), guard));
    Router::new()
        .merge(guarded)
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such address"))
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this address does not do that",
            )
        })
        .layer(CatchPanicLayer::custom(|_| Problem::broken().into_response()))
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn_with_state(app.clone(), metrics::measure))
        .with_state(app)
}

async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    if app.is_allowed(bearer(request.headers())) {
        next.run(request).await
    } else {
        Problem::unauthorized().into_response()
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // Proxies hold small answers back; these are read as they come.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}
