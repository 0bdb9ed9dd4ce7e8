//! Long recordings: no word is lost and none is there twice, with pauses and without.

use pixmo_engines::{Speech, Transcriber};

use super::{SAID, model, speech, transcribe, word_error_rate, words_of};

const TIMES: usize = 6;

#[test]
fn six_times_the_same_sentence_is_six_sentences() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    let long: Vec<i16> = std::iter::repeat_n(&samples[..], TIMES).flatten().copied().collect();
    let transcript = transcribe(model, &long);
    let said = [SAID; TIMES].join(" ");
    let errors = word_error_rate(&said, &transcript.text);
    eprintln!("{} words, {errors:.4} wrong: {}", transcript.words.len(), transcript.text);
    assert!(errors <= 0.03, "{errors}: {}", transcript.text);
    assert!(transcript.words.windows(2).all(|two| two[0].start_secs <= two[1].start_secs));
    // Each sentence stands at its time.
    let starts: Vec<f64> = transcript
        .words
        .iter()
        .filter(|word| word.text == "Americans" || word.text == "Americans,")
        .map(|word| word.start_secs)
        .collect();
    assert_eq!(starts.len(), TIMES, "{starts:?}");
    for (at, start) in starts.iter().enumerate() {
        assert!((start - (at as f64 * 11.0 + 1.8)).abs() < 1.2, "{starts:?}");
    }
}

#[test]
fn speech_without_a_pause_is_cut_in_the_middle_and_joined_again() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    // Everything counts as speech, so that there is no pause to cut at.
    let long: Vec<i16> = std::iter::repeat_n(&samples[..], TIMES).flatten().copied().collect();
    let all = 0..long.len();
    let speech = Speech { samples: &long, spans: std::slice::from_ref(&all), language: None };
    let transcript = model.transcribe(&speech).expect("an answer");
    let said = [SAID; TIMES].join(" ");
    let errors = word_error_rate(&said, &transcript.text);
    eprintln!(
        "{} of {} words, {errors:.4} wrong: {}",
        transcript.words.len(),
        words_of(&said).len(),
        transcript.text
    );
    assert!(errors <= 0.05, "{errors}: {}", transcript.text);
}
