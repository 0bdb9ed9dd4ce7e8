//! A server that is told to stop.

use std::time::Duration;

use crate::kitchen::{Kitchen, Order};

#[tokio::test]
async fn answers_under_way_end_by_themselves() {
    let kitchen = Kitchen::open(Order { pace: Duration::from_millis(20), ..Order::default() }).await;
    let stream = kitchen.stream(40).await;
    let url = kitchen.url("/healthz");
    let (text, all_ended) = tokio::join!(stream.text(), kitchen.server.stop());
    assert!(text.unwrap().ends_with("data: [DONE]\n\n"));
    assert!(all_ended.unwrap());
    assert!(reqwest::get(url).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn answers_that_take_too_long_are_broken_off_and_say_so() {
    let order =
        Order { pace: Duration::from_millis(20), drain: Duration::from_millis(200), ..Order::default() };
    let kitchen = Kitchen::open(order).await;
    let stream = kitchen.stream(4000).await;
    let (text, all_ended) = tokio::join!(stream.text(), kitchen.server.stop());
    let text = text.unwrap();
    assert!(!text.contains("[DONE]") && text.contains("\"code\":\"stopping\""), "{text}");
    assert!(!all_ended.unwrap());
}
