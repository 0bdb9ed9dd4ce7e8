//! What people said, by image and label.
//!
//! All of it is kept in memory: 16 bytes for each point, and some hundreds for each answer with its share of the label and of
//! the image.

use std::collections::BTreeSet;
use std::path::Path;

use pixmo_schemas::annotation_points::WorkImage;

use crate::fault::InputError;
use crate::place::Place;
use crate::take_in;

/// For what an image may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Models learn from it.
    Train,
    /// It stands in a cluster from which is chosen.
    Validation,
    /// It stands in a cluster with which is measured.
    Test,
    /// Models must not learn from it, and nobody says whether it is for choosing or for measuring.
    HeldOut,
}

/// All answers of a campaign.
#[derive(Clone, Debug)]
pub struct Answers {
    pub(crate) images: Vec<WorkImage>,
    pub(crate) places: Vec<Place>,
    pub(crate) held_out: BTreeSet<[u8; 32]>,
    pub(crate) sha256: String,
    pub(crate) held_out_sha256: String,
}

impl Answers {
    /// Reads a folder of exported answers, files in the order of their names. Images and labels come in the order in
    /// which they were first spoken of: pointed at, asked about, verified, counted. `held_out` are files with one SHA-256
    /// in each line; an answer without one of the scopes in `consent` does not count.
    ///
    /// # Errors
    /// When a file cannot be read, a line is not what it should be, or there is none.
    pub fn read(folder: &Path, held_out: &[String], consent: &[String]) -> Result<Answers, InputError> {
        take_in::read(folder, held_out, consent)
    }

    /// How many labels of images there are.
    #[must_use]
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// One of them.
    #[must_use]
    pub fn place(&self, index: usize) -> Option<&Place> {
        self.places.get(index)
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    /// The image of a label.
    #[must_use]
    pub fn image(&self, place: &Place) -> &WorkImage {
        &self.images[place.image as usize]
    }

    /// For what an image may be used: what its cluster says, or the lists of images that are held out; for training if
    /// neither knows it.
    #[must_use]
    pub fn side(&self, image: &WorkImage) -> Side {
        let is_listed = self.held_out.contains(image.sha256.as_bytes());
        match image.split.as_deref() {
            Some("validation") => Side::Validation,
            Some("test") => Side::Test,
            Some("train") | None if !is_listed => Side::Train,
            _ => Side::HeldOut,
        }
    }

    /// SHA-256 over all lines of answers.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// SHA-256 over the hashes of all held-out images, in their order.
    #[must_use]
    pub fn held_out_sha256(&self) -> &str {
        &self.held_out_sha256
    }
}
