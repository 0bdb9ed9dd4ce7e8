//! Text-only language models over HTTP, behind any OpenAI-compatible server: `POST /chat/completions` with answers that
//! come piece by piece or at once, JSON of a given form, tokens counted, and every way of failing told as one class.
//!
//! It deliberately does not know what is asked or why, where a key comes from (it is handed in), or what an answer means
//! to a dataset; and the question that it sends has no place for an image. What a wrapper does for any model (retry,
//! pace, cache, account, ledger) is in `pixmo_engines::chat`.
//!
//! Begin with [`open`] for a model with all that belongs around it, then [`Client`] for one attempt; `reply` holds what
//! servers answer, [`sse`] how it comes in pieces, `trouble` which class a failure is.

mod blocking;
mod client;
mod key;
mod open;
mod question;
pub mod reply;
pub mod sse;
mod trouble;

pub use blocking::Blocking;
pub use client::Client;
pub use key::{ApiKey, KeyFault};
pub use open::{Around, OpenError, open};
