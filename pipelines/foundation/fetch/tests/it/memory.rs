//! However many hosts a list has, what is remembered of them has an end.

use std::fs;

use pixmo_fetch::Want;

use crate::server::{Reply, Server, client_with, policy};

/// Sockets that this process has open.
fn sockets() -> usize {
    fs::read_dir("/proc/self/fd")
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.ok()?.path()).ok())
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}

/// 3,000 hosts, each asked once, and each with a connection that the server would keep: the machine keeps few.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn idle_connections_do_not_pile_up() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => Reply::ok(b"here"),
    })
    .await;
    let mut policy = policy();
    policy.limits.connections_max = 20;
    let client = client_with(policy);
    let before = sockets();
    let mut most = 0;
    for n in 0..3000 {
        client.fetch(&Want::new(server.url_at(&format!("host-{n}.example"), "/x"))).await.unwrap();
        if n % 100 == 0 {
            most = most.max(sockets().saturating_sub(before));
        }
    }
    // Both ends are in this process, and other tests run beside.
    assert!(most < 2000, "{most} sockets");
    assert_eq!(server.asked().len(), 3000);
}

/// A memory for few origins forgets, asks again, and stays right.
#[tokio::test]
async fn forgetting_is_asking_again() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" if request.host == "closed.example" => Reply::ok(b"User-agent: *\nDisallow: /"),
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => Reply::ok(b"here"),
    })
    .await;
    let mut policy = policy();
    policy.limits.sites_max = 2;
    let client = client_with(policy);
    for n in 0..20 {
        for host in ["a.example", "b.example", "closed.example", "c.example"] {
            let fetched = client.fetch(&Want::new(server.url_at(host, &format!("/{n}")))).await;
            assert_eq!(fetched.is_err(), host == "closed.example");
        }
    }
    let robots = server.log().iter().filter(|line| line.ends_with("closed.example /robots.txt")).count();
    assert_eq!(robots, 20);
}
