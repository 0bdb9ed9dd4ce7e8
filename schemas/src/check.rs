//! Holds every value of a record to the range of its column.

use std::fmt;

use crate::column::{Range, Unit};
use crate::record::{Record, RecordError};
use crate::walk::{Place, Visitor, walk};

/// Longest piece of a wrong value that an error shows.
const SHOWN_CHARS_MAX: usize = 80;

/// Checks the ranges and nulls of all columns.
///
/// # Errors
/// [`RecordError::Value`] for the first value that is not in its range, [`RecordError::Shape`] where the record type
/// disagrees with its columns.
pub(crate) fn check_ranges<R: Record>(record: &R) -> Result<(), RecordError> {
    walk(record, R::columns(), &mut Ranges)
}

struct Ranges;

fn outside(at: &Place<'_>, found: impl fmt::Display) -> RecordError {
    let found: String = found.to_string().chars().take(SHOWN_CHARS_MAX).collect();
    let mut expected = at.column.range.to_string();
    if at.column.unit != Unit::None {
        expected.push_str(&format!(" ({})", at.column.unit));
    }
    RecordError::Value { field: at.to_string(), found, expected }
}

impl Visitor for Ranges {
    fn null(&mut self, at: &Place<'_>) -> Result<(), RecordError> {
        if at.column.null.is_some() {
            return Ok(());
        }
        Err(RecordError::Value { field: at.to_string(), found: "null".into(), expected: "a value".into() })
    }

    fn bool(&mut self, _: &Place<'_>, _: bool) -> Result<(), RecordError> {
        Ok(())
    }

    fn whole(&mut self, at: &Place<'_>, value: i64) -> Result<(), RecordError> {
        match at.column.range {
            Range::Whole { min, max } if value < min || value > max => Err(outside(at, value)),
            _ => Ok(()),
        }
    }

    fn real(&mut self, at: &Place<'_>, value: f64) -> Result<(), RecordError> {
        if !value.is_finite() {
            let expected = "a finite number".to_owned();
            return Err(RecordError::Value { field: at.to_string(), found: value.to_string(), expected });
        }
        match at.column.range {
            Range::Real { min, max } if value < min || value > max => Err(outside(at, value)),
            _ => Ok(()),
        }
    }

    fn text(&mut self, at: &Place<'_>, value: &str) -> Result<(), RecordError> {
        if is_within(&at.column.range, value) { Ok(()) } else { Err(outside(at, value)) }
    }

    fn bytes(&mut self, at: &Place<'_>, value: &[u8]) -> Result<(), RecordError> {
        if !value.is_empty() {
            return Ok(());
        }
        let expected = "the bytes of an encoded file".to_owned();
        Err(RecordError::Value { field: at.to_string(), found: "0 bytes".to_owned(), expected })
    }

    fn list(&mut self, _: &Place<'_>, _: usize) -> Result<(), RecordError> {
        Ok(())
    }

    fn fields(&mut self, _: &Place<'_>) -> Result<(), RecordError> {
        Ok(())
    }
}

fn is_within(range: &Range, text: &str) -> bool {
    match *range {
        Range::Any | Range::Whole { .. } | Range::Real { .. } => true,
        Range::Filled => !text.trim().is_empty(),
        Range::Chars { min, max } => (min..=max).contains(&text.chars().count()),
        Range::Label { chars_max } => {
            !text.trim().is_empty()
                && text.chars().count() <= chars_max
                && !text.chars().any(|c| matches!(c, '"' | '<' | '>') || c.is_control())
        }
        Range::OneOf(words) => words.contains(&text),
        Range::Hex { digits_min, digits_max } => {
            (digits_min..=digits_max).contains(&text.len())
                && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        }
        Range::Json => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
    }
}
