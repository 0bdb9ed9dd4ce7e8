//! One sound figure of each kind, to be twisted and drawn.

use pixmo_render::{Data, Seed};
use pixmo_render_figures::chart::{self, ChartKind};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableLayout, TableSpec};
use pixmo_render_figures::{self as figures, Drawn, FigureError};

#[path = "../../../examples/charts/specimen.rs"]
mod specimen;

use self::specimen::Specimen;

/// The words around a figure: title, subtitle, note.
pub(super) type Words = [String; 3];

/// A figure that can be drawn.
pub(super) struct Case {
    pub(super) data: Data,
    pub(super) words: Words,
    figure: Figure,
}

enum Figure {
    Chart(Box<Specimen>),
    Table(TableLayout, Look, Seed),
    Diagram(DiagramKind, Look, Seed),
}

type Made = (&'static str, Box<dyn Fn() -> Case>);

const NUMBER: u64 = 77;

pub(super) fn charts() -> impl Iterator<Item = Made> {
    ChartKind::ALL.into_iter().map(|kind| -> Made {
        (
            kind.slug(),
            Box::new(move || {
                let specimen = Specimen::new(kind, NUMBER);
                let words = [specimen.title.clone(), specimen.subtitle.clone(), specimen.note.clone()];
                Case { data: specimen.data.clone(), words, figure: Figure::Chart(Box::new(specimen)) }
            }),
        )
    })
}

pub(super) fn tables() -> impl Iterator<Item = Made> {
    TableLayout::ALL.into_iter().map(|layout| -> Made {
        (
            layout.slug(),
            Box::new(move || {
                let seed = Seed::from_number(NUMBER);
                let sample = crate::tables::samples::sample(layout, &seed);
                let look = Look::draw(&mut seed.rng("look"));
                let words = [sample.title, sample.subtitle, sample.note];
                Case { data: sample.data, words, figure: Figure::Table(layout, look, seed) }
            }),
        )
    })
}

pub(super) fn diagrams() -> impl Iterator<Item = Made> {
    DiagramKind::ALL.into_iter().map(|kind| -> Made {
        (
            kind.slug(),
            Box::new(move || {
                let seed = Seed::from_number(NUMBER);
                let sample = crate::diagrams::samples::sample(kind, &seed);
                let look = Look::draw(&mut seed.rng("look"));
                let words = [sample.title, String::new(), String::new()];
                Case { data: sample.data, words, figure: Figure::Diagram(kind, look, seed) }
            }),
        )
    })
}

impl Case {
    pub(super) fn draw(&self) -> Result<Drawn, FigureError> {
        let [title, subtitle, note] = &self.words;
        match &self.figure {
            Figure::Chart(specimen) => {
                chart::draw(&chart::ChartSpec { data: &self.data, title, subtitle, note, ..specimen.spec() })
            }
            Figure::Table(layout, look, seed) => table::draw(&TableSpec {
                layout: *layout,
                data: &self.data,
                title,
                subtitle,
                note,
                look,
                width_max: 1200,
                seed: *seed,
            }),
            Figure::Diagram(kind, look, seed) => diagram::draw(&DiagramSpec {
                kind: *kind,
                data: &self.data,
                title,
                look,
                direction: Direction::Down,
                seed: *seed,
            }),
        }
    }
}
