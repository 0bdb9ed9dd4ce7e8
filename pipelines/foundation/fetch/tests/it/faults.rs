//! Servers that do wrong: each fault has its own class, is tried again if that can help, and costs no more than allowed.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use pixmo_fetch::{Class, Failed, Want};
use sha2::Digest;

use crate::server::{Reply, Request, Server, client, client_with, policy};

/// Fetches `/x` from a server that answers so; files of consent are not there.
async fn fetch(
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) -> (Server, Result<Vec<u8>, Failed>) {
    let server = Server::start(move |request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => answer(request),
    })
    .await;
    let fetched = client().fetch(&Want::new(server.url("/x"))).await;
    (server, fetched.map(|fetched| fetched.body.to_vec()))
}

/// Expects a class, and so many requests.
async fn check(
    name: &str,
    class: Class,
    asked: usize,
    answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
) {
    let (server, fetched) = fetch(answer).await;
    let failed = fetched.unwrap_err();
    assert_eq!(
        (failed.class, server.asked().len()),
        (class, asked),
        "{name}: {failed:?} {:?}",
        server.asked()
    );
    assert_eq!(failed.can_succeed_later(), class.can_succeed_later() || failed.status == Some(408), "{name}");
}

#[tokio::test]
async fn a_good_answer_with_all_that_it_says() {
    let server = Server::start(|request| match request.path.as_str() {
        "/x" => Reply::redirect("/p/y#part"),
        "/p/y" => Reply::new(
            200,
            &[
                ("Content-Type", "image/png"),
                ("ETag", "\"abc\""),
                ("Last-Modified", "Mon, 30 Nov 2026 12:00:00 GMT"),
                ("Link", "</licence>; rel=\"license\""),
            ],
            b"picture",
        ),
        _ => Reply::status(404),
    })
    .await;
    let fetched = client().fetch(&Want::new(server.url("/x"))).await.unwrap();
    assert_eq!(&fetched.body[..], b"picture");
    assert_eq!(fetched.sha256, sha256(b"picture"));
    assert_eq!(fetched.address_final, server.url("/p/y"));
    assert_eq!((fetched.status, fetched.attempts, fetched.from_fallback), (200, 1, None));
    assert_eq!(fetched.content_type.as_deref(), Some("image/png"));
    assert_eq!(fetched.etag.as_deref(), Some("\"abc\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("Mon, 30 Nov 2026 12:00:00 GMT"));
    assert_eq!(fetched.licence_link, Some(server.url("/licence")));
    let request = server.requests().pop().unwrap();
    let agent = format!("pixmo/{} (+mailto:tests@pixmo.example)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.headers.get("user-agent"), Some(&agent));
    assert_eq!(request.headers.get("accept-encoding").map(String::as_str), Some("identity"));
    assert!(!request.headers.contains_key("referer"));
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}

#[tokio::test]
async fn statuses() {
    for (status, class, asked) in [
        (400, Class::ClientError, 1),
        (401, Class::ClientError, 1),
        (403, Class::ClientError, 1),
        (404, Class::ClientError, 1),
        (408, Class::ClientError, 3),
        (410, Class::ClientError, 1),
        (451, Class::ClientError, 1),
        (429, Class::RateLimited, 3),
        (500, Class::ServerError, 3),
        (501, Class::ServerError, 1),
        (502, Class::ServerError, 3),
        (503, Class::ServerError, 3),
        (504, Class::ServerError, 3),
        (522, Class::ServerError, 3),
        (202, Class::Protocol, 1),
        (206, Class::Protocol, 1),
        (300, Class::Protocol, 1),
        (304, Class::Protocol, 1),
    ] {
        check(&status.to_string(), class, asked, move |_| Reply::status(status).close()).await;
    }
    check("204", Class::Protocol, 1, |_| Reply::raw("HTTP/1.1 204 No\r\n\r\n").close()).await;
}

#[tokio::test]
async fn storms_that_pass_are_weathered() {
    for status in [429, 500, 503] {
        let (server, fetched) = fetch(move |request| match request.before {
            0 | 1 => Reply::status(status),
            _ => Reply::ok(b"here"),
        })
        .await;
        assert_eq!(fetched.unwrap(), b"here");
        assert_eq!(server.asked().len(), 3);
    }
}

#[tokio::test]
async fn a_pause_until_2040_is_shortened() {
    for until in ["Sun, 01 Jan 2040 00:00:00 GMT", "441504000", "99999999999999999999999999"] {
        let (server, fetched) = fetch(move |request| match request.before {
            0 => Reply::new(503, &[("Retry-After", until)], b""),
            1 => Reply::new(429, &[("Retry-After", until)], b""),
            _ => Reply::ok(b"here"),
        })
        .await;
        assert_eq!(fetched.unwrap(), b"here");
        assert_eq!(server.asked().len(), 3);
    }
}

/// A pause that would outlast the time of the address is not begun.
#[tokio::test]
async fn no_pause_is_begun_that_leads_nowhere() {
    let server = Server::start(|request| match request.path.as_str() {
        "/x" => Reply::new(429, &[("Retry-After", "30")], b""),
        _ => Reply::status(404),
    })
    .await;
    let mut policy = policy();
    policy.retry.retry_after_secs_max = 60.0;
    let failed = client_with(policy).fetch(&Want::new(server.url("/x"))).await.unwrap_err();
    assert_eq!((failed.class, failed.attempts, failed.status), (Class::RateLimited, 1, Some(429)));
}

#[tokio::test]
async fn redirects() {
    check("circle of one", Class::Redirects, 1, |_| Reply::redirect("/x")).await;
    check("circle of three", Class::Redirects, 3, |request| match request.path.as_str() {
        "/x" => Reply::redirect("/y"),
        "/y" => Reply::redirect("/z"),
        _ => Reply::redirect("/x"),
    })
    .await;
    check("without end", Class::Redirects, 11, |request| Reply::redirect(&format!("{}x", request.path)))
        .await;
    check("nowhere", Class::Redirects, 1, |_| Reply::status(302)).await;
    check("another scheme", Class::Redirects, 1, |_| Reply::redirect("ftp://a.example/x")).await;
    check("a local file", Class::Redirects, 1, |_| Reply::redirect("file:///etc/passwd")).await;
    check("no address", Class::Redirects, 1, |_| Reply::redirect("http://[")).await;
    check("a password", Class::Redirects, 1, |_| Reply::redirect("http://me:secret@a.example/")).await;
    check("too long", Class::Redirects, 1, |_| Reply::redirect(&"x".repeat(9000))).await;
    let (_, fetched) = fetch(|request| match request.path.len() {
        0..=11 => Reply::redirect(&format!("{}x", request.path)),
        _ => Reply::ok(b"after ten"),
    })
    .await;
    assert_eq!(fetched.unwrap(), b"after ten");
}

#[tokio::test]
async fn lengths_that_lie_and_bodies_that_end() {
    let long = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this";
    check("declared too long", Class::Closed, 3, move |_| Reply::raw(long).close()).await;
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    check("ends between chunks", Class::Closed, 3, move |_| Reply::raw(chunks).close()).await;
    check("ends in a chunk", Class::Closed, 3, move |_| Reply::raw(&chunks[..50]).close()).await;
    check("no chunk", Class::Protocol, 1, move |_| Reply::raw(format!("{chunks}zz\r\n")).close()).await;
    check("no answer", Class::Closed, 3, |_| Reply::default().close()).await;
    check("half a head", Class::Closed, 3, |_| Reply::raw("HTTP/1.1 200 OK\r\nConte").close()).await;
    check("another language", Class::Protocol, 1, |_| Reply::raw("220 ftp ready\r\n\r\n").close()).await;
    check("two lengths", Class::Protocol, 1, |_| {
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello").close()
    })
    .await;

    // A body that is longer than declared is, for HTTP, the declared one; the rest must not become the next answer.
    let server = Server::start(|request| match request.path.as_str() {
        "/short" => Reply::raw(
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfourHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad",
        ),
        "/next" => Reply::ok(b"good"),
        _ => Reply::status(404),
    })
    .await;
    let client = client();
    for _ in 0..5 {
        assert_eq!(&client.fetch(&Want::new(server.url("/short"))).await.unwrap().body[..], b"four");
        assert_eq!(&client.fetch(&Want::new(server.url("/next"))).await.unwrap().body[..], b"good");
    }
}

#[tokio::test]
async fn slow_servers() {
    let server = Server::start(|request| match request.path.as_str() {
        "/drip" => {
            let head = Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            (0..1000).fold(head, |reply, _| reply.send("x").pause(100))
        }
        "/drip-head" => (0..1000).fold(Reply::raw("HTTP/1.1 200 OK\r\n"), |reply, n| {
            reply.send(format!("A{n}: b\r\n")).pause(100)
        }),
        "/silent" => Reply::default().pause(3_600_000),
        "/stuck" => Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello").pause(3_600_000),
        _ => Reply::status(404),
    })
    .await;
    let mut policy = policy();
    policy.timeouts.total_secs = 1.0;
    policy.timeouts.read_secs = 0.4;
    policy.timeouts.connect_secs = 0.5;
    policy.retry.attempts_max = 2;
    let client = client_with(policy);
    for path in ["/drip", "/drip-head", "/silent", "/stuck"] {
        let failed = client.fetch(&Want::new(server.url(path))).await.unwrap_err();
        assert_eq!(failed.class, Class::Timeout, "{path}: {failed:?}");
    }
}

/// Waiting for our own pace does not count against an address.
#[tokio::test]
async fn our_own_pace_is_no_fault_of_the_address() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => Reply::ok(b"here"),
    })
    .await;
    let mut policy = policy();
    policy.timeouts.total_secs = 2.0;
    policy.pace.host_per_sec = 5.0;
    policy.pace.host_burst = 1;
    let client = client_with(policy);
    let fetches = (0..12).map(|n| {
        let (client, want) = (client.clone(), Want::new(server.url(&format!("/{n}"))));
        tokio::spawn(async move { client.fetch(&want).await })
    });
    for fetch in fetches.collect::<Vec<_>>() {
        assert_eq!(&fetch.await.unwrap().unwrap().body[..], b"here");
    }
}

