//! One section as the struct of the crate it belongs to, with faults that know their place and their key.
//!
//! The parser could read sections itself, but it neither finds unknown keys in structs that do not deny them nor
//! says what a key may be in words for people. This reader does both.

use std::fmt;
use std::ops::Range;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor, value::StrDeserializer,
};

use crate::error::CampaignError;
use crate::suggest::nearest;
use crate::tree::{Entry, Node, Table, Value};

/// Reads `node`, a section, as `T`.
pub(crate) fn read<T: DeserializeOwned>(node: &Node) -> Result<T, Fault> {
    let reader = Reader { node, path: &Path::Section };
    T::deserialize(reader).map_err(|fault| fault.within(node))
}

/// The keys of a section that is read as `T`, in the order of its fields.
#[must_use]
pub fn keys_of<T: DeserializeOwned>() -> &'static [&'static str] {
    match T::deserialize(KeyProbe) {
        Err(Probed(keys)) => keys,
        Ok(_) => &[],
    }
}

/// What is wrong in a section.
#[derive(Debug)]
pub(crate) struct Fault {
    what: What,
    /// The key, from the section on: `figures.charts`, `datasets[2]`; empty for the section itself.
    key: Option<String>,
    pub(crate) span: Option<Range<usize>>,
}

#[derive(Debug)]
enum What {
    Wrong { found: String, expected: String },
    NoChoice { found: String, choices: &'static [&'static str] },
    Unknown { key: String, known: &'static [&'static str] },
    Missing { key: &'static str },
    Twice { key: &'static str },
    Other(String),
}

impl Fault {
    fn new(what: What) -> Self {
        Fault { what, key: None, span: None }
    }

    /// Says where, unless it is already known more exactly.
    fn located(mut self, path: &Path<'_>, span: &Range<usize>) -> Self {
        if self.key.is_none() {
            self.key = Some(path.to_string());
        }
        self.span.get_or_insert_with(|| span.clone());
        self
    }

    /// Points at the unknown key itself where only its table was known.
    fn within(mut self, node: &Node) -> Self {
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
            What::NoChoice { found, choices } => {
                let error = CampaignError::new(format!("{what} cannot be `{found}`"));
                let error = with_nearest(error, &found, choices);
                error.hint(format!("the choices are {}", in_backticks(choices)))
            }
            What::Unknown { key, known } => {
                let error = CampaignError::new(format!("unknown key `{key}` in {table}"));
                let error = with_nearest(error, &key, known);
                match known {
                    [] => error,
                    _ => error.hint(format!("the keys of {table} are {}", in_backticks(known))),
                }
            }
            What::Missing { key } => CampaignError::new(format!("key `{key}` is missing in {table}")),
            What::Twice { key } => CampaignError::new(format!("key `{key}` is given twice in {table}")),
            What::Other(text) => CampaignError::new(format!("{what}: {text}")),
        }
    }
}

