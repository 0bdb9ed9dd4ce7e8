//! Charts of values with an interval, boxes of five numbers, and prices from open to close.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, PathBuilder, Point, Rect, Role};

use super::bars::{bounds, lies, opposite, thickness};
use super::kind::ChartKind;
use super::legend::{self, Entry, Key};
use super::lines::{Pen, marker_radius, paint_line, time_places, trace};
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Name, Sheet, around};

/// The range of an axis for values that need not begin at zero.
pub(super) fn free_range(sheet: &Sheet<'_>, low: f64, high: f64) -> (f64, f64) {
    if low >= 0.0 && (low < 0.35 * high || (high - low > 0.4 * high && sheet.chance("from zero", 0.3))) {
        (0.0, high)
    } else {
        (off_the_axis(low, high), high)
    }
}

/// Where an axis that does not begin at zero begins, so that the lowest mark does not lie on it.
pub(super) fn off_the_axis(low: f64, high: f64) -> f64 {
    let below = low - 0.05 * (high - low);
    if low >= 0.0 { below.max(0.0) } else { below }
}

/// Draws a line with a band, or points with error bars.
pub(super) fn errors(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (low, high) = bounds(&sheet.values(1, 3));
    let (low, high) = free_range(sheet, low, high);
    let mut plan = Plan::new(sheet, 1, 1, low, high);
    let band = sheet.spec.kind == ChartKind::ErrorBand;
    let pen = Pen { smooth: false, ..Pen::new(sheet) };
    let color = sheet.color(0);
    if band {
        plan.thin = true;
        plan.places = time_places(sheet);
    } else {
        plan.lying = lies(sheet);
    }
    let pale = color.mix(sheet.look.panel, 0.62);
    if sheet.chance("legend of intervals", 0.7) {
        let line = if band { Key::Line(Vec::new(), pen.markers) } else { Key::Dot };
        let entry = Entry::new;
        let (from, to) = (sheet.header(2), sheet.header(3));
        let both =
            Name { text: format!("{} – {}", from.text, to.text), data: [from.data, to.data].concat() };
        let span = if band {
            entry(both, pale, Key::Square)
        } else {
            entry(both, color, Key::Line(Vec::new(), false))
        };
        legend::draw(sheet, &[entry(sheet.header(1), color, line), span])?;
    }
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    let base = (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0);
    if band {
        paint_band(sheet, &plane, pale);
        plane.paint_front(sheet, base);
        paint_line(sheet, &plane, &pen, 1, color);
    } else {
        plane.paint_front(sheet, base);
        paint_error_bars(sheet, &plane, color);
    }
    for column in 1..=3 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

fn paint_band(sheet: &mut Sheet<'_>, plane: &Plane, pale: Color) {
    let along = |column: usize| -> Vec<Point> {
        (0..sheet.rows()).filter_map(|row| Some(plane.point(row, sheet.value(row, column)?))).collect()
    };
    let (low, high) = (along(2), along(3));
    let mut path = PathBuilder::new();
    trace(&mut path, &high, false, true);
    let mut back = low.clone();
    back.reverse();
    trace(&mut path, &back, false, false);
    path.close();
    let band = sheet.scene.ornament();
    if let Some(path) = path.finish() {
        sheet.scene.fill(band, path, pale.faded(0.75));
    }
    for (column, points) in [(2, low), (3, high)] {
        for (row, point) in points.into_iter().enumerate() {
            let mark = sheet.cell_mark(Role::Span, row, column);
            sheet.locate(mark, around(point, 3.0), point, pale);
        }
    }
}

fn paint_error_bars(sheet: &mut Sheet<'_>, plane: &Plane, color: Color) {
    let cap = (plane.pitch * 0.14).clamp(3.0, 10.0);
    let line = sheet.look.stroke.min(2.0);
    let radius = marker_radius(sheet) + 1.0;
    for row in 0..sheet.rows() {
        let Some(middle) = sheet.value(row, 1).map(|v| plane.point(row, v)) else { continue };
        for column in [2, 3] {
            let Some(end) = sheet.value(row, column).map(|v| plane.point(row, v)) else { continue };
            let mark = sheet.cell_mark(Role::Span, row, column);
            let stroke = Stroke::new(color, line);
            sheet.scene.line(mark, middle, end, stroke.clone());
            let (a, b) = if plane.lying {
                (Point::new(end.x, end.y - cap), Point::new(end.x, end.y + cap))
            } else {
                (Point::new(end.x - cap, end.y), Point::new(end.x + cap, end.y))
            };
            sheet.scene.line(mark, a, b, stroke);
            sheet.anchor(mark, end);
        }
        let mark = sheet.cell_mark(Role::Dot, row, 1);
        sheet.scene.circle(mark, middle, radius, color);
    }
}

/// Draws boxes of five numbers.
pub(super) fn boxes(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (low, high) = bounds(&sheet.values(1, 5));
    let (low, high) = free_range(sheet, low, high);
    let mut plan = Plan::new(sheet, 1, 5, low, high);
    plan.lying = lies(sheet);
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0));
    let look = sheet.look;
    let each = sheet.rows() <= look.series.len() && sheet.chance("colours of boxes", 0.35);
    let filled = sheet.chance("filled boxes", 0.7);
    let thick = thickness(&plane, (1.0 - look.gap) * 0.85);
    for row in 0..sheet.rows() {
        let color = sheet.color(if each { row } else { 0 });
        let edge = color.readable_on(look.panel, 2.6);
        let body = if filled { color.mix(look.panel, 0.45) } else { look.panel };
        paint_box(sheet, &plane, row, thick, edge, body);
    }
    for column in 1..=5 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

