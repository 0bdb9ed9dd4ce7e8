//! Lists of removals: written, read, applied to old copies.

use pixmo_near::{Address, Hash256, HashKind, Removals, Removed, Seen, Tombstone, Tombstones};

fn pdq() -> HashKind {
    "pdq:256".parse().unwrap()
}

fn stone(removed: Removed, reason: &str) -> Tombstone {
    Tombstone { removed, date: "2026-11-30".parse().unwrap(), reason: reason.into() }
}

fn address(text: &str) -> Address {
    Address::new(text).unwrap()
}

fn list() -> Tombstones {
    Tombstones {
        name: "pixmo-images".into(),
        version: "2026-11-30".into(),
        kind: Some(pdq()),
        entries: vec![
            stone(Removed::Near { hash: vec![7; 32], bits_max: 10 }, "asked by the rightsholder"),
            stone(Removed::Sha256([5; 32]), "asked by the person shown"),
            stone(Removed::Address(address("HTTPS://Example.org:443/a b.jpg#top")), "licence withdrawn"),
        ],
    }
}

fn written(list: &Tombstones) -> String {
    let mut out = Vec::new();
    list.write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_list_is_text_and_read_back() {
    let text = written(&list());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..4],
        ["#pixmo-tombstones 1", "#name pixmo-images", "#version 2026-11-30", "#hashes pdq:256"]
    );
    assert_eq!(lines[4], "address\thttps://example.org/a%20b.jpg\t2026-11-30\tlicence withdrawn");
    assert_eq!(lines[5], format!("near\t{}/10\t2026-11-30\tasked by the rightsholder", "07".repeat(32)));
    let mut read = Tombstones::read(text.as_bytes()).unwrap();
    let mut expected = list();
    read.entries.sort();
    expected.entries.sort();
    assert_eq!(read, expected);
}

#[test]
fn faults_are_named_with_their_line() {
    let text = written(&list());
    let cases = [
        (
            text.replace("#pixmo-tombstones 1", "#pixmo-hashes 1"),
            "line 1 is `#pixmo-hashes 1`, expected `#pixmo-tombstones …`",
        ),
        (text.replace("near\t", "like\t"), "expected `sha256`, `address` or `near` first"),
        (text.replace("/10\t", "/99\t"), "expected `hash/bits` with a hash `pdq:256`, and at most 64 bits"),
        (text.replace("pdq:256", "none"), "expected no such line, because the head has no kind of hashes"),
        (text.replace("https://e", "https://E"), "line 5 is"),
        (
            text.replace("\t2026-11-30\tasked by the r", "\t30.11.2026\tasked by the r"),
            "expected a date such as `2026-11-30`",
        ),
        (text.replace("\tlicence withdrawn", ""), "expected four fields separated by tabs"),
        (text.replace("licence", "license"), "the digest of the 7 lines above is"),
    ];
    for (text, expected) in cases {
        let found = Tombstones::read(text.as_bytes()).expect_err("a fault").to_string();
        assert!(found.contains(expected), "\n{found}\nshould say\n{expected}");
    }
    let mut list = list();
    list.entries[0].reason = String::new();
    assert!(list.write(&mut Vec::new()).is_err());
}

#[test]
fn an_old_copy_loses_what_was_removed_and_nothing_else() {
    let removals = Removals::new(&list(), &pdq()).unwrap();
    let like = |bits: u32| {
        let mut bytes = [7; 32];
        (0..bits as usize).for_each(|bit| bytes[bit / 8] ^= 1 << (bit % 8));
        [Hash256::from(bytes)]
    };
    let reason = |sha256, hashes: &[Hash256], from: &str| {
        let addresses: Vec<Address> = Address::new(from).into_iter().collect();
        let seen = Seen { sha256, hashes, addresses: &addresses };
        removals.of(&seen).map(|stone| stone.reason.clone())
    };
    assert_eq!(reason([5; 32], &[], "").as_deref(), Some("asked by the person shown"));
    assert_eq!(reason([6; 32], &[], "https://example.org/a%20b.jpg").as_deref(), Some("licence withdrawn"));
    assert_eq!(reason([6; 32], &like(10), "").as_deref(), Some("asked by the rightsholder"));
    assert_eq!(reason([6; 32], &like(11), "https://example.org/b.jpg"), None);
    assert!(Removals::new(&list(), &"dct:256".parse().unwrap()).is_err());
}

#[test]
fn a_later_list_says_what_is_new() {
    let older = list();
    let mut newer = list();
    newer.entries.push(stone(Removed::Sha256([1; 32]), "asked again"));
    assert_eq!(newer.since(&older), [stone(Removed::Sha256([1; 32]), "asked again")]);
    assert_eq!(older.since(&newer), []);
}
