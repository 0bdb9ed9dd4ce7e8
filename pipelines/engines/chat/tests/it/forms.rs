//! What is sent, and the forms in which servers answer.

use std::sync::Mutex;

use pixmo_engine_chat::Client;
use pixmo_engines::chat::{Chat, ChatClass, ChatRequest, ChatSettings, Format, Heard, Structured};
use serde_json::{Value, json};

use crate::server::{Reply, Server, question, whole};

#[tokio::test]
async fn a_question_is_words_and_the_key_a_header() {
    let server = Server::start(|_| Reply::stream().piece("Because").piece(" so.").end("stop")).await;
    let request = ChatRequest { seed: Some(7), top_p: Some(0.5), stop: vec!["\n".to_owned()], ..question() };
    let answer = server.client_with_key().ask(&request).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.model_said.as_deref()), ("Because so.", Some("m-1")));
    assert_eq!((answer.usage.tokens_in, answer.usage.tokens_out, answer.usage.is_estimated), (12, 3, false));
    assert_eq!((answer.attempts, answer.is_cached), (1, false));
    let asked = server.asked().remove(0);
    assert_eq!(asked.line, "post /v1/chat/completions http/1.1");
    assert!(asked.head.contains("authorization: bearer sk-secret-1"), "{}", asked.head);
    assert!(asked.head.contains(&format!("user-agent: pixmo/{}", env!("CARGO_PKG_VERSION"))));
    let expected = json!({
        "model": "m",
        "messages": [{ "role": "system", "content": "be short" }, { "role": "user", "content": "why?" }],
        "max_tokens": 50, "temperature": 0.0, "stream": true, "stream_options": { "include_usage": true },
        "top_p": 0.5, "seed": 7, "stop": ["\n"],
    });
    assert_eq!(asked.body, expected);
}

#[tokio::test]
async fn pieces_are_heard_as_they_come() {
    let server =
        Server::start(|_| Reply::stream().piece("Be").send(": ping\n\n").piece("cause").end("stop")).await;
    let heard = Mutex::new(Vec::new());
    let listener = |piece: Heard<'_>| {
        if let Heard::Piece(text) = piece {
            heard.lock().unwrap().push(text.to_owned());
        }
    };
    let answer = server.client().answer(&question(), &listener).await.unwrap();
    assert_eq!((answer.text.as_str(), heard.lock().unwrap().concat().as_str()), ("Because", "Because"));
    assert_eq!(heard.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn answers_of_many_servers_are_understood() {
    let part = |text: &str| json!({ "choices": [{ "delta": { "content": text } }] });
    let replies = [
        ("whole although a stream was asked for", Reply::json(200, &whole("Because"))),
        ("without [DONE]", Reply::stream().piece("Because").event(&json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] }))),
        ("without a reason to end", Reply::stream().piece("Because").send("data: [DONE]\n\n")),
        ("without the last empty line", Reply::stream().piece("Because").send("data: [DONE]")),
        ("with CRLF and no index", Reply::stream().send(format!("data: {}\r\n\r\ndata: [DONE]\r\n\r\n", part("Because")))),
        ("with a role first", Reply::stream().event(&json!({ "choices": [{ "delta": { "role": "assistant", "content": null, "tool_calls": [] } }], "usage": null })).piece("Because").end("stop")),
        ("with thoughts beside", Reply::stream().event(&json!({ "choices": [{ "delta": { "reasoning_content": "hm" } }] })).piece("Because").end("stop")),
        ("with a second answer", Reply::stream().piece("Because").event(&json!({ "choices": [{ "index": 1, "delta": { "content": "Why not" } }] })).end("stop")),
        ("in parts", Reply::json(200, &json!({ "choices": [{ "message": { "content": [{ "type": "text", "text": "Be" }, { "type": "text", "text": "cause" }] } }] }))),
        ("after [DONE] nothing counts", Reply::stream().piece("Because").send("data: [DONE]\n\ndata: nonsense\n\n")),
    ];
    for (name, reply) in replies {
        let server = Server::start(move |_| reply.clone()).await;
        let answer =
            server.client().ask(&question()).await.unwrap_or_else(|failed| panic!("{name}: {failed}"));
        assert_eq!(answer.text, "Because", "{name}");
        assert!(answer.usage.tokens_out > 0, "{name}");
    }
    let server = Server::start(|_| Reply::json(200, &whole("Because"))).await;
    let settings = ChatSettings { stream: false, ..server.settings() };
    let answer = Client::new(&settings, None).unwrap().ask(&question()).await.unwrap();
    assert_eq!((answer.text.as_str(), server.asked()[0].body["stream"].as_bool()), ("Because", Some(false)));
}

