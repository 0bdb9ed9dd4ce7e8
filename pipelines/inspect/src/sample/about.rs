//! All that is known of a picture, as JSON.

use pixmo_console::Failure;
use serde_json::{Value, json};

use crate::docs_rows::DocsRow;
use crate::tables::Part;

/// All that is stored about a picture; texts that hold JSON are opened.
pub(crate) fn about(part: &Part, row: &DocsRow) -> Result<Value, Failure> {
    let as_json = |error: serde_json::Error| Failure::bug("a row has no form as JSON").cause(&error);
    let mut about = json!({
        "image_id": row.main.image_id,
        "config": part.main.config, "split": part.main.split, "shard": part.shard,
        "file": part.main.path, "row": row.number,
    });
    let mut full = serde_json::to_value(&row.full).map_err(as_json)?;
    open(&mut full["data"]);
    if let Some(questions) = full["questions"].as_array_mut() {
        questions.iter_mut().for_each(|question| open(&mut question["program"]));
    }
    let points: Vec<Value> = (row.points.questions.iter().zip(&row.points.names).zip(&row.points.points))
        .map(|((question, name), points)| json!({ "question": question, "name": name, "points": points }))
        .collect();
    full["points"] = Value::Array(points);
    if let (Value::Object(about), Value::Object(full)) = (&mut about, full) {
        about.extend(full);
    }
    Ok(about)
}

fn open(value: &mut Value) {
    if let Some(text) = value.as_str() {
        *value = opened(text);
    }
}

/// The value in a text that holds JSON; a text that holds none stays a text.
pub(crate) fn opened(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}
