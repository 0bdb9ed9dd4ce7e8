//! An image to crops: fitted to the grid, normalised, cut into patches.

use crate::layout::{ImageTokens, Layout};
use crate::picture::Picture;
use crate::resize::{self, Filter};
use crate::tiling::{Tiling, fitted};
use crate::vision::{CropMode, Fit, Normal, Vision};

/// Everything that a model gets of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Crops {
    /// How the image was cut.
    pub tiling: Tiling,
    /// Number of crops, the overview among them.
    pub count: usize,
    /// Normalised pixels: crops x patches x values of a patch. The overview is the first crop.
    pub patches: Vec<f32>,
    /// How much of each patch is image and not padding, 0 to 1: crops x patches; `None` where the whole image is one
    /// squashed overview.
    ///
    /// The rows are those of the grid followed by one of -1, so that each stands one crop too early: the overview has that of
    /// the first crop of the grid, and the last crop has -1. All released models were trained so.
    pub masks: Option<Vec<f32>>,
    /// Its tokens.
    pub tokens: Vec<i32>,
    /// Where the pooled cells of each crop go among the tokens: crops x cells.
    pub cells: Vec<i32>,
}

/// Cuts an image for a vision encoder. The settings must have no [`fault`](Vision::fault).
pub fn crops(picture: &Picture, vision: &Vision, ids: ImageTokens) -> Crops {
    let overview = Canvas::of(picture, (vision.crop_px, vision.crop_px), vision);
    let mut patches = Vec::new();
    let CropMode::Overlapping { crops_max } = vision.mode else {
        let tiling = Tiling { rows: 1, columns: 1 };
        overview.patches(0, 0, vision, &mut patches);
        let Layout { tokens, cells } = Layout::of(tiling, vision, ids);
        return Crops { tiling, count: 1, patches, masks: None, tokens, cells };
    };
    let tiling = Tiling::choose(picture.height(), picture.width(), crops_max, vision);
    let count = 1 + tiling.count();
    patches.reserve_exact(count * vision.patches_per_crop() * vision.patch_values());
    let mut masks = Vec::with_capacity(count * vision.patches_per_crop());
    overview.patches(0, 0, vision, &mut patches);
    let whole;
    let canvas = if tiling.count() == 1 {
        // The grid is the overview once more.
        &overview
    } else {
        whole = Canvas::of(picture, tiling.canvas(vision), vision);
        &whole
    };
    for row in 0..tiling.rows {
        for column in 0..tiling.columns {
            let (top, left) = (row * vision.window_px(), column * vision.window_px());
            canvas.patches(top, left, vision, &mut patches);
            canvas.masks(top, left, vision, &mut masks);
        }
    }
    masks.extend(std::iter::repeat_n(-1.0, vision.patches_per_crop()));
    let Layout { tokens, cells } = Layout::of(tiling, vision, ids);
    Crops { tiling, count, patches, masks: Some(masks), tokens, cells }
}

/// An image on its ground, normalised.
struct Canvas {
    width: usize,
    /// Height x width x 3.
    values: Vec<f32>,
    /// Where the image lies: its first row and column, and those after its last.
    image: [std::ops::Range<usize>; 2],
}

impl Canvas {
    fn of(picture: &Picture, size: (usize, usize), vision: &Vision) -> Canvas {
        let bytes: [f32; 256] = std::array::from_fn(|byte| byte as f32);
        let mut squashed = Squashed::new(size, vision);
        match vision.fit {
            Fit::Pad { value } => return Canvas::padded(picture, size, value, vision),
            Fit::SquashBilinear => resize::bilinear(picture, size, &bytes, |_, row| squashed.push(row)),
            Fit::SquashBicubic => {
                resize::antialiased(picture, Filter::Bicubic, size, &bytes, |_, row| squashed.push(row));
            }
        }
        Canvas { width: size.1, values: squashed.values, image: [0..size.0, 0..size.1] }
    }

