//! The lists of a finished folder: manifest, sidecar, what a build was begun with. What is understood is written again as the
//! same, and no path of it leads out of the folder unnoticed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_schemas::records::docs::DocsRecord;
use pixmo_shards::manifest::config_totals;
use pixmo_shards::{Begun, FileEntry, Location, Manifest, Sidecar, names, read_rows};

fn looked_at(location: &Location, files: &[FileEntry]) {
    for file in files.iter().take(4) {
        let error = read_rows::<DocsRecord>(location, file).expect_err("there is no such file");
        assert!(
            names::is_inside(&file.path) || error.to_string().contains("leads out of the folder"),
            "{error}"
        );
    }
}

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    let location = Location::in_memory();
    limits::within(|| {
        match Manifest::from_bytes(bytes) {
            Ok(manifest) => {
                let written = manifest.to_bytes();
                let again = Manifest::from_bytes(&written).expect("what was written can be read");
                assert_eq!(again.to_bytes(), written);
                manifest.shards.iter().take(4).for_each(|shard| looked_at(&location, &shard.files));
            }
            Err(error) => limits::is_told(&error),
        }
        match Sidecar::from_bytes(bytes) {
            Ok(sidecar) => {
                assert_eq!(sidecar.to_bytes(), bytes);
                sidecar.dropped();
                config_totals(&[sidecar.clone(), sidecar.clone()]);
                looked_at(&location, &sidecar.files);
            }
            Err(error) => limits::is_told(&error),
        }
        if let Ok(begun) = serde_json::from_slice::<Begun>(bytes) {
            assert!(begun.differences(&begun).is_empty());
            assert_eq!(begun.hash().len(), 64);
        }
    });
});
