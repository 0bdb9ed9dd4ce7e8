//! A server on plain sockets that does what a test says, right or wrong, and remembers what it was asked.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pixmo_engine_chat::{ApiKey, Client};
use pixmo_engines::chat::{ChatRequest, ChatSettings, Message, Timeouts};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: Value,
    /// How many came before it.
    pub(crate) before: usize,
}

/// What is sent back: pieces and pauses; the connection is closed then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// The same piece and a pause, until the other side has enough.
    Forever(Vec<u8>, Duration),
}

impl Reply {
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Reply {
        Reply(vec![Step::Send(bytes.into())])
    }

    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut text =
            format!("HTTP/1.1 {status} Words\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        Reply::raw(format!("{text}\r\n{body}"))
    }

    pub(crate) fn json(status: u16, body: &Value) -> Reply {
        Reply::new(status, &[("Content-Type", "application/json")], &body.to_string())
    }

    /// The head of a stream without a length.
    pub(crate) fn stream() -> Reply {
        Reply::raw(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n",
        )
    }

    /// A piece of text in a stream.
    pub(crate) fn piece(self, text: &str) -> Reply {
        self.event(&json!({ "model": "m-1", "choices": [{ "index": 0, "delta": { "content": text } }] }))
    }

    pub(crate) fn event(self, data: &Value) -> Reply {
        self.send(format!("data: {data}\n\n"))
    }

    /// How a stream ends as it should.
    pub(crate) fn end(self, reason: &str) -> Reply {
        self.event(&json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": reason }] }))
            .event(&json!({ "choices": [], "usage": { "prompt_tokens": 12, "completion_tokens": 3 } }))
            .send("data: [DONE]\n\n")
    }

    pub(crate) fn send(mut self, bytes: impl Into<Vec<u8>>) -> Reply {
        self.0.push(Step::Send(bytes.into()));
        self
    }

    pub(crate) fn pause(mut self, millis: u64) -> Reply {
        self.0.push(Step::Pause(Duration::from_millis(millis)));
        self
    }

    pub(crate) fn forever(mut self, bytes: impl Into<Vec<u8>>, millis: u64) -> Reply {
        self.0.push(Step::Forever(bytes.into(), Duration::from_millis(millis)));
        self
    }
}

/// A whole answer that did not come in pieces.
pub(crate) fn whole(text: &str) -> Value {
    json!({
        "model": "m-1",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": text }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 12, "completion_tokens": 3 },
    })
}

type Answer = dyn Fn(&Request) -> Reply + Send + Sync;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<Vec<Request>>>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let log: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (inner, answer): (_, Arc<Answer>) = (Arc::clone(&log), Arc::new(answer));
        let accepting = tokio::spawn(async move {
            // Connections end with the server, as those of a server that dies do.
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (log, answer) = (Arc::clone(&inner), Arc::clone(&answer));
                connections.spawn(async move {
                    let _ended = serve(stream, &log, &*answer).await;
                });
            }
        });
        Server { address, log, accepting }
    }

    pub(crate) fn asked(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }

    /// Settings for this server, with which nothing waits long.
    pub(crate) fn settings(&self) -> ChatSettings {
        ChatSettings {
            timeouts: Timeouts {
                connect_secs: 2.0,
                first_byte_secs: 0.4,
                between_secs: 0.4,
                total_secs: 1.5,
            },
            ..ChatSettings::new(format!("http://{}/v1", self.address), "m")
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.settings(), None).unwrap()
    }

    pub(crate) fn client_with_key(&self) -> Client {
        let settings = ChatSettings { key_env: Some("LLM_KEY".to_owned()), ..self.settings() };
        Client::new(&settings, Some(ApiKey::new("sk-secret-1").unwrap())).unwrap()
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Request>>, answer: &Answer) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or_default()];
    stream.read_exact(&mut body).await?;
    let request = {
        let mut log = log.lock().unwrap();
        let line = head.lines().next().unwrap_or_default().to_owned();
        let body = serde_json::from_slice(&body).unwrap_or_default();
        let request = Request { line, head, body, before: log.len() };
        log.push(request.clone());
        request
    };
    for step in answer(&request).0 {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Pause(time) => tokio::time::sleep(time).await,
            Step::Forever(bytes, time) => loop {
                stream.write_all(&bytes).await?;
                tokio::time::sleep(time).await;
            },
        }
    }
    stream.shutdown().await
}

pub(crate) fn question() -> ChatRequest {
    ChatRequest {
        tokens_max: 50,
        ..ChatRequest::new(vec![Message::system("be short"), Message::user("why?")])
    }
}
