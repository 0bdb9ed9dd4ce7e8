//! The verbs on a small dataset that is written for each test.

mod answers;
mod clocks;
mod columns;
mod images;
mod program;
mod small;
mod verify;
