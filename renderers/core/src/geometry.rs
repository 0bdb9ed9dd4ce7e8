//! Points, rectangles and quadrilaterals in pixels, x to the right and y down.

use serde::{Deserialize, Serialize};

/// A place in the picture, in pixels from the top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Pixels from the left edge.
    pub x: f32,
    /// Pixels from the top edge.
    pub y: f32,
}

impl Point {
    /// A point.
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// An axis-aligned rectangle; empty when `right < left` or `bottom < top`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl Rect {
    /// The rectangle that holds nothing and grows with [`Rect::union`].
    pub const EMPTY: Rect =
        Rect { left: f32::INFINITY, top: f32::INFINITY, right: f32::NEG_INFINITY, bottom: f32::NEG_INFINITY };

    /// From the four edges.
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left, top, right, bottom }
    }

    /// From the top left corner and a size.
    pub fn sized(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// Width, 0 when empty.
    pub fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    /// Height, 0 when empty.
    pub fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    /// Area in square pixels.
    pub fn area(&self) -> f32 {
        self.width() * self.height()
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// True when nothing is inside.
    pub fn is_empty(&self) -> bool {
        self.right < self.left || self.bottom < self.top
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both share; empty when they are apart.
    pub fn intersection(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// True when they share more than an edge.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// True when the point is inside or on the edge.
    pub fn contains(&self, point: Point) -> bool {
        point.x >= self.left && point.x <= self.right && point.y >= self.top && point.y <= self.bottom
    }

    /// True when the other lies inside, edges included.
    pub fn holds(&self, other: &Rect) -> bool {
        other.left >= self.left
            && other.right <= self.right
            && other.top >= self.top
            && other.bottom <= self.bottom
    }

    /// Larger by `by` on every side (smaller when negative).
    pub fn grown(&self, by: f32) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// Moved by a distance.
    pub fn moved(&self, x: f32, y: f32) -> Rect {
        Rect { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }
}

/// A rotated rectangle given by its four corners in order; the exact outline of a text run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// `rect` (relative to `origin`) rotated about `origin` by `degrees` clockwise.
    pub fn rotated(rect: &Rect, origin: Point, degrees: f32) -> Self {
        let (sin, cos) = (libm::sinf(degrees.to_radians()), libm::cosf(degrees.to_radians()));
        let turn = |x: f32, y: f32| Point::new(origin.x + x * cos - y * sin, origin.y + x * sin + y * cos);
        Self([
            turn(rect.left, rect.top),
            turn(rect.right, rect.top),
            turn(rect.right, rect.bottom),
            turn(rect.left, rect.bottom),
        ])
    }

    /// The axis-aligned rectangle around it.
    pub fn bounds(&self) -> Rect {
        self.0.iter().fold(Rect::EMPTY, |rect, p| rect.union(&Rect::new(p.x, p.y, p.x, p.y)))
    }

    /// The middle.
    pub fn center(&self) -> Point {
        Point::new((self.0[0].x + self.0[2].x) / 2.0, (self.0[0].y + self.0[2].y) / 2.0)
    }

    /// Area in square pixels.
    pub fn area(&self) -> f32 {
        polygon_area(&self.0)
    }

    /// Area that both quads share, by clipping one against the edges of the other (Sutherland-Hodgman).
    pub fn shared_area(&self, other: &Quad) -> f32 {
        if !self.bounds().overlaps(&other.bounds()) {
            return 0.0;
        }
        let sign = if signed_area(&other.0) >= 0.0 { 1.0 } else { -1.0 };
        let mut shape: Vec<Point> = self.0.to_vec();
        for i in 0..4 {
            let (a, b) = (other.0[i], other.0[(i + 1) % 4]);
            let side = |p: Point| sign * ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x));
            let mut kept = Vec::with_capacity(shape.len() + 1);
            for j in 0..shape.len() {
                let (p, q) = (shape[j], shape[(j + 1) % shape.len()]);
                let (sp, sq) = (side(p), side(q));
                if sp >= 0.0 {
                    kept.push(p);
                }
                if (sp > 0.0 && sq < 0.0) || (sp < 0.0 && sq > 0.0) {
                    let t = sp / (sp - sq);
                    kept.push(Point::new(p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t));
                }
            }
            shape = kept;
            if shape.is_empty() {
                return 0.0;
            }
        }
        polygon_area(&shape)
    }

    /// Length of the part of the segment from `a` to `b` that lies inside this (convex) quad.
    pub fn segment_inside(&self, a: Point, b: Point) -> f32 {
        let sign = if signed_area(&self.0) >= 0.0 { 1.0 } else { -1.0 };
        let (mut from, mut to) = (0.0f32, 1.0f32);
        for i in 0..4 {
            let (c, d) = (self.0[i], self.0[(i + 1) % 4]);
            let side = |p: Point| sign * ((d.x - c.x) * (p.y - c.y) - (d.y - c.y) * (p.x - c.x));
            let (sa, sb) = (side(a), side(b));
            if sa < 0.0 && sb < 0.0 {
                return 0.0;
            }
            if sa < 0.0 {
                from = from.max(sa / (sa - sb));
            } else if sb < 0.0 {
                to = to.min(sa / (sa - sb));
            }
        }
        (to - from).max(0.0) * libm::hypotf(b.x - a.x, b.y - a.y)
    }
}

fn signed_area(points: &[Point]) -> f32 {
    (0..points.len())
        .map(|i| {
            let (p, q) = (points[i], points[(i + 1) % points.len()]);
            p.x * q.y - q.x * p.y
        })
        .sum::<f32>()
        / 2.0
}

fn polygon_area(points: &[Point]) -> f32 {
    signed_area(points).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quads_share_the_area_that_geometry_says() {
        let square = Quad::rotated(&Rect::new(0.0, 0.0, 10.0, 10.0), Point::new(0.0, 0.0), 0.0);
        let moved = Quad::rotated(&Rect::new(5.0, 5.0, 15.0, 15.0), Point::new(0.0, 0.0), 0.0);
        assert!((square.shared_area(&moved) - 25.0).abs() < 1e-3);
        // A unit diamond inside the square: the rotation keeps its area.
        let diamond = Quad::rotated(&Rect::new(-1.0, -1.0, 1.0, 1.0), Point::new(5.0, 5.0), 45.0);
        assert!((square.shared_area(&diamond) - 4.0).abs() < 1e-3);
        assert!((square.segment_inside(Point::new(-5.0, 5.0), Point::new(20.0, 5.0)) - 10.0).abs() < 1e-3);
        assert_eq!(square.segment_inside(Point::new(-5.0, 11.0), Point::new(20.0, 11.0)), 0.0);
    }
}
