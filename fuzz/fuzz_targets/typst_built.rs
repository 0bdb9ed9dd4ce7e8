//! As `typst`, with pages built from calls and markup, so that few are lost to the list of known names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::page::{self, Page};

fuzz_target!(init: page::prepare(), |page: Page| {
    page::holds(&page.write());
});
