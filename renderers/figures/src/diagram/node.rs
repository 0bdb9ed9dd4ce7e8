//! Nodes: their shapes, sizes and painting.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign, polyline_path, round_rect_path};
use pixmo_render::{Color, Datum, ElementId, FaceId, Fonts, Path, PathBuilder, Point, Rect, Role, Scene, TextError};

use super::style::{Coat, DiagramStyle};
use crate::table::captions::balanced;

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

/// A node ready to be placed: its texts are broken into lines and its size is known.
#[derive(Clone, Debug)]
pub(super) struct NodeBox {
    pub(super) shape: Shape,
    pub(super) label: Vec<String>,
    pub(super) detail: Vec<String>,
    pub(super) data: Datum,
    pub(super) detail_data: Option<Datum>,
    pub(super) name: String,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) coat: Coat,
    /// Placed by the layout.
    pub(super) center: Point,
    /// Doubles the outline (last states).
    pub(super) double: bool,
}

impl NodeBox {
    /// Breaks the texts and measures the box. `wrap` is the widest line in pixels.
    pub(super) fn measure(
        style: &DiagramStyle<'_>,
        shape: Shape,
        (label, data): (&str, Datum),
        detail: Option<&(String, Datum)>,
        wrap: f32,
        coat: Coat,
    ) -> Result<NodeBox, TextError> {
        let fonts = Fonts::bundled();
        let wrap = if shape == Shape::Diamond { wrap * 0.8 } else { wrap };
        let lines = balanced(style.face(), style.text_px, label, wrap)?;
        let small = match detail {
            Some((text, _)) => balanced(style.plain(), style.small_px(), text, wrap)?,
            None => Vec::new(),
        };
        let widest = |face: FaceId, px: f32, lines: &[String]| {
            lines
                .iter()
                .map(|line| fonts.width(face, px, line))
                .try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))
        };
        let text_width =
            widest(style.face(), style.text_px, &lines)?.max(widest(style.plain(), style.small_px(), &small)?);
        let text_height =
            lines.len() as f32 * style.line_px + small.len() as f32 * (style.small_px() * 1.25).round();
        let (px, py) = (style.gap(style.text_px * 0.95), style.gap(style.text_px * 0.6));
        let (mut width, mut height) = match shape {
            Shape::Box | Shape::Drum | Shape::Sheet => (text_width + 2.0 * px, text_height + 2.0 * py),
            Shape::Pill => (text_width + 2.0 * px + text_height * 0.5, text_height + 2.0 * py),
            Shape::Slanted | Shape::Hexagon => (text_width + 2.0 * px + 18.0, text_height + 2.0 * py),
            Shape::Ellipse => (text_width * 1.25 + 2.0 * px, text_height * 1.3 + 2.0 * py),
            Shape::Diamond => {
                // Text of w x h fits into a diamond of W x H when w / W + h / H is at most 1.
                let width = text_width * 1.5 + 24.0;
                let height = text_height / (1.0 - text_width / width) + 8.0;
                (width, height.max(width * 0.38))
            }
        };
        if shape == Shape::Drum {
            height += 14.0;
        }
        if shape == Shape::Sheet {
            height += 8.0;
        }
        width = width.max(style.text_px * 4.5);
        height = height.max(style.text_px * 2.2);
        // Even sizes put the edges of boxes whose middle is a whole pixel onto whole pixels.
        Ok(NodeBox {
            shape,
            label: lines,
            detail: small,
            data,
            detail_data: detail.map(|d| d.1),
            name: label.to_owned(),
            width: (width / 2.0).ceil() * 2.0,
            height: (height / 2.0).ceil() * 2.0,
            coat,
            center: Point::default(),
            double: false,
        })
    }

    /// The box around the node.
    pub(super) fn rect(&self) -> Rect {
        Rect::sized(self.center.x - self.width / 2.0, self.center.y - self.height / 2.0, self.width, self.height)
    }

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
        let at = |t: f32| Point::new(outside.x + (inside.x - outside.x) * t, outside.y + (inside.y - outside.y) * t);
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
                &[Point::new(c.x, r.top), Point::new(r.right, c.y), Point::new(c.x, r.bottom), Point::new(r.left, c.y)],
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
                path.cubic_to(r.left + w * 0.05, r.top + DRUM - k, r.right - w * 0.05, r.top + DRUM - k, r.right, r.top + DRUM);
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

    /// Paints the node and its texts; returns the node's element.
    pub(super) fn paint(&self, scene: &mut Scene, style: &DiagramStyle<'_>) -> Result<ElementId, TextError> {
        let element = self.paint_shape(scene, style);
        self.paint_label(scene, style)?;
        Ok(element)
    }

    /// Paints the node without its texts.
    pub(super) fn paint_shape(&self, scene: &mut Scene, style: &DiagramStyle<'_>) -> ElementId {
        let element = scene.mark(Role::Node, self.name.clone(), [self.data]);
        if self.double
            && let Some(path) = self.outline(style.corner + 3.0, 3.5)
        {
            scene.stroke(element, path, Stroke::new(self.coat.line.unwrap_or(self.coat.fill), 1.2));
        }
        if let Some(path) = self.outline(style.corner, 0.0) {
            scene.fill(element, path, self.coat.fill);
        }
        if let Some(line) = self.coat.line
            && let Some(path) = self.outline(style.corner, -0.5)
        {
            scene.stroke(element, path, Stroke::new(line, if style.stroke > 1.5 { 1.6 } else { 1.2 }));
        }
        if self.shape == Shape::Drum {
            let r = self.rect();
            let (k, w) = (DRUM * 4.0 / 3.0, r.width());
            let mut path = PathBuilder::new();
            path.move_to(r.left + 1.0, r.top + DRUM);
            path.cubic_to(r.left + w * 0.05, r.top + DRUM + k, r.right - w * 0.05, r.top + DRUM + k, r.right - 1.0, r.top + DRUM);
            if let Some(path) = path.finish() {
                let color = self.coat.line.unwrap_or(self.coat.fill.mix(self.coat.ink, 0.4));
                scene.stroke(element, path, Stroke::new(color, 1.1));
            }
        }
        let center = self.center;
        scene.element_mut(element).anchor = center;
        scene.element_mut(element).color = Some(self.coat.fill);
        element
    }

    /// Paints the texts of the node.
    pub(super) fn paint_label(&self, scene: &mut Scene, style: &DiagramStyle<'_>) -> Result<(), TextError> {
        let small = (style.small_px() * 1.25).round();
        let height = self.label.len() as f32 * style.line_px + self.detail.len() as f32 * small;
        let shift = match self.shape {
            Shape::Drum => 4.0,
            Shape::Sheet => -3.0,
            _ => 0.0,
        };
        let mut y = self.center.y - height / 2.0 + shift;
        for line in &self.label {
            let spec = TextSpec::new(line, style.face(), style.text_px, self.coat.ink, Role::NodeLabel)
                .at(self.center.x, y + style.line_px / 2.0, Align::Middle, VAlign::Middle)
                .showing([self.data]);
            scene.text(spec)?;
            y += style.line_px;
        }
        for line in &self.detail {
            let spec = TextSpec::new(line, style.plain(), style.small_px(), self.coat.soft, Role::NodeLabel)
                .at(self.center.x, y + small / 2.0, Align::Middle, VAlign::Middle)
                .showing(self.detail_data);
            scene.text(spec)?;
            y += small;
        }
        Ok(())
    }
}

/// Half of the offset between the upper and lower edge of a slanted box.
const SLANT: f32 = 7.0;
/// Depth of the points of a hexagon.
const HEX: f32 = 12.0;
/// Half height of the lids of a drum.
const DRUM: f32 = 6.0;

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

/// The shape and colour of a step of a flowchart.
pub(super) fn shape_and_color(kind: &str, style: &DiagramStyle<'_>) -> (Shape, Color) {
    let (shape, number) = match kind {
        "start" | "end" => (Shape::Pill, 2),
        "decision" => (Shape::Diamond, 1),
        "input" | "output" => (Shape::Slanted, 3),
        "store" | "database" => (Shape::Drum, 4),
        "document" => (Shape::Sheet, 5),
        _ => (Shape::Box, 0),
    };
    (shape, style.color(number))
}
