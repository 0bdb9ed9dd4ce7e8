//! What a server of a language model sends: events that are cut anywhere, and the JSON in them. An answer is the same
//! however its bytes came, is not larger than allowed, and what is no answer is told.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_engine_chat::reply::Draft;
use pixmo_engine_chat::sse::{Event, Events};
use pixmo_engines::chat::{Format, schema};
use pixmo_fuzz::limits;

/// Most bytes of an event, and of an answer.
const BYTES_MAX: usize = 4096;

/// The events in some bytes, which came in pieces of this size; `None` where one is too long.
fn events(bytes: &[u8], piece: usize) -> Option<Vec<Event>> {
    let mut parser = Events::new(BYTES_MAX);
    let mut found = Vec::new();
    for piece in bytes.chunks(piece) {
        parser.push(piece, |event| found.push(event)).ok()?;
    }
    found.extend(parser.finish());
    Some(found)
}

fn answered(events: &[Event], format: &Format) -> Option<String> {
    let mut draft = Draft::new(BYTES_MAX);
    for event in events {
        match draft.take_event(&event.data) {
            Ok(begin) => assert!(draft.text().is_char_boundary(begin)),
            Err(failed) => {
                limits::is_told(&failed);
                return None;
            }
        }
    }
    match draft.finish(format, 1) {
        Ok(text) => {
            assert!(!text.is_empty() && text.len() <= BYTES_MAX);
            Some(text)
        }
        Err(failed) => {
            limits::is_told(&failed);
            None
        }
    }
}

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    limits::within(|| {
        let whole = events(bytes, bytes.len().max(1));
        for piece in [1, 7] {
            assert_eq!(whole, events(bytes, piece));
        }
        for event in whole.iter().flatten() {
            assert!(event.data.len() <= 3 * BYTES_MAX && event.kind.len() <= 3 * BYTES_MAX);
        }
        let form = serde_json::json!({ "type": "object", "required": ["caption"] });
        let format = Format::Json { name: "a".to_owned(), schema: form };
        if let Some(events) = &whole {
            answered(events, &Format::Text);
            if let Some(text) = answered(events, &format) {
                let value: serde_json::Value = serde_json::from_str(&text).expect("it was held to a form");
                assert!(value.get("caption").is_some());
            }
        }
        // The same bytes as an answer that came at once, as a schema, and as a value that is held to itself.
        let mut draft = Draft::new(BYTES_MAX);
        if let Err(failed) = draft.take_whole(bytes) {
            limits::is_told(&failed);
        }
        if let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes)
            && let Some(fault) = schema::fault(&value, &value)
        {
            // Names of fields stand in it, which are as long as the input.
            assert!(!fault.is_empty() && fault.len() <= 2 * bytes.len() * 64 + 200);
        }
    });
});
