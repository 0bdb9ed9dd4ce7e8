//! What a second of recording costs before a model hears it: decoding with resampling, voice, measures, fingerprint.
//!
//!     cargo bench -p pixmo-audio
//!
//! Milliseconds of the processor a second of sound, one thread, the least of several rounds.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it found")]
#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

#[path = "../../../../tests/benches/shared/stopwatch.rs"]
mod stopwatch;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use pixmo_audio::{Fingerprint, Limits, Voice, VoiceSettings, decode_file, measure};
use stopwatch::{Stopwatch, clock_of_processor, wall};

const ROUNDS: usize = 5;
const ROUND_MS: f64 = 300.0;

/// Containers, and what ffmpeg is told to make them.
const CONTAINERS: &[(&str, &str)] = &[
    ("a.webm", "-c:a libopus -b:a 32k"),
    ("a.m4a", "-c:a aac -b:a 64k -ar 44100 -ac 2"),
    ("a.mp3", "-c:a libmp3lame -b:a 64k -ar 44100"),
    ("a.flac", "-c:a flac -ar 48000 -ac 2"),
    ("a.wav", "-c:a pcm_s16le -ar 48000 -ac 2"),
];

/// The least milliseconds of the processor that the work takes, over several rounds.
fn least_ms(work: impl Fn()) -> f64 {
    work();
    let round = || {
        let (began, watch, mut turns) = (clock_of_processor(), Stopwatch::start(), 0.0);
        while watch.ms() < ROUND_MS {
            work();
            turns += 1.0;
        }
        (clock_of_processor() - began) / turns
    };
    (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let speech = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/audio/jfk.wav");
    if !speech.is_file() {
        println!("skipped, because {} is not there", speech.display());
        return;
    }
    if wall() {
        println!("the system does not tell time on the processor; time as it passes stands in");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut files: Vec<PathBuf> = vec![speech.clone()];
    for (file, with) in CONTAINERS {
        let path = folder.path().join(file);
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(&speech)
            .args(with.split_whitespace())
            .arg(&path)
            .status();
        match made {
            Ok(status) if status.success() => files.push(path),
            _ => println!("{file}: skipped, because `ffmpeg` did not make it"),
        }
    }
    let limits = Limits::default();
    println!("milliseconds of the processor a second of sound");
    for file in &files {
        let secs = decode_file(file, &limits).expect("it is read").duration_secs();
        let ms = least_ms(|| {
            black_box(decode_file(file, &limits).expect("it is read"));
        });
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("decode and resample {name:<10}{:>8.3}", ms / secs);
    }
    let recording = decode_file(&speech, &limits).expect("it is read");
    let (secs, settings) = (recording.duration_secs(), VoiceSettings::default());
    let voice = Voice::find(&recording.samples, &settings);
    let told = |what: &str, ms: f64| println!("{what:<30}{:>8.3}", ms / secs);
    told("voice", least_ms(|| _ = black_box(Voice::find(&recording.samples, &settings))));
    told("measures", least_ms(|| _ = black_box(measure(&recording, &voice))));
    told("fingerprint", least_ms(|| _ = black_box(Fingerprint::of(&recording.samples))));
}
