//! The addresses: a chat as OpenAI's clients speak it, what the model is and where it comes from, and how the server does.

mod app;
mod chat;
mod data_url;
mod health;
mod metrics;
mod problem;
mod read;
mod router;
mod stream;

pub use app::{App, AppSettings};
pub use problem::Problem;
pub use router::assemble;
