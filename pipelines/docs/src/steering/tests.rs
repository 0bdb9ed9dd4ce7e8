//! Files of personas and topics: what is read, what is refused and where, and what a build does with them.

use std::fmt::Write as _;
use std::path::Path;

use pixmo_console::Failure;
use pixmo_render::Seed;

use super::*;
use crate::picture::{self, Order, Shelf};

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("a temporary folder can be written");
    path.to_str().expect("its name is plain").to_owned()
}

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = file(folder.path(), name, bytes);
    let failure: Failure = Lines::read(&path, "persona", "").expect_err("the file is bad");
    format!("{failure:?}").replace(folder.path().to_str().expect("a plain name"), "DIR")
}

#[test]
fn three_forms_of_files_give_the_same_entries() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let read = |name: &str, text: &str| {
        let lines = Lines::read(&file(folder.path(), name, text), "persona", "").expect("a sound file");
        lines.entries.into_iter().map(|(line, entry)| format!("{line}: {entry}")).collect::<Vec<_>>()
    };
    assert_eq!(
        read("a.txt", "\u{feff}a baker, at work\r\n\n# nobody\n  a nurse \n"),
        ["1: a baker, at work", "4: a nurse"]
    );
    assert_eq!(
        read("a.csv", "id,persona\n1,\"a baker, at work\"\n2,a nurse\n"),
        ["2: a baker, at work", "3: a nurse"]
    );
    assert_eq!(
        read("a.jsonl", "{\"persona\": \"a baker, at work\"}\n\n\"a nurse\"\n"),
        ["1: a baker, at work", "3: a nurse"]
    );
}

#[test]
fn bad_files_are_refused_with_their_line() {
    for (name, bytes, parts) in [
        ("a.txt", b"".to_vec(), ["has no entries", "DIR/a.txt"]),
        ("a.txt", b"\n  \n# nobody\n".to_vec(), ["has no entries", "DIR/a.txt"]),
        ("a.txt", b"a nurse\n\xff\xfe\n".to_vec(), ["not UTF-8", "DIR/a.txt:2"]),
        ("a.txt", b"a nurse\na\0b\n".to_vec(), ["U+0000", "DIR/a.txt:2"]),
        ("a.txt", [b"a nurse\n".to_vec(), vec![b'x'; 1_000_000]].concat(), ["1000000 bytes", "DIR/a.txt:2"]),
        ("a.csv", b"id,name\n1,x\n".to_vec(), ["no column `persona`", "DIR/a.csv:1"]),
        ("a.csv", b"id,persona\n1,x\n2\n".to_vec(), ["no CSV table", "DIR/a.csv:3"]),
        (
            "a.jsonl",
            b"{\"persona\": \"x\"}\n{\"persona\": 3}\n".to_vec(),
            ["no text `persona`", "DIR/a.jsonl:2"],
        ),
        ("a.jsonl", "[".repeat(1_000_000).into_bytes(), ["recursion limit", "DIR/a.jsonl:1"]),
        (
            "a.jsonl",
            "[0,".repeat(1_000_000).into_bytes(),
            ["3000000 bytes, at most 1048576", "DIR/a.jsonl:1"],
        ),
        ("a.txt", b"a\n".repeat(1_500_000), ["more than 1000000 entries", "DIR/a.txt:1000001"]),
        ("a.csv", b"persona\n".repeat(1_500_000), ["more than 1000000 entries", "DIR/a.csv:1000002"]),
        ("a.txt", vec![b'\n'; 70 << 20], ["too large", "DIR/a.txt"]),
    ] {
        let told = refused(name, bytes);
        for part in parts {
            assert!(told.contains(part), "`{part}` in {told}");
        }
    }
    let missing = Lines::read("/nowhere/a.txt", "topic", "").expect_err("it is not there");
    assert!(format!("{missing:?}").contains("cannot read the topic file"));
    let folder = Lines::read("/", "topic", "").expect_err("it is a folder");
    assert!(format!("{folder:?}").contains("no plain file"));
    let endless = Lines::read("/dev/zero", "topic", "").expect_err("it has no end");
    assert!(format!("{endless:?}").contains("no plain file"));
}

