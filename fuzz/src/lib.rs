//! What the fuzzers share: the limits that hold for every reader of what others wrote, and inputs built from pieces.
//!
//! It does not know what is read; each file of `fuzz_targets` names one reader of the house and says what must hold of its
//! answer. Seeds are in `seeds/<target>`, words for libFuzzer in `dictionaries`.
//!
//! Begin with [`limits::within`].

pub mod limits;
#[cfg(feature = "typst")]
pub mod page;
pub mod picture;
pub mod program;
