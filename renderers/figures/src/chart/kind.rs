//! The kinds of charts, and what data each one draws.

use super::shape::{Count, Labels, Shape, Sign, Wide};
use super::statistic::Statistic;

/// One kind of chart. The names in files are those of the taxonomy of the documents, see [`ChartKind::slug`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the title of each kind, in the table below, says what it is")]
pub enum ChartKind {
    VerticalBar,
    HorizontalBar,
    GroupedBar,
    StackedBar,
    PercentBar,
    DivergingBar,
    Waterfall,
    Lollipop,
    Pareto,
    Bullet,
    Marimekko,
    RangeBar,
    PopulationPyramid,
    RadialBar,
    Line,
    MultiLine,
    MarkerLine,
    StepLine,
    ErrorBand,
    ErrorBar,
    Slope,
    Bump,
    SparklineGrid,
    DualAxis,
    LogLine,
    Candlestick,
    Ohlc,
    Area,
    StackedArea,
    PercentArea,
    Stream,
    Horizon,
    Ridgeline,
    Pie,
    Donut,
    NestedDonut,
    Gauge,
    PolarArea,
    Waffle,
    TreeMap,
    Sunburst,
    Icicle,
    Funnel,
    Pictogram,
    Histogram,
    Density,
    BoxPlot,
    Violin,
    StripPlot,
    Beeswarm,
    Ecdf,
    QqPlot,
    Hexbin,
    Density2d,
    DotPlot,
    Scatter,
    ScatterTrend,
    Bubble,
    ConnectedScatter,
    ParallelCoordinates,
    CorrelationMatrix,
    HeatMap,
    CalendarHeatMap,
    Contour,
    Quiver,
    Radar,
    SmallMultiples,
    Sankey,
    Alluvial,
    Chord,
    TileGridMap,
    Choropleth,
    GanttChart,
    TimelineChart,
    EventStrip,
    ChartWithTable,
    Dashboard,
}

use ChartKind as K;

