//! What can be asked of a model and what it answers, whoever runs it: small traits, their messages, and the digest that
//! says which model it was.
//!
//! It deliberately does not know what a dataset, a stage or a file format of a model is, nor any library that runs one:
//! each heavy tool has a crate of its own beside this one.
//!
//! Begin with [`detect`] and [`classify`] for the two things that can be asked about a picture, and [`speech`] for what
//! can be asked about a recording; then [`model`] for how a model is named and pinned, and [`onnx`] for what is said of
//! one in the campaign file.

pub mod classify;
pub mod detect;
pub mod error;
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
