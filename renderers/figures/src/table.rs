//! Tables as scenes: rows and columns that size themselves to what they print.
//!
//! A cell is printed exactly as its `shown` says, in one text element or, where it is wrapped, one per line; every one
//! of them carries the address of the cell. Headers carry the address of their column.

mod art;
mod calendar;
pub(crate) mod captions;
mod ground;
mod line_kind;
mod measure;
mod merge;
mod paint;
mod rules;
mod schedule;
mod sheet;
mod style;

use pixmo_render::{Color, Data, Rect, Scene, Seed};

use self::captions::Captions;
use self::paint::Painter;
use self::sheet::Sheet;
use self::style::TableStyle;
use crate::look::{Head, Look, Mount, TitlePlace};
use crate::{Drawn, FigureError, mount};

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableLayout {
    /// A header, a rule, rows.
    Plain,
    /// Every second row is tinted.
    Zebra,
    /// Three rules: above and below the header, below the last row.
    Ruled,
    /// A grid of lines around every cell.
    Boxed,
    /// Two header rows: groups of columns above their columns.
    MultiLevelHeader,
    /// Rows in groups, each below a heading that spans the table.
    RowGroups,
    /// The last row is a total.
    TotalsRow,
    /// Groups of rows that each end in a subtotal, and a grand total.
    Subtotals,
    /// Items against features: ticks and crosses.
    Matrix,
    /// Items and prices with dots between them.
    PriceList,
    /// Stops against trips.
    Timetable,
    /// Positions, teams, results, points.
    LeagueStandings,
    /// Lines of an account with headings, indents and totals.
    FinancialStatement,
    /// Names of properties and their values.
    SpecSheet,
    /// Numbers with bars in their cells.
    RankingBars,
    /// Numbers on grounds that are darker the larger they are.
    HeatShaded,
    /// Marks at cells, explained below the table.
    WithFootnotes,
    /// A column that names the unit of each row.
    WithUnitsColumn,
    /// Cells without a value.
    MissingValues,
    /// Groups and parts of groups in cells that span their rows, in a grid of lines.
    MergedCells,
    /// One measure by rows and by columns, with totals of both.
    Pivot,
    /// Results with units and reference ranges; those outside are flagged.
    LabResults,
    /// Days or halls across, times down, blocks where something takes place.
    ScheduleGrid,
    /// A month as a grid of days.
    CalendarMonth,
}

/// What a layout needs of table 0, whose columns are texts (labels, time) first, then numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableShape {
    /// Least and most rows.
    pub rows: (usize, usize),
    /// Least and most columns of text or time, which come first.
    pub texts: (usize, usize),
    /// Least and most columns of numbers.
    pub numbers: (usize, usize),
    /// The rest in words.
    pub words: &'static str,
}

/// A table to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec<'a> {
    /// The layout.
    pub layout: TableLayout,
    /// The cells: table 0 and, where a layout takes them, side tables found by name.
    pub data: &'a Data,
    /// Title; empty for none.
    pub title: &'a str,
    /// Line below the title; empty for none.
    pub subtitle: &'a str,
    /// Source or remark below the table; empty for none.
    pub note: &'a str,
    /// The look.
    pub look: &'a Look,
    /// Largest width of the picture in pixels, 300 to 1400.
    pub width_max: u32,
    /// For the choices that the layout leaves open.
    pub seed: Seed,
}

impl TableLayout {
    /// All layouts.
    pub const ALL: [TableLayout; 24] = [
        TableLayout::Plain,
        TableLayout::Zebra,
        TableLayout::Ruled,
        TableLayout::Boxed,
        TableLayout::MultiLevelHeader,
        TableLayout::RowGroups,
        TableLayout::TotalsRow,
        TableLayout::Subtotals,
        TableLayout::Matrix,
        TableLayout::PriceList,
        TableLayout::Timetable,
        TableLayout::LeagueStandings,
        TableLayout::FinancialStatement,
        TableLayout::SpecSheet,
        TableLayout::RankingBars,
        TableLayout::HeatShaded,
        TableLayout::WithFootnotes,
        TableLayout::WithUnitsColumn,
        TableLayout::MissingValues,
        TableLayout::MergedCells,
        TableLayout::Pivot,
        TableLayout::LabResults,
        TableLayout::ScheduleGrid,
        TableLayout::CalendarMonth,
    ];

