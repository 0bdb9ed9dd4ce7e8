//! What is answered where all is well.

use serde_json::{Value, json};

use crate::kitchen::{Kitchen, Order, data_url, said};

#[tokio::test]
async fn a_picture_and_a_question_are_answered() {
    let kitchen = Kitchen::open(Order::default()).await;
    let body = json!({
        "messages": [{ "role": "user", "content": [
            { "type": "text", "text": "What is" },
            { "type": "image_url", "image_url": { "url": data_url(5, 3), "detail": "high" } },
            { "type": "text", "text": "this?" },
        ] }],
        "max_tokens": 2, "n": 1, "user": "someone", "seed": 7, "temperature": 0.5, "top_p": 0.9, "stop": ["x"],
    });
    let (status, answer) = kitchen.ask(&body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["choices"][0]["message"]["content"], "5x3 What is\nthis? word1");
    assert_eq!(answer["choices"][0]["finish_reason"], "length");
    assert_eq!((&answer["object"], &answer["model"]), (&"chat.completion".into(), &"molmo-test".into()));
    assert_eq!(answer["usage"], json!({ "prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9 }));
    // A picture without a word asks for a caption, as the model was taught.
    let alone = json!({ "messages": [{ "role": "user", "content": [{ "type": "image_url", "image_url": data_url(1, 1) }] }] });
    let (_, answer) = kitchen.ask(&alone).await;
    assert_eq!(answer["choices"][0]["message"]["content"], "1x1 long_caption 65: word1 word2");
    // A conversation goes on.
    let (_, answer) = kitchen
        .ask(&json!({ "max_tokens": 1, "messages": [
            { "role": "user", "content": "a" }, { "role": "assistant", "content": "b" },
            { "role": "user", "content": "c" }, { "role": "user", "content": "d" },
        ] }))
        .await;
    assert_eq!(answer["choices"][0]["message"]["content"], "a|b|c\nd");
}

#[tokio::test]
async fn an_answer_comes_piece_by_piece() {
    let kitchen = Kitchen::open(Order::default()).await;
    let more = json!({ "stream": true, "stream_options": { "include_usage": true } });
    let response = kitchen.post(&said("hello", more)).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let text = response.text().await.unwrap();
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    let (last, lines) = lines.split_last().unwrap();
    assert_eq!(*last, "[DONE]");
    let chunks: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(chunks[0]["choices"][0]["delta"]["role"], "assistant");
    let words: String =
        chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(words, "hello word1 word2");
    let finishes: Vec<&Value> = chunks.iter().map(|chunk| &chunk["choices"][0]["finish_reason"]).collect();
    assert_eq!(finishes.iter().filter(|finish| finish.is_string()).count(), 1);
    assert_eq!(chunks.last().unwrap()["usage"]["completion_tokens"], 3);
    assert_eq!(chunks.last().unwrap()["choices"], json!([]));
    assert!(chunks.iter().all(|chunk| chunk["id"] == chunks[0]["id"]));
}

#[tokio::test]
async fn requests_side_by_side_get_their_own_answers() {
    let kitchen = Kitchen::open(Order {
        batch: 3,
        waiting: 8,
        pace: std::time::Duration::from_millis(2),
        ..Order::default()
    })
    .await;
    let names = ["anna", "ben", "this is too long", "carla", "dora", "emil"];
    let bodies = names.map(|name| said(name, json!({})));
    let answers = futures::future::join_all(bodies.iter().map(|body| kitchen.ask(body))).await;
    for (name, (status, answer)) in names.iter().zip(answers) {
        if name.contains("too long") {
            assert_eq!((status, &answer["error"]["code"]), (400, &"context_length_exceeded".into()));
        } else {
            assert_eq!(answer["choices"][0]["message"]["content"], format!("{name} word1 word2"));
        }
    }
}

#[tokio::test]
async fn what_it_is_and_how_it_does() {
    let kitchen = Kitchen::open(Order::default()).await;
    assert_eq!(kitchen.get("/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(kitchen.get("/readyz").await, (200, "ready\n".to_owned()));
    let models: Value = serde_json::from_str(&kitchen.get("/v1/models").await.1).unwrap();
    assert_eq!(models["data"][0]["id"], "molmo-test");
    assert_eq!(kitchen.get("/v1/models/molmo-test").await.0, 200);
    assert_eq!(kitchen.get("/v1/models/other").await.0, 404);
    kitchen.ask(&said("hello", json!({}))).await;
    let (_, figures) = kitchen.get("/metrics").await;
    for line in [
        "pixmo_captioner_answers_total{end=\"answered\"} 1",
        "pixmo_captioner_answer_tokens_total 3",
        "pixmo_captioner_prompt_tokens_total 7",
        "pixmo_captioner_places 5",
        "status=\"404\"",
    ] {
        assert!(figures.contains(line), "`{line}` is not in:\n{figures}");
    }
    let mut lineage = kitchen.get("/lineage").await;
    while lineage.0 == 503 {
        lineage = kitchen.get("/lineage").await;
    }
    let lineage: Value = serde_json::from_str(&lineage.1).unwrap();
    // `printf weights | sha256sum`
    let weights = "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";
    assert_eq!(lineage["lineage"]["files"][0]["file"], "model.safetensors");
    assert_eq!(lineage["lineage"]["files"][0]["sha256"], weights);
    assert_eq!(lineage["lineage"]["training"], "unknown");
    assert_eq!(lineage["lineage"]["spoken_captions_only"], Value::Null);
}
