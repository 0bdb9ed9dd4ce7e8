//! Scatter plots, with a trend, as bubbles, or connected in order.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Role};

use super::cross::Cross;
use super::dots::{dot, groups};
use super::kind::ChartKind;
use super::legend::{self, Entry, Key};
use super::sheet::{Drawing, Sheet, around};
use super::sizes::Sizes;
use super::value_label::{self, Placer};

/// Draws points over two axes of numbers.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let kind = sheet.spec.kind;
    let numbers = if kind == ChartKind::Bubble { 3 } else { 2 };
    let grouped = sheet.series() > numbers;
    let rows = sheet.rows();
    let mut colors = vec![sheet.color(0); rows];
    if grouped {
        let groups = groups(sheet, numbers + 1);
        let mut entries = Vec::new();
        for (index, (name, members)) in groups.into_iter().enumerate() {
            let color = sheet.color(index);
            members.iter().for_each(|row| colors[*row] = color);
            // The key is as pale as the dots are.
            let pale = if kind == ChartKind::Bubble { 0.38 } else { 0.28 };
            entries.push(Entry::new(name, color.mix(sheet.look.panel, pale), Key::Dot));
        }
        legend::draw(sheet, &entries)?;
    }
    let bubble = kind == ChartKind::Bubble;
    let share = sheet.rng("dot").range32(0.06, 0.085);
    let wish = sheet.area.width().min(sheet.area.height()) * share;
    let sizes = if bubble { Some(Sizes::reserve(sheet, 3, wish)?) } else { None };
    let pad = if bubble { 0.09 } else { 0.03 };
    let log = kind == ChartKind::Scatter || bubble;
    let cross = Cross::draw(sheet, 1, 2, pad, log)?;
    let points: Vec<Point> = (0..rows)
        .map(|row| cross.point(sheet.value(row, 1).unwrap_or(0.0), sheet.value(row, 2).unwrap_or(0.0)))
        .collect();
    let radii = radii(sheet, &cross, &points, bubble);
    if let Some(sizes) = sizes {
        let values = sheet.values(3, 3);
        let top = (0..rows).max_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap_or(0);
        sizes.paint(sheet, 3, radii[top])?;
    }
    let trend_line = if kind == ChartKind::ScatterTrend { trend(sheet, &cross) } else { None };
    if kind == ChartKind::ConnectedScatter {
        let line = sheet.scene.ornament();
        let stroke = Stroke::new(colors[0].mix(sheet.look.panel, 0.3), sheet.look.stroke * 0.8).rounded();
        sheet.scene.polyline(line, &points, stroke);
    }
    // Large bubbles first, so that small ones stay visible.
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|a, b| radii[*b].total_cmp(&radii[*a]));
    for row in order {
        let color = colors[row];
        if bubble {
            bubble_mark(sheet, row, points[row], radii[row], color);
        } else {
            dot(sheet, row, 2, points[row], radii[row], color);
        }
        // The x of a point is shown by the same dot.
        let mark = sheet.cell_mark(Role::Dot, row, 1);
        sheet.locate(mark, around(points[row], radii[row]), points[row], color);
    }
    names(sheet, &cross, &points, &radii, trend_line)?;
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    if bubble {
        sheet.resolve(3, (0.0, 1.25));
    }
    Ok(())
}

fn radii(sheet: &Sheet<'_>, cross: &Cross, points: &[Point], bubble: bool) -> Vec<f32> {
    let rows = sheet.rows();
    let mut rng = sheet.rng("dot");
    if !bubble {
        // A few points are larger than many.
        let share = match rows {
            0..=20 => 1.25,
            21..=60 => 1.0,
            _ => 0.8,
        };
        let size = rng.range32(3.2, 6.0) * sheet.grow * share;
        return vec![size; rows];
    }
    let most = cross.plot.width().min(cross.plot.height()) * rng.range32(0.06, 0.085);
    let largest = sheet.values(3, 3).into_iter().fold(0.0, f64::max);
    let share = |row: usize| libm::sqrt(sheet.value(row, 3).unwrap_or(0.0) / largest) as f32;
    // No bubble reaches the labels outside the plot.
    let edge = |p: &Point| {
        let plot = cross.plot;
        (p.x - plot.left).min(plot.right - p.x).min(p.y - plot.top).min(plot.bottom - p.y) + 4.0
    };
    let most = (0..rows).fold(most, |most, row| most.min(edge(&points[row]) / share(row).max(1e-3))).max(6.0);
    (0..rows).map(|row| (most * share(row)).max(1.5)).collect()
}

fn bubble_mark(sheet: &mut Sheet<'_>, row: usize, at: Point, radius: f32, color: Color) {
    for column in [3, 2] {
        let mark = sheet.cell_mark(Role::Dot, row, column);
        if column == 3 {
            sheet.scene.element_mut(mark).color = Some(color);
            sheet.scene.circle(mark, at, radius, color.faded(0.62));
            let edge = Stroke::new(color, 1.0);
            if let Some(path) = pixmo_render::PathBuilder::from_circle(at.x, at.y, radius) {
                sheet.scene.stroke(mark, path, edge);
            }
        }
        sheet.locate(mark, around(at, radius), at, color);
    }
}

