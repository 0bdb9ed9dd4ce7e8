//! Cycles: phases in a ring, joined by arrows along the circle.

use pixmo_render::{Datum, Point, Rect};

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine};
use super::graph::Source;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::DiagramStyle;
use crate::{Drawn, FigureError};

/// Draws a cycle.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let nodes = source.nodes()?;
    let count = nodes.len();
    if count < 3 {
        return Err(source.wrong(format!("{count} nodes")));
    }
    let shape = if style.corner > 3.0 {
        Shape::Pill
    } else if style.corner == 0.0 && style.bold {
        Shape::Ellipse
    } else {
        Shape::Box
    };
    let mut boxes = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        let coat = style.coat(style.color(index));
        let label = (node.label.as_str(), node.data);
        boxes.push(NodeBox::measure(style, shape, label, node.detail.as_ref(), style.text_px * 9.0, coat)?);
    }
    let width = boxes.iter().map(|b| b.width).fold(0.0f32, f32::max);
    let height = boxes.iter().map(|b| b.height).fold(0.0f32, f32::max);
    boxes.iter_mut().for_each(|b| (b.width, b.height) = (width, height));
    // Rings are round or lie flat, as the page has room.
    let flat = [1.0, 1.22, 1.22, 1.5][spec.seed.rng("ring").below(4)];
    let (rx, ry) = radii(style, count, (width, height), flat);
    let angle = |step: f32| std::f32::consts::TAU * (step / count as f32) - std::f32::consts::FRAC_PI_2;
    let on = |step: f32| Point::new(rx * libm::cosf(angle(step)), ry * libm::sinf(angle(step)));
    let mut all = Rect::EMPTY;
    for (index, node) in boxes.iter_mut().enumerate() {
        node.center = on(index as f32);
        all = all.union(&node.rect());
    }
    // Arcs bulge beyond the boxes.
    for step in 0..count * 16 {
        let p = on(step as f32 / 16.0);
        all = all.union(&Rect::new(p.x - 2.0, p.y - 2.0, p.x + 2.0, p.y + 2.0));
    }
    let mut board = Board::open(spec, all.width().ceil(), all.height().ceil())?;
    let middle = board.at(Point::new(-all.left, -all.top));
    for node in &mut boxes {
        node.center = Point::new((node.center.x + middle.x).round(), (node.center.y + middle.y).round());
    }
    for index in 0..count {
        let next = (index + 1) % count;
        let mut path: Vec<Point> = (0..=40)
            .map(|s| on(index as f32 + s as f32 / 40.0))
            .map(|p| Point::new(p.x + middle.x, p.y + middle.y))
            .collect();
        let leaves = path.iter().position(|p| !boxes[index].contains(*p)).unwrap_or(1).max(1);
        let enters = path.iter().rposition(|p| !boxes[next].contains(*p)).unwrap_or(path.len() - 2);
        path = path[leaves - 1..(enters + 2).min(path.len())].to_vec();
        let cut = path.len();
        if cut >= 2 {
            path[0] = boxes[index].border(path[1], path[0]);
            path[cut - 1] = boxes[next].border(path[cut - 2], path[cut - 1]);
        }
        let line = EdgeLine {
            path: &path,
            data: &arrow_data(&source, &boxes, index, next)?,
            name: format!("{} → {}", boxes[index].name, boxes[next].name),
            head: style.head,
            tail: super::style::Head::None,
            dashed: false,
            color: style.edge,
            width: style.stroke + 0.8,
            bend: 0.0,
            gap: None,
        };
        edge::paint(&mut board.scene, style.look.ground, &line);
    }
    for node in &boxes {
        node.paint(&mut board.scene, style)?;
    }
    board.finish(Vec::new())
}

/// Half axes of the ring: neighbours must leave room for an arrow.
fn radii(style: &DiagramStyle<'_>, count: usize, (width, height): (f32, f32), flat: f32) -> (f32, f32) {
    let gap = style.gap(44.0);
    let mut scale = 60.0f32;
    loop {
        let (rx, ry) = (scale * flat, scale);
        let place = |i: usize| {
            let angle = std::f32::consts::TAU * i as f32 / count as f32 - std::f32::consts::FRAC_PI_2;
            (rx * libm::cosf(angle), ry * libm::sinf(angle))
        };
        let free = (0..count).all(|i| {
            let ((ax, ay), (bx, by)) = (place(i), place((i + 1) % count));
            let (dx, dy) = (((ax - bx).abs() - width).max(0.0), ((ay - by).abs() - height).max(0.0));
            libm::hypotf(dx, dy) >= gap
        });
        if free || scale > 900.0 {
            return (rx, ry);
        }
        scale *= 1.06;
    }
}

/// The cells of the row of `edges` that joins two phases; without such a table, the labels of both.
fn arrow_data(
    source: &Source<'_>,
    boxes: &[NodeBox],
    from: usize,
    to: usize,
) -> Result<Vec<Datum>, FigureError> {
    let Some(sheet) = source.find("edges") else { return Ok(vec![boxes[from].data, boxes[to].data]) };
    let (from_column, to_column) = (sheet.need("from")?, sheet.need("to")?);
    let row = (0..sheet.rows()).find(|&row| {
        sheet.text(row, from_column) == boxes[from].name && sheet.text(row, to_column) == boxes[to].name
    });
    match row {
        Some(row) => Ok(vec![sheet.datum(row, from_column), sheet.datum(row, to_column)]),
        None => Err(source.wrong(format!("no edge from `{}` to `{}`", boxes[from].name, boxes[to].name))),
    }
}
