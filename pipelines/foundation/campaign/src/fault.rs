//! What is wrong in a section, in the words of a person who writes settings.

use std::fmt;
use std::ops::Range;

use serde::de::{Expected, Unexpected};

use crate::error::CampaignError;
use crate::suggest::nearest;
use crate::tree::Node;

/// What is wrong in a section.
#[derive(Debug)]
pub(crate) struct Fault {
    what: What,
    /// The key, from the section on: `figures.charts`, `datasets[2]`; empty for the section itself.
    key: Option<String>,
    pub(crate) span: Option<Range<usize>>,
}

#[derive(Debug)]
pub(crate) enum What {
    Wrong { found: String, expected: String },
    NoChoice { found: String, choices: &'static [&'static str] },
    Unknown { key: String, known: &'static [&'static str] },
    Missing { key: &'static str },
    Twice { key: &'static str },
    Other(String),
}

impl Fault {
    pub(crate) fn new(what: What) -> Self {
        Fault { what, key: None, span: None }
    }

    /// Says where, unless it is already known more exactly.
    pub(crate) fn located(mut self, path: &Path<'_>, span: &Range<usize>) -> Self {
        if self.key.is_none() {
            self.key = Some(path.to_string());
        }
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    /// Points at the unknown key itself where only its table was known.
    pub(crate) fn within(mut self, node: &Node) -> Self {
        if let (What::Unknown { key, .. }, None, Some(table)) =
            (&self.what, &self.span, node.value.as_table())
        {
            self.span = table.get(key).map(|entry| entry.key_span.clone());
        }
        self
    }

    /// The fault in words, for the section `name`.
    pub(crate) fn explained(self, name: &str) -> CampaignError {
        let key = self.key.unwrap_or_default();
        let table = if key.is_empty() { format!("[{name}]") } else { format!("`{key}` of [{name}]") };
        let what = if key.is_empty() { format!("[{name}]") } else { format!("`{key}` in [{name}]") };
        match self.what {
            What::Wrong { found, expected } => {
                CampaignError::new(format!("{what} is {found}, expected {expected}"))
            }
            What::NoChoice { found, choices } => CampaignError::new(format!("{what} cannot be `{found}`"))
                .hint(suggestion(&found, choices, "the choices are")),
            What::Unknown { key, known } => {
                let error = CampaignError::new(format!("unknown key `{key}` in {table}"));
                if known.is_empty() {
                    return error.hint(format!("{table} has no keys"));
                }
                error.hint(suggestion(&key, known, &format!("the keys of {table} are")))
            }
            What::Missing { key } => CampaignError::new(format!("key `{key}` is missing in {table}")),
            What::Twice { key } => CampaignError::new(format!("key `{key}` is given twice in {table}")),
            What::Other(text) => CampaignError::new(format!("{what}: {text}")),
        }
    }
}

/// ``did you mean `shards`? the keys of [build.docs] are `shards`, `figures` ``
fn suggestion(name: &str, known: &'static [&'static str], all_are: &str) -> String {
    let all = format!("{all_are} {}", in_backticks(known));
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    }
}

pub(crate) fn in_backticks(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.what)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Fault::new(What::Other(text.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::new(What::Wrong { found: found_words(found), expected: expected_words(&expected.to_string()) })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        let found = format!("{found} long");
        Fault::new(What::Wrong { found, expected: expected_words(&expected.to_string()) })
    }

    fn unknown_variant(found: &str, choices: &'static [&'static str]) -> Self {
        Fault::new(What::NoChoice { found: found.to_owned(), choices })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Fault::new(What::Unknown { key: key.to_owned(), known })
    }

    fn missing_field(key: &'static str) -> Self {
        Fault::new(What::Missing { key })
    }

    fn duplicate_field(key: &'static str) -> Self {
        Fault::new(What::Twice { key })
    }
}

fn found_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("`{value}`"),
        Unexpected::Signed(value) => format!("`{value}`"),
        Unexpected::Float(value) => format!("`{value:?}`"),
        Unexpected::Char(value) => format!("`\"{value}\"`"),
        Unexpected::Str(value) => format!("`{value:?}`"),
        Unexpected::Seq => "an array".to_owned(),
        Unexpected::Map | Unexpected::StructVariant => "a table".to_owned(),
        Unexpected::UnitVariant => "a name alone".to_owned(),
        // Numbers beyond 64 bits come as words: "integer `…` as i128".
        Unexpected::Other(words) => match words.split('`').nth(1) {
            Some(number) if words.starts_with("integer ") => format!("`{number}`"),
            _ => words.to_owned(),
        },
        other => other.to_string(),
    }
}

/// What serde and the standard types expect, in the words of a person who writes settings.
fn expected_words(text: &str) -> String {
    let words = match text {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65,535",
        "u32" => "a whole number from 0 to 4,294,967,295",
        "u64" | "usize" | "u128" => "a whole number, 0 or more",
        "i8" => "a whole number from -128 to 127",
        "i16" => "a whole number from -32,768 to 32,767",
        "i32" => "a whole number from -2,147,483,648 to 2,147,483,647",
        "i64" | "isize" | "i128" => "a whole number",
        "a nonzero u8" => "a whole number from 1 to 255",
        "a nonzero u16" => "a whole number from 1 to 65,535",
        "a nonzero u32" => "a whole number from 1 to 4,294,967,295",
        "a nonzero u64" | "a nonzero usize" => "a whole number, 1 or more",
        "f32" | "f64" => "a number",
        "a boolean" => "`true` or `false`",
        "a string" | "string or table" => "a text in quotes",
        "path string" => "a path in quotes",
        "a character" => "one character in quotes",
        "a sequence" => "an array",
        "a map" => "a table",
        _ if text.starts_with("struct ") => "a table",
        _ => text,
    };
    words.to_owned()
}

/// The way from the section to a value, kept on the stack.
pub(crate) enum Path<'a> {
    Section,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Section => Ok(()),
            Path::Key(Path::Section, key) => out.write_str(key),
            Path::Key(above, key) => write!(out, "{above}.{key}"),
            Path::Index(above, index) => write!(out, "{above}[{index}]"),
        }
    }
}
