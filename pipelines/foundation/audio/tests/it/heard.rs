//! What is taken for a voice: real speech is, silence, noise and tones are not.

use pixmo_audio::{Voice, VoiceSettings, measure};

use super::{noise, read, speech};

fn voice(samples: &[i16]) -> Voice {
    Voice::find(samples, &VoiceSettings::default())
}

/// A chord of harmonics that comes and goes twice a second, with a beat: what a simple organ plays.
fn music(secs: usize) -> Vec<i16> {
    let chords = [[220.0, 277.18, 329.63], [246.94, 311.13, 369.99], [196.0, 246.94, 293.66]];
    let sample = |at: usize| {
        let time = at as f64 / 16_000.0;
        let chord = chords[(time * 2.0) as usize % chords.len()];
        let swell = 1.0 - 0.7 * (time * 2.0).fract();
        let tone = |hertz: f64| {
            let turn = std::f64::consts::TAU * hertz * time;
            libm::sin(turn) + 0.5 * libm::sin(2.0 * turn) + 0.25 * libm::sin(3.0 * turn)
        };
        let sum: f64 = chord.iter().map(|hertz| tone(*hertz)).sum();
        (sum * swell * 3000.0) as i16
    };
    (0..secs * 16_000).map(sample).collect()
}

#[test]
fn what_is_no_voice_is_not_taken_for_one() {
    let hum: Vec<i16> = (0..160_000)
        .map(|at| (libm::sin(std::f64::consts::TAU * 50.0 * f64::from(at) / 16_000.0) * 2000.0) as i16)
        .collect();
    for (name, samples, at_most) in [
        ("silence", vec![0; 160_000], 0.0),
        ("the last bit", noise(160_000, 2), 0.0),
        ("quiet noise", noise(160_000, 300), 0.5),
        ("loud noise", noise(160_000, 20_000), 0.5),
        ("hum", hum, 0.5),
        ("music", music(10), 0.5),
    ] {
        let secs = voice(&samples).secs();
        eprintln!("{name}: {secs:.2} s of 10 s");
        assert!(secs <= at_most, "{name}: {secs} s");
    }
}

#[test]
fn real_speech_is_heard_with_its_pauses() {
    let Some(path) = speech() else { return };
    let recording = read(&path).expect("it is read");
    let voice = voice(&recording.samples);
    let measures = measure(&recording, &voice);
    eprintln!("{:?}\n{measures:?}", voice.spans);
    assert!((6.0..10.5).contains(&measures.voiced_secs), "{measures:?}");
    assert!(voice.spans.len() >= 3, "{:?}", voice.spans);
    assert!(measures.snr_db.is_some_and(|ratio| ratio > 10.0), "{measures:?}");
    // The first word begins at 0.3 s, the last ends at 10.5 s.
    assert!(voice.spans[0].start < 16_000);
    assert!(voice.spans.last().is_some_and(|span| span.end > 9 * 16_000));
}

#[test]
fn speech_is_heard_in_noise_of_ten_decibels_below() {
    let Some(path) = speech() else { return };
    let mut recording = read(&path).expect("it is read");
    let before = voice(&recording.samples).secs();
    // Speech has about -20 dB; noise of this height has -30 dB.
    let hiss = noise(recording.samples.len(), 1800);
    for (sample, hiss) in recording.samples.iter_mut().zip(hiss) {
        *sample = sample.saturating_add(hiss);
    }
    let voice = voice(&recording.samples);
    let measures = measure(&recording, &voice);
    eprintln!("clean {before} s, in noise {measures:?}");
    assert!((voice.secs() - before).abs() < 3.0, "{} s, {before} s without noise", voice.secs());
    assert!(measures.snr_db.is_some_and(|ratio| (2.0..20.0).contains(&ratio)), "{measures:?}");
}
