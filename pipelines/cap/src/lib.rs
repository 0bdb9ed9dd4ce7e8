//! Spoken captions to text: takes are checked, and what people said about an image becomes one caption, by a text-only
//! language model or by rules alone.
//!
//! It deliberately does not know how a recording is decoded and measured (`pixmo-audio`), what runs a model of speech
//! (`pixmo-engine-whisper`, which is linked only with the feature `whisper`), how a language model is asked
//! (`pixmo-engines`, `pixmo-engine-chat`), how a receipt is
//! made or checked (`pixmo-receipts`), or how rows become files (`pixmo-stage`, `pixmo-shards`). It never sees an image.
//!
//! Begin with [`stage`] for the tasks and [`judge`] for the way from takes to a row; then [`checks`] and [`survey`] for what
//! a take must be, [`clean`] and [`merge`] for the rules, [`output`] for what a caption must be, and [`review`] for what
//! happens to the rest. [`transcribe`] is how recordings become transcripts. Each verb has a module of its name.

pub mod stage;

pub mod annotations;
mod fault;
pub mod reason;
pub mod settings;
pub mod store;

pub mod language;
pub mod near;
pub mod numbers;
pub mod speaker;
pub mod words;

pub mod checks;
pub mod look;
pub mod said;
pub mod survey;
pub mod vouch;

pub mod clean;
mod frames;
pub mod merge;
pub mod output;

pub mod asking;
mod model;
pub mod prompt;

pub mod judge;
pub mod review;

pub mod build;
pub mod import;
pub mod transcribe;
pub mod work;

mod program;

pub use fault::InputError;
pub use program::main;
