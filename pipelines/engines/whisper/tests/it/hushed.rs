//! Silence, noise and tones are not made into words: neither behind the voice detector, nor where it is taken away and
//! the model has to listen to all of it.

use pixmo_engines::{Speech, Transcriber};

use super::{model, noise, speech, transcribe, word_error_rate};

const SECS: usize = 12;

fn tones() -> Vec<i16> {
    let chords = [[220.0, 277.18, 329.63], [246.94, 311.13, 369.99], [196.0, 246.94, 293.66]];
    let sample = |at: usize| {
        let time = at as f64 / 16_000.0;
        let chord = chords[(time * 2.0) as usize % chords.len()];
        let swell = 1.0 - 0.7 * (time * 2.0).fract();
        let tone = |hertz: f64| {
            let turn = std::f64::consts::TAU * hertz * time;
            libm::sin(turn) + 0.5 * libm::sin(2.0 * turn) + 0.25 * libm::sin(3.0 * turn)
        };
        (chord.iter().map(|hertz| tone(*hertz)).sum::<f64>() * swell * 3000.0) as i16
    };
    (0..SECS * 16_000).map(sample).collect()
}

fn cases() -> Vec<(&'static str, Vec<i16>)> {
    let count = SECS * 16_000;
    vec![
        ("digital silence", vec![0; count]),
        ("silence of a quiet room", noise(count, 8.0)),
        ("hiss", noise(count, 1500.0)),
        ("loud noise", noise(count, 15_000.0)),
        ("tones", tones()),
    ]
}

/// The room of the recording, between two words: real noise, repeated.
fn room(samples: &[i16]) -> Vec<i16> {
    let pause = &samples[73_000..85_000];
    std::iter::repeat_n(pause, SECS * 16_000 / pause.len()).flatten().copied().collect()
}

#[test]
fn behind_the_voice_detector_nothing_is_heard() {
    let Some(model) = model() else { return };
    let real = speech().map(|samples| ("a real room", room(&samples)));
    for (name, samples) in cases().into_iter().chain(real) {
        let transcript = transcribe(model, &samples);
        assert_eq!((transcript.text.as_str(), transcript.words.len()), ("", 0), "{name}");
        assert_eq!(transcript.language, "en");
    }
}

#[test]
fn the_model_alone_makes_next_to_nothing_up() {
    let Some(model) = model() else { return };
    let mut made_up = Vec::new();
    let real = speech().map(|samples| ("a real room", room(&samples)));
    for (name, samples) in cases().into_iter().chain(real) {
        let all = 0..samples.len();
        let speech = Speech { samples: &samples, spans: std::slice::from_ref(&all), language: None };
        let transcript = model.transcribe(&speech).expect("an answer");
        eprintln!(
            "{name}: {} words: {:?}, {:?}",
            transcript.words.len(),
            transcript.text,
            transcript.segments
        );
        made_up.push(transcript.words.len());
    }
    assert!(made_up.iter().sum::<usize>() <= 6, "{made_up:?}");
}

#[test]
fn words_between_silence_and_noise_are_heard_alone() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    let mut all = noise(SECS * 16_000, 20.0);
    all.extend_from_slice(&samples);
    all.extend(noise(SECS * 16_000, 1000.0));
    let transcript = transcribe(model, &all);
    assert_eq!(word_error_rate(super::SAID, &transcript.text), 0.0, "{}", transcript.text);
    assert!((11.5..13.5).contains(&transcript.words[0].start_secs), "{:?}", transcript.words[0]);
}
