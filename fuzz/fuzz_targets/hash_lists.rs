//! Hash lists and lists of removals of others. What is understood is written again as the same list, and holds no more than
//! it says.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_near::{HashList, PlainList, Tombstones};

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    limits::within(|| {
        match HashList::read(bytes) {
            Ok(list) => {
                let mut written = Vec::new();
                list.write(&mut written).expect("what was read can be written");
                let again = HashList::read(written.as_slice()).expect("what was written can be read");
                assert_eq!(again, list);
            }
            Err(error) => limits::is_told(&error),
        }
        match Tombstones::read(bytes) {
            Ok(list) => {
                let mut written = Vec::new();
                list.write(&mut written).expect("what was read can be written");
                let again = Tombstones::read(written.as_slice()).expect("what was written can be read");
                assert_eq!(again, list);
                assert!(again.since(&list).is_empty());
            }
            Err(error) => limits::is_told(&error),
        }
        match PlainList::read(bytes) {
            Ok(list) => assert!(list.len() <= bytes.len() / 32),
            Err(error) => limits::is_told(&error),
        }
    });
});
