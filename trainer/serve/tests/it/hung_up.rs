//! Clients that go away, and places that are taken.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};

use crate::kitchen::{Kitchen, Order, said};

fn slow(waiting: usize) -> Order {
    Order { pace: Duration::from_millis(20), waiting, ..Order::default() }
}

#[tokio::test]
async fn whoever_hangs_up_in_the_middle_of_a_stream_frees_the_place_at_once() {
    let kitchen = Kitchen::open(slow(0)).await;
    // Two minutes of words.
    let stream = kitchen.stream(4000).await;
    kitchen.has_taken(1).await;
    drop(stream);
    kitchen.has_taken(0).await;
    let (status, _) = kitchen.ask(&said("next", json!({}))).await;
    assert_eq!(status, 200, "the model is free as well");
    assert_eq!(kitchen.server.app().desk.figures().left.load(Ordering::Relaxed), 1);
    let written = kitchen.server.app().desk.figures().tokens.load(Ordering::Relaxed);
    assert!(written < 200, "{written} words were said to nobody");
}

#[tokio::test]
async fn whoever_hangs_up_before_the_first_word_frees_the_place_too() {
    let kitchen = Kitchen::open(slow(1)).await;
    let first = kitchen.stream(4000).await;
    let body = said("waits", json!({}));
    {
        let waits = kitchen.post(&body);
        let gave_up = tokio::time::timeout(Duration::from_millis(300), waits).await;
        assert!(gave_up.is_err(), "the model is busy with the first");
    }
    kitchen.has_taken(1).await;
    drop(first);
    kitchen.has_taken(0).await;
    assert_eq!(kitchen.ask(&said("next", json!({}))).await.0, 200);
}

#[tokio::test]
async fn when_all_places_are_taken_others_hear_when_to_come_again() {
    let kitchen = Kitchen::open(slow(1)).await;
    let first = kitchen.stream(4000).await;
    let body = said("waits", json!({}));
    let waiting = kitchen.post(&body);
    tokio::pin!(waiting);
    let not_yet = tokio::time::timeout(Duration::from_millis(300), &mut waiting).await;
    assert!(not_yet.is_err());
    kitchen.has_taken(2).await;
    let refused = kitchen.post(&said("x", json!({ "padding": "y".repeat(500_000) }))).await;
    assert_eq!(refused.status(), 429);
    let secs: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&secs));
    let answer: Value = refused.json().await.unwrap();
    assert_eq!(
        (&answer["error"]["code"], &answer["error"]["type"]),
        (&"queue_full".into(), &"rate_limit_error".into())
    );
    assert!(answer["error"]["message"].as_str().unwrap().contains("all 2 places"), "{answer}");
    // A place that becomes free goes to whoever waits.
    drop(first);
    assert_eq!(waiting.await.status(), 200);
    kitchen.has_taken(0).await;
}
