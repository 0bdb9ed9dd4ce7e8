//! What is no recording, or a bad one: told by class, never a panic.

use std::path::Path;

use pixmo_audio::{AudioError, Limits, Voice, VoiceSettings, decode, decode_file, measure};

use super::{ffmpeg, has_ffmpeg, noise, read, speech, wav};

fn class_of(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    let by_file = read(&path).map_or_else(|error| error.class().to_owned(), |_| "good".to_owned());
    let in_memory = decode(bytes.to_vec(), &Limits::default());
    let in_memory = in_memory.map_or_else(|error| error.class().to_owned(), |_| "good".to_owned());
    assert_eq!(by_file, in_memory, "{name}");
    by_file
}

#[test]
fn what_is_no_recording_is_told_by_class() {
    let folder = tempfile::tempdir().expect("a folder");
    let class = |name: &str, bytes: &[u8]| class_of(folder.path(), name, bytes);
    assert_eq!(class("empty.webm", b""), "audio_empty");
    assert_eq!(class("text.wav", b"this is a text with another name"), "audio_not_audio");
    assert_eq!(class("picture.mp3", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "audio_not_audio");
    assert_eq!(class("zeros.ogg", &[0; 4096]), "audio_not_audio");
    assert_eq!(class("cut.wav", b"RIFF\x24\0\0\0WAVEfmt "), "audio_damaged");
    assert_eq!(class("cut.webm", b"\x1a\x45\xdf\xa3\x01\0\0\0"), "audio_damaged");
    assert_eq!(class("cut.ogg", b"OggS\0\x02"), "audio_damaged");
    wav(&folder.path().join("none.wav"), 16_000, 1, &[]);
    assert!(matches!(
        read(&folder.path().join("none.wav")),
        Err(AudioError::NoSamples | AudioError::Damaged { .. })
    ));
    assert!(matches!(read(&folder.path().join("missing.wav")), Err(AudioError::Read { .. })));
    assert!(matches!(read(folder.path()), Err(AudioError::Read { .. })));
    let random: Vec<u8> = noise(20_000, i16::MAX).iter().flat_map(|sample| sample.to_le_bytes()).collect();
    assert_ne!(class("random.mp3", &random), "good");
}

#[test]
fn limits_are_kept_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.wav");
    wav(&path, 16_000, 1, &noise(16_000 * 3, 1000));
    let limits = Limits { duration_secs_max: 2.0, ..Limits::default() };
    let error = decode_file(&path, &limits).expect_err("three seconds are too long");
    assert_eq!(error.to_string(), "the recording is longer than 2 s: it says 3 s");
    assert_eq!(error.class(), "audio_too_long");

    let limits = Limits { sample_rate_min: 20_000, ..Limits::default() };
    let error = decode_file(&path, &limits).expect_err("16 kHz are too few");
    assert_eq!(error.to_string(), "the recording has 16000 samples a second, expected 20000 to 384000");

    let path = folder.path().join("many.wav");
    wav(&path, 16_000, 4, &noise(16_000 * 4, 1000));
    let limits = Limits { channels_max: 2, ..Limits::default() };
    let error = decode_file(&path, &limits).expect_err("four channels are too many");
    assert_eq!(error.to_string(), "the recording has 4 channels, expected 1 to 2");
}

#[test]
fn a_stream_without_a_length_is_held_to_the_limit_too() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = ffmpeg(
        folder.path(),
        &format!("-i {} -c:a libopus -f webm -live 1 streamed.webm", original.display()),
    );
    let limits = Limits { duration_secs_max: 5.0, ..Limits::default() };
    let error = decode_file(&path, &limits).expect_err("eleven seconds are too long");
    assert_eq!(error.to_string(), "the recording is longer than 5 s");
}

#[test]
fn channels_that_cancel_each_other_out_are_heard_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("opposite.wav");
    let mono = noise(16_000, 8000);
    let stereo: Vec<i16> = mono.iter().flat_map(|sample| [*sample, -*sample]).collect();
    wav(&path, 16_000, 2, &stereo);
    let got = read(&path).expect("it is read");
    assert!(got.stream.channel_taken.is_some());
    let loudest = got.samples.iter().map(|sample| sample.unsigned_abs()).max();
    assert!(loudest > Some(7000), "{loudest:?}");
}

#[test]
fn a_cut_file_is_kept_and_said_to_be_cut() {
    let Some(original) = speech() else { return };
    let bytes = std::fs::read(original).expect("the file is read");
    let got = decode(bytes[..bytes.len() / 2].to_vec(), &Limits::default()).expect("half is read");
    assert!(got.stream.is_cut, "{:?}", got.stream);
    assert!((got.duration_secs() - 5.5).abs() < 0.1, "{} s", got.duration_secs());
}

#[test]
fn clipping_is_measured_also_after_a_lossy_encoder() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (file, codec) in [("loud.wav", "pcm_s16le"), ("loud.webm", "libopus")] {
        let path =
            ffmpeg(folder.path(), &format!("-i {} -af volume=20dB -c:a {codec} {file}", original.display()));
        let got = read(&path).expect("it is read");
        let measures = measure(&got, &Voice::find(&got.samples, &VoiceSettings::default()));
        assert!(measures.clipping_ratio > 0.03, "{file}: {measures:?}");
    }
}

#[test]
fn flipped_bytes_are_never_a_panic() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut good = 0;
    for file in ["a.webm", "a.ogg", "a.m4a", "a.mp3", "a.flac", "a.wav"] {
        let codec = if file.ends_with("ogg") { "-c:a libopus" } else { "" };
        let path = ffmpeg(folder.path(), &format!("-i {} -t 2 {codec} {file}", original.display()));
        let bytes = std::fs::read(path).expect("the file is read");
        let places = noise(240, i16::MAX);
        for turn in places.chunks(4) {
            let mut bytes = bytes.clone();
            // The head is where lengths stand.
            let spread = if turn[0] % 2 == 0 { bytes.len() } else { bytes.len().min(600) };
            for place in turn {
                bytes[*place as u16 as usize * 7 % spread] ^= 1 << (place & 7);
            }
            if let Ok(recording) = decode(bytes, &Limits { duration_secs_max: 60.0, ..Limits::default() }) {
                assert!(recording.duration_secs() < 61.0, "{file}");
                good += 1;
            }
        }
    }
    eprintln!("{good} of 360 damaged files gave sound");
}
