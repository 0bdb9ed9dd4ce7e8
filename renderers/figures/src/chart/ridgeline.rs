//! Ridgeline charts: the distribution of each group as a ridge on a base line of its own, one behind the other.

use pixmo_render::scene::{Align, Stroke};
use pixmo_render::{Color, PathBuilder, Point, Rect, Role};

use super::axis::Beside;
use super::lines::trace;
use super::plane::{Places, Plan, Plane, grid_color};
use super::scale_bar::ScaleBar;
use super::sheet::{Drawing, Name, Sheet, around};
use crate::look::Grid;

/// Draws a ridgeline chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let groups = sheet.series();
    let largest = sheet.values(1, groups).into_iter().fold(0.0, f64::max);
    let bar = ScaleBar::new(sheet, largest);
    let names: Vec<Name> = (1..=groups).map(|column| sheet.header(column)).collect();
    let area = sheet.area;
    let guess = (area.height() - 4.0 * sheet.tick_px) / (groups as f32 + 1.0);
    let beside = Beside::new(sheet, &names, guess, 0.28 * area.width())?;
    sheet.area.left += beside.width + 8.0;
    let mut plan = Plan::new(sheet, 1, groups, 0.0, 1.0);
    plan.thin = true;
    plan.axis = false;
    plan.value_title = None;
    plan.name_title = Some(sheet.header(0));
    plan.places = Places::Points;
    plan.after = bar.width(sheet)? + 8.0;
    let plane = Plane::new(sheet, &plan)?;
    let plot = plane.plot;
    // The ridge at the top has the room of its own height; the others reach over those behind them.
    let overlap = sheet.rng("overlap").range32(1.0, 2.1);
    let pitch = plot.height() / (groups as f32 - 1.0 + overlap);
    let unit = f64::from(pitch * overlap * 0.97) / largest.max(f64::MIN_POSITIVE);
    if pitch < sheet.tick_px * 1.3 {
        return sheet.no_room("ridges");
    }
    plane.paint_back(sheet, &plan)?;
    let bases: Vec<f32> =
        (0..groups).map(|i| (plot.bottom - pitch * (groups - 1 - i) as f32).round()).collect();
    let ridges: Vec<Vec<Point>> = (1..=groups)
        .map(|column| {
            let y = |row: usize| bases[column - 1] - (sheet.value(row, column).unwrap_or(0.0) * unit) as f32;
            (0..sheet.rows()).map(|row| Point::new(plane.centers[row], y(row))).collect()
        })
        .collect();
    paint_guides(sheet, &plane, &bases);
    // What lies behind a ridge that is higher must shine through.
    let opacity = if hides(&ridges) { 0.55 } else { sheet.rng("opacity").range32(0.7, 1.0) };
    let colors = colors(sheet);
    for (index, ridge) in ridges.iter().enumerate() {
        paint_ridge(sheet, index + 1, ridge, bases[index], colors[index], opacity);
    }
    let column = Rect::new(area.left, plot.top, area.left + beside.width, plot.bottom);
    let middles: Vec<f32> = bases.iter().map(|y| y - sheet.cap(sheet.tick_px) / 2.0 - 2.0).collect();
    beside.paint(sheet, &names, &middles, &column, Align::End)?;
    bar.paint(sheet, Point::new(plot.right + 8.0, plot.bottom), unit)?;
    for column in 1..=groups {
        sheet.resolve(column, (bar.difference(), 1.0));
    }
    Ok(())
}

/// True when a ridge rises over a point of one behind it.
fn hides(ridges: &[Vec<Point>]) -> bool {
    let covered = |back: &[Point], front: &[Point]| back.iter().zip(front).any(|(b, f)| f.y < b.y - 0.5);
    (0..ridges.len()).any(|back| ridges[back + 1..].iter().any(|front| covered(&ridges[back], front)))
}

/// One colour, one for each group, or shades from the first to the last.
fn colors(sheet: &Sheet<'_>) -> Vec<Color> {
    let groups = sheet.series();
    let (first, second) = super::bars::opposite(sheet);
    match sheet.rng("colours of ridges").below(3) {
        0 => vec![first; groups],
        1 if groups <= sheet.look.series.len() => (0..groups).map(|i| sheet.color(i)).collect(),
        _ => (0..groups).map(|i| first.mix(second, i as f32 / (groups - 1) as f32)).collect(),
    }
}

fn paint_guides(sheet: &mut Sheet<'_>, plane: &Plane, bases: &[f32]) {
    let (color, p) = (grid_color(sheet), plane.plot);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    if sheet.look.grid != Grid::None {
        let every = plane.centers.len().div_ceil(12);
        for x in plane.centers.iter().step_by(every) {
            sheet.scene.rect(mark, Rect::new(x.round(), p.top, x.round() + 1.0, p.bottom), color);
        }
    }
    for y in bases {
        sheet.scene.rect(mark, Rect::new(p.left, *y, p.right, y + 1.0), color);
    }
}

fn paint_ridge(sheet: &mut Sheet<'_>, column: usize, ridge: &[Point], base: f32, color: Color, opacity: f32) {
    let name = sheet.header(column);
    let area = sheet.scene.mark(Role::Area, name.text, name.data);
    let mut path = PathBuilder::new();
    trace(&mut path, ridge, true, true);
    path.line_to(ridge[ridge.len() - 1].x, base);
    path.line_to(ridge[0].x, base);
    path.close();
    if let Some(path) = path.finish() {
        sheet.scene.fill(area, path, color.faded(opacity));
    }
    let edge = if sheet.chance("pale edges", 0.3) && opacity > 0.6 {
        sheet.look.panel
    } else {
        color.mix(sheet.look.ink, 0.45)
    };
    if let Some(path) = super::lines::path(ridge, true) {
        let stroke = Stroke::new(edge, (sheet.look.stroke * 0.7).clamp(1.2, 2.0)).rounded();
        sheet.scene.stroke(area, path, stroke);
    }
    sheet.scene.element_mut(area).color = Some(color);
    for (row, at) in ridge.iter().enumerate() {
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        sheet.locate(mark, around(*at, 3.0), *at, color);
    }
}
