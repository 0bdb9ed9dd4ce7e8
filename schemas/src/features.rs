//! The features metadata of the `datasets` library, in the spelling that its old and new versions both read.

use crate::column::{Column, Kind};

/// Key of the features JSON in the Arrow schema metadata.
pub const FEATURES_KEY: &str = "huggingface";

/// The value of the metadata key `huggingface`: `{"info":{"features":{…}}}`, byte for byte as the library writes it.
///
/// The spelling is the legacy one (`"_type":"Sequence"`, a one-element JSON list for a list of structs). Version 3.1
/// refuses the new one, version 5.2 reads both.
pub fn features_json(columns: &[Column]) -> String {
    let mut json = String::from(r#"{"info":{"features":"#);
    push_fields(&mut json, columns);
    json.push_str("}}");
    json
}

fn push_fields(json: &mut String, fields: &[Column]) {
    json.push('{');
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            json.push(',');
        }
        json.push_str(&serde_json::Value::from(field.name).to_string());
        json.push(':');
        push_kind(json, &field.kind);
    }
    json.push('}');
}

fn push_kind(json: &mut String, kind: &Kind) {
    match kind {
        Kind::String
        | Kind::Binary
        | Kind::Int32
        | Kind::Int64
        | Kind::Float32
        | Kind::Float64
        | Kind::Bool => {
            json.push_str(r#"{"dtype":""#);
            json.push_str(dtype(kind));
            json.push_str(r#"","_type":"Value"}"#);
        }
        Kind::Image => json.push_str(r#"{"_type":"Image"}"#),
        Kind::Audio { sampling_rate_hz } => {
            json.push_str(&format!(r#"{{"sampling_rate":{sampling_rate_hz},"_type":"Audio"}}"#));
        }
        Kind::List(element) => {
            json.push_str(r#"{"feature":"#);
            push_kind(json, element);
            json.push_str(r#","_type":"Sequence"}"#);
        }
        Kind::StructOfLists(fields) => {
            json.push_str(r#"{"feature":"#);
            push_fields(json, fields);
            json.push_str(r#","_type":"Sequence"}"#);
        }
        Kind::ListOfStructs(fields) => {
            json.push('[');
            push_fields(json, fields);
            json.push(']');
        }
    }
}

/// The library's name of a scalar or media kind; nested kinds have none.
pub(crate) fn dtype(kind: &Kind) -> &'static str {
    match kind {
        Kind::String => "string",
        Kind::Binary => "binary",
        Kind::Int32 => "int32",
        Kind::Int64 => "int64",
        Kind::Float32 => "float32",
        Kind::Float64 => "float64",
        Kind::Bool => "bool",
        Kind::Image => "image",
        Kind::Audio { .. } => "audio",
        Kind::List(_) | Kind::StructOfLists(_) | Kind::ListOfStructs(_) => "",
    }
}
