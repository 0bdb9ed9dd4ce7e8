//! Molmo: a vision encoder, a connector and a language model, with the published weights, and what it says of a picture.
//!
//! It deliberately does not know datasets, servers or command lines, and names Burn only through `pixmo-burnkit`.
//!
//! Begin with [`Captioner`], which answers questions about pictures; [`Config`] says what a model is made of, [`Molmo`] is it.
//! Shapes stand in brackets, `[rows, tokens, width]`, the innermost last.

pub mod attention;
pub mod captioner;
pub mod checkpoint;
pub mod config;
pub mod connector;
pub mod decoder;
pub mod encoder;
pub mod linear;
pub mod model;
pub mod norm;
pub mod rope;
pub mod sample;
mod start;

pub use captioner::{Captioner, CaptionerError, Options};
pub use checkpoint::CheckpointError;
pub use config::Config;
pub use model::Molmo;
