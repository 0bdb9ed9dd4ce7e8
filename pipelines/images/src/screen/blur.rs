//! Places of a picture made unrecognisable.
//!
//! A place is reduced to the means of a few cells, and these are laid over it with soft transitions. What was finer than a
//! cell is gone: unlike what a filter has smeared, it cannot be brought back.

use pixmo_engines::Area;
use pixmo_pictures::Decoded;

/// Cells along the longer side of a place.
const CELLS: f32 = 5.0;

/// Blurs places of a picture. Its size stays, and so do all points in it.
pub(crate) fn blur(decoded: &mut Decoded, areas: &[Area]) {
    for area in areas {
        if let Some(area) = area.within(decoded.width, decoded.height) {
            Place::new(&area, decoded).cover(decoded);
        }
    }
}

/// Whole pixels of a picture, and the means of their cells.
struct Place {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    across: usize,
    down: usize,
    /// Red, green and blue of each cell, rows from the top.
    means: Vec<[f32; 3]>,
}

impl Place {
    fn new(area: &Area, decoded: &Decoded) -> Place {
        let (left, top) = (area.left.floor() as usize, area.top.floor() as usize);
        let width = (area.right.ceil() as usize).min(decoded.width as usize) - left;
        let height = (area.bottom.ceil() as usize).min(decoded.height as usize) - top;
        let cell = (width.max(height) as f32 / CELLS).max(1.0);
        let cells = |length: usize| ((length as f32 / cell).round() as usize).clamp(1, length);
        let mut place =
            Place { left, top, width, height, across: cells(width), down: cells(height), means: Vec::new() };
        for row in 0..place.down {
            for column in 0..place.across {
                place.means.push(place.mean(decoded, column, row));
            }
        }
        place
    }

    fn mean(&self, decoded: &Decoded, column: usize, row: usize) -> [f32; 3] {
        let ends = |number: usize, cells: usize, length: usize| {
            (number * length / cells, (number + 1) * length / cells)
        };
        let (from_x, to_x) = ends(column, self.across, self.width);
        let (from_y, to_y) = ends(row, self.down, self.height);
        let mut sums = [0u64; 3];
        for y in from_y..to_y {
            let first = ((self.top + y) * decoded.width as usize + self.left + from_x) * 3;
            for pixel in decoded.pixels[first..first + (to_x - from_x) * 3].chunks_exact(3) {
                sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u64::from(*value));
            }
        }
        let pixels = ((to_x - from_x) * (to_y - from_y)) as f32;
        sums.map(|sum| sum as f32 / pixels)
    }

    /// Lays the means over the place, each strongest in the middle of its cell.
    fn cover(&self, decoded: &mut Decoded) {
        // Where a pixel lies between the middles of two cells, and how much of the second it takes.
        let between = |at: usize, length: usize, cells: usize| {
            let place =
                ((at as f32 + 0.5) * cells as f32 / length as f32 - 0.5).clamp(0.0, cells as f32 - 1.0);
            let first = place.floor() as usize;
            (first, (first + 1).min(cells - 1), place - first as f32)
        };
        for y in 0..self.height {
            let (above, below, down) = between(y, self.height, self.down);
            for x in 0..self.width {
                let (left, right, along) = between(x, self.width, self.across);
                let mean = |column: usize, row: usize, of: usize| self.means[row * self.across + column][of];
                let first = ((self.top + y) * decoded.width as usize + self.left + x) * 3;
                for (of, value) in decoded.pixels[first..first + 3].iter_mut().enumerate() {
                    let upper = mean(left, above, of) * (1.0 - along) + mean(right, above, of) * along;
                    let lower = mean(left, below, of) * (1.0 - along) + mean(right, below, of) * along;
                    *value = (upper * (1.0 - down) + lower * down + 0.5) as u8;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of fine stripes.
    fn stripes() -> Decoded {
        let pixels: Vec<u8> = (0..60 * 40).flat_map(|at| [if at % 2 == 0 { 0 } else { 200 }; 3]).collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 60, 40);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        pixmo_pictures::decode(&file, &pixmo_pictures::Limits::default()).unwrap()
    }

    #[test]
    fn only_the_place_changes_and_nothing_fine_is_left_in_it() {
        let before = stripes();
        let mut after = before.clone();
        blur(&mut after, &[Area { left: 10.0, top: 5.0, right: 40.0, bottom: 25.0 }]);
        assert_eq!((after.width, after.height), (60, 40));
        for (at, (before, after)) in before.pixels.iter().zip(&after.pixels).enumerate() {
            let (x, y) = (at / 3 % 60, at / 180);
            if (10..40).contains(&x) && (5..25).contains(&y) {
                assert!((90..=110).contains(after), "{x}, {y}: {after}");
            } else {
                assert_eq!(before, after, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_place_beyond_the_edges_is_blurred_as_far_as_there_is_picture() {
        let mut after = stripes();
        blur(&mut after, &[Area { left: -50.0, top: -50.0, right: 500.0, bottom: 500.0 }]);
        assert!(after.pixels.iter().all(|value| (80..=120).contains(value)));
        let mut untouched = stripes();
        blur(&mut untouched, &[Area { left: 70.0, top: 0.0, right: 90.0, bottom: 10.0 }]);
        assert_eq!(untouched.pixels, stripes().pixels);
        blur(&mut untouched, &[Area { left: 3.2, top: 3.2, right: 3.4, bottom: 3.4 }]);
    }
}
