//! A server on a plain socket that answers as a test says and remembers what it was asked. The program under test is a
//! process of its own, so that all of it goes over the loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// One request as it came.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(feature = "whisper"),
    expect(dead_code, reason = "only the tests of the worker look at all of it")
)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

/// What is sent back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &Value) -> Reply {
        Reply { status, kind: "application/json", body: body.to_string().into_bytes() }
    }

    #[cfg(feature = "whisper")]
    pub(crate) fn nothing() -> Reply {
        Reply { status: 204, kind: "application/json", body: Vec::new() }
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Request>>>,
    is_stopped: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (asked, is_stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (log, stopped, answer) = (Arc::clone(&asked), Arc::clone(&is_stopped), Arc::new(answer));
        let accept = move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                let serve = move || {
                    // A worker that goes away in the middle of a request is no fault of the test.
                    let _served = stream.and_then(|stream| one(stream, &log, &*answer));
                };
                std::thread::Builder::new().name("served".to_owned()).spawn(serve).expect("a thread");
            }
        };
        std::thread::Builder::new().name("server".to_owned()).spawn(accept).expect("a thread");
        Server { address, asked, is_stopped }
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<Request> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::Relaxed);
        let _woken = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

fn one(
    mut stream: TcpStream,
    log: &Mutex<Vec<Request>>,
    answer: &dyn Fn(&Request) -> Reply,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut length, mut authorization) = (0, None);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            "authorization" => authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let request =
        Request { method, path, authorization, body: serde_json::from_slice(&body).unwrap_or(Value::Null) };
    log.lock().expect("nobody panicked").push(request.clone());
    let Reply { status, kind, body } = answer(&request);
    let length = if status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    write!(stream, "HTTP/1.1 {status} Words\r\nConnection: close\r\nContent-Type: {kind}\r\n{length}\r\n")?;
    stream.write_all(&body)?;
    stream.flush()
}
