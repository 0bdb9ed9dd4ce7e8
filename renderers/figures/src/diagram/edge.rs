//! Edges: lines with round bends, the heads of arrows and labels.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, ElementId, Path, PathBuilder, Point, Rect, Role, Scene, TextError};

use super::style::{DiagramStyle, Head};

/// An edge ready to be painted.
#[derive(Clone, Debug)]
pub(super) struct EdgeLine<'a> {
    /// Corners of its way, first to last.
    pub(super) path: &'a [Point],
    /// The cells `from` and `to`.
    pub(super) data: &'a [Datum],
    /// A name for people.
    pub(super) name: String,
    /// What stands at its end and at its start.
    pub(super) head: Head,
    pub(super) tail: Head,
    pub(super) dashed: bool,
    pub(super) color: Color,
    pub(super) width: f32,
    /// Radius of its bends.
    pub(super) bend: f32,
    /// Where its line is left out for a label.
    pub(super) gap: Option<Rect>,
}

/// A label on one or more lines.
#[derive(Clone, Debug)]
pub(super) struct EdgeText {
    pub(super) lines: Vec<String>,
    pub(super) data: Datum,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// Distance of two points.
pub(super) fn distance(a: Point, b: Point) -> f32 {
    libm::hypotf(b.x - a.x, b.y - a.y)
}

/// The point at a share of the way from `a` to `b`.
pub(super) fn between(a: Point, b: Point, t: f32) -> Point {
    Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
}

/// Length of a chain of straight segments.
pub(super) fn length(path: &[Point]) -> f32 {
    path.windows(2).map(|w| distance(w[0], w[1])).sum()
}

/// The point at a distance along a chain, and the direction there.
pub(super) fn along(path: &[Point], mut way: f32) -> (Point, Point) {
    for pair in path.windows(2) {
        let step = distance(pair[0], pair[1]);
        if way <= step && step > 0.0 {
            let direction = Point::new((pair[1].x - pair[0].x) / step, (pair[1].y - pair[0].y) / step);
            return (between(pair[0], pair[1], way / step), direction);
        }
        way -= step;
    }
    (path.last().copied().unwrap_or_default(), Point::new(0.0, 1.0))
}

/// A cubic curve cut into straight pieces, its start left out.
pub(super) fn curve(a: Point, b: Point, c: Point, d: Point, pieces: usize) -> Vec<Point> {
    (1..=pieces)
        .map(|step| {
            let t = step as f32 / pieces as f32;
            let (x, y, z) = (between(a, b, t), between(b, c, t), between(c, d, t));
            between(between(x, y, t), between(y, z, t), t)
        })
        .collect()
}

/// How far the line stays away from the tip of a head.
fn setback(head: Head, width: f32) -> f32 {
    let size = head_size(width);
    match head {
        Head::Filled => size * 0.8,
        Head::Hollow => size * 1.25,
        Head::Diamond => size * 1.8,
        Head::None | Head::Open | Head::Crow { .. } => 0.0,
    }
}

fn head_size(width: f32) -> f32 {
    6.2 + 2.0 * width
}

/// Paints an edge; its anchor is the middle of its way.
pub(super) fn paint(scene: &mut Scene, ground: Color, line: &EdgeLine<'_>) -> ElementId {
    let element = scene.mark(Role::Edge, line.name.clone(), line.data.iter().copied());
    let total = length(line.path);
    let body = shortened(line.path, setback(line.tail, line.width), setback(line.head, line.width));
    let mut pen = Stroke::new(line.color, line.width);
    if line.dashed {
        pen = pen.dashed(&[5.0, 4.0]);
    }
    for piece in without(&body, line.gap) {
        if let Some(path) = bent(&piece, line.bend) {
            scene.stroke(element, path, pen.clone());
        }
    }
    let end = line.path.last().copied().unwrap_or_default();
    let start = line.path.first().copied().unwrap_or_default();
    let (near_end, _) = along(line.path, total - head_size(line.width).min(total * 0.5));
    let (near_start, _) = along(line.path, head_size(line.width).min(total * 0.5));
    paint_head(scene, ground, element, line, line.head, near_end, end);
    paint_head(scene, ground, element, line, line.tail, near_start, start);
    scene.element_mut(element).anchor = along(line.path, total / 2.0).0;
    scene.element_mut(element).color = Some(line.color);
    element
}

fn paint_head(
    scene: &mut Scene,
    ground: Color,
    element: ElementId,
    line: &EdgeLine<'_>,
    head: Head,
    before: Point,
    tip: Point,
) {
    let step = distance(before, tip).max(1e-3);
    let (ux, uy) = ((tip.x - before.x) / step, (tip.y - before.y) / step);
    // A point `back` behind the tip and `side` to its left.
    let at = |back: f32, side: f32| Point::new(tip.x - ux * back - uy * side, tip.y - uy * back + ux * side);
    let size = head_size(line.width);
    let pen = Stroke::new(line.color, line.width.max(1.2));
    match head {
        Head::None => {}
        Head::Filled => {
            scene.polygon(element, &[tip, at(size, size * 0.42), at(size, -size * 0.42)], line.color);
        }
        Head::Open => {
            let half = size * 0.5;
            scene.polyline(element, &[at(size * 0.9, half), tip, at(size * 0.9, -half)], pen);
        }
        Head::Hollow => {
            let corners = [tip, at(size * 1.25, size * 0.65), at(size * 1.25, -size * 0.65)];
            scene.polygon(element, &corners, ground);
            let [a, b, c] = corners;
            scene.polyline(element, &[a, b, c, a], pen);
        }
        Head::Diamond => {
            let corners =
                [tip, at(size * 0.9, size * 0.45), at(size * 1.8, 0.0), at(size * 0.9, -size * 0.45)];
            scene.polygon(element, &corners, line.color);
        }
        Head::Crow { zero, many } => {
            let (foot, half) = (size * 1.05, size * 0.55);
            if many {
                scene.line(element, at(foot, 0.0), at(0.0, half), pen.clone());
                scene.line(element, at(foot, 0.0), at(0.0, -half), pen.clone());
            } else {
                scene.line(element, at(foot * 0.6, half), at(foot * 0.6, -half), pen.clone());
            }
            let back = foot + 3.5;
            if zero {
                let middle = at(back + 1.0, 0.0);
                scene.circle(element, middle, 4.0, line.color);
                scene.circle(element, middle, 4.0 - line.width, ground);
            } else {
                scene.line(element, at(back, half), at(back, -half), pen);
            }
        }
    }
}

/// The chain without its first and last pixels.
fn shortened(path: &[Point], start: f32, end: f32) -> Vec<Point> {
    let total = length(path);
    let (from, to) = (start.min(total * 0.4), total - end.min(total * 0.4));
    let mut list = vec![along(path, from).0];
    let mut way = 0.0;
    for pair in path.windows(2) {
        way += distance(pair[0], pair[1]);
        if way > from + 0.01 && way < to - 0.01 {
            list.push(pair[1]);
        }
    }
    list.push(along(path, to).0);
    list
}

/// The pieces of a chain outside a rectangle.
fn without(path: &[Point], gap: Option<Rect>) -> Vec<Vec<Point>> {
    let Some(gap) = gap else { return vec![path.to_vec()] };
    let mut pieces: Vec<Vec<Point>> = vec![vec![path.first().copied().unwrap_or_default()]];
    for pair in path.windows(2) {
        match inside_part(&gap, pair[0], pair[1]) {
            None => pieces.last_mut().expect("there is a first piece").push(pair[1]),
            Some((from, to)) => {
                pieces.last_mut().expect("there is a first piece").push(between(pair[0], pair[1], from));
                pieces.push(vec![between(pair[0], pair[1], to)]);
                if to < 1.0 {
                    pieces.last_mut().expect("one was just added").push(pair[1]);
                }
            }
        }
    }
    pieces.retain(|piece| length(piece) > 0.5);
    pieces
}

/// The part of a segment inside a rectangle, as shares of its length (Liang and Barsky).
pub(super) fn inside_part(rect: &Rect, a: Point, b: Point) -> Option<(f32, f32)> {
    let (mut from, mut to) = (0.0f32, 1.0f32);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    for (p, q) in
        [(-dx, a.x - rect.left), (dx, rect.right - a.x), (-dy, a.y - rect.top), (dy, rect.bottom - a.y)]
    {
        if p.abs() < 1e-6 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            from = from.max(q / p);
        } else {
            to = to.min(q / p);
        }
    }
    (from < to).then_some((from, to))
}

