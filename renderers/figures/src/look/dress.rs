//! The dress of a house: what it puts around and behind a figure, and how it draws axes. Two houses that agree on fonts
//! and colours are still told apart by it.

/// What carries the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// Nothing: it stands on the ground.
    Plain,
    /// A band of a strong colour from edge to edge.
    Band,
    /// A short strong strip above it.
    Strip,
    /// A strong line along the upper edge of the picture.
    Bar,
    /// A thin line below it.
    Rule,
}

/// What the whole figure lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mount {
    /// The ground.
    Bare,
    /// A card on a page of another colour.
    Card,
    /// The ground, within a thin line along the edges.
    Frame,
    /// It is a part of a larger figure, which has a mount of its own.
    Part,
}

/// What lies behind the marks of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The panel of the look, or nothing.
    Plain,
    /// A panel in a tint of the ground.
    Tint,
    /// Stripes between every other pair of ticks.
    Stripes,
    /// Fine squares, as on graph paper.
    Squares,
}

/// The short lines at the ticks of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TickMarks {
    /// None.
    None,
    /// Away from the plot.
    Out,
    /// Into the plot.
    In,
}

/// What a theme may wear.
#[derive(Clone, Copy)]
pub(super) struct Dress {
    pub(super) heads: &'static [Head],
    pub(super) mounts: &'static [Mount],
    pub(super) backs: &'static [Back],
    /// Backs of figures whose marks are thin, where all else is bare.
    pub(super) under_thin: &'static [Back],
    pub(super) ticks: TickMarks,
    /// How often a legend stands in a box.
    pub(super) boxed: f64,
    /// How often the note stands on a tinted foot.
    pub(super) foot: f64,
}

use Back::{Plain, Squares, Stripes, Tint};
use Head as H;
use Mount::{Bare, Card, Frame};
use TickMarks as M;

const fn dress(
    heads: &'static [Head],
    mounts: &'static [Mount],
    backs: &'static [Back],
    under_thin: &'static [Back],
    ticks: TickMarks,
    (boxed, foot): (f64, f64),
) -> Dress {
    Dress { heads, mounts, backs, under_thin, ticks, boxed, foot }
}

