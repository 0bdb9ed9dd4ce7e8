//! The crate from its edge: files of other encoders against what Pillow makes of them, files that are cut, damaged or lie,
//! what files say of themselves, what pictures look like, and the same pixels on every processor.

mod bombs;
mod cut;
mod damage;
mod files;
mod heif;
mod looks;
mod said;
mod sizes;
mod truth;
mod vectors;
