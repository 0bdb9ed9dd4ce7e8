//! The folder of outputs of the reference implementation: `PIXMO_GOLDENS`, or `../shared/goldens` beside the repository.

use std::fs;
use std::path::PathBuf;

use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

/// A folder of goldens.
#[expect(clippy::disallowed_methods, reason = "a test asks where what it is held against lies")]
pub(crate) fn folder(name: &str) -> PathBuf {
    let root = std::env::var_os("PIXMO_GOLDENS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/goldens")),
        PathBuf::from,
    );
    root.join(name)
}

/// Whether the goldens are there; says why a test is skipped if they are not.
pub(crate) fn are_there() -> bool {
    let there = folder("molmo").is_dir();
    if !there {
        skipped(&format!("there are no goldens in {}; set PIXMO_GOLDENS", folder("").display()));
    }
    there
}

/// Says why a test does nothing.
#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped, because {why}");
}

pub(crate) fn json(path: &str) -> Value {
    let path = folder(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The tensors of one file.
pub(crate) struct Tensors(Vec<u8>);

impl Tensors {
    pub(crate) fn read(path: &str) -> Tensors {
        let path = folder(path);
        Tensors(fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    fn parsed(&self) -> SafeTensors<'_> {
        SafeTensors::deserialize(&self.0).expect("a safetensors file")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parsed().tensor(name).is_ok()
    }

    pub(crate) fn shape(&self, name: &str) -> Vec<usize> {
        self.parsed().tensor(name).unwrap_or_else(|error| panic!("{name}: {error}")).shape().to_vec()
    }

    fn bytes(&self, name: &str, dtype: Dtype) -> Vec<u8> {
        let parsed = self.parsed();
        let tensor = parsed.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(tensor.dtype(), dtype, "{name}");
        tensor.data().to_vec()
    }

    pub(crate) fn f32(&self, name: &str) -> Vec<f32> {
        let bytes = self.bytes(name, Dtype::F32);
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four bytes"))).collect()
    }

    pub(crate) fn i32(&self, name: &str) -> Vec<i32> {
        let bytes = self.bytes(name, Dtype::I32);
        bytes.chunks_exact(4).map(|four| i32::from_le_bytes(four.try_into().expect("four bytes"))).collect()
    }

    pub(crate) fn u8(&self, name: &str) -> Vec<u8> {
        self.bytes(name, Dtype::U8)
    }
}

/// The largest difference between two lists of the same length.
pub(crate) fn largest_difference(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    found.iter().zip(expected).map(|(found, expected)| (found - expected).abs()).fold(0.0, f32::max)
}