/// The dress of each theme.
const DRESSES: &[(&str, Dress)] = &[
    ("paper", dress(&[H::Plain], &[Bare], &[Plain], &[Tint, Stripes], M::Out, (0.5, 0.0))),
    (
        "newsroom",
        dress(&[H::Strip, H::Bar, H::Plain], &[Bare], &[Plain], &[Tint, Stripes], M::None, (0.0, 0.1)),
    ),
    ("journal", dress(&[H::Plain], &[Bare], &[Plain], &[Stripes, Tint], M::In, (0.3, 0.0))),
    ("slate", dress(&[H::Plain], &[Bare], &[Plain], &[Tint], M::Out, (0.0, 0.0))),
    ("office", dress(&[H::Plain], &[Frame, Frame, Bare], &[Plain], &[Tint, Stripes], M::Out, (0.2, 0.0))),
    ("dashboard", dress(&[H::Plain], &[Card], &[Plain], &[Plain], M::None, (0.0, 0.0))),
    ("midnight", dress(&[H::Plain], &[Bare, Card], &[Plain, Tint], &[Tint, Stripes], M::None, (0.0, 0.0))),
    ("terminal", dress(&[H::Plain, H::Band], &[Bare, Frame], &[Plain], &[Tint, Squares], M::In, (0.4, 0.0))),
    (
        "classroom",
        dress(&[H::Plain, H::Band], &[Bare, Card], &[Plain, Stripes], &[Stripes, Tint], M::None, (0.3, 0.2)),
    ),
    ("almanac", dress(&[H::Rule, H::Plain], &[Bare, Frame], &[Plain], &[Tint], M::Out, (0.3, 0.0))),
    (
        "brochure",
        dress(&[H::Band, H::Plain, H::Strip], &[Bare, Card], &[Plain], &[Tint, Stripes], M::None, (0.0, 0.5)),
    ),
    ("ledger", dress(&[H::Bar, H::Plain], &[Bare, Frame], &[Stripes, Plain], &[Stripes], M::Out, (0.3, 0.0))),
    ("gazette", dress(&[H::Bar, H::Rule], &[Bare], &[Plain], &[Stripes, Tint], M::Out, (0.0, 0.0))),
    ("signage", dress(&[H::Band], &[Bare], &[Plain], &[Tint], M::None, (0.0, 0.3))),
    ("blueprint", dress(&[H::Plain], &[Frame, Bare], &[Squares], &[Squares], M::In, (0.6, 0.0))),
    ("laboratory", dress(&[H::Plain], &[Bare], &[Plain], &[Tint, Stripes], M::In, (0.6, 0.0))),
    ("notebook", dress(&[H::Plain], &[Bare], &[Squares], &[Squares], M::None, (0.2, 0.0))),
    (
        "plum",
        dress(&[H::Plain, H::Band], &[Bare, Card], &[Plain, Tint], &[Tint, Stripes], M::None, (0.0, 0.2)),
    ),
    ("pine", dress(&[H::Rule, H::Plain], &[Bare], &[Plain, Stripes], &[Stripes, Tint], M::Out, (0.2, 0.0))),
    ("pastel", dress(&[H::Plain, H::Band], &[Bare, Card], &[Plain], &[Stripes, Tint], M::None, (0.0, 0.2))),
    ("statistics", dress(&[H::Bar, H::Plain], &[Bare], &[Plain, Stripes], &[Stripes], M::Out, (0.0, 0.4))),
    ("keynote", dress(&[H::Plain, H::Band], &[Bare], &[Plain], &[Tint, Stripes], M::None, (0.0, 0.0))),
    (
        "annual",
        dress(&[H::Rule, H::Strip, H::Plain], &[Bare], &[Plain], &[Stripes, Tint], M::None, (0.0, 0.2)),
    ),
    ("chalkboard", dress(&[H::Plain], &[Card, Bare], &[Plain], &[Tint], M::Out, (0.2, 0.0))),
    ("sepia", dress(&[H::Rule, H::Plain], &[Frame, Bare], &[Plain], &[Plain], M::Out, (0.5, 0.0))),
    ("smallprint", dress(&[H::Plain], &[Bare], &[Plain], &[Tint, Stripes], M::Out, (0.4, 0.1))),
    ("workbook", dress(&[H::Plain], &[Frame, Bare], &[Plain], &[Plain], M::Out, (0.9, 0.0))),
    ("agency", dress(&[H::Band], &[Bare, Frame], &[Plain], &[Tint, Stripes], M::Out, (0.0, 0.8))),
    ("poster", dress(&[H::Plain, H::Band], &[Bare], &[Plain], &[Tint, Stripes], M::None, (0.0, 0.3))),
    ("broadcast", dress(&[H::Band], &[Bare], &[Plain, Tint], &[Tint], M::None, (0.0, 0.4))),
    ("handout", dress(&[H::Plain, H::Rule], &[Frame, Bare], &[Plain], &[Tint, Stripes], M::In, (0.8, 0.0))),
];

/// The dress of a theme; that of `paper` for one without.
pub(super) fn of(theme: &str) -> &'static Dress {
    let found = DRESSES.iter().find(|(name, _)| *name == theme);
    &found.unwrap_or(&DRESSES[0]).1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look::theme::THEMES;

    #[test]
    fn each_theme_has_a_dress_of_its_own() {
        let names = |list: Vec<&'static str>| {
            let mut list = list;
            list.sort_unstable();
            list
        };
        let dressed = names(DRESSES.iter().map(|(name, _)| *name).collect());
        assert_eq!(dressed, names(THEMES.iter().map(|t| t.name).collect()));
    }
}
