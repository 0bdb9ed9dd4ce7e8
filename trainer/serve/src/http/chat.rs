//! `POST /v1/chat/completions`: a conversation about a picture is continued.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::StreamExt;
use pixmo_molmo::captioner::{Reply, Request};
use pixmo_preprocess::Picture;
use serde_json::{Value, json};

use super::read::Asked;
use super::{App, Problem, stream};
use crate::caption::finish;
use crate::desk::{Event, Place, Ticket};

/// How long a body may take to arrive.
const BODY_MAX: Duration = Duration::from_secs(60);
/// How long a body is read that is not taken, so that its sender hears why.
const DISCARD_MAX: Duration = Duration::from_secs(5);

/// Answers a request.
pub(super) async fn complete(State(app): State<App>, headers: HeaderMap, body: Body) -> Response {
    let place = match app.desk.place() {
        Ok(place) => place,
        Err(refused) => {
            discard(body, app.settings.body_bytes_max).await;
            return Problem::refused(refused, &app).into_response();
        }
    };
    match answer(&app, place, &headers, body).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn answer(app: &App, place: Place, headers: &HeaderMap, body: Body) -> Result<Response, Problem> {
    let begun = app.clock.now();
    let bytes = take(headers, body, app.settings.body_bytes_max).await?;
    let app = app.clone();
    let preparing = app.clone();
    // Decoding is work for a processor, and is done where it holds up no other connection.
    let prepared = tokio::task::spawn_blocking(move || prepare(&preparing, &bytes)).await;
    let (asked, picture) = prepared.map_err(|_| Problem::broken())??;
    let request = Request { picture, turns: asked.turns, sampling: asked.sampling };
    let mut ticket = place.ask(request);
    // Whether it can be answered is known with the first word, and decides the status.
    let first = ticket.next().await;
    let id = app.next_id();
    match first {
        Event::Refused(fault) => Err(refused(&fault)),
        Event::CutOff => Err(cut_off()),
        Event::Broken => Err(Problem::broken()),
        first if asked.is_streamed => Ok(stream::respond(app, ticket, first, id, asked.with_usage, begun)),
        first => {
            let reply = whole(&mut ticket, first).await?;
            app.took(millis(app.clock.now().saturating_sub(begun)));
            Ok(axum::Json(object(&app, &id, &reply)).into_response())
        }
    }
}

/// Reads the body, up to its limit.
async fn take(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Problem> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|declared: usize| declared > most) {
        discard(body, most).await;
        return Err(Problem::too_large(most));
    }
    match tokio::time::timeout(BODY_MAX, axum::body::to_bytes(body, most)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) if declared.is_none() => Err(Problem::too_large(most)),
        Ok(Err(error)) => Err(Problem::invalid("body", format!("the body did not come whole: {error}"))),
        Err(_) => {
            let message = format!("the body took more than {} s", BODY_MAX.as_secs());
            Err(Problem::new(axum::http::StatusCode::REQUEST_TIMEOUT, "too_slow", message))
        }
    }
}

/// Reads what is not taken, up to about the limit, without keeping it: a client that still writes hears no answer.
async fn discard(body: Body, most: usize) {
    let mut left = most.saturating_add(1 << 20);
    let mut chunks = body.into_data_stream();
    let read = async {
        while let Some(Ok(chunk)) = chunks.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                break;
            }
        }
    };
    // Whoever sends more, or slowly, has to do without the answer.
    let _in_time = tokio::time::timeout(DISCARD_MAX, read).await;
}

/// What is asked, with its picture decoded.
fn prepare(app: &App, bytes: &[u8]) -> Result<(Asked, Option<Picture>), Problem> {
    let body: Value = serde_json::from_slice(bytes).map_err(|error| {
        Problem::invalid("body", format!("the body is no JSON: {error}")).code("not_json")
    })?;
    let mut asked = Asked::read(&body, app)?;
    let picture = match asked.picture.take() {
        None => None,
        Some((bytes, at)) => {
            let decoded = Picture::decode(&bytes, &app.settings.pictures);
            Some(decoded.map_err(|fault| Problem::invalid(at, fault.to_string()).code("invalid_image"))?)
        }
    };
    Ok((asked, picture))
}

/// The whole answer.
async fn whole(ticket: &mut Ticket, first: Event) -> Result<Reply, Problem> {
    let mut event = first;
    loop {
        match event {
            Event::Piece(_) => {}
            Event::Done(reply) => return Ok(reply),
            Event::Refused(fault) => return Err(refused(&fault)),
            Event::CutOff => return Err(cut_off()),
            Event::Broken => return Err(Problem::broken()),
        }
        event = ticket.next().await;
    }
}

/// The model cannot read the request: mostly because it is too long.
pub(super) fn refused(fault: &str) -> Problem {
    let code = if fault.contains("tokens") { "context_length_exceeded" } else { "invalid_value" };
    Problem::invalid("messages", fault).code(code)
}

pub(super) fn cut_off() -> Problem {
    Problem::later("stopping", "the server stops, and broke the answer off; ask again", 5)
}

pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn object(app: &App, id: &str, reply: &Reply) -> Value {
    json!({
        "id": id,
        "object": "chat.completion",
        "created": app.clock.unix_ms() / 1000,
        "model": app.settings.name,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": reply.text },
            "logprobs": null,
            "finish_reason": finish(reply.finish),
        }],
        "usage": usage(reply),
    })
}

/// What an answer cost.
pub(super) fn usage(reply: &Reply) -> Value {
    let (prompt, answer) = (reply.prompt_tokens, reply.tokens.len());
    json!({ "prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer })
}
