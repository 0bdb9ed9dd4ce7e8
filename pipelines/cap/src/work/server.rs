//! The server as a worker sees it: few questions, each tried again where that can help, none without an end.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use pixmo_console::{Failure, Kind};
use pixmo_schemas::annotation::TakeAudio;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::contract::{Done, Extend, Failed, LEASE_LOST, Lease, Leased, ROOT, Refused, is_id};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(60);
/// How long one question may take altogether; recordings are large.
const ALTOGETHER: Duration = Duration::from_secs(600);
/// How often a question is asked that a moment later may be answered.
const ATTEMPTS_MAX: u32 = 6;
/// The wait before the second attempt; it doubles with each.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest wait that a server may ask for between attempts.
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// The largest answer that is no recording.
const ANSWER_BYTES_MAX: usize = 4 << 20;

/// Why a server did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The lease is someone else's by now.
    #[error("the lease was lost")]
    LeaseLost,
    /// The server does not want this worker, or not so.
    #[error("the server refused: {0}")]
    Refused(String, Option<String>),
    /// It cannot be reached, is not well, or says what nobody understands.
    #[error("{0}")]
    World(String),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        match trouble {
            Trouble::Refused(message, hint) => {
                let failure = Failure::request(format!("the annotation server refused: {message}"));
                hint.into_iter().fold(failure, Failure::hint)
            }
            Trouble::LeaseLost => Failure::world("a lease was lost"),
            Trouble::World(message) => Failure::world("cannot work for the annotation server")
                .because(message)
                .hint("run the same command again later; jobs whose leases run out are given to others"),
        }
    }
}

