//! What `verify` finds.

use pixmo_console::{Captured, Console, ConsoleArgs, Ending, Failure};
use pixmo_inspect::place::Place;
use pixmo_inspect::verify::verify;
use pixmo_schemas::row_id;
use proptest::prelude::*;

use crate::small::{Change, Small};

fn look(small: &Small, quick: bool, jobs: usize) -> (Result<Ending, Failure>, Captured) {
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    (verify(&Place::at(small.location()), quick, jobs, &console), captured)
}

/// The lines of damage and the failure, without the temporary folder.
fn told(small: &Small) -> String {
    let (ended, captured) = look(small, false, 2);
    let folder = small.path("").display().to_string();
    let folder = folder.trim_end_matches('/');
    let failure = ended.expect_err("something is damaged").to_string();
    format!("{}{failure}", captured.stdout()).replace(folder, "[folder]")
}

#[test]
fn a_good_folder_is_all_good_with_any_number_of_threads() {
    let small = Small::new();
    for jobs in [1, 2, 5] {
        let (ended, captured) = look(&small, false, jobs);
        assert_eq!(ended, Ok(Ending::Good), "{}", captured.stdout());
        assert_eq!(captured.stdout(), "");
        let last = captured.stderr().lines().last().unwrap_or_default().to_owned();
        assert!(last.starts_with("docs: all good: 12 files"), "{last}");
        assert!(last.ends_with("8 rows, 8 pictures, 40 answers"), "{last}");
    }
    assert_eq!(look(&small, true, 2).0, Ok(Ending::Good));
}

