//! A server of one file on plain sockets, with the moods that a test gives it.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a server does wrong.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mood {
    /// Ends each connection after so many bytes of the body.
    pub(crate) cut_after: Option<usize>,
    /// Gives the whole file whatever is asked for.
    pub(crate) ignores_ranges: bool,
    /// Gives other bytes of the same length.
    pub(crate) lies: bool,
    /// Answers with this status, and no file.
    pub(crate) status: Option<u16>,
    /// Waits so long after each 64 KiB.
    pub(crate) pause: Option<Duration>,
    /// Sends everything to this address.
    pub(crate) redirect: Option<SocketAddr>,
}

/// A server that lives as long as the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

/// 2 MB that have no period.
pub(crate) fn content() -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..2_000_000).map(|_| next()).collect()
}

impl Server {
    pub(crate) fn start(mood: Mood) -> Server {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&asked);
        let accept = move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                let serve = move || {
                    let _ended = serve(stream, mood, &log);
                };
                std::thread::Builder::new().name("connection".to_owned()).spawn(serve).unwrap();
            }
        };
        std::thread::Builder::new().name("server".to_owned()).spawn(accept).unwrap();
        Server { address, asked }
    }

    /// An address of its file.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/m.bin", self.address)
    }

    /// The folder of its file.
    pub(crate) fn folder(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Path and first byte of each request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, mood: Mood, log: &Mutex<Vec<String>>) -> io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let range =
        head.lines().find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-')?.parse().ok());
    let from: usize = range.unwrap_or_default();
    log.lock().unwrap().push(format!("{path} {from}"));
    if let Some(status) = mood.status {
        write!(stream, "HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
        return stream.shutdown(Shutdown::Write);
    }
    if let Some(to) = mood.redirect {
        write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: http://{to}{path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        return stream.shutdown(Shutdown::Write);
    }
    let mut whole = content();
    if mood.lies {
        whole[1_000_000] ^= 1;
    }
    let all = whole.len();
    let from = if mood.ignores_ranges { 0 } else { from };
    if from >= all {
        write!(
            stream,
            "HTTP/1.1 416 No\r\nContent-Range: bytes */{all}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        return stream.shutdown(Shutdown::Write);
    }
    let body = &whole[from..];
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{all}\r\nConnection: close\r\n\r\n",
        body.len(),
        all - 1
    )?;
    let body = &body[..mood.cut_after.unwrap_or(all).min(body.len())];
    for piece in body.chunks(64 << 10) {
        stream.write_all(piece)?;
        if let Some(pause) = mood.pause {
            std::thread::sleep(pause);
        }
    }
    stream.shutdown(Shutdown::Write)
}
