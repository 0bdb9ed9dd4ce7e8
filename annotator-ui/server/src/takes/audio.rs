//! A recording is played, in whole or in part.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use pixmo_schemas::Sha256;

use super::live::blocking;
use super::row::{self, Row};
use super::view::readable;
use crate::App;
use crate::http::{Path, Problem, Who};

/// The recording of a take, for whoever made it and for those who look at work.
#[utoipa::path(
    get, path = "/takes/{take}/audio", tag = "person",
    params(("take" = String, Path), ("Range" = Option<String>, Header)),
    responses(
        (status = 200, content_type = "audio/webm"), (status = 206, content_type = "audio/webm"),
        (status = 404), (status = 416),
    )
)]
pub(super) async fn play(
    State(app): State<App>,
    who: Who,
    Path(take): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let row = readable(&app, &who, &take).await?;
    let bytes = bytes_of(&app, &row).await?;
    Ok(part(&row, bytes, headers.get(header::RANGE)))
}

/// The bytes of the recording of a take.
pub(crate) async fn bytes_of(app: &App, row: &Row) -> Result<Vec<u8>, Problem> {
    let is_there = row.status == row::FINISHED || row.status == row::FAILED;
    let (Some(sha256), Some(extension), true) = (&row.sha256, row.extension.clone(), is_there) else {
        return Err(Problem::missing("recording"));
    };
    let sha256: Sha256 = sha256.parse().map_err(|_| Problem::bug(format!("the hash of take {}", row.id)))?;
    let store = app.takes.clone();
    let read = blocking(move || store.read(&sha256, &extension)).await?;
    read.map_err(|error| match error.trouble {
        pixmo_shards::Trouble::Missing => {
            Problem::bug(format!("the recording of take {} is not in the store", row.id))
        }
        _ => Problem::unavailable("the recording cannot be read").cause(error.to_string()),
    })
}

/// The answer for a range of bytes, or for all.
fn part(row: &Row, bytes: Vec<u8>, range: Option<&HeaderValue>) -> Response {
    let whole = bytes.len();
    let asked = range.and_then(|range| range.to_str().ok()).and_then(|range| understand(range, whole));
    let (status, body, place) = match asked {
        None => (StatusCode::OK, bytes, None),
        Some(None) => (StatusCode::RANGE_NOT_SATISFIABLE, Vec::new(), Some(format!("bytes */{whole}"))),
        Some(Some((from, to))) => (
            StatusCode::PARTIAL_CONTENT,
            bytes[from..=to].to_vec(),
            Some(format!("bytes {from}-{to}/{whole}")),
        ),
    };
    let mut response = (status, Body::from(body)).into_response();
    let headers = response.headers_mut();
    let media_type = row.media_type.parse().unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Some(place) = place.and_then(|place| place.parse().ok()) {
        headers.insert(header::CONTENT_RANGE, place);
    }
    response
}

/// One range of bytes, first and last. `None`: not understood, so all is answered; `Some(None)`: nothing is there.
fn understand(range: &str, whole: usize) -> Option<Option<(usize, usize)>> {
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = (from.trim(), to.trim());
    let last = whole.checked_sub(1);
    if from.is_empty() {
        let count: usize = to.parse().ok()?;
        return Some(last.filter(|_| count > 0).map(|last| (whole.saturating_sub(count), last)));
    }
    let from: usize = from.parse().ok()?;
    let to: usize = if to.is_empty() { usize::MAX } else { to.parse().ok()? };
    if to < from {
        return None;
    }
    Some(last.filter(|last| from <= *last).map(|last| (from, to.min(last))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_understood_or_passed_over() {
        let cases = [
            ("bytes=0-", Some(Some((0, 99)))),
            ("bytes=10-19", Some(Some((10, 19)))),
            ("bytes=90-500", Some(Some((90, 99)))),
            ("bytes=-5", Some(Some((95, 99)))),
            ("bytes=-500", Some(Some((0, 99)))),
            ("bytes=100-", Some(None)),
            ("bytes=-0", Some(None)),
            ("bytes=5-2", None),
            ("bytes=0-1,5-6", None),
            ("pieces=1-2", None),
            ("bytes=a-b", None),
        ];
        for (range, expected) in cases {
            assert_eq!(understand(range, 100), expected, "{range}");
        }
        assert_eq!(understand("bytes=0-", 0), Some(None));
    }
}
