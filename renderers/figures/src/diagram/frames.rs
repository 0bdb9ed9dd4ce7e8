//! Components and what they are built into: packages, machines, and the things that run in them, as frames around
//! nodes in layers.
//!
//! A frame is as large as what it holds, which is laid out on its own.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Path, PathBuilder, Point, Rect, Role, Scene, TextError};

use super::DiagramKind;
use super::board::Board;
use super::edge::inside_part;
use super::flow::Flow;
use super::layered::Solution;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::DiagramStyle;

/// Room between a frame and what it holds.
pub(super) const FRAME_PAD: f32 = 16.0;
/// How far the sides of a machine reach to the back.
pub(super) const DEPTH: f32 = 9.0;

/// Where the name of a frame stands.
pub(super) struct FrameName {
    lane: usize,
    center: Point,
    size: (f32, f32),
    /// A line runs through the place.
    crossed: bool,
}

/// Height of the line with the name of a frame.
pub(super) fn frame_header(style: &DiagramStyle<'_>, lines: usize) -> f32 {
    lines as f32 * style.line_px + 9.0
}

impl Flow {
    /// Paints the frames around the nodes of each lane and finds places for their names, off the lines where it can.
    pub(super) fn paint_frames(
        &self,
        board: &mut Board<'_>,
        style: &DiagramStyle<'_>,
        solution: &Solution,
        kind: DiagramKind,
    ) -> Vec<FrameName> {
        let mut names = Vec::new();
        for (index, lane) in self.lanes.iter().enumerate() {
            let Some(&Rect { left, top, right, bottom }) = solution.frames.get(index) else { continue };
            let rect = Rect::new(left.round(), top.round(), right.round(), bottom.round());
            let head = frame_header(style, lane.lines.len());
            let size = (lane.width, lane.lines.len() as f32 * style.line_px);
            // The name stands as far to the left as no line runs through it.
            let free = name_place((rect.left, rect.right), rect.top + head / 2.0, size, solution);
            let crossed = free.is_none();
            let center = free.unwrap_or(Point::new(rect.left + 12.0 + size.0 / 2.0, rect.top + head / 2.0));
            let color = style.color(index);
            let ground = frame_ground(style, index);
            let line = style.look.ground.mix(color, 0.6).readable_on(style.look.ground, 1.9);
            let group = board.scene.mark(Role::Group, lane.lines.join(" "), lane.data.iter().copied());
            match kind {
                DiagramKind::Deployment => paint_machine(&mut board.scene, group, &rect, ground, line),
                _ => paint_package(&mut board.scene, group, &rect, ground, line, style, lane.width),
            }
            board.scene.element_mut(group).anchor = center;
            board.scene.element_mut(group).color = Some(ground);
            names.push(FrameName { lane: index, center, size, crossed });
        }
        names
    }

    /// Paints the names of frames, over the lines; a line that has to pass a name is left out behind it.
    pub(super) fn paint_frame_names(
        &self,
        scene: &mut Scene,
        style: &DiagramStyle<'_>,
        names: &[FrameName],
    ) -> Result<(), TextError> {
        for FrameName { lane, center, size, crossed } in names {
            let ground = frame_ground(style, *lane);
            let (width, height) = *size;
            if *crossed {
                let chip = scene.ornament();
                let rect = Rect::sized(center.x - width / 2.0, center.y - height / 2.0, width, height);
                scene.rect(chip, rect.grown(2.0), ground);
            }
            let ink = style.look.ink.readable_on(ground, 4.8);
            let lane = &self.lanes[*lane];
            for (number, text) in lane.lines.iter().enumerate() {
                let y = center.y - height / 2.0 + (number as f32 + 0.5) * style.line_px;
                let spec = TextSpec::new(text, style.strong(), style.text_px, ink, Role::GroupLabel)
                    .at(center.x, y, Align::Middle, VAlign::Middle)
                    .showing(lane.data.iter().copied());
                scene.text(spec)?;
            }
        }
        Ok(())
    }
}

/// The colour inside a frame.
pub(super) fn frame_ground(style: &DiagramStyle<'_>, index: usize) -> Color {
    style.look.ground.mix(style.color(index), if style.look.dark { 0.13 } else { 0.08 })
}

