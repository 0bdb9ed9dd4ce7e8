//! The size in which a chart of some kind and amount of data looks natural.

use pixmo_render::{Data, Rng, Table};

use super::kind::ChartKind as K;

/// A size that suits the kind and the amount of data: 420 to 1,400 pixels wide, about 800 x 560 in the mean.
pub fn natural_size(kind: K, data: &Data, rng: &mut Rng) -> (u32, u32) {
    let Some(table) = data.tables.first() else { return (800, 560) };
    let rows = table.rows.len() as f64;
    let series = table.columns.len().saturating_sub(1) as f64;
    let letters = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0) as f64;
    let label = letters(&mut table.texts(0).iter().map(|t| t.chars().count()));
    let head = letters(&mut table.columns.iter().skip(1).map(|c| c.name.chars().count()));
    // Width over height as people draw them, with some play.
    let aspect = match kind {
        K::Contour | K::Quiver | K::Density2d | K::QqPlot | K::Hexbin => rng.range(1.05, 1.45),
        K::CorrelationMatrix => rng.range(1.05, 1.45),
        K::CalendarHeatMap if rows < 35.0 => rng.range(1.0, 1.4),
        K::CalendarHeatMap if rows < 66.0 => rng.range(1.45, 1.8),
        K::CalendarHeatMap if rows < 97.0 => rng.range(2.1, 2.5),
        K::CalendarHeatMap => rng.range(1.2, 1.6),
        K::Pie | K::Donut | K::PolarArea | K::Radar | K::RadialBar | K::Waffle => rng.range(1.1, 1.65),
        K::NestedDonut => rng.range(1.2, 1.7),
        K::Sunburst => rng.range(0.95, 1.35),
        K::Icicle => rng.range(1.0, 1.5),
        K::Bullet | K::Horizon => rng.range(1.2, 1.9),
        K::Bump => rng.range(1.15, 1.8),
        K::Ridgeline => rng.range(0.95, 1.4),
        K::Stream => rng.range(1.5, 2.2),
        K::HeatMap | K::TreeMap | K::BoxPlot | K::StripPlot | K::Violin | K::Beeswarm => rng.range(1.15, 1.7),
        K::Slope => rng.range(0.8, 1.3),
        K::PopulationPyramid | K::Scatter | K::ScatterTrend | K::Bubble | K::ConnectedScatter => {
            rng.range(1.05, 1.6)
        }
        K::HorizontalBar | K::DotPlot | K::Funnel | K::Pictogram => rng.range(1.0, 1.7),
        K::Line | K::MultiLine | K::Area | K::StackedArea | K::Candlestick | K::Ohlc => rng.range(1.25, 2.1),
        K::Sankey | K::Alluvial => rng.range(1.2, 1.75),
        K::Chord => rng.range(1.1, 1.4),
        K::TileGridMap | K::Choropleth => rng.range(1.15, 1.6),
        K::GanttChart | K::EventStrip => rng.range(1.3, 2.0),
        K::TimelineChart if rng.chance(0.3) => rng.range(0.75, 1.05),
        K::TimelineChart => rng.range(1.45, 2.1),
        K::Dashboard => rng.range(1.6, 2.0),
        _ => rng.range(1.15, 1.85),
    };
    // What the data needs at the least, from letters of eight pixels and bars of some width.
    let (need_wide, need_high) = match kind {
        K::HorizontalBar | K::DotPlot | K::PopulationPyramid | K::Funnel | K::Pictogram => {
            (label.min(30.0) * 7.0 + 320.0, rows * 25.0 + 210.0)
        }
        K::Pareto => (rows * 46.0 + 320.0, 400.0),
        K::Bullet => (label.min(30.0) * 7.0 + 440.0, rows * 44.0 + 210.0),
        K::Marimekko => (rows * 74.0 + 260.0, 440.0),
        K::Bump => (rows * 46.0 + head.min(24.0) * 12.0 + 140.0, series * 36.0 + 190.0),
        K::SparklineGrid => (head.min(24.0) * 8.0 + 420.0, (series * 42.0).min(520.0) + 170.0),
        K::Stream => (rows.min(24.0) * 24.0 + 260.0, 380.0),
        K::Horizon => (head.min(24.0) * 8.0 + 480.0, series * 46.0 + 230.0),
        K::Ridgeline => (head.min(24.0) * 8.0 + 420.0, series * 46.0 + 250.0),
        K::NestedDonut => (label.min(26.0) * 15.0 + 480.0, rows * 22.0 + 370.0),
        K::Gauge => (620.0, 380.0),
        K::Sunburst => (rows * 6.0 + 580.0, rows * 7.0 + 540.0),
        K::Icicle => (label.min(30.0) * 9.0 + 420.0, 17.0 / least_share(table) + 150.0),
        K::Lollipop | K::RangeBar | K::DivergingBar | K::BoxPlot | K::StripPlot | K::Beeswarm => {
            (rows.min(20.0) * 26.0 + 230.0, rows.min(20.0) * 22.0 + 230.0)
        }
        K::CalendarHeatMap if rows < 35.0 => (480.0, 430.0),
        K::CalendarHeatMap if rows < 66.0 => (620.0, 340.0),
        K::CalendarHeatMap if rows < 97.0 => (840.0, 340.0),
        K::CalendarHeatMap => (840.0, 600.0),
        K::Contour | K::Quiver | K::QqPlot => (600.0, 500.0),
        K::Hexbin => (640.0, 520.0),
        K::ParallelCoordinates => (series * 96.0 + label.min(24.0) * 8.0 + 140.0, rows * 22.0 + 300.0),
        K::Violin => (rows * 62.0 + 230.0, rows * 30.0 + 250.0),
        K::GroupedBar | K::StackedBar | K::PercentBar => {
            (rows * (20.0 + 13.0 * series) + 260.0, rows * 26.0 + 260.0)
        }
        K::HeatMap | K::CorrelationMatrix => {
            (series * 44.0 + label.min(24.0) * 8.0 + 180.0, rows * 26.0 + 250.0 + head * 3.0)
        }
        K::SmallMultiples => {
            let columns = libm::ceil(libm::sqrt(series));
            (columns * (150.0 + head * 2.0) + 120.0, libm::ceil(series / columns) * 140.0 + 170.0)
        }
        K::RadialBar => (label.min(28.0) * 8.0 + 420.0, rows * 42.0 + 250.0),
        K::Slope => (label.min(26.0) * 9.0 + 360.0, rows * 22.0 + 260.0),
        K::Pie | K::Donut | K::PolarArea | K::Waffle => (label.min(26.0) * 13.0 + 330.0, rows * 22.0 + 280.0),
        K::Radar => (label.min(22.0) * 13.0 + 330.0, 430.0),
        K::TreeMap => (rows * 26.0 + 360.0, rows * 16.0 + 280.0),
        K::Candlestick | K::Ohlc => (rows * 12.0 + 300.0, 360.0),
        K::Sankey | K::Alluvial => flows_need(data, label),
        K::Chord => (label.min(22.0) * 11.0 + 360.0, 470.0),
        K::TileGridMap if rows > 40.0 => (if label > 3.0 { 1180.0 } else { 740.0 }, 600.0),
        K::TileGridMap => (libm::sqrt(rows) * 112.0 + 170.0, libm::sqrt(rows) * 74.0 + 190.0),
        K::Choropleth => (libm::sqrt(rows) * 120.0 + 230.0, libm::sqrt(rows) * 82.0 + 210.0),
        K::GanttChart => (label.min(30.0) * 7.5 + 480.0, rows * 27.0 + 190.0),
        K::TimelineChart => (rows * 26.0 + 330.0, rows * 22.0 + 190.0),
        K::EventStrip => strips_need(data, label),
        K::ChartWithTable => (series * 84.0 + label.min(26.0) * 8.0 + 260.0, rows * 46.0 + 330.0),
        K::Dashboard if data.tables.len() < 5 => (rng.range(900.0, 1160.0), rng.range(540.0, 640.0)),
        K::Dashboard => (rng.range(940.0, 1240.0), rng.range(680.0, 860.0)),
        _ => (rows.min(30.0) * 20.0 + 250.0, 350.0 + label.min(24.0) * 4.0),
    };
    let width = rng.range(460.0, 1060.0).max(need_wide).clamp(420.0, 1400.0);
    // Where each row has a place of its own below the last one, the rows say how high the picture is.
    let by_rows = match kind {
        K::HorizontalBar | K::DotPlot | K::Funnel | K::Pictogram => rows * rng.range(32.0, 62.0) + 190.0,
        K::Bump => series * rng.range(46.0, 68.0) + 190.0,
        K::Horizon => series * rng.range(46.0, 84.0) + 230.0,
        K::SparklineGrid => series * rng.range(40.0, 76.0) + 210.0,
        K::GanttChart => rows * rng.range(30.0, 46.0) + 170.0,
        K::TimelineChart if aspect > 1.2 => rows * 26.0 + rng.range(190.0, 290.0),
        K::EventStrip => strips_need(data, label).1 * rng.range(1.0, 1.4),
        K::HeatMap | K::CorrelationMatrix => {
            rows * (width / (series + 2.0) * rng.range(0.45, 0.9)).clamp(26.0, 64.0) + 190.0
        }
        _ => 760.0,
    };
    let height = (width / aspect).min(by_rows).min(760.0).max(need_high).clamp(340.0, 1000.0);
    (width as u32, height as u32)
}

/// The least share that a row has of the sum of the first numbers.
fn least_share(table: &Table) -> f64 {
    let values: Vec<f64> = table.numbers(1).into_iter().flatten().collect();
    let total: f64 = values.iter().sum();
    values.iter().fold(1.0f64, |least, v| least.min(v / total)).max(1e-3)
}

/// What a diagram of flows needs: room for its stages, and for the nodes of the fullest one.
fn flows_need(data: &Data, label: f64) -> (f64, f64) {
    let nodes = data.tables.get(1).map_or(8, |table| table.rows.len()) as f64;
    let links = data.tables[0].columns.len() == 3 && data.tables[1].columns.len() == 2;
    let stages = if links { 3.4 } else { data.tables[0].columns.len() as f64 - 1.0 };
    (stages * (110.0 + label.min(20.0) * 6.0) + 120.0, nodes / stages * 52.0 + 240.0)
}

/// What an event strip needs: room for its lanes.
fn strips_need(data: &Data, label: f64) -> (f64, f64) {
    let lanes = data.tables.get(1).map_or(4, |table| table.rows.len()) as f64;
    (label.min(26.0) * 8.0 + 440.0, lanes * 44.0 + 200.0)
}