/// A character may be cut between two pieces of the network, and not between two of the answer.
#[tokio::test]
async fn text_of_any_script_comes_whole() {
    let text = "Größe 東京 🦆 مرحبا";
    let server = Server::start(move |_| {
        let data = json!({ "choices": [{ "delta": { "content": text } }] });
        let bytes = format!("data: {data}\n\ndata: [DONE]\n\n").into_bytes();
        bytes.chunks(3).fold(Reply::stream(), |reply, piece| reply.send(piece).pause(1))
    })
    .await;
    assert_eq!(server.client().ask(&question()).await.unwrap().text, text);
}

fn form() -> ChatRequest {
    let schema = json!({
        "type": "object",
        "properties": { "caption": { "type": "string" }, "sure": { "type": "integer" } },
        "required": ["caption", "sure"],
        "additionalProperties": false,
    });
    ChatRequest { format: Format::Json { name: "caption".to_owned(), schema }, ..question() }
}

#[tokio::test]
async fn answers_of_a_form_are_held_to_it() {
    for (text, told) in [
        (r#"{"caption":"a cat","sure":7}"#, Ok(r#"{"caption":"a cat","sure":7}"#)),
        ("```json\n{\"caption\":\"a cat\",\"sure\":7}\n```\n", Ok(r#"{"caption":"a cat","sure":7}"#)),
        ("```\n{\"caption\":\"a cat\",\"sure\":7}\n```", Ok(r#"{"caption":"a cat","sure":7}"#)),
        ("Here you are: {}", Err("the answer is no JSON, at 1:1")),
        (r#"{"caption":"a cat"}"#, Err("the answer has no `sure`")),
        (r#"{"caption":"a cat","sure":"very"}"#, Err("the answer.sure is string, expected integer")),
        (r#"{"caption":"a cat","sure":7,"x":1}"#, Err("the answer has a field that is not expected")),
        (r#"{"caption":"a cat","su"#, Err("the answer is no JSON, at 1:22")),
    ] {
        let server = Server::start(move |_| Reply::stream().piece(text).end("stop")).await;
        let answer = server.client().ask(&form()).await;
        match told {
            Ok(text) => assert_eq!(answer.unwrap().text, text),
            Err(detail) => {
                let failed = answer.unwrap_err();
                assert_eq!((failed.class, failed.detail.as_str()), (ChatClass::Nonsense, detail));
            }
        }
    }
}

#[tokio::test]
async fn servers_are_told_the_form_as_they_understand_it() {
    for (structured, expected) in [
        (Structured::Schema, json!("json_schema")),
        (Structured::Object, json!("json_object")),
        (Structured::Prompt, Value::Null),
    ] {
        let server =
            Server::start(|_| Reply::stream().piece(r#"{"caption":"a","sure":1}"#).end("stop")).await;
        let settings = ChatSettings { structured, ..server.settings() };
        Client::new(&settings, None).unwrap().ask(&form()).await.unwrap();
        let body = &server.asked()[0].body;
        assert_eq!(body["response_format"]["type"], expected);
        if structured == Structured::Schema {
            assert_eq!(body["response_format"]["json_schema"]["name"], "caption");
            assert_eq!(body["response_format"]["json_schema"]["schema"]["required"][1], "sure");
        }
    }
}

#[tokio::test]
async fn a_look_tells_what_every_question_would_fail_of() {
    let list = json!({ "data": [{ "id": "other" }, { "id": "m" }] });
    let server = Server::start(move |_| Reply::json(200, &list)).await;
    assert_eq!(server.client().models().await.unwrap(), ["other", "m"]);
    server.client().look().await.unwrap();
    assert_eq!(server.asked()[0].line, "get /v1/models http/1.1");
    let server = Server::start(|_| Reply::json(200, &json!({ "data": [{ "id": "other" }] }))).await;
    let failed = server.client().look().await.unwrap_err();
    assert_eq!(
        (failed.class, failed.detail.as_str()),
        (ChatClass::UnknownModel, "the server does not list `m`; it has `other`")
    );
    let server = Server::start(|_| Reply::json(401, &json!({}))).await;
    assert_eq!(server.client_with_key().look().await.unwrap_err().class, ChatClass::BadKey);
    let server = Server::start(|_| Reply::json(200, &json!({ "models": [] }))).await;
    assert_eq!(server.client().look().await.unwrap_err().class, ChatClass::Nonsense);
}
