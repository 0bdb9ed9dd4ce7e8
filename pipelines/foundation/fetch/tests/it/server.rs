//! A server on plain sockets that does what a test says, right or wrong, and remembers what it was asked.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pixmo_fetch::{Client, Egress, Pace, Policy, Resolve, Resolving, Retry, Timeouts, Tls};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The header `Host` without the port.
    pub(crate) host: String,
    pub(crate) headers: BTreeMap<String, String>,
    /// How often this method, host and path was asked before.
    pub(crate) before: usize,
}

/// What is sent back: pieces and pauses, and whether the connection is closed then.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    steps: Vec<Step>,
    close: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// The same piece until the other side has enough.
    Forever(Vec<u8>),
}

impl Reply {
    /// Bytes as they are.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Reply {
        Reply { steps: vec![Step::Send(bytes.into())], close: false }
    }

    /// A whole answer.
    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut lines = format!("HTTP/1.1 {status} Some Words\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            lines.push_str(&format!("{name}: {value}\r\n"));
        }
        lines.push_str("\r\n");
        Reply::raw([lines.as_bytes(), body].concat())
    }

    pub(crate) fn ok(body: &[u8]) -> Reply {
        Reply::new(200, &[], body)
    }

    pub(crate) fn status(status: u16) -> Reply {
        Reply::new(status, &[], b"")
    }

    pub(crate) fn redirect(to: &str) -> Reply {
        Reply::new(302, &[("Location", to)], b"")
    }

    pub(crate) fn send(mut self, bytes: impl Into<Vec<u8>>) -> Reply {
        self.steps.push(Step::Send(bytes.into()));
        self
    }

    pub(crate) fn pause(mut self, millis: u64) -> Reply {
        self.steps.push(Step::Pause(Duration::from_millis(millis)));
        self
    }

    pub(crate) fn forever(mut self, piece: impl Into<Vec<u8>>) -> Reply {
        self.steps.push(Step::Forever(piece.into()));
        self
    }

    pub(crate) fn close(mut self) -> Reply {
        self.close = true;
        self
    }
}

type Answer = dyn Fn(&Request) -> Reply + Send + Sync;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    answer: Box<Answer>,
    log: Mutex<Vec<Request>>,
    connections: Mutex<usize>,
    sent: Mutex<u64>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    pub(crate) async fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
        Server::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), answer).await
    }

    pub(crate) async fn start_at(
        at: SocketAddr,
        answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind(at).await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            answer: Box::new(answer),
            log: Mutex::default(),
            connections: Mutex::default(),
            sent: Mutex::default(),
        });
        let inner = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            // Connections end with the server, as those of a server that dies do.
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                *inner.connections.lock().unwrap() += 1;
                connections.spawn(serve(stream, Arc::clone(&inner)));
            }
        });
        Server { address, shared, accepting }
    }

    /// Stops it; when this is done, nobody listens.
    pub(crate) async fn stop(mut self) {
        self.accepting.abort();
        let _ = (&mut self.accepting).await;
    }

    /// An address on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// An address of another host that is this server too, for a client with [`Everywhere`] as its resolver.
    pub(crate) fn url_at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// `METHOD host path` of all requests so far, without those for files of consent.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.log()
            .into_iter()
            .filter(|line| !line.ends_with("/robots.txt") && !line.ends_with("/tdmrep.json"))
            .collect()
    }

    /// The same with the files of consent.
    pub(crate) fn log(&self) -> Vec<String> {
        let log = self.shared.log.lock().unwrap();
        log.iter().map(|request| format!("{} {} {}", request.method, request.host, request.path)).collect()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.log.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.shared.connections.lock().unwrap()
    }

    /// Bytes that went out.
    pub(crate) fn sent(&self) -> u64 {
        *self.shared.sent.lock().unwrap()
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    stream.set_nodelay(true).unwrap();
    let _ = converse(&mut stream, &shared).await;
}

async fn converse(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), shared: &Shared) -> io::Result<()> {
    while let Some(request) = read_request(stream, shared).await? {
        let reply = (shared.answer)(&request);
        for step in reply.steps {
            match step {
                Step::Send(bytes) => send(stream, shared, &bytes).await?,
                Step::Pause(time) => {
                    stream.flush().await?;
                    tokio::time::sleep(time).await;
                }
                Step::Forever(piece) => loop {
                    send(stream, shared, &piece).await?;
                },
            }
        }
        stream.flush().await?;
        if reply.close {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

async fn send(stream: &mut (impl AsyncWrite + Unpin), shared: &Shared, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    *shared.sent.lock().unwrap() += bytes.len() as u64;
    Ok(())
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin), shared: &Shared) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return Ok(None),
        }
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let mut words = lines.next().unwrap().split(' ');
    let (method, path) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let host = headers.get("host").map(String::as_str).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).to_owned();
    let mut log = shared.log.lock().unwrap();
    let same = |other: &&Request| other.method == method && other.host == host && other.path == path;
    let before = log.iter().filter(same).count();
    let request = Request { method, path, host, headers, before };
    log.push(request.clone());
    Ok(Some(request))
}

/// Settings for a server on loopback: it is allowed, and nothing waits long.
pub(crate) fn policy() -> Policy {
    let mut policy = Policy {
        timeouts: Timeouts { connect_secs: 5.0, read_secs: 5.0, total_secs: 20.0, names_kept_secs: 60.0 },
        pace: Pace { host_requests_max: 64, host_per_sec: 1e6, host_burst: 1000, ..Pace::default() },
        retry: Retry {
            attempts_max: 3,
            backoff_secs_min: 0.01,
            backoff_secs_max: 0.05,
            retry_after_secs_max: 0.05,
            ..Retry::default()
        },
        egress: Egress {
            allow: vec!["127.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()],
            block: Vec::new(),
        },
        tls: Tls { roots_system: false, roots_files: Vec::new() },
        ..Policy::default()
    };
    policy.agent.contact = "tests@pixmo.example".to_owned();
    policy
}

/// A client with [`policy`] for which every name is this machine.
pub(crate) fn client() -> Client {
    client_with(policy())
}

/// A client for which every name is this machine.
pub(crate) fn client_with(policy: Policy) -> Client {
    Client::with_resolver(policy, Arc::new(Everywhere)).unwrap()
}

/// Every name is this machine.
pub(crate) struct Everywhere;

impl Resolve for Everywhere {
    fn resolve(&self, _host: String) -> Resolving {
        Box::pin(async { Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]) })
    }
}
