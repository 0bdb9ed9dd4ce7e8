//! A server on loopback, over a desk with a stand-in for the model, and a client.

use std::time::Duration;

use base64::Engine;
use pixmo_captioner::desk::{Answers, Desk, Limits};
use pixmo_captioner::http::{App, AppSettings};
use pixmo_captioner::lineage::Recipe;
use pixmo_captioner::{ServeSettings, Server};
use pixmo_molmo::CaptionerError;
use pixmo_molmo::captioner::{Finish, Flow, Reply, Request, Sampling, Token};
use pixmo_render::{Pixmap, picture};
use serde_json::{Value, json};

/// How a server is made.
pub(crate) struct Order {
    /// How long the stand-in takes for a token.
    pub(crate) pace: Duration,
    pub(crate) waiting: usize,
    pub(crate) batch: usize,
    pub(crate) token: Option<&'static str>,
    pub(crate) drain: Duration,
}

impl Default for Order {
    fn default() -> Order {
        Order { pace: Duration::ZERO, waiting: 4, batch: 1, token: None, drain: Duration::from_secs(20) }
    }
}

/// A server, and where it is.
pub(crate) struct Kitchen {
    pub(crate) server: Server,
    pub(crate) client: reqwest::Client,
    _folder: tempfile::TempDir,
}

impl Kitchen {
    pub(crate) async fn open(order: Order) -> Kitchen {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("model.safetensors"), b"weights").unwrap();
        let limits = Limits { batch: order.batch, waiting: order.waiting, tokens_max: 4096 };
        let desk = Desk::open(stand_in(order.pace), limits).unwrap();
        let settings = AppSettings {
            name: "molmo-test".to_owned(),
            recipe: Recipe::Pretraining,
            sampling: Sampling { tokens_max: 3, ..Sampling::default() },
            token: order.token.map(str::to_owned),
            body_bytes_max: 1 << 20,
            pictures: pixmo_pictures::Limits::default(),
        };
        let app = App::new(settings, desk, pixmo_console::Clock::machine());
        let serving = ServeSettings {
            address: "127.0.0.1:0".parse().unwrap(),
            folder: folder.path().to_owned(),
            drain: order.drain,
        };
        let server = Server::start(app, serving).await.unwrap();
        Kitchen { server, client: reqwest::Client::new(), _folder: folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, String) {
        let response = self.client.get(self.url(path)).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    pub(crate) async fn post(&self, body: &Value) -> reqwest::Response {
        self.client.post(self.url("/v1/chat/completions")).json(body).send().await.unwrap()
    }

    /// Status and body of a request.
    pub(crate) async fn ask(&self, body: &Value) -> (u16, Value) {
        let response = self.post(body).await;
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Begins a long stream and reads its first piece.
    pub(crate) async fn stream(&self, tokens: usize) -> reqwest::Response {
        let mut response = self.post(&said("on", json!({ "stream": true, "max_tokens": tokens }))).await;
        assert_eq!(response.status(), 200);
        response.chunk().await.unwrap().unwrap();
        response
    }

    /// Waits until so many places are taken.
    pub(crate) async fn has_taken(&self, places: usize) {
        for _ in 0..600 {
            if self.server.app().desk.places_taken() == places {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} places are taken, and not {places}", self.server.app().desk.places_taken());
    }
}

/// A question in words, with further fields.
pub(crate) fn said(text: &str, more: Value) -> Value {
    let mut body = json!({ "model": "molmo-test", "messages": [{ "role": "user", "content": text }] });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// A picture as a data URL.
pub(crate) fn data_url(width: u32, height: u32) -> String {
    let png = picture::png(&Pixmap::new(width, height).unwrap());
    format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png))
}

/// Says what it was asked, and then a word for each further token; refuses what is said to be too long, and panics where
/// it is asked to.
fn stand_in(pace: Duration) -> Box<Answers> {
    Box::new(move |requests, on_token| {
        if let Some(at) = requests.iter().position(|request| request.turns[0].contains("too long")) {
            let fault = "picture and turns have 9,999 tokens, and 4,096 fit".to_owned();
            return Err(CaptionerError::Request { request: at + 1, fault });
        }
        assert!(requests.iter().all(|request| !request.turns[0].contains("panic")), "asked to");
        Ok(requests.iter().enumerate().map(|(row, request)| answer(row, request, pace, on_token)).collect())
    })
}

fn answer(
    row: usize,
    request: &Request,
    pace: Duration,
    on_token: &mut dyn FnMut(usize, &Token) -> Flow,
) -> Reply {
    let shape = request.picture.as_ref().map(|picture| format!("{}x{} ", picture.width(), picture.height()));
    let first = format!("{}{}", shape.unwrap_or_default(), request.turns.join("|"));
    let (mut text, mut tokens, mut finish) = (String::new(), Vec::new(), Finish::Length);
    for number in 0..request.sampling.tokens_max {
        let piece = if number == 0 { first.clone() } else { format!(" word{number}") };
        std::thread::sleep(pace);
        let token = Token { id: i32::try_from(number).unwrap(), text: piece };
        if on_token(row, &token) == Flow::Stop {
            finish = Finish::Cancelled;
            break;
        }
        text.push_str(&token.text);
        tokens.push(token.id);
    }
    Reply { text, finish, prompt_tokens: 7, tokens }
}
