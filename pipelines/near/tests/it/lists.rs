//! Hash lists: written, read, and what is said of one that is not right.

use pixmo_near::{
    Benchmarks, Fate, FileHashes, Hash256, HashKind, HashList, HashListReader, ListEntry, ListHead,
    PlainList, Seen, Shares, Split, fate_of,
};

fn pdq() -> HashKind {
    "pdq:256".parse().unwrap()
}

fn list() -> HashList {
    let head = ListHead {
        name: "chartqa-test".into(),
        version: "2022-05-27".into(),
        licence: "GPL-3.0".into(),
        source: "https://example.org/charts".into(),
        kinds: vec![pdq()],
    };
    let entry = |n: u8, hashes: &[u8], name: Option<&str>| ListEntry {
        sha256: [n; 32],
        hashes: vec![hashes.iter().map(|n| vec![*n; 32]).collect()],
        name: name.map(str::to_owned),
    };
    let entries = vec![entry(9, &[1, 2], Some("bars 1.png")), entry(3, &[], None), entry(5, &[0xf0], None)];
    HashList { head, entries }
}

fn written() -> String {
    let mut out = Vec::new();
    list().write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Reads a text and says what is wrong with it.
#[track_caller]
fn wrong(text: &str) -> String {
    HashList::read(text.as_bytes()).expect_err("a fault").to_string()
}

#[test]
fn a_list_is_text() {
    let text = written();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "#pixmo-hashes 1");
    assert_eq!(lines[5], "#hashes pdq:256");
    assert_eq!(lines[6], format!("{}\t-", "03".repeat(32)));
    let [one, other] = ["01".repeat(32), "02".repeat(32)];
    assert_eq!(lines[8], format!("{}\t{one},{other}\tbars 1.png", "09".repeat(32)));
    assert!(lines[9].starts_with("#digest sha256 "));
    assert_eq!(lines.len(), 10);
}

#[test]
fn what_is_written_is_read_back_in_order() {
    let read = HashList::read(written().as_bytes()).unwrap();
    let mut expected = list();
    expected.entries.sort();
    assert_eq!(read, expected);
    let mut turned = list();
    turned.entries.reverse();
    turned.entries.push(turned.entries[0].clone());
    let mut out = Vec::new();
    let digest = turned.write(&mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), written());
    assert!(written().ends_with(&format!("#digest sha256 {digest}\n")));
    // lines of another system
    assert_eq!(HashList::read(written().replace('\n', "\r\n").as_bytes()).unwrap(), expected);
}

#[test]
fn entries_come_one_by_one() {
    let text = written();
    let mut reader = HashListReader::new(text.as_bytes()).unwrap();
    assert_eq!(reader.head().name, "chartqa-test");
    assert_eq!(reader.next().unwrap().unwrap().sha256, [3; 32]);
    assert_eq!(reader.count(), 2);
}

#[test]
fn faults_are_named_with_their_line() {
    let text = written();
    let cases = [
        (
            text.replace("#pixmo-hashes 1", "#pixmo-hashes 2"),
            "line 1 is `#pixmo-hashes 2`, expected `#pixmo-hashes 1`; a later version reads newer lists",
        ),
        (
            text.replace("#licence GPL-3.0\n", ""),
            "line 4 is `#source https://example.org/charts`, expected `#licence …`",
        ),
        (text.replace("#name chartqa-test", "#name "), "line 2 is `#name `, expected `#name …`"),
        (
            text.replace("pdq:256", "pdq"),
            "line 6 is `#hashes pdq`, expected kinds of hashes such as `pdq:256`, or `none`",
        ),
        (text.replace("pdq:256", "none"), "expected one name, or none, after the hashes"),
        (text.replace("\t-", ""), "expected a field `pdq:256` of hashes of 64 digits after commas, or `-`"),
        (text.replace("f0f0f0f0", "F0F0F0F0"), "line 8 is"),
        (text.replace("\tbars 1.png", "\tbars\t1.png"), "line 9 is"),
        (text.replace("bars", "bears"), "the digest of the 9 lines above is"),
        (text.replace("#digest", "#digits"), "expected an entry, or the last line `#digest sha256 …`"),
        (text[..text.find("#digest").unwrap()].to_owned(), "the list ends after line 9"),
        (format!("{text}x\n"), "line 11 is `x`, expected nothing after the digest"),
        ("#pixmo-hashes 1\n".to_owned(), "line 2 is not there, expected `#name …`"),
        (String::new(), "line 1 is not there, expected `#pixmo-hashes …`"),
        ("x".repeat(70_000), "line 1 is longer than 65536 bytes, expected at most 65536 bytes"),
    ];
    for (text, expected) in cases {
        let found = wrong(&text);
        assert!(found.contains(expected), "\n{found}\nshould say\n{expected}");
    }
    let not_text = b"#pixmo-hashes 1\n#name \xff\n";
    assert!(
        HashList::read(&not_text[..]).unwrap_err().to_string().contains("line 2 is no UTF-8 from byte 7 on")
    );
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(6, 7);
    assert!(wrong(&lines.join("\n")).contains("expected a line that sorts after the one before"));
}

