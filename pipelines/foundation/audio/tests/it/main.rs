//! Recordings through the whole crate: containers as an independent encoder writes them, bad files, voices, fingerprints.

#![expect(
    clippy::print_stderr,
    reason = "what was measured, and why a test is skipped, is said where its result is read"
)]

mod bad;
mod containers;
mod heard;
mod same;

use std::path::{Path, PathBuf};
use std::process::Command;

use pixmo_audio::{AudioError, Limits, Recording, decode_file};

/// Real speech: one sentence of 11 s. Says why if it is not there.
fn speech() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/audio/jfk.wav");
    if path.is_file() {
        return Some(path);
    }
    eprintln!("skipped, because {} is not there; README.md, \"Tests\", says how to get it", path.display());
    None
}

/// Whether there is an ffmpeg. Says so if not.
fn has_ffmpeg() -> bool {
    let found = Command::new("ffmpeg").arg("-version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped, because there is no `ffmpeg`; `tests/setup.sh` installs it");
    }
    found
}

/// Runs ffmpeg with these words, separated by spaces, and gives the file of the last one, in `folder`.
fn ffmpeg(folder: &Path, words: &str) -> PathBuf {
    let output = Command::new("ffmpeg")
        .args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"])
        .args(words.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("ffmpeg runs");
    assert!(output.status.success(), "ffmpeg {words}: {}", String::from_utf8_lossy(&output.stderr));
    folder.join(words.split_whitespace().next_back().expect("a file"))
}

fn read(path: &Path) -> Result<Recording, AudioError> {
    decode_file(path, &Limits::default())
}

/// A WAV file of 16-bit samples.
fn wav(path: &Path, rate: u32, channels: u16, samples: &[i16]) {
    let bytes = samples.len() as u32 * 2;
    let mut file = Vec::with_capacity(samples.len() * 2 + 44);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend(1u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * u32::from(channels) * 2).to_le_bytes());
    file.extend((channels * 2).to_le_bytes());
    file.extend(16u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    std::fs::write(path, file).expect("the file is written");
}

/// White noise, the same every time, of at most this height.
fn noise(count: usize, height: i16) -> Vec<i16> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 48) as u16 as i16) as f64 / 32_768.0
    };
    (0..count).map(|_| (next() * f64::from(height)) as i16).collect()
}
