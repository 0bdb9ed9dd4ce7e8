//! `cap-qa`: questions and answers made from captions.

use serde::{Deserialize, Serialize};

use crate::column::{Column, Kind, Range};
use crate::record::{Record, RecordError};
use crate::records::IMAGE_URL;

/// Opens a user turn inside `question`.
pub const USER: &str = "[USER]";
/// Opens an assistant turn inside `question`, and ends it.
pub const ASSISTANT: &str = "[ASSISTANT]";

/// Columns of `cap-qa`.
pub const COLUMNS: &[Column] = &[
    IMAGE_URL,
    Column::new(
        "question",
        Kind::String,
        "The dialogue up to the last reply: begins with `[USER]`, ends with `[ASSISTANT]`, turns alternate.",
    )
    .range(Range::Filled),
    Column::new("answer", Kind::String, "The last reply.").range(Range::Filled),
    Column::new(
        "messages",
        Kind::List(&Kind::String),
        "The same dialogue as a list: the user first, an even number of turns.",
    )
    .range(Range::Filled),
];

/// A row of `cap-qa`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapQaRecord {
    /// Where the image can be fetched.
    pub image_url: String,
    /// The dialogue up to the last reply.
    pub question: String,
    /// The last reply.
    pub answer: String,
    /// The dialogue as a list.
    pub messages: Vec<String>,
}

impl CapQaRecord {
    /// The dialogue that `question` and `answer` spell, or `None` where the tags do not alternate.
    pub fn turns(&self) -> Option<Vec<&str>> {
        let mut turns = Vec::new();
        let mut rest = self.question.trim().strip_prefix(USER)?;
        loop {
            let (user, after) = rest.split_once(ASSISTANT)?;
            turns.push(user.trim());
            if after.trim().is_empty() {
                break;
            }
            let (assistant, after) = after.split_once(USER)?;
            turns.push(assistant.trim());
            rest = after;
        }
        turns.push(self.answer.trim());
        let clean =
            turns.iter().all(|turn| !turn.is_empty() && !turn.contains(USER) && !turn.contains(ASSISTANT));
        clean.then_some(turns)
    }
}

impl Record for CapQaRecord {
    fn columns() -> &'static [Column] {
        COLUMNS
    }

    fn check_invariants(&self) -> Result<(), RecordError> {
        let Some(turns) = self.turns() else {
            let found: String = self.question.chars().take(80).collect();
            let expected = format!("turns that alternate from `{USER}` to a last `{ASSISTANT}`, none empty");
            return Err(RecordError::value("question", found, expected));
        };
        if !self.messages.iter().map(|message| message.trim()).eq(turns.iter().copied()) {
            let found = format!("{} turns", self.messages.len());
            let expected = format!("the {} turns of `question` and `answer`, word for word", turns.len());
            return Err(RecordError::value("messages", found, expected));
        }
        Ok(())
    }
}
