//! Swim lanes: who does what, as bands behind the nodes.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Fonts, Rect, Role, TextError};

use super::Direction;
use super::board::Board;
use super::flow::Flow;
use super::graph::{Graph, Source};
use super::layered::Solution;
use super::style::DiagramStyle;
use crate::FigureError;
use crate::table::captions::balanced;

/// A lane and the lines of its name.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) lines: Vec<String>,
    pub(super) data: Vec<Datum>,
    pub(super) width: f32,
}

/// The lanes in the order of their first use, and the lane of each node.
pub(super) fn lanes(
    source: &Source<'_>,
    graph: &Graph,
    style: &DiagramStyle<'_>,
    direction: Direction,
) -> Result<(Vec<Lane>, Vec<usize>), FigureError> {
    let mut names: Vec<(&str, Vec<Datum>)> = Vec::new();
    let mut lane_of = Vec::new();
    for node in &graph.nodes {
        let (name, datum) =
            node.group.as_ref().ok_or_else(|| source.wrong(format!("no lane for `{}`", node.label)))?;
        let at = names.iter().position(|n| n.0 == name).unwrap_or_else(|| {
            names.push((name, Vec::new()));
            names.len() - 1
        });
        names[at].1.push(*datum);
        lane_of.push(at);
    }
    let wrap = style.text_px * if direction == Direction::Down { 12.0 } else { 8.0 };
    let fonts = Fonts::bundled();
    let mut list = Vec::new();
    for (name, data) in names {
        let lines = balanced(style.strong(), style.text_px, name, wrap)?;
        let width = lines
            .iter()
            .map(|line| fonts.width(style.strong(), style.text_px, line))
            .try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))?;
        list.push(Lane { lines, data, width: width.ceil() });
    }
    Ok((list, lane_of))
}

impl Flow {
    /// Paints the lanes.
    pub(super) fn paint_lanes(
        &self,
        board: &mut Board<'_>,
        style: &DiagramStyle<'_>,
        solution: &Solution,
        down: bool,
        (width, height, header): (f32, f32, f32),
    ) -> Result<(), TextError> {
        let look = style.look;
        for (index, (lane, &(from, to))) in self.lanes.iter().zip(&solution.lanes).enumerate() {
            let name = lane.lines.join(" ");
            let whole = match down {
                true => Rect::new(from, 0.0, to, height),
                false => Rect::new(0.0, from, width, to),
            };
            let whole = whole.moved(board.origin.x, board.origin.y);
            let band = match down {
                true => Rect::new(whole.left, whole.top, whole.right, whole.top + header),
                false => Rect::new(whole.left, whole.top, whole.left + header, whole.bottom),
            };
            let ground = lane_ground(style, index);
            let head = look.ground.mix(style.color(index), if look.dark { 0.42 } else { 0.26 });
            let group = board.scene.mark(Role::Group, name, lane.data.iter().copied());
            board.scene.rect(group, whole, ground);
            board.scene.rect(group, band, head);
            let inset = Rect::new(whole.left + 0.5, whole.top + 0.5, whole.right - 0.5, whole.bottom - 0.5);
            board.scene.frame(group, inset, 0.0, Stroke::new(look.ground.mix(look.ink, 0.25), 1.0));
            board.scene.element_mut(group).anchor = band.center();
            board.scene.element_mut(group).color = Some(head);
            let ink = look.ink.readable_on(head, 4.6);
            let top = band.center().y - lane.lines.len() as f32 * style.line_px / 2.0;
            for (number, line) in lane.lines.iter().enumerate() {
                let y = top + (number as f32 + 0.5) * style.line_px;
                let spec = TextSpec::new(line, style.strong(), style.text_px, ink, Role::GroupLabel)
                    .at(band.center().x, y, Align::Middle, VAlign::Middle)
                    .showing(lane.data.iter().copied());
                board.scene.text(spec)?;
            }
        }
        Ok(())
    }
}

/// The colour inside a lane.
pub(super) fn lane_ground(style: &DiagramStyle<'_>, lane: usize) -> Color {
    let look = style.look;
    match lane % 2 {
        0 => look.ground.mix(style.color(lane), 0.04),
        _ => look.ground.mix(style.color(lane), 0.09),
    }
}