/// A chain with round bends.
fn bent(points: &[Point], radius: f32) -> Option<Path> {
    let (first, last) = (points.first()?, points.last()?);
    if points.len() < 2 {
        return None;
    }
    let mut path = PathBuilder::new();
    path.move_to(first.x, first.y);
    for three in points.windows(3) {
        let (a, b, c) = (three[0], three[1], three[2]);
        let reach = radius.min(distance(a, b) / 2.0).min(distance(b, c) / 2.0);
        if reach < 0.5 {
            path.line_to(b.x, b.y);
            continue;
        }
        let (enter, leave) = (between(b, a, reach / distance(a, b)), between(b, c, reach / distance(b, c)));
        path.line_to(enter.x, enter.y);
        path.quad_to(b.x, b.y, leave.x, leave.y);
    }
    path.line_to(last.x, last.y);
    path.finish()
}

impl EdgeText {
    /// Breaks a label into lines and measures it.
    pub(super) fn measure(
        style: &DiagramStyle<'_>,
        label: &(String, Datum),
        wrap: f32,
    ) -> Result<EdgeText, TextError> {
        let fonts = pixmo_render::Fonts::bundled();
        let (face, px) = (style.plain(), style.small_px());
        let lines = crate::table::captions::balanced(face, px, &label.0, wrap)?;
        let width = lines
            .iter()
            .map(|line| fonts.width(face, px, line))
            .try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))?;
        let height = lines.len() as f32 * (px * 1.25).round();
        Ok(EdgeText { lines, data: label.1, width: width.ceil(), height })
    }

    /// The box around the label at a place.
    pub(super) fn rect(&self, center: Point) -> Rect {
        Rect::sized(center.x - self.width / 2.0, center.y - self.height / 2.0, self.width, self.height)
    }

    /// The place that a line leaves free for the label.
    pub(super) fn gap(&self, center: Point) -> Rect {
        let rect = self.rect(center);
        Rect::new(rect.left - 4.0, rect.top - 1.0, rect.right + 4.0, rect.bottom + 1.0)
    }

    /// Paints the label.
    pub(super) fn paint(
        &self,
        scene: &mut Scene,
        style: &DiagramStyle<'_>,
        ground: Color,
        center: Point,
    ) -> Result<(), TextError> {
        let step = (style.small_px() * 1.25).round();
        let ink = style.look.soft_ink.readable_on(ground, 4.6);
        for (number, line) in self.lines.iter().enumerate() {
            let y = center.y - self.height / 2.0 + (number as f32 + 0.5) * step;
            let spec = TextSpec::new(line, style.plain(), style.small_px(), ink, Role::EdgeLabel)
                .at(center.x, y, Align::Middle, VAlign::Middle)
                .showing([self.data]);
            scene.text(spec)?;
        }
        Ok(())
    }
}
