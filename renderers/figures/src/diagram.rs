//! Diagrams as scenes: nodes, edges and what stands at them, laid out by algorithms of this crate.
//!
//! A node is a mark that carries its label cell; its text shows the same cell. An edge is a mark that carries the
//! `from` and `to` cells of its row and points at the middle of its path. Tables are found by name, not by place.

mod automaton;
mod board;
mod class;
mod commits;
mod cycle;
mod edge;
mod family;
mod fishbone;
mod flow;
mod flow_shape;
mod frames;
mod gantt;
mod graph;
mod hierarchy;
mod journey;
mod kanban;
mod kind;
mod lane;
mod layered;
mod mind_map;
mod network;
mod node;
mod outline;
mod pyramid;
mod quadrant;
mod sequence;
mod shape;
mod style;
mod syntax;
mod timeline;
mod tree;
mod venn;

use pixmo_render::{Data, Seed};

use self::style::DiagramStyle;
use crate::look::Look;
use crate::{Drawn, FigureError};

pub use kind::DiagramKind;
pub use shape::{ColumnNeed, DiagramShape, TableNeed};

/// Where a diagram runs to. Kinds without a direction do not look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From top to bottom.
    Down,
    /// From left to right.
    Right,
}

/// A diagram to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct DiagramSpec<'a> {
    /// The kind.
    pub kind: DiagramKind,
    /// The tables that [`DiagramKind::shape`] names.
    pub data: &'a Data,
    /// Title; empty for none.
    pub title: &'a str,
    /// The look.
    pub look: &'a Look,
    /// Where it runs to.
    pub direction: Direction,
    /// For the choices that the kind leaves open.
    pub seed: Seed,
}

/// Draws a diagram.
///
/// The picture is as large as the diagram needs, 400 to 1500 pixels wide and 240 to 1500 high. A diagram that does not
/// fit is drawn closer together, then in the other direction, before it is given up.
///
/// # Errors
/// [`FigureError::Data`] when the data lacks what [`DiagramKind::shape`] says, [`FigureError::NoRoom`] when the diagram
/// is larger than that, [`FigureError::Text`] for a character that the font lacks.
pub fn draw(spec: &DiagramSpec<'_>) -> Result<Drawn, FigureError> {
    crate::drawn::admit(spec.kind.slug(), spec.data)?;
    let other = match spec.direction {
        Direction::Down => Direction::Right,
        Direction::Right => Direction::Down,
    };
    let mut first = None;
    for (direction, compact) in [(spec.direction, false), (spec.direction, true), (other, true)] {
        let tried = attempt(&DiagramSpec { direction, ..*spec }, compact);
        match tried {
            Err(error @ FigureError::NoRoom { .. }) => first = first.or(Some(error)),
            // A ribbon that has to be padded is turned where that gives a page of the usual form.
            Ok(drawn) if ribbon(&drawn) && turns(spec.kind) => {
                let turned = attempt(&DiagramSpec { direction: other, ..*spec }, compact);
                return Ok(turned.ok().filter(|turned| !ribbon(turned)).unwrap_or(drawn));
            }
            other => return other,
        }
    }
    Err(first.expect("every attempt before the last gave an error"))
}

/// More than three and a half times as long as wide.
fn ribbon(drawn: &Drawn) -> bool {
    let (width, height) = (drawn.scene.width.max(1) as f32, drawn.scene.height.max(1) as f32);
    (width / height).max(height / width) > 3.5
}

/// True for kinds that look at [`DiagramSpec::direction`].
fn turns(kind: DiagramKind) -> bool {
    matches!(
        kind,
        DiagramKind::Flowchart
            | DiagramKind::SwimLane
            | DiagramKind::State
            | DiagramKind::ConceptMap
            | DiagramKind::Component
            | DiagramKind::Deployment
            | DiagramKind::DataFlow
            | DiagramKind::Block
            | DiagramKind::FiniteAutomaton
            | DiagramKind::DecisionTree
            | DiagramKind::OrgChart
            | DiagramKind::Class
            | DiagramKind::EntityRelationship
            | DiagramKind::FamilyTree
    )
}

fn attempt(spec: &DiagramSpec<'_>, compact: bool) -> Result<Drawn, FigureError> {
    let style = &DiagramStyle::draw(spec.look, &mut spec.seed.rng("diagram style"), compact);
    match spec.kind {
        DiagramKind::Flowchart
        | DiagramKind::SwimLane
        | DiagramKind::State
        | DiagramKind::ConceptMap
        | DiagramKind::Component
        | DiagramKind::Deployment
        | DiagramKind::DataFlow
        | DiagramKind::Block
        | DiagramKind::FiniteAutomaton => flow::draw(spec, style),
        DiagramKind::DecisionTree | DiagramKind::OrgChart => hierarchy::draw(spec, style),
        DiagramKind::MindMap => mind_map::draw(spec, style),
        DiagramKind::Timeline => timeline::draw(spec, style),
        DiagramKind::Gantt => gantt::draw(spec, style),
        DiagramKind::Sequence => sequence::draw(spec, style),
        DiagramKind::Class | DiagramKind::EntityRelationship => class::draw(spec, style),
        DiagramKind::Network => network::draw(spec, style),
        DiagramKind::Cycle => cycle::draw(spec, style),
        DiagramKind::Pyramid => pyramid::draw(spec, style),
        DiagramKind::Venn => venn::draw(spec, style),
        DiagramKind::Fishbone => fishbone::draw(spec, style),
        DiagramKind::Quadrant => quadrant::draw(spec, style),
        DiagramKind::Kanban => kanban::draw(spec, style),
        DiagramKind::FamilyTree => family::draw(spec, style),
        DiagramKind::UserJourney => journey::draw(spec, style),
        DiagramKind::GitGraph => commits::draw(spec, style),
        DiagramKind::SyntaxTree => syntax::draw(spec, style),
    }
}
