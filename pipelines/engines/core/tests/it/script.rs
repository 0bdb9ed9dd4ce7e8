//! A language model that does what a test says, and remembers when it was asked.

use std::sync::Mutex;
use std::time::Duration;

use pixmo_engines::chat::{
    Answer, Answering, Chat, ChatClass, ChatFailed, ChatModel, ChatRequest, Heard, Listener, Message, Usage,
};
use tokio::time::Instant;

/// What is done with one question: how long it takes, and what comes of it.
type Step = dyn Fn(usize, &ChatRequest) -> (Duration, Result<Answer, ChatFailed>) + Send + Sync;

pub(crate) struct Script {
    model: ChatModel,
    step: Box<Step>,
    asked: Mutex<Vec<Instant>>,
}

impl Script {
    pub(crate) fn new(
        step: impl Fn(usize, &ChatRequest) -> (Duration, Result<Answer, ChatFailed>) + Send + Sync + 'static,
    ) -> Script {
        Script {
            model: ChatModel { name: "script".to_owned(), revision: None },
            step: Box::new(step),
            asked: Mutex::default(),
        }
    }

    /// Fails so often with this class, and answers then.
    pub(crate) fn failing(times: usize, failed: ChatFailed) -> Script {
        Script::new(move |number, _| {
            let outcome = if number < times { Err(failed.clone()) } else { Ok(answer("yes")) };
            (Duration::ZERO, outcome)
        })
    }

    /// Seconds from the first question to each.
    pub(crate) fn asked(&self) -> Vec<f64> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|at| (*at - asked[0]).as_secs_f64()).collect()
    }
}

impl Chat for Script {
    fn model(&self) -> &ChatModel {
        &self.model
    }

    fn answer<'a>(&'a self, request: &'a ChatRequest, listener: Listener<'a>) -> Answering<'a> {
        Box::pin(async move {
            let number = {
                let mut asked = self.asked.lock().unwrap();
                asked.push(Instant::now());
                asked.len() - 1
            };
            let (takes, outcome) = (self.step)(number, request);
            tokio::time::sleep(takes).await;
            if let Ok(answer) = &outcome {
                listener(Heard::Piece(&answer.text));
            }
            outcome
        })
    }
}

pub(crate) fn answer(text: &str) -> Answer {
    let usage = Usage { tokens_in: 30, tokens_out: 10, is_estimated: false };
    Answer {
        text: text.to_owned(),
        model_said: None,
        usage,
        spent: usage,
        cost_micros: 0,
        attempts: 1,
        is_cached: false,
    }
}

pub(crate) fn question(text: &str) -> ChatRequest {
    ChatRequest { tokens_max: 60, ..ChatRequest::new(vec![Message::user(text)]) }
}

pub(crate) fn failed(class: ChatClass) -> ChatFailed {
    ChatFailed::new(class, "as the test says")
}
