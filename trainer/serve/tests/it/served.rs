//! The server with a real model, asked by a real client.

use std::time::Duration;

use serde_json::{Value, json};

use crate::house::{House, Serving};
use crate::kitchen::data_url;

async fn ask(serving: &Serving, body: &Value) -> (u16, Value) {
    let response =
        reqwest::Client::new().post(format!("{}/v1/chat/completions", serving.url)).json(body).send().await;
    let response = response.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

fn about_a_picture(words: &str, more: Value) -> Value {
    let mut body = json!({ "messages": [{ "role": "user", "content": [
        { "type": "image_url", "image_url": { "url": data_url(150, 100) } }, { "type": "text", "text": words },
    ] }] });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[tokio::test]
async fn a_model_answers_as_it_does_on_the_command_line() {
    let house = House::new(1);
    let mut pixmap = pixmo_render::Pixmap::new(150, 100).unwrap();
    pixmap.data_mut().fill(0);
    house.write("a.png", &pixmo_render::picture::png(&pixmap));
    let words = ["caption", "a.png", "--prompt", "What is this?", "--max-tokens", "16", "--json"];
    let expected = house.run(&words).good().objects().remove(0);
    let serving = house.serve(&[]);
    let body = about_a_picture("What is this?", json!({ "max_tokens": 16 }));
    let (status, answer) = ask(&serving, &body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["choices"][0]["message"]["content"], expected["text"]);
    assert_eq!(answer["usage"]["prompt_tokens"], expected["prompt_tokens"]);
    assert_eq!(
        (&answer["model"], &answer["choices"][0]["finish_reason"]),
        (&"model".into(), &expected["finish"])
    );
    // The same, piece by piece.
    let mut streamed = body.clone();
    streamed["stream"] = json!(true);
    let response =
        reqwest::Client::new().post(format!("{}/v1/chat/completions", serving.url)).json(&streamed);
    let text = response.send().await.unwrap().text().await.unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|line| *line != "[DONE]");
    let pieces = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    let whole: String = pieces
        .filter_map(|piece| piece["choices"][0]["delta"]["content"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(Value::from(whole), expected["text"]);
    assert!(text.ends_with("data: [DONE]\n\n"));
    // A stop text ends it, and is no part of it.
    let all = expected["text"].as_str().unwrap();
    let stop = all.chars().skip(1).find(char::is_ascii_graphic).map(String::from).unwrap();
    let body = about_a_picture("What is this?", json!({ "max_tokens": 16, "stop": stop }));
    let (_, stopped) = ask(&serving, &body).await;
    let (until, choice) = (all.split(&stop).next().unwrap(), &stopped["choices"][0]);
    assert_eq!((&choice["message"]["content"], &choice["finish_reason"]), (&until.into(), &"stop".into()));
    // The lineage is that of the command, and the weights those of the folder.
    let url = format!("{}/lineage", serving.url);
    let mut response = reqwest::get(&url).await.unwrap();
    while response.status() == 503 {
        response = reqwest::get(&url).await.unwrap();
    }
    let lineage: Value = response.json().await.unwrap();
    assert_eq!(lineage["lineage"], house.run(&["lineage"]).good().objects()[0]);
    assert_eq!(lineage["lineage"]["training"], "unknown");
    assert!(
        lineage["lineage"]["files"]
            .as_array()
            .unwrap()
            .iter()
            .any(|file| file["file"] == "model.safetensors")
    );
    assert_eq!(serving.interrupted(), 0);
}

#[tokio::test]
async fn bad_requests_hurt_nobody_else() {
    let house = House::new(1);
    let serving = house.serve(&["--batch", "3"]);
    let long = about_a_picture(&"x".repeat(3000), json!({}));
    let bad = json!({ "messages": [{ "role": "user", "content": [
        { "type": "image_url", "image_url": { "url": "data:image/png;base64,aGVsbG8=" } },
    ] }] });
    let good = about_a_picture("Hello", json!({ "max_tokens": 8 }));
    let placeholder = about_a_picture("<|image|> and <|image|>", json!({}));
    let bodies = [&long, &good, &bad, &good, &placeholder, &long, &good];
    let answers = futures::future::join_all(bodies.map(|body| ask(&serving, body))).await;
    let (_, expected) = ask(&serving, &good).await;
    for (body, (status, answer)) in bodies.iter().zip(answers) {
        let code = answer["error"]["code"].as_str().unwrap_or_default();
        if *body == &long {
            assert_eq!((status, code), (400, "context_length_exceeded"), "{answer}");
        } else if *body == &bad {
            assert_eq!((status, code), (400, "invalid_image"), "{answer}");
        } else if *body == &placeholder {
            assert_eq!(status, 400, "{answer}");
        } else {
            assert_eq!(status, 200, "{answer}");
            assert_eq!(answer["choices"][0]["message"], expected["choices"][0]["message"]);
        }
    }
    assert_eq!(serving.interrupted(), 0);
}

#[tokio::test]
async fn a_stream_that_is_left_makes_room_for_the_next() {
    // It never ends by itself.
    let house = House::saying("on and ");
    let serving = house.serve(&["--queue", "0"]);
    let client = reqwest::Client::new();
    let url = format!("{}/v1/chat/completions", serving.url);
    let endless =
        json!({ "stream": true, "max_tokens": 2000, "messages": [{ "role": "user", "content": "Go on" }] });
    let mut stream = client.post(&url).json(&endless).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    stream.chunk().await.unwrap().unwrap();
    let next = json!({ "max_tokens": 2, "messages": [{ "role": "user", "content": "Hello" }] });
    let refused = client.post(&url).json(&next).send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    drop(stream);
    let mut status = 429;
    for _ in 0..100 {
        (status, _) = ask(&serving, &next).await;
        if status == 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(status, 200, "two seconds later the place is still taken");
    assert_eq!(serving.interrupted(), 0);
}
