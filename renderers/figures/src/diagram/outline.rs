//! The outlines of nodes: what lies inside, where lines meet them, and their paths.

use pixmo_render::scene::{polyline_path, round_rect_path};
use pixmo_render::{Path, PathBuilder, Point, Rect};

use super::node::NodeBox;

/// The outline of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A box.
    Box,
    /// A box with half circles at its ends.
    Pill,
    /// A diamond.
    Diamond,
    /// An ellipse.
    Ellipse,
    /// A slanted box.
    Slanted,
    /// A drum.
    Drum,
    /// A sheet with a wavy lower edge.
    Sheet,
    /// A box with six corners.
    Hexagon,
}

impl NodeBox {
    /// True when the point lies inside the outline.
    pub(super) fn contains(&self, point: Point) -> bool {
        let rect = self.rect();
        if !rect.contains(point) {
            return false;
        }
        let (u, v) = (
            (point.x - self.center.x).abs() / (self.width / 2.0),
            (point.y - self.center.y).abs() / (self.height / 2.0),
        );
        match self.shape {
            Shape::Box | Shape::Sheet => true,
            Shape::Diamond => u + v <= 1.0,
            Shape::Ellipse => u * u + v * v <= 1.0,
            Shape::Pill => {
                let radius = self.height / 2.0;
                let beyond = (point.x - self.center.x).abs() - (self.width / 2.0 - radius);
                beyond <= 0.0 || libm::hypotf(beyond, point.y - self.center.y) <= radius
            }
            Shape::Slanted => {
                let down = (point.y - rect.top) / self.height;
                let (left, right) = (2.0 * SLANT * (1.0 - down), 2.0 * SLANT * down);
                point.x >= rect.left + left && point.x <= rect.right - right
            }
            Shape::Hexagon => (point.x - self.center.x).abs() <= self.width / 2.0 - HEX * v,
            Shape::Drum => {
                let bulge = DRUM * (1.0 - libm::sqrtf((1.0 - u * u).max(0.0)));
                point.y >= rect.top + bulge && point.y <= rect.bottom - bulge
            }
        }
    }

    /// Where a line that comes from `outside` toward `inside` (a point of the node) meets the outline.
    pub(super) fn border(&self, outside: Point, inside: Point) -> Point {
        let (mut far, mut near) = (0.0f32, 1.0f32);
        let at = |t: f32| {
            Point::new(outside.x + (inside.x - outside.x) * t, outside.y + (inside.y - outside.y) * t)
        };
        for _ in 0..18 {
            let middle = (far + near) / 2.0;
            if self.contains(at(middle)) { near = middle } else { far = middle }
        }
        at(near)
    }

    /// Cuts both ends of a path that begins inside or at one node and ends inside or at another to their outlines.
    pub(super) fn clip_path(path: &mut [Point], from: &NodeBox, to: &NodeBox) {
        if let [first, second, ..] = path {
            *first = from.border(*second, inward(*second, *first, from));
        }
        if let [.., second, last] = path {
            *last = to.border(*second, inward(*second, *last, to));
        }
    }

    /// The outline as a path, moved outwards by `grow`.
    pub(super) fn outline(&self, corner: f32, grow: f32) -> Option<Path> {
        let r = self.rect().grown(grow);
        let c = self.center;
        match self.shape {
            Shape::Box => round_rect_path(&r, corner),
            Shape::Pill => round_rect_path(&r, r.height() / 2.0),
            Shape::Diamond => polyline_path(
                &[
                    Point::new(c.x, r.top),
                    Point::new(r.right, c.y),
                    Point::new(c.x, r.bottom),
                    Point::new(r.left, c.y),
                ],
                true,
            ),
            Shape::Ellipse => oval(&r),
            Shape::Slanted => polyline_path(
                &[
                    Point::new(r.left + 2.0 * SLANT, r.top),
                    Point::new(r.right, r.top),
                    Point::new(r.right - 2.0 * SLANT, r.bottom),
                    Point::new(r.left, r.bottom),
                ],
                true,
            ),
            Shape::Hexagon => polyline_path(
                &[
                    Point::new(r.left + HEX, r.top),
                    Point::new(r.right - HEX, r.top),
                    Point::new(r.right, c.y),
                    Point::new(r.right - HEX, r.bottom),
                    Point::new(r.left + HEX, r.bottom),
                    Point::new(r.left, c.y),
                ],
                true,
            ),
            Shape::Drum => {
                let (k, w) = (DRUM * 4.0 / 3.0, r.width());
                let mut path = PathBuilder::new();
                path.move_to(r.left, r.top + DRUM);
                path.cubic_to(
                    r.left + w * 0.05,
                    r.top + DRUM - k,
                    r.right - w * 0.05,
                    r.top + DRUM - k,
                    r.right,
                    r.top + DRUM,
                );
                path.line_to(r.right, r.bottom - DRUM);
                path.cubic_to(
                    r.right - w * 0.05,
                    r.bottom - DRUM + k,
                    r.left + w * 0.05,
                    r.bottom - DRUM + k,
                    r.left,
                    r.bottom - DRUM,
                );
                path.close();
                path.finish()
            }
            Shape::Sheet => {
                let (w, y) = (r.width(), r.bottom - 4.0);
                let mut path = PathBuilder::new();
                path.move_to(r.left, r.top);
                path.line_to(r.right, r.top);
                path.line_to(r.right, y);
                path.cubic_to(r.right - w * 0.2, y - 8.0, r.right - w * 0.3, y - 4.0, c.x, y);
                path.cubic_to(r.left + w * 0.3, y + 5.0, r.left + w * 0.2, y + 6.0, r.left, y + 1.0);
                path.close();
                path.finish()
            }
        }
    }
}

/// Half of the offset between the upper and lower edge of a slanted box.
const SLANT: f32 = 7.0;
/// Depth of the points of a hexagon.
const HEX: f32 = 12.0;
/// Half height of the lids of a drum.
pub(super) const DRUM: f32 = 6.0;

/// A point inside the node that a line through `outside` and `edge` leads to.
fn inward(outside: Point, edge: Point, node: &NodeBox) -> Point {
    let (dx, dy) = (edge.x - outside.x, edge.y - outside.y);
    let length = libm::hypotf(dx, dy).max(1e-3);
    let (along_x, along_y) = ((node.center.x - edge.x) * dx / length, (node.center.y - edge.y) * dy / length);
    let reach = (along_x + along_y).max(0.0);
    Point::new(edge.x + dx / length * reach, edge.y + dy / length * reach)
}

/// An ellipse inside a rectangle.
fn oval(r: &Rect) -> Option<Path> {
    // Control points of a quarter circle by a cubic lie 0.5523 of the radius away.
    let (c, kx, ky) = (r.center(), r.width() * 0.276_142_4, r.height() * 0.276_142_4);
    let mut path = PathBuilder::new();
    path.move_to(c.x, r.top);
    path.cubic_to(c.x + kx, r.top, r.right, c.y - ky, r.right, c.y);
    path.cubic_to(r.right, c.y + ky, c.x + kx, r.bottom, c.x, r.bottom);
    path.cubic_to(c.x - kx, r.bottom, r.left, c.y + ky, r.left, c.y);
    path.cubic_to(r.left, c.y - ky, c.x - kx, r.top, c.x, r.top);
    path.close();
    path.finish()
}
