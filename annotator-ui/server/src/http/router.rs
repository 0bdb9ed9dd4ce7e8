//! All addresses, what stands around them, and the document that describes them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa::openapi::info::InfoBuilder;
use utoipa_axum::router::OpenApiRouter;

use super::{Problem, guard, metrics, page};
use crate::App;

/// Bytes of a body, unless an address says otherwise.
const BODY_BYTES_MAX: usize = 1 << 20;
/// The longest a request may take, unless its address is one that streams.
const REQUEST_MAX: Duration = Duration::from_secs(120);

/// Every address with its description. The one list: what is not here is not served, and what is here is described.
fn described() -> (Router<App>, OpenApi) {
    let info = InfoBuilder::new()
        .title("pixmo annotator")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Tasks, takes, review, pay and export of a campaign. Changes by a signed-in person need the header \
             X-CSRF-Token with the value from /me, and a matching Origin. The tag of an address is who may use it.",
        ))
        .build();
    let api = OpenApi::new(info, utoipa::openapi::Paths::new());
    OpenApiRouter::with_openapi(api).merge(super::health()).nest("/api/v1", crate::routes()).split_for_parts()
}

/// The OpenAPI document.
#[must_use]
pub fn api_document() -> OpenApi {
    described().1
}

/// The server's answer to every request.
pub fn assemble(app: App) -> Router {
    let (router, api) = described();
    let document = serde_json::to_vec(&api).unwrap_or_default();
    router
        .route(
            "/api/openapi.json",
            axum::routing::get(move || {
                let document = document.clone();
                async move { ([(axum::http::header::CONTENT_TYPE, "application/json")], document) }
            }),
        )
        .route("/api/{*rest}", axum::routing::any(async || Problem::missing("address")))
        .fallback(page::serve)
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address does not do that")
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response(Problem::bug("a handler panicked"))
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_MAX))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(axum::middleware::from_fn_with_state(app.clone(), metrics::measure))
        .with_state(app)
}