#[tokio::test]
async fn bodies_without_end_are_left() {
    let server = Server::start(|request| match request.path.as_str() {
        "/declared" => {
            Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n").forever(vec![7; 65536])
        }
        "/chunked" => {
            let piece = [b"10000\r\n".as_slice(), &[7; 65536], b"\r\n"].concat();
            Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").forever(piece)
        }
        "/until-closed" => Reply::raw("HTTP/1.1 200 OK\r\n\r\n").forever(vec![7; 65536]),
        "/just-fits" => Reply::ok(&vec![7; 1_000_000]),
        "/one-too-many" => Reply::ok(&vec![7; 1_000_001]),
        _ => Reply::status(404),
    })
    .await;
    let mut policy = policy();
    policy.limits.bytes_max = 1_000_000;
    let client = client_with(policy);
    for path in ["/declared", "/chunked", "/until-closed", "/one-too-many"] {
        let failed = client.fetch(&Want::new(server.url(path))).await.unwrap_err();
        assert_eq!((failed.class, failed.attempts), (Class::TooLarge, 1), "{path}: {failed:?}");
    }
    assert_eq!(client.fetch(&Want::new(server.url("/just-fits"))).await.unwrap().body.len(), 1_000_000);
    // What lies in the buffers of four connections, and not 10 GB.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(server.sent() < 64 << 20, "{} bytes went out", server.sent());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn packed_bodies() {
    let plain = b"a picture that someone packed, though nobody asked for it".repeat(100);
    let zlib = {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain).unwrap();
        encoder.finish().unwrap()
    };
    let bare = {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain).unwrap();
        encoder.finish().unwrap()
    };
    let members = [gzip(&plain[..1000]), gzip(&plain[1000..])].concat();
    let padded = [gzip(&plain), vec![0; 100]].concat();
    let cases = [
        ("gzip", gzip(&plain)),
        ("x-gzip", members),
        ("GZIP", padded),
        ("deflate", zlib),
        ("deflate", bare),
        ("identity", plain.clone()),
    ];
    for (encoding, body) in cases {
        let (_, fetched) = fetch(move |_| Reply::new(200, &[("Content-Encoding", encoding)], &body)).await;
        assert!(fetched.unwrap() == plain, "{encoding}");
    }
    let whole = gzip(&plain);
    let (half, mut damaged) = (whole[..whole.len() / 2].to_vec(), whole);
    let in_checksum = damaged.len() - 6;
    damaged[in_checksum] ^= 0xff;
    check("half", Class::Closed, 3, move |_| Reply::new(200, &[("Content-Encoding", "gzip")], &half)).await;
    check("damaged", Class::Protocol, 1, move |_| Reply::new(200, &[("Content-Encoding", "gzip")], &damaged))
        .await;
    check("not packed", Class::Protocol, 1, |_| Reply::new(200, &[("Content-Encoding", "gzip")], b"hello"))
        .await;
    check("brotli", Class::Protocol, 1, |_| Reply::new(200, &[("Content-Encoding", "br")], b"hello")).await;
    check("twice", Class::Protocol, 1, |_| Reply::new(200, &[("Content-Encoding", "gzip, gzip")], b"x"))
        .await;
}

