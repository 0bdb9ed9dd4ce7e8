//! Spoken captions to text.
pub mod clean;
mod frames;
pub mod merge;
pub mod numbers;
pub mod output;
pub mod reason;
pub mod speaker;
pub mod words;
