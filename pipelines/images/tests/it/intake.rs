//! A list with every fault, against a real server.

use std::collections::BTreeMap;
use std::fs;

use pixmo_schemas::Sha256;
use serde_json::{Value, json};

use crate::bench::{Bench, contents};
use crate::pictures::{bomb, jpeg, png};
use crate::server::{Reply, Server};

fn number_of(path: &str) -> u64 {
    path.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default()
}

fn photo(path: &str) -> Reply {
    Reply::ok(jpeg(number_of(path))).with("Content-Type", "image/jpeg")
}

fn answer(path: &str, before: usize) -> Reply {
    match path {
        "/moved/3" => Reply::status(302).with("Location", "/photo/3.jpg"),
        "/loop" => Reply::status(302).with("Location", "/loop"),
        "/html" => {
            Reply::ok(b"<!doctype html><title>gone</title>".to_vec()).with("Content-Type", "image/jpeg")
        }
        "/empty" => Reply::ok(Vec::new()),
        "/truncated" => {
            let file = jpeg(77);
            Reply::ok(file[..file.len() / 2].to_vec())
        }
        "/closed" => Reply::ok(jpeg(78)).cut_at(100),
        "/bomb" => Reply::ok(bomb()),
        "/pixel" => Reply::ok(png(1, 1, 1)),
        "/gone" => Reply::status(404),
        "/storm" if before == 0 => Reply::status(429).with("Retry-After", "Fri, 01 Jan 2040 00:00:00 GMT"),
        "/storm" => photo("/photo/90"),
        "/down" => Reply::status(503),
        "/large" => Reply::ok(vec![0xff; 400_000]),
        "/noai" => photo("/photo/91").with("X-Robots-Tag", "noai"),
        "/licensed" => photo("/photo/92").with("Link", "<https://l.example/by>; rel=\"license\""),
        path if path.starts_with("/photo/") => photo(path),
        _ => Reply::status(404),
    }
}

const FAULTS: [&str; 14] = [
    "/moved/3",
    "/loop",
    "/html",
    "/empty",
    "/truncated",
    "/closed",
    "/bomb",
    "/pixel",
    "/gone",
    "/storm",
    "/down",
    "/large",
    "/noai",
    "/licensed",
];

fn list_of(server: &Server) -> Vec<String> {
    let mut lines: Vec<String> = (0..6).map(|number| server.url(&format!("/photo/{number}.jpg"))).collect();
    lines.extend(FAULTS.iter().map(|path| server.url(path)));
    lines.push("nothing to be fetched".to_owned());
    lines.push("not an address".to_owned());
    // The same addresses again.
    lines.push(server.url("/photo/2.jpg"));
    lines.push(server.url("/gone"));
    lines
}

fn classes(status: &Value) -> BTreeMap<String, u64> {
    let classes = status["classes"].as_object().expect("classes");
    classes
        .iter()
        .map(|(class, counts)| (class.clone(), counts["rows"].as_u64().expect("a number")))
        .collect()
}

