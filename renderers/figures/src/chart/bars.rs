//! Charts of bars from a base line: single, grouped, stacked, or from a running level.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, ColumnKind, ElementId, NumberFormat, PathBuilder, Point, Rect, Role};

use super::kind::ChartKind;
use super::legend::{self, Entry, Key};
use super::plane::{Plan, Plane};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet};
use super::value_label::{self, Printed, Tag};

/// One bar of a plan: where it goes and what it shows.
struct Bar {
    row: usize,
    column: usize,
    /// Part of the slot's width, 0 to 1.
    part: (f32, f32),
    from: f64,
    to: f64,
    color: Color,
    /// Another bar goes on where this one ends.
    middle: bool,
}

/// What a chart of bars is made of.
struct Chart {
    plan: Plan,
    bars: Vec<Bar>,
    /// Share of a slot that bars fill.
    fill: f32,
    /// Values that lines from bar to bar connect: (row, level).
    links: Vec<(usize, f64)>,
    /// Round the outer end.
    round: bool,
}

/// Draws single, grouped, stacked, diverging, waterfall and histogram bars.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let kind = sheet.spec.kind;
    let lying = lies(sheet);
    if sheet.series() > 1 {
        let mut entries: Vec<Entry> =
            (1..=sheet.series()).map(|column| series_entry(sheet, column)).collect();
        if !lying && kind != ChartKind::GroupedBar && legend::stands_right(sheet) {
            entries.reverse();
        }
        legend::draw(sheet, &entries)?;
    }
    let mut chart = match kind {
        ChartKind::StackedBar | ChartKind::PercentBar => stacked(sheet),
        ChartKind::Waterfall => waterfall(sheet)?,
        _ => grouped(sheet),
    };
    chart.plan.lying = lying;
    let (plane, printed) = lay_out(sheet, &mut chart)?;
    let Chart { plan, bars, fill, links, round } = &chart;
    plane.paint_back(sheet, plan)?;
    let thick = thickness(&plane, *fill);
    for (row, level) in links {
        let mark = sheet.scene.ornament();
        let line = link_line(&plane, (*row, *level), thick);
        let color = sheet.look.soft_ink.mix(sheet.look.panel, 0.4);
        sheet.scene.rect(mark, line, color);
    }
    for bar in bars {
        let rect = plane.bar(bar.row, thick, bar.part, bar.from, bar.to);
        let mark = sheet.cell_mark(Role::Bar, bar.row, bar.column);
        let corner = if *round && !bar.middle { sheet.look.corner } else { 0.0 };
        let end = match (lying, bar.to >= bar.from) {
            (false, true) => End::Top,
            (false, false) => End::Bottom,
            (true, true) => End::Right,
            (true, false) => End::Left,
        };
        paint(sheet, mark, rect, bar.color, end, corner);
    }
    plane.paint_front(sheet, Some(0.0));
    value_label::paint(sheet, &printed)?;
    let (difference, ratio) = plane.scale.resolution();
    for column in 1..=sheet.series() {
        // The ends of a bar that does not begin at the base are both to be read.
        let factor = if kind == ChartKind::StackedBar && column > 1 { 2.0 } else { 1.0 };
        let difference = if kind == ChartKind::PercentBar {
            percent_difference(sheet, difference * factor)
        } else {
            difference * factor
        };
        sheet.resolve(column, (difference, ratio));
    }
    if kind == ChartKind::PercentBar {
        resolve_shares(sheet);
    }
    Ok(())
}

/// Parts of one row that differ by this share of the whole can be told apart, wherever they lie.
const SHARES_APART: f64 = 0.03;

/// Says how finely the parts of a row can be told apart.
pub(super) fn resolve_shares(sheet: &mut Sheet<'_>) {
    let total = |row: usize| (1..=sheet.series()).filter_map(|c| sheet.value(row, c)).sum::<f64>();
    let most = (0..sheet.rows()).map(total).fold(0.0, f64::max);
    sheet.resolve_in_rows(SHARES_APART * most);
}

/// Shares of rows can be read, amounts only when all rows have the same total.
pub(super) fn percent_difference(sheet: &Sheet<'_>, percent: f64) -> f64 {
    let totals: Vec<f64> = (0..sheet.rows())
        .map(|row| (1..=sheet.series()).filter_map(|column| sheet.value(row, column)).sum())
        .collect();
    let (low, high) =
        (totals.iter().copied().fold(f64::INFINITY, f64::min), totals.iter().copied().fold(0.0, f64::max));
    if high - low <= 0.01 * high { high * percent / 100.0 } else { f64::INFINITY }
}

/// The entry of a series in a legend of squares.
pub(super) fn series_entry(sheet: &Sheet<'_>, column: usize) -> Entry {
    Entry::new(sheet.header(column), sheet.color(column - 1), Key::Square)
}

