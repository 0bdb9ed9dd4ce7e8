//! Every container and codec, as ffmpeg writes it, gives the same speech.

use pixmo_audio::{Recording, Voice, VoiceSettings, measure};

use super::{ffmpeg, has_ffmpeg, read, speech};

/// How alike two recordings are at the best shift within 100 ms: the normalised correlation, and the shift of the second
/// in samples.
fn correlation(a: &[i16], b: &[i16]) -> (f64, i64) {
    let at = |shift: i64| {
        let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
        for (n, x) in a.iter().enumerate().step_by(23) {
            let Some(y) = usize::try_from(n as i64 + shift).ok().and_then(|n| b.get(n)) else { continue };
            let (x, y) = (f64::from(*x), f64::from(*y));
            both += x * y;
            one += x * x;
            other += y * y;
        }
        both / (one * other).sqrt().max(1e-9)
    };
    (-1600..=1600).map(|shift| (at(shift), shift)).max_by(|a, b| a.0.total_cmp(&b.0)).expect("some shift")
}

struct Case {
    /// What ffmpeg is told, between the input and the name of the file.
    with: &'static str,
    file: &'static str,
    container: &'static str,
    codec: &'static str,
    rate: u32,
    channels: usize,
    /// Least correlation with the original, within a few milliseconds of its place.
    alike: f64,
    /// Samples by which it may be off.
    off: i64,
}

const CASES: &[Case] = &[
    Case {
        with: "-c:a libopus -b:a 32k",
        file: "a.webm",
        container: "webm",
        codec: "opus",
        rate: 48_000,
        channels: 1,
        alike: 0.95,
        off: 120,
    },
    Case {
        with: "-c:a libopus -b:a 24k -ac 2 -ar 48000",
        file: "b.webm",
        container: "webm",
        codec: "opus",
        rate: 48_000,
        channels: 2,
        alike: 0.93,
        off: 120,
    },
    Case {
        with: "-c:a libopus -b:a 32k -ar 48000",
        file: "c.ogg",
        container: "ogg",
        codec: "opus",
        rate: 48_000,
        channels: 1,
        alike: 0.95,
        off: 16,
    },
    Case {
        with: "-c:a libvorbis -ar 44100",
        file: "d.ogg",
        container: "ogg",
        codec: "vorbis",
        rate: 44_100,
        channels: 1,
        alike: 0.97,
        off: 16,
    },
    Case {
        with: "-c:a aac -b:a 64k -ar 44100 -ac 2",
        file: "e.m4a",
        container: "mp4",
        codec: "aac",
        rate: 44_100,
        channels: 2,
        alike: 0.97,
        off: 400,
    },
    Case {
        with: "-c:a aac -b:a 64k",
        file: "f.aac",
        container: "aac",
        codec: "aac",
        rate: 16_000,
        channels: 1,
        alike: 0.97,
        off: 1100,
    },
    Case {
        with: "-c:a libmp3lame -b:a 64k -ar 44100",
        file: "g.mp3",
        container: "mp3",
        codec: "mp3",
        rate: 44_100,
        channels: 1,
        alike: 0.97,
        off: 16,
    },
    Case {
        with: "-c:a libmp3lame -b:a 32k -ar 22050",
        file: "h.mp3",
        container: "mp3",
        codec: "mp3",
        rate: 22_050,
        channels: 1,
        alike: 0.95,
        off: 16,
    },
    Case {
        with: "-c:a flac -ar 96000 -ac 2 -sample_fmt s32",
        file: "i.flac",
        container: "flac",
        codec: "flac",
        rate: 96_000,
        channels: 2,
        alike: 0.99,
        off: 2,
    },
    Case {
        with: "-c:a flac -ac 6",
        file: "j.flac",
        container: "flac",
        codec: "flac",
        rate: 16_000,
        channels: 6,
        alike: 0.99,
        off: 2,
    },
    Case {
        with: "-c:a pcm_s16le -ar 8000",
        file: "k.wav",
        container: "wav",
        codec: "pcm_s16le",
        rate: 8_000,
        channels: 1,
        alike: 0.9,
        off: 2,
    },
    Case {
        with: "-c:a pcm_s24le -ar 48000 -ac 6",
        file: "l.wav",
        container: "wav",
        codec: "pcm_s24le",
        rate: 48_000,
        channels: 6,
        alike: 0.99,
        off: 2,
    },
    Case {
        with: "-c:a pcm_f32le -ar 11025 -ac 2",
        file: "m.wav",
        container: "wav",
        codec: "pcm_f32le",
        rate: 11_025,
        channels: 2,
        alike: 0.97,
        off: 2,
    },
    Case {
        with: "-c:a pcm_mulaw -ar 8000",
        file: "n.wav",
        container: "wav",
        codec: "pcm_mulaw",
        rate: 8_000,
        channels: 1,
        alike: 0.9,
        off: 2,
    },
    Case {
        with: "-c:a pcm_u8 -ar 16000",
        file: "o.wav",
        container: "wav",
        codec: "pcm_u8",
        rate: 16_000,
        channels: 1,
        alike: 0.99,
        off: 2,
    },
];

