//! What is refused before any picture is looked at, and in which words.

use std::error::Error;

use pixmo_engine_detect::OnnxDetector;
use pixmo_engines::onnx::DetectorSettings;

use crate::fixture;

/// The error and its causes in one line.
fn refusal(json: serde_json::Value) -> String {
    let settings: DetectorSettings = serde_json::from_value(json).unwrap();
    let error = OnnxDetector::open(&settings).unwrap_err();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}

fn check(json: serde_json::Value, wanted: &[&str]) {
    let text = refusal(json);
    for part in wanted {
        assert!(text.contains(part), "`{part}` is not in: {text}");
    }
}

#[test]
fn a_file_that_is_not_there_or_another_one() {
    check(serde_json::json!({"model": "none.onnx", "head": "yolo"}), &["cannot read the model `none.onnx`"]);
    check(
        serde_json::json!({"model": fixture("faces.onnx"), "head": "ssd", "sha256": "0".repeat(64)}),
        &["is not the one that was named", "expected `0000"],
    );
}

#[test]
fn a_file_that_is_no_model() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("text.onnx", &b"not a model"[..]), ("empty.onnx", b"")] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        check(
            serde_json::json!({"model": path, "head": "yolo"}),
            &[name, "is no ONNX model that can be run"],
        );
    }
    // A model that is cut off anywhere is refused, or has lost nothing that matters; it never brings the program down.
    let whole = std::fs::read(fixture("faces.onnx")).unwrap();
    let path = folder.path().join("cut.onnx");
    for length in (0..whole.len()).step_by(7) {
        std::fs::write(&path, &whole[..length]).unwrap();
        let settings = serde_json::from_value(serde_json::json!({"model": path, "head": "ssd"})).unwrap();
        assert!(OnnxDetector::open(&settings).is_err(), "cut to {length} bytes");
    }
}

#[test]
fn a_model_of_another_form() {
    let small = serde_json::json!({"width": 4, "height": 4, "mean": [0, 0, 0], "std": [1, 1, 1]});
    check(
        serde_json::json!({"model": fixture("faces.onnx"), "head": "ssd"}),
        &["its input is [1, 3, 4, 4]", "expected [1, 3, 240, 320]"],
    );
    check(
        serde_json::json!({"model": fixture("faces.onnx"), "head": "yolo", "input": small}),
        &["it answers [1, 2, 2], [1, 2, 4]", "expected one output [1, 84, boxes]"],
    );
    check(
        serde_json::json!({"model": fixture("faces.onnx"), "head": "ssd", "input": small, "labels": ["a", "b"]}),
        &["expected one output [1, boxes, 3] of scores"],
    );
}

#[test]
fn settings_that_cannot_be() {
    let with = |key: &str, value: serde_json::Value| {
        let mut json = serde_json::json!({"model": "x.onnx", "head": "yolo"});
        json[key] = value;
        json
    };
    check(with("score_min", 1.5.into()), &["`score_min` is 1.5, expected 0 to 1"]);
    check(with("threads", 0.into()), &["`threads` is 0, expected 1 to 256"]);
    check(with("labels", serde_json::json!([])), &["`labels` is empty"]);
    let input = |std: f32, width: u32| serde_json::json!({"width": width, "height": 4, "mean": [0, 0, 0], "std": [1, std, 1]});
    check(with("input", input(0.0, 4)), &["`std` holds a number that nothing can be divided by"]);
    check(with("input", input(1.0, 0)), &["`width` and `height` are 0 and 4"]);
}
