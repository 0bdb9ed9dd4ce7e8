//! What can be asked of a model and what it answers, whoever runs it: small traits, their messages, the wrappers that
//! implement the same traits (retry, pace, cache, account), the digest that says which model it was, and the ledger of
//! all calls.
//!
//! It deliberately does not know what a dataset, a stage or a file format of a model is, nor any library that runs one:
//! each heavy tool has a crate of its own beside this one.
//!
//! Begin with [`detect`] and [`classify`] for the two things that can be asked about a picture, [`speech`] for what can be
//! asked about a recording, and [`chat`] for what can be asked in words; then [`model`] for how a model is named and pinned,
//! [`onnx`] for what is said of one in the campaign file, and [`ledger`] for what is written down of every call.

pub mod chat;
pub mod classify;
pub mod detect;
pub mod error;
pub mod ledger;
pub mod model;
pub mod onnx;
pub mod picture;
pub mod speech;

mod coco;

pub use classify::{Classifier, Score};
pub use detect::{Area, Detection, Detector, keep_best};
pub use error::EngineError;
pub use model::{Model, ModelError};
pub use picture::{Picture, PictureError};
pub use speech::{Segment, Speech, Transcriber, Transcript, Word};
