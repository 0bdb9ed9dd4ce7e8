//! A running server, asked over HTTP with a token.

use std::time::Duration;

use pixmo_console::{Failure, Kind};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::asked::Asked;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer that changes nothing may take.
const READ: Duration = Duration::from_secs(60);
/// How often something is asked that changes nothing, while nobody answers.
const ATTEMPTS_MAX: u32 = 3;
/// The wait before it is asked again.
const PAUSE: Duration = Duration::from_millis(500);
/// The largest answer.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// A server.
#[derive(Debug)]
pub(super) struct Server {
    root: Url,
    token: String,
    client: Client,
}

/// What a server says of what it did not do.
#[derive(Debug, Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
    hint: Option<String>,
    field: Option<String>,
}

impl Server {
    /// The server at an address; a token goes over TLS, or to the same machine.
    ///
    /// # Errors
    /// When the address is none, or not fit for a token.
    pub(super) fn new(address: &str, token: String) -> Result<Server, Failure> {
        let wrong = |what: &str| {
            Failure::request(what).at(address.to_owned()).hint("write it as `https://speak.example`")
        };
        let root =
            Url::parse(address).map_err(|error| wrong("the address of the server is none").cause(&error))?;
        let host = root.host_str().unwrap_or_default();
        let is_plain = root.username().is_empty() && root.password().is_none() && root.query().is_none();
        if !["http", "https"].contains(&root.scheme()) || host.is_empty() || !is_plain {
            return Err(wrong("the address of the server is none"));
        }
        let is_near = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
        if root.scheme() == "http" && !is_near {
            return Err(wrong("the token would be sent without TLS"));
        }
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("pixmo-annotate/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Failure::world("cannot make a client").cause(&error))?;
        Ok(Server { root, token, client })
    }

    /// Asks something; `null` for an answer without a body.
    pub(super) async fn ask(&self, asked: &Asked) -> Result<Value, Failure> {
        let bytes = self.bytes(asked, "application/json").await?;
        if bytes.is_empty() { Ok(Value::Null) } else { understood(&bytes) }
    }

    /// Asks something; the answer as it came.
    pub(super) async fn bytes(&self, asked: &Asked, media_type: &str) -> Result<Vec<u8>, Failure> {
        let mut address = self.address(&asked.path)?;
        if !asked.query.is_empty() {
            address.query_pairs_mut().extend_pairs(&asked.query);
        }
        for attempt in 1.. {
            let mut request =
                self.client.request(asked.method.clone(), address.clone()).header("accept", media_type);
            if asked.method == Method::GET {
                request = request.timeout(READ);
            }
            if let Some(body) = &asked.body {
                request = request.json(body);
            }
            match self.send(request).await {
                Err(failure)
                    if failure.kind == Kind::World
                        && asked.method == Method::GET
                        && attempt < ATTEMPTS_MAX =>
                {
                    tokio::time::sleep(PAUSE).await;
                }
                answer => return answer,
            }
        }
        Err(Failure::bug("nobody was asked"))
    }

    /// Sends lines of JSON.
    pub(super) async fn send_lines<T: DeserializeOwned>(
        &self,
        asked: &Asked,
        lines: axum::body::Body,
    ) -> Result<T, Failure> {
        let body = reqwest::Body::wrap_stream(lines.into_data_stream());
        let request = self
            .client
            .post(self.address(&asked.path)?)
            .header("content-type", "application/x-ndjson")
            .body(body);
        understood(&self.send(request).await?)
    }

    fn address(&self, path: &[String]) -> Result<Url, Failure> {
        let mut address = self.root.clone();
        let mut segments = address
            .path_segments_mut()
            .map_err(|()| Failure::request("the address of the server is none"))?;
        segments.pop_if_empty().extend(["api", "v1"]).extend(path);
        drop(segments);
        Ok(address)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Vec<u8>, Failure> {
        let sent = request.bearer_auth(&self.token).send().await;
        let response = sent.map_err(|error| of_network(&error))?;
        let status = response.status();
        let bytes = bounded(response).await?;
        if status.is_success() { Ok(bytes) } else { Err(of_refusal(status, &bytes)) }
    }
}

async fn bounded(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| of_network(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(Failure::world(format!("an answer is longer than {ANSWER_BYTES_MAX} bytes")));
        }
    }
    Ok(bytes)
}

fn understood<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| {
        Failure::world("the server says what nobody understands")
            .cause(&error)
            .hint("is this the address of an annotation server of the same version?")
    })
}

fn of_network(error: &reqwest::Error) -> Failure {
    let what = if error.is_timeout() { "the server took too long" } else { "the server cannot be reached" };
    let source = std::error::Error::source(error);
    let failure = source.into_iter().fold(Failure::world(what), Failure::cause);
    failure.hint("`--server` says where it is")
}

fn of_refusal(status: StatusCode, bytes: &[u8]) -> Failure {
    let Refusal { code, message, hint, field } = serde_json::from_slice(bytes).unwrap_or_default();
    let what = if message.is_empty() { format!("HTTP {status}") } else { message };
    let what = field.map_or(what.clone(), |field| format!("`{field}`: {what}"));
    let failure = if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        Failure::world(format!("the server could not do it: {what}"))
    } else {
        Failure::request(format!("the server refused: {what}"))
    };
    let failure = hint.into_iter().fold(failure, Failure::hint);
    match (status, code.as_str()) {
        (StatusCode::UNAUTHORIZED, _) => failure.hint("the token is unknown to this server, or was revoked"),
        (_, "") => failure.hint("is this the address of an annotation server?"),
        _ => failure,
    }
}
