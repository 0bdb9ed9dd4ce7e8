//! The connections: one request out, the head of one answer back. The only module that drives `reqwest`.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, RANGE};
use reqwest::{Method, Response, Url, redirect};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tower_layer::Layer;
use tower_service::Service;
use url::Host;

use crate::budget::Budget;
use crate::class::Class;
use crate::names::{Asked, NameError, Names, Resolve};
use crate::policy::{Policy, PolicyError, Tls, secs};
use crate::trouble::Trouble;

/// How long a connection without a request is kept.
const IDLE: Duration = Duration::from_secs(15);

/// Most bytes of a stream of HTTP/2, and of all streams of its connection, that a server may send ahead.
const H2_STREAM_BYTES: u32 = 1 << 20;
const H2_CONNECTION_BYTES: u32 = 4 << 20;

/// The connections to all hosts.
pub(crate) struct Wire {
    policy: Policy,
    tls: rustls::ClientConfig,
    names: Arc<Names>,
    head_wait: Duration,
    current: Mutex<Generation>,
}

/// A client with its idle connections. When it has made so many that the machine could run out of sockets, a new one
/// takes its place, and its idle connections end with it.
struct Generation {
    client: reqwest::Client,
    connects: Arc<AtomicU32>,
}

impl Wire {
    pub(crate) fn new(policy: &Policy, resolver: Arc<dyn Resolve>) -> Result<Wire, PolicyError> {
        let proxy_host = match &policy.proxy {
            Some(address) => {
                reqwest::Proxy::all(address)
                    .map_err(|source| PolicyError::Proxy { address: address.clone(), source })?;
                Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned))
            }
            None => None,
        };
        let kept = secs(policy.timeouts.names_kept_secs);
        let names_max = usize::try_from(policy.limits.sites_max).unwrap_or(usize::MAX);
        let names = Arc::new(Names::new(resolver, policy.egress.clone(), proxy_host, kept, names_max));
        let tls = tls(&policy.tls)?;
        let first = Generation::new(policy, &tls, &names).map_err(PolicyError::Client)?;
        Ok(Wire {
            policy: policy.clone(),
            tls,
            names,
            head_wait: secs(policy.timeouts.connect_secs) + secs(policy.timeouts.read_secs),
            current: Mutex::new(first),
        })
    }

    /// Sends one request and waits for the head of its answer. `from` asks for a file from that byte on.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: &Url,
        from: Option<u64>,
        budget: &mut Budget,
    ) -> Result<Response, Trouble> {
        self.check_host(url, budget).await?;
        let mut request = self.client().request(method, url.clone());
        if let Some(from) = from {
            request = request.header(ACCEPT, "*/*");
            if from > 0 {
                request = request.header(RANGE, format!("bytes={from}-"));
            }
        }
        let answer = budget.spend(self.head_wait, "answer", request.send()).await?;
        let response = answer.map_err(|error| Trouble::of_wire(&error, url))?;
        if let Some(peer) = response.remote_addr().filter(|_| self.policy.proxy.is_none()) {
            self.check_address(peer.ip())?;
        }
        Ok(response)
    }

    /// Checks what can be known of the host before anything connects. Addresses in figures go past the resolver, and
    /// behind a proxy it is not asked at all.
    pub(crate) async fn check_host(&self, url: &Url, budget: &mut Budget) -> Result<(), Trouble> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_address(address.into()),
            Some(Host::Ipv6(address)) => self.check_address(address.into()),
            Some(Host::Domain(name)) if self.policy.proxy.is_some() => {
                let step = secs(self.policy.timeouts.connect_secs);
                let found = budget.spend(step, "address for the name", self.names.find(name)).await?;
                found.map(|_| ()).map_err(|error| error.trouble())
            }
            Some(Host::Domain(_)) => Ok(()),
            None => Err(Trouble::new(Class::Address, "there is no host in it")),
        }
    }

    fn check_address(&self, address: IpAddr) -> Result<(), Trouble> {
        if self.policy.egress.allows(address) { Ok(()) } else { Err(NameError::Blocked(address).trouble()) }
    }

    /// The client of the current generation.
    fn client(&self) -> reqwest::Client {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.connects.load(Ordering::Relaxed) >= self.policy.limits.connections_max {
            // The first was made of the same parts; should this one fail, the old one goes on.
            if let Ok(next) = Generation::new(&self.policy, &self.tls, &self.names) {
                *current = next;
            }
        }
        current.client.clone()
    }
}

impl Generation {
    fn new(
        policy: &Policy,
        tls: &rustls::ClientConfig,
        names: &Arc<Names>,
    ) -> Result<Generation, reqwest::Error> {
        let connects = Arc::new(AtomicU32::new(0));
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("image/*,*/*;q=0.8"));
        // Pictures are packed already; and what is not packed cannot be a bomb.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let mut builder = reqwest::Client::builder()
            .user_agent(policy.agent.header())
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(secs(policy.timeouts.connect_secs))
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(usize::try_from(policy.pace.host_requests_max).unwrap_or(usize::MAX))
            .tcp_nodelay(true)
            .http2_initial_stream_window_size(H2_STREAM_BYTES)
            .http2_initial_connection_window_size(H2_CONNECTION_BYTES)
            .use_preconfigured_tls(tls.clone())
            .dns_resolver(Arc::new(Asked(Arc::clone(names))))
            .connector_layer(Count(Arc::clone(&connects)));
        if let Some(address) = &policy.proxy {
            builder = builder.proxy(reqwest::Proxy::all(address)?);
        }
        Ok(Generation { client: builder.build()?, connects })
    }
}

/// The settings of TLS: roots of the system and from files, and the cryptography named, because a program in which
/// several are linked has no default one.
fn tls(policy: &Tls) -> Result<rustls::ClientConfig, PolicyError> {
    let mut roots = rustls::RootCertStore::empty();
    if policy.roots_system {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    for path in &policy.roots_files {
        let wrong = |reason: String| PolicyError::RootsFile { path: path.clone(), reason };
        let before = roots.len();
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))? {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        if roots.len() == before {
            return Err(wrong("there is no certificate in it".to_owned()));
        }
    }
    if policy.roots_system && roots.is_empty() {
        return Err(PolicyError::RootsMissing);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|error| unreachable!("ring has the default versions of TLS: {error}"))
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Counts connections as they are begun.
#[derive(Clone)]
struct Count(Arc<AtomicU32>);

/// A connector that is counted.
#[derive(Clone)]
struct Counted<S> {
    connects: Arc<AtomicU32>,
    inner: S,
}

impl<S> Layer<S> for Count {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted { connects: Arc::clone(&self.0), inner }
    }
}

impl<S: Service<R>, R> Service<R> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: R) -> S::Future {
        self.connects.fetch_add(1, Ordering::Relaxed);
        self.inner.call(request)
    }
}
