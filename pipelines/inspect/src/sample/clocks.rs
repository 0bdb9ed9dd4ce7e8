//! What is shown of a row of `clocks`.

mod overlay;

use pixmo_console::Failure;
use pixmo_schemas::records::ClocksImagesRecord;
use pixmo_schemas::records::clocks_images::NO_HAND;
use serde_json::{Map, Value, json};

use crate::rows::clocks::ClocksRow;
use crate::sample::subject::{Layer, Looks, Subject, ending, fields, open_field, opened};
use crate::tables::Part;

/// How a page shows clocks.
pub(crate) const LOOKS: Looks = Looks {
    filters: &[
        ("body", "Body"),
        ("display", "Display"),
        ("look", "Look"),
        ("shows", "Shows"),
        ("stratum", "Stratum"),
        ("split", "Split"),
    ],
    title: "label",
    small: &["body", "look", "stratum"],
    words: &["id", "label", "body"],
    find: "words of questions, times, bodies or ids",
    layers: &[
        Layer { name: "hands", key: "h", form: "hands" },
        Layer { name: "dial", key: "d", form: "paths" },
        Layer { name: "box", key: "b", form: "boxes" },
    ],
    over: &["dial", "hands"],
};

/// The columns of `images` that hold JSON.
const JSON_COLUMNS: [&str; 5] = ["face", "body_parameters", "camera", "photo", "others"];

/// The word for whether a clock looks like a photograph.
pub(crate) fn look(wild: bool) -> &'static str {
    if wild { "wild" } else { "still" }
}

/// What can be read from a clock, in the form of its label.
fn shows(seen: &ClocksImagesRecord) -> &'static str {
    match (seen.shows_time, seen.shows_seconds, seen.shows_am_pm) {
        (false, _, _) => "no time",
        (true, false, false) => "H:MM",
        (true, true, false) => "H:MM:SS",
        (true, false, true) => "H:MM AM/PM",
        (true, true, true) => "H:MM:SS AM/PM",
    }
}

/// How a face shows time: `hands`, `digits` or `nothing`, the one name in its parameters.
fn display(face: &Value) -> &str {
    let named = face.as_object().and_then(|parts| parts.keys().next()).map(String::as_str);
    named.or(face.as_str()).unwrap_or_default()
}

impl Subject for ClocksRow {
    fn number(&self) -> u64 {
        self.number
    }

    fn id(&self) -> &str {
        &self.main.example_id
    }

    fn image(&self) -> &[u8] {
        &self.seen.image.bytes
    }

    fn about(&self) -> Result<Map<String, Value>, Failure> {
        // The picture lies beside it as a file; as numbers it would be most of the text.
        let mut seen = self.seen.clone();
        seen.image.bytes = Vec::new();
        let mut about = fields(&self.main)?;
        about.extend(fields(&seen)?);
        about.remove("image");
        for name in JSON_COLUMNS {
            about.get_mut(name).map(open_field);
        }
        Ok(about)
    }

    fn card(&self, part: &Part) -> Map<String, Value> {
        let seen = &self.seen;
        let asked: Vec<&str> = seen.questions.iter().map(|question| question.question.as_str()).collect();
        Map::from_iter([
            ("split".to_owned(), json!(part.main.split)),
            ("body".to_owned(), json!(seen.body)),
            ("display".to_owned(), json!(display(&opened(&seen.face)))),
            ("look".to_owned(), json!(look(seen.wild))),
            ("shows".to_owned(), json!(shows(seen))),
            ("stratum".to_owned(), json!(seen.stratum)),
            ("label".to_owned(), json!(if seen.shows_time { &self.main.text } else { "no time shown" })),
            ("width".to_owned(), json!(seen.width)),
            ("height".to_owned(), json!(seen.height)),
            ("asked".to_owned(), json!(asked)),
        ])
    }

    fn rest(&self, part: &Part) -> Value {
        let (main, seen) = (&self.main, &self.seen);
        let visible = [main.hour_visible, main.minute_visible, main.second_visible];
        let [hour, minute, second] =
            visible.map(|part| if part < 0 { "none".to_owned() } else { part.to_string() });
        let facts = [
            ("label", main.text.clone()),
            ("set to", seen.time.clone()),
            ("published", format!("{}, hour {hour}, minute {minute}, second {second}", main.time_format)),
            ("called", overlay::name(seen).to_owned()),
            ("body", seen.body.clone()),
            ("face", seen.watchface_id.clone()),
            ("chosen", format!("stratum {}", seen.stratum)),
            ("look", look(seen.wild).to_owned()),
            ("movement", seen.movement.replace('_', " ")),
            ("hands", hands_in_words(seen)),
            ("dial", dial_in_words(seen)),
            ("hidden", format!("{:.1} % of the dial", 100.0 * seen.occluded_share)),
            (
                "size",
                format!(
                    "{} × {}, {} bytes, {}",
                    seen.width,
                    seen.height,
                    self.image().len(),
                    ending(self.image())
                ),
            ),
            ("seed", seen.seed.clone()),
            ("row", format!("shard {}, {} row {}", part.shard, part.main.path, self.number)),
        ];
        let facts: Vec<_> = facts.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let questions: Vec<Value> = (seen.questions.iter())
            .map(|question| {
                json!({
                    "q": question.question, "a": question.answer, "kind": question.kind, "style": question.style,
                })
            })
            .collect();
        let parameters = [
            ("face", &seen.face),
            ("body", &seen.body_parameters),
            ("camera", &seen.camera),
            ("photo", &seen.photo),
            ("other clocks", &seen.others),
        ];
        let parameters: Vec<(&str, Value)> = (parameters.into_iter())
            .map(|(name, text)| (name, opened(text)))
            .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
            .collect();
        let overlay = overlay::of(seen);
        json!({
            "facts": facts, "questions": questions, "parameters": parameters,
            "hands": overlay.hands, "dial": overlay.dial, "box": overlay.visible,
        })
    }

    fn asked(&self) -> Vec<(&str, &str)> {
        let questions = self.seen.questions.iter();
        questions.map(|question| (question.question.as_str(), question.answer.as_str())).collect()
    }
}

fn hands_in_words(seen: &ClocksImagesRecord) -> String {
    let hands = [("hour", seen.hour_angle), ("minute", seen.minute_angle), ("second", seen.second_angle)];
    let drawn = hands.into_iter().filter(|(_, angle)| *angle != NO_HAND);
    let words: Vec<String> = drawn.map(|(hand, angle)| format!("{hand} {angle:.1}°")).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn dial_in_words(seen: &ClocksImagesRecord) -> String {
    format!(
        "{:.0} × {:.0} pixels about ({:.1}, {:.1})",
        2.0 * seen.dial_radius_x,
        2.0 * seen.dial_radius_y,
        seen.centre_x,
        seen.centre_y
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_says_how_it_shows_time() {
        assert_eq!(display(&opened(r#"{"hands":{"movement":"sweeping"}}"#)), "hands");
        assert_eq!(display(&opened(r#"{"digits":{}}"#)), "digits");
        assert_eq!(display(&opened("\"nothing\"")), "nothing");
        assert_eq!(display(&opened("null")), "");
    }
}
