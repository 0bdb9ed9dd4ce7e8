//! Charts: one table in, a picture with exact positions out.
//!
//! Begin with [`ChartKind`] (what can be drawn), [`Shape`] (what data each kind needs) and [`draw`].
//!
//! What is promised about the scene, so that questions, points and proofs can be made from it:
//! - each number that is drawn has a mark whose data is that cell alone (the bar of a task adds begin and end) and whose
//!   label names its row and series, or both ends of a flow; a mark whose box has no ink of its own (the point of a line
//!   without markers) still has a box and an anchor;
//! - a printed value is the cell's own text; either all values of a chart are printed or none (of sparklines the first
//!   and the last; of a column, where the columns are figures of different kinds);
//! - of two levels, the parts are the rows of table 0 and the groups those of table 1, each with marks of its own;
//! - category ticks show the label cell, legend entries and direct labels show the column header (or, for groups of
//!   points, all cells of that group), the axis title of a single series shows its header; numeric ticks show nothing;
//! - a text broken into lines is one element for each line, all with the same cells;
//! - whole lines and areas are marks that show their column's header.

mod axis;
mod bars;
mod board;
mod bullet;
mod bump;
mod calendar;
mod chord;
mod choropleth;
mod cloud;
mod clouds;
mod composite;
mod contour;
mod counts;
mod cross;
mod density;
mod derived;
mod dots;
mod dual;
mod ecdf;
mod events;
mod field;
mod flow;
mod frame;
mod funnel;
mod gauge;
mod heat_map;
mod hexagons;
mod horizon;
mod icicle;
mod intervals;
mod kind;
mod land;
mod legend;
mod levels;
mod lines;
mod log_axis;
mod marimekko;
mod marker;
mod natural;
mod nested;
mod panels;
mod parallel;
mod pareto;
mod plane;
mod pyramid;
mod quantiles;
mod quiver;
mod radar;
mod ranges;
mod ridgeline;
mod round;
mod sankey;
mod scale;
mod scale_bar;
mod scatter;
mod shade;
mod shape;
mod sheet;
mod sizes;
mod slope;
mod sparklines;
mod spread;
mod statistic;
mod stream;
mod strips;
mod swarm;
mod tasks;
mod tile_grid;
mod time_axis;
mod tree_map;
mod value_label;
mod violin;

pub use crate::date::{civil, day_of};
pub use calendar::WEEKDAYS;
pub use cloud::Cloud;
pub use field::Field;
pub use hexagons::Hexagons;
pub use kind::ChartKind;
pub use natural::natural_size;
pub use quiver::{DIRECTIONS, direction};
pub use shape::{Count, Labels, Shape, Sign, Wide};
pub use statistic::{Kernel, Statistic, quantile};
pub use tile_grid::state_place;

use pixmo_render::{Data, NumberFormat, Seed};

use self::sheet::Sheet;
use crate::drawn::admit;
use crate::look::{Look, Mount};
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
    admit(spec.kind.slug(), spec.data)?;
    spec.kind.shape().check(spec.kind.slug(), spec.data)?;
    check_times(spec)?;
    let look = dressed(spec);
    let spec = &ChartSpec { look: &look, ..*spec };
    // The texts become smaller, within what is legible, before a chart is given up.
    let mut result = attempt(spec, 1.0);
    for share in [0.88, 0.78] {
        match result {
            Err(FigureError::NoRoom { .. }) => result = attempt(spec, share),
            other => return other,
        }
    }
    result
}

/// The look with what this kind of chart needs and leaves out.
fn dressed(spec: &ChartSpec<'_>) -> Look {
    let mut look = spec.look.clone();
    if spec.kind == ChartKind::Dashboard && look.mount == Mount::Card {
        // Its panels are cards.
        look.mount = Mount::Bare;
    }
    if let Some(inside) = spec.kind.thin() {
        look.under_thin_marks(inside, &mut spec.seed.rng("under thin marks"));
        look.strengthen();
    }
    look
}

/// Largest day or year on an axis of time, before and after the beginning of counting.
const TIME_MAX: f64 = 800_000.0;

