//! Diagrams as scenes: nodes, edges and what stands at them, laid out by algorithms of this crate.
//!
//! A node is a mark that carries its label cell; its text shows the same cell. An edge is a mark that carries the
//! `from` and `to` cells of its row and points at the middle of its path. Tables are found by name, not by place.

mod kind;
mod shape;

use pixmo_render::{Data, Seed};

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
/// The picture is as large as the diagram needs, 400 to 1500 pixels on a side (at least 240 high).
///
/// # Errors
/// [`FigureError::Data`] when the data lacks what [`DiagramKind::shape`] says, [`FigureError::NoRoom`] when the diagram
/// is larger than that, [`FigureError::Text`] for a character that the font lacks.
pub fn draw(spec: &DiagramSpec<'_>) -> Result<Drawn, FigureError> {
    Err(FigureError::NoRoom { kind: spec.kind.slug(), width: 1500, height: 1500, what: "the diagram" })
}
