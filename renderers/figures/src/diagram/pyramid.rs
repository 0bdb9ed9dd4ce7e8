//! Pyramids: layers that rest on each other, their names inside or beside them.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Fonts, Point, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::graph::Source;
use super::style::{DiagramStyle, NodeLook};
use crate::table::captions::balanced;
use crate::{Drawn, FigureError};

/// Draws a pyramid.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let nodes = source.nodes()?;
    let count = nodes.len() as f32;
    let mut rng = spec.seed.rng("pyramid");
    let base = (rng.range32(400.0, 560.0)).round();
    let layer = (rng.range32(58.0, 78.0)).max(style.line_px * 2.0 + 18.0).round();
    let gap = if rng.chance(0.6) { 4.0 } else { 2.0 };
    let height = count * layer;
    // Width of the pyramid at a distance from its top; the top is cut off in half of the pictures.
    let top_width = if rng.chance(0.5) { 0.0 } else { base * 0.16 };
    let half_at = |y: f32| (top_width + (base - top_width) * y / height) / 2.0;

    // In a pointed top layer the text stands lower, where there is room.
    let lowered = |index: usize| if index == 0 && top_width == 0.0 { layer * 0.14 } else { 0.0 };
    let fonts = Fonts::bundled();
    let widest = |lines: &[String]| {
        lines
            .iter()
            .map(|line| fonts.width(style.strong(), style.text_px, line))
            .try_fold(0.0f32, |widest, w| w.map(|w| widest.max(w)))
    };
    // Names stand inside where all of them fit: the room is that at the upper edge of the text.
    let mut inside = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let mut found = None;
        for wrap in [14.0, 10.0, 7.0] {
            let lines = balanced(style.strong(), style.text_px, &node.label, style.text_px * wrap)?;
            let text = lines.len() as f32 * style.line_px;
            let upper = (index as f32 + 0.5) * layer - text / 2.0 + lowered(index);
            if text + 14.0 + 2.0 * lowered(index) <= layer
                && widest(&lines)? / 2.0 + 8.0 <= half_at(upper.max(0.0))
            {
                found = Some(lines);
                break;
            }
        }
        inside.push(found);
    }
    let all_inside = inside.iter().all(Option::is_some);
    let side_texts: Vec<Option<(String, Datum, Role)>> = nodes
        .iter()
        .map(|node| match all_inside {
            true => node.detail.as_ref().map(|d| (d.0.clone(), d.1, Role::NodeLabel)),
            false => Some((node.label.clone(), node.data, Role::NodeLabel)),
        })
        .collect();
    let mut side = Vec::new();
    let mut side_width = 0.0f32;
    for (index, text) in side_texts.iter().enumerate() {
        let mut blocks: Vec<(Vec<String>, Datum, bool)> = Vec::new();
        if let Some((text, data, _)) = text {
            let strong = !all_inside;
            let (face, px) =
                if strong { (style.strong(), style.text_px) } else { (style.plain(), style.small_px()) };
            let lines = balanced(face, px, text, style.text_px * 15.0)?;
            for line in &lines {
                side_width = side_width.max(fonts.width(face, px, line)?);
            }
            blocks.push((lines, *data, strong));
        }
        if let (false, Some((text, data))) = (all_inside, &nodes[index].detail) {
            let lines = balanced(style.plain(), style.small_px(), text, style.text_px * 15.0)?;
            for line in &lines {
                side_width = side_width.max(fonts.width(style.plain(), style.small_px(), line)?);
            }
            blocks.push((lines, *data, false));
        }
        side.push(blocks);
    }
    let text_x = base + 24.0;
    let width = if side_width > 0.0 { text_x + side_width.ceil() } else { base };
    let mut board = Board::open(spec, width, height)?;
    let (left, top) = (board.origin.x, board.origin.y);
    let middle = left + base / 2.0;
    for (index, node) in nodes.iter().enumerate() {
        let (upper, lower) = (index as f32 * layer, (index + 1) as f32 * layer - gap);
        let look = if style.nodes == NodeLook::Outline { NodeLook::Tint } else { style.nodes };
        let color = match style.colorful {
            true => style.color(index),
            // One colour, darker towards the base.
            false => style.look.accent.mix(style.look.ground, 0.55 * (1.0 - (index as f32 + 1.0) / count)),
        };
        let coat = style.coat_of(color, look);
        let element = board.scene.mark(Role::Node, node.label.clone(), [node.data]);
        let (a, b) = (half_at(upper), half_at(lower));
        let corners = [
            Point::new(middle - a, top + upper),
            Point::new(middle + a, top + upper),
            Point::new(middle + b, top + lower),
            Point::new(middle - b, top + lower),
        ];
        board.scene.polygon(element, &corners, coat.fill);
        if let Some(line) = coat.line {
            let closed = [corners[0], corners[1], corners[2], corners[3], corners[0]];
            board.scene.polyline(element, &closed, Stroke::new(line, 1.2));
        }
        let center = Point::new(middle, top + (upper + lower) / 2.0);
        board.scene.element_mut(element).anchor = center;
        board.scene.element_mut(element).color = Some(coat.fill);
        if let (true, Some(lines)) = (all_inside, &inside[index]) {
            let mut y =
                top + (upper + lower) / 2.0 + lowered(index) - lines.len() as f32 * style.line_px / 2.0;
            for line in lines {
                let text = TextSpec::new(line, style.strong(), style.text_px, coat.ink, Role::NodeLabel)
                    .at(middle, y + style.line_px / 2.0, Align::Middle, VAlign::Middle)
                    .showing([node.data]);
                board.scene.text(text)?;
                y += style.line_px;
            }
        }
        if side[index].is_empty() {
            continue;
        }
        // A leader from the slope to the text.
        let leader = board.scene.ornament();
        let (y, from) = (center.y.round(), middle + half_at((upper + lower) / 2.0) + 5.0);
        let pen = style.look.ground.mix(style.look.ink, 0.3);
        board.scene.rect(leader, Rect::new(from.round(), y, left + text_x - 8.0, y + 1.0), pen);
        let step = |strong: bool| if strong { style.line_px } else { (style.small_px() * 1.28).round() };
        let total: f32 =
            side[index].iter().map(|(lines, _, strong)| lines.len() as f32 * step(*strong)).sum();
        let mut y = center.y - total / 2.0;
        for (lines, data, strong) in &side[index] {
            let (face, px, ink) = match strong {
                true => (style.strong(), style.text_px, style.look.ink),
                false => (style.plain(), style.small_px(), style.look.soft_ink),
            };
            for line in lines {
                let text = TextSpec::new(line, face, px, ink, Role::NodeLabel)
                    .at(left + text_x, y + step(*strong) / 2.0, Align::Start, VAlign::Middle)
                    .showing([*data]);
                board.scene.text(text)?;
                y += step(*strong);
            }
        }
    }
    board.finish(Vec::new())
}
