//! Bump charts: places in a ranking over time, the first at the top, named at the ends of their lines.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, PathBuilder, Point, Rect, Role};

use super::axis::{Below, Habit};
use super::sheet::{Drawing, Name, Sheet, around};
use crate::FigureError;
use crate::look::Grid;

/// Where everything lies.
struct Board {
    plot: Rect,
    /// Middles of the times.
    xs: Vec<f32>,
    /// Height of a place.
    pitch: f32,
    /// Radius of the dots.
    radius: f32,
    /// Places are printed in the dots.
    printed: bool,
}

impl Board {
    fn y(&self, place: f64) -> f32 {
        self.plot.top + self.pitch * (place as f32 - 0.5)
    }

    fn point(&self, sheet: &Sheet<'_>, row: usize, column: usize) -> Point {
        Point::new(self.xs[row], self.y(sheet.value(row, column).unwrap_or(1.0)))
    }
}

/// Draws a bump chart, with the places in the dots where they are wanted and have room.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let wanted = sheet.wants_values(sheet.rows() * sheet.series(), 70);
    match try_draw(sheet, wanted) {
        Err(FigureError::NoRoom { .. }) if wanted => try_draw(sheet, false),
        other => other,
    }
}

fn try_draw(sheet: &mut Sheet<'_>, wanted: bool) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (rows, series) = (sheet.rows(), sheet.series());
    let area = sheet.area;
    let line = (text * 1.2).round();
    let head_first = sheet.chance("times above", 0.25);
    let both = sheet.chance("names at both ends", 0.45);
    let names: Vec<Name> = (1..=series).map(|column| sheet.header(column)).collect();
    let mut lines = Vec::new();
    for name in &names {
        match sheet.lines(sheet.face, text, &name.text, 0.24 * area.width())? {
            Some(found) if found.len() <= 2 => lines.push(found),
            _ => return sheet.no_room("names at the ends of the lines"),
        }
    }
    let widest = sheet.widest(text, lines.iter().flatten().map(String::as_str))?.ceil();
    let deepest = lines.iter().map(Vec::len).max().unwrap_or(1) as f32 * line;
    // Places stand left of the lines where they are not printed in the dots.
    let numbers = if wanted { 0.0 } else { sheet.label_width(px, &series.to_string())? + 10.0 };
    let reach = 18.0;
    let times = sheet.row_names();
    let (mut left, mut right) =
        (area.left + reach + numbers + if both { widest } else { 0.0 }, area.right - reach - widest);
    let mut layout = None;
    for _ in 0..4 {
        let step = (right - left) / (rows - 1) as f32;
        let below =
            Below::new(sheet, &times, &Habit { pitch: step, thin: true, depth_max: 0.25 * area.height() })?;
        let last = below.shown(rows).last().unwrap_or(0);
        let (over_left, over_right) =
            (area.left - (left - below.over_left), left + step * last as f32 + below.over_right - area.right);
        layout = Some((below, step));
        if over_left <= 0.0 && over_right <= 0.0 {
            break;
        }
        left += over_left.max(0.0).ceil();
        right -= over_right.max(0.0).ceil();
    }
    let Some((below, step)) = layout else { return sheet.no_room("labels of the times") };
    let foot = below.depth + 10.0;
    let plot = if head_first {
        Rect::new(left, (area.top + foot).round(), right, area.bottom)
    } else {
        Rect::new(left, area.top, right, (area.bottom - foot).round())
    };
    let pitch = (plot.height() / series as f32).min(96.0);
    let plot = Rect { bottom: plot.top + pitch * series as f32, ..plot };
    if step < 24.0 || pitch < deepest + 2.0 {
        return sheet.no_room("places and their names");
    }
    let fit = (pitch * 0.4).min(step * 0.36).min(17.0 * sheet.grow);
    let need = (sheet.label_width(px, &series.to_string())? / 2.0 + 3.0).max(sheet.cap(px) * 0.5 + 4.0);
    if wanted && fit < need {
        return sheet.no_room("places in the dots");
    }
    let radius = if wanted { fit.max(need) } else { fit.min(sheet.look.stroke + 3.5) };
    let xs = (0..rows).map(|row| left + step * row as f32).collect();
    let board = Board { plot, xs, pitch, radius, printed: wanted };
    let top = if head_first { area.top } else { plot.bottom + 9.0 };
    below.paint(sheet, &times, &board.xs, top)?;
    paint_guides(sheet, &board)?;
    let colors = colors(sheet);
    let order = order(sheet, &colors);
    for &column in &order {
        paint_line(sheet, &board, column, colors[column - 1]);
    }
    for &column in &order {
        paint_dots(sheet, &board, column, colors[column - 1])?;
    }
    for column in 1..=series {
        for (row, x, align) in
            [(rows - 1, right + reach - 4.0, Align::Start), (0, left - reach + 4.0, Align::End)]
        {
            if row > 0 || both {
                let x = if row == 0 { x - numbers } else { x };
                let x = x + if wanted { if row == 0 { 4.0 - radius } else { radius - 4.0 } } else { 0.0 };
                name(
                    sheet,
                    &names[column - 1],
                    &lines[column - 1],
                    Point::new(x, board.point(sheet, row, column).y),
                    align,
                    colors[column - 1],
                )?;
            }
        }
        sheet.resolve(column, (0.5, 1.0));
    }
    Ok(())
}

