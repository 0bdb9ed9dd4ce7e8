//! The real programs, end to end, on the documents.

mod bad_input;
mod damage;
mod killed;
mod planted;
mod rehearsal;
mod same_bytes;
