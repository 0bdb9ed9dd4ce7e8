//! Held against outputs of the reference implementation.

mod goldens;
mod pictures;
mod sequences;
mod tokens;
mod words;
