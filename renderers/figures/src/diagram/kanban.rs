//! Kanban boards: cards in columns.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Fonts, Point, Rect, Role};

use super::DiagramSpec;
use super::board::Board;
use super::graph::Source;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{Coat, DiagramStyle};
use crate::{Drawn, FigureError};

/// Draws a board.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let nodes = source.nodes()?;
    let mut rng = spec.seed.rng("kanban");
    let column = (style.text_px * rng.range32(12.0, 15.0)).round().max(140.0);
    let (pad, gap) = (10.0, 10.0);
    let mut lanes: Vec<(&str, Vec<Datum>, Vec<usize>)> = Vec::new();
    let mut cards = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let (name, datum) =
            node.group.as_ref().ok_or_else(|| source.wrong(format!("no lane for `{}`", node.label)))?;
        let at = lanes.iter().position(|l| l.0 == name).unwrap_or_else(|| {
            lanes.push((name, Vec::new(), Vec::new()));
            lanes.len() - 1
        });
        lanes[at].1.push(*datum);
        lanes[at].2.push(index);
        let look = style.look;
        let fill = if look.dark { look.ground.mix(Color::WHITE, 0.14) } else { Color::WHITE };
        let coat = Coat {
            fill,
            line: Some(look.ground.mix(look.ink, 0.2)),
            ink: look.ink.readable_on(fill, 5.0),
            soft: look.soft_ink.readable_on(fill, 4.5),
        };
        let wrap = column - 2.0 * pad - 26.0;
        let label = (node.label.as_str(), node.data);
        let mut card = NodeBox::measure(style, Shape::Box, label, node.detail.as_ref(), wrap, coat)?;
        card.width = column - 2.0 * pad;
        card.height += 4.0;
        cards.push(card);
    }
    let head = style.line_px + 16.0;
    let mut width_needed = column;
    for lane in &lanes {
        width_needed =
            width_needed.max(Fonts::bundled().width(style.strong(), style.text_px, lane.0)? + 24.0);
    }
    let extra = width_needed.ceil() - column;
    let column = column + extra;
    cards.iter_mut().for_each(|c| c.width += extra);
    let tallest = lanes
        .iter()
        .map(|lane| lane.2.iter().map(|&c| cards[c].height + gap).sum::<f32>())
        .fold(0.0f32, f32::max);
    let height = head + tallest + pad;
    let width = lanes.len() as f32 * (column + gap) - gap;
    let mut board = Board::open(spec, width, height)?;
    for (number, (name, data, members)) in lanes.iter().enumerate() {
        let left = board.origin.x + number as f32 * (column + gap);
        let rect = Rect::sized(left.round(), board.origin.y, column, height);
        let color = style.color(number);
        let ground = style.look.ground.mix(color, if style.look.dark { 0.16 } else { 0.1 });
        let group = board.scene.mark(Role::Group, (*name).to_owned(), data.iter().copied());
        board.scene.round_rect(group, rect, style.corner.max(2.0), ground);
        let bar = Rect::new(rect.left, rect.top, rect.right, rect.top + 4.0);
        board.scene.rect(group, bar, color);
        board.scene.element_mut(group).anchor = Point::new(rect.center().x, rect.top + head / 2.0);
        board.scene.element_mut(group).color = Some(ground);
        let ink = style.look.ink.readable_on(ground, 4.6);
        let text = TextSpec::new(name, style.strong(), style.text_px, ink, Role::GroupLabel)
            .at(rect.left + pad + 2.0, rect.top + head / 2.0 + 3.0, Align::Start, VAlign::Middle)
            .showing(data.iter().copied());
        board.scene.text(text)?;
        let mut y = rect.top + head + 2.0;
        for &member in members {
            let card = &mut cards[member];
            card.center = Point::new(rect.center().x, (y + card.height / 2.0).round());
            y += card.height + gap;
            let (element, edges) = (card.paint_shape(&mut board.scene, style), card.rect());
            if style.outlined {
                // A strip in the colour of the column.
                let strip = Rect::new(edges.left, edges.top, edges.left + 4.0, edges.bottom);
                board.scene.round_rect(element, strip, style.corner.min(2.0), color);
                board.scene.element_mut(element).anchor = edges.center();
            }
            card.paint_label(&mut board.scene, style)?;
        }
    }
    board.finish(Vec::new())
}
