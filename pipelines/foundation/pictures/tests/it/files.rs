//! The fixtures (tests/python/make_pictures.py) and the pixels that Pillow sees in them.

use std::path::PathBuf;

use pixmo_pictures::{Decoded, Fault, Limits, decode};
use serde_json::Value;

/// A fixture with its truth.
pub(crate) struct Known {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<u8>,
    /// By how much one sample may be off, and all of them on average.
    pub(crate) largest: u8,
    pub(crate) mean: f64,
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The bytes of a fixture.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All fixtures that have a truth.
pub(crate) fn all() -> Vec<Known> {
    let pixels = bytes("truth.bin");
    let list = serde_json::from_slice::<Vec<Value>>(&bytes("truth.json")).expect("the list of truths");
    let known = list.iter().map(|entry| {
        let number = |key: &str| entry[key].as_u64().expect("a number");
        let name = entry["name"].as_str().expect("a name").to_owned();
        let (width, height, at) = (number("width") as u32, number("height") as u32, number("at") as usize);
        Known {
            bytes: bytes(&name),
            pixels: pixels[at..at + 3 * (width * height) as usize].to_vec(),
            largest: number("largest") as u8,
            mean: entry["mean"].as_f64().expect("a number"),
            name,
            width,
            height,
        }
    });
    known.collect()
}

/// Decodes with the usual limits.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Decoded, Fault> {
    decode(bytes, &Limits::default())
}

/// Decodes a fixture that must be whole.
pub(crate) fn picture(name: &str) -> Decoded {
    decoded(&bytes(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// The real photographs of the workspace.
pub(crate) fn photograph() -> Decoded {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/backgrounds/meadow.jpg");
    decoded(&std::fs::read(path).expect("a photograph")).expect("a whole photograph")
}
