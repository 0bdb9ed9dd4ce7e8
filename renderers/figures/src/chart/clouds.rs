//! Densities over a plane: for each group, lines or bands of equal density.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, Datum, PathBuilder, Point, Role};

use super::cloud::Cloud;
use super::cross::{Axis, Cross, format_of};
use super::derived::pairs_of;
use super::dots::faded_dot;
use super::field::Relief;
use super::legend::{self, Entry, Key};
use super::levels::colors_apart;
use super::plane::tick_format;
use super::sheet::{Drawing, Name, Sheet, around};

/// Cells of the relief along each side.
const FINE: usize = 88;

/// Draws densities over a plane.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let pairs = pairs_of(sheet.spec.data);
    let clouds: Vec<Cloud> = pairs.iter().map(|p| Cloud::of(p)).collect();
    // Lines of several groups cross, and fillings lie over each other.
    let colors = colors_apart(sheet, sheet.rows());
    let filled = sheet.chance("filled clouds", 0.55);
    let with_dots = pairs.iter().map(Vec::len).sum::<usize>() <= 260 && sheet.chance("dots of samples", 0.4);
    let key = if filled { Key::Square } else { Key::Line(Vec::new(), false) };
    let entries: Vec<Entry> =
        (0..sheet.rows()).map(|row| Entry::new(sheet.row_name(row), colors[row], key.clone())).collect();
    legend::draw(sheet, &entries)?;
    let cross = lay_out(sheet, &pairs, &clouds)?;
    cross.paint(sheet)?;
    if with_dots {
        paint_dots(sheet, &cross, &colors);
    }
    for (row, cloud) in clouds.iter().enumerate() {
        paint_cloud(sheet, &cross, row, cloud, (colors[row], filled));
    }
    for (row, color) in colors.iter().enumerate() {
        paint_peak(sheet, &cross, row, *color);
    }
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    Ok(())
}

fn lay_out(sheet: &Sheet<'_>, pairs: &[Vec<(f64, f64)>], clouds: &[Cloud]) -> Drawing<Cross> {
    let axis = |column: usize, part: &dyn Fn(&(f64, f64)) -> f64| {
        let reach = clouds.iter().map(|c| part(&c.width())).fold(0.0, f64::max) * 1.8;
        let all: Vec<f64> = pairs.iter().flatten().map(part).collect();
        let (low, high) = super::bars::bounds(&all);
        let from = if low >= 0.0 { (low - reach).max(0.0) } else { low - reach };
        let format = format_of(sheet.table, column, sheet.spec.value_format);
        let format = tick_format(sheet, &format, low.abs().max(high + reach));
        let name = sheet.spec.data.tables[1].columns[column].name.clone();
        let text = sheet.unit(column).map_or(name.clone(), |unit| format!("{name} ({unit})"));
        Axis::linear(from, high + reach, format, Name { text, data: vec![Datum::header(1, column)] })
    };
    Cross::lay_out(sheet, &axis(1, &|p| p.0), &axis(2, &|p| p.1))
}

fn peak(sheet: &Sheet<'_>, cross: &Cross, row: usize) -> Point {
    cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0))
}

fn paint_cloud(
    sheet: &mut Sheet<'_>,
    cross: &Cross,
    row: usize,
    cloud: &Cloud,
    (color, filled): (Color, bool),
) {
    let value = |column: usize| sheet.value(row, column).unwrap_or(0.0);
    // The cells say where the group is densest.
    let highest = cloud.density(value(1), value(2));
    let along = |low: f64, high: f64, share: f64| low + (high - low) * share;
    let at = |u: f64, v: f64| (along(cross.x.low, cross.x.high, u), along(cross.y.low, cross.y.high, v));
    let place = |u: f64, v: f64| {
        let (x, y) = at(u, v);
        cross.point(x, y)
    };
    let even = |(low, high): (f64, f64)| -> Vec<f64> {
        (0..=FINE).map(|step| along(low, high, step as f64 / FINE as f64)).collect()
    };
    let heights = cloud.densities(&even((cross.x.low, cross.x.high)), &even((cross.y.low, cross.y.high)));
    let relief = Relief::of(FINE, FINE, heights, place);
    let name = sheet.row_name(row);
    let mark = sheet.scene.mark(Role::Area, name.text, name.data);
    sheet.scene.element_mut(mark).color = Some(color);
    // Each line is a fifth of the peak further up.
    for level in 1..=4 {
        let level = highest * f64::from(level) / 5.0;
        if filled && let Some(path) = relief.area(level) {
            sheet.scene.fill(mark, path, color.faded(0.2));
        }
        let mut path = PathBuilder::new();
        for (a, b) in relief.line(level) {
            path.move_to(a.x, a.y);
            path.line_to(b.x, b.y);
        }
        if let Some(path) = path.finish() {
            let pen = Stroke::new(color, if filled { 1.0 } else { sheet.look.stroke.clamp(1.2, 2.0) });
            sheet.scene.stroke(mark, path, pen.rounded());
        }
    }
}

/// A cross at the place where a group is densest.
fn paint_peak(sheet: &mut Sheet<'_>, cross: &Cross, row: usize, color: Color) {
    let strong: Color = color.readable_on(sheet.look.panel, 3.6);
    let at = peak(sheet, cross, row);
    let reach = 5.0 * sheet.grow;
    for column in [1, 2] {
        let mark = sheet.cell_mark(Role::Span, row, column);
        if column == 1 {
            for pen in [Stroke::new(sheet.look.panel, 4.6), Stroke::new(strong, 2.2)] {
                let (dx, dy) = (Point::new(at.x - reach, at.y), Point::new(at.x + reach, at.y));
                sheet.scene.line(mark, dx, dy, pen.clone());
                let (dx, dy) = (Point::new(at.x, at.y - reach), Point::new(at.x, at.y + reach));
                sheet.scene.line(mark, dx, dy, pen);
            }
        }
        sheet.locate(mark, around(at, reach), at, color);
        sheet.scene.element_mut(mark).color = Some(color);
    }
}

fn paint_dots(sheet: &mut Sheet<'_>, cross: &Cross, colors: &[Color]) {
    let table = &sheet.spec.data.tables[1];
    let radius = 1.9 * sheet.grow;
    for (index, cells) in table.rows.iter().enumerate() {
        let group = (0..sheet.rows()).find(|row| sheet.shown(*row, 0) == cells[0].shown);
        let (Some(row), Some(x), Some(y)) = (group, cells[1].as_f64(), cells[2].as_f64()) else { continue };
        let color = colors[row];
        let label = format!("{}, {}", cells[0].shown, table.columns[2].name);
        faded_dot(sheet, label, Datum::at(1, index, 2), cross.point(x, y), radius, color);
    }
}
