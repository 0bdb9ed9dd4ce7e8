//! Arrows over a plane: at each named place, which way something moves and how fast.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, ElementId, Point, Rect, Role};

use super::bars::bounds;
use super::cross::{Axis, Cross, format_of};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet, around, middle};
use super::value_label::{self, Placer};

/// Columns of the table of places.
const SPEED: usize = 3;
const DIRECTION: usize = 4;

/// The eight directions, from north on clockwise, as the table calls them.
pub const DIRECTIONS: [&str; 8] =
    ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/// The direction nearest to a bearing in degrees clockwise from north.
pub fn direction(bearing: f64) -> &'static str {
    DIRECTIONS[libm::floor(bearing.rem_euclid(360.0) / 45.0 + 0.5) as usize % 8]
}

/// An arrow in pixels.
struct Arrow {
    row: usize,
    tail: Point,
    tip: Point,
    color: Color,
}

/// Draws arrows.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let key = lay_out_key(sheet)?;
    sheet.area.top += key.room;
    let axes = [1, 2].map(|column| Axis::of_column(sheet, column, 0.18, false));
    let cross = Cross::lay_out(sheet, &axes[0], &axes[1])?;
    if sheet.chance("pale ground", 0.7) {
        cross.tint(sheet);
    }
    cross.paint(sheet)?;
    let arrows = arrows(sheet, &cross);
    let (names, values) = place_texts(sheet, &cross, &arrows)?;
    let wide = (sheet.look.stroke * 0.8).clamp(1.8, 2.6) * sheet.grow;
    for arrow in &arrows {
        let label = sheet.mark_name(arrow.row, DIRECTION);
        let whole = sheet.scene.mark(Role::Span, label, [Datum::cell(arrow.row, DIRECTION)]);
        paint_arrow(sheet, whole, arrow.tail, arrow.tip, wide, arrow.color);
        let at = middle(arrow.tail, arrow.tip);
        sheet.anchor(whole, at);
        let speed = sheet.cell_mark(Role::Span, arrow.row, SPEED);
        let reach = Rect::new(
            arrow.tail.x.min(arrow.tip.x) - 2.0,
            arrow.tail.y.min(arrow.tip.y) - 2.0,
            arrow.tail.x.max(arrow.tip.x) + 2.0,
            arrow.tail.y.max(arrow.tip.y) + 2.0,
        );
        sheet.locate(speed, reach, at, arrow.color);
        for column in [1, 2] {
            let mark = sheet.cell_mark(Role::Dot, arrow.row, column);
            if column == 1 {
                sheet.scene.circle(mark, arrow.tail, wide + 1.2, arrow.color);
            }
            sheet.locate(mark, around(arrow.tail, wide + 1.2), arrow.tail, arrow.color);
        }
    }
    for (row, center) in names {
        let spec =
            TextSpec::new(sheet.shown(row, 0), sheet.face, sheet.tick_px, sheet.look.ink, Role::DirectLabel)
                .at(center.x, center.y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    for (row, center) in values {
        let ink = sheet.look.soft_ink;
        let spec = TextSpec::new(sheet.shown(row, SPEED), sheet.face, sheet.tick_px, ink, Role::ValueLabel)
            .at(center.x, center.y, Align::Middle, VAlign::Middle)
            .showing([Datum::cell(row, SPEED)]);
        sheet.set(spec)?;
    }
    paint_key(sheet, &cross, &key, wide)?;
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    // Lengths in different directions are compared by eye.
    let (_, most) = bounds(&sheet.values(SPEED, SPEED));
    sheet.resolve(SPEED, (0.1 * most, 1.2));
    Ok(())
}

/// The arrow that says how long a speed is.
struct KeyArrow {
    speed: f64,
    text: String,
    /// Pixels that the key takes above the plot.
    room: f32,
}

fn lay_out_key(sheet: &Sheet<'_>) -> Drawing<KeyArrow> {
    let (_, most) = bounds(&sheet.values(SPEED, SPEED));
    let format = format_of(sheet.table, SPEED, sheet.spec.value_format);
    let scale = Scale::linear(0.0, most, 2, 0.0).printed(&format);
    let tick = scale.ticks[1].clone();
    let text = sheet.unit(SPEED).map_or(tick.text.clone(), |unit| format!("{} {unit}", tick.text));
    Ok(KeyArrow { speed: tick.value, text, room: (sheet.text_px * 1.9).round() })
}

/// Pixels for a speed of 1: the fastest arrow is as long as a share of the mean distance of places, and all of them end
/// inside the plot.
fn unit(sheet: &Sheet<'_>, cross: &Cross) -> f32 {
    let (_, most) = bounds(&sheet.values(SPEED, SPEED));
    let apart = libm::sqrtf(cross.plot.area() / sheet.rows() as f32);
    let longest = (apart * sheet.rng("arrows").range32(0.5, 0.68)).clamp(34.0, 120.0);
    let plot = cross.plot.grown(-3.0);
    let room = |row: usize| {
        let (at, east, south) = flow(sheet, cross, row);
        let along = |place: f32, speed: f32, low: f32, high: f32| {
            let end = if speed > 0.0 { high } else { low };
            if speed == 0.0 { f32::INFINITY } else { (end - place) / speed }
        };
        along(at.x, east, plot.left, plot.right).min(along(at.y, south, plot.top, plot.bottom))
    };
    (0..sheet.rows()).map(room).fold(longest / most as f32, f32::min)
}

/// Where the arrow of a row begins, and its speed to the right and down.
fn flow(sheet: &Sheet<'_>, cross: &Cross, row: usize) -> (Point, f32, f32) {
    let value = |column: usize| sheet.value(row, column).unwrap_or(0.0);
    let bearing = sheet.spec.data.tables[1].rows[row][1].as_f64().unwrap_or(0.0);
    let turn = bearing * std::f64::consts::PI / 180.0;
    let (east, south) = (libm::sin(turn) * value(SPEED), -libm::cos(turn) * value(SPEED));
    (cross.point(value(1), value(2)), east as f32, south as f32)
}

fn arrows(sheet: &Sheet<'_>, cross: &Cross) -> Vec<Arrow> {
    let unit = unit(sheet, cross);
    let shaded = sheet.chance("colours of speed", 0.45);
    let panel = sheet.look.panel;
    let (low, high) = bounds(&sheet.values(SPEED, SPEED));
    (0..sheet.rows())
        .map(|row| {
            let (tail, east, south) = flow(sheet, cross, row);
            let speed = sheet.value(row, SPEED).unwrap_or(0.0);
            let share = ((speed - low) / (high - low).max(1e-9)) as f32;
            let pale = if shaded { 0.55 * (1.0 - share) } else { 0.0 };
            let color = sheet.color(0).mix(panel, pale).readable_on(panel, 2.6);
            Arrow { row, tail, tip: Point::new(tail.x + east * unit, tail.y + south * unit), color }
        })
        .collect()
}

fn paint_arrow(sheet: &mut Sheet<'_>, mark: ElementId, tail: Point, tip: Point, wide: f32, color: Color) {
    let (dx, dy) = (tip.x - tail.x, tip.y - tail.y);
    let length = libm::hypotf(dx, dy).max(0.1);
    let (ux, uy) = (dx / length, dy / length);
    let head = (wide * 5.0).min(length * 0.6);
    let half = head * 0.42;
    let neck = Point::new(tip.x - ux * head, tip.y - uy * head);
    let inside = Point::new(tip.x - ux * head * 0.8, tip.y - uy * head * 0.8);
    sheet.scene.line(mark, tail, inside, Stroke::new(color, wide));
    let corners = [
        tip,
        Point::new(neck.x - uy * half, neck.y + ux * half),
        Point::new(neck.x + uy * half, neck.y - ux * half),
    ];
    sheet.scene.polygon(mark, &corners, color);
}

/// Middles of texts, by row.
type Texts = Vec<(usize, Point)>;

/// Places the names of the places, and their speeds below them where all of them have room and are wanted.
fn place_texts(sheet: &Sheet<'_>, cross: &Cross, arrows: &[Arrow]) -> Drawing<(Texts, Texts)> {
    let wanted = sheet.wants_values(sheet.rows(), 16);
    for with_values in [true, false] {
        if with_values && !wanted {
            continue;
        }
        let mut placer = Placer { limit: cross.plot.grown(-2.0), taken: Vec::new(), lines: Vec::new() };
        placer.taken.extend(arrows.iter().map(|a| around(a.tail, 4.5)));
        placer.taken.extend(arrows.iter().map(|a| around(a.tip, 4.0)));
        placer.lines.extend(arrows.iter().map(|a| (a.tail, a.tip)));
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for arrow in arrows {
            let name = value_label::size(sheet, sheet.shown(arrow.row, 0))?;
            let value = value_label::size(sheet, sheet.shown(arrow.row, SPEED))?;
            let below = if with_values { value.1 + 2.0 } else { 0.0 };
            let size = (if with_values { name.0.max(value.0) } else { name.0 }, name.1 + below);
            let (w, h) = (size.0 / 2.0 + 7.0, size.1 / 2.0 + 6.0);
            let beside = [(0.0, h), (0.0, -h), (w, 0.0), (-w, 0.0), (w, h), (-w, h), (w, -h), (-w, -h)];
            let candidates: Vec<Point> =
                beside.iter().map(|(dx, dy)| Point::new(arrow.tail.x + dx, arrow.tail.y + dy)).collect();
            let Some(center) = placer.take(size, &candidates) else { break };
            names.push((arrow.row, Point::new(center.x, center.y - below / 2.0)));
            if with_values {
                values.push((arrow.row, Point::new(center.x, center.y + name.1 / 2.0 + 1.0)));
            }
        }
        if names.len() == arrows.len() {
            return Ok((names, values));
        }
    }
    sheet.no_room("names of places")
}

/// The arrow of a round speed, right above the plot.
fn paint_key(sheet: &mut Sheet<'_>, cross: &Cross, key: &KeyArrow, wide: f32) -> Drawing<()> {
    let length = unit(sheet, cross) * key.speed as f32;
    let y = (sheet.area.top - key.room * 0.62).round();
    let width = sheet.label_width(sheet.tick_px, &key.text)?;
    let right = cross.plot.right;
    let spec = TextSpec::new(&key.text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::LegendLabel);
    sheet.set(spec.at(right, y, Align::End, VAlign::Middle))?;
    let mark = sheet.scene.ornament();
    let end = right - width - 8.0;
    let color = sheet.color(0).readable_on(sheet.look.ground, 2.6);
    paint_arrow(sheet, mark, Point::new(end - length, y), Point::new(end, y), wide, color);
    Ok(())
}