    /// The stable name in files and settings, such as `row_groups`.
    pub fn slug(self) -> &'static str {
        match self {
            TableLayout::Plain => "plain",
            TableLayout::Zebra => "zebra",
            TableLayout::Ruled => "ruled",
            TableLayout::Boxed => "boxed",
            TableLayout::MultiLevelHeader => "multi_level_header",
            TableLayout::RowGroups => "row_groups",
            TableLayout::TotalsRow => "totals_row",
            TableLayout::Subtotals => "subtotals",
            TableLayout::Matrix => "matrix",
            TableLayout::PriceList => "price_list",
            TableLayout::Timetable => "timetable",
            TableLayout::LeagueStandings => "league_standings",
            TableLayout::FinancialStatement => "financial_statement",
            TableLayout::SpecSheet => "spec_sheet",
            TableLayout::RankingBars => "ranking_bars",
            TableLayout::HeatShaded => "heat_shaded",
            TableLayout::WithFootnotes => "with_footnotes",
            TableLayout::WithUnitsColumn => "with_units_column",
            TableLayout::MissingValues => "missing_values",
            TableLayout::MergedCells => "merged_cells",
            TableLayout::Pivot => "pivot",
            TableLayout::LabResults => "lab_results",
            TableLayout::ScheduleGrid => "schedule_grid",
            TableLayout::CalendarMonth => "calendar_month",
        }
    }

    /// The layout with this stable name.
    pub fn from_slug(slug: &str) -> Option<TableLayout> {
        Self::ALL.into_iter().find(|layout| layout.slug() == slug)
    }

    /// The name for people, such as `table with row groups`.
    pub fn title(self) -> &'static str {
        match self {
            TableLayout::Plain => "plain table",
            TableLayout::Zebra => "zebra table",
            TableLayout::Ruled => "ruled table",
            TableLayout::Boxed => "boxed table",
            TableLayout::MultiLevelHeader => "table with a multi-level header",
            TableLayout::RowGroups => "table with row groups",
            TableLayout::TotalsRow => "table with a totals row",
            TableLayout::Subtotals => "table with subtotals",
            TableLayout::Matrix => "comparison matrix",
            TableLayout::PriceList => "price list",
            TableLayout::Timetable => "timetable",
            TableLayout::LeagueStandings => "league standings",
            TableLayout::FinancialStatement => "financial statement",
            TableLayout::SpecSheet => "spec sheet",
            TableLayout::RankingBars => "ranking with bars",
            TableLayout::HeatShaded => "heat-shaded table",
            TableLayout::WithFootnotes => "table with footnotes",
            TableLayout::WithUnitsColumn => "table with a units column",
            TableLayout::MissingValues => "table with missing values",
            TableLayout::MergedCells => "table with merged cells",
            TableLayout::Pivot => "pivot table",
            TableLayout::LabResults => "table of laboratory results",
            TableLayout::ScheduleGrid => "schedule",
            TableLayout::CalendarMonth => "calendar of a month",
        }
    }

    /// What the layout needs of the data. Side tables are found by name:
    ///
    /// - `lines` (any layout, optional): column `kind`, one row per row of table 0, each `item`, `heading`, `subtotal`
    ///   or `total`. Without it the layouts that know such rows tell them as their words say.
    /// - `footnotes` ([`TableLayout::WithFootnotes`], required): columns `row` (a text of the first column), `column`
    ///   (a column's name; missing for the first column), `text` (the explanation).
    /// - `pivot` ([`TableLayout::Pivot`], required): one row with `measure` and `columns`, printed above the names.
    /// - `limits` ([`TableLayout::LabResults`], optional): columns `test`, `low` and `high`, one row per row of table 0,
    ///   the ends of its reference range.
    /// - `days` and `times` ([`TableLayout::ScheduleGrid`], required): the columns of the grid, and all times at which
    ///   anything begins or ends, in order.
    /// - `weekdays` ([`TableLayout::CalendarMonth`], required): seven names, the first day of the week first.
    /// - `events` ([`TableLayout::CalendarMonth`], optional): columns `day`, `event` and, if wished, `weekday`, `time`.
    pub fn shape(self) -> TableShape {
        let shape = |rows, texts, numbers, words| TableShape { rows, texts, numbers, words };
        match self {
            TableLayout::Plain | TableLayout::Zebra | TableLayout::Ruled | TableLayout::Boxed => shape(
                (3, 24),
                (1, 4),
                (0, 8),
                "the first column names the rows; long texts are wrapped; at least two columns",
            ),
            TableLayout::MultiLevelHeader => shape(
                (3, 18),
                (1, 1),
                (4, 9),
                "each number column is named `Group|Sub`; the columns of a group stand together; two to four groups",
            ),
            TableLayout::RowGroups => shape(
                (4, 22),
                (2, 3),
                (1, 6),
                "the first text column is the group, printed once above its rows, which stand together; the second \
                 names the row",
            ),
            TableLayout::TotalsRow => shape(
                (4, 20),
                (1, 2),
                (1, 7),
                "the last row is the total that the caller computed; its first cell says so",
            ),
            TableLayout::Subtotals => shape(
                (7, 22),
                (2, 2),
                (1, 6),
                "the first text column is the group, whose rows stand together; the last row of each group is its \
                 subtotal; the last row of the table is the grand total and a group of its own, whose first cell is \
                 not printed",
            ),
            TableLayout::Matrix => shape(
                (3, 16),
                (3, 8),
                (0, 2),
                "the first column names the feature; each further text column is an option whose cells are `Yes`, \
                 `No` or a short text",
            ),
            TableLayout::PriceList => shape(
                (4, 18),
                (1, 2),
                (1, 3),
                "name, optionally a detail in small print below it, then prices",
            ),
            TableLayout::Timetable => shape(
                (4, 18),
                (3, 10),
                (0, 0),
                "the first column names the stop, each further one is a trip whose cells are times; missing where \
                 the trip does not stop",
            ),
            TableLayout::LeagueStandings => shape(
                (6, 20),
                (1, 1),
                (3, 9),
                "the first column may be a number, the position; then the team; the last column are the points",
            ),
            TableLayout::FinancialStatement => shape(
                (6, 24),
                (1, 1),
                (1, 4),
                "the first column names the line; without `lines`, a row whose numbers are all missing is a heading, \
                 one whose name begins with `Total` a subtotal, and the last row the total",
            ),
            TableLayout::SpecSheet => shape(
                (5, 22),
                (1, 3),
                (0, 1),
                "name and value; with three columns the first is the group; column names are not printed",
            ),
            TableLayout::RankingBars => shape(
                (5, 18),
                (1, 2),
                (1, 4),
                "the first number column is drawn as bars and not negative; sorted by the caller",
            ),
            TableLayout::HeatShaded => shape(
                (4, 16),
                (1, 1),
                (3, 12),
                "all numbers are comparable: one scale is used for the whole table",
            ),
            TableLayout::WithFootnotes => {
                shape((4, 18), (1, 2), (1, 6), "side table `footnotes` with one to five rows")
            }
            TableLayout::WithUnitsColumn => shape(
                (4, 18),
                (2, 3),
                (1, 5),
                "one text column is named `Unit` and names the unit of each row",
            ),
            TableLayout::MissingValues => shape(
                (5, 20),
                (1, 2),
                (2, 8),
                "some number cells are missing and print a dash, `n/a` or nothing",
            ),
            TableLayout::MergedCells => shape(
                (5, 22),
                (2, 3),
                (1, 6),
                "the last text column names the row, those before it its groups from the widest to the narrowest; \
                 rows of a group stand together; number columns may be named `Group|Sub`",
            ),
            TableLayout::Pivot => shape(
                (4, 18),
                (1, 2),
                (3, 9),
                "text columns as in tables with merged cells, then a number column for each instance and one for \
                 their total; the last row holds the totals and has no group",
            ),
            TableLayout::LabResults => shape(
                (5, 20),
                (3, 5),
                (1, 2),
                "optionally the panel as first text column; then the test and its numbers; then texts: `Unit`, \
                 `Reference` and `Flag`, which says `H` or `High`, `L` or `Low`, or is missing",
            ),
            TableLayout::ScheduleGrid => shape(
                (5, 48),
                (4, 5),
                (0, 0),
                "a row for everything that takes place: the day or hall, `From`, `To`, what it is, optionally where; \
                 entries of a day do not overlap",
            ),
            TableLayout::CalendarMonth => shape(
                (28, 31),
                (1, 2),
                (1, 1),
                "a row for each day: `Weekday`, optionally `Week`, `Day`; weekdays follow each other as in `weekdays`",
            ),
        }
    }
}

