//! A contact sheet: many pictures, small, on one quiet ground.

use crate::pixels::Pixels;

/// Pictures side by side if nobody says anything.
pub const COLUMNS: u32 = 5;
/// The width of a small picture, pixels.
const CELL_WIDTH: u32 = 320;
/// The most that a small picture is high, pixels.
const CELL_HEIGHT_MAX: u32 = 400;
const GAP: u32 = 20;
const GROUND: [u8; 3] = [236, 235, 231];
const EDGE: [u8; 3] = [205, 203, 197];
/// The most bytes of a sheet.
const BYTES_MAX: u64 = 1 << 30;

/// Collects small pictures; the large ones are not kept.
#[derive(Debug)]
pub struct Sheet {
    columns: u32,
    small: Vec<Pixels>,
}

/// A sheet that cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Nothing was put on it.
    #[error("there is no picture for the sheet")]
    Empty,
    /// It would be larger than any viewer takes.
    #[error("a sheet of {pictures} pictures would have {width} x {height} pixels")]
    TooLarge {
        /// How many pictures.
        pictures: usize,
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn new(columns: u32) -> Sheet {
        Sheet { columns: columns.max(1), small: Vec::new() }
    }

    /// Puts a picture on the sheet, made smaller if it must be.
    pub fn push(&mut self, picture: &Pixels) {
        let (width, height) = fitted(picture.width, picture.height);
        self.small.push(shrunk(picture, width, height));
    }

    /// The whole sheet; rows are as high as their highest picture.
    ///
    /// # Errors
    /// If there are no pictures or far too many.
    pub fn draw(&self) -> Result<Pixels, SheetError> {
        if self.small.is_empty() {
            return Err(SheetError::Empty);
        }
        let columns = self.columns.min(self.small.len() as u32);
        let width = GAP + columns * (CELL_WIDTH + GAP);
        let rows: Vec<&[Pixels]> = self.small.chunks(self.columns as usize).collect();
        let height_of = |row: &[Pixels]| row.iter().map(|small| small.height).max().unwrap_or(0);
        let height = rows.iter().fold(GAP, |sum, row| sum.saturating_add(height_of(row) + GAP));
        if u64::from(width) * u64::from(height) * 3 > BYTES_MAX {
            return Err(SheetError::TooLarge { pictures: self.small.len(), width, height });
        }
        let mut sheet = Pixels::filled(width, height, GROUND);
        let mut top = GAP;
        for row in rows {
            for (column, small) in (0..).zip(row) {
                let left = GAP + column * (CELL_WIDTH + GAP) + (CELL_WIDTH - small.width) / 2;
                let below = top + (height_of(row) - small.height) / 2;
                frame(&mut sheet, left - 1, below - 1, small.width + 2, small.height + 2);
                place(&mut sheet, small, left, below);
            }
            top += height_of(row) + GAP;
        }
        Ok(sheet)
    }
}

/// The size at which a picture fits its cell; small ones are not enlarged.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (w, h) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (max_w, max_h) = (u64::from(CELL_WIDTH), u64::from(CELL_HEIGHT_MAX));
    if w <= max_w && h <= max_h {
        return (w as u32, h as u32);
    }
    // The side that is over by more decides.
    let (w, h) = if w * max_h >= h * max_w { (max_w, h * max_w / w) } else { (w * max_h / h, max_h) };
    (w.max(1) as u32, h.max(1) as u32)
}

/// Every new pixel is the mean of the area it covers in the old picture (box filter).
fn shrunk(picture: &Pixels, width: u32, height: u32) -> Pixels {
    if (width, height) == (picture.width, picture.height) {
        return picture.clone();
    }
    let (columns, rows) = (covered(picture.width, width), covered(picture.height, height));
    let mut small = Pixels::filled(width, height, GROUND);
    let stride = picture.width as usize * 3;
    // First across, for all old rows; then down.
    let mut across = vec![0.0f32; width as usize * picture.height as usize * 3];
    for (y, line) in picture.rgb.chunks_exact(stride).enumerate() {
        for (x, weights) in columns.iter().enumerate() {
            for &(at, weight) in weights {
                for channel in 0..3 {
                    across[(y * width as usize + x) * 3 + channel] +=
                        weight * f32::from(line[at * 3 + channel]);
                }
            }
        }
    }
    for (y, weights) in rows.iter().enumerate() {
        for x in 0..width as usize * 3 {
            let sum: f32 =
                weights.iter().map(|(at, weight)| weight * across[at * width as usize * 3 + x]).sum();
            small.rgb[y * width as usize * 3 + x] = (sum + 0.5).clamp(0.0, 255.0) as u8;
        }
    }
    small
}