    fn padded(picture: &Picture, (height, width): (usize, usize), value: f32, vision: &Vision) -> Canvas {
        let (inner_height, inner_width) = fitted((picture.height(), picture.width()), (height, width));
        let (top, left) = ((height - inner_height) / 2, (width - inner_width) / 2);
        // The reference's library takes an image of one column for its first pixel; what models learnt from is kept.
        let first_pixel;
        let picture = if picture.width() == 1 {
            first_pixel = picture.first_pixel();
            &first_pixel
        } else {
            picture
        };
        let ground = vision.normal.of_pixel([value; 3]);
        let mut values = Vec::with_capacity(3 * height * width);
        values.extend(std::iter::repeat_n(ground, height * width).flatten());
        let normal = Lanes::new(vision.normal);
        let levels: [f32; 256] = std::array::from_fn(|byte| byte as f32 / 255.0);
        resize::antialiased(picture, Filter::Bilinear, (inner_height, inner_width), &levels, |y, row| {
            let begin = 3 * ((top + y) * width + left);
            let into = values[begin..begin + 3 * inner_width].as_chunks_mut().0;
            for (pixel, into) in row.as_chunks().0.iter().zip(into) {
                *into = normal.of_pixel(pixel);
            }
        });
        Canvas { width, values, image: [top..top + inner_height, left..left + inner_width] }
    }

    /// Appends the patches of the crop whose upper left corner is at `top`, `left`.
    fn patches(&self, top: usize, left: usize, vision: &Vision, into: &mut Vec<f32>) {
        let side = vision.patches_per_side();
        for patch in 0..side * side {
            let (y, x) = (top + patch / side * vision.patch_px, left + patch % side * vision.patch_px);
            for row in y..y + vision.patch_px {
                let begin = 3 * (row * self.width + x);
                into.extend_from_slice(&self.values[begin..begin + 3 * vision.patch_px]);
            }
        }
    }

    /// Appends how much of each patch of a crop is image.
    fn masks(&self, top: usize, left: usize, vision: &Vision, into: &mut Vec<f32>) {
        let side = vision.patches_per_side();
        let overlap = |image: &std::ops::Range<usize>, begin: usize| {
            let end = (begin + vision.patch_px).min(image.end);
            end.saturating_sub(begin.max(image.start))
        };
        let all = (vision.patch_px * vision.patch_px) as f32;
        for patch in 0..side * side {
            let down = overlap(&self.image[0], top + patch / side * vision.patch_px);
            let across = overlap(&self.image[1], left + patch % side * vision.patch_px);
            into.push((down * across) as f32 / all);
        }
    }
}

/// Normalisation of four floats at once, of which the last means nothing.
struct Lanes {
    less: [f32; 4],
    by: [f32; 4],
}

impl Lanes {
    fn new(normal: Normal) -> Lanes {
        let (mean, std) = match normal {
            Normal::Standard { mean, std } => (mean, std),
            // 2 x - 1, exactly.
            Normal::PlusMinusOne => ([0.5; 3], [0.5; 3]),
        };
        Lanes { less: [mean[0], mean[1], mean[2], 0.0], by: [std[0], std[1], std[2], 1.0] }
    }

    fn of_pixel(&self, pixel: &[f32; 4]) -> [f32; 3] {
        let mut lanes = [0.0; 4];
        for lane in 0..4 {
            lanes[lane] = (pixel[lane].clamp(0.0, 1.0) - self.less[lane]) / self.by[lane];
        }
        [lanes[0], lanes[1], lanes[2]]
    }
}

/// Rows of values from 0 to 255 that are rounded to bytes before they are normalised, as the libraries of some encoders do.
struct Squashed {
    /// The value of each byte in each channel.
    table: [[f32; 3]; 256],
    values: Vec<f32>,
}

impl Squashed {
    fn new((height, width): (usize, usize), vision: &Vision) -> Squashed {
        let table = std::array::from_fn(|byte| vision.normal.of_pixel([byte as f32 / 255.0; 3]));
        Squashed { table, values: Vec::with_capacity(3 * height * width) }
    }

    fn push(&mut self, row: &[f32]) {
        for pixel in row.chunks_exact(4) {
            self.values.extend([0, 1, 2].map(|channel| {
                // Halves go to the even byte.
                let byte = pixel[channel].clamp(0.0, 255.0).round_ties_even();
                self.table[byte as usize][channel]
            }));
        }
    }
}
