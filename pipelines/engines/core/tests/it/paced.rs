//! Asking no faster than is allowed.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use pixmo_engines::chat::{Chat, ChatClass, ChatFailed, Pace, Paced};

use crate::script::{Script, answer, failed, question};

/// Asks so many questions at once, and says after how many seconds each set off.
async fn asked(pace: Pace, takes_secs: f64, questions: usize) -> Vec<f64> {
    let takes = Duration::from_secs_f64(takes_secs);
    let script = Arc::new(Script::new(move |_, _| (takes, Ok(answer("yes")))));
    let chat = Paced::new(Arc::clone(&script), &pace, Duration::from_secs(60));
    let questions: Vec<_> = (0..questions).map(|number| question(&number.to_string())).collect();
    for answer in join_all(questions.iter().map(|question| chat.ask(question))).await {
        answer.unwrap();
    }
    script.asked()
}

#[tokio::test(start_paused = true)]
async fn no_more_at_once_than_allowed() {
    let pace = Pace { requests_max: 2, ..Pace::default() };
    let asked = asked(pace, 10.0, 6).await;
    for (at, due) in asked.iter().zip([0.0, 0.0, 10.0, 10.0, 20.0, 20.0]) {
        // The timer goes in milliseconds.
        assert!((at - due).abs() < 0.01, "{asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_more_questions_a_minute_than_allowed() {
    let pace = Pace { requests_max: 100, requests_per_minute: Some(30.0), ..Pace::default() };
    let asked = asked(pace, 0.0, 31).await;
    for (number, at) in asked.iter().enumerate() {
        let due = 2.0 * number as f64;
        assert!((due - 0.01..due + 0.1).contains(at), "{number}: {at}");
    }
}

/// A question may cost 66 tokens and costs 40; a minute has 120.
#[tokio::test(start_paused = true)]
async fn no_more_tokens_a_minute_than_allowed_and_what_was_not_needed_is_given_back() {
    let pace = Pace { requests_max: 100, tokens_per_minute: Some(120.0), ..Pace::default() };
    let asked = asked(pace, 0.0, 30).await;
    let used_in =
        |from: f64, until: f64| 40.0 * asked.iter().filter(|at| (from..until).contains(*at)).count() as f64;
    // The first minute starts with a full bucket.
    assert!(used_in(0.0, 60.0) <= 240.0, "{asked:?}");
    for minute in 1..9 {
        let used = used_in(60.0 * f64::from(minute), 60.0 * f64::from(minute + 1));
        assert!((80.0..=160.0).contains(&used), "{used} in minute {minute}: {asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_question_that_is_larger_than_a_minute_is_asked_all_the_same() {
    let pace = Pace { tokens_per_minute: Some(10.0), ..Pace::default() };
    let asked = asked(pace, 0.0, 2).await;
    assert!(asked[1] > 60.0 && asked[1] < 600.0, "{asked:?}");
}

#[tokio::test(start_paused = true)]
async fn everybody_waits_when_the_server_had_too_much() {
    let script = Arc::new(Script::new(|number, _| {
        let limited = ChatFailed { wait: Some(Duration::from_secs(9)), ..failed(ChatClass::RateLimited) };
        (Duration::ZERO, if number == 0 { Err(limited) } else { Ok(answer("yes")) })
    }));
    let chat = Paced::new(Arc::clone(&script), &Pace::default(), Duration::from_secs(5));
    assert_eq!(chat.ask(&question("a")).await.unwrap_err().class, ChatClass::RateLimited);
    chat.ask(&question("b")).await.unwrap();
    chat.ask(&question("c")).await.unwrap();
    let asked = script.asked();
    assert!((4.9..5.2).contains(&asked[1]) && asked[2] - asked[1] < 0.1, "{asked:?}");
}
