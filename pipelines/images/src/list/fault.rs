//! What can be wrong with a row, and with a list.

use std::io;

use pixmo_shards::{ForeignError, LocationError};

/// The most characters of a value that an error shows.
const SHOWN_CHARS_MAX: usize = 120;

/// A row that cannot be used; the rest of the list can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the list{}: {fault}", self.within())]
pub struct BadRow {
    /// Its number in the list, from 0.
    pub number: u64,
    /// Its line in the file, from 1; its number from 1 where there are no lines.
    pub line: u64,
    /// The file it stands in, for imports.
    pub file: Option<String>,
    /// What is wrong with it.
    pub fault: RowFault,
}

impl BadRow {
    fn within(&self) -> String {
        self.file.as_ref().map_or(String::new(), |file| format!(" (`{}`)", shown(file)))
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// It has bytes that are no UTF-8.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// It has more or fewer fields than the head of the table.
    #[error("it has {found} fields, expected {expected}")]
    Fields {
        /// Its fields.
        found: usize,
        /// Those of the head.
        expected: usize,
    },
    /// A quote begins in it and is not closed, or not where a row would end.
    #[error("it opens a quote and does not close it")]
    OpenQuote,
    /// It is too long to be a row.
    #[error("it is longer than {bytes_max} bytes")]
    TooLong {
        /// The most bytes of a row.
        bytes_max: usize,
    },
    /// It is no JSON.
    #[error("it is not JSON: {0}")]
    NotJson(String),
    /// It is JSON, but no object.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// Nothing stands where the address should be.
    #[error("it has no address")]
    NoAddress,
    /// What stands there is no address.
    #[error("`{found}` is not an address: {why}")]
    NotAnAddress {
        /// What stands there, cut if it is long.
        found: String,
        /// Why it is none.
        why: String,
    },
    /// What should be a SHA-256 is none.
    #[error("`{found}` is not a SHA-256, expected 64 hexadecimal digits")]
    NotAHash {
        /// What stands there, cut if it is long.
        found: String,
    },
    /// A row to import has no picture.
    #[error("it has no picture")]
    NoPicture,
    /// What holds the row cannot be read any further.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// The picture is too large to be one.
    #[error("its picture has {bytes} bytes, at most {bytes_max} are read")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The most bytes of a picture.
        bytes_max: u64,
    },
}

impl RowFault {
    /// The name under which it is counted.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            RowFault::NotUtf8 => "row_not_utf8",
            RowFault::Fields { .. } => "row_fields",
            RowFault::OpenQuote => "row_open_quote",
            RowFault::TooLong { .. } => "row_too_long",
            RowFault::NotJson(_) => "row_not_json",
            RowFault::NotAnObject => "row_not_an_object",
            RowFault::NoAddress => "row_no_address",
            RowFault::NotAnAddress { .. } => "row_not_an_address",
            RowFault::NotAHash { .. } => "row_not_a_hash",
            RowFault::NoPicture => "row_no_picture",
            RowFault::Unreadable(_) => "row_unreadable",
            RowFault::TooLarge { .. } => "row_too_large",
        }
    }
}

/// A text from outside, cut and without control characters.
pub(crate) fn shown(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(SHOWN_CHARS_MAX)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(SHOWN_CHARS_MAX).is_some() {
        out.push('…');
    }
    out
}

/// A list cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("cannot read the list `{path}`")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A Parquet file cannot be read.
    #[error(transparent)]
    Parquet(#[from] ForeignError),
    /// The form of the file cannot be told, or cannot be read.
    #[error("cannot read the list `{path}`: {what}")]
    Form {
        /// The file.
        path: String,
        /// What is wrong.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// It cannot be told which column holds something.
    #[error("cannot tell which column of `{path}` holds the {wanted}")]
    Columns {
        /// The file.
        path: String,
        /// What is looked for: `address`, `SHA-256`, `picture`.
        wanted: &'static str,
        /// The flag that names the column.
        flag: &'static str,
        /// The columns that could be meant; all of them if none stands out.
        columns: Vec<String>,
    },
    /// A column that was named is not there.
    #[error("`{path}` has no column `{name}`")]
    NoColumn {
        /// The file.
        path: String,
        /// The name.
        name: String,
        /// The columns that are there.
        columns: Vec<String>,
    },
    /// There is not a single row.
    #[error("there are no rows in `{path}`")]
    Empty {
        /// The file or folder.
        path: String,
        /// What to do.
        hint: &'static str,
    },
    /// The file is not the one that was opened.
    #[error("`{path}` was changed while it was being read")]
    Changed {
        /// The file.
        path: String,
    },
    /// What is known of the list cannot be kept.
    #[error(transparent)]
    Work(#[from] LocationError),
}

impl ListError {
    /// Whether the disk is at fault, and not whoever asked.
    #[must_use]
    pub fn is_world(&self) -> bool {
        match self {
            ListError::Read { source, .. } => source.kind() != io::ErrorKind::NotFound,
            ListError::Changed { .. } | ListError::Work(_) => true,
            ListError::Parquet(_)
            | ListError::Form { .. }
            | ListError::Columns { .. }
            | ListError::NoColumn { .. }
            | ListError::Empty { .. } => false,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        let named = |columns: &[String]| {
            let names: Vec<String> = columns.iter().map(|name| format!("`{}`", shown(name))).collect();
            format!("the columns are {}", names.join(", "))
        };
        match self {
            ListError::Read { .. } => vec!["check the path and whether the file may be read".to_owned()],
            ListError::Parquet(_) => vec!["check that it is a whole Parquet file".to_owned()],
            ListError::Form { hint, .. } | ListError::Empty { hint, .. } => vec![(*hint).to_owned()],
            ListError::Columns { columns, flag, .. } => {
                vec![named(columns), format!("name it with `{flag} NAME`")]
            }
            ListError::NoColumn { columns, .. } => vec![named(columns)],
            ListError::Changed { .. } => {
                vec!["run the command again when nobody writes to it".to_owned()]
            }
            ListError::Work(error) => vec![error.hint().to_owned()],
        }
    }

    pub(crate) fn read(path: &std::path::Path, source: io::Error) -> ListError {
        ListError::Read { path: path.display().to_string(), source }
    }
}