/// True when the bars run to the right.
pub(super) fn lies(sheet: &Sheet<'_>) -> bool {
    let longest = sheet.table.texts(0).iter().map(|t| t.chars().count()).max().unwrap_or(0);
    let (long, very_long) = (longest > 11, longest > 24);
    match sheet.spec.kind {
        ChartKind::HorizontalBar | ChartKind::PopulationPyramid | ChartKind::DotPlot => true,
        ChartKind::VerticalBar | ChartKind::Histogram => false,
        ChartKind::RangeBar => sheet.chance("lying", 0.6),
        _ if sheet.table.columns[0].kind == ColumnKind::Time => false,
        ChartKind::Waterfall => very_long || sheet.chance("lying", if long { 0.5 } else { 0.1 }),
        _ => very_long || sheet.chance("lying", if long { 0.8 } else { 0.25 }),
    }
}

/// The thickness of the bars of a slot: its share, but never so much that a few bars look like walls.
pub(super) fn thickness(plane: &Plane, fill: f32) -> f32 {
    let most = if plane.lying { 64.0 } else { 112.0 };
    if fill >= 0.95 { plane.pitch } else { (plane.pitch * fill).min(most).max(2.0) }
}

/// Finds a layout in which the values can be printed, if they are wanted, or one without them.
fn lay_out(sheet: &Sheet<'_>, chart: &mut Chart) -> Drawing<(Plane, Vec<Printed>)> {
    let columns = sheet.series();
    let lying = chart.plan.lying;
    if sheet.wants_values(chart.bars.len(), 32) {
        let stacked = chart.bars.iter().any(|bar| bar.middle);
        let clean = !stacked && sheet.chance("values instead of axis", 0.35);
        let (width, height) = (value_label::widest(sheet, 1, columns)? + 7.0, 1.75 * sheet.tick_px);
        let negative = chart.plan.low < 0.0;
        for (axis, turned) in [(!clean, false), (true, false), (true, true)] {
            if turned && (lying || stacked) {
                continue;
            }
            let room = if stacked {
                0.0
            } else if lying != turned {
                width
            } else {
                height
            };
            chart.plan.axis = axis;
            chart.plan.room = (room, if negative { room } else { 0.0 });
            let Some(mut found) = print(sheet, chart, turned)? else { continue };
            // Values that all stand inside their bars leave the room outside empty.
            if room > 0.0 && found.1.iter().all(|label| found.0.plot.contains(label.center)) {
                chart.plan.room = (0.0, 0.0);
                if let Some(tight) = print(sheet, chart, turned)? {
                    found = tight;
                }
            }
            found.0.lower_title(sheet, &found.1)?;
            return Ok(found);
        }
    }
    chart.plan.axis = true;
    chart.plan.room = (0.0, 0.0);
    Ok((Plane::new(sheet, &chart.plan)?, Vec::new()))
}

/// The layout of a plan with all values in their places; `None` when it has no room for them.
fn print(sheet: &Sheet<'_>, chart: &Chart, turned: bool) -> Drawing<Option<(Plane, Vec<Printed>)>> {
    let Ok(plane) = Plane::new(sheet, &chart.plan) else { return Ok(None) };
    let thick = thickness(&plane, chart.fill);
    let tags: Vec<Tag> = chart
        .bars
        .iter()
        .map(|bar| Tag {
            row: bar.row,
            column: bar.column,
            bar: plane.bar(bar.row, thick, bar.part, bar.from, bar.to),
            forward: bar.to >= bar.from,
            color: bar.color,
            middle: bar.middle,
        })
        .collect();
    let mut walls: Vec<Rect> = tags.iter().map(|tag| tag.bar).collect();
    walls.extend(plane.strong_lines(sheet, Some(0.0)));
    walls.extend(chart.links.iter().map(|link| link_line(&plane, *link, 0.0).grown(1.0)));
    let placed = value_label::for_bars(sheet, chart.plan.lying, turned, &plane.limit, &tags, &walls)?;
    Ok(placed.map(|printed| (plane, printed)))
}

/// How the bars of a single series are coloured: one colour, one that stands out, or each its own.
fn single_colors(sheet: &Sheet<'_>) -> Vec<Color> {
    let (rows, look) = (sheet.rows(), sheet.look);
    let mut rng = sheet.rng("bar colours");
    match rng.weighted(&[0.66, 0.18, 0.16]) {
        1 => {
            let numbers: Vec<f64> = (0..rows).map(|r| sheet.value(r, 1).unwrap_or(0.0)).collect();
            let peak =
                (0..rows).fold(0, |best, r| if numbers[r].abs() > numbers[best].abs() { r } else { best });
            let quiet = look.soft_ink.mix(look.panel, 0.55);
            (0..rows).map(|r| if r == peak { sheet.color(0) } else { quiet }).collect()
        }
        2 if rows <= look.series.len() => (0..rows).map(|r| sheet.color(r)).collect(),
        _ => vec![sheet.color(0); rows],
    }
}

