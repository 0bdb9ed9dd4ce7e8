//! The page, which travels within the program. Every address that is not the API's is the page's own.

use std::sync::OnceLock;

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::Problem;

#[derive(RustEmbed)]
#[folder = "../web/dist"]
#[allow_missing = true]
struct Files;

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>pixmo</title>\n\
    <h1>The page is not built</h1>\n\
    <p>This program was compiled without its page. The server and its API work.\n\
    <p>To build the page: <code>cd annotator-ui/web &amp;&amp; npm ci &amp;&amp; npm run build</code>, then compile the \
    program again: <code>cargo build --release -p pixmo-annotator</code>.\n\
    <p>The API is described at <a href=\"/api/openapi.json\">/api/openapi.json</a>.\n</html>\n";

/// Which page this program serves: the beginning of a hash over all its files; `none` without a page.
///
/// It stands in every receipt, so that what a recorder could do is known for each take.
pub fn build_of_page() -> &'static str {
    static BUILD: OnceLock<String> = OnceLock::new();
    BUILD.get_or_init(|| {
        let mut names: Vec<_> = Files::iter().collect();
        if names.is_empty() {
            return "none".to_owned();
        }
        names.sort();
        let mut hash = Sha256::new();
        for name in names {
            hash.update(name.as_bytes());
            if let Some(file) = Files::get(&name) {
                hash.update(file.metadata.sha256_hash());
            }
        }
        hex::encode(&hash.finalize()[..8])
    })
}

/// A file of the page, or its entry for the addresses that the page itself understands.
pub(super) async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::missing("address").into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    if let Some(file) = Files::get(path).filter(|_| !path.is_empty()) {
        return answer(path, file);
    }
    // A name with a dot is a file, and a missing file is missing; anything else is a view of the page.
    if path.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        return Problem::missing("file").into_response();
    }
    match Files::get("index.html") {
        Some(file) => answer("index.html", file),
        None => {
            let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (StatusCode::OK, html, NOT_BUILT).into_response()
        }
    }
}

fn answer(path: &str, file: rust_embed::EmbeddedFile) -> Response {
    let media_type = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    // The names of built files hold a hash of what is in them.
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = file.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
