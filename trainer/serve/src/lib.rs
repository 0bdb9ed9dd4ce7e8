//! A Molmo at work: it writes captions of pictures, points at things in them, and answers over HTTP.
//!
//! It deliberately does not know how a model computes (`pixmo-molmo`), what a dataset is, or where weights come from
//! (`pixmo-models`). It never fetches a picture: pictures are files, or travel within a request.
//!
//! Begin with [`open`], how a model is opened and in which words it is asked; then [`desk`], the one place where requests
//! wait for the model; then [`http`], the addresses. [`draw`] puts points on a picture, and [`lineage`] says what the weights
//! are and what they were trained on.

pub mod ask;
pub mod desk;
pub mod draw;
pub mod found;
pub mod http;
pub mod lineage;
pub mod open;
pub mod sources;

mod caption;
mod point;
mod program;
mod serve;

pub use program::main;
pub use serve::{ServeSettings, Server};
