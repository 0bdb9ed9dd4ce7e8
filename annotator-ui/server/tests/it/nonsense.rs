//! Nonsense that keeps to the form: requests made by dice from the OpenAPI document. Whatever is asked, the server says
//! yes or why not, and never that it failed.

use pixmo_annotator::context::{Context, Dice};
use pixmo_annotator::http::api_document;
use pixmo_console::Clock;
use serde_json::{Map, Value, json};

use crate::harness::{Client, both};

/// Requests of each run.
const REQUESTS: usize = 1_500;
/// Schemas within schemas that are followed.
const DEPTH_MAX: usize = 6;
/// Addresses that end the run, or write where the body says.
const LEFT_OUT: [&str; 6] = ["logout", "/me", "/admin/backup", "/admin/erase", "/admin/people", "pause"];

struct Maker {
    dice: Context,
    document: Value,
    /// Ids that mean something.
    known: Vec<String>,
}

impl Maker {
    fn roll(&self, sides: usize) -> usize {
        (u64::from_le_bytes(self.dice.bytes()) % sides as u64) as usize
    }

    fn text(&self) -> String {
        let texts = [
            "",
            "a",
            "0",
            "-1",
            "null",
            "\u{0}",
            "\u{202e}abc",
            "<script>alert(1)</script>",
            "'; DROP TABLE person; --",
            "%00",
            "../../etc/passwd",
            "\u{1f600}\u{1f600}",
            "2026-13-45T99:99:99Z",
            "1e400",
            "not-present",
            "\\\"{",
            "cap",
        ];
        match self.roll(texts.len() + 3) {
            at if at < texts.len() => texts[at].to_owned(),
            at if at == texts.len() => "x".repeat(5_000),
            _ => self.known[self.roll(self.known.len())].clone(),
        }
    }

    fn number(&self) -> Value {
        let numbers = [
            json!(0),
            json!(1),
            json!(-1),
            json!(50),
            json!(i64::MAX),
            json!(i64::MIN),
            json!(u64::MAX),
            json!(1e308),
            json!(0.1),
            json!(-0.0),
            json!(101),
        ];
        numbers[self.roll(numbers.len())].clone()
    }

    /// Anything at all.
    fn junk(&self) -> Value {
        match self.roll(7) {
            0 => Value::Null,
            1 => json!(true),
            2 => self.number(),
            3 => json!([]),
            4 => json!({}),
            5 => json!([[[[[[]]]]]]),
            _ => Value::from(self.text()),
        }
    }

    /// A value of a schema, mostly.
    fn value(&self, schema: &Value, depth: usize) -> Value {
        if depth > DEPTH_MAX || self.roll(12) == 0 {
            return self.junk();
        }
        if let Some(name) = schema["$ref"].as_str() {
            let pointer = name.trim_start_matches('#');
            let found = self.document.pointer(pointer).cloned().unwrap_or_default();
            return self.value(&found, depth + 1);
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            if let Some(choices) = schema[several].as_array().filter(|choices| !choices.is_empty()) {
                return self.value(&choices[self.roll(choices.len())], depth + 1);
            }
        }
        if let Some(choices) = schema["enum"].as_array() {
            return choices[self.roll(choices.len())].clone();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds[self.roll(kinds.len())].as_str().unwrap_or_default().to_owned(),
            kind => kind.as_str().unwrap_or_default().to_owned(),
        };
        match kind.as_str() {
            "object" => {
                let fields = schema["properties"].as_object().cloned().unwrap_or_default();
                let made = fields.iter().filter(|_| self.roll(10) > 0);
                let mut object: Map<String, Value> =
                    made.map(|(name, field)| (name.clone(), self.value(field, depth + 1))).collect();
                if fields.is_empty() {
                    // An answer: what all kinds have in it.
                    for name in [
                        "count",
                        "tally",
                        "labels",
                        "verdict",
                        "points",
                        "take",
                        "corrected",
                        "reason",
                        "label",
                    ] {
                        if self.roll(3) > 0 {
                            object.insert(name.to_owned(), self.junk());
                        }
                    }
                }
                Value::Object(object)
            }
            "array" => (0..self.roll(4)).map(|_| self.value(&schema["items"], depth + 1)).collect(),
            "integer" | "number" => self.number(),
            "boolean" => json!(self.roll(2) == 0),
            "null" => Value::Null,
            _ => Value::from(self.text()),
        }
    }
}

/// Text as a part of an address.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let part: String = text
        .bytes()
        .take(400)
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") })
        .collect();
    if part.is_empty() { "%20".to_owned() } else { part }
}

both!(nonsense_is_refused_and_nothing_fails, campaign, {
    campaign.counting_tasks(40).await;
    let anna = campaign.annotator("anna").await;
    let reviewer = campaign.reviewer("rita").await;
    let operator = campaign.operator().await;
    let worker = campaign.stranger().with_bearer(&campaign.token("worker").await);
    let mut known = vec!["1".to_owned(), anna.person.clone(), campaign.image(0).await];
    for _ in 0..3 {
        let given = anna.post("/work/next", json!({})).await.ok();
        known.push(given["assignment"]["id"].as_str().expect("a task").to_owned());
    }
    let document = serde_json::to_value(api_document()).expect("JSON");
    let maker =
        Maker { dice: Context::new(Clock::by_hand(), Dice::seeded(11)), document: document.clone(), known };
    let mut operations: Vec<(String, String, Value)> = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            if !LEFT_OUT.iter().any(|left_out| path.contains(left_out)) {
                operations.push((method.to_uppercase(), path.clone(), operation.clone()));
            }
        }
    }
    let (mut wrong, mut good) = (Vec::new(), 0);
    for _ in 0..REQUESTS {
        let (method, path, operation) = &operations[maker.roll(operations.len())];
        let mut address = path.trim_start_matches("/api/v1").to_owned();
        if address == *path {
            address = format!("/{path}");
        }
        while let Some((before, rest)) = address.split_once('{') {
            let (_, after) = rest.split_once('}').expect("a name ends");
            address = format!("{before}{}{after}", escaped(&maker.text()));
        }
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let query: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query" && maker.roll(2) == 0)
            .map(|parameter| {
                format!("{}={}", parameter["name"].as_str().expect("a name"), escaped(&maker.text()))
            })
            .collect();
        if !query.is_empty() {
            address = format!("{address}?{}", query.join("&"));
        }
        let content =
            operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
        let body = content.map(|(media_type, content)| {
            let value = maker.value(&content["schema"], 0);
            (media_type.as_str(), value.to_string().into_bytes())
        });
        let client: &Client = match operation["tags"][0].as_str() {
            Some("reviewer") => &reviewer,
            Some("operator") => &operator,
            Some("worker") => &worker,
            _ => &anna,
        };
        let body_text = body
            .as_ref()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).chars().take(300).collect::<String>());
        let reply = client.send(method, &address, body).await;
        good += usize::from(reply.status < 300);
        let says_why = reply.status < 400 || reply.json()["code"].is_string();
        if reply.status >= 500 || !says_why {
            wrong.push(format!("{method} {address} answered {}: sent {body_text:?}", reply.status));
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert!(good > REQUESTS / 20, "only {good} of {REQUESTS} were let through: too much is nonsense");
});
