//! Quantiles of one group against those of another: where both are spread alike, the points lie on the line of equals.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Role};

use super::bars::bounds;
use super::cross::{Axis, Cross, format_of};
use super::plane::tick_format;
use super::sheet::{Drawing, Sheet, around};
use super::value_label::{self, Placer};

/// Draws a Q–Q plot of two groups.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let samples = [1, 2].map(|column| sorted_samples(sheet, column));
    let cross = lay_out(sheet, &samples)?;
    if sheet.chance("pale ground", 0.6) {
        cross.tint(sheet);
    }
    cross.paint(sheet)?;
    let ends = paint_equals(sheet, &cross);
    let (color, radius) = (sheet.color(0), sheet.rng("dot").range32(4.0, 5.6) * sheet.grow);
    let points: Vec<Point> = (0..sheet.rows())
        .map(|row| cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0)))
        .collect();
    let small = radius * 0.46;
    let wanted = samples[0].len() == samples[1].len() && sheet.chance("all samples", 0.75);
    let dots: Vec<Point> = if wanted {
        samples[0].iter().zip(&samples[1]).map(|((x, _), (y, _))| cross.point(*x, *y)).collect()
    } else {
        Vec::new()
    };
    let mut names = place_names(sheet, &cross, &points, radius, ends, &dots)?;
    if names.is_some() && wanted {
        paint_samples(sheet, &cross, &samples, small, color);
    } else if names.is_none() {
        names = place_names(sheet, &cross, &points, radius, ends, &[])?;
    }
    let Some(names) = names else { return sheet.no_room("names of quantiles") };
    for (row, point) in points.iter().enumerate() {
        for column in [2, 1] {
            let mark = sheet.cell_mark(Role::Dot, row, column);
            if column == 2 {
                sheet.scene.circle(mark, *point, radius, color);
                sheet.scene.circle(mark, *point, radius * 0.5, sheet.look.panel);
            }
            sheet.locate(mark, around(*point, radius), *point, color);
        }
    }
    for (row, center) in names.into_iter().enumerate() {
        let spec =
            TextSpec::new(sheet.shown(row, 0), sheet.face, sheet.tick_px, sheet.look.ink, Role::DirectLabel)
                .at(center.x, center.y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    Ok(())
}

/// The samples of a group, named by a column of table 0, in rising order, with their rows in table 1.
fn sorted_samples(sheet: &Sheet<'_>, column: usize) -> Vec<(f64, usize)> {
    let name = &sheet.table.columns[column].name;
    let rows = sheet.spec.data.tables[1].rows.iter().enumerate();
    let of = rows.filter(|(_, cells)| cells[0].shown == *name);
    let mut samples: Vec<(f64, usize)> =
        of.filter_map(|(row, cells)| Some((cells[1].as_f64()?, row))).collect();
    samples.sort_by(|a, b| a.0.total_cmp(&b.0));
    samples
}

/// Two axes of one range, so that the line of equals runs from corner to corner. They are named by the groups; what is
/// measured is said above the plot.
fn lay_out(sheet: &Sheet<'_>, samples: &[Vec<(f64, usize)>; 2]) -> Drawing<Cross> {
    let all: Vec<f64> = samples.iter().flatten().map(|(value, _)| *value).collect();
    let (low, high) = bounds(&all);
    let from = if low >= 0.0 && low < 0.2 * high { 0.0 } else { low };
    let format = format_of(sheet.table, 1, sheet.spec.value_format);
    let format = tick_format(sheet, &format, low.abs().max(high));
    let axis = |column: usize| {
        let title = sheet.header_with_unit(column);
        Axis::linear(from, high, format.clone(), title)
    };
    Cross::lay_out(sheet, &axis(1), &axis(2))
}

/// The line on which both groups have the same quantile.
fn paint_equals(sheet: &mut Sheet<'_>, cross: &Cross) -> (Point, Point) {
    let (low, high) = (cross.x.low.max(cross.y.low), cross.x.high.min(cross.y.high));
    let ends = (cross.point(low, low), cross.point(high, high));
    let color = sheet.look.soft_ink.mix(sheet.look.panel, 0.3);
    let dash: &[f32] = if sheet.chance("dashed line of equals", 0.6) { &[6.0, 4.0] } else { &[] };
    let mark = sheet.scene.ornament();
    sheet.scene.line(mark, ends.0, ends.1, Stroke::new(color, 1.4).dashed(dash));
    ends
}

/// A small dot for each pair of samples of the same rank.
fn paint_samples(
    sheet: &mut Sheet<'_>,
    cross: &Cross,
    samples: &[Vec<(f64, usize)>; 2],
    radius: f32,
    color: Color,
) {
    for ((x, first), (y, second)) in samples[0].iter().zip(&samples[1]) {
        let mark = sheet.scene.mark(Role::Dot, "", [Datum::at(1, *first, 1), Datum::at(1, *second, 1)]);
        sheet.scene.circle(mark, cross.point(*x, *y), radius, color.faded(0.55));
        sheet.scene.element_mut(mark).color = Some(color);
    }
}

/// Places the names of the quantiles beside their points and off the small dots; `None` when one finds no room.
fn place_names(
    sheet: &Sheet<'_>,
    cross: &Cross,
    points: &[Point],
    radius: f32,
    equals: (Point, Point),
    dots: &[Point],
) -> Drawing<Option<Vec<Point>>> {
    let mut placer = Placer { limit: cross.plot.grown(-2.0), taken: Vec::new(), lines: vec![equals] };
    placer.taken.extend(points.iter().map(|p| around(*p, radius + 0.5)));
    placer.taken.extend(dots.iter().map(|p| around(*p, radius * 0.46)));
    let mut names = Vec::new();
    for (row, p) in points.iter().enumerate() {
        let size = value_label::size(sheet, sheet.shown(row, 0))?;
        let (w, h) = (size.0 / 2.0 + radius + 3.0, size.1 / 2.0 + radius + 2.0);
        // Away from the line of equals first: small y lie high.
        let along = (p.x - equals.0.x) / (equals.1.x - equals.0.x);
        let on_line = equals.0.y + (equals.1.y - equals.0.y) * along;
        let side = if p.y <= on_line { -1.0 } else { 1.0 };
        let beside = [
            (side * w, side * h * 0.5),
            (side * w, 0.0),
            (0.0, side * h),
            (side * w, side * h),
            (-side * w, -side * h * 0.5),
            (-side * w, 0.0),
            (0.0, -side * h),
            (-side * w, -side * h),
            (side * w * 1.5, side * h * 1.2),
            (-side * w * 1.5, -side * h * 1.2),
        ];
        let candidates: Vec<Point> = beside.iter().map(|(dx, dy)| Point::new(p.x + dx, p.y + dy)).collect();
        let Some(center) = placer.take(size, &candidates) else { return Ok(None) };
        names.push(center);
    }
    Ok(Some(names))
}
