//! The crate at its edge: what is issued, written, proved, damaged, forged and interrupted.

mod attacks;
mod golden;
mod keys;
mod life;
mod log;
mod mutations;
mod properties;
mod registry;
mod scene;
