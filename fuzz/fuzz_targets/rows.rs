//! Parquet files of others, as they come with lists that fit them: rows, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_fuzz::limits;
use pixmo_schemas::records::docs::DocsRecord;
use pixmo_schemas::records::docs_points::DocsPointsRecord;
use pixmo_shards::{FileEntry, Location, ReadError, Rows, Split, read_columns, read_rows};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Most rows that are looked at; a few bytes can say a million times that there is nothing.
const ROWS_MAX: usize = 2_000;

#[derive(Deserialize)]
struct Few {
    #[serde(rename = "image_id")]
    _image_id: String,
}

fn looked_at<R>(rows: Result<Rows<R>, ReadError>) {
    match rows {
        Ok(rows) => rows.take(ROWS_MAX).for_each(|row| drop(row.inspect_err(limits::is_told))),
        Err(error) => limits::is_told(&error),
    }
}

/// A panic of the decoder itself is caught by the reader and told as an error; all others end the run.
fn prepare() {
    limits::prepare();
    let ends = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let of_decoder = |file: &str| file.contains("/parquet-") || file.contains("/arrow-");
        if !panic.location().is_some_and(|place| of_decoder(place.file())) {
            ends(panic);
        }
    }));
}

fuzz_target!(init: prepare(), |bytes: &[u8]| {
    let location = Location::in_memory();
    location.put_atomic("charts/a.parquet", bytes).expect("memory takes it");
    let entry = FileEntry {
        path: "charts/a.parquet".to_owned(),
        config: "charts".to_owned(),
        split: Split::Train,
        rows: 1,
        bytes: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(bytes)),
        num_bytes: 1,
    };
    limits::within(|| {
        looked_at(read_rows::<DocsRecord>(&location, &entry));
        looked_at(read_rows::<DocsPointsRecord>(&location, &entry));
        looked_at(read_columns::<Few>(&location, &entry, &["image_id"]));
    });
});
