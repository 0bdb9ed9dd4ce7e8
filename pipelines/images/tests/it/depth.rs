//! How far a file is looked into: walked to its end, decoded, or decoded and made smaller.

use std::fs;

use pixmo_pictures::{Limits, decode, encode_jpeg, shrink};

use crate::bench::{Bench, contents};
use crate::pictures::{jpeg, png};

const ROWS: u64 = 24;

/// A folder of photographs, one of which is cut and one damaged within its code.
fn photos(bench: &Bench) {
    fs::create_dir(bench.path("photos")).expect("a folder");
    for number in 0..ROWS {
        fs::write(bench.path(&format!("photos/{number:02}.jpg")), jpeg(number)).expect("a file");
    }
    fs::write(bench.path("photos/pixel.png"), png(1, 1, 1)).expect("a file");
    let file = jpeg(30);
    fs::write(bench.path("photos/cut.jpg"), &file[..file.len() / 2]).expect("a file");
    let mut damaged = jpeg(31);
    // Within the code of its only scan, which is the last of a small file.
    let code = damaged.len() - 200;
    damaged.splice(code..code + 150, std::iter::repeat_n(0x55, 150));
    fs::write(bench.path("photos/damaged.jpg"), damaged).expect("a file");
}

#[test]
fn what_is_only_walked_has_its_size_and_no_hash() {
    let bench = Bench::new();
    photos(&bench);
    bench.run("import photos --no-decode --into walked --store originals").expect(0);
    bench.run("import photos --into decoded --store originals").expect(0);
    let (walked, decoded) = (bench.rows("walked"), bench.rows("decoded"));
    let named = |file: &str| walked.iter().any(|row| row.file.as_deref() == Some(file));
    assert!(named("damaged.jpg") && !named("cut.jpg") && !named("pixel.png"), "{walked:?}");
    assert_eq!(walked.len(), decoded.len() + 1);
    assert!(walked.iter().all(|row| row.perceptual_hash.is_none()));
    for row in &decoded {
        let same = walked.iter().find(|other| other.sha256 == row.sha256).expect("it was walked too");
        assert!(row.perceptual_hash.is_some());
        assert_eq!(
            (row.width, row.height, row.orientation, &row.format),
            (same.width, same.height, same.orientation, &same.format)
        );
    }
    let status = bench.status("--into walked");
    let text = status.to_string();
    assert!(
        text.contains("truncated") && text.contains("placeholder") && !text.contains("damaged"),
        "{text}"
    );
}

#[test]
fn what_needs_pixels_is_refused_where_nothing_is_decoded() {
    let bench = Bench::new();
    photos(&bench);
    bench.run("import photos --into decoded --store originals").expect(0);
    bench.run("hash decoded --name known --output known.hashes").expect(0);
    bench.run("import photos --no-decode --into walked --store originals").expect(0);
    for (flags, word) in [
        ("import photos --no-decode --copy-side 32 --into other", "--no-decode"),
        ("import photos --no-decode --safety known.hashes --into other", "`known`"),
        ("hash walked --name walked --output walked.hashes", "no perceptual hash"),
    ] {
        let said = bench.run(flags).expect(2);
        assert!(said.stderr.contains(word), "{flags}: {}", said.stderr);
    }
    assert!(!bench.path("other").exists() && !bench.path("walked.hashes").exists());
}

#[test]
fn a_copy_is_that_of_its_original_and_what_was_put_aside_is_gone() {
    let bench = Bench::new();
    photos(&bench);
    bench.run("import photos --copy-side 40 --shards 3 --into images --store originals").expect(0);
    let rows = bench.rows("images");
    assert_eq!(rows.len() as u64, ROWS);
    for row in &rows {
        let original = jpeg(row.file.as_deref().and_then(|name| name[..2].parse().ok()).expect("a number"));
        let decoded = decode(&original, &Limits::default()).expect("a picture");
        let image = row.image.as_ref().expect("a copy");
        assert_eq!(image.bytes, encode_jpeg(&shrink(&decoded, 40), 85), "{:?}", row.file);
    }
    let gathered = contents(&bench.path("images.gathered"));
    assert!(
        gathered.keys().all(|name| !name.to_string_lossy().ends_with(".copies")),
        "{:?}",
        gathered.keys()
    );
}

#[test]
fn copies_that_were_lost_or_damaged_are_made_again() {
    let bench = Bench::new();
    photos(&bench);
    let flags = "import photos --copy-side 40 --shards 1 --store originals --into";
    bench.run(&format!("{flags} whole")).expect(0);
    let expected = contents(&bench.path("whole"));
    for change in [None, Some(0), Some(1)] {
        let gathered = bench.path("images.gathered");
        fs::remove_dir_all(&gathered).ok();
        fs::create_dir_all(&gathered).expect("a folder");
        let rows = format!("{:09}-{:09}.40px-q85.copies", 0, ROWS + 3);
        match change {
            None => {}
            // Bytes that are no record, and a record of another picture under the hash of the first.
            Some(0) => fs::write(gathered.join(rows), [7; 500]).expect("a file"),
            Some(_) => {
                let mut record = vec![0; 36];
                record[32] = 9;
                record.extend([1; 16 + 9]);
                fs::write(gathered.join(rows), record).expect("a file");
            }
        }
        bench.run(&format!("{flags} images")).expect(0);
        assert_eq!(contents(&bench.path("images")), expected, "{change:?}");
        fs::remove_dir_all(bench.path("images")).expect("it is there");
    }
}