#[tokio::test]
async fn a_bomb_is_left_when_it_passes_the_limit() {
    let bomb = gzip(&vec![0; 32 << 20]);
    assert!(bomb.len() < 64 << 10, "{} bytes carry 32 MiB", bomb.len());
    let server = Server::start(move |request| match request.path.as_str() {
        "/x" => Reply::new(200, &[("Content-Encoding", "gzip")], &bomb),
        _ => Reply::status(404),
    })
    .await;
    let mut policy = policy();
    policy.limits.bytes_max = 64 << 10;
    let failed = client_with(policy).fetch(&Want::new(server.url("/x"))).await.unwrap_err();
    assert_eq!((failed.class, failed.attempts), (Class::TooLarge, 1), "{failed:?}");
    assert!(failed.detail.contains("unpacked"), "{failed:?}");
}

#[tokio::test]
async fn nobody_listens() {
    let server = Server::start(|_| Reply::ok(b"")).await;
    let url = server.url("/x");
    server.stop().await;
    let failed = client().fetch(&Want::new(url)).await.unwrap_err();
    assert_eq!(failed.class, Class::Refused, "{failed:?}");
}

#[tokio::test]
async fn a_host_that_dies_and_comes_back() {
    let serve = |request: &Request| match request.path.as_str() {
        "/x" => Reply::ok(b"here"),
        "/dies" => Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhe").pause(3_600_000),
        _ => Reply::status(404),
    };
    let server = Server::start(serve).await;
    let address = server.address;
    let mut policy = policy();
    policy.retry.attempts_max = 1000;
    policy.retry.host_failures_max = 10_000;
    let client = client_with(policy);
    assert!(client.fetch(&Want::new(server.url("/x"))).await.is_ok());

    let (url, dies) = (server.url("/x"), server.url("/dies"));
    let in_the_middle = tokio::spawn({
        let client = client.clone();
        async move { client.fetch(&Want::new(dies)).await }
    });
    while !server.asked().iter().any(|line| line.ends_with("/dies")) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server.stop().await;
    let waiting = tokio::spawn(async move { client.fetch(&Want::new(url)).await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let _server = Server::start_at(address, |request| match request.path.as_str() {
        "/x" | "/dies" => Reply::ok(b"again"),
        _ => Reply::status(404),
    })
    .await;
    let fetched = waiting.await.unwrap().unwrap();
    assert_eq!(&fetched.body[..], b"again");
    assert!(fetched.attempts > 1);
    assert_eq!(&in_the_middle.await.unwrap().unwrap().body[..], b"again");
}

#[tokio::test]
async fn a_host_that_only_fails_is_left_alone() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => Reply::status(503),
    })
    .await;
    let mut policy = policy();
    policy.retry.host_failures_max = 10;
    let client = client_with(policy);
    for n in 0..50 {
        let failed =
            client.fetch(&Want::new(server.url_at("a.example", &format!("/{n}")))).await.unwrap_err();
        assert_eq!((failed.class, failed.status), (Class::ServerError, Some(503)));
        assert!(failed.can_succeed_later());
    }
    assert_eq!(server.asked().len(), 10);
}

