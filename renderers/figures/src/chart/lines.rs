//! Charts of lines over time: one, many, in steps, with markers, on a log scale, with an area below.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, ColumnKind, Path, PathBuilder, Point, Rect, Role};

use super::bars::bounds;
use super::intervals::off_the_axis;
use super::kind::ChartKind;
use super::legend::{self, Entry, Key};
use super::log_axis;
use super::marker::Marker;
use super::plane::{Places, Plan, Plane, grid_color};
use super::sheet::{Drawing, Sheet, around};
use super::spread::spread;
use super::value_label::{self, Placer, Printed};
use crate::look::LegendPlace;

/// How the lines of a chart are drawn.
pub(super) struct Pen {
    pub(super) smooth: bool,
    pub(super) steps: bool,
    pub(super) markers: bool,
    /// Markers are rings.
    pub(super) rings: bool,
    /// The marker of each series, in turn.
    pub(super) forms: Vec<Marker>,
    pub(super) dashes: Vec<Vec<f32>>,
}

impl Pen {
    pub(super) fn new(sheet: &Sheet<'_>) -> Self {
        let steps = sheet.spec.kind == ChartKind::StepLine;
        let marked = sheet.spec.kind == ChartKind::MarkerLine;
        let grey_print = matches!(sheet.look.theme, "paper" | "journal") && sheet.chance("dashes", 0.35);
        let patterns: [&[f32]; 6] =
            [&[], &[7.0, 4.0], &[2.0, 3.0], &[9.0, 3.0, 2.0, 3.0], &[12.0, 4.0], &[4.0, 4.0]];
        let dashes =
            (0..sheet.series()).map(|s| if grey_print { patterns[s % 6].to_vec() } else { Vec::new() });
        Self {
            smooth: !steps && sheet.chance("smooth lines", 0.15),
            steps,
            markers: marked || sheet.look.markers && !steps,
            rings: sheet.chance("rings", 0.35),
            forms: if marked { Marker::draw(sheet) } else { vec![Marker::Circle] },
            dashes: dashes.collect(),
        }
    }

    /// The marker of a series.
    pub(super) fn form(&self, column: usize) -> Marker {
        self.forms[(column - 1) % self.forms.len()]
    }

    /// The sample of a series in a legend.
    fn key(&self, column: usize) -> Key {
        if self.forms.len() > 1 || self.form(column) != Marker::Circle {
            return Key::Marked(self.form(column));
        }
        Key::Line(self.dashes[column - 1].clone(), self.markers)
    }
}

