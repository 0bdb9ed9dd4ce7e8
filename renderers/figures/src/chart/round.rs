//! Round charts: pies, donuts, polar areas and bars bent into arcs.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Path, PathBuilder, Point, Rect, Role};

use super::kind::ChartKind;
use super::legend::{self, Entry, Key};
use super::plane::{least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};
use super::spread::spread;
use super::value_label;
use crate::FigureError;
use crate::look::LegendPlace;

const TURN: f32 = 2.0 * std::f32::consts::PI;

/// The point at an angle (clockwise from the top) and a distance from a centre.
pub(super) fn polar(center: Point, angle: f32, radius: f32) -> Point {
    Point::new(center.x + radius * libm::sinf(angle), center.y - radius * libm::cosf(angle))
}

/// Adds an arc by cubics of at most an eighth of a turn; begins a piece or goes on.
pub(super) fn arc(path: &mut PathBuilder, center: Point, radius: f32, from: f32, to: f32, begin: bool) {
    let count = libm::ceilf((to - from).abs() / (TURN / 8.0)).max(1.0) as usize;
    let step = (to - from) / count as f32;
    let pull = 4.0 / 3.0 * libm::tanf(step / 4.0) * radius;
    let first = polar(center, from, radius);
    if begin {
        path.move_to(first.x, first.y);
    } else {
        path.line_to(first.x, first.y);
    }
    for index in 0..count {
        let (a, b) = (from + step * index as f32, from + step * (index + 1) as f32);
        let (p, q) = (polar(center, a, radius), polar(center, b, radius));
        // The tangent at an angle points along (cos, sin) in these clockwise coordinates.
        let c = Point::new(p.x + pull * libm::cosf(a), p.y + pull * libm::sinf(a));
        let d = Point::new(q.x - pull * libm::cosf(b), q.y - pull * libm::sinf(b));
        path.cubic_to(c.x, c.y, d.x, d.y, q.x, q.y);
    }
}

/// The outline of a ring's sector, or of a pie's slice when the inner radius is 0.
pub(super) fn sector(center: Point, inner: f32, outer: f32, from: f32, to: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    arc(&mut path, center, outer, from, to, true);
    if inner > 0.0 {
        arc(&mut path, center, inner, to, from, false);
    } else {
        path.line_to(center.x, center.y);
    }
    path.close();
    path.finish()
}

/// One slice.
pub(super) struct Slice {
    pub(super) row: usize,
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) outer: f32,
}