#[tokio::test]
async fn fallbacks_in_order_and_only_the_right_bytes() {
    let server = Server::start(|request| match request.path.as_str() {
        "/gone" => Reply::status(404),
        "/mirror-wrong" | "/changed" => Reply::ok(b"another picture"),
        "/mirror" | "/original" => Reply::ok(b"the picture"),
        "/no" => Reply::new(200, &[("X-Robots-Tag", "noai")], b"the picture"),
        "/down" => Reply::status(503),
        _ => Reply::status(404),
    })
    .await;
    let client = client();
    let want = |address: &str, known: bool, fallbacks: &[&str]| Want {
        address: server.url(address),
        sha256: known.then(|| sha256(b"the picture")),
        fallbacks: fallbacks.iter().map(|path| server.url(path)).collect(),
    };
    let from = async |want: Want| client.fetch(&want).await.map(|fetched| fetched.from_fallback);

    assert_eq!(from(want("/original", true, &["/mirror"])).await.unwrap(), None);
    assert_eq!(from(want("/gone", true, &["/mirror"])).await.unwrap(), Some(0));
    assert_eq!(from(want("/gone", true, &["/down", "/mirror-wrong", "/mirror"])).await.unwrap(), Some(2));
    assert_eq!(from(want("/changed", true, &["/gone", "/mirror"])).await.unwrap(), Some(1));
    assert_eq!(from(want("/gone", false, &["/mirror-wrong", "/mirror"])).await.unwrap(), Some(0));

    let failed = from(want("/gone", true, &["/mirror-wrong", "/down"])).await.unwrap_err();
    assert_eq!(failed.class, Class::ClientError);
    assert_eq!(failed.fallbacks, [Class::HashMismatch, Class::ServerError]);
    assert_eq!(failed.attempts, 5);
    assert!(failed.can_succeed_later(), "the mirror may come back");
    let failed = from(want("/changed", true, &[])).await.unwrap_err();
    assert_eq!((failed.class, failed.can_succeed_later()), (Class::HashMismatch, false));

    // Someone said no: that is not got around.
    let failed = from(want("/no", true, &["/mirror"])).await.unwrap_err();
    assert_eq!((failed.class, failed.fallbacks.len()), (Class::OptedOut, 0));
}

