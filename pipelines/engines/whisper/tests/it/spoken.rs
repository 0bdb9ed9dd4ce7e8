//! Words, times, confidence; several questions at once.

use pixmo_engines::{Speech, Transcriber};

use super::{SAID, model, speech, transcribe, word_error_rate};

#[test]
fn real_speech_is_written_down_without_an_error() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    let transcript = transcribe(model, &samples);
    eprintln!("{transcript:#?}");
    assert_eq!(word_error_rate(SAID, &transcript.text), 0.0, "{}", transcript.text);
    assert_eq!(transcript.language, "en");
    assert_eq!(transcript.language_probability, None);
    let texts: Vec<&str> = transcript.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(texts.join(" "), transcript.text);
    assert_eq!(texts.len(), 22);
    let mut before = 0.0;
    for word in &transcript.words {
        assert!(before <= word.start_secs && word.start_secs <= word.end_secs, "{word:?}");
        assert!((0.0..=1.0).contains(&word.confidence), "{word:?}");
        before = word.end_secs;
    }
    // The first word begins at 0.3 s, "ask what" at 8.1 s, the last ends at 10.5 s.
    let at = |index: usize| transcript.words[index].start_secs;
    assert!(at(0) < 1.0 && (7.0..9.0).contains(&at(14)), "{} {}", at(0), at(14));
    assert!((9.5..=11.0).contains(&before), "{before}");
    assert!(transcript.segments.iter().all(|segment| segment.no_speech < 0.5));
    let sure = transcript.words.iter().map(|word| word.confidence).sum::<f32>() / 22.0;
    assert!(sure > 0.7, "{sure}");
}

#[test]
fn the_same_question_has_the_same_answer_whoever_asks_at_the_same_time() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    let first = transcribe(model, &samples);
    std::thread::scope(|scope| {
        let ask = || transcribe(model, &samples);
        let ask = || {
            std::thread::Builder::new().name("asks".to_owned()).spawn_scoped(scope, ask).expect("a thread")
        };
        for asked in [ask(), ask()] {
            assert_eq!(asked.join().expect("an answer"), first);
        }
    });
}

#[test]
fn a_language_that_the_model_does_not_know_is_refused() {
    let (Some(model), Some(samples)) = (model(), speech()) else { return };
    let ask = |language| {
        let speech = Speech { samples: &samples, spans: &[], language: Some(language) };
        model.transcribe(&speech)
    };
    let error = ask("de").expect_err("German");
    assert_eq!(
        error.to_string(),
        "the model `ggml-tiny.en-q8_0.bin` does not fit: it was asked for the language `de`, expected `en`, its only one"
    );
    assert_eq!(ask("en").expect("English").language, "en");
}

#[test]
fn how_it_was_asked_is_told() {
    let Some(model) = model() else { return };
    let parameters = model.parameters();
    assert_eq!(parameters["beams"], 1);
    assert!(
        parameters["whisper_cpp"].as_str().is_some_and(|version| version.starts_with("1.8")),
        "{parameters:?}"
    );
    assert_eq!(model.model().sha256, "75dc9760566d19927523e60074515599fb3c7583b9542ab284266d00f460c336");
    assert!(!model.is_multilingual());
}