/// Draws lines over time.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let kind = sheet.spec.kind;
    let series = sheet.series();
    let pen = Pen::new(sheet);
    let values = sheet.values(1, series);
    let (mut low, mut high) = bounds(&values);
    let area = kind == ChartKind::Area;
    let log = kind == ChartKind::LogLine;
    if log {
        // Decades hold the numbers by themselves.
    } else if area || (low >= 0.0 && (low < 0.4 * high || sheet.chance("from zero", 0.25))) {
        low = low.min(0.0);
    } else {
        low = off_the_axis(low, high);
    }
    if high <= low {
        high = low + 1.0;
    }
    let mut plan = Plan::new(sheet, 1, series, low, high);
    plan.thin = true;
    plan.places = if pen.steps { Places::Bands } else { time_places(sheet) };
    if log {
        log_axis::prepare(sheet, &mut plan);
    }

    let direct = direct_room(sheet, series)?;
    if let Some(width) = direct {
        plan.after = width;
        plan.right_axis = false;
    } else if series > 1 {
        let entries: Vec<Entry> = (1..=series)
            .map(|column| Entry::new(sheet.header(column), sheet.color(column - 1), pen.key(column)))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let (plane, printed) = lay_out(sheet, &mut plan, &pen)?;
    plane.paint_back(sheet, &plan)?;
    if log {
        log_axis::paint_between(sheet, &plane);
    }
    let base = (plane.scale.low < 0.0 && plane.scale.high > 0.0).then_some(0.0);
    if area {
        paint_area(sheet, &plane, &pen);
    }
    if base.is_none() {
        plane.paint_front(sheet, area.then_some(0.0));
    } else {
        plane.paint_front(sheet, base);
    }
    for column in 1..=series {
        paint_line(sheet, &plane, &pen, column, sheet.color(column - 1));
    }
    if direct.is_some() {
        direct_labels(sheet, &plane)?;
    }
    value_label::paint(sheet, &printed)?;
    for column in 1..=series {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

/// Where times lie: evenly, or at their years when these are not evenly spaced.
pub(super) fn time_places(sheet: &Sheet<'_>) -> Places {
    let years: Vec<f32> = sheet
        .table
        .texts(0)
        .iter()
        .filter(|text| text.len() == 4)
        .filter_map(|text| text.parse::<u16>().ok().map(f32::from))
        .collect();
    let rising = years.windows(2).all(|w| w[1] > w[0]);
    let even = years.windows(3).all(|w| w[2] - w[1] == w[1] - w[0]);
    if sheet.table.columns[0].kind != ColumnKind::Time || years.len() < sheet.rows().max(2) || !rising || even
    {
        return Places::Points;
    }
    let (first, last) = (years[0], years[years.len() - 1]);
    Places::At(years.iter().map(|y| (y - first) / (last - first)).collect())
}

/// Room right of the plot for the names of series at the ends of their lines; `None` for a legend.
fn direct_room(sheet: &Sheet<'_>, series: usize) -> Drawing<Option<f32>> {
    let last = sheet.rows() - 1;
    let ends = (1..=series).all(|column| sheet.value(last, column).is_some());
    if series < 2 || !ends || sheet.look.legend != LegendPlace::Direct {
        return Ok(None);
    }
    let names: Vec<&str> = (1..=series).map(|c| sheet.table.columns[c].name.as_str()).collect();
    let width = sheet.widest(sheet.text_px, names)?.ceil() + 12.0;
    Ok((width <= 0.3 * sheet.area.width()).then_some(width))
}

/// Writes the names of the series at the ends of their lines.
fn direct_labels(sheet: &mut Sheet<'_>, plane: &Plane) -> Drawing<()> {
    let last = sheet.rows() - 1;
    let series = sheet.series();
    let ends: Vec<f32> =
        (1..=series).map(|column| plane.point(last, sheet.value(last, column).unwrap_or(0.0)).y).collect();
    let pitch = sheet.text_px * 1.22;
    let (low, high) = (plane.plot.top - pitch * 0.4, plane.plot.bottom + pitch * 0.2);
    let Some(places) = spread(&ends, pitch, low, high) else {
        return sheet.no_room("names at the ends of lines");
    };
    for column in 1..=series {
        let name = sheet.header(column);
        let color = sheet.readable(sheet.color(column - 1));
        let spec = TextSpec::new(&name.text, sheet.face, sheet.text_px, color, Role::DirectLabel)
            .at(plane.plot.right + 9.0, places[column - 1], Align::Start, VAlign::Middle)
            .showing(name.data);
        sheet.set(spec)?;
    }
    Ok(())
}

/// Finds a layout in which the values can be printed, if they are wanted, or one without them.
fn lay_out(sheet: &Sheet<'_>, plan: &mut Plan, pen: &Pen) -> Drawing<(Plane, Vec<Printed>)> {
    let series = sheet.series();
    if series <= 3 && sheet.wants_values(sheet.rows() * series, 18) {
        let height = 1.8 * sheet.tick_px;
        plan.room = (height, if plan.low < 0.0 { height } else { 4.0 });
        let clean = series == 1 && sheet.chance("values instead of axis", 0.2);
        plan.axis = !clean;
        if let Ok(plane) = Plane::new(sheet, plan)
            && let Some(printed) = print_points(sheet, &plane, pen)?
        {
            return Ok((plane, printed));
        }
    }
    (plan.room, plan.axis) = ((0.0, 0.0), true);
    Ok((Plane::new(sheet, plan)?, Vec::new()))
}

/// Places the value of each point above or below it.
fn print_points(sheet: &Sheet<'_>, plane: &Plane, pen: &Pen) -> Drawing<Option<Vec<Printed>>> {
    let taken = plane.strong_lines(sheet, Some(plane.scale.low.max(0.0).min(plane.scale.high)));
    let mut placer = Placer { limit: plane.limit, taken, lines: Vec::new() };
    for column in 1..=sheet.series() {
        for run in runs(sheet, plane, column) {
            let points = corners(&run, plane, pen);
            placer.lines.extend(points.windows(2).map(|w| (w[0], w[1])));
            let radius = marker_radius(sheet) + 1.0;
            placer.taken.extend(run.iter().map(|(_, p)| around(*p, radius)));
        }
    }
    let mut printed = Vec::new();
    for column in 1..=sheet.series() {
        for (row, point) in runs(sheet, plane, column).into_iter().flatten() {
            let size = value_label::size(sheet, sheet.shown(row, column))?;
            let near = size.1 / 2.0 + marker_radius(sheet) + 3.0;
            // Of two points close above each other, the lower one's value stands below.
            let close = |other: usize| {
                let y = sheet.value(row, other).map(|value| plane.point(row, value).y);
                y.is_some_and(|y| y < point.y && point.y - y < 2.6 * size.1)
            };
            let near =
                if (1..=sheet.series()).any(|other| other != column && close(other)) { -near } else { near };
            let far = near + 6.0 * near.signum();
            let candidates: Vec<Point> = [-near, near, -far, far]
                .into_iter()
                .flat_map(|dy| {
                    [0.0, -0.35, 0.35, 0.52].map(|dx| Point::new(point.x + dx * size.0, point.y + dy))
                })
                .collect();
            let Some(center) = placer.take(size, &candidates) else { return Ok(None) };
            let color = if sheet.series() > 1 {
                // Readable on grid lines too.
                sheet.readable(sheet.color(column - 1)).readable_on(grid_color(sheet), 3.2)
            } else {
                sheet.look.ink
            };
            printed.push(Printed { row, column, center, turned: false, color });
        }
    }
    Ok(Some(printed))
}

/// The points of a series with their rows, in pieces without gaps.
pub(super) fn runs(sheet: &Sheet<'_>, plane: &Plane, column: usize) -> Vec<Vec<(usize, Point)>> {
    let mut runs: Vec<Vec<(usize, Point)>> = vec![Vec::new()];
    for row in 0..sheet.rows() {
        match sheet.value(row, column) {
            Some(value) => {
                if let Some(run) = runs.last_mut() {
                    run.push((row, plane.point(row, value)));
                }
            }
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The corners of the drawn line through some points.
fn corners(run: &[(usize, Point)], plane: &Plane, pen: &Pen) -> Vec<Point> {
    if !pen.steps {
        return run.iter().map(|(_, p)| *p).collect();
    }
    let half = plane.pitch / 2.0;
    run.iter().flat_map(|(_, p)| [Point::new(p.x - half, p.y), Point::new(p.x + half, p.y)]).collect()
}

/// A path through points, straight or as monotone cubics (Fritsch and Butland, 1984), which never overshoot.
pub(super) fn path(points: &[Point], smooth: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    trace(&mut path, points, smooth, true);
    if points.len() < 2 { None } else { path.finish() }
}

/// Adds points to a path, beginning a new piece or going on.
pub(super) fn trace(path: &mut PathBuilder, points: &[Point], smooth: bool, begin: bool) {
    let Some(first) = points.first() else { return };
    if begin {
        path.move_to(first.x, first.y);
    } else {
        path.line_to(first.x, first.y);
    }
    if !smooth || points.len() < 3 {
        for p in &points[1..] {
            path.line_to(p.x, p.y);
        }
        return;
    }
    let slope = |i: usize| (points[i + 1].y - points[i].y) / (points[i + 1].x - points[i].x);
    let last = points.len() - 1;
    let tangent = |i: usize| {
        if i == 0 {
            slope(0)
        } else if i == last {
            slope(last - 1)
        } else {
            let (a, b) = (slope(i - 1), slope(i));
            if a * b <= 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
        }
    };
    for i in 0..last {
        let (p, q) = (points[i], points[i + 1]);
        let third = (q.x - p.x) / 3.0;
        let (a, b) = (tangent(i), tangent(i + 1));
        path.cubic_to(p.x + third, p.y + a * third, q.x - third, q.y - b * third, q.x, q.y);
    }
}

/// Radius of markers.
pub(super) fn marker_radius(sheet: &Sheet<'_>) -> f32 {
    sheet.look.stroke * 0.75 + 1.8
}

/// Paints the line of a series and its points.
pub(super) fn paint_line(sheet: &mut Sheet<'_>, plane: &Plane, pen: &Pen, column: usize, color: Color) {
    let name = sheet.header(column);
    let pieces = runs(sheet, plane, column);
    let line = sheet.scene.mark(Role::Line, name.text, name.data);
    let dash = pen.dashes.get(column - 1).cloned().unwrap_or_default();
    for run in &pieces {
        let points = corners(run, plane, pen);
        let stroke = Stroke::new(color, sheet.look.stroke).rounded().dashed(&dash);
        if let Some(path) = path(&points, pen.smooth) {
            sheet.scene.stroke(line, path, stroke);
        }
    }
    let marked = sheet.spec.kind == ChartKind::MarkerLine;
    let radius = marker_radius(sheet) + if marked { 1.4 } else { 0.0 };
    let markers = pen.markers && (marked || plane.pitch > 3.2 * radius);
    for run in &pieces {
        for (row, point) in run {
            let mark = sheet.cell_mark(Role::LinePoint, *row, column);
            if markers || run.len() == 1 && !pen.steps {
                let form = pen.form(column);
                form.paint(sheet, mark, *point, radius, color);
                if pen.rings {
                    let panel = sheet.look.panel;
                    form.paint(sheet, mark, *point, radius * 0.55, panel);
                }
            }
            sheet.locate(mark, around(*point, 3.0), *point, color);
        }
    }
}

fn paint_area(sheet: &mut Sheet<'_>, plane: &Plane, pen: &Pen) {
    let color = sheet.color(0);
    let base = plane.scale.at(0.0);
    let name = sheet.header(1);
    let area = sheet.scene.mark(Role::Area, name.text, name.data);
    let strength = sheet.rng("area strength").range32(0.22, 0.75);
    for run in runs(sheet, plane, 1) {
        let points = corners(&run, plane, pen);
        let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
        let mut path = PathBuilder::new();
        trace(&mut path, &points, pen.smooth, true);
        path.line_to(last.x, base);
        path.line_to(first.x, base);
        path.close();
        if let Some(path) = path.finish() {
            sheet.scene.fill(area, path, color.faded(strength));
        }
    }
    sheet.scene.element_mut(area).color = Some(color);
}

/// Draws areas on top of each other, as amounts or as shares.
pub(super) fn stacked_areas(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let percent = sheet.spec.kind == ChartKind::PercentArea;
    let (rows, series) = (sheet.rows(), sheet.series());
    let levels = levels(sheet, percent);
    let highest = levels[series].iter().copied().fold(0.0, f64::max);
    let mut plan = Plan::new(sheet, 1, series, 0.0, highest);
    plan.thin = true;
    plan.places = time_places(sheet);
    if percent {
        plan.scale = Some(super::bars::percent_scale(sheet));
        plan.format = super::bars::percent_format(sheet);
        plan.value_title = None;
    }
    let direct = direct_room(sheet, series)?;
    if let Some(width) = direct {
        plan.after = width;
        plan.right_axis = false;
    } else {
        let mut entries: Vec<Entry> = (1..=series).map(|c| super::bars::series_entry(sheet, c)).collect();
        if legend::stands_right(sheet) {
            entries.reverse();
        }
        legend::draw(sheet, &entries)?;
    }
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    let smooth = sheet.chance("smooth lines", 0.15);
    let edge = sheet.look.panel;
    for column in 1..=series {
        let name = sheet.header(column);
        let color = sheet.color(column - 1);
        let area = sheet.scene.mark(Role::Area, name.text, name.data);
        let along = |level: usize| -> Vec<Point> {
            (0..rows).map(|row| plane.point(row, levels[level][row])).collect()
        };
        let (low, high) = (along(column - 1), along(column));
        let mut path = PathBuilder::new();
        trace(&mut path, &high, smooth, true);
        // The lower edge is traced from left to right and then turned, so that both neighbours share one curve.
        let mut back = low.clone();
        back.reverse();
        trace(&mut path, &back, smooth, false);
        path.close();
        if let Some(path) = path.finish() {
            sheet.scene.fill(area, path, color);
        }
        if let Some(path) = self::path(&high, smooth) {
            sheet.scene.stroke(area, path, Stroke::new(edge, 1.0));
        }
        sheet.scene.element_mut(area).color = Some(color);
        for row in 0..rows {
            let at = super::sheet::middle(low[row], high[row]);
            let mark = sheet.cell_mark(Role::LinePoint, row, column);
            let half = ((low[row].y - high[row].y) / 2.0).clamp(1.0, 4.0);
            sheet.locate(mark, Rect::new(at.x - 3.0, at.y - half, at.x + 3.0, at.y + half), at, color);
        }
    }
    plane.paint_front(sheet, Some(0.0));
    if direct.is_some() {
        let ends: Vec<f32> = (1..=series)
            .map(|c| {
                let (low, high) = (levels[c - 1][rows - 1], levels[c][rows - 1]);
                plane.scale.at((low + high) / 2.0)
            })
            .collect();
        let pitch = sheet.text_px * 1.22;
        let Some(places) = spread(&ends, pitch, plane.plot.top, plane.plot.bottom) else {
            return sheet.no_room("names at the ends of areas");
        };
        for column in 1..=series {
            let name = sheet.header(column);
            let color = sheet.readable(sheet.color(column - 1));
            let spec = TextSpec::new(&name.text, sheet.face, sheet.text_px, color, Role::DirectLabel)
                .at(plane.plot.right + 9.0, places[column - 1], Align::Start, VAlign::Middle)
                .showing(name.data);
            sheet.set(spec)?;
        }
    }
    let (difference, ratio) = plane.scale.resolution();
    for column in 1..=series {
        let factor = if column > 1 { 2.0 } else { 1.0 };
        let difference = if percent {
            super::bars::percent_difference(sheet, difference * factor)
        } else {
            difference * factor
        };
        sheet.resolve(column, (difference, ratio));
    }
    if percent {
        super::bars::resolve_shares(sheet);
    }
    Ok(())
}

/// The running sums of each row: level 0 is the base, level `n` the upper edge of the last series.
fn levels(sheet: &Sheet<'_>, percent: bool) -> Vec<Vec<f64>> {
    let (rows, series) = (sheet.rows(), sheet.series());
    let mut levels = vec![vec![0.0; rows]; series + 1];
    for row in 0..rows {
        let total: f64 = (1..=series).filter_map(|c| sheet.value(row, c)).sum();
        let unit = if percent { 100.0 / total.max(f64::MIN_POSITIVE) } else { 1.0 };
        let mut level = 0.0;
        for (column, line) in levels.iter_mut().enumerate().skip(1) {
            level += sheet.value(row, column).unwrap_or(0.0) * unit;
            line[row] = level;
        }
    }
    levels
}