/// Draws a table.
///
/// The picture is as large as the table, its captions and its margins: 300 to `width_max` by 150 to 1600 pixels.
///
/// # Errors
/// [`FigureError::Data`] when the data lacks what [`TableLayout::shape`] says, [`FigureError::NoRoom`] when the table is
/// larger than that, [`FigureError::Text`] for a character that the font lacks.
pub fn draw(spec: &TableSpec<'_>) -> Result<Drawn, FigureError> {
    crate::drawn::admit(spec.layout.slug(), spec.data)?;
    match attempt(spec, false) {
        Err(FigureError::NoRoom { .. }) => attempt(spec, true),
        other => other,
    }
}

/// Height that no picture of a table passes.
const HEIGHT_MAX: u32 = 1600;

fn attempt(spec: &TableSpec<'_>, compact: bool) -> Result<Drawn, FigureError> {
    let look = spec.look;
    let mut style = TableStyle::draw(look, spec.layout, &mut spec.seed.rng("table style"), compact);
    match spec.layout {
        TableLayout::CalendarMonth => return calendar::draw(spec, &style, compact),
        TableLayout::ScheduleGrid => return schedule::draw(spec, &style, compact),
        _ => {}
    }
    let sheet = Sheet::of(spec, &style)?;
    let mut sizes = measure::measure(spec, &style, &sheet)?;
    // Names torn in two make lines of unequal height; narrow paddings are the lesser evil.
    if style.pad_x > 7.0 && measure::is_torn(&sheet, &sizes) {
        style.pad_x = (style.pad_x * 0.6).max(7.0).round();
        sizes = measure::measure(spec, &style, &sheet)?;
    }
    let edge = mount::edge(look, look.margin);
    let margin = look.margin.ceil() + edge;
    let (table_width, table_height) =
        (sizes.x.last().copied().unwrap_or(0.0), sizes.y.last().copied().unwrap_or(0.0));
    // Where neither fill nor rule shows the edge of the table, captions begin where its texts begin.
    let open = spec.layout == TableLayout::PriceList && !style.frame && sheet.header_rows == 0;
    let inset = if open && look.title_place == TitlePlace::Left { style.pad_x } else { 0.0 };
    let head = if spec.title.is_empty() || look.mount == Mount::Part { Head::Plain } else { look.head };
    let band = (head == Head::Band).then(|| mount::band(look, &mut spec.seed.rng("band")));
    let captions = Captions::wrap(look, spec.title, spec.subtitle, spec.note, table_width - inset)?.on(band);
    // The band ends as far below the captions as it begins above them.
    let pad = if band.is_some() { (0.8 * look.margin).round() } else { 0.0 };
    let notes = paint::footnotes_height(look, &sizes);
    let width = (table_width + 2.0 * margin).ceil().max(300.0);
    let content = captions.above().ceil() + pad + table_height + notes + captions.below();
    let height = (content + 2.0 * margin).ceil().max(150.0).max((width / 4.5).ceil());
    if width > spec.width_max as f32 || height > HEIGHT_MAX as f32 || height > width * 4.5 {
        return Err(FigureError::NoRoom {
            kind: spec.layout.slug(),
            width: spec.width_max,
            height: HEIGHT_MAX,
            what: "all lines",
        });
    }
    let mut scene = mount::scene(look, width as u32, height as u32, edge);
    let left = ((width - table_width) / 2.0).floor();
    let top =
        margin + captions.above().ceil() + pad + ((height - content - 2.0 * margin) / 2.0).floor().max(0.0);
    paint_head(&mut scene, look, head, band, top - 0.9 * look.text_px);
    let mut painter = Painter {
        scene: &mut scene,
        look,
        layout: spec.layout,
        style: &style,
        sheet: &sheet,
        sizes: &sizes,
        left,
        top,
    };
    painter.paint()?;
    let bottom = painter.bottom() + notes;
    captions.draw(&mut scene, left + inset, top - pad, bottom)?;
    Ok(Drawn { scene, resolutions: Vec::new() })
}

/// Paints what carries the title, down to `end`.
fn paint_head(scene: &mut Scene, look: &Look, head: Head, band: Option<Color>, end: f32) {
    let bounds = scene.bounds();
    let reach = if look.mount == Mount::Frame { bounds.grown(-3.0) } else { bounds };
    let painted = match (head, band) {
        (Head::Band, Some(color)) => Some((Rect { bottom: end.round(), ..reach }, color)),
        (Head::Bar, _) if look.mount != Mount::Card => {
            Some((Rect { bottom: bounds.top + (0.4 * look.text_px).round(), ..bounds }, look.accent))
        }
        _ => None,
    };
    if let Some((rect, color)) = painted {
        let mark = scene.ornament();
        scene.rect(mark, rect, color);
    }
}
