//! The JSON of a program: one-key objects that name an operation, and their fields.

use serde_json::{Map, Value};

use crate::error::RecheckError;

/// The most operations that may stand inside each other.
const DEPTH_MAX: usize = 64;

/// An operation and what it is applied to.
#[derive(Clone, Copy)]
pub(crate) struct Node<'p> {
    /// The operation, in snake_case.
    pub(crate) operation: &'p str,
    /// Its operands.
    pub(crate) body: &'p Value,
    /// How many operations stand around this one.
    depth: usize,
}

impl<'p> Node<'p> {
    /// The outermost operation of a program.
    pub(crate) fn top(value: &'p Value) -> Result<Self, RecheckError> {
        Self::open(value, 0, "the program")
    }

    /// An operation that is an operand of this one.
    pub(crate) fn inner(&self, value: &'p Value) -> Result<Self, RecheckError> {
        Self::open(value, self.depth + 1, self.operation)
    }

    fn open(value: &'p Value, depth: usize, around: &str) -> Result<Self, RecheckError> {
        if depth >= DEPTH_MAX {
            let found = format!("nested {} deep", depth + 1);
            return Err(RecheckError::shape("the program", found, format!("at most {DEPTH_MAX} operations")));
        }
        let mut entries = value.as_object().into_iter().flatten();
        match (entries.next(), entries.next()) {
            (Some((operation, body)), None) => Ok(Self { operation, body, depth }),
            _ => Err(RecheckError::shape(
                format!("an operand of `{around}`"),
                described(value),
                "an object that names one operation",
            )),
        }
    }

    /// The fields of an operation that has these.
    pub(crate) fn fields(&self, names: &[&str]) -> Result<Fields<'p>, RecheckError> {
        Fields::of(self.operation, self.body, names)
    }

    /// The operands of an operation that has two.
    pub(crate) fn pair(&self) -> Result<(Self, Self), RecheckError> {
        match self.body.as_array().map(Vec::as_slice) {
            Some([a, b]) => Ok((self.inner(a)?, self.inner(b)?)),
            _ => Err(RecheckError::shape(self.operation, described(self.body), "a list of two operands")),
        }
    }

    /// The error of an operation that gives something else than is wanted.
    pub(crate) fn unfit(&self, wanted: &str) -> RecheckError {
        let operation: String = self.operation.chars().take(40).collect();
        RecheckError::shape("an operation", format!("`{operation}`"), format!("one that gives {wanted}"))
    }

    /// The error of an operation without an answer.
    pub(crate) fn no_answer(&self, found: impl Into<String>) -> RecheckError {
        RecheckError::no_answer(self.operation, found)
    }
}

/// The fields of an object, all of them known.
pub(crate) struct Fields<'p> {
    at: &'p str,
    map: &'p Map<String, Value>,
}

impl<'p> Fields<'p> {
    /// The fields of an object that has no others than these.
    pub(crate) fn of(at: &'p str, value: &'p Value, names: &[&str]) -> Result<Self, RecheckError> {
        let Some(map) = value.as_object() else {
            return Err(RecheckError::shape(format!("`{at}`"), described(value), "an object"));
        };
        match map.keys().find(|key| !names.contains(&key.as_str())) {
            None => Ok(Self { at, map }),
            Some(key) => {
                let found = format!("an object with `{}`", key.chars().take(40).collect::<String>());
                Err(RecheckError::shape(format!("`{at}`"), found, format!("only `{}`", names.join("`, `"))))
            }
        }
    }

    /// A field, if it is there.
    pub(crate) fn value(&self, name: &str) -> Option<&'p Value> {
        self.map.get(name)
    }

    /// A field that must be there.
    pub(crate) fn need(&self, name: &str) -> Result<&'p Value, RecheckError> {
        self.value(name).ok_or_else(|| {
            RecheckError::shape(format!("`{}`", self.at), "an object without it", format!("a field `{name}`"))
        })
    }

    /// A field that is a text.
    pub(crate) fn text(&self, name: &str) -> Result<&'p str, RecheckError> {
        text_of(self.need(name)?, name)
    }

    /// A field that is a number without sign and fraction.
    pub(crate) fn whole(&self, name: &str) -> Result<usize, RecheckError> {
        whole_of(self.need(name)?, name)
    }

    /// A field that is true or false.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, RecheckError> {
        let value = self.need(name)?;
        value.as_bool().ok_or_else(|| RecheckError::shape(name, described(value), "true or false"))
    }

    /// A field that is a list.
    pub(crate) fn list(&self, name: &str) -> Result<&'p [Value], RecheckError> {
        list_of(self.need(name)?, name)
    }

    /// A field that is a list of texts.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<&'p str>, RecheckError> {
        self.list(name)?.iter().map(|value| text_of(value, name)).collect()
    }
}

/// A text.
pub(crate) fn text_of<'p>(value: &'p Value, at: &str) -> Result<&'p str, RecheckError> {
    value.as_str().ok_or_else(|| RecheckError::shape(at, described(value), "a text"))
}

/// A number without sign and fraction.
pub(crate) fn whole_of(value: &Value, at: &str) -> Result<usize, RecheckError> {
    let whole = value.as_u64().and_then(|number| usize::try_from(number).ok());
    whole.ok_or_else(|| RecheckError::shape(at, described(value), "a whole number of 0 or more"))
}

/// A list.
pub(crate) fn list_of<'p>(value: &'p Value, at: &str) -> Result<&'p [Value], RecheckError> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| RecheckError::shape(at, described(value), "a list"))
}

/// A JSON value in a few words, for errors.
pub(crate) fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("`{number}`"),
        Value::String(text) => format!("the text `{}`", text.chars().take(40).collect::<String>()),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(map) => format!("an object of {}", map.len()),
    }
}
