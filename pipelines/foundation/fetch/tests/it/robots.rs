//! `robots.txt` as servers have it: there, not there, broken, moved, large, slow.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pixmo_fetch::{Check, Class, Decision, Says, Source, Want};

use crate::server::{Reply, Request, Server, client, client_with, policy};

/// A server whose `robots.txt` is answered so, and that has all other pages.
async fn site(robots: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request| match request.path.as_str() {
        "/robots.txt" => robots(request),
        "/.well-known/tdmrep.json" => Reply::status(404),
        "/moved-robots" => Reply::ok(b"User-agent: *\nDisallow: /private"),
        _ => Reply::ok(b"here"),
    })
    .await
}

/// What becomes of `/private` under such an answer: allowed, or a class.
async fn check(
    name: &str,
    expected: Option<Class>,
    robots: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) {
    let server = site(robots).await;
    let found = client().fetch(&Want::new(server.url("/private"))).await;
    match (&found, expected) {
        (Ok(fetched), None) => assert_eq!(fetched.consent.decision, Decision::Allowed),
        (Err(failed), Some(class)) => {
            assert_eq!(failed.class, class, "{name}: {failed:?}");
            assert!(server.asked().is_empty() || server.asked() == ["GET 127.0.0.1 /moved-robots"], "{name}");
        }
        _ => panic!("{name}: {found:?}"),
    }
}

#[tokio::test]
async fn answers() {
    const DISALLOW: &[u8] = b"User-agent: *\nDisallow: /private";
    check("there", Some(Class::Robots), |_| Reply::ok(DISALLOW)).await;
    check("for us", Some(Class::Robots), |_| Reply::ok(b"User-agent: Pixmo\nDisallow: /")).await;
    check("for others", None, |_| Reply::ok(b"User-agent: other\nDisallow: /")).await;
    check("empty", None, |_| Reply::ok(b"")).await;
    check("a page", None, |_| Reply::ok(b"<html><p>Disallow: /private</p></html>")).await;
    for status in [400, 401, 403, 404, 410, 451] {
        check("4xx", None, move |_| Reply::status(status)).await;
    }
    check("429", Some(Class::RateLimited), |_| Reply::status(429)).await;
    for status in [500, 502, 503, 504] {
        check("5xx", Some(Class::ServerError), move |_| Reply::status(status)).await;
    }
    check("5xx and then there", Some(Class::Robots), |request| match request.before {
        0 | 1 => Reply::status(503),
        _ => Reply::ok(DISALLOW),
    })
    .await;
    check("5xx and then not there", None, |request| match request.before {
        0 | 1 => Reply::status(503),
        _ => Reply::status(404),
    })
    .await;
    check("moved", Some(Class::Robots), |_| Reply::redirect("/moved-robots")).await;
    check("a circle", None, |_| Reply::redirect("/robots.txt")).await;
    check("nowhere", None, |_| Reply::status(301)).await;
    check("closed", Some(Class::Closed), |_| Reply::default().close()).await;
    check("ends too early", Some(Class::Closed), |_| {
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *").close()
    })
    .await;
    check("packed with the unknown", Some(Class::Protocol), |_| {
        Reply::new(200, &[("Content-Encoding", "br")], DISALLOW)
    })
    .await;
}

#[tokio::test]
async fn a_long_file_is_read_up_to_the_limit() {
    let filler = "# nothing\n".repeat(60_000);
    let early = format!("User-agent: *\nDisallow: /private\n{filler}");
    check("early", Some(Class::Robots), move |_| Reply::ok(early.as_bytes())).await;
    let late = format!("User-agent: *\n{filler}Disallow: /private\n");
    check("late", None, move |_| Reply::ok(late.as_bytes())).await;
    let piece = format!("10000\r\n{}\r\n", "# nothing\n".repeat(6554).split_off(4));
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n22\r\nUser-agent: *\nDisallow: /private\n\n\r\n";
    check("endless", Some(Class::Robots), move |_| Reply::raw(head).forever(piece.clone())).await;
}

