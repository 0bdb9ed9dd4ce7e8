//! From lists and folders to rows, and from rows to what is kept.

mod alike;
mod bench;
mod depth;
mod drawn;
mod imports;
mod intake;
mod killed;
mod lists;
mod pictures;
mod safety;
#[cfg(feature = "screen")]
mod screened;
mod server;
mod store;
mod taken_down;