/// Refuses times so far apart that an axis would have ticks without end.
fn check_times(spec: &ChartSpec<'_>) -> Result<(), FigureError> {
    let times = match spec.kind.shape() {
        Shape::Tasks { .. } => 1..3,
        Shape::Events { .. } | Shape::Strips { .. } => 1..2,
        _ => return Ok(()),
    };
    let cells = spec.data.tables[0].rows.iter().flat_map(|row| &row[times.clone()]);
    match cells.filter_map(pixmo_render::Cell::as_f64).find(|time| time.abs() > TIME_MAX) {
        Some(time) => Err(FigureError::Data {
            kind: spec.kind.slug(),
            needed: format!("times from −{TIME_MAX} to {TIME_MAX}"),
            found: time.to_string(),
        }),
        None => Ok(()),
    }
}

fn attempt(spec: &ChartSpec<'_>, share: f32) -> Result<Drawn, FigureError> {
    let mut sheet = Sheet::new(spec, share);
    frame::draw(&mut sheet)?;
    body(&mut sheet)?;
    Ok(Drawn { scene: sheet.scene, resolutions: sheet.resolutions })
}

fn body(sheet: &mut Sheet<'_>) -> Result<(), FigureError> {
    use ChartKind as K;
    match sheet.spec.kind {
        K::VerticalBar
        | K::HorizontalBar
        | K::GroupedBar
        | K::StackedBar
        | K::PercentBar
        | K::DivergingBar
        | K::Waterfall
        | K::Histogram => bars::draw(sheet),
        K::Pareto => pareto::draw(sheet),
        K::Bullet => bullet::draw(sheet),
        K::Marimekko => marimekko::draw(sheet),
        K::RangeBar => ranges::draw(sheet),
        K::PopulationPyramid => pyramid::draw(sheet),
        K::Lollipop => dots::lollipops(sheet),
        K::DotPlot => dots::dot_plot(sheet),
        K::StripPlot => dots::strips(sheet),
        K::Line | K::MultiLine | K::MarkerLine | K::StepLine | K::LogLine | K::Area => lines::draw(sheet),
        K::Density => density::draw(sheet),
        K::Violin => violin::draw(sheet),
        K::Beeswarm => swarm::draw(sheet),
        K::Ecdf => ecdf::draw(sheet),
        K::QqPlot => quantiles::draw(sheet),
        K::Hexbin => hexagons::draw(sheet),
        K::Density2d => clouds::draw(sheet),
        K::StackedArea | K::PercentArea => lines::stacked_areas(sheet),
        K::ErrorBand | K::ErrorBar => intervals::errors(sheet),
        K::BoxPlot => intervals::boxes(sheet),
        K::Candlestick | K::Ohlc => intervals::prices(sheet),
        K::Slope => slope::draw(sheet),
        K::Bump => bump::draw(sheet),
        K::SparklineGrid => sparklines::draw(sheet),
        K::Stream => stream::draw(sheet),
        K::Horizon => horizon::draw(sheet),
        K::Ridgeline => ridgeline::draw(sheet),
        K::DualAxis => dual::draw(sheet),
        K::Pie | K::Donut | K::PolarArea => round::pies(sheet),
        K::NestedDonut => nested::donut(sheet),
        K::Sunburst => nested::sunburst(sheet),
        K::Icicle => icicle::draw(sheet),
        K::Gauge => gauge::draw(sheet),
        K::RadialBar => round::radial_bars(sheet),
        K::Waffle => counts::waffle(sheet),
        K::Pictogram => counts::pictogram(sheet),
        K::TreeMap => tree_map::draw(sheet),
        K::Funnel => funnel::draw(sheet),
        K::Scatter | K::ScatterTrend | K::Bubble | K::ConnectedScatter => scatter::draw(sheet),
        K::ParallelCoordinates => parallel::draw(sheet),
        K::CorrelationMatrix | K::HeatMap => heat_map::draw(sheet),
        K::CalendarHeatMap => calendar::draw(sheet),
        K::Contour => contour::draw(sheet),
        K::Quiver => quiver::draw(sheet),
        K::Radar => radar::draw(sheet),
        K::SmallMultiples => panels::draw(sheet),
        K::Sankey | K::Alluvial => sankey::draw(sheet),
        K::Chord => chord::draw(sheet),
        K::TileGridMap => tile_grid::draw(sheet),
        K::Choropleth => choropleth::draw(sheet),
        K::GanttChart => tasks::draw(sheet),
        K::TimelineChart => events::draw(sheet),
        K::EventStrip => strips::draw(sheet),
        K::ChartWithTable => composite::chart_with_table(sheet),
        K::Dashboard => board::draw(sheet),
    }
}

#[cfg(test)]
mod tests;
