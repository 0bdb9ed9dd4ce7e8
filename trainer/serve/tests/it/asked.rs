//! Requests that are refused, and what is said of them.

use serde_json::{Value, json};

use crate::kitchen::{Kitchen, Order, data_url, said};

/// A message of parts.
fn parts(parts: Value) -> Value {
    json!({ "messages": [{ "role": "user", "content": parts }] })
}

fn image(url: &str) -> Value {
    json!({ "type": "image_url", "image_url": { "url": url } })
}

#[tokio::test]
async fn what_cannot_be_answered_is_refused_with_the_field_and_the_reason() {
    let kitchen = Kitchen::open(Order::default()).await;
    let picture = data_url(2, 2);
    let cut = format!("{}AAAA", &picture[..picture.len() / 2 / 4 * 4 + 2]);
    let at = "messages[0].content[0].image_url.url";
    for (body, status, code, param, words) in [
        (said("this is too long", json!({})), 400, "context_length_exceeded", "messages", "4,096 fit"),
        (
            parts(json!([image("http://a.example/x.png")])),
            400,
            "image_url_not_fetched",
            at,
            "fetches no addresses",
        ),
        (
            parts(json!([image("https://a.example/x.png")])),
            400,
            "image_url_not_fetched",
            at,
            "data:image/jpeg",
        ),
        (parts(json!([image("data:image/png;base64,aGVsbG8=")])), 400, "invalid_image", at, "no picture"),
        (parts(json!([image(&cut)])), 400, "invalid_image", at, "the file"),
        (
            parts(json!([image(&picture), image(&picture)])),
            400,
            "unsupported",
            "messages[0].content[1]",
            "one picture",
        ),
        (
            parts(json!([{ "type": "input_audio" }])),
            400,
            "unsupported",
            "messages[0].content[0].type",
            "input_audio",
        ),
        (parts(json!(7)), 400, "invalid_value", "messages[0].content", "list of parts"),
        (said("  ", json!({})), 400, "invalid_value", "messages", "nothing is asked"),
        (json!({ "messages": [] }), 400, "invalid_value", "messages", "one message or more"),
        (json!([1]), 400, "invalid_value", "body", "no JSON object"),
        (
            json!({ "messages": [{ "role": "system", "content": "x" }] }),
            400,
            "unsupported",
            "messages[0].role",
            "system",
        ),
        (
            json!({ "messages": [{ "role": "assistant", "content": "x" }] }),
            400,
            "invalid_value",
            "messages[0].role",
            "begins",
        ),
        (
            json!({ "messages": [{ "role": "user", "content": "x" }, { "role": "assistant", "content": "y" }] }),
            400,
            "invalid_value",
            "messages[1].role",
            "the user's",
        ),
        (said("x", json!({ "model": "gpt" })), 404, "model_not_found", "", "molmo-test"),
        (said("x", json!({ "n": 2 })), 400, "unsupported", "n", "leave it out"),
        (said("x", json!({ "tools": [{}] })), 400, "unsupported", "tools", "leave it out"),
        (said("x", json!({ "temperature": -1 })), 400, "invalid_value", "temperature", "0 or more"),
        (said("x", json!({ "top_p": 0 })), 400, "invalid_value", "top_p", "above 0"),
        (said("x", json!({ "max_tokens": 0 })), 400, "invalid_value", "max_tokens", "from 1"),
        (said("x", json!({ "stop": [""] })), 400, "invalid_value", "stop", "none empty"),
        (said("x", json!({ "stream": "yes" })), 400, "invalid_value", "stream", "neither true nor false"),
    ] {
        let (found, answer) = kitchen.ask(&body).await;
        let error = &answer["error"];
        assert_eq!((found, &error["code"]), (status, &code.into()), "{body}: {answer}");
        assert_eq!(error["param"].as_str().unwrap_or_default(), param, "{answer}");
        assert!(error["message"].as_str().unwrap().contains(words), "{answer}");
    }
    // Fields that change nothing are taken.
    let (status, answer) =
        kitchen.ask(&said("x", json!({ "n": 1, "tools": [], "logprobs": false, "stop": null }))).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(kitchen.server.app().desk.places_taken(), 0, "whoever is refused leaves no place behind");
}

#[tokio::test]
async fn bodies_and_addresses_have_their_limits() {
    let kitchen = Kitchen::open(Order::default()).await;
    let url = kitchen.url("/v1/chat/completions");
    let large = vec![b' '; (1 << 20) + 1];
    let response = kitchen.client.post(&url).body(large.clone()).send().await.unwrap();
    assert_eq!(response.status(), 413);
    // One that does not say how long it is.
    let chunks = large.chunks(4096).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect::<Vec<_>>();
    let body = reqwest::Body::wrap_stream(futures::stream::iter(chunks));
    if let Ok(response) = kitchen.client.post(&url).body(body).send().await {
        assert_eq!(response.status(), 413);
    }
    let response = kitchen.client.post(&url).body("{").send().await.unwrap();
    assert_eq!(response.status(), 400);
    assert_eq!(response.json::<Value>().await.unwrap()["error"]["code"], "not_json");
    assert_eq!(kitchen.get("/v1/chat/completions").await.0, 405);
    assert_eq!(kitchen.get("/else").await.0, 404);
    kitchen.has_taken(0).await;
}

#[tokio::test]
async fn a_token_is_wanted_where_there_is_one() {
    let kitchen = Kitchen::open(Order { token: Some("s3cret"), ..Order::default() }).await;
    let (status, answer) = kitchen.ask(&said("x", json!({}))).await;
    assert_eq!((status, &answer["error"]["type"]), (401, &"authentication_error".into()));
    assert_eq!(kitchen.get("/lineage").await.0, 401);
    assert_eq!(kitchen.get("/healthz").await.0, 200);
    for (token, status) in [("s3cre", 401), ("s3cret2", 401), ("s3cret", 200)] {
        let request = kitchen.client.post(kitchen.url("/v1/chat/completions")).bearer_auth(token);
        assert_eq!(request.json(&said("x", json!({}))).send().await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn a_model_that_fails_fails_alone() {
    let kitchen = Kitchen::open(Order::default()).await;
    let (status, answer) = kitchen.ask(&said("panic", json!({}))).await;
    assert_eq!((status, &answer["error"]["code"]), (500, &"internal".into()));
    assert_eq!(kitchen.ask(&said("x", json!({}))).await.0, 200);
    kitchen.has_taken(0).await;
}
