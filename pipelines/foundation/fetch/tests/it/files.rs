//! Large files of a known hash: cut in the middle, continued, from servers that know parts and servers that do not.

use std::sync::Mutex;

use pixmo_fetch::{Class, Client, FileFailed, FileWant, Policy};
use sha2::Digest;

use crate::server::{Reply, Request, Server, client, policy};

/// 300 kB that have no period.
fn content() -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..300_000).map(|_| next()).collect()
}

fn want(addresses: Vec<String>) -> FileWant {
    FileWant { addresses, sha256: sha2::Sha256::digest(content()).into(), bytes: Some(300_000) }
}

/// The part that a request asks for, with its head.
fn part(request: &Request, whole: &[u8]) -> Reply {
    let from = request.headers.get("range").map(|range| {
        let range = range.strip_prefix("bytes=").and_then(|range| range.strip_suffix('-'));
        range.expect("a range of our form").parse::<usize>().unwrap()
    });
    match from {
        None => Reply::ok(whole),
        Some(from) if from >= whole.len() => {
            Reply::new(416, &[("Content-Range", &format!("bytes */{}", whole.len()))], b"")
        }
        Some(from) => {
            let range = format!("bytes {from}-{}/{}", whole.len() - 1, whole.len());
            Reply::new(206, &[("Content-Range", &range)], &whole[from..])
        }
    }
}

/// The head of a whole answer, so many bytes of it, and the end of the connection.
fn cut(request: &Request, whole: &[u8], bytes: usize) -> Reply {
    let from =
        request.headers.get("range").map_or(0, |range| range[6..range.len() - 1].parse::<usize>().unwrap());
    let rest = &whole[from..];
    let status = if from > 0 { "206 Partial Content" } else { "200 OK" };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{}\r\n\r\n",
        rest.len(),
        whole.len() - 1,
        whole.len()
    );
    Reply::raw([head.as_bytes(), &rest[..bytes.min(rest.len())]].concat()).close()
}

fn ranges(server: &Server) -> Vec<String> {
    let asked = server.requests().into_iter().filter(|request| request.path == "/f");
    asked.map(|request| request.headers.get("range").cloned().unwrap_or_default()).collect()
}

/// A server that gives the file as `answer` says, and has no files of consent.
async fn serve(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |request| match request.path.as_str() {
        "/f" => answer(request),
        _ => Reply::status(404),
    })
    .await
}

#[tokio::test]
async fn a_file_is_continued_where_it_was_cut() {
    let server = serve(|request| cut(request, &content(), 80_000)).await;
    let mut kept = Vec::new();
    let fetched = client().fetch_file(&want(vec![server.url("/f")]), &mut kept).await.unwrap();
    assert_eq!(kept, content());
    assert_eq!((fetched.from, fetched.attempts), (0, 4));
    assert_eq!(ranges(&server), ["", "bytes=80000-", "bytes=160000-", "bytes=240000-"]);
    // A second call has it all, and asks nobody.
    client().fetch_file(&want(vec![server.url("/f")]), &mut kept).await.unwrap();
    assert_eq!(ranges(&server).len(), 4);
}

#[tokio::test]
async fn what_is_there_is_not_fetched_again() {
    let server = serve(|request| part(request, &content())).await;
    for (kept, range) in [(1, "bytes=1-"), (299_999, "bytes=299999-"), (0, "")] {
        let mut bytes = content()[..kept].to_vec();
        client().fetch_file(&want(vec![server.url("/f")]), &mut bytes).await.unwrap();
        assert_eq!((bytes, ranges(&server).pop().unwrap()), (content(), range.to_owned()));
    }
    // Where the size is not known, the server tells that there is no more.
    let unknown = FileWant { bytes: None, ..want(vec![server.url("/f")]) };
    let mut bytes = content();
    client().fetch_file(&unknown, &mut bytes).await.unwrap();
    assert_eq!((bytes, ranges(&server).pop().unwrap()), (content(), "bytes=300000-".to_owned()));
}

#[tokio::test]
async fn a_server_that_knows_no_parts_gives_the_whole() {
    let server = serve(|_| Reply::ok(&content())).await;
    let mut kept = content()[..100_000].to_vec();
    client().fetch_file(&want(vec![server.url("/f")]), &mut kept).await.unwrap();
    assert_eq!(kept, content());
}

#[tokio::test]
async fn wrong_bytes_that_were_kept_are_thrown_away() {
    let server = serve(|request| part(request, &content())).await;
    for mut kept in [vec![7; 100_000], vec![7; 300_000], vec![7; 300_001], vec![7; 400_000]] {
        client().fetch_file(&want(vec![server.url("/f")]), &mut kept).await.unwrap();
        assert_eq!(kept, content());
    }
}

