//! The wrappers around a language model, over one that does what a test says.

mod script;

mod cached;
mod paced;
mod retried;
mod whole;
