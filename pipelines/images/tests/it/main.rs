//! From lists and folders to rows, and from rows to what is kept.

mod imports;
mod lists;
