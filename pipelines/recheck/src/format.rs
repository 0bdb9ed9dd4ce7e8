//! How an answer prints a number.

use serde_json::Value;

use crate::error::RecheckError;
use crate::exact::Exact;
use crate::node::{Fields, described, text_of, whole_of};

/// The most digits after the decimal mark.
const DECIMALS_MAX: u32 = 28;
/// The largest power of ten that may be taken out.
const SCALE_MAX: u32 = 27;
const MINUS: char = '\u{2212}';
const NAMES: &[&str] = &["decimals", "mark", "group", "prefix", "suffix", "scale"];

/// Digits, marks and what stands around the number.
pub(crate) struct Format<'p> {
    decimals: u32,
    mark: char,
    group: Option<char>,
    prefix: &'p str,
    suffix: &'p str,
    scale: u32,
}

impl<'p> Format<'p> {
    /// Reads a stored format.
    pub(crate) fn read(value: &'p Value) -> Result<Self, RecheckError> {
        let fields = Fields::of("format", value, NAMES)?;
        let group = match fields.value("group") {
            None | Some(Value::Null) => None,
            Some(value) => Some(single(value, "format.group")?),
        };
        Ok(Self {
            decimals: at_most(fields.need("decimals")?, "format.decimals", DECIMALS_MAX)?,
            mark: single(fields.need("mark")?, "format.mark")?,
            group,
            prefix: text_of(fields.need("prefix")?, "format.prefix")?,
            suffix: text_of(fields.need("suffix")?, "format.suffix")?,
            scale: at_most(fields.need("scale")?, "format.scale", SCALE_MAX)?,
        })
    }

    /// The number as text. What rounds to 0 has no minus.
    pub(crate) fn print(&self, number: &Exact) -> String {
        let (negative, digits) = number.rounded_digits(self.decimals, self.scale);
        let decimals = self.decimals as usize;
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        let mut text = String::with_capacity(padded.len() * 2 + self.prefix.len() + self.suffix.len());
        if negative {
            text.push(MINUS);
        }
        text.push_str(self.prefix);
        let first = match whole.len() % 3 {
            0 => 3,
            rest => rest,
        };
        let (head, tail) = whole.split_at(first);
        text.push_str(head);
        for start in (0..tail.len()).step_by(3) {
            text.extend(self.group);
            text.push_str(&tail[start..start + 3]);
        }
        if decimals > 0 {
            text.push(self.mark);
            text.push_str(fraction);
        }
        text.push_str(self.suffix);
        text
    }
}

fn single(value: &Value, at: &str) -> Result<char, RecheckError> {
    let mut chars = text_of(value, at)?.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(RecheckError::shape(at, described(value), "one character")),
    }
}

fn at_most(value: &Value, at: &str, max: u32) -> Result<u32, RecheckError> {
    let found = whole_of(value, at)?;
    match u32::try_from(found) {
        Ok(found) if found <= max => Ok(found),
        _ => Err(RecheckError::shape(at, format!("`{found}`"), format!("0 to {max}"))),
    }
}
