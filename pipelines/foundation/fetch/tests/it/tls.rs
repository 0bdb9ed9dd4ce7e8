//! TLS and HTTP/2: whom we trust, and what goes wrong on the way.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use pixmo_fetch::{Class, Policy, PolicyError, Want};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::{Reply, Server, client_with, policy};

/// An authority of our own, in a file as a user would give it.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("root.pem"), issuer.pem()).unwrap();
        Authority { issuer, folder }
    }

    /// A policy that trusts it.
    fn policy(&self) -> Policy {
        let mut policy = policy();
        policy.tls.roots_files.push(self.folder.path().join("root.pem"));
        policy
    }

    /// A server for `name` that speaks one of `protocols`.
    fn acceptor(&self, params: CertificateParams, protocols: &[&str]) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        TlsAcceptor::from(Arc::new(config))
    }
}

fn named(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

/// Accepts connections for as long as the test runs; counts them.
async fn listen<F>(
    acceptor: TlsAcceptor,
    serve: impl Fn(TlsStream<TcpStream>) -> F + Send + 'static,
) -> (u16, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            if let Ok(stream) = acceptor.accept(stream).await {
                tokio::spawn(serve(stream));
            }
        }
    });
    (port, connections)
}

/// One answer of HTTP/1.1 for every request.
async fn plain(mut stream: TlsStream<TcpStream>) {
    let mut head = Vec::new();
    while let Ok(byte) = stream.read_u8().await {
        head.push(byte);
        if head.ends_with(b"\r\n\r\n") {
            let missing = head.starts_with(b"GET /robots.txt") || head.starts_with(b"GET /.well-known");
            let status = if missing { 404 } else { 200 };
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 4\r\n\r\nhere");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
            head.clear();
        }
    }
}

#[tokio::test]
async fn who_is_trusted() {
    let authority = Authority::new();
    let (port, _) = listen(authority.acceptor(named("good.example"), &["http/1.1"]), plain).await;
    let trusting = client_with(authority.policy());
    let good = format!("https://good.example:{port}/x");
    let fetched = trusting.fetch(&Want::new(&good)).await.unwrap();
    assert_eq!(&fetched.body[..], b"here");

    // Nobody knows the authority.
    let failed = client_with(policy()).fetch(&Want::new(&good)).await.unwrap_err();
    assert_eq!((failed.class, failed.can_succeed_later()), (Class::Tls, true), "{failed:?}");
    // The certificate is for another name.
    let failed = trusting.fetch(&Want::new(format!("https://other.example:{port}/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::Tls, "{failed:?}");
    // It has expired.
    let mut old = named("old.example");
    old.not_before = rcgen::date_time_ymd(2001, 1, 1);
    old.not_after = rcgen::date_time_ymd(2002, 1, 1);
    let (port, _) = listen(authority.acceptor(old, &["http/1.1"]), plain).await;
    let failed = trusting.fetch(&Want::new(format!("https://old.example:{port}/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::Tls, "{failed:?}");
    assert!(failed.detail.to_lowercase().contains("expired"), "{failed:?}");
    // No TLS is spoken there, in two ways.
    let server = Server::start(|_| Reply::ok(b"plain")).await;
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closing = silent.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = silent.accept().await {
            let mut hello = [0; 16];
            let _ = stream.read(&mut hello).await;
            let _ = stream.write_all(b"HTTP/1.0 400 Bad Request\r\n\r\n").await;
        }
    });
    for port in [server.address.port(), closing] {
        let mut policy = authority.policy();
        policy.timeouts.connect_secs = 1.0;
        let failed = client_with(policy)
            .fetch(&Want::new(format!("https://good.example:{port}/x")))
            .await
            .unwrap_err();
        assert!(matches!(failed.class, Class::Tls | Class::Timeout), "{failed:?}");
    }
}

#[tokio::test]
async fn roots_are_checked_first() {
    let folder = tempfile::tempdir().unwrap();
    let with = |path: &std::path::Path| {
        let mut policy = policy();
        policy.tls.roots_files.push(path.to_owned());
        pixmo_fetch::Client::new(policy).unwrap_err()
    };
    assert!(matches!(with(&folder.path().join("none.pem")), PolicyError::RootsFile { .. }));
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "no certificate").unwrap();
    assert!(matches!(with(&empty), PolicyError::RootsFile { .. }));
    let broken = folder.path().join("broken.pem");
    fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").unwrap();
    assert!(matches!(with(&broken), PolicyError::RootsFile { .. }));
}

/// Answers of HTTP/2, right and wrong.
async fn second(stream: TlsStream<TcpStream>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let builder = http::Response::builder();
        let (builder, body) = match request.uri().path() {
            "/robots.txt" | "/.well-known/tdmrep.json" => (builder.status(404), "none"),
            "/long" => (builder.header("content-length", "100"), "short"),
            "/short" => (builder.header("content-length", "2"), "longer"),
            "/noai" => (builder.header("x-robots-tag", "noai"), "here"),
            _ => (builder.status(200), "here"),
        };
        let Ok(mut send) = respond.send_response(builder.body(()).unwrap(), false) else { continue };
        let is_reset = request.uri().path() == "/reset";
        let _ = send.send_data(Bytes::from_static(body.as_bytes()), !is_reset);
        if is_reset {
            send.send_reset(h2::Reason::INTERNAL_ERROR);
        }
    }
}

#[tokio::test]
async fn the_second_version_of_http() {
    let authority = Authority::new();
    let (port, connections) =
        listen(authority.acceptor(named("two.example"), &["h2", "http/1.1"]), second).await;
    let client = client_with(authority.policy());
    let url = |path: &str| format!("https://two.example:{port}{path}");
    client.fetch(&Want::new(url("/first"))).await.unwrap();
    let fetches: Vec<_> = (0..50)
        .map(|n| {
            let (client, want) = (client.clone(), Want::new(url(&format!("/{n}"))));
            tokio::spawn(async move { client.fetch(&want).await })
        })
        .collect();
    for fetch in fetches {
        assert_eq!(&fetch.await.unwrap().unwrap().body[..], b"here");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "all over one connection");

    for (path, class) in [
        ("/long", Class::Closed),
        ("/short", Class::Closed),
        ("/reset", Class::Closed),
        ("/noai", Class::OptedOut),
    ] {
        let failed = client.fetch(&Want::new(url(path))).await.unwrap_err();
        assert_eq!(failed.class, class, "{path}: {failed:?}");
    }
    assert_eq!(&client.fetch(&Want::new(url("/last"))).await.unwrap().body[..], b"here");
}
