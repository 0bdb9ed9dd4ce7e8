//! Somebody who asks the server: a browser with its cookie and token, or a program with its own.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, ORIGIN, SET_COOKIE};
use serde_json::Value;

/// A client. Clones are the same person in another window.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    address: String,
    cookie: Option<String>,
    csrf: Option<String>,
    bearer: Option<String>,
    /// The pseudonym, once signed in.
    pub(crate) person: String,
}

/// What the server said.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    what: String,
}

impl Reply {
    /// The JSON of the answer; `null` if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The JSON of an answer that must be a success.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        let is_good = (200..300).contains(&self.status);
        assert!(is_good, "{}: {} {}", self.what, self.status, String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// The code of an answer that must be a refusal with this status.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}: {}", self.what, String::from_utf8_lossy(&self.bytes));
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Client {
    pub(crate) fn new(address: &str) -> Client {
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Client {
            http,
            address: address.to_owned(),
            cookie: None,
            csrf: None,
            bearer: None,
            person: String::new(),
        }
    }

    /// The same client of a server that was started again elsewhere.
    pub(crate) fn moved_to(&mut self, address: &str) {
        address.clone_into(&mut self.address);
    }

    /// With a token of a program instead of a session.
    pub(crate) fn with_bearer(mut self, token: &str) -> Client {
        self.bearer = Some(token.to_owned());
        self
    }

    /// Without the token against forged requests.
    pub(crate) fn without_csrf(mut self) -> Client {
        self.csrf = None;
        self
    }

    pub(crate) fn csrf(&self) -> &str {
        self.csrf.as_deref().unwrap_or_default()
    }

    /// Takes the session that an answer gives.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, reply: &Reply) {
        let me = reply.ok();
        let cookie = reply.headers.get(SET_COOKIE).expect("a session").to_str().expect("text");
        self.cookie = cookie.split(';').next().map(str::to_owned);
        self.csrf = me["csrf"].as_str().map(str::to_owned);
        self.person = me["person"].as_str().expect("a pseudonym").to_owned();
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send_json("POST", path, body).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.send_json("PUT", path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send_json("PATCH", path, body).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None).await
    }

    pub(crate) async fn send_json(&self, method: &str, path: &str, body: Value) -> Reply {
        self.send(method, path, Some(("application/json", body.to_string().into()))).await
    }

    /// Sends a request to a path below `/api/v1`.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Reply {
        self.send_with(method, path, body, &[]).await
    }

    /// As [`Client::send`], with further headers, which replace those of the client.
    pub(crate) async fn send_with(
        &self,
        method: &str,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let answered = self.try_send(method, path, body, headers).await;
        answered.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// As [`Client::send_with`], of a server that may go away meanwhile.
    pub(crate) async fn try_send(
        &self,
        method: &str,
        path: &str,
        body: Option<(&str, Vec<u8>)>,
        headers: &[(&str, &str)],
    ) -> Result<Reply, reqwest::Error> {
        let address = match path.strip_prefix("//") {
            Some(rest) => format!("{}/{rest}", self.address),
            None => format!("{}/api/v1{path}", self.address),
        };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let what = format!("{method} {path}");
        let mut all: Vec<(String, String)> = Vec::new();
        let mut set = |name: &str, value: String| {
            all.retain(|(known, _)| known != name);
            all.push((name.to_owned(), value));
        };
        if let Some(cookie) = &self.cookie {
            set(COOKIE.as_str(), cookie.clone());
        }
        if let Some(bearer) = &self.bearer {
            set(AUTHORIZATION.as_str(), format!("Bearer {bearer}"));
        }
        if method != Method::GET {
            set(ORIGIN.as_str(), self.address.clone());
            if let Some(csrf) = &self.csrf {
                set("x-csrf-token", csrf.clone());
            }
        }
        let mut request = self.http.request(method, address);
        if let Some((media_type, bytes)) = body {
            set(CONTENT_TYPE.as_str(), media_type.to_owned());
            request = request.body(bytes);
        }
        for (name, value) in headers {
            set(name, (*value).to_owned());
        }
        for (name, value) in all {
            request = request.header(name, value);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Reply { status, headers, bytes: response.bytes().await?.to_vec(), what })
    }
}
