//! SVG of others: pixels and texts, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::{limits, picture};

fuzz_target!(init: picture::prepare(), |bytes: &[u8]| {
    picture::holds(&limits::text(bytes));
});