#[test]
fn every_container_gives_the_same_speech() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let first = read(&original).expect("the original is read");
    assert_eq!(first.samples.len(), 176_000);
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for case in CASES {
        let made = ffmpeg(folder.path(), &format!("-i {} {} {}", original.display(), case.with, case.file));
        let got = match read(&made) {
            Ok(got) => got,
            Err(error) => {
                wrong.push(format!("{}: {error}", case.file));
                continue;
            }
        };
        let stream = (
            got.stream.container.as_str(),
            got.stream.codec.as_str(),
            got.stream.sample_rate_hz,
            got.stream.channels,
        );
        if stream != (case.container, case.codec, case.rate, case.channels) {
            wrong.push(format!("{}: {stream:?}", case.file));
        }
        let (alike, shift) = correlation(&first.samples, &got.samples);
        let longer = got.samples.len() as i64 - first.samples.len() as i64;
        eprintln!(
            "{} {}: correlation {alike:.3}, shift {shift}, {longer} samples longer, {:?}",
            case.file, case.codec, got.stream.declared_secs
        );
        if alike < case.alike || shift.abs() > case.off || longer.abs() > 1600 {
            wrong.push(format!(
                "{}: correlation {alike:.3}, shift {shift}, {longer} samples longer",
                case.file
            ));
        }
        if got.stream.damaged_packets > 0
            || got.stream.is_cut
            || got.stream.has_video
            || got.stream.channel_taken.is_some() != (case.channels == 6)
        {
            wrong.push(format!("{}: {:?}", case.file, got.stream));
        }
        wrong.extend(measured(&first, &got).map(|what| format!("{}: {what}", case.file)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is measured differently from the original.
fn measured(first: &Recording, got: &Recording) -> Option<String> {
    let of = |recording: &Recording| {
        measure(recording, &Voice::find(&recording.samples, &VoiceSettings::default()))
    };
    let (first, got) = (of(first), of(got));
    let is_alike = (first.voiced_secs - got.voiced_secs).abs() < 0.8
        // ffmpeg makes each of two channels 3 dB quieter than the one they come from.
        && (-1.0..4.0).contains(&(first.speech_dbfs? - got.speech_dbfs?))
        && (first.snr_db? - got.snr_db?).abs() < 2.0
        && got.clipping_ratio < 1e-4;
    (!is_alike).then(|| format!("{got:?}, the original: {first:?}"))
}

#[test]
fn what_a_browser_streams_has_no_length_and_is_kept_to_the_end() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let command = format!(
        "-i {} -c:a libopus -b:a 32k -f webm -live 1 -cluster_time_limit 1000 streamed.webm",
        original.display()
    );
    let path = ffmpeg(folder.path(), &command);
    let got = read(&path).expect("a stream is read");
    assert_eq!(got.stream.declared_secs, None);
    assert!(!got.stream.is_cut);
    assert!((got.duration_secs() - 11.0).abs() < 0.05, "{} s", got.duration_secs());

    // A connection that broke: what arrived is kept.
    let bytes = std::fs::read(&path).expect("the file is read");
    std::fs::write(folder.path().join("broken.webm"), &bytes[..bytes.len() / 2])
        .expect("the file is written");
    let got = read(&folder.path().join("broken.webm")).expect("half of a stream is read");
    assert!((4.0..7.0).contains(&got.duration_secs()), "{} s", got.duration_secs());
}

#[test]
fn the_sound_of_a_film_is_taken() {
    let Some(original) = speech() else { return };
    if !has_ffmpeg() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (with, file) in [
        ("-c:v libx264 -pix_fmt yuv420p -c:a aac -b:a 64k", "film.mp4"),
        ("-c:v libvpx -b:v 50k -c:a libopus -b:a 32k", "film.webm"),
    ] {
        let input = format!("-f lavfi -i testsrc=size=64x48:rate=5 -i {}", original.display());
        let path = ffmpeg(folder.path(), &format!("{input} -shortest {with} {file}"));
        let got = read(&path).expect("a film is read");
        assert!(got.stream.has_video, "{file}");
        assert!((got.duration_secs() - 11.0).abs() < 0.3, "{file}: {} s", got.duration_secs());
    }
}
