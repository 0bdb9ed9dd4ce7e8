//! As `recheck`, with data and programs built from operations.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::{
    limits,
    program::{self, Case},
};

fuzz_target!(init: limits::prepare(), |case: Case| {
    program::hold(&case.data(), case.programs().iter().map(String::as_str));
});
