//! An S3 server on loopback, and a line to it that can break.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::program::Said;
use crate::python::{all_right, script, tool};

/// A server with the empty bucket `shelf`; it ends with the value.
pub(crate) struct Server {
    process: Child,
    address: String,
}

impl Server {
    pub(crate) fn start() -> Server {
        // A port that was free a moment ago; should somebody take it meanwhile, another is tried.
        for _ in 0..5 {
            let free = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
            let port = free.local_addr().expect("a bound port").port();
            drop(free);
            let mut command = tool("s3", "moto_server");
            command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
            let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            let process = process.expect("the server starts");
            let mut server = Server { process, address: format!("http://127.0.0.1:{port}") };
            if server.answers(port) {
                server.bucket(&["make", "shelf"]);
                return server;
            }
        }
        panic!("the S3 server does not answer");
    }

    fn answers(&mut self, port: u16) -> bool {
        for _ in 0..1_200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return true;
            }
            if self.process.try_wait().expect("a child").is_some() {
                return false;
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Asks another client than ours to do something; the words after the address.
    pub(crate) fn bucket(&self, words: &[&str]) -> Said {
        let (action, rest) = words.split_first().expect("an action");
        all_right(script("s3", "bucket.py").args([action, self.address()]).args(rest))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A line to a server that takes so many bytes and then breaks, until it is mended.
pub(crate) struct Line {
    address: String,
    state: Arc<State>,
}

struct State {
    server: String,
    left: AtomicU64,
    broken: AtomicBool,
}

impl Line {
    /// A line that breaks once `bytes` were sent to the server.
    pub(crate) fn to(server: &str, bytes: u64) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = format!("http://{}", listener.local_addr().expect("a bound port"));
        let server = server.strip_prefix("http://").expect("an address of HTTP").to_owned();
        let state = Arc::new(State { server, left: AtomicU64::new(bytes), broken: AtomicBool::new(false) });
        let of_line = Arc::clone(&state);
        named("line", move || {
            for incoming in listener.incoming().flatten() {
                if of_line.broken.load(Ordering::SeqCst) {
                    continue; // dropped: the client sees its connection closed
                }
                let Ok(outgoing) = TcpStream::connect(&of_line.server) else { continue };
                let ends = [&incoming, &outgoing].map(|end| end.try_clone().expect("a socket"));
                let [incoming_too, outgoing_too] = ends;
                let of_way = Arc::clone(&of_line);
                named("way there", move || carry(incoming, outgoing, Some(&of_way)));
                named("way back", move || carry(outgoing_too, incoming_too, None));
            }
        });
        Line { address, state }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.state.broken.load(Ordering::SeqCst)
    }

    /// From now on it takes all that is sent.
    pub(crate) fn mend(&self) {
        self.state.left.store(u64::MAX, Ordering::SeqCst);
        self.state.broken.store(false, Ordering::SeqCst);
    }
}

fn named(name: &str, work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().name(name.to_owned()).spawn(work).expect("a thread");
}

/// Carries bytes until one end closes, or until there are more than the line takes.
fn carry(mut from: TcpStream, mut to: TcpStream, state: Option<&State>) {
    let mut buffer = [0u8; 16_384];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if let Some(state) = state {
            let take = |left: u64| left.checked_sub(count as u64);
            let is_taken = state.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok();
            if !is_taken || state.broken.load(Ordering::SeqCst) {
                state.broken.store(true, Ordering::SeqCst);
                break;
            }
        }
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    from.shutdown(Shutdown::Both).ok();
    to.shutdown(Shutdown::Both).ok();
}
