//! The body of a chat request, read field by field, so that what is wrong can be named.

use pixmo_molmo::captioner::Sampling;
use serde_json::{Map, Value};

use super::{App, Problem, data_url};
use crate::ask;

/// Turns of a conversation at most.
const TURNS_MAX: usize = 64;
/// Texts that end an answer at most.
const STOPS_MAX: usize = 16;

/// What is asked.
#[derive(Debug)]
pub(super) struct Asked {
    /// User, assistant, user and so on.
    pub(super) turns: Vec<String>,
    /// The bytes of the picture, and the field in which they stand.
    pub(super) picture: Option<(Vec<u8>, String)>,
    pub(super) sampling: Sampling,
    pub(super) is_streamed: bool,
    pub(super) with_usage: bool,
}

/// A field, and whether it does nothing with a value.
type Field = (&'static str, fn(&Value) -> bool);

/// Fields that would change the answer, and that this server does not know, with the values under which they do nothing.
const UNSUPPORTED: &[Field] = &[
    ("n", |value| value.as_u64() == Some(1)),
    ("best_of", |value| value.as_u64() == Some(1)),
    ("logprobs", |value| value == &Value::Bool(false)),
    ("top_logprobs", |value| value.as_u64() == Some(0)),
    ("frequency_penalty", |value| value.as_f64() == Some(0.0)),
    ("presence_penalty", |value| value.as_f64() == Some(0.0)),
    ("logit_bias", |value| value.as_object().is_some_and(Map::is_empty)),
    ("tools", |value| value.as_array().is_some_and(Vec::is_empty)),
    ("functions", |value| value.as_array().is_some_and(Vec::is_empty)),
    ("response_format", |value| value["type"] == "text"),
    ("top_k", |value| value.as_i64() == Some(-1)),
    ("min_p", |value| value.as_f64() == Some(0.0)),
    ("repetition_penalty", |value| value.as_f64() == Some(1.0)),
];

impl Asked {
    /// Reads a body.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub(super) fn read(body: &Value, app: &App) -> Result<Asked, Problem> {
        let fields =
            body.as_object().ok_or_else(|| Problem::invalid("body", "the body is no JSON object"))?;
        let field = |name: &str| fields.get(name).filter(|value| !value.is_null());
        if let Some(model) = field("model")
            && model.as_str() != Some(&app.settings.name)
        {
            let message = format!("the model here is `{}`, and {model} is asked for", app.settings.name);
            let problem = Problem::new(axum::http::StatusCode::NOT_FOUND, "model_not_found", message);
            return Err(problem);
        }
        for (name, does_nothing) in UNSUPPORTED {
            if let Some(value) = field(name).filter(|value| !does_nothing(value)) {
                return Err(Problem::unsupported(
                    *name,
                    format!("`{name}` cannot be {} here; leave it out", short(value)),
                ));
            }
        }
        let messages = field("messages").and_then(Value::as_array).filter(|messages| !messages.is_empty());
        let messages =
            messages.ok_or_else(|| Problem::invalid("messages", "expected a list of one message or more"))?;
        let (turns, picture) = conversation(messages, app)?;
        Ok(Asked {
            turns,
            picture,
            sampling: sampling(&field, &app.settings.sampling)?,
            is_streamed: flag(field("stream"), "stream")?,
            with_usage: match field("stream_options") {
                Some(options) => flag(options.get("include_usage"), "stream_options.include_usage")?,
                None => false,
            },
        })
    }
}

type Picture = Option<(Vec<u8>, String)>;

/// The turns and the picture of a conversation. Several messages of the same person in a row are one turn.
fn conversation(messages: &[Value], app: &App) -> Result<(Vec<String>, Picture), Problem> {
    if messages.len() > TURNS_MAX {
        let message = format!("there are {} messages, at most {TURNS_MAX} are read", messages.len());
        return Err(Problem::invalid("messages", message));
    }
    let (mut turns, mut picture): (Vec<String>, Picture) = (Vec::new(), None);
    for (index, message) in messages.iter().enumerate() {
        let at = format!("messages[{index}]");
        let is_user = match message["role"].as_str() {
            Some("user") => true,
            Some("assistant") => false,
            Some("system" | "developer") => {
                let why = "Molmo has learnt no words of a system; put them into the message of the user";
                return Err(Problem::unsupported(format!("{at}.role"), why));
            }
            _ => {
                let found = short(&message["role"]);
                return Err(Problem::invalid(
                    format!("{at}.role"),
                    format!("{found} is no role; `user` and `assistant` are"),
                ));
            }
        };
        let text = content(&message["content"], &format!("{at}.content"), is_user, &mut picture)?;
        let is_expected = is_user == turns.len().is_multiple_of(2);
        match turns.last_mut() {
            Some(last) if !is_expected => {
                if !last.is_empty() && !text.is_empty() {
                    last.push('\n');
                }
                last.push_str(&text);
            }
            None if !is_user => {
                return Err(Problem::invalid(format!("{at}.role"), "a conversation begins with the user"));
            }
            _ => turns.push(text),
        }
    }
    if turns.len().is_multiple_of(2) {
        let last = messages.len() - 1;
        return Err(Problem::invalid(
            format!("messages[{last}].role"),
            "the last message is to be the user's",
        ));
    }
    if let [only] = &mut turns[..]
        && only.trim().is_empty()
    {
        if picture.is_none() {
            return Err(Problem::invalid(
                "messages",
                "nothing is asked: there is neither a text nor a picture",
            ));
        }
        // A picture without a word asks for a caption.
        *only = ask::caption(app.settings.recipe, None);
    }
    Ok((turns, picture))
}