#[test]
fn every_row_has_its_outcome_and_every_image_its_original() {
    let server = Server::start(answer);
    let bench = Bench::new();
    bench.list("urls.txt", &list_of(&server));
    let said = bench.fetch("urls.txt --shards 4").expect(0);
    assert!(said.stderr.contains("line 21"), "the bad rows are told: {}", said.stderr);
    let status = bench.status("");
    let expected: BTreeMap<String, u64> = [
        ("kept", 10),
        ("bad_row", 2),
        ("redirects", 1),
        ("not_an_image", 1),
        ("empty", 1),
        ("truncated", 1),
        ("closed", 1),
        ("bomb", 1),
        ("placeholder", 1),
        ("client_error", 2),
        ("server_error", 1),
        ("too_large", 1),
        ("opted_out", 1),
    ]
    .map(|(class, rows)| (class.to_owned(), rows))
    .into();
    assert_eq!(classes(&status), expected);
    let rows = bench.rows("data/shards/images");
    let numbers: Vec<i64> = rows.iter().map(|row| row.row).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 16, 20, 23]);
    for row in &rows {
        let path = bench.path(&format!("data/images/{}/{}.jpg", &row.sha256[..3], row.sha256));
        let original = fs::read(path).expect("an original");
        assert_eq!(Sha256::of(&original).to_string(), row.sha256);
        assert_eq!((row.bytes, row.image.is_none()), (original.len() as i64, true));
        assert_eq!(row.fetched_at, "2026-11-30T16:40:00Z");
        assert_eq!(row.status, Some(200));
    }
    let moved = &rows[6];
    assert_eq!(moved.address_final, Some(server.url("/photo/3.jpg")));
    assert_eq!((&moved.sha256, moved.width, moved.height), (&rows[3].sha256, 123, 93));
    assert_eq!(rows[9].sha256, rows[2].sha256, "the twin has the same image");
    assert_eq!(rows[8].licence.as_deref(), Some("https://l.example/by"));
    let asked = server.asked();
    assert_eq!(asked["/photo/2.jpg"], 1, "an address is asked once");
    assert_eq!(asked["/gone"], 1);
    assert_eq!(
        (asked["/storm"], asked["/down"], asked["/closed"]),
        (2, 2, 2),
        "what can succeed is tried again"
    );
    assert_eq!(asked["/html"], 1);
}

#[test]
fn a_second_run_asks_only_for_what_may_succeed_and_makes_only_what_changed() {
    let server = Server::start(answer);
    let bench = Bench::new();
    bench.list("urls.txt", &list_of(&server));
    bench.fetch("urls.txt --shards 6").expect(0);
    let before = contents(&bench.path("data/shards/images"));
    server.forget();
    bench.fetch("urls.txt --shards 6 --retry none").expect(0);
    assert_eq!(server.asked(), BTreeMap::new());
    assert_eq!(contents(&bench.path("data/shards/images")), before);
    bench.fetch("urls.txt --shards 6").expect(0);
    let asked: Vec<String> = server.asked().into_keys().collect();
    assert_eq!(asked, ["/closed", "/down", "/empty", "/truncated"]);
    assert_eq!(contents(&bench.path("data/shards/images")), before, "nothing came of it");
    // The server comes back.
    server.answer_by(|path, before| match path {
        "/down" => photo("/photo/95"),
        path => answer(path, before),
    });
    let said = bench.fetch("urls.txt --shards 6 --retry server_error").expect(0);
    assert_eq!(server.asked().into_keys().collect::<Vec<_>>(), ["/down"], "{}", said.stderr);
    let after = contents(&bench.path("data/shards/images"));
    let changed: Vec<String> = after
        .iter()
        .filter(|(name, content)| before.get(*name) != Some(content))
        .map(|(name, _)| name.display().to_string())
        .collect();
    assert_eq!(
        changed,
        ["README.md", "data/train-00004-of-00006.parquet", "manifest.json", "shards/00004-of-00006.json"]
    );
    assert_eq!(bench.rows("data/shards/images").len(), 11);
    let said = bench.fetch("other.txt --shards 6").expect(2);
    assert!(said.stderr.contains("cannot read the list"), "{}", said.stderr);
    bench.list("other.txt", &[server.url("/photo/1.jpg")]);
    let said = bench.fetch("other.txt --shards 1").expect(2);
    assert!(said.stderr.contains("list"), "{}", said.stderr);
}

