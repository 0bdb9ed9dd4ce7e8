//! A column: its name, what it holds, its unit, its range and its meaning, in one place.
//!
//! The Arrow type, the features metadata, the card and the checks of a value are all derived from this description.

use std::fmt;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};

use crate::features::{FEATURES_KEY, features_json};

/// What a column holds. Every kind maps to exactly one Arrow type, one feature of the `datasets` library and one form
/// on the card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Text in UTF-8.
    String,
    /// Bytes that `datasets` leaves alone. Pictures are [`Kind::Image`].
    Binary,
    /// Whole number of 32 bits.
    Int32,
    /// Whole number of 64 bits.
    Int64,
    /// Real number of 32 bits.
    Float32,
    /// Real number of 64 bits.
    Float64,
    /// Yes or no.
    Bool,
    /// An encoded picture: a struct of `bytes` and `path`, in this order, which `datasets` decodes.
    Image,
    /// An encoded recording: a struct of `bytes` and `path`, in this order, which `datasets` decodes.
    Audio {
        /// Rate in hertz at which `datasets` hands the samples out.
        sampling_rate_hz: u32,
    },
    /// A list of one kind. A triple list is a list of lists of lists.
    List(&'static Kind),
    /// One struct whose fields are lists: what a card means by `sequence:` with named fields.
    /// The kind of each column inside is the kind of one element.
    StructOfLists(&'static [Column]),
    /// A list of structs.
    ListOfStructs(&'static [Column]),
}

/// The two fields of an encoded picture or recording. The order matters: with `path` first `datasets` leaves images
/// undecoded, without a word.
pub(crate) const MEDIA_FIELDS: &[Column] = &[
    Column::new("bytes", Kind::Binary, "The encoded file, as it is."),
    Column::new("path", Kind::String, "File name for people.").null_means("no name was given"),
];

impl Kind {
    /// The Arrow type. Always the small forms (`Utf8`, `Binary`, `List`) with nullable fields: `datasets` honours its
    /// metadata only when the type in the file is exactly this one.
    pub fn data_type(&self) -> DataType {
        match self {
            Kind::String => DataType::Utf8,
            Kind::Binary => DataType::Binary,
            Kind::Int32 => DataType::Int32,
            Kind::Int64 => DataType::Int64,
            Kind::Float32 => DataType::Float32,
            Kind::Float64 => DataType::Float64,
            Kind::Bool => DataType::Boolean,
            Kind::Image | Kind::Audio { .. } => DataType::Struct(arrow_fields(MEDIA_FIELDS)),
            Kind::List(element) => list_of(element.data_type()),
            Kind::StructOfLists(fields) => DataType::Struct(
                fields.iter().map(|f| Field::new(f.name, list_of(f.kind.data_type()), true)).collect(),
            ),
            Kind::ListOfStructs(fields) => list_of(DataType::Struct(arrow_fields(fields))),
        }
    }
}

fn list_of(element: DataType) -> DataType {
    DataType::List(Arc::new(Field::new("item", element, true)))
}

fn arrow_fields(columns: &[Column]) -> Fields {
    columns.iter().map(Column::field).collect()
}

/// The unit of a number in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// No unit: text, names, numbers that only count or point at something.
    None,
    /// Per cent of the width of the upright picture, from the left edge.
    PerCentOfWidth,
    /// Per cent of the height of the upright picture, from the top edge.
    PerCentOfHeight,
    /// Pixels of the upright picture; positions count from the top left corner.
    Pixels,
    /// Degrees, clockwise.
    Degrees,
    /// Hours of a clock.
    Hours,
    /// Minutes of a clock.
    Minutes,
    /// Seconds of a clock.
    Seconds,
    /// Seconds of time that passes.
    Secs,
    /// Decibels.
    Decibels,
    /// Words a minute.
    WordsPerMinute,
    /// Bytes of a file.
    Bytes,
    /// Bits of a hash.
    Bits,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::None => "",
            Unit::PerCentOfWidth => "per cent of the width",
            Unit::PerCentOfHeight => "per cent of the height",
            Unit::Pixels => "pixels",
            Unit::Degrees => "degrees",
            Unit::Hours => "hours",
            Unit::Minutes => "minutes",
            Unit::Seconds | Unit::Secs => "seconds",
            Unit::Decibels => "decibels",
            Unit::WordsPerMinute => "words a minute",
            Unit::Bytes => "bytes",
            Unit::Bits => "bits",
        })
    }
}

