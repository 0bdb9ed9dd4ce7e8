//! Real public tables as content for charts and tables.

use pixmo_render::Rng;
use pixmo_render_figures::chart::ChartKind;
use pixmo_render_figures::table::TableLayout;

use crate::content::Content;

/// Content for a kind of chart from a real table.
pub fn chart(_: ChartKind, _: &mut Rng) -> Option<Content> {
    None
}

/// Content for a layout from a real table.
pub fn table(_: TableLayout, _: &mut Rng) -> Option<Content> {
    None
}
