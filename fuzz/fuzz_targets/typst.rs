//! Typst of others: a scene, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::{limits, page};

fuzz_target!(init: page::prepare(), |bytes: &[u8]| {
    page::holds(&limits::text(bytes));
});
