//! Whether a JSON value has the form that was asked for.
//!
//! Servers promise to hold answers to a JSON schema, and some do not. What is looked at here: `type`, `enum`, `const`,
//! `properties`, `required`, `additionalProperties: false`, `items`, `minItems`, `maxItems`, `minLength`, `maxLength`,
//! `minimum`, `maximum`, `anyOf`. Other keywords are passed over.

use serde_json::Value;

/// Deeper than this, a value is not looked at.
const DEPTH_MAX: usize = 64;

/// The first way in which `value` is not of the form `schema`, if there is one; it names places and never contents.
#[must_use]
pub fn fault(schema: &Value, value: &Value) -> Option<String> {
    at("the answer", schema, value, 0)
}

fn at(place: &str, schema: &Value, value: &Value, depth: usize) -> Option<String> {
    if depth > DEPTH_MAX {
        return Some(format!("{place} is nested more than {DEPTH_MAX} deep"));
    }
    if schema.as_bool() == Some(false) {
        return Some(format!("{place} is not expected"));
    }
    let schema = schema.as_object()?;
    if let Some(kinds) = schema.get("type")
        && !is_of_kind(kinds, value)
    {
        return Some(format!("{place} is {}, expected {}", kind_of(value), named(kinds)));
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array)
        && !choices.contains(value)
    {
        return Some(format!("{place} is none of the {} values that are allowed", choices.len()));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return Some(format!("{place} is not the one value that is allowed"));
    }
    if let Some(forms) = schema.get("anyOf").and_then(Value::as_array)
        && forms.iter().all(|form| at(place, form, value, depth + 1).is_some())
    {
        return Some(format!("{place} has none of the {} forms that are allowed", forms.len()));
    }
    let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
    let outside = |found: f64, least: &str, most: &str| {
        limit(least).is_some_and(|least| found < least) || limit(most).is_some_and(|most| found > most)
    };
    match value {
        Value::Number(number) if outside(number.as_f64().unwrap_or(f64::NAN), "minimum", "maximum") => {
            Some(format!("{place} is out of range"))
        }
        Value::String(text) if outside(text.chars().count() as f64, "minLength", "maxLength") => {
            Some(format!("{place} has {} characters, which are too few or too many", text.chars().count()))
        }
        Value::Array(items) => {
            if outside(items.len() as f64, "minItems", "maxItems") {
                return Some(format!("{place} has {} items, which are too few or too many", items.len()));
            }
            let form = schema.get("items")?;
            (0..).zip(items).find_map(|(index, item)| at(&format!("{place}[{index}]"), form, item, depth + 1))
        }
        Value::Object(fields) => of_fields(place, schema, fields, depth),
        _ => None,
    }
}

fn of_fields(
    place: &str,
    schema: &serde_json::Map<String, Value>,
    fields: &serde_json::Map<String, Value>,
    depth: usize,
) -> Option<String> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    if let Some(name) = names.filter_map(Value::as_str).find(|name| !fields.contains_key(*name)) {
        return Some(format!("{place} has no `{name}`"));
    }
    let none = serde_json::Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    let others = schema.get("additionalProperties");
    fields.iter().find_map(|(name, value)| match (known.get(name), others) {
        (Some(form), _) => at(&format!("{place}.{name}"), form, value, depth + 1),
        (None, Some(Value::Bool(false))) => Some(format!("{place} has a field that is not expected")),
        (None, Some(form)) => at(&format!("a further field of {place}"), form, value, depth + 1),
        (None, None) => None,
    })
}

fn is_of_kind(kinds: &Value, value: &Value) -> bool {
    match kinds {
        Value::Array(kinds) => kinds.iter().any(|kind| is_of_kind(kind, value)),
        Value::String(kind) => match kind.as_str() {
            "integer" => {
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            kind => kind == kind_of(value),
        },
        _ => true,
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn named(kinds: &Value) -> String {
    match kinds {
        Value::Array(kinds) => kinds.iter().map(named).collect::<Vec<_>>().join(" or "),
        other => other.as_str().unwrap_or("something else").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn forms_are_checked_and_faults_name_their_place() {
        let schema = json!({
            "type": "object",
            "properties": {
                "caption": { "type": "string", "minLength": 2, "maxLength": 5 },
                "sure": { "type": "integer", "minimum": 0, "maximum": 10 },
                "tags": { "type": "array", "items": { "enum": ["a", "b"] }, "maxItems": 2 },
                "note": { "type": ["string", "null"] },
                "kind": { "anyOf": [{ "const": 1 }, { "type": "boolean" }] },
            },
            "required": ["caption"],
            "additionalProperties": false,
        });
        for good in [
            json!({ "caption": "cat" }),
            json!({ "caption": "äöüßé", "sure": 10, "tags": ["a", "b"], "note": null, "kind": true }),
            json!({ "caption": "cat", "sure": 3.0, "kind": 1 }),
        ] {
            assert_eq!(fault(&schema, &good), None, "{good}");
        }
        for (bad, told) in [
            (json!([]), "the answer is array, expected object"),
            (json!({}), "the answer has no `caption`"),
            (json!({ "caption": 1 }), "the answer.caption is number, expected string"),
            (json!({ "caption": "a" }), "the answer.caption has 1 characters, which are too few or too many"),
            (json!({ "caption": "cat", "sure": 10.5 }), "the answer.sure is number, expected integer"),
            (json!({ "caption": "cat", "sure": 11 }), "the answer.sure is out of range"),
            (
                json!({ "caption": "cat", "tags": ["a", "c"] }),
                "the answer.tags[1] is none of the 2 values that are allowed",
            ),
            (
                json!({ "caption": "cat", "tags": ["a", "a", "a"] }),
                "the answer.tags has 3 items, which are too few or too many",
            ),
            (json!({ "caption": "cat", "note": 1 }), "the answer.note is number, expected string or null"),
            (
                json!({ "caption": "cat", "kind": 2 }),
                "the answer.kind has none of the 2 forms that are allowed",
            ),
            (json!({ "caption": "cat", "secret": 2 }), "the answer has a field that is not expected"),
        ] {
            assert_eq!(fault(&schema, &bad).as_deref(), Some(told), "{bad}");
        }
    }
}
