//! Sources in, scenes and errors out.

mod hostile;
mod memory;
mod truth;
