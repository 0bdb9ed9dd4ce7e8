//! The log at the edge of the crate: what is written, proved, damaged and interrupted.

mod keys;
mod log;
