//! Models that are run: a real detector over a photograph, small models whose answers are known, and what does not fit.

mod answers;
mod refused;

use std::path::{Path, PathBuf};

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

/// A file beside the tests.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A photograph of one person, 320 x 320 pixels: Eileen Collins, NASA, in the public domain.
fn astronaut() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/people/astronaut.jpg");
    let file = std::fs::read(path).expect("the photograph is in the repository");
    JpegDecoder::new(ZCursor::new(file)).decode().expect("the photograph is a JPEG")
}

#[expect(clippy::print_stderr, reason = "why a test is skipped is said where its result is read")]
/// The detector that is handed out beside the repository; `None`, with a word about it, where it is not.
fn nanodet() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/models/nanodet-g-416.onnx");
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped, because {} is not there; README.md, \"Tests\", says how to get it", path.display());
    None
}
