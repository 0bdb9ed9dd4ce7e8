//! Sources in, scenes and errors out.

mod bounds;
#[path = "../../../svg/tests/it/child.rs"]
mod child;
mod hostile;
mod memory;
mod mutated;
mod truth;
