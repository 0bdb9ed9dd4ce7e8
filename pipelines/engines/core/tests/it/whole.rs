//! All wrappers together: what a run costs, and what is written down of it.

use std::sync::Arc;
use std::time::Duration;

use pixmo_engines::chat::{
    Accounted, AnswerCache, Cached, Chat, ChatClass, Prices, Recorded, Retry, Retrying, Tally,
};
use pixmo_engines::ledger::{Entry, Ledger, read, verdict};

use crate::script::{Script, answer, failed, question};

#[tokio::test(start_paused = true)]
async fn every_call_is_written_down_with_what_it_cost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let tally = Arc::new(Tally::default());
    let prices = Prices { per_million_tokens_in: 0.5, per_million_tokens_out: 2.0 };
    let script = Script::new(|number, request| {
        let outcome = match request.messages[0].text.as_str() {
            "refuse" => Err(failed(ChatClass::Refusal)),
            _ if number == 0 => Err(failed(ChatClass::Cut).having_spent(answer("").spent)),
            text => Ok(answer(text)),
        };
        (Duration::ZERO, outcome)
    });
    let ledger = Arc::new(Ledger::open(&path, Box::new(|| "now".to_owned())).unwrap());
    let chat = Retrying::new(script, Retry::default(), 7);
    let chat = Accounted::new(chat, prices, Some(1.0), Arc::clone(&tally));
    let chat = Cached::new(chat, Arc::new(AnswerCache::new(folder.path().join("cache"))));
    let chat = Recorded::new(chat, Arc::clone(&ledger), "polish");
    // 60 tokens in at half a millionth and 20 out at two.
    assert_eq!(chat.ask(&question("a")).await.unwrap().cost_micros, 70);
    assert_eq!(chat.ask(&question("a")).await.unwrap().cost_micros, 0);
    assert_eq!(chat.ask(&question("refuse")).await.unwrap_err().class, ChatClass::Refusal);
    assert_eq!((tally.answered(), tally.failed(), tally.cost_micros()), (1, 1, 70));
    let mut entries: Vec<Entry> = Vec::new();
    assert_eq!(read(&path, &mut |entry| entries.push(entry)).unwrap(), 0);
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let call = &entry.call;
            (call.ended.as_str(), call.is_cached, call.attempts, call.tokens_in, call.cost_micros)
        })
        .collect();
    assert_eq!(
        told,
        [("answered", false, 2, 60, 70), ("answered", true, 0, 0, 0), ("refusal", false, 1, 0, 0)]
    );
    assert_eq!(entries[0].call.answer_sha256, entries[1].call.answer_sha256);
    assert_eq!(entries[0].call.prompt_sha256, question("a").digest());
    assert!(verdict(&[&path], &[]).unwrap().is_vlm_free());
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(!written.contains("refuse"), "no text of a question stands in the ledger");
}

#[tokio::test(start_paused = true)]
async fn nothing_more_is_asked_when_the_money_is_spent() {
    let prices = Prices { per_million_tokens_in: 1e5, per_million_tokens_out: 0.0 };
    let script = Arc::new(Script::new(|_, _| (Duration::ZERO, Ok(answer("yes")))));
    let chat = Accounted::new(Arc::clone(&script), prices, Some(9.0), Arc::default());
    for _ in 0..3 {
        chat.ask(&question("a")).await.unwrap();
    }
    let told = chat.ask(&question("a")).await.unwrap_err();
    assert_eq!((told.class, told.attempts, script.asked().len()), (ChatClass::Budget, 0, 3));
    assert_eq!(told.to_string(), "budget: 9.00 is spent, at most 9.00 is allowed");
}
