//! Decision trees and organisation charts: tidy trees with edges along the axes.

use pixmo_render::Point;

use super::board::Board;
use super::edge::{self, EdgeLine, EdgeText};
use super::graph::{Graph, Source};
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{DiagramStyle, Head, NodeLook, Route};
use super::tree::Tree;
use super::{DiagramKind, DiagramSpec, Direction};
use crate::{Drawn, FigureError};

/// Children without children of their own, hung below each other under their parent.
#[derive(Clone, Debug)]
struct Stack {
    parent: usize,
    members: Vec<usize>,
}

/// Distance of stacked leaves, and how far they stand in from the line that they hang on.
const STACK_GAP: f32 = 12.0;
const STACK_INSET: f32 = 20.0;

/// Draws a decision tree or an organisation chart.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let (root, children) = graph.tree(&source)?;
    let boxes = measure(spec, style, &graph, root, &children)?;
    let labels = graph
        .edges
        .iter()
        .map(|e| {
            e.label.as_ref().map(|label| EdgeText::measure(style, label, style.text_px * 8.0)).transpose()
        })
        .collect::<Result<Vec<_>, _>>()?;
    let down = spec.direction == Direction::Down;
    let stacks = stacks(spec, style, &children, root, down);
    let mut hierarchy = Hierarchy { boxes, labels, children, stacks, down, root, depth_end: Vec::new() };
    let (width, height) = hierarchy.place(style);
    let mut board = Board::open(spec, width, height)?;
    let origin = if down { board.origin.y } else { board.origin.x };
    hierarchy.depth_end.iter_mut().for_each(|end| *end += origin);
    for node in &mut hierarchy.boxes {
        let at = board.at(node.center);
        node.center = Point::new(at.x.round(), at.y.round());
    }
    hierarchy.paint(&mut board, style, &graph)?;
    board.finish(Vec::new())
}

fn measure(
    spec: &DiagramSpec<'_>,
    style: &DiagramStyle<'_>,
    graph: &Graph,
    root: usize,
    children: &[Vec<(usize, usize)>],
) -> Result<Vec<NodeBox>, FigureError> {
    let mut groups: Vec<&str> = Vec::new();
    let mut boxes = Vec::new();
    let decision = spec.kind == DiagramKind::DecisionTree;
    let diamonds = decision && style.bend > 0.0 && spec.direction == Direction::Down;
    for (index, node) in graph.nodes.iter().enumerate() {
        let leaf = children[index].is_empty();
        let (shape, color, look) = if decision {
            let shape = match (leaf, diamonds) {
                (true, _) => {
                    if style.corner > 0.0 {
                        Shape::Pill
                    } else {
                        Shape::Box
                    }
                }
                (false, true) => Shape::Diamond,
                (false, false) => Shape::Box,
            };
            let leaf_look = if style.nodes == NodeLook::Outline { NodeLook::Tint } else { style.nodes };
            (shape, style.color(usize::from(leaf)), if leaf { leaf_look } else { style.nodes })
        } else {
            let number = match &node.group {
                Some((group, _)) => groups.iter().position(|g| g == group).unwrap_or_else(|| {
                    groups.push(group);
                    groups.len() - 1
                }),
                None => 0,
            };
            let top = index == root && style.nodes != NodeLook::Outline;
            (Shape::Box, style.color(number), if top { NodeLook::Solid } else { style.nodes })
        };
        let wrap = style.text_px * if style.compact { 7.5 } else { 10.0 };
        let label = (node.label.as_str(), node.data);
        boxes.push(NodeBox::measure(
            style,
            shape,
            label,
            node.detail.as_ref(),
            wrap,
            style.coat_of(color, look),
        )?);
    }
    if !decision {
        // Boxes of one size look like one house.
        let height = boxes.iter().map(|b| b.height).fold(0.0f32, f32::max);
        let width = boxes.iter().map(|b| b.width).fold(0.0f32, f32::max);
        for node in &mut boxes {
            (node.width, node.height) = (node.width.max(width * 0.8).round(), height);
        }
    }
    Ok(boxes)
}

