//! Markers at the points of lines, in forms that tell series apart without colour.

use pixmo_render::{Color, ElementId, PathBuilder, Point, Rect};

use super::sheet::Sheet;

/// The form of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Circle,
    Square,
    Diamond,
    Triangle,
    TriangleDown,
    Pentagon,
}

impl Marker {
    /// The markers of the series of a chart, in turn: all of one form, or each of its own.
    pub(super) fn draw(sheet: &Sheet<'_>) -> Vec<Marker> {
        use Marker as M;
        let mut rng = sheet.rng("markers");
        let mut all = vec![M::Circle, M::Square, M::Triangle, M::Diamond, M::TriangleDown, M::Pentagon];
        if rng.chance(0.3) {
            return vec![*rng.pick(&all)];
        }
        let turn = rng.below(all.len());
        all.rotate_left(turn);
        all
    }

    /// Paints the marker; all forms look equally large.
    pub(super) fn paint(self, sheet: &mut Sheet<'_>, mark: ElementId, at: Point, radius: f32, color: Color) {
        // Corners of a figure with so many of them, the first at this angle clockwise from the top.
        let figure = |count: usize, first: f32, reach: f32, shift: f32| {
            let mut path = PathBuilder::new();
            for index in 0..count {
                let angle = (first + 360.0 * index as f32 / count as f32).to_radians();
                let (x, y) = (reach * libm::sinf(angle), -reach * libm::cosf(angle));
                if index == 0 {
                    path.move_to(at.x + x, at.y + y + shift);
                } else {
                    path.line_to(at.x + x, at.y + y + shift);
                }
            }
            path.close();
            path.finish()
        };
        let path = match self {
            Marker::Circle => return sheet.scene.circle(mark, at, radius, color),
            Marker::Square => {
                let half = radius * 0.9;
                let rect = Rect::new(at.x - half, at.y - half, at.x + half, at.y + half);
                return sheet.scene.rect(mark, rect, color);
            }
            Marker::Diamond => figure(4, 0.0, radius * 1.25, 0.0),
            Marker::Triangle => figure(3, 0.0, radius * 1.35, radius * 0.25),
            Marker::TriangleDown => figure(3, 180.0, radius * 1.35, -radius * 0.25),
            Marker::Pentagon => figure(5, 0.0, radius * 1.12, 0.0),
        };
        if let Some(path) = path {
            sheet.scene.fill(mark, path, color);
        }
    }
}
