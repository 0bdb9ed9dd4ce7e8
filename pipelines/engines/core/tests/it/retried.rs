//! Asking again.

use std::sync::Mutex;
use std::time::Duration;

use pixmo_engines::chat::{Chat, ChatClass, ChatFailed, Heard, Retry, Retrying, Usage};

use crate::script::{Script, failed, question};

fn retry() -> Retry {
    Retry { attempts_max: 4, backoff_secs_min: 1.0, backoff_secs_max: 3.0, retry_after_secs_max: 20.0 }
}

#[tokio::test(start_paused = true)]
async fn what_may_go_better_is_asked_again_and_nothing_else() {
    for class in ChatClass::ALL {
        let chat = Retrying::new(Script::failing(9, failed(class)), retry(), 7);
        let told = chat.ask(&question("a")).await.unwrap_err();
        assert_eq!(told.class, class);
        assert_eq!(told.attempts, if class.can_try_again() { 4 } else { 1 }, "{class}");
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_end_and_differ_from_question_to_question() {
    let pauses = |seed: u64, text: &'static str| async move {
        let script = std::sync::Arc::new(Script::failing(3, failed(ChatClass::Down)));
        let chat = Retrying::new(std::sync::Arc::clone(&script), retry(), seed);
        assert_eq!(chat.ask(&question(text)).await.unwrap().attempts, 4);
        let asked = script.asked();
        asked.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>()
    };
    let first = pauses(7, "a").await;
    for (pause, longest) in first.iter().zip([1.0, 2.0, 3.0]) {
        assert!((longest / 2.0..=longest + 0.002).contains(pause), "{first:?}");
    }
    assert_eq!(first, pauses(7, "a").await);
    assert_ne!(first, pauses(8, "a").await);
    assert_ne!(first, pauses(7, "b").await);
}

#[tokio::test(start_paused = true)]
async fn what_the_server_asks_for_is_waited_up_to_a_limit() {
    for (asked, waited) in [(5.0, 5.0), (3600.0, 20.0)] {
        let wait = Some(Duration::from_secs_f64(asked));
        let limited = ChatFailed { wait, ..failed(ChatClass::RateLimited) };
        let script = std::sync::Arc::new(Script::failing(1, limited));
        let chat = Retrying::new(std::sync::Arc::clone(&script), retry(), 7);
        chat.ask(&question("a")).await.unwrap();
        assert!((script.asked()[1] - waited).abs() < 0.01, "{:?}", script.asked());
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_of_failed_attempts_are_counted_and_listeners_hear_of_a_new_beginning() {
    let spent = Usage { tokens_in: 100, tokens_out: 5, is_estimated: false };
    let nonsense = failed(ChatClass::Nonsense).having_spent(spent);
    let chat = Retrying::new(Script::failing(2, nonsense), retry(), 7);
    let heard = Mutex::new(Vec::new());
    let listener = |piece: Heard<'_>| {
        heard.lock().unwrap().push(match piece {
            Heard::Piece(text) => text.to_owned(),
            Heard::Again => "AGAIN".to_owned(),
        });
    };
    let answer = chat.answer(&question("a"), &listener).await.unwrap();
    assert_eq!((answer.attempts, answer.spent.tokens_in, answer.spent.tokens_out), (3, 230, 20));
    assert_eq!((answer.usage.tokens_in, answer.usage.tokens_out), (30, 10));
    assert_eq!(*heard.lock().unwrap(), ["AGAIN", "AGAIN", "yes"]);
}
