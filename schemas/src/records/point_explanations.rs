//! `point-explanations`: answers that point at what they speak of.

use std::fmt::{self, Write};

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::column::{Column, Kind, Range};
use crate::id::Sha256;
use crate::record::{Record, RecordError};
use crate::records::{IMAGE_SHA256, IMAGE_URL};

/// Stands in `parsed_response` where the answer points.
pub const PLACEHOLDER: &str = "<|POINT|>";

/// Columns of `point-explanations`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    IMAGE_SHA256,
    Column::new("question", Kind::String, "What a person asked about the image.").range(Range::Filled),
    Column::new("response", Kind::String, "The answer, with point markup in its text.").range(Range::Filled),
    Column::new(
        "parsed_response",
        Kind::String,
        "The answer with `<|POINT|>` in place of each piece of markup.",
    )
    .range(Range::Filled)
    .null_means("the markup could not be parsed; files of others hold such rows, ours do not"),
    Column::new("alt_text", Kind::List(&Kind::String), "For each placeholder the text shown on hovering.")
        .range(Range::Label { chars_max: 500 }),
    Column::new(
        "inline_text",
        Kind::List(&Kind::String),
        "For each placeholder the text shown in the answer.",
    )
    .range(Range::Label { chars_max: 500 }),
    Column::new(
        "points",
        Kind::List(&Kind::List(&Kind::List(&Kind::Float64))),
        "For each placeholder a group of pairs: x in per cent of the width, y in per cent of the height.",
    )
    .range(Range::PER_CENT),
];

/// A place in the upright picture, which this dataset writes as a list of two numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Per cent of the width, from the left edge.
    pub x: f64,
    /// Per cent of the height, from the top edge.
    pub y: f64,
}

impl Serialize for Pair {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.x, self.y].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pair {
    /// Two numbers and not one more: an array would let further numbers pass unseen.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pair, D::Error> {
        struct TwoNumbers;
        impl<'de> Visitor<'de> for TwoNumbers {
            type Value = Pair;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of two numbers, x and y")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Pair, A::Error> {
                let (x, y) = (numbers.next_element()?, numbers.next_element()?);
                match (x, y, numbers.next_element::<f64>()?) {
                    (Some(x), Some(y), None) => Ok(Pair { x, y }),
                    (_, _, Some(_)) => Err(A::Error::custom("a point has more than two numbers")),
                    _ => Err(A::Error::custom("a point has fewer than two numbers")),
                }
            }
        }
        deserializer.deserialize_seq(TwoNumbers)
    }
}

/// A row of `point-explanations`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointExplanationsRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// Hash of the image file.
    pub image_sha256: Sha256,
    /// The question.
    pub question: String,
    /// The answer with markup.
    pub response: String,
    /// The answer with placeholders.
    pub parsed_response: Option<String>,
    /// Text shown on hovering, for each placeholder.
    pub alt_text: Vec<String>,
    /// Text shown in the answer, for each placeholder.
    pub inline_text: Vec<String>,
    /// A group of x and y for each placeholder, per cent.
    pub points: Vec<Vec<Pair>>,
}

impl PointExplanationsRecord {
    /// The answer with markup, made from the placeholders and their groups; `None` without `parsed_response`.
    ///
    /// Points are sorted by x, then y, and written with one decimal, as the reference loader does.
    /// Placeholders without a group stay as they are.
    pub fn render_response(&self) -> Option<String> {
        let mut pieces = self.parsed_response.as_deref()?.split(PLACEHOLDER);
        let mut response = pieces.next().unwrap_or_default().to_owned();
        for (i, piece) in pieces.enumerate() {
            match (self.points.get(i), self.alt_text.get(i), self.inline_text.get(i)) {
                (Some(group), Some(alt), Some(inline)) => response.push_str(&markup(group, alt, inline)),
                _ => response.push_str(PLACEHOLDER),
            }
            response.push_str(piece);
        }
        Some(response)
    }
}

fn markup(group: &[Pair], alt: &str, inline: &str) -> String {
    let mut sorted = group.to_vec();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    if let [Pair { x, y }] = sorted[..] {
        return format!(r#"<point x="{x:.1}" y="{y:.1}" alt="{alt}">{inline}</point>"#);
    }
    let mut markup = "<points".to_owned();
    for (i, Pair { x, y }) in sorted.iter().enumerate() {
        let n = i + 1;
        write!(markup, r#" x{n}="{x:.1}" y{n}="{y:.1}""#).expect("a string takes any text");
    }
    write!(markup, r#" alt="{alt}">{inline}</points>"#).expect("a string takes any text");
    markup
}

impl Record for PointExplanationsRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let Some(parsed) = &self.parsed_response else {
            return Err(RecordError::value("parsed_response", "null", "an answer that could be parsed"));
        };
        let placeholders = parsed.matches(PLACEHOLDER).count();
        if placeholders == 0 {
            let expected = format!("at least one `{PLACEHOLDER}`");
            return Err(RecordError::value("parsed_response", "text without placeholder", expected));
        }
        let lengths = [
            ("points", self.points.len()),
            ("alt_text", self.alt_text.len()),
            ("inline_text", self.inline_text.len()),
        ];
        for (field, length) in lengths {
            if length != placeholders {
                let expected = format!("{placeholders}, one for each placeholder");
                return Err(RecordError::value(field, format!("{length} entries"), expected));
            }
        }
        if let Some(i) = self.points.iter().position(Vec::is_empty) {
            return Err(RecordError::value(format!("points[{i}]"), "an empty group", "at least one point"));
        }
        if self.render_response().as_ref() != Some(&self.response) {
            let found: String = self.response.chars().take(80).collect();
            return Err(RecordError::value(
                "response",
                found,
                "the text of `parsed_response` with its groups as markup, sorted by x, one decimal",
            ));
        }
        Ok(())
    }
}