/// The middle of a frame's name on this height, as far to the left as no line runs through it; `None` when there is no
/// such place.
fn name_place(
    (left, right): (f32, f32),
    y: f32,
    (width, height): (f32, f32),
    solution: &Solution,
) -> Option<Point> {
    let (least, most) = (left + 12.0 + width / 2.0, right - 12.0 - width / 2.0);
    let free = |x: f32| {
        let area = Rect::sized(x - width / 2.0 - 4.0, y - height / 2.0 - 2.0, width + 8.0, height + 4.0);
        let mut pieces = solution.paths.iter().flat_map(|path| path.windows(2));
        pieces.all(|piece| inside_part(&area, piece[0], piece[1]).is_none())
    };
    let steps = ((most - least) / 6.0).max(0.0) as usize;
    let mut places = (0..=steps).map(|step| least + 6.0 * step as f32);
    places.find(|&x| free(x)).map(|x| Point::new(x.round(), y.round()))
}

/// A box with a top and a right side: a machine.
fn paint_machine(scene: &mut Scene, element: pixmo_render::ElementId, rect: &Rect, fill: Color, line: Color) {
    let Rect { left, top, right, bottom } = *rect;
    let (back, up) = (right + DEPTH, top - DEPTH);
    let sides = [
        [Point::new(left, top), Point::new(left + DEPTH, up), Point::new(back, up), Point::new(right, top)],
        [
            Point::new(right, top),
            Point::new(back, up),
            Point::new(back, bottom - DEPTH),
            Point::new(right, bottom),
        ],
    ];
    let pen = Stroke::new(line, 1.2);
    for (side, shade) in sides.iter().zip([0.1, 0.22]) {
        scene.polygon(element, side, fill.mix(line, shade));
        scene.polyline(element, &[side[0], side[1], side[2], side[3], side[0]], pen.clone());
    }
    scene.rect(element, *rect, fill);
    scene.frame(element, Rect::new(left + 0.5, top + 0.5, right - 0.5, bottom - 0.5), 0.0, pen);
}

/// A box with a tab at its left: a package.
fn paint_package(
    scene: &mut Scene,
    element: pixmo_render::ElementId,
    rect: &Rect,
    fill: Color,
    line: Color,
    style: &DiagramStyle<'_>,
    width: f32,
) {
    scene.round_rect(element, *rect, style.corner.min(8.0), fill);
    let inner = Rect::new(rect.left + 0.5, rect.top + 0.5, rect.right - 0.5, rect.bottom - 0.5);
    let pen =
        if style.outlined { Stroke::new(line, 1.2) } else { Stroke::new(line, 1.2).dashed(&[5.0, 4.0]) };
    scene.frame(element, inner, style.corner.min(8.0), pen);
    if style.corner == 0.0 {
        let tab = Rect::new(
            rect.left,
            rect.top - 7.0,
            (rect.left + width * 0.5 + 20.0).min(rect.right),
            rect.top + 1.0,
        );
        scene.rect(element, tab, fill.mix(line, 0.5));
    }
}

/// The sign of a component, or of a file, in the upper right corner of a node.
pub(super) fn paint_sign(scene: &mut Scene, node: &NodeBox, file: bool) {
    if node.shape != Shape::Box {
        return;
    }
    let rect = node.rect();
    let color = node.coat.line.unwrap_or(node.coat.fill.mix(node.coat.ink, 0.6));
    let element = scene.ornament();
    let (x, y) = (rect.right - 15.5, rect.top + 4.5);
    let pen = Stroke::new(color, 1.0);
    if file {
        if let Some(path) = page(x + 1.0, y) {
            scene.stroke(element, path, pen);
        }
        return;
    }
    scene.frame(element, Rect::sized(x + 2.0, y, 9.0, 9.0), 0.0, pen.clone());
    for shift in [1.5, 5.5] {
        let tab = Rect::sized(x - 1.0, y + shift, 5.0, 2.5);
        scene.rect(element, tab, node.coat.fill);
        scene.frame(element, tab, 0.0, pen.clone());
    }
}

/// A sheet of paper with a folded corner.
fn page(x: f32, y: f32) -> Option<Path> {
    let (width, height, fold) = (8.0, 10.0, 3.0);
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + width - fold, y);
    path.line_to(x + width, y + fold);
    path.line_to(x + width, y + height);
    path.line_to(x, y + height);
    path.close();
    path.move_to(x + width - fold, y);
    path.line_to(x + width - fold, y + fold);
    path.line_to(x + width, y + fold);
    path.finish()
}

/// The lines of a store: above, below and at the left, open to the right.
pub(super) fn paint_store(scene: &mut Scene, node: &NodeBox, color: Color) {
    let rect = node.rect();
    let element = scene.ornament();
    for y in [rect.top + 0.5, rect.bottom - 0.5] {
        scene.line(element, Point::new(rect.left, y), Point::new(rect.right, y), Stroke::new(color, 1.5));
    }
    for x in [rect.left + 0.5, rect.left + 5.5] {
        scene.line(element, Point::new(x, rect.top), Point::new(x, rect.bottom), Stroke::new(color, 1.2));
    }
}
