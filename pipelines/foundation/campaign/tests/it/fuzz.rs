//! Whatever the file holds, the reader answers and does not fall.

use pixmo_campaign::Campaign;
use proptest::prelude::*;

use crate::read;

/// Pieces of campaign files, so that random texts come near to good ones.
const PIECES: &[&str] = &[
    "[campaign]\n",
    "[build.docs]\n",
    "[engines.llm]\n",
    "[[build.docs]]\n",
    "[build",
    "]",
    "[",
    "{",
    "}",
    "=",
    ",",
    ".",
    "\n",
    " ",
    "\"",
    "'''",
    "#",
    "shards",
    "figures",
    "ink",
    "custom",
    "red",
    "seed",
    "name",
    " = ",
    "1",
    "-1",
    "1.5",
    "1e999",
    "0x",
    "99999999999999999999999999999999999999999999",
    "true",
    "nan",
    "2026-03-02",
    "\"é\"",
    "\\u00",
    "\u{feff}",
    "\r\n",
    "\0",
    "{ custom = { red = 1 } }\n",
    "[1, 2]\n",
    "\"dark-blue\"\n",
];

/// Reads `text` and checks what must hold of any answer.
fn survives(text: &str) {
    match read(text) {
        Ok((campaign, _, _)) => assert_eq!(campaign.hash().len(), 64),
        Err(error) => {
            assert!(!error.message.is_empty());
            let at = error.at.expect("every fault of the text has a place");
            let numbers: Vec<usize> = at.rsplit(':').take(2).filter_map(|part| part.parse().ok()).collect();
            let [column, line] = numbers[..] else { panic!("no line and column in `{at}`") };
            // A place lies in the text, or right behind its end.
            let lines: Vec<&str> = text.split('\n').collect();
            assert!(line >= 1 && line <= lines.len(), "line of `{at}`");
            assert!(column >= 1 && column <= lines[line - 1].chars().count() + 1, "column of `{at}`");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,80}") {
        survives(&text);
    }

    #[test]
    fn any_patchwork_is_answered(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        survives(&pieces.concat());
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("campaign.toml");
        std::fs::write(&path, &bytes).expect("a file");
        let is_text = std::str::from_utf8(&bytes).is_ok();
        let answer = Campaign::read(&path);
        prop_assert!(is_text || answer.is_err());
    }
}

/// One error is told, however many there are, and it can be read, however long the names are.
#[test]
fn many_strangers_and_long_names_are_told_at_once() {
    let many =
        |above: &str| format!("{above}{}", (0..100_000).map(|i| format!("k{i} = 1\n")).collect::<String>());
    for (text, told) in [
        (many(""), "key `k0` stands outside all sections"),
        (many("[build]\n"), "unknown key `k0` in [build]"),
        (many("[build.docs.figures]\n"), "unknown key `k0` in `figures` of [build.docs]"),
        (format!("{} = 1\n", "k".repeat(3_000_000)), "kkk"),
        (format!("[build.docs]\n{} = 1\n", "k".repeat(3_000_000)), "kkk"),
        (format!("[{}]\n", "k".repeat(3_000_000)), "kkk"),
        (format!("[build.docs]\nink = \"{}\"\n", "k".repeat(3_000_000)), "kkk"),
    ] {
        let error = read(&text).expect_err("nobody knows it");
        assert!(error.message.contains(told), "{told}: {}", &error.message[..200.min(error.message.len())]);
        assert!(error.message.len() < 7_000 && error.hints.iter().all(|hint| hint.len() < 7_000), "{told}");
    }
}

/// Nesting without end would otherwise end in an overflow of the stack, which nobody can catch.
#[test]
fn deep_nesting_is_refused() {
    for depth in [100, 10_000, 200_000] {
        let texts = [
            format!("a = {}", "[".repeat(depth)),
            format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth)),
            format!("a = {}1{}", "{ b = ".repeat(depth), " }".repeat(depth)),
            format!("{}a = 1", "a.".repeat(depth)),
            format!("[{}a]\n", "a.".repeat(depth)),
            format!("a = {{ {}a = 1 }}", "a.".repeat(depth)),
        ];
        for text in texts {
            assert!(read(&text).is_err());
        }
    }
}
