//! Proof that needs more than one crate; everything is in `tests/`.