#[tokio::test]
async fn looking_takes_no_body() {
    let server = Server::start(|request| match (request.method.as_str(), request.path.as_str()) {
        ("HEAD", "/x") => Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\nETag: \"e\"\r\n\r\n"),
        ("HEAD", "/moved") => Reply::raw("HTTP/1.1 301 M\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
        ("HEAD", "/no-head") => Reply::raw("HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"),
        ("HEAD", "/odd-head") => Reply::raw("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
        ("GET", "/no-head" | "/odd-head") => {
            Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n").forever(vec![7; 65536])
        }
        ("HEAD", _) => Reply::raw("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
        _ => Reply::status(404),
    })
    .await;
    let client = client();
    let look = async |path: &str| client.look(&Want::new(server.url(path))).await;
    let seen = look("/moved").await.unwrap();
    assert_eq!((seen.status, seen.bytes, seen.address_final), (200, Some(5_000_000), server.url("/x")));
    assert_eq!(seen.etag.as_deref(), Some("\"e\""));
    for path in ["/no-head", "/odd-head"] {
        assert_eq!(look(path).await.unwrap().bytes, Some(10_737_418_240), "{path}");
    }
    let failed = look("/gone").await.unwrap_err();
    assert_eq!((failed.class, failed.status), (Class::ClientError, Some(404)));
    assert!(server.sent() < 64 << 20);
}

#[tokio::test]
async fn addresses_that_are_none() {
    let long = format!("http://a.example/{}", "x".repeat(9000));
    for address in [
        "",
        "a.example/x.jpg",
        "/x.jpg",
        "ftp://a.example/x",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "http://",
        "http:///",
        "http://a b/",
        "http://[::1",
        "http://a.example:99999/",
        "http://user@a.example/",
        "https://user:word@a.example/",
        "http://1.2.3.4.5/",
        &long,
    ] {
        let failed = client().fetch(&Want::new(address)).await.unwrap_err();
        assert_eq!(
            (failed.class, failed.attempts, failed.address_final),
            (Class::Address, 0, None),
            "{address}"
        );
    }
}

#[tokio::test]
async fn who_gives_up_waiting_leaves_nothing_behind() {
    let server = Server::start(|request| match request.path.as_str() {
        "/slow" => Reply::default().pause(3_600_000),
        "/x" => Reply::ok(b"here"),
        _ => Reply::status(404),
    })
    .await;
    let mut policy = policy();
    policy.pace.requests_max = 1;
    policy.pace.host_requests_max = 1;
    let client = client_with(policy);
    for host in ["a.example", "b.example"] {
        for _ in 0..3 {
            let want = Want::new(server.url_at(host, "/slow"));
            assert!(tokio::time::timeout(Duration::from_millis(60), client.fetch(&want)).await.is_err());
        }
        let fetched = client.fetch(&Want::new(server.url_at(host, "/x"))).await.unwrap();
        assert_eq!(&fetched.body[..], b"here");
    }
}

#[tokio::test]
async fn connections_are_used_again() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" | "/.well-known/tdmrep.json" => Reply::status(404),
        _ => Reply::ok(b"here"),
    })
    .await;
    let client = client();
    for n in 0..50 {
        client.fetch(&Want::new(server.url(&format!("/{n}")))).await.unwrap();
    }
    assert!(server.connections() < 10, "{} connections", server.connections());
}

/// Loopback has more addresses than one, and no one listens there.
#[tokio::test]
async fn one_address_of_a_name_is_enough() {
    let server =
        Server::start(|request| if request.path == "/x" { Reply::ok(b"here") } else { Reply::status(404) })
            .await;
    let at = SocketAddr::from((Ipv4Addr::LOCALHOST, server.address.port()));
    let resolver = crate::private::Answers::new(vec![vec!["127.0.0.77".parse().unwrap(), at.ip()]]);
    let client = pixmo_fetch::Client::with_resolver(policy(), resolver).unwrap();
    let fetched = client.fetch(&Want::new(server.url_at("a.example", "/x"))).await.unwrap();
    assert_eq!(&fetched.body[..], b"here");
}
