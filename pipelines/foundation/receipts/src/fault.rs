//! What can be wrong with receipts, each with its place.

use std::fmt;

use jiff::Timestamp;
use pixmo_schemas::RecordError;

use crate::chain::ChainError;
use crate::envelope::EnvelopeError;
use crate::leaf::Reason;

/// Something that does not hold.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {wrong}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub wrong: Wrong,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The log as a whole.
    Log,
    /// An entry of the log and the receipt that opens it.
    Leaf(u64),
    /// A row of a dataset.
    Row {
        /// The file.
        file: String,
        /// The row in it, from 0.
        row: u64,
        /// The entry that it names.
        leaf: u64,
    },
    /// A recording.
    Audio {
        /// The file.
        file: String,
        /// The entry that is about it.
        leaf: u64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Log => f.write_str("log"),
            Place::Leaf(index) => write!(f, "leaf {index}"),
            Place::Row { file, row, leaf } => write!(f, "row {row} of `{file}` (leaf {leaf})"),
            Place::Audio { file, leaf } => write!(f, "recording `{file}` (leaf {leaf})"),
        }
    }
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// A file of the log is missing or damaged.
    #[error("{0}")]
    Damaged(String),
    /// The log does not continue an earlier one.
    #[error("it does not continue the checkpoint over {size} entries that was kept")]
    Inconsistent {
        /// The size of the earlier log.
        size: u64,
    },
    /// An entry is of no known kind.
    #[error("it is no entry of a receipt, tombstone or rotation")]
    Unknown,
    /// A receipt is gone without a tombstone.
    #[error("its receipt is missing, and no tombstone says why")]
    Missing,
    /// Salt or envelope were changed.
    #[error("envelope or salt are not those that were logged")]
    Commitment,
    /// The envelope has another form, or is signed by none of the keys.
    #[error("{0}")]
    Envelope(#[from] EnvelopeError),
    /// The signature does not fit.
    #[error("the signature does not fit the envelope")]
    Signature,
    /// A key signed outside its time.
    #[error("it is signed by the key `{key}`, which was not in use at this entry")]
    Tenure {
        /// The key.
        key: String,
    },
    /// The payload is no statement.
    #[error("its payload is no receipt: {0}")]
    Payload(String),
    /// A field cannot be true.
    #[error("{0}")]
    Value(#[from] RecordError),
    /// The pieces did not come as speech does.
    #[error("`session.links`: {0}")]
    Chain(#[from] ChainError),
    /// Receipts are not in the order of time.
    #[error("`issued_at` is {found}, but the receipt before it was issued at {before}")]
    Order {
        /// What it says.
        found: Timestamp,
        /// The receipt before.
        before: Timestamp,
    },
    /// Something was used twice.
    #[error("its {what} is that of leaf {first} too")]
    Twice {
        /// `take`, `audio` or `nonce`.
        what: &'static str,
        /// The entry that had it first.
        first: u64,
    },
    /// A tombstone is about nothing.
    #[error("it takes back entry {of}, which is no receipt before it or was taken back already")]
    Tombstone {
        /// The entry that it names.
        of: u64,
    },
    /// A receipt was taken back and is still there.
    #[error("it was taken back as {reason} at {at}, but its receipt is still published")]
    Unerased {
        /// Why.
        reason: Reason,
        /// When.
        at: Timestamp,
    },
    /// A change of keys is in the log or in the list, but not in both.
    #[error("the change of keys in the log is not the one in the list of keys")]
    Rotation,
    /// A row names an entry that is no receipt.
    #[error("`receipt_leaf` names no receipt of this log, which has {size} entries")]
    NoReceipt {
        /// The entries of the log.
        size: u64,
    },
    /// A row is still there although its receipt was taken back.
    #[error("its receipt was taken back{}, but the row is still published", said(.reason))]
    Erased {
        /// Why, if the tombstone was read.
        reason: Option<Reason>,
    },
    /// Two rows name the same entry.
    #[error("`receipt_leaf` stands in another row too")]
    RowTwice,
    /// A row differs from its receipt.
    #[error("`{field}` is `{found}`, its receipt says `{expected}`")]
    Differs {
        /// The column.
        field: &'static str,
        /// What the row says.
        found: String,
        /// What the receipt says.
        expected: String,
    },
    /// A recording is not there.
    #[error("there is no recording with the digest `{expected}`")]
    AudioMissing {
        /// Its digest.
        expected: String,
    },
}

fn said(reason: &Option<Reason>) -> String {
    reason.map_or_else(String::new, |reason| format!(" as {reason}"))
}

impl Wrong {
    /// A stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Wrong::Damaged(_) => "log_damaged",
            Wrong::Inconsistent { .. } => "log_inconsistent",
            Wrong::Unknown => "leaf_unknown",
            Wrong::Missing => "receipt_missing",
            Wrong::Commitment => "commitment",
            Wrong::Envelope(_) => "envelope",
            Wrong::Signature => "signature",
            Wrong::Tenure { .. } => "key_out_of_time",
            Wrong::Payload(_) => "payload",
            Wrong::Value(_) => "value",
            Wrong::Chain(_) => "chain",
            Wrong::Order { .. } => "time_order",
            Wrong::Twice { .. } => "twice",
            Wrong::Tombstone { .. } => "tombstone",
            Wrong::Unerased { .. } => "receipt_not_erased",
            Wrong::Rotation => "rotation",
            Wrong::NoReceipt { .. } => "row_without_receipt",
            Wrong::Erased { .. } => "row_not_erased",
            Wrong::RowTwice => "row_twice",
            Wrong::Differs { .. } => "row_differs",
            Wrong::AudioMissing { .. } => "audio_missing",
        }
    }
}
