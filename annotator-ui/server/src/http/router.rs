//! All addresses, what stands around them, and the document that describes them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa::openapi::info::InfoBuilder;
use utoipa_axum::router::OpenApiRouter;

use super::{Problem, guard, metrics, page};
use crate::App;

/// Bytes of a body, unless an address says otherwise.
const BODY_BYTES_MAX: usize = 1 << 20;
/// The longest a request may take, unless its address is among [`LONG`].
const REQUEST_MAX: Duration = Duration::from_secs(120);
/// Addresses below which a request takes as long as there is to do: operators import, export, erase and back up.
const LONG: [&str; 4] =
    ["/api/v1/admin/tasks", "/api/v1/admin/export", "/api/v1/admin/erase", "/api/v1/admin/backup"];

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
        .layer(CatchPanicLayer::custom(|_| Problem::bug("a handler panicked").into_response()))
        .layer(axum::middleware::from_fn(deadline))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(axum::middleware::from_fn_with_state(app.clone(), metrics::measure))
        .with_state(app)
}

/// Ends a request that takes too long; what it had begun to write is taken back or finished by the writer.
async fn deadline(request: Request, next: Next) -> Response {
    if LONG.iter().any(|path| request.uri().path().starts_with(path)) {
        return next.run(request).await;
    }
    match tokio::time::timeout(REQUEST_MAX, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let secs = REQUEST_MAX.as_secs();
            let message = format!("the request took more than {secs} seconds");
            Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message).into_response()
        }
    }
}
