//! Which mask is of which point: one to one, each point in its mask.

use pathfinding::kuhn_munkres::kuhn_munkres_min;
use pathfinding::matrix::Matrix;
use pixmo_schemas::annotation_points::MarkedPoint;

use crate::rle::Rle;

/// What it costs to give a point a mask that it is not in: more than all that it is in.
const OUTSIDE: i64 = 1 << 40;
/// Distances are whole numbers while masks are dealt: parts of a thousandth of a pixel.
const SCALE: f64 = 1e3;

/// The pixel of a point, in per cent of an image: rounded to the nearest, halves to even ones, as pointing is measured; a
/// point on the last edge is in the last pixel.
#[must_use]
pub fn pixel_of(point: MarkedPoint, width: u32, height: u32) -> (u32, u32) {
    let along = |percent: f64, pixels: u32| {
        let pixel = (percent / 100.0 * f64::from(pixels)).round_ties_even();
        (pixel.max(0.0) as u32).min(pixels.saturating_sub(1))
    };
    (along(point.x, width), along(point.y, height))
}

/// For each point the number of its mask. Where masks lie over each other, those are taken whose centres are nearest to
/// their points in all; nothing if there is no way to give each point one that it is in.
#[must_use]
pub fn assign(points: &[MarkedPoint], masks: &[Rle], width: u32, height: u32) -> Option<Vec<usize>> {
    if points.len() != masks.len() {
        return None;
    }
    if points.is_empty() {
        return Some(Vec::new());
    }
    let centres: Vec<(f64, f64)> = masks.iter().map(Rle::centre).collect::<Option<_>>()?;
    let cost = |point: &MarkedPoint| {
        let (x, y) = pixel_of(*point, width, height);
        let of_mask = |(mask, (centre_x, centre_y)): (&Rle, &(f64, f64))| {
            let (dx, dy) = (f64::from(x) - centre_x, f64::from(y) - centre_y);
            if mask.holds(x, y) { ((dx * dx + dy * dy).sqrt() * SCALE) as i64 } else { OUTSIDE }
        };
        masks.iter().zip(&centres).map(of_mask).collect::<Vec<_>>()
    };
    let costs = Matrix::from_rows(points.iter().map(cost)).ok()?;
    let (_, masks_of) = kuhn_munkres_min(&costs);
    let all_inside = masks_of.iter().enumerate().all(|(point, mask)| costs[(point, *mask)] < OUTSIDE);
    all_inside.then_some(masks_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rectangle(left: u32, right: u32) -> Rle {
        Rle::of(10, 10, |x, y| (left..right).contains(&x) && y < 5).unwrap()
    }

    #[test]
    fn each_point_gets_a_mask_that_it_is_in() {
        let at = |x: f64| MarkedPoint { x, y: 20.0 };
        let masks = [rectangle(0, 10), rectangle(0, 4), rectangle(6, 10)];
        // The first mask holds all three points, and the middle one is in no other.
        assert_eq!(assign(&[at(10.0), at(50.0), at(90.0)], &masks, 10, 10), Some(vec![1, 0, 2]));
        assert_eq!(assign(&[at(10.0), at(20.0), at(90.0)], &masks, 10, 10), Some(vec![1, 0, 2]));
        assert_eq!(assign(&[at(10.0), at(50.0), at(50.0)], &masks, 10, 10), None);
        assert_eq!(assign(&[at(10.0)], &masks, 10, 10), None);
        assert_eq!(assign(&[], &[], 10, 10), Some(Vec::new()));
        let low = MarkedPoint { x: 10.0, y: 90.0 };
        assert_eq!(assign(&[low], &masks[..1], 10, 10), None);
    }

    #[test]
    fn pixels_are_rounded_as_pointing_is_measured() {
        let at = |x: f64, y: f64| pixel_of(MarkedPoint { x, y }, 10, 100);
        assert_eq!(at(25.0, 2.5), (2, 2));
        assert_eq!(at(35.0, 3.5), (4, 4));
        assert_eq!(at(100.0, 100.0), (9, 99));
    }
}