fn grouped(sheet: &Sheet<'_>) -> Chart {
    let kind = sheet.spec.kind;
    let series = sheet.series();
    let values = sheet.values(1, series);
    let (low, high) =
        (values.iter().copied().fold(0.0, f64::min), values.iter().copied().fold(0.0, f64::max));
    let colors = match kind {
        ChartKind::DivergingBar => {
            let (up, down) = opposite(sheet);
            (0..sheet.rows())
                .map(|r| if sheet.value(r, 1).unwrap_or(0.0) < 0.0 { down } else { up })
                .collect()
        }
        ChartKind::Histogram => vec![sheet.color(0); sheet.rows()],
        _ => single_colors(sheet),
    };
    let gap = if series > 1 && sheet.chance("gaps in groups", 0.5) { 0.04 } else { 0.0 };
    let mut bars = Vec::new();
    for (row, single) in colors.iter().enumerate() {
        for column in 1..=series {
            let Some(value) = sheet.value(row, column) else { continue };
            let lane = (column - 1) as f32 / series as f32;
            let part = (lane, lane + (1.0 - gap) / series as f32);
            let color = if series > 1 { sheet.color(column - 1) } else { *single };
            bars.push(Bar { row, column, part, from: 0.0, to: value, color, middle: false });
        }
    }
    let mut plan = Plan::new(sheet, 1, series, low, high);
    let histogram = kind == ChartKind::Histogram;
    plan.thin = histogram || sheet.table.columns[0].kind == ColumnKind::Time;
    if histogram {
        plan.name_title = Some(sheet.header(0));
        let touch = if sheet.chance("bins touch", 0.5) { 1.0 } else { 0.96 };
        for bar in &mut bars {
            bar.part = ((1.0 - touch) / 2.0, (1.0 + touch) / 2.0);
        }
        // Bars that touch are told apart by a line of the ground between them.
        for bar in bars.iter_mut().filter(|_| touch == 1.0) {
            bar.part.1 -= 0.02;
        }
    }
    let fill = if histogram {
        1.0
    } else {
        1.0 - if series > 1 { sheet.look.gap.min(0.32) } else { sheet.look.gap }
    };
    Chart { plan, bars, fill, links: Vec::new(), round: !histogram }
}

fn stacked(sheet: &Sheet<'_>) -> Chart {
    let percent = sheet.spec.kind == ChartKind::PercentBar;
    let series = sheet.series();
    let mut bars = Vec::new();
    let mut highest = 0.0f64;
    for row in 0..sheet.rows() {
        let total: f64 = (1..=series).filter_map(|column| sheet.value(row, column)).sum();
        let unit = if percent { 100.0 / total.max(f64::MIN_POSITIVE) } else { 1.0 };
        let mut level = 0.0;
        for column in 1..=series {
            let Some(value) = sheet.value(row, column) else { continue };
            let to = level + value * unit;
            let color = sheet.color(column - 1);
            bars.push(Bar { row, column, part: (0.0, 1.0), from: level, to, color, middle: true });
            level = to;
        }
        highest = highest.max(level);
    }
    let mut plan = Plan::new(sheet, 1, series, 0.0, highest);
    plan.thin = sheet.table.columns[0].kind == ColumnKind::Time;
    if percent {
        plan.scale = Some(percent_scale(sheet));
        plan.format = percent_format(sheet);
        plan.value_title = None;
    }
    Chart { plan, bars, fill: 1.0 - sheet.look.gap, links: Vec::new(), round: false }
}

/// From 0 to 100 per cent.
pub(super) fn percent_scale(sheet: &Sheet<'_>) -> Scale {
    Scale::linear_with(0.0, 100.0, *sheet.rng("percent ticks").pick(&[4, 5, 5]))
}

/// How shares are printed.
pub(super) fn percent_format(sheet: &Sheet<'_>) -> NumberFormat {
    let format = sheet.spec.value_format;
    NumberFormat { suffix: sheet.look.words.percent.clone(), mark: format.mark, ..NumberFormat::plain(0) }
}

/// Two colours for above and below.
pub(super) fn opposite(sheet: &Sheet<'_>) -> (Color, Color) {
    let first = sheet.color(0);
    let far = |a: &&Color, b: &&Color| first.distance(**a).total_cmp(&first.distance(**b));
    let second = sheet.look.series.iter().take(6).max_by(far).copied().unwrap_or(first);
    (first, second)
}