/// The parents whose leaves are stacked: in charts that would become wide, or when the style wants it.
fn stacks(
    spec: &DiagramSpec<'_>,
    style: &DiagramStyle<'_>,
    children: &[Vec<(usize, usize)>],
    root: usize,
    down: bool,
) -> Vec<Stack> {
    let leaves = children.iter().filter(|c| c.is_empty()).count();
    if spec.kind != DiagramKind::OrgChart || !down || !(style.compact || leaves > 7 || style.bold) {
        return Vec::new();
    }
    let leaf = |&(child, _): &(usize, usize)| children[child].is_empty();
    (0..children.len())
        .filter(|&n| n != root && children[n].len() > 1 && children[n].iter().all(leaf))
        .map(|n| Stack { parent: n, members: children[n].iter().map(|c| c.0).collect() })
        .collect()
}

struct Hierarchy {
    boxes: Vec<NodeBox>,
    labels: Vec<Option<EdgeText>>,
    children: Vec<Vec<(usize, usize)>>,
    stacks: Vec<Stack>,
    down: bool,
    root: usize,
    /// Where the depth of each node ends; edges turn beyond it.
    depth_end: Vec<f32>,
}

impl Hierarchy {
    fn stack_of(&self, parent: usize) -> Option<&Stack> {
        self.stacks.iter().find(|s| s.parent == parent)
    }

    /// Places the nodes; returns the size of the drawing.
    fn place(&mut self, style: &DiagramStyle<'_>) -> (f32, f32) {
        let count = self.boxes.len();
        let gap = style.gap(if self.down { 22.0 } else { 16.0 });
        let mut tree = Tree {
            widths: vec![0.0; count],
            children: vec![Vec::new(); count],
            root: self.root,
            hanging: vec![None; count],
        };
        for node in 0..count {
            let size = if self.down { self.boxes[node].width } else { self.boxes[node].height };
            tree.widths[node] = size + gap;
            if self.stack_of(node).is_none() {
                tree.children[node] = self.children[node].iter().map(|c| c.0).collect();
            }
        }
        // A label stands on the way to its child and needs room there.
        for (child, edge) in self.children.iter().flatten() {
            if let Some(label) = &self.labels[*edge] {
                let size = if self.down { label.width } else { label.height };
                tree.widths[*child] = tree.widths[*child].max(size + gap * 0.7);
            }
        }
        for stack in &self.stacks {
            let widest = stack.members.iter().map(|&m| self.boxes[m].width).fold(0.0f32, f32::max);
            let left = -self.boxes[stack.parent].width / 2.0;
            tree.hanging[stack.parent] =
                Some((left - gap / 2.0, left + STACK_INSET + 4.0 + widest + gap / 2.0));
        }
        let (across, breadth) = tree.places();
        let depths = tree.depths();
        let deepest = depths.iter().max().copied().unwrap_or(0);
        let mut thickness = vec![0.0f32; deepest + 1];
        for (node, &depth) in depths.iter().enumerate() {
            if self.stacks.iter().any(|s| s.members.contains(&node)) {
                continue;
            }
            let size = if self.down { self.boxes[node].height } else { self.boxes[node].width };
            thickness[depth] = thickness[depth].max(size);
        }
        let label = self
            .labels
            .iter()
            .flatten()
            .map(|l| if self.down { l.height } else { l.width })
            .fold(0.0f32, f32::max);
        let between = if label > 0.0 { label + style.gap(44.0) } else { style.gap(46.0) };
        let mut along = vec![0.0f32];
        for size in &thickness {
            along.push(along.last().copied().unwrap_or(0.0) + size + between);
        }
        let mut end = along[deepest] + thickness[deepest];
        for node in 0..count {
            let depth = depths[node];
            let at = match self.down {
                true => Point::new(across[node], along[depth] + thickness[depth] / 2.0),
                // To the right, nodes of a depth begin at one line.
                false => Point::new(along[depth] + self.boxes[node].width / 2.0, across[node]),
            };
            self.boxes[node].center = at;
        }
        self.depth_end = depths.iter().map(|&depth| along[depth] + thickness[depth]).collect();
        for stack in self.stacks.clone() {
            let parent = self.boxes[stack.parent].rect();
            let left = parent.left + STACK_INSET + 4.0;
            let mut y = parent.bottom + STACK_GAP + 6.0;
            for member in stack.members {
                let node = &mut self.boxes[member];
                node.center = Point::new(left + node.width / 2.0, y + node.height / 2.0);
                y += node.height + STACK_GAP;
            }
            end = end.max(y - STACK_GAP);
        }
        if self.down { (breadth, end) } else { (end, breadth) }
    }

