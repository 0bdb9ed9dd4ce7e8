//! Nodes: their shapes, sizes and painting.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{
    Color, Datum, ElementId, FaceId, Fonts, PathBuilder, Point, Rect, Role, Scene, TextError,
};

use super::outline::{DRUM, Shape};
use super::style::{Coat, DiagramStyle};
use crate::table::captions::balanced;

/// A node ready to be placed: its texts are broken into lines and its size is known.
#[derive(Clone, Debug)]
pub(super) struct NodeBox {
    pub(super) shape: Shape,
    pub(super) label: Vec<String>,
    /// Width of the widest line.
    pub(super) label_width: f32,
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
        let text_width = widest(style.face(), style.text_px, &lines)?.max(widest(
            style.plain(),
            style.small_px(),
            &small,
        )?);
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
            label_width: text_width,
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
        Rect::sized(
            self.center.x - self.width / 2.0,
            self.center.y - self.height / 2.0,
            self.width,
            self.height,
        )
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
            path.cubic_to(
                r.left + w * 0.05,
                r.top + DRUM + k,
                r.right - w * 0.05,
                r.top + DRUM + k,
                r.right - 1.0,
                r.top + DRUM,
            );
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
