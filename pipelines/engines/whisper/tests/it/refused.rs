//! Files that are no model, or not whole, or too large for the machine.

use std::path::Path;

use pixmo_engine_whisper::{OpenError, Whisper, WhisperFile, memory};
use pixmo_engines::ModelError;
use pixmo_engines::speech::WhisperSettings;

use super::shared;

fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}

fn refused(folder: &Path, bytes: &[u8]) -> String {
    let path = folder.join("model.bin");
    std::fs::write(&path, bytes).expect("the file is written");
    let error = Whisper::open(&WhisperSettings::new(&path)).expect_err("it is no model");
    told(&error).replace(&format!("{}", path.display()), "FILE")
}

#[test]
fn what_is_no_model_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |bytes: &[u8]| refused(folder.path(), bytes);
    let no_model = "cannot use `FILE`: it is no Whisper model:";
    assert_eq!(told(b""), format!("{no_model} it has 0 bytes, expected one in the ggml form of whisper.cpp"));
    assert_eq!(
        told(b"GGUF\x03\0\0\0"),
        format!("{no_model} it begins with 0x46554747, expected one in the ggml form of whisper.cpp")
    );
    assert_eq!(
        told(b"lmgg\0\0"),
        "cannot use `FILE`: it is damaged: it ends after 6 bytes, within its shape"
    );
    assert!(
        told(&[b"lmgg".as_slice(), &[1; 44]].concat())
            .starts_with(&format!("{no_model} its vocabulary is 16843009"))
    );
    let missing = Whisper::open(&WhisperSettings::new(folder.path().join("none.bin")));
    assert!(matches!(missing, Err(OpenError::Model(ModelError::Read { .. }))));
}

#[test]
fn a_model_that_was_cut_or_changed_is_told() {
    let Some(path) = shared("models/ggml-tiny.en-q8_0.bin") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = std::fs::read(&path).expect("the model is read");
    let file = WhisperFile::check(&path).expect("the model is whole");
    assert_eq!((file.shape.audio_layers, file.shape.audio_width, file.shape.vocabulary), (4, 384, 51_864));
    assert!(!file.shape.is_multilingual());
    for kept in [bytes.len() - 1, bytes.len() / 2, 100_000, 20_000, 60] {
        let told = refused(folder.path(), &bytes[..kept]);
        assert!(told.starts_with("cannot use `FILE`: it is damaged:"), "{kept}: {told}");
    }
    let other = WhisperSettings { sha256: Some("0".repeat(64)), ..WhisperSettings::new(&path) };
    assert!(matches!(Whisper::open(&other), Err(OpenError::Model(ModelError::Other { .. }))));
    let german = WhisperSettings { language: Some("de".to_owned()), ..WhisperSettings::new(&path) };
    assert!(matches!(Whisper::open(&german), Err(OpenError::Language { .. })));
    let none = WhisperSettings { threads: Some(0), ..WhisperSettings::new(&path) };
    assert!(matches!(Whisper::open(&none), Err(OpenError::Setting(_))));
}

#[test]
fn a_model_that_does_not_fit_into_memory_is_not_loaded() {
    let Some(path) = shared("models/ggml-tiny.en-q8_0.bin") else { return };
    let error =
        Whisper::open_within(&WhisperSettings::new(&path), Some(50_000_000)).expect_err("50 MB are too few");
    let text = error.to_string();
    assert!(text.contains("MB of memory, and 50 MB are left"), "{text}");
    let file = WhisperFile::check(&path).expect("the model is whole");
    let (model, state) = (memory::of_model(&file), memory::of_state(&file));
    eprintln!("the model takes {model} bytes, a question {state}");
    assert!(memory::available().is_none_or(|available| available > 1_000_000));
}