/// Kind, name in files, name for people.
const KINDS: &[(ChartKind, &str, &str)] = &[
    (K::VerticalBar, "vertical_bar", "bar chart"),
    (K::HorizontalBar, "horizontal_bar", "horizontal bar chart"),
    (K::GroupedBar, "grouped_bar", "grouped bar chart"),
    (K::StackedBar, "stacked_bar", "stacked bar chart"),
    (K::PercentBar, "percent_bar", "100 % stacked bar chart"),
    (K::DivergingBar, "diverging_bar", "diverging bar chart"),
    (K::Waterfall, "waterfall", "waterfall chart"),
    (K::Lollipop, "lollipop", "lollipop chart"),
    (K::Pareto, "pareto", "Pareto chart"),
    (K::Bullet, "bullet", "bullet chart"),
    (K::Marimekko, "marimekko", "Marimekko chart"),
    (K::RangeBar, "range_bar", "range bar chart"),
    (K::PopulationPyramid, "population_pyramid", "population pyramid"),
    (K::RadialBar, "radial_bar", "radial bar chart"),
    (K::Line, "line", "line chart"),
    (K::MultiLine, "multi_line", "multi-line chart"),
    (K::MarkerLine, "marker_line", "line chart with markers"),
    (K::StepLine, "step_line", "step chart"),
    (K::ErrorBand, "error_band", "line chart with a band"),
    (K::ErrorBar, "error_bar", "chart with error bars"),
    (K::Slope, "slope", "slope chart"),
    (K::Bump, "bump", "bump chart"),
    (K::SparklineGrid, "sparkline_grid", "grid of sparklines"),
    (K::DualAxis, "dual_axis", "chart with two axes"),
    (K::LogLine, "log_line", "line chart with a logarithmic axis"),
    (K::Candlestick, "candlestick", "candlestick chart"),
    (K::Ohlc, "ohlc", "open-high-low-close chart"),
    (K::Area, "area", "area chart"),
    (K::StackedArea, "stacked_area", "stacked area chart"),
    (K::PercentArea, "percent_area", "100 % stacked area chart"),
    (K::Stream, "stream", "stream graph"),
    (K::Horizon, "horizon", "horizon chart"),
    (K::Ridgeline, "ridgeline", "ridgeline chart"),
    (K::Pie, "pie", "pie chart"),
    (K::Donut, "donut", "donut chart"),
    (K::NestedDonut, "nested_donut", "nested donut chart"),
    (K::Gauge, "gauge", "semi-circle gauges"),
    (K::PolarArea, "polar_area", "polar area chart"),
    (K::Waffle, "waffle", "waffle chart"),
    (K::TreeMap, "tree_map", "tree map"),
    (K::Sunburst, "sunburst", "sunburst chart"),
    (K::Icicle, "icicle", "icicle chart"),
    (K::Funnel, "funnel", "funnel chart"),
    (K::Pictogram, "pictogram", "pictogram"),
    (K::Histogram, "histogram", "histogram"),
    (K::Density, "density", "density plot"),
    (K::BoxPlot, "box_plot", "box plot"),
    (K::Violin, "violin", "violin plot"),
    (K::StripPlot, "strip_plot", "strip plot"),
    (K::Beeswarm, "beeswarm", "beeswarm plot"),
    (K::Ecdf, "ecdf", "cumulative distribution plot"),
    (K::QqPlot, "qq_plot", "Q–Q plot"),
    (K::Hexbin, "hexbin", "hexagonal bin plot"),
    (K::Density2d, "density_2d", "density plot over two axes"),
    (K::DotPlot, "dot_plot", "dot plot"),
    (K::Scatter, "scatter", "scatter plot"),
    (K::ScatterTrend, "scatter_trend", "scatter plot with a trend line"),
    (K::Bubble, "bubble", "bubble chart"),
    (K::ConnectedScatter, "connected_scatter", "connected scatter plot"),
    (K::ParallelCoordinates, "parallel_coordinates", "parallel coordinates plot"),
    (K::CorrelationMatrix, "correlation_matrix", "correlation matrix"),
    (K::HeatMap, "heat_map", "heat map"),
    (K::CalendarHeatMap, "calendar_heat_map", "calendar heat map"),
    (K::Contour, "contour", "contour plot"),
    (K::Quiver, "quiver", "quiver plot"),
    (K::Radar, "radar", "radar chart"),
    (K::SmallMultiples, "small_multiples", "small multiples"),
    (K::Sankey, "sankey", "sankey diagram"),
    (K::Alluvial, "alluvial", "alluvial diagram"),
    (K::Chord, "chord", "chord diagram"),
    (K::TileGridMap, "tile_grid_map", "tile grid map"),
    (K::Choropleth, "choropleth", "choropleth map"),
    (K::GanttChart, "gantt_chart", "gantt chart"),
    (K::TimelineChart, "timeline_chart", "timeline"),
    (K::EventStrip, "event_strip", "event strip"),
    (K::ChartWithTable, "chart_with_table", "chart with its table"),
    (K::Dashboard, "dashboard", "dashboard"),
];

impl ChartKind {
    /// All kinds, in the order of the taxonomy.
    pub const ALL: [ChartKind; KINDS.len()] = {
        let mut all = [K::VerticalBar; KINDS.len()];
        let mut index = 0;
        while index < KINDS.len() {
            all[index] = KINDS[index].0;
            index += 1;
        }
        all
    };

