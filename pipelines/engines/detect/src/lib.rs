//! Detectors and classifiers of pictures in ONNX form, run on the processor: what is where, and what kind of picture it
//! is.
//!
//! It deliberately does not know what its answers are used for, where a model comes from (a file at hand, pinned by its
//! digest), or how a picture's file is decoded: it is given pixels.
//!
//! Begin with [`OnnxDetector`] and [`OnnxClassifier`]; `pixmo_engines::onnx` is what is said of a model; `input` makes a
//! tensor of a picture, `session` runs a model, `heads` turns numbers into boxes.

mod classifier;
mod detector;
mod heads;
mod input;
mod session;

pub use classifier::OnnxClassifier;
pub use detector::OnnxDetector;
pub use session::OpenError;