/// An annotation server.
pub(crate) struct Server {
    root: String,
    key: Option<String>,
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Server {
    pub(crate) fn new(address: &str, key: Option<String>) -> Result<Server, Failure> {
        let address = address.trim_end_matches('/');
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let Some(rest) = rest.filter(|rest| !rest.is_empty() && !rest.contains(['@', '?', '#'])) else {
            return Err(Failure::request("the address of the server is none")
                .at(address.to_owned())
                .hint("write it as `https://annotate.example`, without names, keys or queries"));
        };
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        let is_near = host == "localhost" || host == "127.0.0.1" || rest.starts_with("[::1]");
        if key.is_some() && address.starts_with("http://") && !is_near {
            return Err(Failure::request("a key would be sent without TLS")
                .at(address.to_owned())
                .hint("use an `https://` address"));
        }
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .timeout(ALTOGETHER)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("pixmo-cap/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::world("cannot make a client").cause(&error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .thread_name("pixmo-network")
            .build()
            .map_err(|error| Failure::world("cannot start the thread of the network").cause(&error))?;
        Ok(Server { root: format!("{address}/{ROOT}"), key, client, runtime })
    }

    pub(crate) fn lease(&self, lease: &Lease) -> Result<Leased, Trouble> {
        let leased: Leased = self.wait(self.post(format!("{}/lease", self.root), lease))?;
        match leased.jobs.iter().find(|job| !is_id(&job.id)) {
            Some(job) => {
                Err(Trouble::World(format!("the server gave a job with the id `{}`, which is none", job.id)))
            }
            None => Ok(leased),
        }
    }

    pub(crate) fn extend(&self, id: &str, lease: &str) -> Result<(), Trouble> {
        let extend = Extend { lease: lease.to_owned() };
        self.wait(self.tell(format!("{}/{id}/extend", self.root), &extend))
    }

    pub(crate) fn done(&self, id: &str, done: &Done) -> Result<(), Trouble> {
        self.wait(self.tell(format!("{}/{id}/done", self.root), done))
    }

    pub(crate) fn failed(&self, id: &str, failed: &Failed) -> Result<(), Trouble> {
        self.wait(self.tell(format!("{}/{id}/failed", self.root), failed))
    }

    /// Brings a recording into a file. Its hash is for the caller to look at.
    pub(crate) fn recording(&self, id: &str, audio: &TakeAudio, path: &Path) -> Result<(), Trouble> {
        let address = format!("{}/{id}/audio", self.root);
        let work = async {
            let mut response = self.asked(|| self.client.get(&address)).await?;
            let failed =
                |error: std::io::Error| Trouble::World(format!("cannot write `{}`: {error}", path.display()));
            let mut file = std::fs::File::create(path).map_err(failed)?;
            let mut bytes = 0u64;
            while let Some(piece) = response.chunk().await.map_err(|error| of_network(&error))? {
                bytes += piece.len() as u64;
                if bytes > audio.bytes {
                    return Err(Trouble::World(format!(
                        "a recording is longer than the {} bytes that were promised",
                        audio.bytes
                    )));
                }
                file.write_all(&piece).map_err(failed)?;
            }
            Ok(())
        };
        self.wait(work)
    }

    fn wait<T>(&self, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        self.runtime.block_on(work)
    }

    async fn post<T: DeserializeOwned>(
        &self,
        address: String,
        message: &impl Serialize,
    ) -> Result<T, Trouble> {
        let body = json(message)?;
        let response = self.asked(|| self.client.post(&address).body(body.clone())).await?;
        let bytes = bounded(response).await?;
        serde_json::from_slice(&bytes)
            .map_err(|error| Trouble::World(format!("the server said what nobody understands: {error}")))
    }

    async fn tell(&self, address: String, message: &impl Serialize) -> Result<(), Trouble> {
        let body = json(message)?;
        self.asked(|| self.client.post(&address).body(body.clone())).await.map(drop)
    }

    /// Asks until there is an answer, the attempts are used up, or asking again cannot help.
    async fn asked(&self, request: impl Fn() -> RequestBuilder) -> Result<Response, Trouble> {
        let mut pause = PAUSE;
        for attempt in 1.. {
            let mut asked = request().header("content-type", "application/json");
            if let Some(key) = &self.key {
                asked = asked.bearer_auth(key);
            }
            let (trouble, wait) = match asked.send().await {
                Err(error) => (of_network(&error), None),
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => {
                    let may_change = is_passing(response.status());
                    let wait = retry_after(&response);
                    let trouble = of_refusal(response).await;
                    if !may_change {
                        return Err(trouble);
                    }
                    (trouble, wait)
                }
            };
            if attempt >= ATTEMPTS_MAX {
                return Err(match trouble {
                    Trouble::Refused(message, _) => Trouble::World(format!("{message}, {attempt} times")),
                    Trouble::World(message) => Trouble::World(format!("{message}, {attempt} times")),
                    lost => lost,
                });
            }
            tokio::time::sleep(wait.unwrap_or(pause).min(PAUSE_MAX)).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
        Err(Trouble::World("nobody was asked".to_owned()))
    }
}

fn json(message: &impl Serialize) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec(message)
        .map_err(|error| Trouble::World(format!("a message has no form as JSON: {error}")))
}

/// Whether a moment later the answer may be another one.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error()
        || status == StatusCode::TOO_MANY_REQUESTS
        || status == StatusCode::REQUEST_TIMEOUT
}

fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get("retry-after")?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| of_network(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(Trouble::World(format!("an answer is longer than {ANSWER_BYTES_MAX} bytes")));
        }
    }
    Ok(bytes)
}

async fn of_refusal(response: Response) -> Trouble {
    let status = response.status();
    let said: Refused = match bounded(response).await {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(trouble) => return trouble,
    };
    if said.code == LEASE_LOST || status == StatusCode::CONFLICT || status == StatusCode::GONE {
        return Trouble::LeaseLost;
    }
    let message = if said.message.is_empty() {
        format!("HTTP {status}")
    } else {
        format!("{} (HTTP {status})", said.message)
    };
    Trouble::Refused(message, said.hint)
}

/// What a library of the network says, with its causes and without the address.
fn of_network(error: &reqwest::Error) -> Trouble {
    let failure = Failure::from_error(Kind::World, error);
    let causes = failure.causes.last().cloned();
    let what = if error.is_timeout() { "the server took too long" } else { "the server cannot be reached" };
    Trouble::World(causes.map_or_else(|| what.to_owned(), |cause| format!("{what}: {cause}")))
}
