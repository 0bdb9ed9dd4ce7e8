//! Files that end too early: never a panic, and never a picture that looks whole and is not.

use pixmo_pictures::{Fault, Limits, Warning, glimpse};

use crate::files::{Known, all, bytes, decoded};

/// Every place of a short file, and about two hundred of a longer one.
fn places(known: &Known) -> impl Iterator<Item = usize> {
    let length = known.bytes.len();
    (1..length).step_by((length / 200).max(1)).chain(length.saturating_sub(16)..length)
}

#[test]
fn a_cut_file_is_never_silently_whole() {
    for known in all() {
        let whole = decoded(&known.bytes).expect("a whole picture");
        // Behind the end there is nothing to lose.
        let end =
            if whole.warnings.contains(&Warning::TrailingBytes) { known.bytes.len() - 8 } else { usize::MAX };
        for place in places(&known).filter(|place| *place < end) {
            match decoded(&known.bytes[..place]) {
                Err(_) => {}
                // Directories and pixels of a TIFF lie anywhere: what is cut may be nothing of the picture.
                Ok(cut) if known.name.ends_with(".tif") && cut.pixels == whole.pixels => {}
                Ok(_) => panic!("{} cut after {place} of {} bytes", known.name, known.bytes.len()),
            }
        }
    }
}

#[test]
fn a_cut_is_called_a_cut() {
    for name in
        ["plain.jpg", "progressive.jpg", "plain.png", "lossless.webp", "plain.gif", "plain.bmp", "runs.bmp"]
    {
        let file = bytes(name);
        for part in [3, 5, 7] {
            let cut = &file[..file.len() * part / 8];
            let fault = decoded(cut).expect_err("it is cut");
            assert!(matches!(fault, Fault::Truncated { .. }), "{name} cut after {part} of 8: {fault:?}");
            let seen = glimpse(cut, &Limits::default()).expect_err("its end is missing");
            assert!(matches!(seen, Fault::Truncated { .. }), "{name} cut after {part} of 8: {seen:?}");
        }
    }
}

/// Servers and editors close what was cut with an end marker.
#[test]
fn a_jpeg_that_was_cut_and_closed_again_is_found() {
    for name in ["plain.jpg", "half.jpg", "grey.jpg", "inks.jpg", "photo.jpg", "restarts.jpg"] {
        let file = bytes(name);
        let scan = file.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan") + 14;
        let end = file.len() - 2;
        // As far as a decoder looks ahead, nothing can be told.
        for place in (scan..end - 16).step_by(7) {
            let mut closed = file[..place].to_vec();
            if closed.ends_with(&[0xFF]) {
                continue;
            }
            closed.extend([0xFF, 0xD9]);
            assert!(decoded(&closed).is_err(), "{name} cut after {place} of {}", file.len());
        }
    }
}

#[test]
fn a_progressive_jpeg_without_its_last_scans_is_marked() {
    let file = bytes("progressive.jpg");
    let scans = file.windows(2).enumerate().filter(|(_, pair)| *pair == [0xFF, 0xDA]).map(|(at, _)| at);
    let scans = scans.collect::<Vec<_>>();
    // Tables for a scan stand before it.
    let last = *scans.last().expect("scans");
    let tables = file[..last].windows(2).rposition(|pair| pair == [0xFF, 0xC4]).unwrap_or(last);
    let mut closed = file[..tables.min(last)].to_vec();
    closed.extend([0xFF, 0xD9]);
    let coarse = decoded(&closed).expect("a coarser picture");
    assert!(coarse.warnings.contains(&Warning::ScansMissing), "{:?}", coarse.warnings);
    assert!(!decoded(&file).expect("a whole picture").warnings.contains(&Warning::ScansMissing));
}

#[test]
fn restart_markers_are_counted() {
    let file = bytes("restarts.jpg");
    let marker = file.windows(2).rposition(|pair| pair[0] == 0xFF && matches!(pair[1], 0xD0..=0xD7));
    let marker = marker.expect("restart markers");
    let mut lost = file.clone();
    lost.drain(marker..marker + 2);
    assert!(decoded(&lost).is_err());
}
