//! A whole run: everything around the client, a server with moods, a run that is killed and one that is free of charge.

use std::sync::Arc;

use pixmo_engine_chat::{Around, Blocking, open};
use pixmo_engines::chat::{
    AnswerCache, Chat, ChatClass, ChatRequest, ChatSettings, Message, Prices, Recorded, Retry, Tally,
};
use pixmo_engines::ledger::{Ledger, verdict};
use serde_json::json;

use crate::server::{Reply, Server};

fn around(folder: &std::path::Path) -> Around {
    let cache = Arc::new(AnswerCache::new(folder.join("cache")));
    Around { key: None, seed: 7, cache, tally: Arc::default() }
}

fn ask(number: usize) -> ChatRequest {
    ChatRequest::new(vec![Message::user(format!("question {number}"))])
}

/// Every third reply is a fault of some kind; all questions are answered, each is paid for once, and the ledger has all.
#[tokio::test]
async fn a_server_with_moods_is_outlasted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|request| {
        let text = request.body["messages"][0]["content"].as_str().unwrap_or_default().to_uppercase();
        match request.before % 15 {
            2 => Reply::json(503, &json!({ "error": { "message": "busy" } })),
            5 => Reply::new(429, &[("Retry-After", "0")], ""),
            8 => Reply::stream().piece("QUES"),
            11 => Reply::raw(""),
            14 => Reply::new(200, &[("Content-Type", "text/html")], "<html>"),
            _ => Reply::stream().piece(&text).end("stop"),
        }
    })
    .await;
    let settings = ChatSettings {
        retry: Retry { attempts_max: 8, backoff_secs_min: 0.01, backoff_secs_max: 0.02, ..Retry::default() },
        prices: Prices { per_million_tokens_in: 1.0, per_million_tokens_out: 2.0 },
        ..server.settings()
    };
    let path = folder.path().join("ledger.jsonl");
    let ledger = Arc::new(Ledger::open(&path, Box::new(|| "now".to_owned())).unwrap());
    let brought = around(folder.path());
    let tally: Arc<Tally> = Arc::clone(&brought.tally);
    let chat = Recorded::new(open(&settings, brought).unwrap(), Arc::clone(&ledger), "test");
    let questions: Vec<ChatRequest> = (0..60).map(ask).collect();
    let answers = futures::future::join_all(questions.iter().map(|question| chat.ask(question))).await;
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer.as_ref().unwrap().text, format!("QUESTION {number}"));
    }
    let asked = server.asked().len();
    assert!(asked > 70, "{asked}");
    assert_eq!((tally.answered(), tally.failed()), (60, 0));
    assert!(tally.cost_micros() >= 60 * 18, "{}", tally.cost_micros());
    // A second run asks nobody.
    drop(server);
    let chat = Recorded::new(open(&settings, around(folder.path())).unwrap(), ledger, "test");
    for (number, question) in questions.iter().enumerate() {
        let answer = chat.ask(question).await.unwrap();
        assert_eq!((answer.text, answer.is_cached), (format!("QUESTION {number}"), true));
    }
    let judged = verdict(&[&path], &[]).unwrap();
    assert_eq!((judged.calls, judged.is_vlm_free()), (120, true));
}

/// A stage works on threads; they wait, and the network does not.
#[test]
fn threads_may_ask_and_wait() {
    let folder = tempfile::tempdir().unwrap();
    let blocking = Blocking::new().unwrap();
    let server =
        blocking.wait(async { Server::start(|_| Reply::stream().piece("yes").pause(50).end("stop")).await });
    let chat = open(&server.settings(), around(folder.path())).unwrap();
    std::thread::scope(|scope| {
        for number in 0..8 {
            let (blocking, chat) = (&blocking, &chat);
            scope.spawn(move || assert_eq!(blocking.ask(chat, &ask(number)).unwrap().text, "yes"));
        }
    });
    assert_eq!(server.asked().len(), 8);
    let failed = blocking.ask(&chat, &ChatRequest::new(Vec::new())).unwrap_err();
    assert_eq!(failed.class, ChatClass::BadRequest);
}
