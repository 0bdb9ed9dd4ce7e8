//! Image files of others: a picture of as many bytes as its size needs, or a fault that says something; a glimpse that agrees
//! with it; a smaller copy that is a whole file again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_pictures::{Limits, decode, encode_jpeg, glimpse, look, shrink};

/// A header that is believed may cost no more than this.
const LIMITS: Limits = Limits { bytes_max: 1 << 20, pixels_max: 4 << 20, side_max: 8_192, heif: false };

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    limits::within(|| {
        let seen = glimpse(bytes, &LIMITS);
        match decode(bytes, &LIMITS) {
            Ok(picture) => {
                assert_eq!(picture.pixels.len() as u64, 3 * u64::from(picture.width) * u64::from(picture.height));
                assert!(picture.warnings.is_sorted());
                let seen = seen.expect("what is decoded is seen as well");
                assert_eq!((seen.width, seen.height), (picture.width, picture.height));
                let small = shrink(&picture, 32);
                look(&small);
                let again = decode(&encode_jpeg(&small, 80), &LIMITS).expect("what was written can be read");
                assert_eq!((again.width, again.height), (small.width, small.height));
            }
            Err(fault) => limits::is_told(&fault),
        }
    });
});