#[test]
fn other_columns_travel_along_and_what_the_store_has_is_not_fetched() {
    let server = Server::start(answer);
    let bench = Bench::new();
    let row = |number: u64, alt: &str| {
        json!({ "url": server.url(&format!("/photo/{number}.jpg")), "alt": alt, "license": "CC0-1.0" })
            .to_string()
    };
    bench.list("first.jsonl", &[row(1, "a"), row(2, "b"), row(1, "c")]);
    bench.fetch("first.jsonl --embed").expect(0);
    let rows = bench.rows("data/shards/images");
    let told: Vec<_> = rows.iter().map(|row| (row.row, row.other.as_str(), row.licence.as_deref())).collect();
    let licence = Some("CC0-1.0");
    assert_eq!(
        told,
        [(1, r#"{"alt":"a"}"#, licence), (2, r#"{"alt":"b"}"#, licence), (3, r#"{"alt":"c"}"#, licence)]
    );
    assert_eq!(rows[1].image.as_ref().expect("embedded").bytes, jpeg(2));
    assert_eq!(server.asked()["/photo/1.jpg"], 1);
    server.forget();
    let known = Sha256::of(&jpeg(1)).to_string();
    let wrong = Sha256::of(b"something else").to_string();
    let named = |path: &str, hash: &str| json!({ "url": server.url(path), "sha256": hash }).to_string();
    bench.list("second.jsonl", &[named("/never", &known), named("/photo/5.jpg", &wrong)]);
    bench.fetch("second.jsonl --into data/shards/second").expect(0);
    let rows = bench.rows("data/shards/second");
    assert_eq!((rows.len(), rows[0].sha256.as_str(), rows[0].status), (1, known.as_str(), None));
    assert_eq!(server.asked().into_keys().collect::<Vec<_>>(), ["/photo/5.jpg"]);
    assert_eq!(bench.status("--into data/shards/second")["classes"]["hash_mismatch"]["rows"], 1);
    let said = bench.run(&format!("where {known}")).expect(0);
    assert_eq!(said.stdout.matches(&format!("{known}.jpg")).count(), 2, "{}", said.stdout);
    bench.run("where https://images.example/nowhere.jpg").expect(2);
}

#[test]
fn looks_at_addresses_have_a_history() {
    let server = Server::start(answer);
    let bench = Bench::new();
    bench.list("urls.txt", &list_of(&server));
    bench.fetch("urls.txt").expect(0);
    let said = bench.run("recheck --campaign campaign.toml --progress none --json").expect(0);
    assert!(said.stdout.contains(r#""alive":10"#), "{}", said.stdout);
    server.answer_by(|path, before| match path {
        "/photo/4.jpg" | "/licensed" => Reply::status(410),
        path => answer(path, before),
    });
    let mut command = bench.command("recheck --campaign campaign.toml --progress none --anew");
    let said = command.env("SOURCE_DATE_EPOCH", "1796143200").output().expect("the program runs");
    assert!(said.status.success());
    let rounds = bench.status("")["rounds"].clone();
    assert_eq!(rounds["2026-11-30T16:40:00Z"]["alive"], 10);
    assert_eq!(rounds["2026-12-01T16:40:00Z"]["alive"], 8);
    assert_eq!(rounds["2026-12-01T16:40:00Z"]["dead"]["client_error"], 2);
}

#[test]
fn wrong_requests_ask_and_write_nothing() {
    let server = Server::start(answer);
    let bench = Bench::new();
    bench.list("urls.txt", &list_of(&server));
    let said = bench.run("fetch urls.txt").expect(2);
    assert!(said.stderr.contains("contact"), "{}", said.stderr);
    let said = bench.fetch("urls.txt --retry 404").expect(2);
    assert!(said.stderr.contains("no class of failure"), "{}", said.stderr);
    let said = bench.fetch("urls.txt --shards 100").expect(2);
    assert!(said.stderr.contains("only 24 tasks"), "{}", said.stderr);
    let said = bench.fetch("urls.txt --dry-run").expect(0);
    assert!(said.stdout.contains("24 rows"), "{}", said.stdout);
    bench.run("status").expect(2);
    assert_eq!(server.asked(), BTreeMap::new());
    assert!(!bench.path("data/images").exists() && !bench.path("data/shards/images").exists());
}
