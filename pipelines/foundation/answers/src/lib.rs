//! What people said about labels of images, as the annotator's server exports it, and the rules by which it stands:
//! answers about one label in one image are held against each other, and what does not agree waits for a person.
//!
//! It deliberately does not know which dataset is made of it (`pixmo-points`, `pixmo-count` and `pixmo-points-eval`), how
//! people are asked and paid (`pixmo-annotator`, which measures agreement by the same rule), or what an image looks like:
//! it never opens one.
//!
//! Begin with [`answers`], what was said, by image and label; then [`mod@weigh`], the rules by which that stands or is
//! doubted; [`agreement`] is how points are compared.

pub mod agreement;
pub mod answers;
mod fault;
mod given;
mod held_out;
pub mod label;
mod lineage;
mod lines;
mod origin;
mod pin;
pub mod place;
pub mod reason;
pub mod review;
mod take_in;
pub mod weigh;

pub use answers::{Answers, Side};
pub use fault::InputError;
pub use given::Given;
pub use lineage::lineage;
pub use origin::Origin;
pub use pin::pin;
pub use place::Place;
pub use reason::{Doubt, Reason};
pub use review::{WAITING, Waiting};
pub use weigh::{Rules, Standing, Verification, weigh};