/// The text of a message; its picture is put where there is none yet.
fn content(content: &Value, at: &str, is_user: bool, picture: &mut Picture) -> Result<String, Problem> {
    let parts = match content {
        Value::String(text) => return Ok(text.clone()),
        Value::Array(parts) => parts,
        other => {
            return Err(Problem::invalid(
                at,
                format!("{} is neither a text nor a list of parts", short(other)),
            ));
        }
    };
    let mut texts: Vec<&str> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let at = format!("{at}[{index}]");
        match part["type"].as_str() {
            Some("text") => {
                let text = part["text"].as_str();
                texts.push(text.ok_or_else(|| Problem::invalid(format!("{at}.text"), "expected a text"))?);
            }
            Some("image_url") if !is_user => {
                return Err(Problem::invalid(at, "only the user can show a picture"));
            }
            Some("image_url") if picture.is_some() => {
                let why = "Molmo looks at one picture in a conversation, and this is the second";
                return Err(Problem::unsupported(at, why));
            }
            Some("image_url") => {
                // Some clients give the address itself in the place of the object around it.
                let url = part["image_url"]["url"].as_str().or(part["image_url"].as_str());
                let at = format!("{at}.image_url.url");
                let url = url.ok_or_else(|| Problem::invalid(&at, "expected a data URL"))?;
                *picture = Some((data_url::bytes(url, &at)?, at));
            }
            _ => {
                let found = short(&part["type"]);
                let why = format!("{found} is no kind of part that is read; `text` and `image_url` are");
                return Err(Problem::unsupported(format!("{at}.type"), why));
            }
        }
    }
    Ok(texts.join("\n"))
}

fn sampling<'a>(field: &impl Fn(&str) -> Option<&'a Value>, given: &Sampling) -> Result<Sampling, Problem> {
    let mut sampling = given.clone();
    let number = |name: &'static str| match field(name) {
        None => Ok(None),
        Some(value) => value
            .as_f64()
            .map(Some)
            .ok_or_else(|| Problem::invalid(name, format!("{} is no number", short(value)))),
    };
    if let Some(temperature) = number("temperature")? {
        sampling.temperature = temperature as f32;
    }
    if let Some(top_p) = number("top_p")? {
        sampling.top_p = top_p as f32;
    }
    for name in ["max_tokens", "max_completion_tokens"] {
        if let Some(value) = field(name) {
            let tokens = value.as_u64().filter(|tokens| *tokens > 0);
            let tokens = tokens.ok_or_else(|| {
                Problem::invalid(name, format!("{} is no whole number from 1", short(value)))
            })?;
            sampling.tokens_max = usize::try_from(tokens).unwrap_or(usize::MAX);
        }
    }
    if let Some(value) = field("seed") {
        let seed = value.as_i64().map(|seed| seed as u64).or(value.as_u64());
        sampling.seed =
            seed.ok_or_else(|| Problem::invalid("seed", format!("{} is no whole number", short(value))))?;
    }
    if let Some(value) = field("stop") {
        sampling.stop = stops(value)?;
    }
    match sampling.fault() {
        Some(fault) => Err(Problem::invalid(fault.split(' ').next().unwrap_or("body"), fault.clone())),
        None => Ok(sampling),
    }
}

fn stops(value: &Value) -> Result<Vec<String>, Problem> {
    let wrong =
        || Problem::invalid("stop", format!("expected a text or at most {STOPS_MAX} of them, none empty"));
    let texts: Vec<String> = match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts
            .iter()
            .map(|text| text.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    if texts.len() > STOPS_MAX || texts.iter().any(String::is_empty) { Err(wrong()) } else { Ok(texts) }
}

fn flag(value: Option<&Value>, name: &str) -> Result<bool, Problem> {
    match value {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(other) => Err(Problem::invalid(name, format!("{} is neither true nor false", short(other)))),
    }
}

/// A value as it stands in a message, not too long.
fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 {
        return format!("`{text}`");
    }
    format!("`{}...`", text.chars().take(60).collect::<String>())
}
