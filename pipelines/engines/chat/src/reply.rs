//! What servers answer, gathered to one text, whether it comes at once or in pieces.

use pixmo_engines::chat::{ChatClass, ChatFailed, Format, Usage, schema};
use serde::Deserialize;
use serde_json::Value;

/// An answer while it comes.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    bytes_max: usize,
    text: String,
    refusal: String,
    ended: Option<String>,
    called_tools: bool,
    usage: Option<Usage>,
    model: Option<String>,
    is_done: bool,
}

/// A reply or a piece of one, of which we read what we need; servers send more.
#[derive(Deserialize)]
struct Reply {
    model: Option<String>,
    choices: Option<Vec<Choice>>,
    usage: Option<Tokens>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    index: Option<u64>,
    delta: Option<Part>,
    message: Option<Part>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Part {
    content: Option<Value>,
    refusal: Option<String>,
    tool_calls: Option<Value>,
}

#[derive(Deserialize)]
struct Tokens {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

impl Draft {
    /// An answer of at most so many bytes of text.
    #[must_use]
    pub fn new(bytes_max: usize) -> Draft {
        Draft { bytes_max, ..Draft::default() }
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens that the server counted, if it did.
    #[must_use]
    pub fn usage(&self) -> Option<Usage> {
        self.usage
    }

    /// The name that the server gave the model, if it gave one.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// Whether nothing more is to come.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Takes the data of an event, and gives back where in the text the new piece begins.
    ///
    /// # Errors
    /// When it is no piece of an answer, tells of an error, or makes the answer too long.
    pub fn take_event(&mut self, data: &str) -> Result<usize, ChatFailed> {
        if data.trim() == "[DONE]" {
            self.is_done = true;
            return Ok(self.text.len());
        }
        self.take(data.as_bytes())
    }

    /// Takes a whole answer.
    ///
    /// # Errors
    /// As [`Draft::take_event`].
    pub fn take_whole(&mut self, body: &[u8]) -> Result<usize, ChatFailed> {
        let begin = self.take(body)?;
        self.is_done = true;
        Ok(begin)
    }

    fn take(&mut self, json: &[u8]) -> Result<usize, ChatFailed> {
        let begin = self.text.len();
        let reply: Reply = serde_json::from_slice(json).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            nonsense(format!("{} bytes are no reply as JSON, at {line}:{column}", json.len()))
        })?;
        if let Some(error) = reply.error.filter(|error| !error.is_null()) {
            return Err(crate::trouble::of_message(&error));
        }
        if reply.choices.is_none() && reply.usage.is_none() {
            return Err(nonsense("the reply has neither `choices` nor `usage`".to_owned()));
        }
        self.model = reply.model.filter(|model| !model.is_empty()).or(self.model.take());
        if let Some(Tokens { prompt_tokens, completion_tokens }) = reply.usage {
            let (tokens_in, tokens_out) =
                (prompt_tokens.unwrap_or_default(), completion_tokens.unwrap_or_default());
            self.usage = Some(Usage { tokens_in, tokens_out, is_estimated: false });
        }
        // One answer is asked for, and the first is taken.
        let first = |choice: &Choice| choice.index.unwrap_or_default() == 0;
        for choice in reply.choices.unwrap_or_default().into_iter().filter(first) {
            self.ended = choice.finish_reason.filter(|reason| !reason.is_empty()).or(self.ended.take());
            let Some(part) = choice.delta.or(choice.message) else { continue };
            self.called_tools |=
                part.tool_calls.is_some_and(|calls| !calls.is_null() && calls != Value::Array(vec![]));
            self.refusal.push_str(&part.refusal.unwrap_or_default());
            self.text.push_str(&text_of(part.content)?);
            if self.text.len().max(self.refusal.len()) > self.bytes_max {
                let detail = format!("the answer has more than {} bytes", self.bytes_max);
                return Err(ChatFailed::new(ChatClass::TooLong, detail));
            }
        }
        Ok(begin)
    }

    /// The whole text, of the form that was asked for.
    ///
    /// # Errors
    /// When the answer was refused, is too long, has no end, or is not of the form.
    pub fn finish(self, format: &Format, tokens_max: u32) -> Result<String, ChatFailed> {
        let failed = |class, detail: &str| Err(ChatFailed::new(class, detail));
        let ended = self.ended.as_deref();
        if !self.refusal.is_empty() || ended == Some("content_filter") {
            return failed(ChatClass::Refusal, "the model will not answer this");
        }
        if matches!(ended, Some("length" | "max_tokens")) {
            let detail = format!("the answer does not end within {tokens_max} tokens");
            return failed(ChatClass::TooLong, &detail);
        }
        if !self.is_done && ended.is_none() {
            let detail = format!("the stream ended after {} bytes of text, without an end", self.text.len());
            return failed(ChatClass::Cut, &detail);
        }
        if self.called_tools {
            return failed(ChatClass::Nonsense, "the model wants a tool, and has none");
        }
        if self.text.trim().is_empty() {
            return failed(ChatClass::Nonsense, "the answer is empty");
        }
        match format {
            Format::Text => Ok(self.text),
            Format::Json { schema, .. } => of_form(&self.text, schema),
        }
    }
}

/// The text of a part: a string, or several with a type.
fn text_of(content: Option<Value>) -> Result<String, ChatFailed> {
    match content {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) => Ok(text),
        Some(Value::Array(parts)) => Ok(parts.iter().filter_map(|part| part.get("text")?.as_str()).collect()),
        Some(_) => Err(nonsense("the content of the reply is no text".to_owned())),
    }
}

/// The JSON value in a text, if it is of the form. Models that are only told to write JSON put it between fences.
fn of_form(text: &str, form: &Value) -> Result<String, ChatFailed> {
    let inner = text.trim();
    let inner = match inner.strip_prefix("```") {
        Some(fenced) => {
            let fenced = fenced.strip_prefix("json").unwrap_or(fenced);
            fenced.trim_end().strip_suffix("```").unwrap_or(fenced).trim()
        }
        None => inner,
    };
    let value: Value = serde_json::from_str(inner).map_err(|error| {
        nonsense(format!("the answer is no JSON, at {}:{}", error.line(), error.column()))
    })?;
    match schema::fault(form, &value) {
        Some(fault) => Err(nonsense(fault)),
        None => Ok(inner.to_owned()),
    }
}

fn nonsense(detail: String) -> ChatFailed {
    ChatFailed::new(ChatClass::Nonsense, detail)
}
