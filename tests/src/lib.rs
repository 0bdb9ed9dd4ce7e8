//! Proof that needs more than one crate: the shape of the workspace, and the real programs in fresh folders, read back
//! by code that shares nothing with them.
//!
//! It deliberately does not know how the programs do their work: it starts them, looks at what they leave behind, and
//! gives it to Python, to Tesseract and to an S3 server. What one crate can prove alone is proven beside that crate.
//!
//! Begin with `tests/it/main.rs`, which lists the proofs; `tests/run` in the root builds the programs and runs them all.
