//! Densities of samples: a curve for each group over one axis of numbers.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, NumberFormat, PathBuilder, Point, Rect, Role};

use super::bars::bounds;
use super::cross::{Axis, Cross, format_of};
use super::derived::samples_of;
use super::legend::{self, Entry, Key};
use super::levels::colors_apart;
use super::plane::tick_format;
use super::sheet::{Drawing, Name, Sheet, around};
use super::statistic::Kernel;
use super::value_label::{self, Placer, Printed};
use crate::look::LegendPlace;

/// The title of the axis of samples: the header of their column with the unit.
pub(super) fn samples_title(sheet: &Sheet<'_>) -> Name {
    let name = sheet.spec.data.tables[1].columns[1].name.clone();
    let text = sheet.unit(1).map_or(name.clone(), |unit| format!("{name} ({unit})"));
    Name { text, data: vec![Datum::header(1, 1)] }
}

/// How the curves are drawn.
struct Taste {
    filled: bool,
    rug: bool,
    dots: bool,
}

/// Draws densities.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let samples = samples_of(sheet.spec.data);
    let kernels: Vec<Kernel> = samples.iter().map(|s| Kernel::of(s)).collect();
    // Fillings lie over each other and lines cross: hues near each other would run together.
    let colors = colors_apart(sheet, sheet.rows());
    let taste = Taste {
        filled: sheet.chance("filled densities", 0.7),
        rug: samples.len() <= 3 && sheet.chance("rug", 0.35),
        dots: sheet.chance("dots at peaks", 0.5),
    };
    let values = sheet.wants_values(samples.len(), 5);
    let direct = !values && sheet.look.legend == LegendPlace::Direct;
    let mut placed = None;
    if direct {
        let cross = lay_out(sheet, &samples, &kernels, 1.14)?;
        placed = names_at_peaks(sheet, &cross, &kernels, &colors)?.map(|names| (cross, names, Vec::new()));
    }
    if placed.is_none() {
        let key = if taste.filled { Key::Square } else { Key::Line(Vec::new(), false) };
        let entries: Vec<Entry> =
            (0..samples.len()).map(|row| Entry::new(sheet.row_name(row), colors[row], key.clone())).collect();
        legend::draw(sheet, &entries)?;
    }
    if values {
        let cross = lay_out(sheet, &samples, &kernels, 1.14)?;
        placed =
            values_at_peaks(sheet, &cross, &kernels, &colors)?.map(|printed| (cross, Vec::new(), printed));
    }
    let (cross, names, printed) = match placed {
        Some(found) => found,
        None => (lay_out(sheet, &samples, &kernels, 1.04)?, Vec::new(), Vec::new()),
    };
    cross.paint(sheet)?;
    // The widest curves lie at the back.
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by(|a, b| kernels[*b].bandwidth().total_cmp(&kernels[*a].bandwidth()));
    for row in order {
        paint_curve(sheet, &cross, row, &kernels[row], colors[row], &taste);
    }
    if taste.rug {
        paint_rug(sheet, &cross, &colors);
    }
    for (row, center) in names {
        let name = sheet.row_name(row);
        let color = sheet.readable(colors[row]);
        let spec = TextSpec::new(&name.text, sheet.face, sheet.text_px, color, Role::DirectLabel)
            .at(center.x, center.y, Align::Middle, VAlign::Middle)
            .showing(name.data);
        sheet.set(spec)?;
    }
    value_label::paint(sheet, &printed)?;
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    Ok(())
}

/// The plot area; `above` is how much higher than the highest peak it is.
fn lay_out(sheet: &Sheet<'_>, samples: &[Vec<f64>], kernels: &[Kernel], above: f64) -> Drawing<Cross> {
    let (low, high) = bounds(&samples.concat());
    let reach = 2.6 * kernels.iter().map(Kernel::bandwidth).fold(0.0, f64::max);
    let from = if low >= 0.0 { (low - reach).max(0.0) } else { low - reach };
    let format = format_of(sheet.table, 1, sheet.spec.value_format);
    let format = tick_format(sheet, &format, low.abs().max(high + reach));
    let x = Axis::linear(from, high + reach, format, samples_title(sheet));
    let highest = sheet.values(2, 2).into_iter().fold(0.0, f64::max);
    let format = NumberFormat {
        decimals: 9,
        prefix: String::new(),
        suffix: String::new(),
        scale: 0,
        ..sheet.spec.value_format.clone()
    };
    let title = Name { text: sheet.look.words.density.clone(), data: Vec::new() };
    Cross::lay_out(sheet, &x, &Axis::linear(0.0, highest * above, format, title))
}

/// The corners of a curve.
fn curve(cross: &Cross, kernel: &Kernel) -> Vec<Point> {
    const STEPS: usize = 180;
    let (low, high) = (cross.x.low, cross.x.high);
    let step = (high - low) / STEPS as f64;
    let densities = kernel.densities(low, step, STEPS + 1);
    densities.iter().enumerate().map(|(place, d)| cross.point(low + step * place as f64, *d)).collect()
}

