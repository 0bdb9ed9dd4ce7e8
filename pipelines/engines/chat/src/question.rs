//! A question in the form of the protocol.

use pixmo_engines::chat::{ChatRequest, ChatSettings, Format, Role, Structured};
use serde_json::{Value, json};

/// The body of the request. Every message has one text and nothing else.
pub(crate) fn body(request: &ChatRequest, settings: &ChatSettings) -> Vec<u8> {
    let messages: Vec<Value> = request
        .messages
        .iter()
        .map(|message| {
            let role = match message.role {
                Role::System => "system",
                Role::User => "user",
                Role::Assistant => "assistant",
            };
            json!({ "role": role, "content": message.text })
        })
        .collect();
    let mut body = json!({
        "model": settings.model,
        "messages": messages,
        "max_tokens": request.tokens_max,
        "temperature": request.temperature,
        "stream": settings.stream,
    });
    if settings.stream {
        body["stream_options"] = json!({ "include_usage": true });
    }
    if let Some(top_p) = request.top_p {
        body["top_p"] = json!(top_p);
    }
    if let Some(seed) = request.seed {
        body["seed"] = json!(seed);
    }
    if !request.stop.is_empty() {
        body["stop"] = json!(request.stop);
    }
    if let Format::Json { name, schema } = &request.format {
        match settings.structured {
            Structured::Schema => {
                let form = json!({ "name": name, "schema": schema, "strict": true });
                body["response_format"] = json!({ "type": "json_schema", "json_schema": form });
            }
            Structured::Object => body["response_format"] = json!({ "type": "json_object" }),
            Structured::Prompt => {}
        }
    }
    body.to_string().into_bytes()
}
