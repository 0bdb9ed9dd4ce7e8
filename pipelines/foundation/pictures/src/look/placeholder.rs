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
const SAMPLES: usize = 16_384;

/// Whether a picture of this size is one by [`Placeholder::Tiny`].
pub fn is_tiny(width: u32, height: u32) -> bool {
    width.max(height) <= TINY_SIDE_MAX
}

/// Whether a picture looks like a placeholder, by the first rule that holds.
pub fn placeholder(decoded: &Decoded) -> Option<Placeholder> {
    let (width, height) = (decoded.width, decoded.height);
    if is_tiny(width, height) {
        return Some(Placeholder::Tiny);
    }
    // An odd step in a row that is no multiple of it comes by all columns.
    let pixels = decoded.pixels.len() / 3;
    let mut step = (pixels / SAMPLES).max(1) | 1;
    while step > 1 && width.is_multiple_of(step as u32) {
        step += 2;
    }
    let samples = || decoded.pixels.chunks_exact(3).step_by(step);
    let count = samples().count();
    let boxes = boxes_of(samples());
    let fullest = fullest_of(&boxes);
    // Every rule asks for half of the picture on its ground, and the ground reaches no further than the boxes around.
    if around(&boxes, fullest) * 2 < count {
        return None;
    }
    let ground = mean_of(samples(), fullest);
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
    let coloured = || count - samples().filter(is_grey).count();
    let is_sparse = width.max(height) <= SPARSE_SIDE_MAX && off * 10 <= count && coloured() * 200 <= count;
    is_sparse.then_some(Placeholder::Sparse)
}

/// Boxes along each channel; a box is 16 levels wide.
const BOXES: usize = 16;

/// How many samples lie in each of 4,096 boxes of colours.
fn boxes_of<'a>(samples: impl Iterator<Item = &'a [u8]>) -> Vec<u32> {
    let mut boxes = vec![0u32; BOXES * BOXES * BOXES];
    for pixel in samples {
        boxes[box_of(pixel)] += 1;
    }
    boxes
}

/// The fullest box, the first of equal ones.
fn fullest_of(boxes: &[u32]) -> usize {
    let fullest = boxes.iter().enumerate().max_by_key(|(number, count)| (**count, usize::MAX - number));
    fullest.map_or(0, |(number, _)| number)
}

/// How many samples lie in a box and its neighbours in every channel.
fn around(boxes: &[u32], number: usize) -> usize {
    let near = |at: usize| at.saturating_sub(1)..=(at + 1).min(BOXES - 1);
    let (red, green, blue) = (number / (BOXES * BOXES), number / BOXES % BOXES, number % BOXES);
    let mut sum = 0;
    for red in near(red) {
        for green in near(green) {
            sum += near(blue).map(|blue| boxes[(red * BOXES + green) * BOXES + blue] as usize).sum::<usize>();
        }
    }
    sum
}

/// The mean of the samples in a box.
fn mean_of<'a>(samples: impl Iterator<Item = &'a [u8]>, number: usize) -> [i32; 3] {
    let (mut sums, mut count) = ([0u64; 3], 0u64);
    for pixel in samples.filter(|pixel| box_of(pixel) == number) {
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