#[tokio::test]
async fn a_silent_one_has_a_time_of_its_own() {
    let server = site(|_| Reply::default().pause(3_600_000)).await;
    let mut policy = policy();
    policy.consent.file_secs_max = 0.3;
    let client = client_with(policy);
    for _ in 0..3 {
        let failed = client.fetch(&Want::new(server.url("/x"))).await.unwrap_err();
        assert_eq!(failed.class, Class::Timeout, "{failed:?}");
        assert!(failed.detail.contains("robots.txt"), "{failed:?}");
    }
    assert_eq!(server.log().len(), 1, "the failure is remembered");
}

#[tokio::test]
async fn redirects_are_asked_about_at_each_origin() {
    let server = Server::start(|request| match (request.host.as_str(), request.path.as_str()) {
        ("closed.example", "/robots.txt") => Reply::ok(b"User-agent: *\nDisallow: /"),
        (_, "/robots.txt" | "/.well-known/tdmrep.json") => Reply::status(404),
        ("open.example", "/x") => Reply::redirect(&format!(
            "http://closed.example:{}/x",
            request.headers["host"].rsplit(':').next().unwrap()
        )),
        _ => Reply::ok(b"here"),
    })
    .await;
    let failed = client().fetch(&Want::new(server.url_at("open.example", "/x"))).await.unwrap_err();
    assert_eq!((failed.class, failed.consent.decision), (Class::Robots, Decision::Robots));
    assert_eq!(server.asked(), ["GET open.example /x"]);
    let robots: Vec<_> =
        failed.consent.signals.iter().filter(|signal| signal.source == Source::RobotsTxt).collect();
    assert_eq!(robots.len(), 2);
    assert_eq!(
        (robots[1].at.as_str(), robots[1].says),
        (server.url_at("closed.example", "/robots.txt").as_str(), Says::Refuses)
    );
    assert_eq!(robots[1].found, "disallow: /");
}

#[tokio::test]
async fn asked_once_however_many_want_it() {
    let server =
        site(|_| Reply::default().pause(100).send("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")).await;
    let client = client();
    let fetches: Vec<_> = (0..100)
        .map(|n| {
            let (client, want) = (client.clone(), Want::new(server.url(&format!("/{n}"))));
            tokio::spawn(async move { client.fetch(&want).await })
        })
        .collect();
    for fetch in fetches {
        fetch.await.unwrap().unwrap();
    }
    let log = server.log();
    assert_eq!(log.iter().filter(|line| line.ends_with("/robots.txt")).count(), 1);
    assert_eq!(log.iter().filter(|line| line.ends_with("/tdmrep.json")).count(), 1);
    assert_eq!(server.asked().len(), 100);
}

/// The one who asks may give up; those who wait must not wait for ever.
#[tokio::test]
async fn whoever_asks_may_give_up() {
    let asked = AtomicUsize::new(0);
    let server = site(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::default().pause(3_600_000),
        _ => Reply::status(404),
    })
    .await;
    let client = client();
    let first = tokio::spawn({
        let (client, want) = (client.clone(), Want::new(server.url("/1")));
        async move { client.fetch(&want).await }
    });
    while server.log().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let second = tokio::spawn({
        let (client, want) = (client.clone(), Want::new(server.url("/2")));
        async move { client.fetch(&want).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    assert_eq!(&second.await.unwrap().unwrap().body[..], b"here");
}

#[tokio::test]
async fn heeded_noted_or_not_looked_for() {
    let server = site(|_| Reply::ok(b"User-agent: *\nDisallow: /")).await;
    let with = |check| {
        let mut policy = policy();
        policy.consent.robots = check;
        policy.consent.content_usage = check;
        client_with(policy)
    };
    let want = Want::new(server.url("/x"));
    let failed = with(Check::Heed).fetch(&want).await.unwrap_err();
    assert_eq!(failed.class, Class::Robots);
    assert!(failed.consent.is_refused_somewhere());
    let noted = with(Check::Note).fetch(&want).await.unwrap();
    assert_eq!(noted.consent.decision, Decision::Allowed);
    assert!(noted.consent.is_refused_somewhere());
    let asked = server.log().len();
    let skipped = with(Check::Skip).fetch(&want).await.unwrap();
    assert!(!skipped.consent.is_refused_somewhere());
    assert_eq!(server.log()[asked..], ["GET 127.0.0.1 /.well-known/tdmrep.json", "GET 127.0.0.1 /x"]);
}
