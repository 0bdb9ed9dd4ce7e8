//! Held against outputs of the reference implementation, and against itself.

mod bases;
mod captioner;
mod generation;
mod goldens;
mod gradients;
mod model;
mod steps;
mod weights;