#[test]
fn a_million_lines_are_read_and_another_file_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut text = String::new();
    for number in 0..1_000_000 {
        writeln!(text, "reader {number}").expect("strings can be written");
    }
    let path = file(folder.path(), "many.txt", &text);
    let lines = Lines::read(&path, "persona", "").expect("they are sound");
    assert_eq!((lines.entries.len(), lines.entries[999_999].0), (1_000_000, 1_000_000));
    assert!(Lines::read(&path, "persona", &lines.blake3).is_ok());
    text.push_str("one more\n");
    file(folder.path(), "many.txt", &text);
    let failure = Lines::read(&path, "persona", &lines.blake3).expect_err("it changed");
    assert!(format!("{failure:?}").contains("not the one that the build was begun with"));
}

#[test]
fn random_bytes_give_lines_or_errors() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rng = Seed::from_number(5).rng("bytes");
    let pieces: [&[u8]; 14] = [
        b"persona",
        b",",
        b"\"",
        b"\n",
        b"\r",
        b"{",
        b"}",
        b"[",
        b":",
        b"\xff",
        b"\0",
        b"\xef\xbb\xbf",
        b"#",
        "é".as_bytes(),
    ];
    let (mut good, mut bad) = (0, 0);
    for round in 0..1500 {
        let bytes: Vec<u8> = (0..rng.below(40)).flat_map(|_| rng.pick(&pieces).to_vec()).collect();
        let name = ["a.txt", "a.csv", "a.jsonl"][round % 3];
        match Lines::read(&file(folder.path(), name, &bytes), "persona", "") {
            Ok(lines) => {
                good += 1;
                assert!(lines.entries.iter().all(|(line, entry)| *line > 0 && !entry.trim().is_empty()));
            }
            Err(_) => bad += 1,
        }
    }
    assert!(good > 50 && bad > 50, "{good} good, {bad} bad");
}

#[test]
fn a_topic_that_names_nothing_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = &Banks::bundled().domains[0].name;
    let topics = file(folder.path(), "topics.txt", format!("{name}\nzzyzx qwopq\n"));
    let failure =
        Steering::read(&Settings { topics, ..Settings::default() }).expect_err("the second names nothing");
    let told = format!("{failure:?}");
    assert!(
        told.contains("1 of 2 topics") && told.contains("topics.txt:2") && told.contains("zzyzx"),
        "{told}"
    );
}

#[test]
fn personas_and_topics_steer_pictures_and_the_same_seed_gives_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let domain = &Banks::bundled().domains[3];
    let settings = Settings {
        personas: file(folder.path(), "personas.txt", "a careful clerk of Zelenka\n"),
        topics: file(folder.path(), "topics.txt", &domain.name),
        ..Settings::default()
    };
    let steering = Steering::read(&settings).expect("both files are sound").expect("they steer");
    let followed = |shelf: Shelf, kind: &'static str, number: u64| {
        let order = Order { shelf, kinds: &[kind], validation: false, seed: Seed::from_number(number) };
        let made = picture::make_steered(&order, Some(&steering)).ok()?;
        let again = picture::make_steered(&order, Some(&steering)).ok()?;
        assert_eq!((&made.picture.png, &made.topic), (&again.picture.png, &again.topic));
        assert_eq!(made.persona, "a careful clerk of Zelenka");
        assert_ne!(made.picture.png, picture::make(&order).ok()?.picture.png);
        Some((made.source_name == "world", made.topic.starts_with(&format!("{}: ", domain.name))))
    };
    for (shelf, kind) in
        [(Shelf::Charts, "vertical_bar"), (Shelf::Charts, "multi_line"), (Shelf::Tables, "zebra")]
    {
        let all: Vec<_> = (0..4).filter_map(|number| followed(shelf, kind, number)).collect();
        assert!(!all.is_empty() && all.iter().all(|(world, topic)| *world && *topic), "{kind}: {all:?}");
    }
    let order = Order {
        shelf: Shelf::Diagrams,
        kinds: &["org_chart"],
        validation: false,
        seed: Seed::from_number(1),
    };
    let made = picture::make_steered(&order, Some(&steering)).expect("an ordinary diagram");
    assert_eq!(made.persona, "a careful clerk of Zelenka");
}
