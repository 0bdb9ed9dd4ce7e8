//! 1,536 sites that each say something else about machines, or the same in another way: none that refuses is taken.

use std::sync::Arc;

use pixmo_fetch::{Check, Class, Decision, Says, Source, Want};

use crate::server::{Reply, Server, client, client_with, policy};

/// What `robots.txt` says, and whether that refuses `/art/picture.jpg`.
const ROBOTS: [(Option<&str>, bool); 8] = [
    (None, false),
    (Some("User-agent: *\nAllow: /"), false),
    (Some("User-agent: *\nDisallow: /\n\nUser-agent: pixmo\nDisallow: /not-this"), false),
    (Some("User-agent: *\nDisallow: /art\nAllow: /art/picture"), false),
    (Some("User-agent: *\nDisallow: /"), true),
    (Some("User-agent: *\nAllow: /\n\nUser-agent: PIXMO\nDisallow: /art/"), true),
    (Some("User-agent: a\nUser-agent: pixmo/1.0\nUser-agent: b\nDisallow: /*.jpg$"), true),
    (Some("\u{feff}user-agent:*\r\nallow: /a\r\ndisallow: /%61rt/*.jpg # not for you\r\n"), true),
];

/// What `X-Robots-Tag` says, and whether that refuses.
const TAGS: [(&[&str], bool); 8] = [
    (&[], false),
    (&["noindex, nofollow", "otherbot: noai, noimageai"], false),
    (&["pixmo: noindex, otherbot: noai"], false),
    (&["noai"], true),
    (&["noindex", "NoImageAI"], true),
    (&["otherbot: noindex, pixmo: noai"], true),
    (&["unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, noml"], true),
    (&["max-image-preview:large,noai , noimageai"], true),
];

/// What `tdm-reservation` says, and whether that refuses.
const TDM_HEADERS: [(Option<&str>, bool); 4] =
    [(None, false), (Some("0"), false), (Some("1"), true), (Some(" 1 "), true)];