/// The least squares line through all points, drawn from the first to the last x.
fn trend(sheet: &mut Sheet<'_>, cross: &Cross) -> Option<(Point, Point)> {
    let pairs: Vec<(f64, f64)> =
        (0..sheet.rows()).filter_map(|row| Some((sheet.value(row, 1)?, sheet.value(row, 2)?))).collect();
    let count = pairs.len() as f64;
    let (mean_x, mean_y) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / count, b + y / count));
    let (xy, xx) = pairs.iter().fold((0.0, 0.0), |(xy, xx), (x, y)| {
        (xy + (x - mean_x) * (y - mean_y), xx + (x - mean_x) * (x - mean_x))
    });
    if xx <= 0.0 {
        return None;
    }
    let slope = xy / xx;
    let (first, last) =
        pairs.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (x, _)| (a.min(*x), b.max(*x)));
    let line = |x: f64| mean_y + slope * (x - mean_x);
    // Kept inside the plot: the part of the line whose y lies on the axis.
    let inside = |x: f64, other: f64| {
        let y = line(x);
        if (cross.y.low..=cross.y.high).contains(&y) || slope == 0.0 {
            return x;
        }
        let edge = if y < cross.y.low { cross.y.low } else { cross.y.high };
        let at = mean_x + (edge - mean_y) / slope;
        if other > x { at.clamp(x, other) } else { at.clamp(other, x) }
    };
    let (first, last) = (inside(first, last), inside(last, first));
    let color = sheet.color(1).readable_on(sheet.look.panel, 2.2);
    let dash: &[f32] = if sheet.chance("dashed trend", 0.5) { &[7.0, 4.0] } else { &[] };
    let mark = sheet.scene.ornament();
    let stroke = Stroke::new(color, sheet.look.stroke).dashed(dash);
    let ends = (cross.point(first, line(first)), cross.point(last, line(last)));
    sheet.scene.line(mark, ends.0, ends.1, stroke);
    Some(ends)
}

/// Writes the names of the points where most of them find a free place.
fn names(
    sheet: &mut Sheet<'_>,
    cross: &Cross,
    points: &[Point],
    radii: &[f32],
    trend: Option<(Point, Point)>,
) -> Drawing<()> {
    let rows = points.len();
    let connected = sheet.spec.kind == ChartKind::ConnectedScatter;
    if rows > 30 || !(connected || sheet.chance("names of points", 0.75)) {
        return Ok(());
    }
    let mut placer = Placer { limit: cross.plot.grown(-2.0), taken: Vec::new(), lines: Vec::new() };
    placer.taken.extend(points.iter().zip(radii).map(|(p, r)| around(*p, r + 0.5)));
    if connected {
        placer.lines.extend(points.windows(2).map(|w| (w[0], w[1])));
    }
    placer.lines.extend(trend);
    let mut placed: Vec<(usize, Point)> = Vec::new();
    for row in 0..rows {
        let size = value_label::size(sheet, sheet.shown(row, 0))?;
        let (p, r) = (points[row], radii[row]);
        let (w, h) = (size.0 / 2.0 + r + 3.0, size.1 / 2.0 + r + 2.0);
        let side = size.0 / 2.0 + r * 0.7 + 2.0;
        let mut candidates = vec![
            Point::new(p.x + w, p.y),
            Point::new(p.x, p.y - h),
            Point::new(p.x - w, p.y),
            Point::new(p.x, p.y + h),
            Point::new(p.x + side, p.y - h * 0.8),
            Point::new(p.x - side, p.y - h * 0.8),
            Point::new(p.x + side, p.y + h * 0.8),
            Point::new(p.x - side, p.y + h * 0.8),
        ];
        if connected {
            // Without its name a point on the way says nothing: a little further off will do.
            let (far_x, far_y) = (side + 7.0, h * 0.8 + 7.0);
            candidates.extend([
                Point::new(p.x + far_x, p.y - far_y),
                Point::new(p.x - far_x, p.y - far_y),
                Point::new(p.x + far_x, p.y + far_y),
                Point::new(p.x - far_x, p.y + far_y),
            ]);
        }
        if let Some(center) = placer.take(size, &candidates) {
            placed.push((row, center));
        }
    }
    if placed.len() * 10 < rows * 6 {
        return Ok(());
    }
    for (row, center) in placed {
        let name = sheet.row_name(row);
        let spec = TextSpec::new(&name.text, sheet.face, sheet.tick_px, sheet.look.ink, Role::DirectLabel)
            .at(center.x, center.y, Align::Middle, VAlign::Middle)
            .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    Ok(())
}
