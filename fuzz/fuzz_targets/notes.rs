//! What image files of others say of themselves: a few statements, each with words, or none.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_pictures::notes;

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let said = limits::within(|| notes(bytes));
    assert!(said.statements.len() <= 64);
    assert!(said.statements.iter().all(|statement| !statement.words.is_empty() && !statement.place.is_empty()));
    said.against_training().count();
    said.is_generated();
});