/// Which values a column may hold. In a nested column the range holds for every leaf.
/// Real numbers must be finite whatever the range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Any value of the kind.
    Any,
    /// Whole numbers from `min` to `max`, both included.
    Whole {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// Real numbers from `min` to `max`, both included.
    Real {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Text with something in it besides white space.
    Filled,
    /// Text of `min` to `max` characters.
    Chars {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// Text that goes into point markup without escaping: 1 to `chars_max` characters, not blank, without `"`, `<`,
    /// `>` and control characters.
    Label {
        /// Most characters.
        chars_max: usize,
    },
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Lowercase hexadecimal digits of `digits_min` to `digits_max` places.
    Hex {
        /// Fewest digits.
        digits_min: usize,
        /// Most digits.
        digits_max: usize,
    },
    /// Text that is one JSON value.
    Json,
}

impl Range {
    /// Zero and more, as far as 32 bits go.
    pub const NOT_NEGATIVE: Range = Range::Whole { min: 0, max: i32::MAX as i64 };
    /// An index, or -1 for none.
    pub const INDEX_OR_NONE: Range = Range::Whole { min: -1, max: i32::MAX as i64 };
    /// 0 to 100.
    pub const PER_CENT: Range = Range::Real { min: 0.0, max: 100.0 };
    /// A SHA-256 in hexadecimal.
    pub const SHA256: Range = Range::Hex { digits_min: 64, digits_max: 64 };
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Range::Any => Ok(()),
            Range::Whole { min, max } if max == i64::from(i32::MAX) || max == i64::MAX => {
                write!(f, "{min} or more")
            }
            Range::Whole { min, max } => write!(f, "{min} to {max}"),
            Range::Real { min, max: f64::INFINITY } => write!(f, "{min} or more"),
            Range::Real { min, max } => write!(f, "{min} to {max}"),
            Range::Filled => f.write_str("text that is not blank"),
            Range::Chars { min, max } if min == max => write!(f, "{min} characters"),
            Range::Chars { min, max } => write!(f, "{min} to {max} characters"),
            Range::Label { chars_max } => write!(
                f,
                "1 to {chars_max} characters, not blank, without `\"`, `<`, `>` and control characters"
            ),
            Range::OneOf(words) => {
                f.write_str("one of ")?;
                for (i, word) in words.iter().enumerate() {
                    write!(f, "{}`{word}`", if i == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Range::Hex { digits_min, digits_max } if digits_min == digits_max => {
                write!(f, "{digits_min} lowercase hexadecimal digits")
            }
            Range::Hex { digits_min, digits_max } => {
                write!(f, "{digits_min} to {digits_max} lowercase hexadecimal digits")
            }
            Range::Json => f.write_str("one JSON value"),
        }
    }
}

/// A column of a table, or a named field inside one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Name in the file.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Unit of its numbers.
    pub unit: Unit,
    /// Which values it may hold.
    pub range: Range,
    /// One sentence for the card.
    pub description: &'static str,
    /// What a null says, or `None` where a null is never right. Arrow fields are nullable either way.
    pub null: Option<&'static str>,
}

impl Column {
    /// A column without unit and with any value; never null.
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Column {
        Column { name, kind, unit: Unit::None, range: Range::Any, description, null: None }
    }

    /// The same column with this unit.
    pub const fn unit(self, unit: Unit) -> Column {
        Column { unit, ..self }
    }

    /// The same column with this range.
    pub const fn range(self, range: Range) -> Column {
        Column { range, ..self }
    }

    /// The same column, in which a null is allowed and says this.
    pub const fn null_means(self, meaning: &'static str) -> Column {
        Column { null: Some(meaning), ..self }
    }

    /// The Arrow field, nullable as `datasets` wants it.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.kind.data_type(), true)
    }
}

/// The Arrow schema of a table, with the features JSON in its metadata.
///
/// The JSON must sit here, in the schema, and not only in the key-value list of the Parquet footer: readers that find
/// an embedded Arrow schema drop the rest, and images come back undecoded.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let metadata = [(FEATURES_KEY.to_owned(), features_json(columns))].into();
    Arc::new(Schema::new_with_metadata(arrow_fields(columns), metadata))
}
