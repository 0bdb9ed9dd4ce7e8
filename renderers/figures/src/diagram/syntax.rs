//! Syntax trees: phrases above their parts, and the words of the sentence below.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Fonts, Point, Role};

use super::DiagramSpec;
use super::board::Board;
use super::edge::{self, EdgeLine};
use super::graph::Source;
use super::node::NodeBox;
use super::outline::Shape;
use super::style::{Coat, DiagramStyle, Head, NodeLook};
use super::tree::Tree;
use crate::{Drawn, FigureError};

/// Draws a syntax tree; it always runs down, because sentences run to the right.
pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> Result<Drawn, FigureError> {
    let source = Source { kind: spec.kind, data: spec.data };
    let graph = source.graph()?;
    let (root, children) = graph.tree(&source)?;
    let mut rng = spec.seed.rng("syntax");
    // Words in one line below the tree, or each below its own node.
    let (level, plain, square) = (rng.chance(0.6), rng.chance(0.5), rng.chance(0.2));
    let fonts = Fonts::bundled();
    let word_face = style.look.face(pixmo_render::Style::Italic);
    let mut boxes = Vec::new();
    let mut words = Vec::new();
    for (index, node) in graph.nodes.iter().enumerate() {
        let leaf = children[index].is_empty();
        let look = if style.nodes == NodeLook::Solid { NodeLook::Tint } else { style.nodes };
        let mut coat = style.coat_of(style.color(usize::from(leaf)), look);
        if plain {
            let ground = style.look.ground;
            coat = Coat {
                fill: ground,
                line: None,
                ink: style.look.ink.readable_on(ground, 5.0),
                soft: coat.soft,
            };
        }
        let mut measured =
            NodeBox::measure(style, Shape::Box, (&node.label, node.data), None, style.text_px * 20.0, coat)?;
        measured.height = (style.line_px * 0.5 + 4.0).round() * 2.0;
        boxes.push(measured);
        let word = node.detail.as_ref().filter(|_| leaf);
        words.push(match word {
            Some((text, datum)) => Some((text, *datum, fonts.width(word_face, style.text_px, text)?)),
            None => None,
        });
    }
    let gap = style.gap(18.0);
    let width = |node: usize| {
        boxes[node].width.max(words[node].as_ref().map_or(0.0, |w: &(&String, Datum, f32)| w.2))
    };
    let tree = Tree {
        widths: (0..boxes.len()).map(|n| width(n) + gap).collect(),
        children: children.iter().map(|list| list.iter().map(|c| c.0).collect()).collect(),
        root,
        // Nothing may stand below a leaf but its word.
        hanging: (0..boxes.len())
            .map(|n| children[n].is_empty().then(|| (-(width(n) + gap) / 2.0, (width(n) + gap) / 2.0)))
            .collect(),
    };
    let (places, breadth) = tree.places();
    let depths = tree.depths();
    let deepest = depths.iter().max().copied().unwrap_or(0);
    let step = boxes[root].height + style.gap(34.0);
    let bottom = deepest as f32 * step + boxes[root].height;
    let (drop, line) = (style.gap(20.0), style.line_px);
    let mut board = Board::open(spec, breadth, bottom + drop + line)?;
    for (index, node) in boxes.iter_mut().enumerate() {
        let at = board.at(Point::new(places[index], depths[index] as f32 * step + node.height / 2.0));
        node.center = Point::new(at.x.round(), at.y.round());
    }
    for edge in &graph.edges {
        let (from, to) = (boxes[edge.from].rect(), boxes[edge.to].rect());
        let (a, b) = (Point::new(from.center().x, from.bottom), Point::new(to.center().x, to.top));
        let turn = ((a.y + b.y) / 2.0).round();
        let path = match square && (a.x - b.x).abs() > 0.6 {
            true => vec![a, Point::new(a.x, turn), Point::new(b.x, turn), b],
            false => vec![a, b],
        };
        let drawn = EdgeLine {
            path: &path,
            data: &edge.data,
            name: format!("{} → {}", graph.nodes[edge.from].label, graph.nodes[edge.to].label),
            head: Head::None,
            tail: Head::None,
            dashed: false,
            color: style.edge,
            width: style.stroke.min(1.4),
            bend: 0.0,
            gap: None,
        };
        edge::paint(&mut board.scene, style.look.ground, &drawn);
    }
    let ink = style.look.accent.readable_on(style.look.ground, 4.8);
    for (node, word) in boxes.iter().zip(&words) {
        node.paint(&mut board.scene, style)?;
        let Some((text, datum, _)) = word else { continue };
        let from = Point::new(node.center.x, node.rect().bottom);
        let top = match level {
            true => board.origin.y + bottom + drop,
            false => from.y + drop,
        };
        let stem = board.scene.ornament();
        let pen = Stroke::new(style.edge, style.stroke.min(1.4)).dashed(&[2.0, 3.0]);
        board.scene.line(stem, Point::new(from.x, from.y + 1.0), Point::new(from.x, top - 2.0), pen);
        let spec = TextSpec::new(text, word_face, style.text_px, ink, Role::NodeLabel)
            .at(node.center.x, (top + line / 2.0).round(), Align::Middle, VAlign::Middle)
            .showing([*datum]);
        board.scene.text(spec)?;
    }
    // A label begins with the sort of its phrase, so it shows that cell too.
    let sheet = source.need("nodes")?;
    if let Some(kind) = sheet.find("kind") {
        for (row, node) in graph.nodes.iter().enumerate().filter(|(_, n)| n.label.starts_with(&n.kind)) {
            let own = sheet.datum(row, kind);
            let labels = board.scene.elements.iter_mut().filter(|e| e.text.is_some());
            labels.filter(|e| e.data == [node.data]).for_each(|e| e.data.push(own));
        }
    }
    board.finish(Vec::new())
}
