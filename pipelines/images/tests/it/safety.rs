//! Lists of what must not be held, within a fetch: what they know by any hash is dropped or held, and nothing of it stays.

use std::fs;

use md5::Md5;
use pixmo_near::{HashList, ListEntry, ListHead};
use pixmo_schemas::Sha256;
use sha1::{Digest, Sha1};

use crate::bench::Bench;
use crate::pictures::{jpeg, pixels};
use crate::server::{Reply, Server};

/// The picture of a number, coded otherwise.
fn again(number: u64) -> Vec<u8> {
    let (width, height) = (120 + (number % 7) as u32, 90 + (number % 5) as u32);
    let mut file = Vec::new();
    jpeg_encoder::Encoder::new(&mut file, 60)
        .encode(&pixels(number, width, height), width as u16, height as u16, jpeg_encoder::ColorType::Rgb)
        .expect("it is encoded");
    file
}

fn pdq(file: &[u8]) -> Vec<u8> {
    let decoded = pixmo_pictures::decode(file, &pixmo_pictures::Limits::default()).expect("a picture");
    pixmo_pictures::look(&decoded).hash.to_vec()
}

#[test]
fn what_lists_know_is_dropped_or_held_by_any_hash() {
    let server = Server::start(|path, _| {
        let number =
            path.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or_default();
        Reply::ok(jpeg(number))
    });
    let bench = Bench::new();
    bench.list("list.txt", &(1..=6u64).map(|n| server.url(&format!("/{n}.jpg"))).collect::<Vec<_>>());
    let line = |name: &str, hash: String| bench.list(name, &["# a list".to_owned(), hash]);
    line("md5.txt", hex::encode_upper(Md5::digest(jpeg(1))));
    line("sha1.txt", hex::encode(Sha1::digest(jpeg(2))));
    line("sha256.txt", Sha256::of(&jpeg(3)).to_string());
    let head = ListHead {
        name: "looks".to_owned(),
        version: "1".to_owned(),
        licence: "unknown".to_owned(),
        source: "here".to_owned(),
        kinds: vec!["pdq:256".parse().expect("a kind")],
    };
    // Another file of the fourth picture: it is known by its looks alone.
    let entry = ListEntry { sha256: [7; 32], hashes: vec![vec![pdq(&again(4))]], name: None };
    let mut looks = Vec::new();
    HashList { head, entries: vec![entry] }.write(&mut looks).expect("memory");
    fs::write(bench.path("looks.hashes"), looks).expect("a list");

    let lists = "--safety md5.txt --safety sha1.txt=hold --safety sha256.txt=drop --safety looks.hashes=hold";
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    let kept = |bench: &Bench| bench.rows("data/shards/images").iter().map(|row| row.row).collect::<Vec<_>>();
    assert_eq!(kept(&bench), [5, 6]);
    let status = bench.status("");
    assert_eq!(status["classes"]["safety_dropped"]["rows"], 2);
    assert_eq!(status["classes"]["safety_held"]["rows"], 2);
    let lies = |number| {
        let hash = Sha256::of(&jpeg(number)).to_string();
        bench.path(&format!("data/images/{}/{hash}.jpg", &hash[..3])).exists()
    };
    assert_eq!([1, 2, 3, 4, 5].map(lies), [false, true, false, true, true]);

    // Nothing is asked for again; what a person releases comes into the dataset, and what is dropped is deleted.
    let asked = server.asked();
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    assert_eq!(server.asked(), asked);
    let hash = |number| Sha256::of(&jpeg(number)).to_string();
    bench.run(&format!("held --release {} --drop {}", hash(2), hash(4))).expect(0);
    bench.fetch(&format!("list.txt {lists}")).expect(0);
    assert_eq!(kept(&bench), [2, 5, 6]);
    assert!(!lies(4));
    assert_eq!(server.asked(), asked);
}