    fn entry(self) -> &'static (ChartKind, &'static str, &'static str) {
        &KINDS[self as usize]
    }

    /// The name in files, such as `grouped_bar`.
    pub fn slug(self) -> &'static str {
        self.entry().1
    }

    /// The kind with this name in files.
    pub fn from_slug(slug: &str) -> Option<Self> {
        KINDS.iter().find(|entry| entry.1 == slug).map(|entry| entry.0)
    }

    /// True when the numbers of this kind are drawn against a scale on which any number can be found; without one, as with
    /// slices and tiles, they can only be compared with each other.
    pub(super) fn has_scale(self) -> bool {
        !matches!(
            self,
            K::Pie
                | K::Donut
                | K::NestedDonut
                | K::PolarArea
                | K::Sunburst
                | K::Icicle
                | K::TreeMap
                | K::Waffle
                | K::Marimekko
                | K::PercentBar
                | K::PercentArea
                | K::Funnel
                | K::Stream
                | K::Chord
                | K::Sankey
                | K::Alluvial
        )
    }

    /// True when a plain plot of this kind is all but empty, because its marks are thin lines or a few dots, and the plot
    /// can have a ground of its own; false when only what lies around it can; `None` when its marks fill it.
    pub(super) fn thin(self) -> Option<bool> {
        match self {
            K::Line | K::MultiLine | K::MarkerLine | K::StepLine | K::LogLine | K::DotPlot | K::Lollipop => {
                Some(true)
            }
            K::StripPlot | K::Beeswarm | K::BoxPlot | K::ErrorBar | K::RangeBar | K::Ohlc => Some(true),
            K::Candlestick | K::Scatter | K::ScatterTrend | K::ConnectedScatter | K::Bubble => Some(true),
            K::Density | K::Ecdf | K::QqPlot | K::Hexbin | K::Density2d | K::Contour | K::Quiver => {
                Some(true)
            }
            K::SmallMultiples | K::ParallelCoordinates => Some(true),
            K::Slope | K::Bump | K::SparklineGrid | K::Radar | K::Pictogram => Some(false),
            K::EventStrip | K::TimelineChart => Some(false),
            _ => None,
        }
    }

    /// The name for people, such as `grouped bar chart`.
    pub fn title(self) -> &'static str {
        self.entry().2
    }

    /// The form of data that the kind draws.
    pub fn shape(self) -> Shape {
        let one = Wide::new(Count::new(3, 16), Count::new(1, 1));
        let many = |rows: (usize, usize), series: (usize, usize)| {
            Wide::new(Count::new(rows.0, rows.1), Count::new(series.0, series.1))
        };
        let whole = |rows: (usize, usize), least: f64| {
            let wide = many(rows, (1, 1));
            Wide { labels: Labels::Text, sign: Sign::Positive, whole: Some(least), missing: false, ..wide }
        };
        match self {
            K::VerticalBar => Shape::Wide(one),
            K::HorizontalBar => Shape::Wide(Wide { labels: Labels::Text, ..one }),
            K::Lollipop => Shape::Wide(Wide { labels: Labels::Text, ..one }),
            K::GroupedBar => Shape::Wide(many((2, 10), (2, 5))),
            K::StackedBar => {
                Shape::Wide(Wide { sign: Sign::NotNegative, stacked: true, ..many((3, 12), (2, 6)) })
            }
            K::PercentBar => {
                Shape::Wide(Wide { sign: Sign::NotNegative, stacked: true, ..many((3, 12), (2, 6)) })
            }
            K::DivergingBar => Shape::Wide(Wide { sign: Sign::Mixed, ..many((4, 18), (1, 1)) }),
            K::Waterfall => Shape::Steps { rows: Count::new(4, 12) },
            K::Pareto => Shape::Running { rows: Count::new(4, 12) },
            K::Bullet => Shape::Goals { rows: Count::new(3, 9) },
            K::Marimekko => Shape::Wide(Wide {
                labels: Labels::Text,
                sign: Sign::Positive,
                stacked: true,
                missing: false,
                ..many((3, 8), (2, 5))
            }),
            K::RangeBar => Shape::Ranges { rows: Count::new(3, 16) },
            K::PopulationPyramid => {
                Shape::Wide(Wide { sign: Sign::NotNegative, missing: false, ..many((5, 18), (2, 2)) })
            }
            K::RadialBar => {
                Shape::Wide(Wide { sign: Sign::Positive, missing: false, ..many((3, 8), (1, 1)) })
            }
            K::Line => Shape::Wide(Wide { labels: Labels::Time, ..many((4, 40), (1, 1)) }),
            K::MultiLine => Shape::Wide(Wide { labels: Labels::Time, ..many((4, 40), (2, 7)) }),
            K::MarkerLine => {
                Shape::Wide(Wide { labels: Labels::Time, missing: false, ..many((4, 14), (1, 4)) })
            }
            K::StepLine => Shape::Wide(Wide { labels: Labels::Time, ..many((4, 24), (1, 3)) }),
            K::ErrorBand => Shape::Interval { rows: Count::new(5, 40), labels: Labels::Time },
            K::ErrorBar => Shape::Interval { rows: Count::new(3, 14), labels: Labels::Any },
            K::Slope => Shape::Wide(Wide { labels: Labels::Text, missing: false, ..many((2, 10), (2, 2)) }),
            K::Bump => Shape::Ranks { rows: Count::new(3, 10), series: Count::new(3, 8) },
            K::SparklineGrid => {
                Shape::Wide(Wide { labels: Labels::Time, missing: false, ..many((6, 30), (4, 12)) })
            }
            K::DualAxis => Shape::Dual { rows: Count::new(4, 16) },
            K::LogLine => Shape::Growth { rows: Count::new(5, 30), series: Count::new(1, 4) },
            K::Candlestick | K::Ohlc => Shape::Ohlc { rows: Count::new(6, 40) },
            K::Area => Shape::Wide(Wide {
                labels: Labels::Time,
                sign: Sign::NotNegative,
                missing: false,
                ..many((5, 40), (1, 1))
            }),
            K::StackedArea | K::PercentArea => Shape::Wide(Wide {
                labels: Labels::Time,
                sign: Sign::NotNegative,
                stacked: true,
                missing: false,
                ..many((5, 30), (2, 6))
            }),
            K::Stream => Shape::Wide(Wide {
                labels: Labels::Time,
                sign: Sign::NotNegative,
                stacked: true,
                missing: false,
                ..many((8, 30), (3, 7))
            }),
            K::Horizon => Shape::Wide(Wide { labels: Labels::Time, missing: false, ..many((8, 40), (3, 9)) }),
            K::Ridgeline => Shape::Ridges { bins: Count::new(8, 18), groups: Count::new(3, 9) },
            K::Pie | K::Donut => Shape::Wide(whole((2, 9), 0.015)),
            K::NestedDonut => Shape::Levels { groups: Count::new(2, 5), each: Count::new(2, 5), least: 0.02 },
            K::Gauge => Shape::Wide(Wide {
                labels: Labels::Text,
                sign: Sign::Positive,
                missing: false,
                ..many((3, 6), (1, 1))
            }),
            K::PolarArea => {
                Shape::Wide(Wide { sign: Sign::Positive, missing: false, ..many((3, 9), (1, 1)) })
            }
            K::Waffle => Shape::Wide(whole((2, 7), 0.015)),
            K::TreeMap => Shape::Wide(whole((4, 14), 0.008)),
            K::Sunburst => Shape::Levels { groups: Count::new(3, 5), each: Count::new(2, 5), least: 0.018 },
            K::Icicle => Shape::Levels { groups: Count::new(2, 5), each: Count::new(2, 5), least: 0.018 },
            K::Funnel => Shape::Wide(Wide {
                labels: Labels::Text,
                sign: Sign::Positive,
                falling: true,
                missing: false,
                ..many((3, 8), (1, 1))
            }),
            K::Pictogram => Shape::Wide(Wide {
                labels: Labels::Text,
                sign: Sign::Positive,
                missing: false,
                ..many((3, 8), (1, 1))
            }),
            K::Histogram => Shape::Bins { rows: Count::new(5, 20) },
            K::BoxPlot => Shape::Summary { rows: Count::new(2, 10) },
            K::StripPlot => Shape::Samples { groups: Count::new(2, 7), each: Count::new(4, 40) },
            K::Beeswarm => Shape::Distribution {
                groups: Count::new(2, 7),
                each: Count::new(9, 49),
                statistics: &[Statistic::Minimum, Statistic::Median, Statistic::Maximum],
            },
            K::Density => Shape::Distribution {
                groups: Count::new(2, 5),
                each: Count::new(13, 161),
                statistics: &[Statistic::Peak, Statistic::Height],
            },
            K::Violin => Shape::Distribution {
                groups: Count::new(2, 9),
                each: Count::new(13, 161),
                statistics: &[
                    Statistic::Minimum,
                    Statistic::LowerQuartile,
                    Statistic::Median,
                    Statistic::UpperQuartile,
                    Statistic::Maximum,
                ],
            },
            K::Ecdf => Shape::Distribution {
                groups: Count::new(2, 5),
                each: Count::new(13, 81),
                statistics: &[Statistic::LowerQuartile, Statistic::Median, Statistic::UpperQuartile],
            },
            K::QqPlot => Shape::Quantiles { rows: Count::new(5, 11), each: Count::new(21, 101) },
            K::Hexbin => Shape::Hexagons { rows: Count::new(6, 70), samples: Count::new(60, 320) },
            K::Density2d => Shape::Clouds { groups: Count::new(2, 4), each: Count::new(16, 90) },
            K::DotPlot => Shape::Wide(Wide { labels: Labels::Text, ..many((3, 16), (1, 3)) }),
            K::Scatter => Shape::Xy { rows: Count::new(8, 120), size: false, groups: Count::new(0, 5) },
            K::ScatterTrend => Shape::Xy { rows: Count::new(8, 120), size: false, groups: Count::new(0, 0) },
            K::Bubble => Shape::Xy { rows: Count::new(5, 40), size: true, groups: Count::new(0, 5) },
            K::ConnectedScatter => {
                Shape::Xy { rows: Count::new(5, 16), size: false, groups: Count::new(0, 0) }
            }
            K::ParallelCoordinates => Shape::Profiles { rows: Count::new(3, 10), measures: Count::new(3, 7) },
            K::CorrelationMatrix => Shape::Correlations { rows: Count::new(4, 12) },
            K::CalendarHeatMap => Shape::Days { months: Count::new(1, 6) },
            K::Contour => Shape::Terrain { rows: Count::new(4, 12) },
            K::Quiver => Shape::Arrows { rows: Count::new(5, 16) },
            K::HeatMap => Shape::Wide(many((3, 16), (3, 14))),
            K::Radar => Shape::Wide(Wide { sign: Sign::NotNegative, missing: false, ..many((4, 9), (1, 3)) }),
            K::SmallMultiples => Shape::Wide(Wide { labels: Labels::Time, ..many((4, 16), (3, 9)) }),
            K::Sankey => Shape::Links { rows: Count::new(4, 24), nodes: Count::new(4, 18), layered: true },
            K::Alluvial => Shape::Streams { rows: Count::new(4, 27), steps: Count::new(2, 4) },
            K::Chord => Shape::Links { rows: Count::new(4, 30), nodes: Count::new(3, 9), layered: false },
            K::TileGridMap => Shape::Wide(Wide { labels: Labels::Text, ..many((8, 51), (1, 1)) }),
            K::Choropleth => Shape::Wide(Wide { labels: Labels::Text, ..many((5, 24), (1, 1)) }),
            K::GanttChart => Shape::Tasks { rows: Count::new(4, 18) },
            K::TimelineChart => Shape::Events { rows: Count::new(4, 14) },
            K::EventStrip => Shape::Strips { lanes: Count::new(2, 8), each: Count::new(1, 24) },
            K::ChartWithTable => Shape::Wide(many((3, 10), (1, 5))),
            K::Dashboard => Shape::Board { panels: Count::new(2, 4), cards: Count::new(2, 5) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_place_in_the_table() {
        for (index, kind) in ChartKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index, "{}", kind.slug());
            assert_eq!(ChartKind::from_slug(kind.slug()), Some(kind));
        }
        assert!(ChartKind::ALL.len() >= 26);
        assert_eq!(ChartKind::from_slug("spiral"), None);
    }
}
