//! Mind maps: a topic in the middle, its branches to both sides, each in its own colour.

use pixmo_render::Point;

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine};
use super::graph::Source;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head, NodeLook};
use super::tree::Tree;
use crate::{Drawn, FigureError};

/// Draws a mind map.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let (root, children) = graph.tree(&source)?;
    let count = graph.nodes.len();
    let (mut branch, mut depth) = (vec![0usize; count], vec![0usize; count]);
    let mut open: Vec<usize> = Vec::new();
    for (number, &(child, _)) in children[root].iter().enumerate() {
        (branch[child], depth[child]) = (number, 1);
        open.push(child);
    }
    while let Some(node) = open.pop() {
        for &(child, _) in &children[node] {
            (branch[child], depth[child]) = (branch[node], depth[node] + 1);
            open.push(child);
        }
    }
    let mut boxes = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let color = if index == root { style.look.accent } else { style.look.color(branch[index]) };
        let look = match depth[index] {
            0 => NodeLook::Solid,
            1 if style.nodes == NodeLook::Outline => NodeLook::Outline,
            1 => NodeLook::Solid,
            _ => NodeLook::Tint,
        };
        let shape = match index == root {
            true => Shape::Ellipse,
            false if style.corner > 2.0 => Shape::Pill,
            false => Shape::Box,
        };
        let wrap = style.text_px * 11.0;
        let coat = style.coat_of(color, look);
        boxes.push(NodeBox::measure(style, shape, (&node.label, node.data), None, wrap, coat)?);
    }
    // Branches go to the right until half of the leaves are placed.
    let total: f32 = children[root].iter().map(|c| weight(c.0, &children)).sum();
    let (mut right, mut left, mut placed) = (Vec::new(), Vec::new(), 0.0);
    for &(child, _) in &children[root] {
        let own = weight(child, &children);
        if placed + own / 2.0 <= total / 2.0 {
            right.push(child);
        } else {
            left.push(child);
        }
        placed += own;
    }
    left.reverse();
    let mut beyond = vec![0.0; count];
    place_side(style, &mut boxes, &mut beyond, root, right, &children, 1.0);
    place_side(style, &mut boxes, &mut beyond, root, left, &children, -1.0);
    boxes[root].center = Point::default();
    let rects = boxes.iter().fold(pixmo_render::Rect::EMPTY, |all, b| all.union(&b.rect()));
    let mut board = Board::open(spec, rects.width().ceil(), rects.height().ceil())?;
    for node in &mut boxes {
        let at = board.at(Point::new(node.center.x - rects.left, node.center.y - rects.top));
        node.center = Point::new(at.x.round(), at.y.round());
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        let (from, to) = (&boxes[edge.from], &boxes[edge.to]);
        let side = if to.center.x > from.center.x { 1.0 } else { -1.0 };
        let a = match edge.from == root {
            true => from.center,
            false => Point::new(from.center.x + side * from.width / 2.0, from.center.y),
        };
        let b = Point::new(to.center.x - side * to.width / 2.0, to.center.y);
        // Beside wider nodes of its depth the edge runs straight.
        let reach = if edge.from == root { 0.0 } else { beyond[edge.from] };
        let start = a;
        let a = Point::new(a.x + side * reach, a.y);
        let middle = (a.x + b.x) / 2.0 + if edge.from == root { side * from.width * 0.22 } else { 0.0 };
        let mut path = if reach > 1.0 { vec![start, a] } else { vec![a] };
        path.extend(edge::curve(a, Point::new(middle, a.y), Point::new(middle, b.y), b, 22));
        // What lies inside the root is not seen.
        let outside = match edge.from == root {
            true => path.iter().position(|p| !from.contains(*p)).unwrap_or(1).max(1),
            false => 1,
        };
        path.drain(..outside - 1);
        NodeBox::clip_path(&mut path, from, to);
        let color = style.look.color(branch[edge.to]).readable_on(style.look.ground, 1.9);
        let line = EdgeLine {
            path: &path,
            data: &graph.edges[index].data,
            name: format!("{} → {}", graph.nodes[edge.from].label, graph.nodes[edge.to].label),
            head: Head::None,
            tail: Head::None,
            dashed: false,
            color,
            width: if edge.from == root { style.stroke + 1.4 } else { style.stroke },
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

/// Leaves below a node, a lone leaf counting as one.
fn weight(node: usize, children: &[Vec<(usize, usize)>]) -> f32 {
    match children[node].is_empty() {
        true => 1.0,
        false => children[node].iter().map(|c| weight(c.0, children)).sum(),
    }
}

/// Places the branches of one side (1 right, -1 left of the root, whose middle is the origin); `beyond` becomes how far
/// the widest node of the same depth reaches beyond each node.
fn place_side(
    style: &DiagramStyle<'_>,
    boxes: &mut [NodeBox],
    beyond: &mut [f32],
    root: usize,
    branches: Vec<usize>,
    children: &[Vec<(usize, usize)>],
    side: f32,
) {
    let count = boxes.len();
    let gap = style.gap(12.0);
    let mut tree =
        Tree { widths: vec![0.0; count], children: vec![Vec::new(); count], root, hanging: Vec::new() };
    for (node, item) in boxes.iter().enumerate() {
        tree.widths[node] = item.height + gap;
        tree.children[node] = children[node].iter().map(|c| c.0).collect();
    }
    tree.widths[root] = 0.0;
    tree.children[root] = branches;
    if tree.children[root].is_empty() {
        return;
    }
    let (across, _) = tree.places();
    let mut x = boxes[root].width / 2.0 + style.gap(46.0);
    let mut open = tree.children[root].clone();
    while !open.is_empty() {
        let widest = open.iter().map(|&n| boxes[n].width).fold(0.0f32, f32::max);
        for &node in &open {
            let own = boxes[node].width;
            beyond[node] = widest - own;
            boxes[node].center = Point::new(side * (x + own / 2.0), across[node] - across[root]);
        }
        x += widest + style.gap(36.0);
        open = open.iter().flat_map(|&n| tree.children[n].clone()).collect();
    }
}
