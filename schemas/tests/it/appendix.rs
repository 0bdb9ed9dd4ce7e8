//! The features metadata is byte for byte what the `datasets` library itself writes for the published columns.
//! The strings below come from that library, not from this crate.

use pixmo_schemas::Dataset;
use pixmo_schemas::column::schema;

#[track_caller]
fn check(dataset: Dataset, config: &str, expected: &str) {
    let config = dataset.config(config).expect("the config exists");
    let schema = schema(config.columns);
    assert_eq!(schema.metadata()["huggingface"], expected);
    assert_eq!(schema.metadata().len(), 1);
}

#[test]
fn cap() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"caption":{"dtype":"string","_type":"Value"},"transcripts":{"feature":{"dtype":"string","_type":"Value"},"_type":"Sequence"}}}}"#;
    check(Dataset::Cap, "default", EXPECTED);
}

#[test]
fn cap_qa() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"question":{"dtype":"string","_type":"Value"},"answer":{"dtype":"string","_type":"Value"},"messages":{"feature":{"dtype":"string","_type":"Value"},"_type":"Sequence"}}}}"#;
    check(Dataset::CapQa, "default", EXPECTED);
}

#[test]
fn ask_model_anything() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"image_sha256":{"dtype":"string","_type":"Value"},"question":{"dtype":"string","_type":"Value"},"answer":{"dtype":"string","_type":"Value"}}}}"#;
    check(Dataset::AskModelAnything, "default", EXPECTED);
}

#[test]
fn points() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"image_sha256":{"dtype":"string","_type":"Value"},"points":[{"x":{"dtype":"float64","_type":"Value"},"y":{"dtype":"float64","_type":"Value"}}],"count":{"dtype":"int64","_type":"Value"},"label":{"dtype":"string","_type":"Value"},"collection_method":{"dtype":"string","_type":"Value"}}}}"#;
    check(Dataset::Points, "default", EXPECTED);
}

#[test]
fn point_explanations() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"image_sha256":{"dtype":"string","_type":"Value"},"question":{"dtype":"string","_type":"Value"},"response":{"dtype":"string","_type":"Value"},"parsed_response":{"dtype":"string","_type":"Value"},"alt_text":{"feature":{"dtype":"string","_type":"Value"},"_type":"Sequence"},"inline_text":{"feature":{"dtype":"string","_type":"Value"},"_type":"Sequence"},"points":{"feature":{"feature":{"feature":{"dtype":"float64","_type":"Value"},"_type":"Sequence"},"_type":"Sequence"},"_type":"Sequence"}}}}"#;
    check(Dataset::PointExplanations, "default", EXPECTED);
}

#[test]
fn docs() {
    const EXPECTED: &str = r#"{"info":{"features":{"image":{"_type":"Image"},"image_id":{"dtype":"string","_type":"Value"},"questions":{"feature":{"question":{"dtype":"string","_type":"Value"},"answer":{"dtype":"string","_type":"Value"}},"_type":"Sequence"}}}}"#;
    check(Dataset::Docs, "charts", EXPECTED);
    check(Dataset::Docs, "diagrams", EXPECTED);
    check(Dataset::Docs, "tables", EXPECTED);
    check(Dataset::Docs, "other", EXPECTED);
}

#[test]
fn clocks() {
    const EXPECTED: &str = r#"{"info":{"features":{"example_id":{"dtype":"string","_type":"Value"},"watchface_id":{"dtype":"string","_type":"Value"},"watchface_name":{"dtype":"string","_type":"Value"},"watch_time":{"dtype":"string","_type":"Value"},"time_format":{"dtype":"string","_type":"Value"},"shows_seconds":{"dtype":"bool","_type":"Value"},"hour_visible":{"dtype":"int32","_type":"Value"},"minute_visible":{"dtype":"int32","_type":"Value"},"second_visible":{"dtype":"int32","_type":"Value"},"text":{"dtype":"string","_type":"Value"}}}}"#;
    check(Dataset::Clocks, "default", EXPECTED);
}

#[test]
fn count() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"image_sha256":{"dtype":"string","_type":"Value"},"count":{"dtype":"int32","_type":"Value"},"points":{"feature":{"x":{"dtype":"float32","_type":"Value"},"y":{"dtype":"float32","_type":"Value"}},"_type":"Sequence"},"label":{"dtype":"string","_type":"Value"}}}}"#;
    check(Dataset::Count, "default", EXPECTED);
}

#[test]
fn points_eval() {
    const EXPECTED: &str = r#"{"info":{"features":{"image_url":{"dtype":"string","_type":"Value"},"image_sha256":{"dtype":"string","_type":"Value"},"label":{"dtype":"string","_type":"Value"},"points":[{"x":{"dtype":"float64","_type":"Value"},"y":{"dtype":"float64","_type":"Value"}}],"masks":{"feature":{"feature":{"feature":{"dtype":"bool","_type":"Value"},"_type":"Sequence"},"_type":"Sequence"},"_type":"Sequence"}}}}"#;
    check(Dataset::PointsEval, "default", EXPECTED);
}
