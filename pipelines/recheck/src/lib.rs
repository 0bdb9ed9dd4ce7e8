//! Recomputes a stored answer from the stored data and program alone: this crate is the second opinion on every
//! question of the rendered sets. It reads the two JSON texts that stand beside a question in a finished row, works the
//! program out in exact fractions, and says whether the answer is the same.
//!
//! It deliberately does not know the crates that make questions and pictures: no type, no parser, no number printing is
//! shared with them. The meaning of the operations was written down once, in words, and is implemented here from those
//! words, so that an error in one evaluator is caught by the other. Where the words leave a choice, the choice made here
//! is named at the function that makes it.
//!
//! Begin with [`Tables`], then `texts.rs`: a program gives a text, so reading starts there and goes on to numbers, truths
//! and row sets.

mod calendar;
mod error;
mod exact;
mod format;
mod node;
mod numbers;
mod row_set;
mod tables;
mod texts;
mod truths;
mod ways;
mod work;

pub use error::{Disagreement, RecheckError};
pub use tables::{Address, Tables};

/// The answer that a program gives over the data behind a picture, both as stored (JSON).
///
/// # Errors
/// The data or the program is not what it should be, or the program has no answer on this data.
pub fn answer(data_json: &str, program_json: &str) -> Result<String, RecheckError> {
    Tables::parse(data_json)?.answer(program_json)
}
