//! An answer piece by piece, as server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde_json::{Value, json};

use super::chat::{cut_off, millis, refused, usage};
use super::{App, Problem};
use crate::caption::finish;
use crate::desk::{Event, Ticket};

/// After so long without a word a comment is sent, so that nobody on the way takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// The end of every stream that went well.
const DONE: &str = "[DONE]";

/// An answer on its way.
struct Stream {
    app: App,
    ticket: Ticket,
    id: String,
    with_usage: bool,
    /// When the request came.
    begun: Duration,
    created: i64,
    /// What can be sent.
    ready: VecDeque<String>,
    is_over: bool,
}

/// The response whose body is the answer. When the body is dropped, so is the ticket.
pub(super) fn respond(
    app: App,
    ticket: Ticket,
    first: Event,
    id: String,
    with_usage: bool,
    begun: Duration,
) -> Response {
    let created = app.clock.unix_ms() / 1000;
    let ready = VecDeque::new();
    let mut stream = Stream { app, ticket, id, with_usage, begun, created, ready, is_over: false };
    stream.choice(json!({ "role": "assistant", "content": "" }), None);
    stream.take(first);
    let events = stream::unfold(stream, |mut stream| async move {
        let line = stream.next_line().await?;
        Some((Ok::<_, Infallible>(sse::Event::default().data(line)), stream))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

impl Stream {
    async fn next_line(&mut self) -> Option<String> {
        while self.ready.is_empty() && !self.is_over {
            let event = self.ticket.next().await;
            self.take(event);
        }
        self.ready.pop_front()
    }

    /// Makes lines of what the model did.
    fn take(&mut self, event: Event) {
        match event {
            Event::Piece(text) => self.choice(json!({ "content": text }), None),
            Event::Done(reply) => {
                self.choice(json!({}), Some(finish(reply.finish)));
                if self.with_usage {
                    self.chunk(json!([]), &usage(&reply));
                }
                self.ready.push_back(DONE.to_owned());
                self.is_over = true;
                self.app.took(millis(self.app.clock.now().saturating_sub(self.begun)));
            }
            Event::Refused(fault) => self.fail(&refused(&fault)),
            Event::CutOff => self.fail(&cut_off()),
            Event::Broken => self.fail(&Problem::broken()),
        }
    }

    /// The answer ends without its end: the status is long gone, so that the stream says it.
    fn fail(&mut self, problem: &Problem) {
        self.ready.push_back(problem.object().to_string());
        self.is_over = true;
    }

    fn choice(&mut self, delta: Value, finish: Option<&str>) {
        let choice = json!({ "index": 0, "delta": delta, "logprobs": null, "finish_reason": finish });
        self.chunk(json!([choice]), &Value::Null);
    }

    fn chunk(&mut self, choices: Value, usage: &Value) {
        let mut object = json!({
            "id": self.id, "object": "chat.completion.chunk", "created": self.created,
            "model": self.app.settings.name, "choices": choices,
        });
        if self.with_usage {
            object["usage"] = usage.clone();
        }
        self.ready.push_back(object.to_string());
    }
}