/// What `tdmrep.json` says, and whether that refuses.
const TDM_FILES: [(Option<&str>, bool); 6] = [
    (None, false),
    (Some("<html>tdm-reservation? no such page</html>"), false),
    (Some(r#"[{"location":"/art/*.jpg","tdm-reservation":0},{"location":"/","tdm-reservation":1}]"#), false),
    (Some(r#"[{"location":"/","tdm-reservation":1}]"#), true),
    (
        Some(
            r#"[{"location":"/else","tdm-reservation":0},{"location":"/*.jpg$","tdm-reservation":1,"tdm-policy":"https://p.example/"}]"#,
        ),
        true,
    ),
    (Some(r#"{"location":"*","tdm-reservation":"1"}"#), true),
];

const SITES: usize = ROBOTS.len() * TAGS.len() * TDM_HEADERS.len() * TDM_FILES.len();

/// The site with a number, as choices from the four tables.
fn site(number: usize) -> (usize, usize, usize, usize) {
    let (rest, robots) = (number / ROBOTS.len(), number % ROBOTS.len());
    let (rest, tags) = (rest / TAGS.len(), rest % TAGS.len());
    (robots, tags, rest % TDM_HEADERS.len(), rest / TDM_HEADERS.len())
}

/// What all these sites answer.
async fn web() -> Server {
    Server::start(|request| {
        let number = request.host.strip_prefix("site-").and_then(|rest| rest.strip_suffix(".example"));
        let (robots, tags, header, file) = site(number.unwrap().parse().unwrap());
        match request.path.as_str() {
            "/robots.txt" => {
                ROBOTS[robots].0.map_or_else(|| Reply::status(404), |text| Reply::ok(text.as_bytes()))
            }
            "/.well-known/tdmrep.json" => {
                TDM_FILES[file].0.map_or_else(|| Reply::status(404), |text| Reply::ok(text.as_bytes()))
            }
            _ => {
                let mut headers: Vec<_> = TAGS[tags].0.iter().map(|tag| ("X-Robots-Tag", *tag)).collect();
                headers.extend(TDM_HEADERS[header].0.map(|value| ("TDM-Reservation", value)));
                Reply::new(200, &headers, b"picture")
            }
        }
    })
    .await
}

#[tokio::test]
async fn no_site_that_refuses_is_taken_and_every_other_is() {
    let server = Arc::new(web().await);
    let client = client();
    let mut tasks = tokio::task::JoinSet::new();
    for worker in 0..16 {
        let (client, server) = (client.clone(), Arc::clone(&server));
        tasks.spawn(async move {
            for number in (worker..SITES).step_by(16) {
                check(&client, &server, number).await;
            }
        });
    }
    tasks.join_all().await;
    // A site that refuses in its files is not asked for the picture at all.
    let asked = server.asked();
    let refuses_in_files = |number: &usize| {
        let (robots, _, _, file) = site(*number);
        ROBOTS[robots].1 || TDM_FILES[file].1
    };
    assert_eq!(asked.len(), (0..SITES).filter(|number| !refuses_in_files(number)).count());
    for number in (0..SITES).filter(refuses_in_files) {
        assert!(!asked.contains(&format!("GET site-{number}.example /art/picture.jpg")), "{number}");
    }
}

async fn check(client: &pixmo_fetch::Client, server: &Server, number: usize) {
    let (robots, tags, header, file) = site(number);
    let fetched =
        client.fetch(&Want::new(server.url_at(&format!("site-{number}.example"), "/art/picture.jpg"))).await;
    let expected = if ROBOTS[robots].1 {
        Some(Class::Robots)
    } else if TAGS[tags].1 || TDM_HEADERS[header].1 || TDM_FILES[file].1 {
        Some(Class::OptedOut)
    } else {
        None
    };
    let (found, consent) = match fetched {
        Ok(fetched) => (None, fetched.consent),
        Err(failed) => (Some(failed.class), failed.consent),
    };
    assert_eq!(found, expected, "site {number}: {consent:?}");
    let decision = match expected {
        None => Decision::Allowed,
        Some(Class::Robots) => Decision::Robots,
        Some(_) => Decision::OptedOut,
    };
    assert_eq!(consent.decision, decision, "site {number}");
    assert_eq!(consent.is_refused_somewhere(), expected.is_some(), "site {number}: {consent:?}");
    assert_eq!(consent.signals[0].source, Source::RobotsTxt);
}

/// Nothing is heeded: everything is taken, and the evidence says all the same.
#[tokio::test]
async fn what_is_only_noted_is_the_same_evidence() {
    let server = web().await;
    let mut policy = policy();
    for check in [
        &mut policy.consent.robots,
        &mut policy.consent.robots_tag,
        &mut policy.consent.tdm_header,
        &mut policy.consent.tdm_file,
        &mut policy.consent.content_usage,
    ] {
        *check = Check::Note;
    }
    let client = client_with(policy);
    for number in (0..SITES).step_by(7) {
        let (robots, tags, header, file) = site(number);
        let url = server.url_at(&format!("site-{number}.example"), "/art/picture.jpg");
        let consent = client.fetch(&Want::new(url)).await.unwrap().consent;
        let refuses = |source| {
            consent.signals.iter().any(|signal| signal.source == source && signal.says == Says::Refuses)
        };
        assert_eq!(refuses(Source::RobotsTxt), ROBOTS[robots].1, "site {number}: {consent:?}");
        assert_eq!(refuses(Source::XRobotsTag), TAGS[tags].1, "site {number}: {consent:?}");
        assert_eq!(refuses(Source::TdmHeader), TDM_HEADERS[header].1, "site {number}: {consent:?}");
        assert_eq!(refuses(Source::TdmFile), TDM_FILES[file].1, "site {number}: {consent:?}");
        assert_eq!(consent.decision, Decision::Allowed);
    }
}

/// The head decides: the body of this server never comes.
#[tokio::test]
async fn decided_before_the_body_is_read() {
    let server = Server::start(|request| {
        let head_of = |fields: &str| {
            let reply = Reply::raw(format!("HTTP/1.1 200 OK\r\n{fields}\r\nContent-Length: 9\r\n\r\n"));
            // To `HEAD` this is the whole answer.
            if request.method == "HEAD" { reply } else { reply.pause(3_600_000) }
        };
        match request.path.as_str() {
            "/tag" => head_of("X-Robots-Tag: noai"),
            "/tdm" => head_of("TDM-Reservation: 1\r\nTDM-Policy: https://p.example/"),
            "/way" => Reply::new(302, &[("Location", "/open"), ("X-Robots-Tag", "noimageai")], b""),
            "/open" => Reply::ok(b"here"),
            _ => Reply::status(404),
        }
    })
    .await;
    let mut policy = policy();
    policy.timeouts.read_secs = 3600.0;
    policy.timeouts.total_secs = 3600.0;
    let client = client_with(policy);
    for (path, found) in [
        ("/tag", "noai"),
        ("/tdm", "tdm-reservation: 1, tdm-policy: https://p.example/"),
        ("/way", "noimageai"),
    ] {
        let failed = client.fetch(&Want::new(server.url(path))).await.unwrap_err();
        assert_eq!(failed.class, Class::OptedOut, "{path}");
        let signal = failed.consent.signals.iter().find(|signal| signal.says == Says::Refuses).unwrap();
        assert_eq!((signal.found.as_str(), signal.at.as_str()), (found, server.url(path).as_str()));
        let failed = client.look(&Want::new(server.url(path))).await.unwrap_err();
        assert_eq!(failed.class, Class::OptedOut, "{path}");
    }
    assert!(!server.asked().iter().any(|line| line.ends_with("/open")));
}

/// The newer ways to say the same, in the file and in the head.
#[tokio::test]
async fn preferences_about_training() {
    let server = Server::start(|request| match (request.host.as_str(), request.path.as_str()) {
        ("file.example", "/robots.txt") => {
            Reply::ok(b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /")
        }
        ("yes.example", "/robots.txt") => Reply::ok(b"User-agent: *\nContent-Signal: ai-train=yes\nAllow: /"),
        (_, "/robots.txt" | "/.well-known/tdmrep.json") => Reply::status(404),
        ("head.example", _) => Reply::new(200, &[("Content-Usage", "train-ai=n")], b"here"),
        _ => Reply::ok(b"here"),
    })
    .await;
    let mut noting = policy();
    noting.consent.content_usage = Check::Note;
    let (heeding, noting) = (client(), client_with(noting));
    for (host, refuses) in [("file.example", true), ("head.example", true), ("yes.example", false)] {
        let want = Want::new(server.url_at(host, "/x"));
        let heeded = heeding.fetch(&want).await;
        assert_eq!(heeded.err().map(|failed| failed.class), refuses.then_some(Class::OptedOut), "{host}");
        let consent = noting.fetch(&want).await.unwrap().consent;
        let signal = consent.signals.iter().find(|signal| signal.source == Source::ContentUsage).unwrap();
        assert_eq!(signal.says, if refuses { Says::Refuses } else { Says::Allows }, "{host}");
    }
}

/// Words of one's own refuse too.
#[tokio::test]
async fn the_words_are_a_setting() {
    let server = Server::start(|request| match request.path.as_str() {
        "/x" => Reply::new(200, &[("X-Robots-Tag", "noindex")], b"here"),
        _ => Reply::status(404),
    })
    .await;
    assert!(client().fetch(&Want::new(server.url("/x"))).await.is_ok());
    let mut policy = policy();
    policy.consent.robots_tag_words.push("noindex".to_owned());
    let failed = client_with(policy).fetch(&Want::new(server.url("/x"))).await.unwrap_err();
    assert_eq!(failed.class, Class::OptedOut);
}
