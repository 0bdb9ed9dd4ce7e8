//! As `svg`, with documents built from elements, so that few are lost to the XML reader.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::picture::{self, Document};

fuzz_target!(init: picture::prepare(), |document: Document| {
    picture::holds(&document.write());
});