fn with_nearest(error: CampaignError, name: &str, known: &'static [&'static str]) -> CampaignError {
    match nearest(name, known.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

fn in_backticks(names: &[&str]) -> String {
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
enum Path<'a> {
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

/// Reads one value.
struct Reader<'a> {
    node: &'a Node,
    path: &'a Path<'a>,
}

impl<'a> Reader<'a> {
    fn table(&self) -> Result<&'a Table, Fault> {
        self.node.value.as_table().ok_or_else(|| {
            Fault::new(What::Wrong { found: self.node.value.described(), expected: "a table".to_owned() })
        })
    }

    fn visit_keys<'de, V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let table = self.table()?;
        let stranger = table.entries.iter().find(|entry| !known.contains(&entry.key.as_str()));
        if let Some(Entry { key, key_span, .. }) = stranger {
            return Err(Fault::unknown_field(key, known).located(self.path, key_span));
        }
        let entries = Entries::of(table, self.path);
        visitor.visit_map(entries).map_err(|fault| fault.located(self.path, &self.node.span))
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(text) | Value::Time(text) => visitor.visit_str(text),
            Value::Truth(value) => visitor.visit_bool(*value),
            Value::Real(number) => visitor.visit_f64(*number),
            Value::Whole(number) => match (i64::try_from(*number), u64::try_from(*number)) {
                (Ok(number), _) => visitor.visit_i64(number),
                (Err(_), Ok(number)) => visitor.visit_u64(number),
                (Err(_), Err(_)) => visitor.visit_i128(*number),
            },
            Value::List(items) => {
                visitor.visit_seq(Items { items: items.iter().enumerate(), path: self.path })
            }
            Value::Table(table) => visitor.visit_map(Entries::of(table, self.path)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_keys(known, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        choices: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_enum(StrDeserializer::<Fault>::new(text)),
            Value::Table(Table { entries }) if let [entry] = entries.as_slice() => {
                visitor.visit_enum(Variant { entry, path: self.path })
            }
            other => {
                let expected = format!("one of {}", in_backticks(choices));
                Err(Fault::new(What::Wrong { found: other.described(), expected }))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// The entries of a table, in the order of the file.
struct Entries<'a> {
    entries: std::slice::Iter<'a, Entry>,
    current: Option<&'a Entry>,
    path: &'a Path<'a>,
}

impl<'a> Entries<'a> {
    fn of(table: &'a Table, path: &'a Path<'a>) -> Self {
        Entries { entries: table.entries.iter(), current: None, path }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.current = self.entries.next();
        let Some(Entry { key, key_span, .. }) = self.current else { return Ok(None) };
        let key = seed.deserialize(StrDeserializer::<Fault>::new(key));
        key.map(Some).map_err(|fault| fault.located(self.path, key_span))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some(Entry { key, node, .. }) = self.current else {
            return Err(Fault::custom("a value was read before its key"));
        };
        let path = Path::Key(self.path, key);
        seed.deserialize(Reader { node, path: &path })
            .map_err(|fault| fault.within(node).located(&path, &node.span))
    }
}

/// The values of an array.
struct Items<'a> {
    items: std::iter::Enumerate<std::slice::Iter<'a, Node>>,
    path: &'a Path<'a>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some((index, node)) = self.items.next() else { return Ok(None) };
        let path = Path::Index(self.path, index);
        let read = seed.deserialize(Reader { node, path: &path });
        read.map(Some).map_err(|fault| fault.within(node).located(&path, &node.span))
    }
}

/// An enum with a payload, written as a table with one key.
struct Variant<'a> {
    entry: &'a Entry,
    path: &'a Path<'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Fault;
    type Variant = Reader<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Reader<'a>), Fault> {
        let choice = seed.deserialize(StrDeserializer::<Fault>::new(&self.entry.key));
        let choice = choice.map_err(|fault| fault.located(self.path, &self.entry.key_span))?;
        Ok((choice, Reader { node: &self.entry.node, path: self.path }))
    }
}

impl<'de> VariantAccess<'de> for Reader<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        let found = self.node.value.described();
        Err(Fault::new(What::Wrong { found, expected: "the name alone, in quotes".to_owned() }))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        let (path, node) = (self.path, self.node);
        seed.deserialize(self).map_err(|fault| fault.within(node).located(path, &node.span))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_keys(known, visitor)
    }
}

/// Asks a type which keys it has, without any value.
struct KeyProbe;

/// The answer, carried by the only way out.
#[derive(Debug)]
struct Probed(&'static [&'static str]);

impl fmt::Display for Probed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

impl std::error::Error for Probed {}

impl serde::de::Error for Probed {
    fn custom<T: fmt::Display>(_text: T) -> Self {
        Probed(&[])
    }
}

impl<'de> Deserializer<'de> for KeyProbe {
    type Error = Probed;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Probed> {
        Err(Probed(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Probed> {
        Err(Probed(known))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Probed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Probed> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}