impl Slice {
    pub(super) fn middle(&self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// How slices are named, and where their values stand.
#[derive(Clone, Copy, PartialEq)]
enum Naming {
    /// Names (and values) around the pie, with leaders.
    Around,
    /// A legend; values in the slices, in the legend, or not at all.
    Legend { inside: bool, listed: bool },
}

/// Draws a pie, a donut or a polar area chart.
pub(super) fn pies(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let printed = sheet.wants_values(rows, 10);
    let around = sheet.look.legend == LegendPlace::Direct || sheet.chance("names around", 0.5);
    sheet.gather(2.0);
    let mut ways = Vec::new();
    let inside =
        [Naming::Legend { inside: true, listed: false }, Naming::Legend { inside: false, listed: true }];
    if around {
        ways.push((Naming::Around, printed));
    }
    if printed {
        ways.extend(inside.map(|way| (way, true)));
    }
    ways.push((Naming::Legend { inside: false, listed: false }, false));
    if !around {
        ways.push((Naming::Around, printed));
    }
    let area = sheet.area;
    for (way, values) in ways {
        sheet.area = area;
        let (texts, items) = (sheet.scene.elements.len(), sheet.scene.items.len());
        if try_pie(sheet, way, values)? {
            return Ok(());
        }
        sheet.scene.elements.truncate(texts);
        sheet.scene.items.truncate(items);
    }
    sheet.no_room("names of the slices")
}

/// Draws the pie in one way; false when that has no room (what was drawn is then to be thrown away).
fn try_pie(sheet: &mut Sheet<'_>, way: Naming, values: bool) -> Drawing<bool> {
    let rows = sheet.rows();
    if let Naming::Legend { listed, .. } = way {
        let entries: Vec<Entry> = (0..rows)
            .map(|row| Entry {
                value: listed.then(|| (sheet.shown(row, 1).to_owned(), Datum::cell(row, 1))),
                ..Entry::new(sheet.row_name(row), sheet.color(row), Key::Square)
            })
            .collect();
        match legend::draw(sheet, &entries) {
            Err(FigureError::NoRoom { .. }) => return Ok(false),
            other => other?,
        }
    }
    let labels = if way == Naming::Around { around_labels(sheet, values)? } else { Vec::new() };
    let (column, height) =
        labels.iter().fold((0.0f32, 0.0f32), |(w, h), label| (w.max(label.width), h.max(label.height)));
    let area = sheet.area;
    let side = if labels.is_empty() { 0.0 } else { column + 26.0 };
    let above = if labels.is_empty() { 0.0 } else { height * 0.5 + 6.0 };
    let radius = ((area.width() / 2.0 - side).min(area.height() / 2.0 - above) - 1.0).min(330.0).floor();
    if radius < 58.0 {
        return Ok(false);
    }
    let center = Point::new(area.center().x.round(), area.center().y.round());
    let slices = slices(sheet, radius);
    let hole = hole(sheet) * radius;
    let mut places = Vec::new();
    if !labels.is_empty() {
        match around_places(sheet, center, radius, height, &slices) {
            Some(found) => places = found,
            None => return Ok(false),
        }
    }
    let inside = matches!(way, Naming::Legend { inside: true, .. });
    if inside && !all_inside(sheet, center, hole, &slices)? {
        return Ok(false);
    }
    paint_slices(sheet, center, hole, &slices);
    if inside {
        for slice in &slices {
            let at = polar(center, slice.middle(), inside_radius(hole, slice.outer));
            let text = sheet.shown(slice.row, 1);
            let ink = sheet.color(slice.row).ink();
            let spec = TextSpec::new(text, sheet.face, sheet.tick_px, ink, Role::ValueLabel)
                .at(at.x, at.y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(slice.row, 1)]);
            sheet.set(spec)?;
        }
    }
    for (label, (slice, y)) in labels.iter().zip(slices.iter().zip(&places)) {
        paint_around(sheet, center, radius, slice, label, *y)?;
    }
    if hole > 0.0 {
        center_text(sheet, center, hole)?;
    }
    let total: f64 = sheet.values(1, 1).iter().sum();
    let resolution = if sheet.spec.kind == ChartKind::PolarArea { (0.0, 1.25) } else { (0.02 * total, 1.0) };
    sheet.resolve(1, resolution);
    Ok(true)
}

fn hole(sheet: &Sheet<'_>) -> f32 {
    match sheet.spec.kind {
        ChartKind::Donut => sheet.rng("hole").range32(0.45, 0.66),
        _ => 0.0,
    }
}

fn slices(sheet: &Sheet<'_>, radius: f32) -> Vec<Slice> {
    let rows = sheet.rows();
    let values: Vec<f64> = (0..rows).map(|row| sheet.value(row, 1).unwrap_or(0.0)).collect();
    let total: f64 = values.iter().sum();
    let largest = values.iter().copied().fold(0.0, f64::max);
    let polar = sheet.spec.kind == ChartKind::PolarArea;
    let start =
        if !polar && sheet.chance("turned pie", 0.2) { sheet.rng("turn").range32(0.0, TURN) } else { 0.0 };
    let mut sum = 0.0;
    let mut slices = Vec::with_capacity(rows);
    for (row, value) in values.into_iter().enumerate() {
        let share = if polar { 1.0 / rows as f64 } else { value / total };
        let (from, to) = (start + TURN * sum as f32, start + TURN * (sum + share) as f32);
        let outer = if polar { radius * libm::sqrt(value / largest) as f32 } else { radius };
        slices.push(Slice { row, from, to, outer });
        sum += share;
    }
    slices
}

fn paint_slices(sheet: &mut Sheet<'_>, center: Point, hole: f32, slices: &[Slice]) {
    let edge = Stroke::new(sheet.look.ground, if sheet.look.flat { 1.5 } else { 1.0 });
    for slice in slices {
        let color = sheet.color(slice.row);
        let mark = sheet.cell_mark(Role::Slice, slice.row, 1);
        if let Some(path) = sector(center, hole, slice.outer, slice.from, slice.to) {
            sheet.scene.fill(mark, path.clone(), color);
            sheet.scene.stroke(mark, path, edge.clone());
        }
        sheet.anchor(mark, polar(center, slice.middle(), inside_radius(hole, slice.outer)));
    }
}

fn inside_radius(hole: f32, outer: f32) -> f32 {
    if hole > 0.0 { (hole + outer) / 2.0 } else { outer * 0.66 }
}

/// True when each value fits into its slice: all corners of its box lie inside.
fn all_inside(sheet: &Sheet<'_>, center: Point, hole: f32, slices: &[Slice]) -> Drawing<bool> {
    for slice in slices {
        let (width, height) = value_label::size(sheet, sheet.shown(slice.row, 1))?;
        let at = polar(center, slice.middle(), inside_radius(hole, slice.outer));
        let rect = Rect::sized(at.x - width / 2.0, at.y - height / 2.0, width, height).grown(2.0);
        if !holds(center, hole, slice.outer, slice.from, slice.to, &rect) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// True when all corners of a box lie inside a ring's sector.
pub(super) fn holds(center: Point, hole: f32, outer: f32, from: f32, to: f32, rect: &Rect) -> bool {
    let corners =
        [(rect.left, rect.top), (rect.right, rect.top), (rect.left, rect.bottom), (rect.right, rect.bottom)];
    corners.into_iter().all(|(x, y)| {
        let (dx, dy) = (x - center.x, y - center.y);
        let distance = libm::hypotf(dx, dy);
        let mut angle = libm::atan2f(dx, -dy);
        while angle < from {
            angle += TURN;
        }
        distance <= outer - 2.0 && distance >= hole + 1.0 && angle <= to
    })
}

/// A name (and value) beside the pie.
pub(super) struct Around {
    lines: Vec<String>,
    value: Option<String>,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// The labels of all rows.
pub(super) fn around_labels(sheet: &Sheet<'_>, values: bool) -> Drawing<Vec<Around>> {
    let px = sheet.text_px;
    let limit = (sheet.area.width() * 0.26).min(190.0);
    let mut labels = Vec::new();
    for row in 0..sheet.rows() {
        let text = sheet.shown(row, 0);
        let lines = sheet.lines(sheet.face, px, text, limit)?.unwrap_or_else(|| vec![text.to_owned()]);
        let value = values.then(|| sheet.shown(row, 1).to_owned());
        let mut width = sheet.widest(px, lines.iter().map(String::as_str))?;
        if let Some(value) = &value {
            width = width.max(sheet.width(sheet.bold, px, value)?);
        }
        let height = px * 1.2 * (lines.len() + usize::from(values)) as f32;
        labels.push(Around { lines, value, width, height });
    }
    Ok(labels)
}

/// Heights of the labels, moved apart on each side.
pub(super) fn around_places(
    sheet: &Sheet<'_>,
    center: Point,
    radius: f32,
    height: f32,
    slices: &[Slice],
) -> Option<Vec<f32>> {
    let mut places = vec![0.0; slices.len()];
    let half = height / 2.0;
    for right in [true, false] {
        let rows: Vec<usize> =
            (0..slices.len()).filter(|i| (libm::sinf(slices[*i].middle()) >= 0.0) == right).collect();
        let wanted: Vec<f32> =
            rows.iter().map(|i| polar(center, slices[*i].middle(), radius + 12.0).y).collect();
        let spread = spread(&wanted, height + 3.0, sheet.area.top + half, sheet.area.bottom - half)?;
        for (row, y) in rows.into_iter().zip(spread) {
            places[row] = y;
        }
    }
    Some(places)
}

/// Paints a label beside the pie with the line that leads to it.
pub(super) fn paint_around(
    sheet: &mut Sheet<'_>,
    center: Point,
    radius: f32,
    slice: &Slice,
    label: &Around,
    y: f32,
) -> Drawing<()> {
    let right = libm::sinf(slice.middle()) >= 0.0;
    let way = if right { 1.0 } else { -1.0 };
    let px = sheet.text_px;
    let (start, knee) =
        (polar(center, slice.middle(), slice.outer + 2.0), polar(center, slice.middle(), radius + 10.0));
    let x = center.x + way * (radius + 22.0);
    let end = Point::new(x - way * 3.0, y);
    let leader = sheet.scene.ornament();
    let line = Stroke::new(sheet.look.soft_ink.mix(sheet.look.ground, 0.35), 1.0);
    let knee = Point::new(if right { knee.x.min(end.x) } else { knee.x.max(end.x) }, knee.y);
    // A piece that is all but level is drawn level, unless it would then cross the slice again.
    let level = (knee.y - y).abs() < 8.0 && libm::hypotf(knee.x - center.x, y - center.y) > slice.outer + 3.0;
    let knee = if level { Point::new(knee.x, y) } else { knee };
    sheet.scene.polyline(leader, &[start, knee, end], line);
    let align = if right { Align::Start } else { Align::End };
    let count = label.lines.len() + usize::from(label.value.is_some());
    let first = y - px * 1.2 * (count - 1) as f32 / 2.0;
    for (index, text) in label.lines.iter().enumerate() {
        let spec = TextSpec::new(text, sheet.face, px, sheet.look.ink, Role::DirectLabel)
            .at(x, first + px * 1.2 * index as f32, align, VAlign::Middle)
            .showing([Datum::cell(slice.row, 0)]);
        sheet.set(spec)?;
    }
    if let Some(value) = &label.value {
        let spec = TextSpec::new(value, sheet.bold, px, sheet.look.ink, Role::ValueLabel)
            .at(x, first + px * 1.2 * (count - 1) as f32, align, VAlign::Middle)
            .showing([Datum::cell(slice.row, 1)]);
        sheet.set(spec)?;
    }
    Ok(())
}

/// The name of the column in the hole of a donut, where it fits.
fn center_text(sheet: &mut Sheet<'_>, center: Point, hole: f32) -> Drawing<()> {
    let px = sheet.text_px;
    let name = sheet.header_with_unit(1);
    let Some(lines) = sheet.lines(sheet.face, px, &name.text, hole * 1.35)? else { return Ok(()) };
    let pitch = px * 1.22;
    if pitch * lines.len() as f32 > hole * 1.0 || sheet.chance("empty hole", 0.25) {
        return Ok(());
    }
    let first = center.y - pitch * (lines.len() - 1) as f32 / 2.0;
    for (index, text) in lines.iter().enumerate() {
        let spec = TextSpec::new(text, sheet.face, px, sheet.look.ink, Role::AxisTitle)
            .at(center.x, first + pitch * index as f32, Align::Middle, VAlign::Middle)
            .showing(name.data.iter().copied());
        sheet.set(spec)?;
    }
    Ok(())
}

/// The scale of bent bars: thin spokes over the rings, and their numbers around.
fn rim_scale(sheet: &mut Sheet<'_>, center: Point, (inner, outer): (f32, f32), scale: &Scale) -> Drawing<()> {
    let px = sheet.tick_px;
    let line = Stroke::new(sheet.look.ground.mix(sheet.look.soft_ink, 0.45), 1.0);
    for tick in scale.ticks.iter().filter(|tick| tick.value > 0.0) {
        let angle = scale.at(tick.value);
        let spoke = sheet.scene.mark(Role::Axis, "", []);
        sheet.scene.polyline(
            spoke,
            &[polar(center, angle, inner), polar(center, angle, outer + 3.0)],
            line.clone(),
        );
        let at = polar(center, angle, outer + 6.0);
        let (sine, cosine) = (libm::sinf(angle), libm::cosf(angle));
        let align = if sine > 0.35 {
            Align::Start
        } else if sine < -0.35 {
            Align::End
        } else {
            Align::Middle
        };
        // Numbers below hang from their spokes, those at the sides stand beside them.
        let y = at.y - cosine * px * 0.55;
        let spec = TextSpec::new(&tick.text, sheet.face, px, sheet.look.soft_ink, Role::TickLabel).at(
            at.x,
            y,
            align,
            VAlign::Middle,
        );
        sheet.set(spec)?;
    }
    Ok(())
}

/// Draws bars bent into arcs, each on a ring of its own, from the top clockwise over three quarters of a turn.
pub(super) fn radial_bars(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let values = sheet.wants_values(rows, 8);
    let px = sheet.tick_px;
    let name_width = sheet.widest(px, (0..rows).map(|r| sheet.shown(r, 0)))?;
    let value_width = if values { value_label::widest(sheet, 1, 1)? + 8.0 } else { 0.0 };
    let area = sheet.area;
    // Where no values stand beside the names, a scale runs around the outer ring.
    let largest = sheet.values(1, 1).into_iter().fold(0.0, f64::max);
    let format = tick_format(sheet, sheet.spec.value_format, largest);
    let scale =
        Scale::linear(0.0, largest, 6, least_step(&format)).spanning(0.0, TURN * 0.75).printed(&format);
    let rim = if values { 2.0 } else { px * 1.2 + 8.0 };
    let beside = if values {
        2.0
    } else {
        sheet.widest(px, scale.ticks.iter().map(|tick| tick.text.as_str()))? + 10.0
    };
    let radius = (area.height() / 2.0 - rim).min(area.width() / 2.0 - beside).min(320.0).floor();
    let ring = radius * 0.76 / rows as f32;
    let text = name_width + value_width + 14.0;
    if ring < px * 1.25 || radius < 90.0 || text > area.width() - radius - 4.0 {
        return sheet.no_room("rings and their names");
    }
    // Names stand left of the top, where the last quarter is empty; the circle moves right as they need.
    let text = text.max(radius + beside - 2.0);
    let left = (area.center().x - text).max(area.left);
    let center = Point::new((left + text).round(), area.center().y.round());
    if center.x + radius + beside > area.right + 3.0 {
        return sheet.no_room("names of the rings");
    }
    let track = sheet.look.line.mix(sheet.look.ground, 0.35);
    let each = rows <= sheet.look.series.len() && sheet.chance("colours of rings", 0.6);
    let thick = (ring * (1.0 - sheet.look.gap * 0.8)).max(3.0);
    for row in 0..rows {
        let outer = radius - ring * row as f32;
        let value = sheet.value(row, 1).unwrap_or(0.0);
        let ground = sheet.scene.ornament();
        if let Some(path) = sector(center, outer - thick, outer, 0.0, TURN * 0.75) {
            sheet.scene.fill(ground, path, track);
        }
        let mark = sheet.cell_mark(Role::Bar, row, 1);
        let angle = scale.at(value).max(0.01);
        let color = sheet.color(if each { row } else { 0 });
        if let Some(path) = sector(center, outer - thick, outer, 0.0, angle) {
            sheet.scene.fill(mark, path, color);
        }
        sheet.anchor(mark, polar(center, angle / 2.0, outer - thick / 2.0));
        let y = center.y - outer + thick / 2.0;
        let mut x = center.x - 7.0;
        if values {
            let text = sheet.shown(row, 1);
            let spec = TextSpec::new(text, sheet.bold, px, sheet.look.ink, Role::ValueLabel)
                .at(x, y, Align::End, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
            x -= sheet.width(sheet.bold, px, text)? + 8.0;
        }
        let spec = TextSpec::new(sheet.shown(row, 0), sheet.face, px, sheet.look.ink, Role::TickLabel)
            .at(x, y, Align::End, VAlign::Middle)
            .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    if !values {
        rim_scale(sheet, center, (radius * 0.24, radius), &scale)?;
    }
    // Angles are compared from ring to ring: three degrees can be told apart.
    sheet.resolve(1, (scale.high * 3.0 / 270.0, 1.0));
    Ok(())
}
