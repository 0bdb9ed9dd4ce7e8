//! Stored data (first line) and programs (each further line): an answer, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::{limits, program};

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let text = limits::text(bytes);
    let (data, programs) = text.split_once('\n').unwrap_or((&text, ""));
    program::hold(data, programs.lines());
});
