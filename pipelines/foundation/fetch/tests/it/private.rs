//! What is not public is not connected to, however it is written and whoever leads there.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pixmo_fetch::{Class, Client, Egress, Policy, Resolve, Resolving, Want};

use crate::server::{Reply, Server, client_with, policy};

/// A resolver that gives one answer after the other, and then the last again.
pub(crate) struct Answers {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Answers {
    pub(crate) fn new(answers: Vec<Vec<IpAddr>>) -> Arc<Answers> {
        Arc::new(Answers { answers, asked: AtomicUsize::new(0) })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Resolve for Answers {
    fn resolve(&self, _host: String) -> Resolving {
        let number = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
        let answer = self.answers[number].clone();
        Box::pin(async move { Ok(answer) })
    }
}

/// The policy of a user who allows nothing that is not public.
fn closed() -> Policy {
    Policy { egress: Egress::default(), ..policy() }
}

/// Hosts that are no one's business: each of their spellings must be refused before anything connects.
const HOSTS: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0X7F.0.0.0x1",
    "017700000001",
    "0177.0.0.1",
    "0177.0x0.0.01",
    "127.255.255.254",
    "127.0.0.1.",
    "１２７.０.０.１",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "0.0.0.0",
    "0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "0xa.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "3232235521",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[ff02::1]",
    "[2001:db8::1]",
];

#[tokio::test]
async fn hosts_in_all_spellings() {
    let server = Server::start(|_| Reply::ok(b"secret")).await;
    let client = Client::new(closed()).unwrap();
    for host in HOSTS {
        for scheme in ["http", "https"] {
            let address = format!("{scheme}://{host}:{}/x", server.address.port());
            let failed = client.fetch(&Want::new(&address)).await.unwrap_err();
            assert_eq!((failed.class, failed.attempts), (Class::Private, 1), "{address}: {failed:?}");
        }
    }
    assert_eq!((server.connections(), server.log().len()), (0, 0));
}

#[tokio::test]
async fn names_that_lead_to_them() {
    let server = Server::start(|_| Reply::ok(b"secret")).await;
    let mut addresses: Vec<IpAddr> =
        HOSTS.iter().filter_map(|host| host.trim_matches(['[', ']']).parse().ok()).collect();
    addresses.extend(
        ["::127.0.0.1", "64:ff9b:1::1", "100::1", "2001::1", "5f00::1", "fec0::1", "4000::1"]
            .map(|address| -> IpAddr { address.parse().unwrap() }),
    );
    assert!(addresses.len() > 40);
    for address in addresses {
        let resolver = Answers::new(vec![vec![address]]);
        let client = Client::with_resolver(closed(), Arc::clone(&resolver) as Arc<dyn Resolve>).unwrap();
        let failed = client.fetch(&Want::new(server.url_at("innocent.example", "/x"))).await.unwrap_err();
        assert_eq!((failed.class, failed.attempts), (Class::Private, 1), "{address}: {failed:?}");
        assert_eq!(resolver.asked(), 1);
    }
    // The system's own resolver, with the name that everyone has.
    let failed =
        Client::new(closed()).unwrap().fetch(&Want::new(server.url_at("localhost", "/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::Private, "{failed:?}");
    assert_eq!(server.connections(), 0);
}

#[test]
fn public_addresses_are_public() {
    let egress = Egress::default();
    for address in [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "169.253.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "2001:4860:4860::8888",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ] {
        assert!(egress.allows(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn allowed_and_blocked_by_setting() {
    let egress: Egress =
        toml::from_str("allow = [\"10.1.0.0/16\", \"::1/128\"]\nblock = [\"10.1.9.0/24\", \"8.8.8.0/24\"]")
            .unwrap();
    for (address, expected) in [
        ("10.1.0.1", true),
        ("::ffff:10.1.0.1", true),
        ("10.2.0.1", false),
        ("10.1.9.1", false),
        ("::1", true),
        ("8.8.8.8", false),
        ("::ffff:8.8.8.8", false),
        ("8.8.9.8", true),
    ] {
        assert_eq!(egress.allows(address.parse().unwrap()), expected, "{address}");
    }
    assert!(toml::from_str::<Egress>("allow = [\"10.1.0.0\"]").is_err());
}

#[tokio::test]
async fn redirects_that_lead_to_them() {
    let inner = Server::start(|_| Reply::ok(b"secret")).await;
    let port = inner.address.port();
    let server = Server::start(move |request| match request.path.as_str() {
        "/robots.txt" if request.host == "robots.example" => {
            Reply::redirect(&format!("http://127.0.0.2:{port}/robots.txt"))
        }
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        path => Reply::redirect(&format!("{}:{port}/secret", path.strip_prefix("/to/").unwrap())),
    })
    .await;
    // Only the outer server is allowed; the inner one stands for everything else on the machine.
    let mut policy = policy();
    policy.egress.allow = vec!["127.0.0.1/32".parse().unwrap()];
    let resolver = Answers::new(vec![vec!["127.0.0.1".parse().unwrap()]]);
    let client = Client::with_resolver(policy, resolver).unwrap();
    for target in [
        "http://127.0.0.2",
        "//127.0.0.2",
        "http://0x7f000002",
        "https://127.0.0.2",
        "http://[::1]",
        "http://[::ffff:127.0.0.2]",
    ] {
        let failed = client.fetch(&Want::new(server.url(&format!("/to/{target}")))).await.unwrap_err();
        assert_eq!(failed.class, Class::Private, "{target}: {failed:?}");
    }
    let failed = client.fetch(&Want::new(server.url_at("robots.example", "/to/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::Private, "{failed:?}");
    assert_eq!(inner.connections(), 0);
}

/// A name that is public when it is checked and private when it is used.
#[tokio::test]
async fn a_name_that_changes_its_mind() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => {
            Reply::new(404, &[("Connection", "close")], b"").close()
        }
        _ => Reply::new(200, &[("Connection", "close")], b"here").close(),
    })
    .await;
    let secret = Server::start_at(format!("127.0.0.2:{}", server.address.port()).parse().unwrap(), |_| {
        Reply::ok(b"secret")
    })
    .await;
    let mut policy = policy();
    policy.egress.allow = vec!["127.0.0.1/32".parse().unwrap()];
    policy.timeouts.names_kept_secs = 0.0;
    let (good, bad): (IpAddr, IpAddr) = ("127.0.0.1".parse().unwrap(), "127.0.0.2".parse().unwrap());
    // robots.txt, tdmrep.json and the first address meet the good answer, all that follows the bad one.
    let resolver = Answers::new(vec![vec![good], vec![good], vec![good], vec![bad]]);
    let client = Client::with_resolver(policy.clone(), Arc::clone(&resolver) as Arc<dyn Resolve>).unwrap();
    let url = server.url_at("rebind.example", "/x");
    assert_eq!(&client.fetch(&Want::new(&url)).await.unwrap().body[..], b"here");
    let failed = client.fetch(&Want::new(&url)).await.unwrap_err();
    assert_eq!(failed.class, Class::Private, "{failed:?}");
    assert!(resolver.asked() >= 4);

    // Both in one answer: only the good one is used.
    let resolver = Answers::new(vec![vec![bad, good]]);
    let client = Client::with_resolver(policy, resolver).unwrap();
    assert_eq!(&client.fetch(&Want::new(&url)).await.unwrap().body[..], b"here");
    assert_eq!(secret.connections(), 0);
}

struct Fails(io::ErrorKind, AtomicUsize);

impl Resolve for Fails {
    fn resolve(&self, _host: String) -> Resolving {
        self.1.fetch_add(1, Ordering::SeqCst);
        let error = io::Error::new(self.0, "the resolver says no");
        Box::pin(async { Err(error) })
    }
}

#[tokio::test]
async fn names_that_lead_nowhere() {
    for (kind, asked) in [(io::ErrorKind::NotFound, 1), (io::ErrorKind::TimedOut, 3)] {
        let resolver = Arc::new(Fails(kind, AtomicUsize::new(0)));
        let client = Client::with_resolver(policy(), Arc::clone(&resolver) as Arc<dyn Resolve>).unwrap();
        for _ in 0..5 {
            let failed = client.fetch(&Want::new("http://no.example/x")).await.unwrap_err();
            assert_eq!(failed.class, Class::Dns, "{failed:?}");
            assert!(failed.detail.contains("the resolver says no"));
        }
        // Once for all addresses of the origin, until the failure is forgotten.
        assert_eq!(resolver.1.load(Ordering::SeqCst), asked, "{kind}");
    }
    let empty = Client::with_resolver(policy(), Answers::new(vec![vec![]])).unwrap();
    assert_eq!(empty.fetch(&Want::new("http://no.example/x")).await.unwrap_err().class, Class::Dns);
}

/// A proxy is used if the settings name one, and does not open what the filter closes.
#[tokio::test]
async fn behind_a_proxy() {
    let proxy = Server::start(|request| match request.path.as_str() {
        path if path.ends_with("/x") => Reply::ok(format!("by proxy: {path}").as_bytes()),
        _ => Reply::status(404),
    })
    .await;
    let policy = Policy { proxy: Some(proxy.url("")), ..closed() };
    let public = Answers::new(vec![vec!["93.184.215.14".parse().unwrap()]]);
    let client = Client::with_resolver(policy.clone(), public).unwrap();
    let fetched = client.fetch(&Want::new("http://a.example/x")).await.unwrap();
    assert_eq!(&fetched.body[..], b"by proxy: http://a.example/x");
    let asked = proxy.log().len();
    let failed = client.fetch(&Want::new("http://10.0.0.1/x")).await.unwrap_err();
    assert_eq!(failed.class, Class::Private);
    let private = Answers::new(vec![vec!["10.0.0.1".parse().unwrap()]]);
    let client = Client::with_resolver(policy, private).unwrap();
    assert_eq!(client.fetch(&Want::new("http://a.example/x")).await.unwrap_err().class, Class::Private);
    assert_eq!(proxy.log().len(), asked);
}

/// Settings that a client cannot follow are found before anything is asked.
#[tokio::test]
async fn everything_is_this_machine_only_if_it_is_allowed() {
    let server =
        Server::start(|request| if request.path == "/x" { Reply::ok(b"here") } else { Reply::status(404) })
            .await;
    let fetched = client_with(policy()).fetch(&Want::new(server.url_at("a.example", "/x"))).await;
    assert!(fetched.is_ok());
    let failed = client_with(closed()).fetch(&Want::new(server.url_at("a.example", "/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::Private);
}