#[tokio::test]
async fn a_server_with_other_bytes_is_left_for_a_mirror() {
    let other = serve(|request| {
        let mut bytes = content();
        bytes[200_000] ^= 1;
        part(request, &bytes)
    })
    .await;
    let good = serve(|request| cut(request, &content(), 150_000)).await;
    let mut kept = content()[..100].to_vec();
    let both = want(vec![other.url("/f"), good.url("/f")]);
    let fetched = client().fetch_file(&both, &mut kept).await.unwrap();
    assert_eq!((kept, fetched.from), (content(), 1));
    // Continued, then taken anew from its beginning, and no more.
    assert_eq!(ranges(&other), ["bytes=100-", ""]);
    let mut kept = Vec::new();
    match client().fetch_file(&want(vec![other.url("/f")]), &mut kept).await.unwrap_err() {
        FileFailed::Addresses(refusals) => {
            assert_eq!((refusals.len(), refusals[0].1.class), (1, Class::HashMismatch));
        }
        error => panic!("{error}"),
    }
    assert!(kept.is_empty(), "nothing wrong is kept");
}

#[tokio::test]
async fn a_mirror_goes_on_where_a_server_died() {
    let dying =
        serve(
            |request| {
                if request.before == 0 { cut(request, &content(), 200_000) } else { Reply::status(503) }
            },
        )
        .await;
    let mirror = serve(|request| part(request, &content())).await;
    let mut kept = Vec::new();
    let both = want(vec![dying.url("/f"), mirror.url("/f")]);
    assert_eq!(client().fetch_file(&both, &mut kept).await.unwrap().from, 1);
    assert_eq!((kept, ranges(&mirror)), (content(), vec!["bytes=200000-".to_owned()]));
}

#[tokio::test]
async fn what_each_server_failed_of_is_told() {
    let gone = serve(|_| Reply::status(404)).await;
    let large = serve(|_| Reply::ok(&[content(), content()].concat())).await;
    let lying = serve(|_| Reply::new(206, &[("Content-Range", "bytes 7-9/300000")], b"abc")).await;
    let packed = serve(|_| Reply::new(200, &[("Content-Encoding", "gzip")], b"abc")).await;
    let stingy = serve(|request| cut(request, &content(), 1)).await;
    let silent =
        serve(|_| Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n").pause(3_000)).await;
    let page = serve(|_| Reply::ok(b"<html>please sign in</html>")).await;
    let servers = [&gone, &large, &page, &lying, &packed, &stingy, &silent];
    let mut policy: Policy = policy();
    policy.timeouts.read_secs = 0.2;
    let mut kept = content()[..10].to_vec();
    let all = want(servers.iter().map(|server| server.url("/f")).collect());
    match Client::for_files(policy).unwrap().fetch_file(&all, &mut kept).await.unwrap_err() {
        FileFailed::Addresses(refusals) => {
            let classes: Vec<Class> = refusals.iter().map(|(_, failed)| failed.class).collect();
            let expected = [
                Class::ClientError,
                Class::TooLarge,
                Class::HashMismatch,
                Class::Protocol,
                Class::Protocol,
                Class::Closed,
                Class::Timeout,
            ];
            assert_eq!(classes, expected, "{refusals:?}");
        }
        error => panic!("{error}"),
    }
    assert_eq!(
        ranges(&lying),
        ["bytes=10-"],
        "what was kept is kept, whatever stood in the place of the file"
    );
    assert_eq!(ranges(&stingy).len(), 3, "a byte is no progress");
}

/// A disk that is full: nothing more is fetched.
#[tokio::test]
async fn what_cannot_be_kept_is_told() {
    struct Full(Mutex<u32>);
    impl pixmo_fetch::Keep for Full {
        fn kept(&self) -> u64 {
            0
        }
        fn put(&mut self, _bytes: &[u8]) -> std::io::Result<()> {
            *self.0.lock().unwrap() += 1;
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
        }
        fn restart(&mut self) -> std::io::Result<()> {
            Ok(())
        }
        fn sha256(&mut self) -> std::io::Result<[u8; 32]> {
            Ok([0; 32])
        }
    }
    let server = serve(|request| part(request, &content())).await;
    let mut full = Full(Mutex::default());
    let error = client().fetch_file(&want(vec![server.url("/f")]), &mut full).await.unwrap_err();
    assert!(matches!(error, FileFailed::Keep(_)), "{error}");
    assert_eq!((*full.0.lock().unwrap(), ranges(&server).len()), (1, 1));
}

#[test]
fn files_may_be_asked_for_without_a_contact() {
    let mut policy = policy();
    policy.agent.contact = String::new();
    assert!(Client::new(policy.clone()).is_err());
    assert!(Client::for_files(policy.clone()).is_ok());
    policy.retry.attempts_max = 0;
    assert!(Client::for_files(policy).is_err());
}
