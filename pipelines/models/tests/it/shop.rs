//! A hub of one repository on plain sockets.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sha1::Digest as _;

type Files = BTreeMap<&'static str, Vec<u8>>;

/// Files of this size and more lie in large storage.
const LARGE: usize = 1000;

struct Shelf {
    repository: &'static str,
    told: Files,
    given: Mutex<Files>,
    asked: Mutex<Vec<String>>,
}

/// A hub that lives as long as the test.
pub(crate) struct Shop {
    address: SocketAddr,
    shelf: Arc<Shelf>,
}

impl Shop {
    pub(crate) fn start(repository: &'static str, files: Files) -> Shop {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shelf =
            Shelf { repository, told: files.clone(), given: Mutex::new(files), asked: Mutex::default() };
        let shelf = Arc::new(shelf);
        let serving = Arc::clone(&shelf);
        let accept = move || {
            for stream in listener.incoming().flatten() {
                let _ended = serve(stream, &serving);
            }
        };
        std::thread::Builder::new().name("hub".to_owned()).spawn(accept).unwrap();
        Shop { address, shelf }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn commit(&self) -> String {
        "0123456789abcdef0123456789abcdef01234567".to_owned()
    }

    /// Gives these files from now on, and tells of the first ones.
    pub(crate) fn gives(&self, files: Files) {
        *self.shelf.given.lock().unwrap() = files;
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.shelf.asked.lock().unwrap().clone()
    }
}

fn listing(files: &Files) -> Value {
    let siblings: Vec<Value> = files
        .iter()
        .map(|(name, bytes)| {
            let mut blob = format!("blob {}\0", bytes.len()).into_bytes();
            blob.extend_from_slice(bytes);
            let mut file = json!({ "rfilename": name, "size": bytes.len(), "blobId": hex::encode(sha1::Sha1::digest(&blob)) });
            if bytes.len() >= LARGE {
                let sha256 = hex::encode(sha2::Sha256::digest(bytes));
                file["lfs"] = json!({ "size": bytes.len(), "sha256": sha256, "pointerSize": 134 });
            }
            file
        })
        .collect();
    json!({ "id": "x", "sha": "0123456789abcdef0123456789abcdef01234567", "siblings": siblings })
}

fn serve(mut stream: TcpStream, shelf: &Shelf) -> io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    shelf.asked.lock().unwrap().push(path.clone());
    let range = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-')?.parse().ok());
    let from: usize = range.unwrap_or_default();
    let repository = shelf.repository;
    let body = if path == format!("/api/models/{repository}/revision/main?blobs=true") {
        Some(listing(&shelf.told).to_string().into_bytes())
    } else {
        let inner =
            path.strip_prefix(&format!("/{repository}/resolve/0123456789abcdef0123456789abcdef01234567/"));
        inner.and_then(|name| shelf.given.lock().unwrap().get(name).cloned())
    };
    let Some(body) = body else {
        write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
        return stream.shutdown(Shutdown::Write);
    };
    let all = body.len();
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let rest = body.get(from..).unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{all}\r\nConnection: close\r\n\r\n",
        rest.len(),
        all.saturating_sub(1)
    )?;
    stream.write_all(rest)?;
    stream.shutdown(Shutdown::Write)
}
