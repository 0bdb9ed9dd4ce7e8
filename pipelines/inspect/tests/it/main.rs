//! The verbs on a small dataset that is written for each test.

mod small;
mod verify;
