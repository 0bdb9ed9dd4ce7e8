//! The bytes of an image file to upright sRGB pixels, what the file says of itself, what it looks like, and derived sizes;
//! or why not. Pure and synchronous: the same bytes give the same answer on every machine and in any number of threads.
//!
//! It deliberately does not know where bytes come from, what a row or a dataset is, and what becomes of a picture that is
//! flagged. It opens no file but those that it hands to a decoder of AVIF and HEIC, asks no clock and drops nothing.
//!
//! # The same pixels everywhere
//! What was found in the crates that it stands on, and what is done about it:
//! - `zune-jpeg` chooses its inverse transform, upsampling and colour conversion by the processor. All of it is arithmetic
//!   of integers that is meant to give the same pixels, and the same faults. It cannot be told not to (`set_use_unsafe` has
//!   no effect in `zune-core` 0.5.3, and a feature that is off here is turned on by other crates), so that it is on for
//!   all, and `tests/it/vectors.rs` holds it to what the plain code gave for thousands of whole and damaged files. It was
//!   seen on x86-64 with AVX2 and without; on ARM the same test decides.
//! - `png`, `gif`, `image-webp`, `tiff`, `image` (BMP) work in integers without a choice at run time. What `crc32fast` and
//!   `simd-adler32` choose are checksums, and those are the same.
//! - `moxcms` transforms by vector units where it finds them, with rounding of their own. It reads profiles here and
//!   nothing more; colours are worked out by a few formulas of our own, with `libm`.
//! - `fast_image_resize` chooses by the processor, and can be told not to only through unsafe code; [`shrink`] is our own.
//!   It and the plane of lights of [`look`] are compiled twice, for the least processor and for one with AVX2; each value is
//!   multiplied and added in the same order either way and nothing is fused, so that the bits are the same, which tests hold.
//! - `jpeg-encoder` chooses only with its feature `simd`, which is off.
//!
//! # AVIF and HEIC
//! Their boxes are walked here, for their size, their orientation and what they say of themselves. They are decoded only
//! where [`Limits::heif`] allows it, by the program `heif-convert` of libheif (Debian: `libheif-examples`) in a process of
//! its own with limits of memory and time: decoders of HEVC in Rust were not found, those of AV1 are mostly unsafe code.
//! Coded samples unfold alike everywhere; how they become colours is up to the version of libheif, which is why a campaign
//! that wants these formats has to say so. Colours by codes (`nclx`) other than those near sRGB are refused, not guessed.
//!
//! Begin with [`decode`].

mod codec;
mod container;
mod decode;
mod decoded;
mod encode;
mod fault;
mod format;
mod limits;
mod look;
mod notes;
mod profile;
mod raster;
mod shrink;
mod upright;
mod warning;

pub use codec::heif::is_there as reads_heif;
pub use decode::{Glimpse, decode, decode_stored, glimpse};
pub use decoded::{Colour, Decoded, Model, Profile};
pub use encode::encode_jpeg;
pub use fault::{Extent, Fault};
pub use format::{Format, Other, recognise};
pub use limits::Limits;
pub use look::{Look, Placeholder, THUMBNAIL_SIDE, VIEWS, is_tiny, look, mirrored, placeholder, view_window};
pub use notes::{About, Action, Claim, Mining, Notes, Source, Statement, notes};
pub use shrink::shrink;
pub use warning::Warning;
