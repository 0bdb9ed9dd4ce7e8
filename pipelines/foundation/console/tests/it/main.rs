//! What a person and a program see: faces, errors, help, endings.

mod faces;
mod flags;
#[cfg(unix)]
mod process;