/// For each new place the old places under it, with their share of it.
fn covered(old: u32, new: u32) -> Vec<Vec<(usize, f32)>> {
    let (old, new) = (u64::from(old), u64::from(new));
    (0..new)
        .map(|at| {
            // In units of 1/new of an old pixel, so that all bounds are whole.
            let (begin, end) = (at * old, (at + 1) * old);
            (begin / new..end.div_ceil(new))
                .map(|pixel| {
                    let part = end.min((pixel + 1) * new) - begin.max(pixel * new);
                    (pixel as usize, part as f32 / old as f32)
                })
                .collect()
        })
        .collect()
}

fn frame(sheet: &mut Pixels, left: u32, top: u32, width: u32, height: u32) {
    for y in top..top + height {
        for x in left..left + width {
            let at = (y as usize * sheet.width as usize + x as usize) * 3;
            sheet.rgb[at..at + 3].copy_from_slice(&EDGE);
        }
    }
}

fn place(sheet: &mut Pixels, small: &Pixels, left: u32, top: u32) {
    let length = small.width as usize * 3;
    for (y, line) in small.rgb.chunks_exact(length).enumerate() {
        let at = ((top as usize + y) * sheet.width as usize + left as usize) * 3;
        sheet.rgb[at..at + length].copy_from_slice(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_pixel_are_one_and_cover_everything() {
        for (old, new) in [(1, 1), (3, 2), (640, 320), (1400, 320), (321, 320), (5, 1)] {
            let shares = covered(old, new);
            let mut of_old = vec![0.0f32; old as usize];
            for weights in &shares {
                assert!((weights.iter().map(|(_, share)| share).sum::<f32>() - 1.0).abs() < 1e-4);
                weights.iter().for_each(|(at, share)| of_old[*at] += share);
            }
            let expected = new as f32 / old as f32;
            assert!(of_old.iter().all(|share| (share - expected).abs() < 1e-4), "{old} to {new}");
        }
    }

    #[test]
    fn a_smaller_picture_keeps_its_mean_and_its_colours() {
        let mut picture = Pixels::filled(640, 400, [10, 20, 30]);
        for at in 0..640 * 200 * 3 {
            picture.rgb[at] = 250;
        }
        let (width, height) = fitted(640, 400);
        assert_eq!((width, height), (320, 200));
        let small = shrunk(&picture, width, height);
        assert_eq!(small.rgb[..3], [250; 3]);
        assert_eq!(small.rgb[320 * 199 * 3..][..3], [10, 20, 30]);
    }

    #[test]
    fn pictures_of_any_shape_fit_and_none_is_enlarged() {
        assert_eq!(fitted(100, 90), (100, 90));
        assert_eq!(fitted(800, 1600), (200, 400));
        assert_eq!(fitted(4000, 10), (320, 1));
        let mut sheet = Sheet::new(COLUMNS);
        assert_eq!(sheet.draw(), Err(SheetError::Empty));
        for (width, height) in [(100, 90), (800, 1600), (640, 480), (1, 1), (320, 10), (2000, 10)] {
            sheet.push(&Pixels::filled(width, height, [1, 2, 3]));
        }
        let drawn = sheet.draw().unwrap();
        assert_eq!((drawn.width, drawn.height), (5 * 340 + 20, 20 + 400 + 20 + 1 + 20));
        assert_eq!(drawn.rgb.len(), drawn.width as usize * drawn.height as usize * 3);
    }
}
