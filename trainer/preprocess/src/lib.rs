//! An image and its messages to what a Molmo takes: crops, tokens, masks, positions and weights.
//!
//! It deliberately does not know what a dataset or a shard is, and links no framework for models: everything that comes out
//! is a flat vector with a documented shape. It reads no files, asks no clock, and whatever is random comes from a generator
//! that it is given.
//!
//! Begin with [`Vision`], the settings of a vision encoder; [`Tiling`] says how an image is cut, [`crops`](crops::crops) cuts
//! it, [`Layout`] says which tokens stand for it. Section numbers in comments are those of the model's description in
//! `docs/molmo.md`.

pub mod batch;
pub mod crops;
pub mod draw;
pub mod layout;
pub mod messages;
pub mod pack;
pub mod picture;
pub mod points;
pub mod prompts;
pub mod resize;
pub mod tiling;
pub mod tokenize;
pub mod vision;

pub use crops::Crops;
pub use layout::{ImageTokens, Layout};
pub use picture::{Picture, PictureError};
pub use tiling::Tiling;
pub use tokenize::{Family, Tokenizer, TokenizerError};
pub use vision::{CropMode, Fit, Normal, Vision};