#[test]
fn what_a_list_cannot_hold_is_not_written() {
    let mut list = list();
    list.entries[0].name = Some("two\nlines".into());
    assert!(list.write(&mut Vec::new()).unwrap_err().to_string().contains("cannot write name `two\nlines`"));
    list.entries[0].name = None;
    list.entries[0].hashes.push(Vec::new());
    assert!(list.write(&mut Vec::new()).unwrap_err().to_string().contains("those of the kinds in the head"));
}

#[test]
fn plain_lists_hold_files() {
    let (sha256, sha1, md5) = ("AB".repeat(32), "Ef".repeat(20), "cd".repeat(16));
    let text = format!("\u{feff}# bad files\n\n{sha256}\r\n  {md5} \n{sha1}\n{sha1}\n");
    let list = PlainList::read(text.as_bytes()).unwrap();
    assert_eq!(list.len(), 3);
    assert!(list.needs_md5() && list.needs_sha1());
    let file = FileHashes { sha256: [0; 32], sha1: Some([0; 20]), md5: Some([0; 16]) };
    assert!(!list.holds(&file) && !list.holds(&FileHashes { sha1: None, md5: None, ..file }));
    assert!(list.holds(&FileHashes { sha256: [0xab; 32], ..file }));
    assert!(list.holds(&FileHashes { sha1: Some([0xef; 20]), ..file }));
    assert!(list.holds(&FileHashes { md5: Some([0xcd; 16]), ..file }));
    let error = PlainList::read(&b"# crc\n01234567\n"[..]).unwrap_err();
    assert!(error.to_string().starts_with("line 2 is `0123"), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("expected a SHA-256 (64 hexadecimal digits), a SHA-1 (40) or an MD5 (32)"),
        "{error}"
    );
}

#[test]
fn a_cluster_that_touches_a_benchmark_is_held_out() {
    let mut other = list();
    other.head.name = "bytes-only".into();
    other.head.kinds.clear();
    other.entries.iter_mut().for_each(|entry| entry.hashes.clear());
    let benchmarks = Benchmarks::new(&[list(), other], &pdq(), 31).unwrap();
    let near = Hash256::from({
        let mut bytes = [0xf0; 32];
        bytes[3] ^= 0b111;
        bytes
    });
    let touches = |sha256, hashes: &[Hash256]| -> Vec<(String, Option<u32>)> {
        let seen = Seen { sha256, hashes, addresses: &[] };
        benchmarks.touching(&seen).iter().map(|touch| (touch.list.to_owned(), touch.distance)).collect()
    };
    assert_eq!(touches([0; 32], &[near]), [("chartqa-test".to_owned(), Some(3))]);
    assert_eq!(
        touches([5; 32], &[near]),
        [("chartqa-test".to_owned(), None), ("bytes-only".to_owned(), None)]
    );
    assert_eq!(touches([0; 32], &[]), []);
    let seen = Seen { sha256: [9; 32], hashes: &[], addresses: &[] };
    assert_eq!(benchmarks.touching(&seen)[0].name, Some("bars 1.png"));

    let shares = Shares::new(0, 1, 0).unwrap();
    assert_eq!(fate_of(&[1; 32], [], shares, 7), Fate::Split(Split::Validation));
    let held_out = fate_of(&[1; 32], ["b", "a", "b"], shares, 7);
    assert_eq!(held_out, Fate::HeldOut(vec!["a".into(), "b".into()]));

    let error = Benchmarks::new(&[list()], &"dct:256".parse().unwrap(), 31).unwrap_err();
    assert_eq!(error.to_string(), "the list has no hashes `dct:256`, it has `pdq:256`");
}