fn paint_box(sheet: &mut Sheet<'_>, plane: &Plane, row: usize, thick: f32, edge: Color, body: Color) {
    let at = |column: usize| sheet.value(row, column).unwrap_or(0.0);
    let values = [at(1), at(2), at(3), at(4), at(5)];
    let pen = Stroke::new(edge, 1.5);
    let across = |value: f64, half: f32| {
        let p = plane.point(row, value);
        if plane.lying {
            (Point::new(p.x, p.y - half), Point::new(p.x, p.y + half))
        } else {
            (Point::new(p.x - half, p.y), Point::new(p.x + half, p.y))
        }
    };
    let (a, _) = across(values[1], thick / 2.0);
    let (_, b) = across(values[3], thick / 2.0);
    let rect = Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y));
    let median = sheet.cell_mark(Role::Span, row, 3);
    sheet.scene.element_mut(median).color = Some(edge);
    sheet.scene.round_rect(median, rect, sheet.look.corner.min(3.0), body);
    for (column, value, quartile) in [(1, values[0], values[1]), (5, values[4], values[3])] {
        let mark = sheet.cell_mark(Role::Span, row, column);
        let (end, start) = (plane.point(row, value), plane.point(row, quartile));
        sheet.scene.line(mark, start, end, pen.clone());
        let (a, b) = across(value, thick * 0.25);
        sheet.scene.line(mark, a, b, pen.clone());
        sheet.anchor(mark, end);
    }
    sheet.scene.frame(median, rect, sheet.look.corner.min(3.0), pen.clone());
    for (column, value) in [(2, values[1]), (4, values[3])] {
        let mark = sheet.cell_mark(Role::Span, row, column);
        let (a, b) = across(value, thick / 2.0 - sheet.look.corner.min(3.0));
        sheet.scene.line(mark, a, b, pen.clone());
        sheet.anchor(mark, plane.point(row, value));
    }
    let (a, b) = across(values[2], thick / 2.0);
    sheet.scene.line(median, a, b, Stroke::new(edge, 2.5));
    sheet.anchor(median, plane.point(row, values[2]));
}

/// Draws candlesticks or open-high-low-close bars.
pub(super) fn prices(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (low, high) = bounds(&sheet.values(1, 4));
    let mut plan = Plan::new(sheet, 1, 4, low, high);
    plan.thin = true;
    let candles = sheet.spec.kind == ChartKind::Candlestick;
    let usual = sheet.chance("green and red", 0.6);
    let panel = sheet.look.panel;
    let (up, down) = if usual {
        (Color::rgb(38, 156, 92).readable_on(panel, 2.4), Color::rgb(212, 62, 62).readable_on(panel, 2.4))
    } else {
        // Marks as thin as these need more contrast than bars of the same colour.
        let (up, down) = opposite(sheet);
        (up.readable_on(panel, 2.6), down.readable_on(panel, 2.6))
    };
    // Green and red speak for themselves; other colours do not.
    if !usual || sheet.chance("legend of directions", 0.5) {
        let entry = |text: &str, color| {
            Entry::new(Name { text: text.to_owned(), data: Vec::new() }, color, Key::Square)
        };
        legend::draw(sheet, &[entry(&sheet.look.words.rise, up), entry(&sheet.look.words.fall, down)])?;
    }
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, None);
    let half = (plane.pitch * 0.32).clamp(1.5, 14.0).round();
    for row in 0..sheet.rows() {
        let at = |column: usize| plane.point(row, sheet.value(row, column).unwrap_or(0.0));
        let (open, high, low, close) = (at(1), at(2), at(3), at(4));
        let color = if close.y <= open.y { up } else { down };
        let x = open.x.round();
        let (top, bottom) = (open.y.min(close.y), open.y.max(close.y));
        for (column, from, end) in [(2, high.y, top), (3, bottom, low.y)] {
            let mark = sheet.cell_mark(Role::Span, row, column);
            let wick = Rect::new(x - 0.5, from, x + 0.5, end.max(from + 0.5));
            let wick = if candles { wick } else { Rect { left: x - 1.0, right: x + 1.0, ..wick } };
            sheet.scene.rect(mark, wick, color);
            let tip = Point::new(x, if column == 2 { high.y } else { low.y });
            sheet.anchor(mark, tip);
        }
        let marks = [(1, open.y, -1.0f32), (4, close.y, 1.0)];
        if candles {
            let body = Rect::new(x - half, top.round(), x + half, bottom.round().max(top.round() + 1.0));
            let close_mark = sheet.cell_mark(Role::Span, row, 4);
            sheet.scene.rect(close_mark, body, color);
            let open_mark = sheet.cell_mark(Role::Span, row, 1);
            for (mark, y) in [(close_mark, close.y), (open_mark, open.y)] {
                let at = Point::new(x, y);
                sheet.locate(mark, Rect::new(x - half, y - 1.5, x + half, y + 1.5), at, color);
            }
        } else {
            let line = Rect::new(x - 1.0, top, x + 1.0, bottom.max(top + 1.0));
            let body = sheet.scene.ornament();
            sheet.scene.rect(body, line, color);
            for (column, y, side) in marks {
                let mark = sheet.cell_mark(Role::Span, row, column);
                let (a, b) = (x.min(x + side * half), x.max(x + side * half));
                let y = y.round();
                sheet.scene.rect(mark, Rect::new(a, y - 1.0, b, y + 1.0), color);
            }
        }
    }
    for column in 1..=4 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}
