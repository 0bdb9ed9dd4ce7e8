//! What the nodes of diagrams in layers look like, kind by kind.

use pixmo_render::Scene;

use super::flow::FlowEdge;
use super::frames::{paint_sign, paint_store};
use super::node::{NodeBox, shape_and_color};
use super::outline::Shape;
use super::style::{Coat, DiagramStyle, Head, NodeLook};
use super::{DiagramKind, DiagramSpec};

/// The shapes of one diagram.
pub(super) struct FlowShapes {
    kind: DiagramKind,
    /// A choice between two habits of drawing the same thing, such as round or square processes.
    round: bool,
    dashed: bool,
    /// Whether components carry their sign.
    signed: bool,
    line: pixmo_render::Color,
}

impl FlowShapes {
    pub(super) fn draw(spec: &DiagramSpec<'_>, style: &DiagramStyle<'_>) -> FlowShapes {
        let mut rng = spec.seed.rng("flow shapes");
        FlowShapes {
            kind: spec.kind,
            round: rng.chance(0.5),
            dashed: rng.chance(0.55),
            signed: rng.chance(0.75),
            line: style.look.ink.mix(style.look.ground, 0.25),
        }
    }

    /// Widest line of a label, in sizes of its letters.
    pub(super) fn wrap(&self, compact: bool) -> f32 {
        let wide = match self.kind {
            DiagramKind::DataFlow if self.round => 7.5,
            DiagramKind::Block => 8.0,
            DiagramKind::Component | DiagramKind::Deployment | DiagramKind::ConceptMap => 9.5,
            _ => 11.0,
        };
        if compact { wide * 0.82 } else { wide }
    }

    /// The shape and the colours of a node.
    pub(super) fn of(&self, index: usize, kind: &str, style: &DiagramStyle<'_>) -> (Shape, Coat) {
        let (shape, number) = match (self.kind, kind) {
            (DiagramKind::State, "end") => (self.state_shape(style), 1),
            (DiagramKind::State, _) => (self.state_shape(style), 0),
            (DiagramKind::FiniteAutomaton, _) => (Shape::Ellipse, 0),
            (DiagramKind::Component | DiagramKind::Deployment, "database") => (Shape::Drum, 2),
            (DiagramKind::Component | DiagramKind::Deployment, "queue") => (Shape::Pill, 3),
            (DiagramKind::Component | DiagramKind::Deployment, "external") => (Shape::Hexagon, 1),
            (DiagramKind::Component | DiagramKind::Deployment, _) => (Shape::Box, 0),
            (DiagramKind::DataFlow, "process") => (if self.round { Shape::Ellipse } else { Shape::Pill }, 0),
            (DiagramKind::DataFlow, "store") => (Shape::Box, 2),
            (DiagramKind::DataFlow, _) => (Shape::Box, 1),
            (DiagramKind::ConceptMap, _) => {
                let shape = match (self.round, style.bend > 0.0) {
                    (true, true) => Shape::Ellipse,
                    (true, false) => Shape::Pill,
                    _ => Shape::Box,
                };
                (shape, usize::from(index > 0))
            }
            (DiagramKind::Block, "input" | "output") => (Shape::Pill, 1),
            (DiagramKind::Block, "junction") => (Shape::Ellipse, 3),
            (DiagramKind::Block, _) => (Shape::Box, 0),
            _ => {
                let (shape, color) = shape_and_color(kind, style);
                return (shape, style.coat(color));
            }
        };
        let look = match (self.kind, kind) {
            // What stands outside of the system, and what the map is about, are set apart.
            (DiagramKind::ConceptMap, _) if index == 0 => NodeLook::Solid,
            (DiagramKind::DataFlow, "external") if style.nodes == NodeLook::Tint => NodeLook::Outline,
            _ => style.nodes,
        };
        let mut coat = style.coat_of(style.color(number), look);
        if self.kind == DiagramKind::FiniteAutomaton && style.nodes != NodeLook::Solid {
            // States are circles in any house.
            coat.line = Some(style.color(number).readable_on(style.look.ground, 2.2));
        }
        if self.kind == DiagramKind::DataFlow && kind == "store" {
            let ground = style.look.ground;
            let fill = ground.mix(style.color(number), 0.08);
            let ink = style.look.ink.readable_on(fill, 5.0);
            coat = Coat { fill, line: None, ink, soft: coat.soft };
        }
        (shape, coat)
    }

    fn state_shape(&self, style: &DiagramStyle<'_>) -> Shape {
        if style.corner == 0.0 && style.bold { Shape::Ellipse } else { Shape::Box }
    }

    /// Sizes that belong together: states of an automaton are circles, components have room for their sign.
    pub(super) fn even_out(&self, boxes: &mut [NodeBox], style: &DiagramStyle<'_>) {
        match self.kind {
            DiagramKind::FiniteAutomaton => {
                let widest = boxes.iter().map(|b| b.label_width).fold(0.0f32, f32::max);
                let size = ((widest * 0.5 + 13.0).max(style.text_px * 1.7)).round() * 2.0;
                boxes.iter_mut().for_each(|b| (b.width, b.height) = (size, size));
            }
            DiagramKind::Component | DiagramKind::Deployment if self.signed => {
                boxes.iter_mut().filter(|b| b.shape == Shape::Box).for_each(|b| {
                    b.width += 24.0;
                    b.height += 4.0;
                });
            }
            DiagramKind::Block => {
                boxes.iter_mut().filter(|b| b.shape == Shape::Box).for_each(|b| b.height += 8.0);
            }
            _ => {}
        }
    }

    /// Lines of dependence are dashed and end in open arrows.
    pub(super) fn dress(&self, edges: &mut [FlowEdge]) {
        if self.kind == DiagramKind::Component && self.dashed {
            for edge in edges {
                (edge.dashed, edge.head) = (true, Head::Open);
            }
        }
    }

    /// What stands on a node besides its text.
    pub(super) fn adorn(&self, scene: &mut Scene, node: &NodeBox, kind: &str) {
        match self.kind {
            DiagramKind::Component if self.signed => paint_sign(scene, node, false),
            DiagramKind::Deployment if self.signed => paint_sign(scene, node, true),
            DiagramKind::DataFlow if kind == "store" => paint_store(scene, node, self.line),
            _ => {}
        }
    }
}