/// Every damage that leaves the hashes right: the program that wrote the rows was wrong.
#[test]
fn rows_that_were_written_wrong_are_found() {
    let cases: [(&str, Change<'_>); 9] = [
        ("an answer", &|main, full, _| {
            if full.image_id.ends_with("train-000003") {
                full.questions[1].answer = "12".to_owned();
                main.questions.answer[1] = "12".to_owned();
                full.row_id = row_id(main).expect("a row");
            }
        }),
        ("a published answer", &|main, full, _| {
            if full.image_id.ends_with("train-000003") {
                main.questions.answer[2] = "No".to_owned();
                full.row_id = row_id(main).expect("a row");
            }
        }),
        ("a published question", &|main, full, _| {
            if full.image_id.ends_with("train-000003") {
                main.questions.question[2] = "Was there less?".to_owned();
                full.row_id = row_id(main).expect("a row");
            }
        }),
        ("a question too few", &|_, full, _| {
            if full.image_id.ends_with("train-000003") {
                full.questions.pop();
            }
        }),
        ("a row id", &|main, full, _| {
            if full.image_id.ends_with("train-000003") {
                main.image.path = Some("a.png".to_owned());
            }
        }),
        ("a size", &|_, full, _| {
            if full.image_id.ends_with("train-000003") {
                full.height = 127;
            }
        }),
        ("a picture", &|main, full, _| {
            if full.image_id.ends_with("train-000003") {
                let at = main.image.bytes.len() - 30;
                main.image.bytes[at] ^= 4;
                full.row_id = row_id(main).expect("a row");
            }
        }),
        ("another picture's points", &|_, full, points| {
            if full.image_id.ends_with("train-000003") {
                points.image_id = "charts-train-000004".to_owned();
            }
        }),
        ("an id twice", &|main, full, points| {
            if full.image_id.ends_with("train-000003") {
                main.image_id = "charts-train-000001".to_owned();
                full.image_id.clone_from(&main.image_id);
                points.image_id.clone_from(&main.image_id);
                full.row_id = row_id(main).expect("a row");
            }
        }),
    ];
    let mut text = String::new();
    for (name, change) in cases {
        text.push_str(&format!("## {name}\n{}\n\n", told(&Small::changed(change))));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn files_that_are_gone_or_too_many_are_found() {
    let mut text = String::new();
    let mut case = |name: &str, spoil: &dyn Fn(&Small)| {
        let small = Small::new();
        spoil(&small);
        text.push_str(&format!("## {name}\n{}\n\n", told(&small)));
    };
    let remove = |small: &Small, name: &str| std::fs::remove_file(small.path(name)).expect("it is there");
    case("a file is missing", &|small| remove(small, "charts_full/train-00001-of-00002.parquet"));
    case("a sidecar is missing", &|small| remove(small, "shards/00001-of-00003.json"));
    case("the manifest is missing", &|small| remove(small, "manifest.json"));
    case("the card is missing", &|small| remove(small, "README.md"));
    case("a stale shard", &|small| {
        let (from, to) = (small.path("shards/00001-of-00003.json"), small.path("shards/00001-of-00004.json"));
        std::fs::copy(from, to).expect("it is there");
    });
    case("a file that nobody lists", &|small| {
        let (from, to) = ("charts/train-00000-of-00002.parquet", "charts/train-00000-of-00003.parquet");
        std::fs::copy(small.path(from), small.path(to)).expect("it is there");
    });
    case("two files are swapped", &|small| {
        let (one, two) = ("charts/train-00000-of-00002.parquet", "charts/train-00001-of-00002.parquet");
        let content = std::fs::read(small.path(one)).expect("it is there");
        std::fs::copy(small.path(two), small.path(one)).expect("it is there");
        std::fs::write(small.path(two), content).expect("it is there");
    });
    case("sidecars without their counts", &|small| {
        let mut sidecars = small.sidecars();
        sidecars[1].tasks += 1;
        sidecars[0].files[0].num_bytes += 1;
        sidecars[2].files[1].rows += 1;
        small.location().put_atomic(".work/x", b"").expect("a temporary folder");
        small.publish(&sidecars);
    });
    insta::assert_snapshot!(text);
}

#[test]
fn a_folder_without_anything_is_a_wrong_request() {
    let (console, _) = Console::captured(&ConsoleArgs::default());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = Place::at(pixmo_shards::Location::local(folder.path()));
    let failure = verify(&place, false, 1, &console).expect_err("nothing is there");
    assert_eq!(failure.kind.exit_code(), 2);
    let text = failure.to_string().replace(&folder.path().display().to_string(), "[folder]");
    insta::assert_snapshot!(text, @r"
    error: there is no dataset in this folder
      at: [folder]
      hint: check the path; a dataset folder holds `manifest.json`, or `.work` while it is built
    ");
}

/// One flipped bit in any file of the folder is found, by the quick look too, and the file is named.
#[test]
fn one_flipped_bit_anywhere_is_found() {
    let small = Small::new();
    let files = small.files();
    // Every kind of file is hit in each round: card, manifest, sidecars, rows of each config.
    proptest!(ProptestConfig::with_cases(6), |(at in any::<prop::sample::Index>(), bit in 0..8u8)| {
        for name in &files {
            let at = at.index(std::fs::read(small.path(name)).unwrap().len());
            prop_assert_eq!(flipped(&small, name, at, 1 << bit), Ok(()));
        }
    });
}

/// No other file tells the digest of the card: a digit of it that became another digit leaves a manifest in good form.
#[test]
fn a_wrong_digit_in_the_digest_of_the_card_names_the_manifest() {
    let small = Small::new();
    let text = std::fs::read_to_string(small.path("manifest.json")).expect("it is there");
    let key = "\"card_sha256\": \"";
    let start = text.find(key).expect("the manifest has it") + key.len();
    for at in start..start + 64 {
        assert_eq!(flipped(&small, "manifest.json", at, 1), Ok(()));
    }
}

/// Flips bits of the byte `at` of a file, verifies quickly and whole, and puts the file back.
fn flipped(small: &Small, name: &str, at: usize, bits: u8) -> Result<(), String> {
    let good = std::fs::read(small.path(name)).expect("it is there");
    let mut bytes = good.clone();
    bytes[at] ^= bits;
    std::fs::write(small.path(name), bytes).expect("it can be written");
    let looks = [true, false].map(|quick| look(small, quick, 2));
    std::fs::write(small.path(name), good).expect("it can be written");
    for (ended, captured) in looks {
        let failure = ended.err().ok_or_else(|| format!("{name} byte {at}: found good"))?;
        if failure.kind.exit_code() != 1 || !captured.stdout().contains(name) {
            return Err(format!("{name} byte {at}: {failure}: {}", captured.stdout()));
        }
    }
    Ok(())
}
