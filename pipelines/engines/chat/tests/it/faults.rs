//! Servers that do wrong: each fault has its own class, and costs no more time and memory than allowed.

use std::time::{Duration, Instant};

use pixmo_engine_chat::Client;
use pixmo_engines::chat::{Chat, ChatClass, ChatFailed, ChatRequest, ChatSettings, Message};
use serde_json::json;

use crate::server::{Reply, Request, Server, question};

/// Expects a class, a word of the detail, and an end in time.
async fn check(
    name: &str,
    class: ChatClass,
    word: &str,
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> ChatFailed {
    let server = Server::start(answer).await;
    #[expect(clippy::disallowed_methods, reason = "what is measured is how long a person would wait")]
    let begin = Instant::now();
    let failed = server.client_with_key().ask(&question()).await.expect_err(name);
    assert_eq!(failed.class, class, "{name}: {failed:?}");
    assert!(failed.detail.contains(word), "{name}: {}", failed.detail);
    assert!(!failed.detail.contains("sk-secret"), "{name}: {}", failed.detail);
    assert!(failed.detail.len() < 600, "{name}: {}", failed.detail);
    assert!(begin.elapsed() < Duration::from_secs(4), "{name}: {:?}", begin.elapsed());
    assert_eq!(server.asked().len(), 1, "{name}: one attempt is one request");
    failed
}

#[tokio::test]
async fn statuses() {
    let said = |text: &str, code: &str| json!({ "error": { "message": text, "type": code, "code": code } });
    for (status, body, class, word) in [
        (401, said("Incorrect API key provided: sk-secret-1", "invalid_api_key"), ChatClass::BadKey, "***"),
        (403, json!({}), ChatClass::BadKey, "403"),
        (402, json!({ "error": "pay" }), ChatClass::Quota, "pay"),
        (429, said("slow down", "rate_limit_exceeded"), ChatClass::RateLimited, "slow down"),
        (429, said("You exceeded your current quota", "insufficient_quota"), ChatClass::Quota, "quota"),
        (404, said("The model `m` does not exist", "model_not_found"), ChatClass::UnknownModel, "model"),
        (404, json!({ "detail": "Not Found" }), ChatClass::BadRequest, "/v1"),
        (400, said("invalid model name", "invalid_request_error"), ChatClass::UnknownModel, "model"),
        (
            400,
            said("This model's maximum context length is 4096 tokens", "context_length_exceeded"),
            ChatClass::ContextTooLong,
            "4096",
        ),
        (
            400,
            said("the request exceeds the available context size", "exceed_context_size_error"),
            ChatClass::ContextTooLong,
            "context",
        ),
        (
            400,
            said("triggered our content management policy", "content_filter"),
            ChatClass::Refusal,
            "policy",
        ),
        (400, said("temperature is out of range", "x"), ChatClass::BadRequest, "temperature"),
        (413, json!({}), ChatClass::ContextTooLong, "413"),
        (422, json!({ "detail": "no field `seed`" }), ChatClass::BadRequest, "seed"),
        (500, json!({ "error": { "message": "oops" } }), ChatClass::Down, "oops"),
        (501, json!({}), ChatClass::BadRequest, "501"),
        (503, said("Loading model", "unavailable_error"), ChatClass::Down, "Loading"),
        (504, json!({}), ChatClass::Slow, "504"),
        (204, json!({}), ChatClass::Nonsense, "204"),
    ] {
        check(&format!("{status} {body}"), class, word, move |_| Reply::json(status, &body)).await;
    }
    let failed = check("a redirect", ChatClass::BadRequest, "redirect", |_| {
        Reply::new(302, &[("Location", "http://127.0.0.1:1/")], "")
    });
    assert_eq!(failed.await.status, Some(302));
    let page = "<html><body>Bad Gateway</body></html>";
    check("a page", ChatClass::Down, "502", move |_| Reply::new(502, &[], page)).await;
    let long = "x".repeat(1 << 20);
    check("a long story", ChatClass::Down, "500", move |_| Reply::new(500, &[], &long)).await;
}

#[tokio::test]
async fn what_a_server_wants_to_be_waited_is_told() {
    let date = "Mon, 30 Nov 2026 12:00:00 GMT";
    for (asked, wait) in [
        ("7", Some(7)),
        ("Mon, 30 Nov 2026 12:00:09 GMT", Some(9)),
        ("Mon, 30 Nov 2026 11:00:00 GMT", Some(0)),
        ("-1", None),
        ("NaN", None),
        ("soon", None),
    ] {
        let failed = check(asked, ChatClass::RateLimited, "429", move |_| {
            Reply::new(429, &[("Retry-After", asked), ("Date", date)], "")
        });
        assert_eq!(failed.await.wait.map(|wait| wait.as_secs()), wait, "{asked}");
    }
}

#[tokio::test]
async fn servers_that_are_not_there() {
    let server = Server::start(|_| Reply::raw("")).await;
    let settings = server.settings();
    drop(server);
    // The port is free again.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let failed = Client::new(&settings, None).unwrap().ask(&question()).await.unwrap_err();
    assert_eq!(failed.class, ChatClass::Down, "{failed:?}");
    let nowhere = ChatSettings { url: "http://nowhere.invalid/v1".to_owned(), ..settings };
    let failed = Client::new(&nowhere, None).unwrap().ask(&question()).await.unwrap_err();
    assert!(matches!(failed.class, ChatClass::Down | ChatClass::Slow), "{failed:?}");
    check("closes at once", ChatClass::Down, "ended", |_| Reply::raw("")).await;
    check("no TLS", ChatClass::Nonsense, "HTTP", |_| Reply::raw([0x15, 3, 1, 0, 2, 2, 80].as_slice())).await;
}

#[tokio::test]
async fn servers_that_are_slow() {
    check("says nothing", ChatClass::Slow, "first byte", |_| Reply::raw("").pause(3_000)).await;
    check("a head and nothing", ChatClass::Slow, "first byte", |_| Reply::stream().pause(3_000)).await;
    let failed =
        check("stops", ChatClass::Slow, "nothing more", |_| Reply::stream().piece("so").pause(3_000)).await;
    assert!(failed.spent.is_estimated && failed.spent.tokens_out == 1, "{failed:?}");
    check("drips", ChatClass::Slow, "did not end", |_| {
        let piece = json!({ "choices": [{ "index": 0, "delta": { "content": "a" } }] });
        Reply::stream().forever(format!("data: {piece}\n\n"), 100)
    })
    .await;
    check("pings only", ChatClass::Slow, "did not end", |_| Reply::stream().forever(": ping\n\n", 100)).await;
    check("drips a whole body", ChatClass::Slow, "did not end", |_| {
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n").forever(" ", 100)
    })
    .await;
}

#[tokio::test]
async fn answers_that_have_no_end() {
    check("cut", ChatClass::Cut, "without an end", |_| Reply::stream().piece("so").piece("me")).await;
    check("cut within a piece", ChatClass::Cut, "within a piece", |_| {
        Reply::stream().piece("so").send("data: {\"choices\":[{\"del")
    })
    .await;
    check("shorter than declared", ChatClass::Cut, "within the answer", |_| {
        Reply::raw(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{\"choices\":[",
        )
    })
    .await;
    check("a chunk that never comes", ChatClass::Cut, "within the answer", |_| {
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n80\r\ndata: ")
    })
    .await;
    let failed =
        check("too long", ChatClass::TooLong, "50 tokens", |_| Reply::stream().piece("so").end("length"))
            .await;
    assert_eq!((failed.spent.tokens_in, failed.spent.tokens_out), (12, 3));
    check("a flood", ChatClass::TooLong, "262144 bytes", |_| {
        let piece = json!({ "choices": [{ "index": 0, "delta": { "content": "a".repeat(1000) } }] });
        Reply::stream().forever(format!("data: {piece}\n\n"), 0)
    })
    .await;
    check("one event without end", ChatClass::Nonsense, "an event has more than", |_| {
        Reply::stream().forever("data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(1000), 0)
    })
    .await;
    check("a body without end", ChatClass::TooLong, "has more than", |_| {
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n").forever(" ".repeat(60_000), 0)
    })
    .await;
}

#[tokio::test]
async fn answers_that_are_none() {
    let choice = |choice: serde_json::Value| json!({ "choices": [choice] });
    for (name, body, class, word) in [
        ("nothing", json!(null), ChatClass::Nonsense, "JSON"),
        ("a list", json!([1]), ChatClass::Nonsense, "JSON"),
        ("no choices", json!({ "object": "x" }), ChatClass::Nonsense, "choices"),
        ("no choice", json!({ "choices": [] }), ChatClass::Nonsense, "empty"),
        ("no text", choice(json!({ "message": { "content": null } })), ChatClass::Nonsense, "empty"),
        ("a number", choice(json!({ "message": { "content": 7 } })), ChatClass::Nonsense, "no text"),
        ("only spaces", choice(json!({ "message": { "content": " \n" } })), ChatClass::Nonsense, "empty"),
        (
            "a tool",
            choice(
                json!({ "message": { "content": "", "tool_calls": [{ "id": "1" }] }, "finish_reason": "tool_calls" }),
            ),
            ChatClass::Nonsense,
            "tool",
        ),
        (
            "refused",
            choice(json!({ "message": { "content": null, "refusal": "I cannot help with that" } })),
            ChatClass::Refusal,
            "will not",
        ),
        (
            "filtered",
            choice(json!({ "message": { "content": "so" }, "finish_reason": "content_filter" })),
            ChatClass::Refusal,
            "will not",
        ),
        (
            "an error with status 200",
            json!({ "error": { "message": "out of memory" } }),
            ChatClass::Down,
            "memory",
        ),
    ] {
        check(name, class, word, move |_| Reply::json(200, &body)).await;
    }
    check("a page", ChatClass::Nonsense, "JSON", |_| {
        Reply::new(200, &[("Content-Type", "text/html")], "<html>hello")
    })
    .await;
    check("not HTTP", ChatClass::Nonsense, "HTTP", |_| Reply::raw("SSH-2.0-OpenSSH_9.2\r\n")).await;
    check("an error in the stream", ChatClass::Down, "overloaded", |_| {
        Reply::stream().piece("so").event(&json!({ "error": { "message": "overloaded", "code": 503 } }))
    })
    .await;
    check("no JSON in the stream", ChatClass::Nonsense, "JSON", |_| Reply::stream().send("data: hello\n\n"))
        .await;
    check("a stream of nothing", ChatClass::Nonsense, "empty", |_| Reply::stream().send("data: [DONE]\n\n"))
        .await;
}

#[tokio::test]
async fn what_cannot_be_asked_is_not_sent() {
    let server = Server::start(|_| Reply::raw("")).await;
    for request in [
        ChatRequest::new(Vec::new()),
        ChatRequest::new(vec![Message::user("see data:image/jpeg;base64,/9j/4AAQ")]),
        ChatRequest { temperature: 3.0, ..question() },
    ] {
        let failed = server.client().ask(&request).await.unwrap_err();
        assert_eq!((failed.class, failed.attempts), (ChatClass::BadRequest, 0));
    }
    assert!(server.asked().is_empty());
    let no_key = ChatSettings { key_env: Some("LLM_KEY".to_owned()), ..server.settings() };
    let told = Client::new(&no_key, None).unwrap_err().to_string();
    assert!(told.contains("`LLM_KEY`"), "{told}");
}
