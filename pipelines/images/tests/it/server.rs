//! A real server on loopback that serves pictures and every fault, and remembers what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

/// What is sent back for one request.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// So many bytes of the body are sent, whatever length was declared; then the connection is closed.
    cut_at: Option<usize>,
}

impl Reply {
    pub(crate) fn ok(body: Vec<u8>) -> Reply {
        Reply { status: 200, headers: Vec::new(), body, cut_at: None }
    }

    pub(crate) fn status(status: u16) -> Reply {
        Reply { status, ..Reply::ok(Vec::new()) }
    }

    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Reply {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn cut_at(mut self, bytes: usize) -> Reply {
        self.cut_at = Some(bytes);
        self
    }
}

/// What is answered to a path that was asked so many times before.
type Answer = dyn Fn(&str, usize) -> Reply + Send + Sync;

struct Shared {
    answer: Mutex<Arc<Answer>>,
    asked: Mutex<BTreeMap<String, usize>>,
    is_over: AtomicBool,
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            answer: Mutex::new(Arc::new(answer)),
            asked: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let ours = Arc::clone(&shared);
        let accept = move || {
            for stream in listener.incoming() {
                if ours.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), ours) = (stream, Arc::clone(&ours)) else { continue };
                let serve = move || drop(ours.serve(stream));
                drop(Builder::new().name("test-connection".to_owned()).spawn(serve));
            }
        };
        let accepting = Builder::new().name("test-server".to_owned()).spawn(accept).expect("a thread");
        Server { address, shared, accepting: Some(accepting) }
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// From now on answers are given by another function, and nothing was asked yet.
    pub(crate) fn answer_by(&self, answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) {
        *self.shared.answer.lock().expect("whole") = Arc::new(answer);
        self.forget();
    }

    /// Nothing was asked yet.
    pub(crate) fn forget(&self) {
        self.shared.asked.lock().expect("whole").clear();
    }

    /// How often each path was asked, without the files of consent.
    pub(crate) fn asked(&self) -> BTreeMap<String, usize> {
        let mut asked = self.shared.asked.lock().expect("whole").clone();
        asked.retain(|path, _| path != "/robots.txt" && !path.starts_with("/.well-known/"));
        asked
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        if let Some(accepting) = self.accepting.take() {
            accepting.join().expect("the server does not panic");
        }
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut out = stream.try_clone()?;
        let mut reader = BufReader::new(stream);
        loop {
            let mut first = String::new();
            if reader.read_line(&mut first)? == 0 {
                return Ok(());
            }
            let mut words = first.split_whitespace();
            let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let (is_head, path) = (method == "HEAD", path.to_owned());
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line)? == 0 || line == "\r\n" {
                    break;
                }
            }
            let before = {
                let mut asked = self.asked.lock().expect("whole");
                let times = asked.entry(path.clone()).or_default();
                *times += 1;
                *times - 1
            };
            let answer = Arc::clone(&self.answer.lock().expect("whole"));
            let consent = path == "/robots.txt" || path.starts_with("/.well-known/");
            let reply = if consent { Reply::status(404) } else { answer(&path, before) };
            let mut head =
                format!("HTTP/1.1 {} Words\r\nContent-Length: {}\r\n", reply.status, reply.body.len());
            for (name, value) in &reply.headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str("\r\n");
            out.write_all(head.as_bytes())?;
            if !is_head {
                out.write_all(&reply.body[..reply.cut_at.unwrap_or(reply.body.len())])?;
            }
            out.flush()?;
            if reply.cut_at.is_some() {
                return out.shutdown(Shutdown::Both);
            }
        }
    }
}
