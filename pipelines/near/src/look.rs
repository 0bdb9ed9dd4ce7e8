//! What a picture looks like, as far as finding its like needs.

use crate::hash::{Hash64, Hash256};

/// What a picture looks like: hashes of the whole and of parts of it, and a thumbnail for the second look.
///
/// Two kinds of hashes have two tasks. The fine one, of 256 bits, finds copies of the whole picture and hardly anything
/// else. The coarse one, of 64 bits over the lowest frequencies, bears it that two windows do not quite coincide, finds
/// cropped and framed copies, and much else that the second look sends away.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The fine hash of the whole picture.
    pub hash: Hash256,
    /// The fine hash of the picture with left and right exchanged.
    pub mirror: Hash256,
    /// The coarse hash of the whole picture.
    pub coarse: Hash64,
    /// Coarse hashes of parts of it, and of the mirrored whole and its parts.
    pub views: Vec<View>,
    /// The picture in grey, drawn small.
    pub thumb: Thumb,
    /// True where there is too little in the picture for its hashes to mean anything. It is compared by its bytes alone.
    pub flat: bool,
}

/// The coarse hash of a part of a picture, or of its mirror image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The part; of the mirror image where it is mirrored.
    pub window: Window,
    /// True where left and right are exchanged.
    pub is_mirrored: bool,
    /// Its hash.
    pub hash: Hash64,
}

/// A part of a picture, in thousandths of its width and height from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// Where it begins, from the left.
    pub left: u16,
    /// Where it begins, from the top.
    pub top: u16,
    /// Where it ends, from the left.
    pub right: u16,
    /// Where it ends, from the top.
    pub bottom: u16,
}

impl Window {
    /// All of the picture.
    pub const WHOLE: Window = Window { left: 0, top: 0, right: 1000, bottom: 1000 };
}

/// A picture of [`Thumb::SIDE`] × [`Thumb::SIDE`] pixels in grey, whatever the shape of the original: each pixel is about
/// the mean luma of the part of the original that it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumb(Vec<u8>);

impl Thumb {
    /// Its width and its height in pixels.
    pub const SIDE: usize = 32;

    /// From its pixels, row by row from the top; nothing when their number is another.
    #[must_use]
    pub fn new(pixels: Vec<u8>) -> Option<Thumb> {
        (pixels.len() == Thumb::SIDE * Thumb::SIDE).then_some(Thumb(pixels))
    }

    /// Its pixels, row by row from the top.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.0
    }

    /// With left and right exchanged.
    #[must_use]
    pub fn mirrored(&self) -> Thumb {
        Thumb(self.0.chunks_exact(Thumb::SIDE).flat_map(|row| row.iter().rev().copied()).collect())
    }
}

/// Where looks are, by the position of the picture in the list given with them: in memory, or wherever the caller keeps
/// them. Ten million thumbnails are 10 GB, of which only those of candidates are asked for.
pub trait Looks: Sync {
    /// Why a look cannot be given.
    type Error: Send;

    /// The fine hash of the mirror image. Each picture is asked once for it, in order, and candidates again.
    ///
    /// # Errors
    /// It cannot be given.
    fn mirror(&self, picture: u32) -> Result<Hash256, Self::Error>;

    /// The views. Each picture is asked once for them, in order, and candidates again.
    ///
    /// # Errors
    /// They cannot be given.
    fn views(&self, picture: u32) -> Result<Vec<View>, Self::Error>;

    /// The thumbnail, of candidates alone.
    ///
    /// # Errors
    /// It cannot be given.
    fn thumb(&self, picture: u32) -> Result<Thumb, Self::Error>;
}

/// All in memory.
impl Looks for [Look] {
    type Error = std::convert::Infallible;

    fn mirror(&self, picture: u32) -> Result<Hash256, Self::Error> {
        Ok(self[picture as usize].mirror)
    }

    fn views(&self, picture: u32) -> Result<Vec<View>, Self::Error> {
        Ok(self[picture as usize].views.clone())
    }

    fn thumb(&self, picture: u32) -> Result<Thumb, Self::Error> {
        Ok(self[picture as usize].thumb.clone())
    }
}