fn name(
    sheet: &mut Sheet<'_>,
    name: &Name,
    lines: &[String],
    at: Point,
    align: Align,
    color: Color,
) -> Drawing<()> {
    let line = (sheet.text_px * 1.2).round();
    let color = sheet.readable(color);
    let first = at.y - line * (lines.len() - 1) as f32 / 2.0;
    for (index, words) in lines.iter().enumerate() {
        let spec = TextSpec::new(words, sheet.face, sheet.text_px, color, Role::DirectLabel)
            .at(at.x, first + line * index as f32, align, VAlign::Middle)
            .showing(name.data.iter().copied());
        sheet.set(spec)?;
    }
    Ok(())
}

/// Faint lines at the times, and the places where the dots do not say them.
fn paint_guides(sheet: &mut Sheet<'_>, board: &Board) -> Drawing<()> {
    let p = board.plot;
    let grid = sheet.scene.mark(Role::Axis, "", []);
    let color = sheet.look.line.mix(sheet.look.ground, 0.3);
    if sheet.look.grid != Grid::None {
        for x in &board.xs {
            sheet.scene.rect(grid, Rect::new(x.round(), p.top, x.round() + 1.0, p.bottom), color);
        }
    }
    if board.printed {
        return Ok(());
    }
    for place in 1..=sheet.series() {
        let y = board.y(place as f64);
        if sheet.look.grid == Grid::Both {
            sheet.scene.rect(grid, Rect::new(p.left, y.round(), p.right, y.round() + 1.0), color);
        }
        let text = place.to_string();
        let spec = TextSpec::new(&text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel);
        sheet.set(spec.at(p.left - 12.0, y, Align::End, VAlign::Middle))?;
    }
    Ok(())
}

/// Each series its own colour, or two that stand out.
fn colors(sheet: &Sheet<'_>) -> Vec<Color> {
    let series = sheet.series();
    if series >= 4 && sheet.chance("some stand out", 0.25) {
        let chosen = sheet.rng("which stand out").sample(series, 2);
        let quiet = sheet.look.soft_ink.mix(sheet.look.ground, 0.5);
        return (0..series)
            .map(|i| chosen.iter().position(|c| *c == i).map_or(quiet, |at| sheet.color(at)))
            .collect();
    }
    (0..series).map(|i| sheet.color(i)).collect()
}

/// Quiet lines lie below those that stand out; else the first at the end lies on top.
fn order(sheet: &Sheet<'_>, colors: &[Color]) -> Vec<usize> {
    let mut order: Vec<usize> = (1..=sheet.series()).collect();
    let twins = |column: usize| colors.iter().filter(|c| **c == colors[column - 1]).count();
    let last = sheet.rows() - 1;
    order.sort_by_key(|column| {
        let place = sheet.value(last, *column).unwrap_or(0.0) as i64;
        (std::cmp::Reverse(twins(*column)), std::cmp::Reverse(place))
    });
    order
}

fn paint_line(sheet: &mut Sheet<'_>, board: &Board, column: usize, color: Color) {
    let points: Vec<Point> = (0..sheet.rows()).map(|row| board.point(sheet, row, column)).collect();
    let name = sheet.header(column);
    let line = sheet.scene.mark(Role::Line, name.text, name.data);
    let width = sheet.look.stroke * if sheet.chance("broad lines", 0.5) { 2.0 } else { 1.2 };
    let bent = sheet.chance("bent lines", 0.7);
    let mut path = PathBuilder::new();
    // Pieces run from dot to dot, so that no line passes below a number.
    let inset = if board.printed { board.radius * 0.95 } else { 0.0 };
    for pair in points.windows(2) {
        let (a, b) = (Point::new(pair[0].x + inset, pair[0].y), Point::new(pair[1].x - inset, pair[1].y));
        let half = (b.x - a.x) * 0.5;
        path.move_to(a.x, a.y);
        if bent {
            path.cubic_to(a.x + half, a.y, b.x - half, b.y, b.x, b.y);
        } else {
            path.line_to(b.x, b.y);
        }
    }
    if let Some(path) = path.finish() {
        // A seam of the ground shows which line passes over which.
        let seam = sheet.scene.ornament();
        sheet.scene.stroke(seam, path.clone(), Stroke::new(sheet.look.ground, width + 3.0));
        sheet.scene.stroke(line, path, Stroke::new(color, width).rounded());
    }
}

fn paint_dots(sheet: &mut Sheet<'_>, board: &Board, column: usize, color: Color) -> Drawing<()> {
    for row in 0..sheet.rows() {
        let at = board.point(sheet, row, column);
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        sheet.scene.circle(mark, at, board.radius, color);
        sheet.locate(mark, around(at, board.radius), at, color);
        if board.printed {
            let spec = TextSpec::new(
                sheet.shown(row, column),
                sheet.bold,
                sheet.tick_px,
                color.ink(),
                Role::ValueLabel,
            )
            .at(at.x, at.y, Align::Middle, VAlign::Middle)
            .showing([Datum::cell(row, column)]);
            sheet.set(spec)?;
        }
    }
    Ok(())
}
