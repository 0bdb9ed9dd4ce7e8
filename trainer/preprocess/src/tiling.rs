//! How many crops an image is cut into, and how they lie.
//!
//! All arithmetic is that of the reference, in 32-bit floats: in 64 bits some sizes come out one pixel different.

use crate::vision::Vision;

/// A grid of crops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tiling {
    /// From top to bottom.
    pub rows: usize,
    /// From left to right.
    pub columns: usize,
}

impl Tiling {
    /// The grid for an image: the one that enlarges it least, or shrinks it least if none is large enough.
    ///
    /// What both margins take is subtracted from the image first, so that an image with a side below it is one crop however
    /// long it is.
    pub fn choose(height: usize, width: usize, crops_max: usize, vision: &Vision) -> Tiling {
        let window = vision.window_px() as f32;
        let inner = |side: usize| side as f32 - vision.margin_px() as f32;
        let (height, width) = (inner(height), inner(width));
        let scale = |tiling: Tiling| {
            let down = tiling.rows as f32 * window / height;
            let across = tiling.columns as f32 * window / width;
            down.min(across)
        };
        let mut best = Tiling { rows: 1, columns: 1 };
        let mut best_scale = scale(best);
        for tiling in candidates(crops_max).skip(1) {
            let candidate = scale(tiling);
            let better = match (best_scale >= 1.0, candidate >= 1.0) {
                (true, true) => candidate < best_scale,
                (false, true) => true,
                (true, false) => false,
                (false, false) => candidate > best_scale,
            };
            if better {
                (best, best_scale) = (tiling, candidate);
            }
        }
        best
    }

    /// Crops of the grid.
    pub fn count(self) -> usize {
        self.rows * self.columns
    }

    /// Height and width in pixels of what the grid covers.
    pub fn canvas(self, vision: &Vision) -> (usize, usize) {
        let side = |tiles: usize| tiles * vision.window_px() + vision.margin_px();
        (side(self.rows), side(self.columns))
    }
}

/// All grids of at most so many crops: fewer crops first, then fewer rows.
fn candidates(crops_max: usize) -> impl Iterator<Item = Tiling> {
    (1..=crops_max.max(1)).flat_map(|count| {
        (1..=count)
            .filter(move |rows| count % rows == 0)
            .map(move |rows| Tiling { rows, columns: count / rows })
    })
}

/// Height and width of an image that is made as large as it fits into `height` x `width` without changing its shape.
///
/// A side never vanishes, unlike in the reference, which fails on images that are more than about 336 times as long as
/// wide.
pub fn fitted(image: (usize, usize), into: (usize, usize)) -> (usize, usize) {
    let scale = (into.0 as f32 / image.0 as f32).min(into.1 as f32 / image.1 as f32);
    let side = |side: usize, most: usize| ((side as f32 * scale) as usize).clamp(1, most);
    (side(image.0, into.0), side(image.1, into.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_grids_as_products() {
        assert_eq!((candidates(12).count(), candidates(36).count()), (35, 140));
    }

    #[test]
    fn an_image_below_the_margins_is_one_crop() {
        let vision = Vision::clip(12);
        let of = |height, width| Tiling::choose(height, width, 12, &vision);
        assert_eq!(of(100, 2000), Tiling { rows: 1, columns: 1 });
        assert_eq!(of(112, 2000), Tiling { rows: 1, columns: 9 });
        assert_eq!(of(4000, 4000), Tiling { rows: 3, columns: 3 });
        assert_eq!(fitted((1, 5000), (336, 336)), (1, 336));
    }
}
