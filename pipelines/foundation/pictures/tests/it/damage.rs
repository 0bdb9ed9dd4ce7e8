//! Files with bytes changed, moved and cut out: an answer for each, whatever it is, and no panic of ours.

use std::sync::Mutex;

use pixmo_pictures::{Limits, decode, encode_jpeg, glimpse, look, notes, shrink};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

use crate::files::all;

/// Variants of each fixture.
const VARIANTS: u64 = 60;
/// Small, so that a header that is believed costs nothing.
const LIMITS: Limits = Limits { bytes_max: 1 << 20, pixels_max: 1 << 20, side_max: 4_096, heif: false };

/// Panics that began in this crate's own files.
static OURS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn watch() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            if place.contains("pictures/src") {
                OURS.lock().expect("a list").push(info.to_string());
            }
            // What others do is caught, and told as damage.
            if !place.contains("registry") {
                before(info);
            }
        }));
    });
}

fn changed(bytes: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut file = bytes.to_vec();
    for _ in 0..1 + random.next_u32() % 4 {
        let place = random.next_u32() as usize % file.len();
        match random.next_u32() % 6 {
            0 => file[place] ^= 1 << (random.next_u32() % 8),
            1 => file[place] = random.next_u32() as u8,
            2 => file[place] = [0x00, 0xFF, 0x7F, 0x80][random.next_u32() as usize % 4],
            3 => {
                let end = (place + 4).min(file.len());
                let number = random.next_u32().to_le_bytes();
                file[place..end].copy_from_slice(&number[..end - place]);
            }
            4 => {
                let end = (place + 1 + random.next_u32() as usize % 16).min(file.len());
                file.drain(place..end);
            }
            _ => {
                let part = file[place..(place + 32).min(file.len())].to_vec();
                let to = random.next_u32() as usize % file.len();
                file.splice(to..to, part);
            }
        }
        if file.is_empty() {
            break;
        }
    }
    file
}

/// All that can be asked of bytes; what comes back must make sense.
fn asked(bytes: &[u8]) {
    let said = notes(bytes);
    assert!(said.statements.len() <= 64);
    let seen = glimpse(bytes, &LIMITS);
    match decode(bytes, &LIMITS) {
        Ok(picture) => {
            assert_eq!(picture.pixels.len() as u64, 3 * u64::from(picture.width) * u64::from(picture.height));
            assert!(picture.warnings.is_sorted());
            let seen = seen.expect("what is decoded is seen as well");
            let size = (picture.width, picture.height, picture.orientation);
            assert_eq!((seen.width, seen.height, seen.orientation), size);
            let small = shrink(&picture, 24);
            look(&small);
            assert!(decode(&encode_jpeg(&small, 80), &LIMITS).is_ok());
        }
        Err(fault) => assert!(!fault.to_string().is_empty() && fault.to_string().len() < 1_000),
    }
}

#[test]
fn changed_files_have_an_answer() {
    watch();
    for (number, known) in all().iter().enumerate() {
        let mut random = ChaCha8Rng::seed_from_u64(number as u64);
        for _ in 0..VARIANTS {
            asked(&changed(&known.bytes, &mut random));
        }
    }
    let ours = OURS.lock().expect("a list");
    assert!(ours.is_empty(), "{}", ours.join("\n"));
}

#[test]
fn the_same_bytes_give_the_same_picture_in_any_thread() {
    let files = all();
    let pictures = |files: &[crate::files::Known]| {
        files
            .iter()
            .map(|known| decode(&known.bytes, &Limits::default()).map(|picture| (look(&picture), picture)))
            .collect::<Vec<_>>()
    };
    let here = pictures(&files);
    std::thread::scope(|scope| {
        let threads = (0..3).map(|_| scope.spawn(|| pictures(&files))).collect::<Vec<_>>();
        for thread in threads {
            assert_eq!(thread.join().expect("no panic"), here);
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_behind_any_beginning_have_an_answer(start in 0usize..8, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        watch();
        const STARTS: [&[u8]; 8] = [
            b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"RIFF\x40\0\0\0WEBPVP8X", b"GIF89a",
            b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"",
        ];
        asked(&[STARTS[start], &bytes].concat());
    }
}
