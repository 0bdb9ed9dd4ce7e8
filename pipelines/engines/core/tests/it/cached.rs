//! Answers that are remembered.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use pixmo_engines::chat::{AnswerCache, Cached, Chat, ChatClass};

use crate::script::{Script, answer, failed, question};

fn counted() -> Arc<Script> {
    Arc::new(Script::new(|number, request| {
        (Duration::from_millis(5), Ok(answer(&format!("{} {number}", request.messages[0].text))))
    }))
}

#[tokio::test(start_paused = true)]
async fn one_question_is_asked_once_however_often_and_from_wherever() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(AnswerCache::new(folder.path().join("chat")));
    let script = counted();
    let chat = Cached::new(Arc::clone(&script), Arc::clone(&cache));
    let questions: Vec<_> = (0..40).map(|number| question(&(number % 4).to_string())).collect();
    let answers = join_all(questions.iter().map(|question| chat.ask(question))).await;
    assert_eq!(script.asked().len(), 4);
    for (number, answer) in answers.iter().enumerate() {
        let answer = answer.as_ref().unwrap();
        assert_eq!(answer.text, answers[number % 4].as_ref().unwrap().text);
        assert_eq!((answer.attempts, answer.spent.tokens_in), if number < 4 { (1, 30) } else { (0, 0) });
        assert_eq!((answer.is_cached, answer.usage.tokens_in), (number >= 4, 30));
    }
    // Another run, on the same folder.
    let again = counted();
    let chat = Cached::new(Arc::clone(&again), Arc::new(AnswerCache::new(cache.folder())));
    assert_eq!(chat.ask(&question("3")).await.unwrap().text, answers[3].as_ref().unwrap().text);
    assert_eq!(again.asked().len(), 0);
    let files = std::fs::read_dir(cache.folder()).unwrap().count();
    assert!((1..=4).contains(&files));
}

#[tokio::test(start_paused = true)]
async fn failures_are_not_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let script = Arc::new(Script::failing(1, failed(ChatClass::Nonsense)));
    let chat = Cached::new(Arc::clone(&script), Arc::new(AnswerCache::new(folder.path())));
    assert_eq!(chat.ask(&question("a")).await.unwrap_err().class, ChatClass::Nonsense);
    assert!(!chat.ask(&question("a")).await.unwrap().is_cached);
    assert!(chat.ask(&question("a")).await.unwrap().is_cached);
}

/// Whatever happens to a file of the cache, no other text comes out of it.
#[tokio::test(start_paused = true)]
async fn a_damaged_answer_is_asked_for_anew() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(AnswerCache::new(folder.path()));
    let chat = Cached::new(counted(), Arc::clone(&cache));
    let first = chat.ask(&question("a")).await.unwrap();
    let model = chat.model().clone();
    let key = question("a").key(&model);
    let path = folder.path().join(&key[..2]).join(format!("{key}.json"));
    let whole = std::fs::read(&path).unwrap();
    let mut found = 0;
    for position in 0..whole.len() - 1 {
        let mut bytes = whole.clone();
        bytes[position] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        match cache.get(&model, &question("a")).unwrap() {
            None => found += 1,
            // Tokens are counted, and not part of the answer.
            Some(answer) => assert_eq!(answer.text, first.text, "byte {position}"),
        }
    }
    assert!(found as f64 > 0.9 * whole.len() as f64, "{found} of {}", whole.len());
    for cut in 0..whole.len() - 1 {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(cache.get(&model, &question("a")).unwrap(), None);
    }
    let anew = chat.ask(&question("a")).await.unwrap();
    assert_eq!((anew.text.as_str(), anew.is_cached), ("a 1", false));
    assert!(cache.damaged() > 0);
    assert_eq!(cache.get(&model, &question("a")).unwrap().unwrap().text, "a 1");
}

#[tokio::test(start_paused = true)]
async fn whoever_spoke_can_be_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Arc::new(AnswerCache::new(folder.path()));
    let chat = Cached::new(counted(), Arc::clone(&cache));
    chat.ask(&question("a secret")).await.unwrap();
    let model = chat.model().clone();
    assert!(cache.forget(&model, &question("a secret")).unwrap());
    assert!(!cache.forget(&model, &question("a secret")).unwrap());
    assert_eq!(cache.get(&model, &question("a secret")).unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_remembered_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let chat = Cached::new(counted(), Arc::new(AnswerCache::new(file)));
    assert_eq!(chat.ask(&question("a")).await.unwrap_err().class, ChatClass::Disk);
}
