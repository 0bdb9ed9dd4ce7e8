//! The habits of one diagram: how nodes are filled and edges drawn, taken from the look and the seed.

use pixmo_render::{Color, FaceId, Rng, Style};

use crate::look::Look;

/// How nodes are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NodeLook {
    /// A coloured line around the ground.
    Outline,
    /// A light fill, with or without a line.
    Tint,
    /// A full fill without a line.
    Solid,
}

/// How edges run between layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// Along the axes, with round or sharp corners.
    Square,
    /// In curves.
    Smooth,
}

/// How arrows end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing.
    None,
    /// A filled triangle.
    Filled,
    /// Two strokes.
    Open,
    /// A triangle filled with the ground (inheritance).
    Hollow,
    /// A filled diamond (containment).
    Diamond,
    /// Crow's feet: least and most that take part.
    Crow {
        /// None may take part.
        zero: bool,
        /// More than one may take part.
        many: bool,
    },
}

/// Sizes and colours of one diagram.
#[derive(Clone, Debug)]
pub(super) struct DiagramStyle<'a> {
    pub(super) look: &'a Look,
    pub(super) text_px: f32,
    pub(super) line_px: f32,
    pub(super) nodes: NodeLook,
    /// Tinted nodes have a line around them.
    pub(super) outlined: bool,
    pub(super) route: Route,
    pub(super) head: Head,
    /// Radius of the corners of boxes.
    pub(super) corner: f32,
    /// Radius of the bends of edges.
    pub(super) bend: f32,
    pub(super) stroke: f32,
    pub(super) edge: Color,
    /// Nodes of different kinds have different colours.
    pub(super) colorful: bool,
    pub(super) bold: bool,
    /// Decisions go straight on and turn off, instead of to both sides.
    pub(super) trunk: bool,
    /// Second attempt: everything closer together.
    pub(super) compact: bool,
}

/// How one node or card is coloured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coat {
    pub(super) fill: Color,
    pub(super) line: Option<Color>,
    pub(super) ink: Color,
    pub(super) soft: Color,
}

impl<'a> DiagramStyle<'a> {
    /// Draws the habits.
    pub(super) fn draw(look: &'a Look, rng: &mut Rng, compact: bool) -> DiagramStyle<'a> {
        let text_px = if compact { (look.text_px - 1.5).max(10.5) } else { look.text_px };
        let nodes = match rng.below(10) {
            0..=2 => NodeLook::Outline,
            3..=6 => NodeLook::Tint,
            _ => NodeLook::Solid,
        };
        let corner = if look.corner >= 2.0 { look.corner + 1.0 } else { [0.0, 0.0, 3.0, 6.0][rng.below(4)] };
        DiagramStyle {
            look,
            text_px,
            line_px: (text_px * 1.26).round(),
            nodes,
            outlined: rng.chance(0.7),
            route: if rng.chance(0.65) { Route::Square } else { Route::Smooth },
            head: if rng.chance(0.75) { Head::Filled } else { Head::Open },
            corner,
            bend: if corner > 0.0 || rng.chance(0.5) { 7.0 } else { 0.0 },
            stroke: (look.stroke * 0.62).clamp(1.1, 1.9),
            edge: look.ground.mix(look.ink, rng.range32(0.5, 0.8)),
            colorful: rng.chance(0.65),
            bold: rng.chance(0.25),
            trunk: rng.chance(0.6),
            compact,
        }
    }

    /// The face of labels.
    pub(super) fn face(&self) -> FaceId {
        self.look.face(if self.bold { Style::Bold } else { Style::Regular })
    }

    /// The face of small print and edge labels.
    pub(super) fn plain(&self) -> FaceId {
        self.look.face(Style::Regular)
    }

    /// The face of headings.
    pub(super) fn strong(&self) -> FaceId {
        self.look.face(Style::Bold)
    }

    /// Size of small print and edge labels.
    pub(super) fn small_px(&self) -> f32 {
        (self.text_px - 1.5).max(10.0)
    }

    /// A distance that shrinks in the second attempt.
    pub(super) fn gap(&self, pixels: f32) -> f32 {
        if self.compact { (pixels * 0.7).round() } else { pixels }
    }

    /// The colour with this number, or the accent when the diagram is of one colour.
    pub(super) fn color(&self, number: usize) -> Color {
        if self.colorful { self.look.color(number) } else { self.look.accent }
    }

    /// A node of this colour in the look of this diagram.
    pub(super) fn coat(&self, color: Color) -> Coat {
        self.coat_of(color, self.nodes)
    }

    /// A node of this colour in a given look.
    pub(super) fn coat_of(&self, color: Color, nodes: NodeLook) -> Coat {
        let ground = self.look.ground;
        let line = color.readable_on(ground, 2.2);
        let (fill, line) = match nodes {
            NodeLook::Outline => {
                (if self.look.dark { ground.mix(Color::WHITE, 0.04) } else { Color::WHITE }, Some(line))
            }
            NodeLook::Tint => {
                (ground.mix(color, if self.look.dark { 0.3 } else { 0.17 }), self.outlined.then_some(line))
            }
            NodeLook::Solid => (color, None),
        };
        let ink = match nodes {
            NodeLook::Solid if fill.contrast(Color::WHITE) >= 4.0 => Color::WHITE,
            NodeLook::Solid => fill.ink(),
            _ => self.look.ink.readable_on(fill, 5.0),
        };
        let soft = match nodes {
            NodeLook::Solid => ink.mix(fill, 0.12),
            _ => self.look.soft_ink.readable_on(fill, 4.5),
        };
        // Small print on the same side of the fill as the label, or as strong as it.
        let soft = if soft.contrast(fill) < 3.6 { ink } else { soft };
        Coat { fill, line, ink, soft }
    }
}
