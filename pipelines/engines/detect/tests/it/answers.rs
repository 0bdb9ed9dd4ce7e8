//! What models answer.

use pixmo_engine_detect::{OnnxClassifier, OnnxDetector};
use pixmo_engines::onnx::{ClassifierSettings, DetectorSettings, Head, InputSettings, Scores};
use pixmo_engines::{Area, Classifier, Detector, Picture};

use crate::{astronaut, fixture, nanodet};

fn settings_of(json: serde_json::Value) -> DetectorSettings {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_person_is_found_in_a_photograph() {
    let Some(model) = nanodet() else { return };
    let detector = OnnxDetector::open(&settings_of(serde_json::json!({
        "model": model,
        "sha256": "93d95779d5ba1f51fecedef8bff2b7192f7b29abc955ff2a171a4e6d39632c68",
        "head": "nanodet",
    })))
    .unwrap();
    let pixels = astronaut();
    let found = detector.detect(&Picture::new(&pixels, 320, 320).unwrap()).unwrap();
    // The reference says `person` with 0.90 for the larger original.
    let person = &found[0];
    assert_eq!(person.label, "person");
    assert!(person.score > 0.8, "{found:?}");
    // Her face is in the box, and the box is most of the picture.
    assert!(
        person.area.overlap(&Area { left: 20.0, top: 0.0, right: 300.0, bottom: 320.0 }) > 0.7,
        "{found:?}"
    );
    assert!(person.area.right <= 320.0 && person.area.bottom <= 320.0);
    // The same picture in another place of another size is found there.
    let mut wide = vec![90u8; 480 * 320 * 3];
    for (row, line) in pixels.chunks_exact(320 * 3).enumerate() {
        wide[(row * 480 + 160) * 3..][..320 * 3].copy_from_slice(line);
    }
    let found = detector.detect(&Picture::new(&wide, 480, 320).unwrap()).unwrap();
    let person = found.iter().find(|one| one.label == "person").expect("she is still there");
    assert!(person.area.left > 140.0 && person.area.right <= 480.0, "{found:?}");
}

#[test]
fn answers_do_not_depend_on_threads_or_who_asks() {
    let Some(model) = nanodet() else { return };
    let open = |threads: usize| {
        let json =
            serde_json::json!({"model": model, "head": "nanodet", "threads": threads, "score_min": 0.05});
        OnnxDetector::open(&settings_of(json)).unwrap()
    };
    let (alone, pair) = (open(1), open(2));
    let pixels = astronaut();
    let picture = Picture::new(&pixels, 320, 320).unwrap();
    let first = alone.detect(&picture).unwrap();
    assert!(first.len() > 1);
    let ask = |detector: &OnnxDetector| assert_eq!(detector.detect(&picture).unwrap(), first);
    std::thread::scope(|scope| {
        for detector in [&alone, &alone, &pair] {
            scope.spawn(move || ask(detector));
        }
    });
}

#[test]
fn boxes_come_in_pixels_of_the_picture() {
    let detector = OnnxDetector::open(&DetectorSettings {
        input: Some(InputSettings {
            mean: [0.0; 3],
            std: [255.0; 3],
            width: 4,
            height: 4,
            ..Head::Ssd.usual_input()
        }),
        score_min: 0.5,
        ..settings_of(serde_json::json!({"model": fixture("faces.onnx"), "head": "ssd"}))
    })
    .unwrap();
    assert_eq!(detector.labels(), ["face"]);
    let ask = |value: u8| {
        let pixels = vec![value; 200 * 100 * 3];
        detector.detect(&Picture::new(&pixels, 200, 100).unwrap()).unwrap()
    };
    let dark = ask(0);
    assert_eq!(dark.len(), 1);
    assert_eq!(dark[0].area, Area { left: 50.0, top: 25.0, right: 100.0, bottom: 50.0 });
    let bright = ask(255);
    // The second box is surer in a bright picture, so it comes first.
    assert_eq!(bright[0].area, Area { left: 100.0, top: 0.0, right: 200.0, bottom: 50.0 });
    assert!((bright[0].score - 1.0).abs() < 1e-3 && bright.len() == 2, "{bright:?}");
}

#[test]
fn a_classifier_says_how_much_of_each_class_a_picture_is() {
    let open = |scores: Scores| {
        OnnxClassifier::open(&ClassifierSettings {
            model: fixture("colours.onnx"),
            sha256: None,
            input: InputSettings {
                width: 4,
                height: 4,
                mean: [0.0; 3],
                std: [255.0; 3],
                ..Head::Yolo.usual_input()
            },
            labels: ["red", "green", "blue"].map(str::to_owned).to_vec(),
            scores,
            threads: 1,
        })
    };
    let pixels = [255, 0, 0].repeat(9 * 7);
    let picture = Picture::new(&pixels, 9, 7).unwrap();
    let scores = open(Scores::Softmax).unwrap().classify(&picture).unwrap();
    // Logits 4, 0 and 0.
    let e4 = libm::expf(4.0);
    for (score, (label, wanted)) in
        scores.iter().zip([("red", e4 / (e4 + 2.0)), ("green", 1.0 / (e4 + 2.0)), ("blue", 1.0 / (e4 + 2.0))])
    {
        assert_eq!(score.label, label);
        assert!((score.score - wanted).abs() < 1e-4, "{scores:?}");
    }
    let scores = open(Scores::Sigmoid).unwrap().classify(&picture).unwrap();
    assert!((scores[0].score - e4 / (1.0 + e4)).abs() < 1e-4 && (scores[1].score - 0.5).abs() < 1e-4);
    // Its numbers are logits; taken for scores they are told to mean nothing.
    let error = open(Scores::Ready).unwrap_err();
    assert!(format!("{error:?}").contains("`scores` in its settings"), "{error:?}");
}
