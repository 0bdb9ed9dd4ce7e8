//! The crate from outside: what is found, what is kept apart, and what is read and written.

mod finding;
mod grouping;
mod lists;
mod removals;
mod scenes;