fn paint_curve(
    sheet: &mut Sheet<'_>,
    cross: &Cross,
    row: usize,
    kernel: &Kernel,
    color: Color,
    taste: &Taste,
) {
    let name = sheet.row_name(row);
    let line = sheet.scene.mark(Role::Line, name.text, name.data);
    sheet.scene.element_mut(line).color = Some(color);
    let points = curve(cross, kernel);
    if taste.filled {
        let mut path = PathBuilder::new();
        path.move_to(points[0].x, cross.plot.bottom);
        points.iter().for_each(|p| path.line_to(p.x, p.y));
        path.line_to(points[points.len() - 1].x, cross.plot.bottom);
        path.close();
        if let Some(path) = path.finish() {
            sheet.scene.fill(line, path, color.faded(if sheet.look.dark { 0.34 } else { 0.24 }));
        }
    }
    let stroke = Stroke::new(color, sheet.look.stroke).rounded();
    // Where a curve lies on the axis there is nothing to see.
    let seen = |p: &&Point| p.y < cross.plot.bottom - 0.4;
    let first = points.iter().position(|p| seen(&p)).unwrap_or(0).saturating_sub(1);
    let last = points.iter().rposition(|p| seen(&p)).map_or(0, |i| (i + 1).min(points.len() - 1));
    sheet.scene.polyline(line, &points[first..=last], stroke);
    let at = |column: usize| sheet.value(row, column).unwrap_or(0.0);
    let peak = cross.point(at(1), at(2));
    for column in [1, 2] {
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        if taste.dots && column == 1 {
            let (radius, panel) = (sheet.look.stroke + 2.4, sheet.look.panel);
            sheet.scene.circle(mark, peak, radius, color);
            sheet.scene.circle(mark, peak, radius * 0.5, panel);
        }
        sheet.locate(mark, around(peak, 4.0), peak, color);
    }
}

/// A short tick for each sample, in one row for each group.
fn paint_rug(sheet: &mut Sheet<'_>, cross: &Cross, colors: &[Color]) {
    let table = &sheet.spec.data.tables[1];
    let long = (5.0 * sheet.grow).round();
    for (index, cells) in table.rows.iter().enumerate() {
        let group = (0..sheet.rows()).find(|row| sheet.shown(*row, 0) == cells[0].shown);
        let (Some(row), Some(value)) = (group, cells[1].as_f64()) else { continue };
        let label = format!("{}, {}", cells[0].shown, table.columns[1].name);
        let mark = sheet.scene.mark(Role::Span, label, [Datum::at(1, index, 1)]);
        let (x, bottom) = (cross.x.at(value), cross.plot.bottom - 1.0 - (long + 1.0) * row as f32);
        sheet.scene.rect(mark, Rect::new(x - 0.6, bottom - long, x + 0.6, bottom), colors[row]);
    }
}

/// Keeps labels off all curves.
fn placer(sheet: &Sheet<'_>, cross: &Cross, kernels: &[Kernel]) -> Placer {
    let mut placer = Placer { limit: cross.plot.grown(-2.0), taken: Vec::new(), lines: Vec::new() };
    for (row, kernel) in kernels.iter().enumerate() {
        let points = curve(cross, kernel);
        placer.lines.extend(points.windows(2).map(|w| (w[0], w[1])));
        let at = |column: usize| sheet.value(row, column).unwrap_or(0.0);
        placer.taken.push(around(cross.point(at(1), at(2)), sheet.look.stroke + 3.0));
    }
    placer
}

/// Middles of labels near a peak: above it first.
fn near_peak(peak: Point, size: (f32, f32)) -> Vec<Point> {
    let (up, side) = (size.1 / 2.0 + 7.0, size.0 / 2.0 + 9.0);
    [(0.0, -up), (-side * 0.6, -up), (side * 0.6, -up), (side, 0.0), (-side, 0.0), (0.0, -up - 8.0)]
        .iter()
        .map(|(dx, dy)| Point::new(peak.x + dx, peak.y + dy))
        .collect()
}

/// Places the names of the groups at their peaks; `None` when one finds no room.
fn names_at_peaks(
    sheet: &Sheet<'_>,
    cross: &Cross,
    kernels: &[Kernel],
    colors: &[Color],
) -> Drawing<Option<Vec<(usize, Point)>>> {
    let mut placer = placer(sheet, cross, kernels);
    let mut names = Vec::new();
    for row in 0..colors.len() {
        let width = sheet.label_width(sheet.text_px, sheet.shown(row, 0))?;
        let size = (width + 1.0, sheet.cap(sheet.text_px) + 0.4 * sheet.text_px);
        let peak = cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0));
        let Some(center) = placer.take(size, &near_peak(peak, size)) else { return Ok(None) };
        names.push((row, center));
    }
    Ok(Some(names))
}

/// Places the printed places of the peaks; `None` when one finds no room.
fn values_at_peaks(
    sheet: &Sheet<'_>,
    cross: &Cross,
    kernels: &[Kernel],
    colors: &[Color],
) -> Drawing<Option<Vec<Printed>>> {
    let mut placer = placer(sheet, cross, kernels);
    let mut printed = Vec::new();
    for (row, color) in colors.iter().enumerate() {
        let size = value_label::size(sheet, sheet.shown(row, 1))?;
        let peak = cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0));
        let Some(center) = placer.take(size, &near_peak(peak, size)) else { return Ok(None) };
        let color = sheet.readable(*color);
        printed.push(Printed { row, column: 1, center, turned: false, color });
    }
    Ok(Some(printed))
}
