//! What the desk counts.

use std::sync::atomic::AtomicU64;

/// What the desk counts.
#[derive(Debug, Default)]
pub struct Figures {
    /// Requests that were answered to the end.
    pub answered: AtomicU64,
    /// Requests whose client went away.
    pub left: AtomicU64,
    /// Requests that could not be answered.
    pub refused: AtomicU64,
    /// Tokens of prompts that were answered, those of pictures among them.
    pub prompt_tokens: AtomicU64,
    /// Tokens of answers.
    pub tokens: AtomicU64,
    /// Requests that are being answered.
    pub working: AtomicU64,
}