fn waterfall(sheet: &mut Sheet<'_>) -> Drawing<Chart> {
    let look = sheet.look;
    let (up, down) = opposite(sheet);
    let total = look.soft_ink.mix(look.panel, 0.3);
    if sheet.chance("legend of steps", 0.6) {
        let own = look.words.clone();
        let words = [(own.increase, up), (own.decrease, down), (own.total, total)];
        let entry =
            |(text, color): (String, Color)| Entry::new(Name { text, data: Vec::new() }, color, Key::Square);
        legend::draw(sheet, &words.map(entry))?;
    }
    let (mut level, mut highest) = (0.0, 0.0f64);
    let (mut bars, mut links) = (Vec::new(), Vec::new());
    let last = sheet.rows() - 1;
    for row in 0..=last {
        let Some(value) = sheet.value(row, 1) else { continue };
        let ends = row == 0 || row == last;
        let (from, to) = if ends { (0.0, value) } else { (level, level + value) };
        let color = if ends {
            total
        } else if value < 0.0 {
            down
        } else {
            up
        };
        bars.push(Bar { row, column: 1, part: (0.0, 1.0), from, to, color, middle: false });
        level = to;
        highest = highest.max(level);
        if row < last {
            links.push((row, level));
        }
    }
    let plan = Plan::new(sheet, 1, 1, 0.0, highest);
    Ok(Chart { plan, bars, fill: 1.0 - look.gap.min(0.35), links, round: false })
}

/// The line from a bar to the next one, at the level between them.
fn link_line(plane: &Plane, (row, level): (usize, f64), thick: f32) -> Rect {
    let at = plane.scale.at(level).round();
    // From the far edge of one bar to the far edge of the next: what lies under the bars is not seen.
    let half = (thick / 2.0).floor();
    let (a, b) = (plane.centers[row] - half, plane.centers[row + 1] + half);
    if plane.lying { Rect::new(at, a, at + 1.0, b) } else { Rect::new(a, at, b, at + 1.0) }
}

/// Which end of a bar may be round.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    Top,
    Bottom,
    Left,
    Right,
}

/// Paints a bar, with a soft gradient across it where the look is not flat.
pub(super) fn paint(sheet: &mut Sheet<'_>, mark: ElementId, rect: Rect, color: Color, end: End, corner: f32) {
    let upright = matches!(end, End::Top | End::Bottom);
    let paint = if sheet.look.flat {
        Paint::Solid(color)
    } else {
        let (from, to) = if upright {
            (Point::new(rect.left, 0.0), Point::new(rect.right, 0.0))
        } else {
            (Point::new(0.0, rect.top), Point::new(0.0, rect.bottom))
        };
        let (light, deep) = (color.mix(Color::WHITE, 0.14), color.mix(Color::BLACK, 0.07));
        Paint::Linear { from, to, stops: vec![(0.0, light), (1.0, deep)] }
    };
    sheet.scene.element_mut(mark).color = Some(color);
    let radius = corner.min(rect.width() / 2.0).min(rect.height() / 2.0);
    if radius < 0.8 {
        sheet.scene.rect(mark, rect, paint);
    } else if let Some(path) = one_round_end(&rect, radius, end) {
        sheet.scene.fill(mark, path, paint);
    }
}

/// A rectangle with two round corners at one end.
fn one_round_end(rect: &Rect, radius: f32, end: End) -> Option<pixmo_render::Path> {
    let Rect { left: l, top: t, right: r, bottom: b } = *rect;
    let corners = [
        (Point::new(l, t), matches!(end, End::Top | End::Left)),
        (Point::new(r, t), matches!(end, End::Top | End::Right)),
        (Point::new(r, b), matches!(end, End::Bottom | End::Right)),
        (Point::new(l, b), matches!(end, End::Bottom | End::Left)),
    ];
    let along = |from: Point, to: Point| {
        let length = libm::hypotf(to.x - from.x, to.y - from.y).max(1e-6);
        let share = radius / length;
        Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
    };
    let mut path = PathBuilder::new();
    for index in 0..4 {
        let (corner, round) = corners[index];
        let (before, after) = (corners[(index + 3) % 4].0, corners[(index + 1) % 4].0);
        let (enter, leave) =
            if round { (along(corner, before), along(corner, after)) } else { (corner, corner) };
        if index == 0 {
            path.move_to(enter.x, enter.y);
        } else {
            path.line_to(enter.x, enter.y);
        }
        if round {
            path.quad_to(corner.x, corner.y, leave.x, leave.y);
        }
    }
    path.close();
    path.finish()
}

/// The least and the largest of some numbers.
pub(super) fn bounds(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)))
}