    fn paint(
        &self,
        board: &mut Board<'_>,
        style: &DiagramStyle<'_>,
        graph: &Graph,
    ) -> Result<(), FigureError> {
        let ground = style.look.ground;
        let head = if graph.edges.iter().any(|e| e.label.is_some()) && style.stroke > 1.4 {
            style.head
        } else {
            Head::None
        };
        let mut texts = Vec::new();
        for (parent, children) in self.children.iter().enumerate() {
            for &(child, index) in children {
                let stacked = self.stack_of(parent).is_some();
                let mut path =
                    if stacked { self.stack_path(parent, child) } else { self.path(style, parent, child) };
                NodeBox::clip_path(&mut path, &self.boxes[parent], &self.boxes[child]);
                let label = self.labels[index].as_ref().map(|label| (label, self.label_place(label, child)));
                let edge = &graph.edges[index];
                let line = EdgeLine {
                    path: &path,
                    data: &edge.data,
                    name: format!("{} → {}", graph.nodes[parent].label, graph.nodes[child].label),
                    head,
                    tail: Head::None,
                    dashed: false,
                    color: style.edge,
                    width: style.stroke,
                    bend: if style.route == Route::Square { style.bend } else { 0.0 },
                    gap: label.as_ref().map(|(text, at)| text.gap(*at)),
                };
                edge::paint(&mut board.scene, ground, &line);
                texts.extend(label);
            }
        }
        for node in &self.boxes {
            node.paint(&mut board.scene, style)?;
        }
        for (text, at) in texts {
            text.paint(&mut board.scene, style, ground, at)?;
        }
        Ok(())
    }

    /// The way from a parent to a child: along its own direction, across in the middle of the gap, and on.
    fn path(&self, style: &DiagramStyle<'_>, parent: usize, child: usize) -> Vec<Point> {
        let (from, to) = (self.boxes[parent].rect(), self.boxes[child].rect());
        let (a, b) = match self.down {
            true => (Point::new(from.center().x, from.bottom), Point::new(to.center().x, to.top)),
            false => (Point::new(from.right, from.center().y), Point::new(to.left, to.center().y)),
        };
        // The crossing lies at the same place for all children of a parent.
        let first = self.children[parent].iter().map(|&(c, _)| {
            let rect = self.boxes[c].rect();
            if self.down { rect.top } else { rect.left }
        });
        let near = first.fold(f32::INFINITY, f32::min);
        let end = self.depth_end[parent];
        let labelled = self.children[parent].iter().any(|&(_, e)| self.labels[e].is_some());
        let turn = if labelled { end + style.gap(18.0) } else { (end + near) / 2.0 };
        let turn = turn.round();
        let (c, d) = match self.down {
            true => (Point::new(a.x, turn), Point::new(b.x, turn)),
            false => (Point::new(turn, a.y), Point::new(turn, b.y)),
        };
        let straight = if self.down { (a.x - b.x).abs() < 0.6 } else { (a.y - b.y).abs() < 0.6 };
        if straight {
            return vec![a, b];
        }
        if style.route == Route::Smooth && !labelled {
            let mut path = vec![a];
            path.extend(edge::curve(a, c, d, b, 14));
            return path;
        }
        vec![a, c, d, b]
    }

    fn stack_path(&self, parent: usize, child: usize) -> Vec<Point> {
        let (from, to) = (self.boxes[parent].rect(), self.boxes[child].rect());
        let x = from.left + 10.0;
        vec![Point::new(x, from.bottom), Point::new(x, to.center().y), Point::new(to.left, to.center().y)]
    }

    /// Labels stand just before the child.
    fn label_place(&self, label: &EdgeText, child: usize) -> Point {
        let to = self.boxes[child].rect();
        match self.down {
            true => Point::new(to.center().x, (to.top - 13.0 - label.height / 2.0).round()),
            false => Point::new((to.left - 15.0 - label.width / 2.0).round(), to.center().y),
        }
    }
}
