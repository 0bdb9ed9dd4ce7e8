//! The plane of a dial, as a picture shows it.

/// Where a place of a picture lies on the dial: the homography of a row, undone. On the dial the middle is (0, 0), y points
/// down, and angles are degrees clockwise from 12.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    /// Dial to picture, row by row.
    forth: [[f64; 3]; 3],
    /// Picture to dial.
    back: [[f64; 3]; 3],
    /// Determinant of `back`.
    size: f64,
}

impl Plane {
    /// By the nine numbers of a row; `None` where they have no inverse.
    pub fn of(rows: &[f64]) -> Option<Plane> {
        let [a, b, c, d, e, f, g, h, i] = *rows else { return None };
        let forth = [[a, b, c], [d, e, f], [g, h, i]];
        let whole = determinant(&forth);
        if !whole.is_finite() || whole.abs() < 1e-12 {
            return None;
        }
        // The transposed cofactors over the determinant: each is the cross product of two rows.
        let [first, second, third] = forth;
        let columns = [cross(second, third), cross(third, first), cross(first, second)];
        let back: [[f64; 3]; 3] =
            std::array::from_fn(|row| std::array::from_fn(|column| columns[column][row] / whole));
        Some(Plane { forth, back, size: determinant(&back) })
    }

    /// The place on the dial of a place in the picture.
    pub fn on_dial(&self, x: f64, y: f64) -> (f64, f64) {
        through(&self.back, x, y)
    }

    /// The place in the picture of a place on the dial.
    pub fn in_picture(&self, across: f64, down: f64) -> (f64, f64) {
        through(&self.forth, across, down)
    }

    /// The area on the dial that a small part of the picture about a place covers, over its area there.
    pub fn area(&self, x: f64, y: f64) -> f64 {
        let [g, h, i] = self.back[2];
        let w = g * x + h * y + i;
        (self.size / (w * w * w)).abs()
    }
}

fn through(map: &[[f64; 3]; 3], x: f64, y: f64) -> (f64, f64) {
    let [u, v, w] = map.map(|[a, b, c]| a * x + b * y + c);
    (u / w, v / w)
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn determinant(map: &[[f64; 3]; 3]) -> f64 {
    let across = cross(map[1], map[2]);
    map[0].iter().zip(across).map(|(a, b)| a * b).sum()
}

/// The direction of a place from the middle, in degrees clockwise from 12, 0 to 360 (exclusive).
pub fn direction(across: f64, down: f64) -> f64 {
    let degrees = libm::atan2(across, -down).to_degrees().rem_euclid(360.0);
    if degrees >= 360.0 { 0.0 } else { degrees }
}

/// The turn from one direction to another by the shorter way, in degrees, -180 to 180: over 0 where it is clockwise.
pub fn turn(from: f64, to: f64) -> f64 {
    (to - from + 180.0).rem_euclid(360.0) - 180.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mapped_comes_back() {
        let plane =
            Plane::of(&[1.2, -0.4, 250.0, 0.3, 0.9, 180.0, 0.0004, -0.0006, 1.0]).expect("an inverse");
        for (x, y) in [(0.0, 0.0), (100.0, 0.0), (-60.0, 80.0), (13.5, -99.0)] {
            let (u, v) = plane.in_picture(x, y);
            let (again_x, again_y) = plane.on_dial(u, v);
            assert!((again_x - x).abs() < 1e-9 && (again_y - y).abs() < 1e-9);
            // A small square in the picture, and the area of its corners on the dial.
            let corners = [(0.0, 0.0), (0.01, 0.0), (0.0, 0.01)].map(|(a, b)| plane.on_dial(u + a, v + b));
            let [o, p, q] = corners;
            let area = (p.0 - o.0) * (q.1 - o.1) - (p.1 - o.1) * (q.0 - o.0);
            assert!((area.abs() / 1e-4 / plane.area(u, v) - 1.0).abs() < 1e-3);
        }
        assert_eq!(Plane::of(&[1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 0.0, 0.0, 1.0]), None);
        assert_eq!(Plane::of(&[1.0; 8]), None);
    }

    #[test]
    fn directions_are_clockwise_from_twelve() {
        for (place, degrees) in
            [((0.0, -1.0), 0.0), ((1.0, 0.0), 90.0), ((0.0, 1.0), 180.0), ((-1.0, 0.0), 270.0)]
        {
            assert!((direction(place.0, place.1) - degrees).abs() < 1e-9);
        }
        assert_eq!((turn(350.0, 10.0), turn(10.0, 350.0), turn(20.0, 50.0)), (20.0, -20.0, 30.0));
    }
}
