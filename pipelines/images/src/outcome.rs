//! What became of one row of a list, with all that is known of it.

use pixmo_schemas::records::ImageRecord;
use serde::{Deserialize, Serialize};

use crate::class::Class;
use crate::list::{BadRow, Row};

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The place of the row among all rows of the list, bad ones included, from 0.
    pub place: u64,
    /// What became of it.
    pub class: Class,
    /// When, in UTC.
    pub at: String,
    /// Its address, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Why, in words, if it gave nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The status of the last answer, if there was one and it gave nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Requests that were made, redirects not counted.
    pub attempts: u32,
    /// Whether another run may well find it otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub can_succeed: bool,
    /// What was found about consent if it gave nothing: a JSON list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opt_out: String,
    /// Its row in the dataset, without the bytes, if it gave an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Box<ImageRecord>>,
    /// The smaller copy that was made while it was looked at, to be put aside; no part of what is written down.
    #[serde(skip)]
    pub copy: Option<Vec<u8>>,
}

impl Outcome {
    /// A row that gave nothing.
    #[must_use]
    pub fn nothing(row: &Row, class: Class, at: &str, detail: impl Into<String>) -> Outcome {
        Outcome {
            place: row.number,
            class,
            at: at.to_owned(),
            address: row.address.clone(),
            detail: detail.into(),
            status: None,
            attempts: 0,
            can_succeed: class.can_succeed_later(),
            opt_out: String::new(),
            record: None,
            copy: None,
        }
    }

    /// A row that cannot be used.
    #[must_use]
    pub fn bad(bad: &BadRow, at: &str) -> Outcome {
        let row = Row { number: bad.number, ..Row::default() };
        Outcome::nothing(&row, Class::BadRow, at, bad.to_string())
    }

    /// A row that gave an image.
    #[must_use]
    pub fn kept(row: &Row, at: &str, attempts: u32, record: ImageRecord) -> Outcome {
        let record = Some(Box::new(record));
        Outcome { attempts, record, can_succeed: false, ..Outcome::nothing(row, Class::Kept, at, "") }
    }
}
