//! An image to crops: fitted to the grid, normalised, cut into patches.

use crate::layout::{ImageTokens, Layout};
use crate::picture::Picture;
use crate::resize::{self, Filter};
use crate::tiling::{Tiling, fitted};
use crate::vision::{CropMode, Fit, Vision};

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
    fn of(picture: &Picture, (height, width): (usize, usize), vision: &Vision) -> Canvas {
        let normal = |values: [f32; 3]| {
            [vision.normal.of(values[0], 0), vision.normal.of(values[1], 1), vision.normal.of(values[2], 2)]
        };
        let squashed = |levels: [f32; 256], resized: &dyn Fn(&[f32; 256], &mut dyn FnMut(usize, &[f32]))| {
            let table: [[f32; 3]; 256] = std::array::from_fn(|byte| normal([byte as f32 / 255.0; 3]));
            let mut values = vec![0.0; 3 * height * width];
            resized(&levels, &mut |y, row| {
                let into = values[3 * width * y..3 * width * (y + 1)].chunks_exact_mut(3);
                for (pixel, into) in row.chunks_exact(4).zip(into) {
                    for channel in 0..3 {
                        // Rounded to a byte, halves to even, as the libraries of these encoders do.
                        let byte = pixel[channel].clamp(0.0, 255.0).round_ties_even() as usize;
                        into[channel] = table[byte][channel];
                    }
                }
            });
            Canvas { width, values, image: [0..height, 0..width] }
        };
        let bytes: [f32; 256] = std::array::from_fn(|byte| byte as f32);
        match vision.fit {
            Fit::SquashBilinear => {
                squashed(bytes, &|levels, give| resize::bilinear(picture, (height, width), levels, give))
            }
            Fit::SquashBicubic => squashed(bytes, &|levels, give| {
                resize::antialiased(picture, Filter::Bicubic, (height, width), levels, give);
            }),
            Fit::Pad { value } => {
                let (inner_height, inner_width) =
                    fitted((picture.height(), picture.width()), (height, width));
                let (top, left) = ((height - inner_height) / 2, (width - inner_width) / 2);
                // The reference's library takes an image of one column for its first pixel; what it learnt from is kept.
                let first_pixel;
                let picture = if picture.width() == 1 {
                    first_pixel = picture.first_pixel();
                    &first_pixel
                } else {
                    picture
                };
                let ground = normal([value; 3]);
                let mut values = Vec::with_capacity(3 * height * width);
                let fill = |values: &mut Vec<f32>, pixels: usize| {
                    values.extend(std::iter::repeat_n(ground, pixels).flatten());
                };
                fill(&mut values, top * width);
                let levels: [f32; 256] = std::array::from_fn(|byte| byte as f32 / 255.0);
                resize::antialiased(
                    picture,
                    Filter::Bilinear,
                    (inner_height, inner_width),
                    &levels,
                    |_, row| {
                        fill(&mut values, left);
                        for pixel in row.chunks_exact(4) {
                            values.extend(normal(
                                [pixel[0], pixel[1], pixel[2]].map(|value| value.clamp(0.0, 1.0)),
                            ));
                        }
                        fill(&mut values, width - left - inner_width);
                    },
                );
                fill(&mut values, (height - top - inner_height) * width);
                Canvas { width, values, image: [top..top + inner_height, left..left + inner_width] }
            }
        }
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
