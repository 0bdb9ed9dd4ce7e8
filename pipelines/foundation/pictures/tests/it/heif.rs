//! AVIF and HEIC, by the program of libheif where it is installed.

use pixmo_pictures::{About, Fault, Format, Limits, Warning, decode, glimpse, notes, reads_heif};

use crate::files::{bytes, decoded};

const ALLOWED: fn() -> Limits = || Limits::default().with_heif();

/// Whether the program is there; where it is not, a word about it.
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
fn can_be_read() -> bool {
    let there = reads_heif();
    if !there {
        eprintln!("skipped, because `heif-convert` is not installed (Debian: libheif-examples)");
    }
    there
}

/// How far two pictures are from each other, per sample.
fn distance(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.len() as f64
}

#[test]
fn nothing_is_read_unless_it_is_allowed() {
    for (name, format) in [("plain.avif", Format::Avif), ("noted.heic", Format::Heic)] {
        let fault = decoded(&bytes(name)).unwrap_err();
        assert!(matches!(&fault, Fault::Unsupported { format: found, .. } if *found == format), "{fault}");
        assert!(fault.to_string().contains("`heif`"), "{fault}");
    }
}

#[test]
fn a_glimpse_needs_no_decoder() {
    let seen = |name: &str| glimpse(&bytes(name), &ALLOWED()).unwrap();
    let noted = seen("noted.heic");
    assert_eq!((noted.format, noted.width, noted.height), (Format::Heic, 96, 64));
    for orientation in 2..=8_u8 {
        let turned = seen(&format!("turned-{orientation}.heic"));
        let size = if orientation >= 5 { (64, 96) } else { (96, 64) };
        assert_eq!((turned.orientation, turned.width, turned.height), (orientation, size.0, size.1));
    }
    let avif = seen("plain.avif");
    assert!(avif.width > 0 && avif.format == Format::Avif, "{avif:?}");
}

#[test]
fn turned_pictures_stand_upright() {
    if !can_be_read() {
        return;
    }
    let truth = decoded(&bytes("heif.png")).unwrap();
    let stored = |x: usize, y: usize| &truth.pixels[(y * 96 + x) * 3..][..3];
    for orientation in 1..=8_u8 {
        let name = if orientation == 1 { "noted.heic".into() } else { format!("turned-{orientation}.heic") };
        let found = decode(&bytes(&name), &ALLOWED()).unwrap();
        assert_eq!((found.format, found.orientation), (Format::Heic, orientation), "{name}");
        let (width, height) = if orientation >= 5 { (64, 96) } else { (96, 64) };
        assert_eq!((found.width, found.height), (width, height), "{name}");
        // Where each pixel comes from, by the table of EXIF.
        let mut upright = Vec::new();
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (x, y) = match orientation {
                    2 => (95 - x, y),
                    3 => (95 - x, 63 - y),
                    4 => (x, 63 - y),
                    5 => (y, x),
                    6 => (y, 63 - x),
                    7 => (95 - y, 63 - x),
                    8 => (95 - y, x),
                    _ => (x, y),
                };
                upright.extend_from_slice(stored(x, y));
            }
        }
        let far = distance(&found.pixels, &upright);
        assert!(far < 6.0, "{name}: {far}");
    }
}

#[test]
fn avif_gives_the_picture_of_the_png() {
    if !can_be_read() {
        return;
    }
    let (avif, png) =
        (decode(&bytes("plain.avif"), &ALLOWED()).unwrap(), decoded(&bytes("plain.png")).unwrap());
    assert_eq!((avif.width, avif.height, avif.format), (png.width, png.height, Format::Avif));
    let far = distance(&avif.pixels, &png.pixels);
    assert!(far < 8.0, "{far}");
}

#[test]
fn what_a_heic_says_of_itself_is_read() {
    let notes = notes(&bytes("noted.heic"));
    assert_eq!(notes.copyright().map(|said| said.words.as_str()), Some("2026 A. Painter"));
    let rights = notes.statements.iter().find(|said| said.about == About::LicenceAddress).unwrap();
    assert_eq!(rights.words, "https://example.org/rights");
}

#[test]
fn c2pa_stores_and_what_they_forbid_are_found_in_their_box() {
    // The store of a JPEG fixture, in the box that ISO base media files have for it.
    let mut file = bytes("noted.heic");
    let store = b"manifest\0\0\0\0\0\0\0\0\0not a store";
    let name =
        [0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81];
    file.extend((8 + 16 + 4 + store.len() as u32).to_be_bytes());
    file.extend(b"uuid");
    file.extend(name);
    file.extend([0; 4]);
    file.extend(store);
    assert_eq!(notes(&file).unreadable, ["c2pa"]);
}

#[test]
fn cut_files_are_named_wherever_they_are_cut() {
    for name in ["noted.heic", "plain.avif"] {
        let whole = bytes(name);
        for end in (40..whole.len()).step_by(97).chain([whole.len() - 1]) {
            let fault = decode(&whole[..end], &ALLOWED()).unwrap_err();
            assert!(
                matches!(fault, Fault::Truncated { .. } | Fault::Damaged { .. }),
                "{name} {end}: {fault}"
            );
        }
    }
}

#[test]
fn damaged_boxes_never_bring_anything_down() {
    for name in ["noted.heic", "plain.avif"] {
        let whole = bytes(name);
        // The boxes before the pixels, byte by byte; walked only, so that no program has to run so often.
        for at in 0..whole.len().min(700) {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut file = whole.clone();
                file[at] = value;
                let _said = notes(&file);
                let _size = glimpse(&file, &ALLOWED());
            }
        }
    }
}

#[test]
fn bombs_are_refused_before_a_program_runs() {
    let mut file = bytes("noted.heic");
    let size = file.windows(4).position(|kind| kind == b"ispe").unwrap() + 8;
    file[size..size + 8].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let fault = decode(&file, &ALLOWED()).unwrap_err();
    assert!(matches!(fault, Fault::Bomb { .. }), "{fault}");
}

#[test]
fn pixels_that_are_damaged_or_not_as_said_are_refused() {
    if !can_be_read() {
        return;
    }
    let mut other = bytes("noted.heic");
    let size = other.windows(4).position(|kind| kind == b"ispe").unwrap() + 8;
    other[size + 3] = 32;
    assert!(matches!(decode(&other, &ALLOWED()), Err(Fault::Damaged { .. })));
    let moving = decode(&bytes("noted.heic"), &ALLOWED()).unwrap();
    assert!(!moving.warnings.contains(&Warning::FirstFrameOnly));
}
