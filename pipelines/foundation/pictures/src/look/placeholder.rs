//! Pictures that servers send in the place of one that is gone: a pixel, a grey box, a few words on a plain ground. They
//! are marked by rules that can be told in a sentence, and what becomes of them is decided elsewhere: a sparse drawing can
//! look the same.

use crate::decoded::Decoded;

/// The rule by which a picture looks like a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeholder {
    /// No side is longer than 4 pixels: a counting pixel or a spacer.
    Tiny,
    /// Of one colour: no more than one pixel in a thousand is further than 10 levels from it.
    Blank,
    /// Of a size and plainness that a large host's own "not available" picture has.
    KnownSize,
    /// Small, grey, and nine tenths of it plain ground.
    Sparse,
}

impl Placeholder {
    /// The word it is counted under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tiny => "tiny",
            Self::Blank => "blank",
            Self::KnownSize => "known_size",
            Self::Sparse => "sparse",
        }
    }
}

const TINY_SIDE_MAX: u32 = 4;
/// Levels of 255 by which a pixel may be off the ground and still belong to it: the noise of a JPEG.
const GROUND_LEVELS: i32 = 10;
/// Levels by which the channels of a grey pixel may differ.
const GREY_LEVELS: i32 = 16;
/// Width and height of the pictures by which Imgur and Flickr say that one is gone.
const KNOWN_SIZES: [(u32, u32); 2] = [(161, 81), (500, 374)];
/// Longest side of what is called sparse: pages and charts are larger.
const SPARSE_SIDE_MAX: u32 = 800;
/// About so many pixels are looked at.
const SAMPLES: usize = 65_536;

/// Whether a picture looks like a placeholder, by the first rule that holds.
pub fn placeholder(decoded: &Decoded) -> Option<Placeholder> {
    let (width, height) = (decoded.width, decoded.height);
    if width.max(height) <= TINY_SIDE_MAX {
        return Some(Placeholder::Tiny);
    }
    // An odd step in a row that is no multiple of it comes by all columns.
    let pixels = decoded.pixels.len() / 3;
    let mut step = (pixels / SAMPLES).max(1) | 1;
    while step > 1 && width.is_multiple_of(step as u32) {
        step += 2;
    }
    let samples = || decoded.pixels.chunks_exact(3).step_by(step);
    let ground = ground_of(samples());
    let count = samples().count();
    let on_ground = samples().filter(|pixel| is_near(pixel, ground)).count();
    let off = count - on_ground;
    if off * 1000 <= count {
        return Some(Placeholder::Blank);
    }
    if KNOWN_SIZES.contains(&(width, height)) && off * 2 <= count {
        return Some(Placeholder::KnownSize);
    }
    let is_grey = |pixel: &&[u8]| {
        pixel
            .iter()
            .max()
            .zip(pixel.iter().min())
            .is_some_and(|(most, least)| i32::from(*most) - i32::from(*least) <= GREY_LEVELS)
    };
    let coloured = count - samples().filter(is_grey).count();
    let is_sparse = width.max(height) <= SPARSE_SIDE_MAX && off * 10 <= count && coloured * 200 <= count;
    is_sparse.then_some(Placeholder::Sparse)
}

/// The mean of the pixels in the fullest of 4,096 boxes of colours and their neighbours in every channel.
fn ground_of<'a>(samples: impl Iterator<Item = &'a [u8]> + Clone) -> [i32; 3] {
    let mut boxes = vec![0u32; 4096];
    for pixel in samples.clone() {
        boxes[box_of(pixel)] += 1;
    }
    let fullest = boxes.iter().enumerate().max_by_key(|(number, count)| (**count, usize::MAX - number));
    let fullest = fullest.map_or(0, |(number, _)| number);
    let (mut sums, mut count) = ([0u64; 3], 0u64);
    for pixel in samples.filter(|pixel| box_of(pixel) == fullest) {
        sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u64::from(*value));
        count += 1;
    }
    sums.map(|sum| (sum / count.max(1)) as i32)
}

fn box_of(pixel: &[u8]) -> usize {
    pixel.iter().fold(0, |number, value| number * 16 + usize::from(value / 16))
}

fn is_near(pixel: &[u8], ground: [i32; 3]) -> bool {
    pixel.iter().zip(ground).all(|(value, ground)| (i32::from(*value) - ground).abs() <= GROUND_LEVELS)
}
