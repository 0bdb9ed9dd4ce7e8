//! Charts of dots over categories: lollipops, dot plots, strips of samples.

use pixmo_render::scene::{Paint, Stroke};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::bars::{bounds, lies};
use super::legend::{self, Entry, Key};
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Name, Sheet, around};
use super::value_label::{self, Placer, Printed, Tag};

/// Draws lollipops: a thin stick and a dot at the value.
pub(super) fn lollipops(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let values = sheet.values(1, 1);
    let (low, high) = bounds(&values);
    let mut plan = Plan::new(sheet, 1, 1, low.min(0.0), high.max(0.0));
    plan.lying = lies(sheet);
    let color = sheet.color(0);
    let stick = sheet.rng("stick").range32(1.6, 3.4).round();
    let size = sheet.rng("dot").range32(0.16, 0.3);
    let most = sheet.rng("largest dot").range32(4.5, 11.0);
    let radius = |plane: &Plane| (plane.pitch * size).clamp(3.5, most);
    let filled = |sheet: &Sheet<'_>, plane: &Plane| -> Vec<(usize, Point, Point)> {
        (0..sheet.rows())
            .filter_map(|row| Some((row, plane.point(row, 0.0), plane.point(row, sheet.value(row, 1)?))))
            .collect()
    };
    let mut chosen = None;
    if sheet.wants_values(sheet.rows(), 24) {
        let (width, height) = (value_label::widest(sheet, 1, 1)? + 20.0, 1.75 * sheet.tick_px + 11.0);
        let room = if plan.lying { width } else { height };
        plan.room = (room, if low < 0.0 { room } else { 0.0 });
        plan.axis = !sheet.chance("values instead of axis", 0.4);
        if let Ok(plane) = Plane::new(sheet, &plan) {
            let radius = radius(&plane);
            let tags: Vec<Tag> = filled(sheet, &plane)
                .into_iter()
                .map(|(row, base, tip)| {
                    let dot = around(tip, radius);
                    let thin = around(base, 0.5);
                    let forward = if plan.lying { tip.x >= base.x } else { tip.y <= base.y };
                    // Too narrow for a value inside: all values stand outside.
                    let bar = if plan.lying {
                        Rect { top: tip.y - 0.5, bottom: tip.y + 0.5, ..dot.union(&thin) }
                    } else {
                        Rect { left: tip.x - 0.5, right: tip.x + 0.5, ..dot.union(&thin) }
                    };
                    Tag { row, column: 1, bar, forward, color, middle: false }
                })
                .collect();
            let mut walls: Vec<Rect> =
                filled(sheet, &plane).iter().map(|(_, _, tip)| around(*tip, radius)).collect();
            walls.extend(plane.strong_lines(sheet, Some(0.0)));
            let placed = value_label::for_bars(sheet, plan.lying, false, &plane.limit, &tags, &walls)?;
            chosen = placed.map(|printed| (plane, printed));
        }
    }
    let (plane, printed) = match chosen {
        Some(found) => found,
        None => {
            (plan.room, plan.axis) = ((0.0, 0.0), true);
            (Plane::new(sheet, &plan)?, Vec::new())
        }
    };
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, Some(0.0));
    let (radius, pale) = (radius(&plane), color.mix(sheet.look.panel, 0.35));
    let sticks = if sheet.chance("pale sticks", 0.5) { pale } else { color };
    for (row, base, tip) in filled(sheet, &plane) {
        let mark = sheet.cell_mark(Role::Dot, row, 1);
        let half = stick / 2.0;
        let line = if plan.lying {
            let top = (tip.y - half).round();
            Rect::new(base.x.min(tip.x), top, base.x.max(tip.x), top + stick)
        } else {
            let left = (tip.x - half).round();
            Rect::new(left, base.y.min(tip.y), left + stick, base.y.max(tip.y))
        };
        sheet.scene.element_mut(mark).color = Some(color);
        sheet.scene.rect(mark, line, sticks);
        sheet.scene.circle(mark, tip, radius, color);
        sheet.anchor(mark, tip);
    }
    value_label::paint(sheet, &printed)?;
    sheet.resolve(1, plane.scale.resolution());
    Ok(())
}

/// Draws dots of one to three series on a line for each row.
pub(super) fn dot_plot(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let series = sheet.series();
    let (mut low, high) = bounds(&sheet.values(1, series));
    if low >= 0.0 && (low < 0.35 * high || sheet.chance("from zero", 0.3)) {
        low = 0.0;
    }
    let mut plan = Plan::new(sheet, 1, series, low, high);
    plan.lying = true;
    if series > 1 {
        let entries: Vec<Entry> =
            (1..=series).map(|c| Entry::new(sheet.header(c), sheet.color(c - 1), Key::Dot)).collect();
        legend::draw(sheet, &entries)?;
    }
    let radius = sheet.rng("dot").range32(4.0, 7.5);
    let mut chosen = None;
    if series <= 2 && sheet.wants_values(sheet.rows() * series, 24) {
        let width = value_label::widest(sheet, 1, series)? + radius + 8.0;
        // Of one series, all values stand right of their dots.
        plan.room = (width, if series == 1 { radius } else { width });
        if let Ok(plane) = Plane::new(sheet, &plan) {
            chosen = print_dots(sheet, &plane, radius)?.map(|printed| (plane, printed));
        }
    }
    let (plane, printed) = match chosen {
        Some(found) => found,
        None => {
            plan.room = (radius, radius);
            (Plane::new(sheet, &plan)?, Vec::new())
        }
    };
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, None);
    let guide = sheet.look.line;
    let bridge = sheet.look.soft_ink.mix(sheet.look.panel, 0.55);
    let joined = series > 1 && sheet.chance("joined dots", 0.75);
    for row in 0..sheet.rows() {
        let y = plane.centers[row].round();
        let line = sheet.scene.mark(Role::Axis, "", []);
        let (left, right) = (plane.plot.left, plane.plot.right);
        if !joined {
            let stroke = Stroke::new(guide, 1.0).dashed(&[2.0, 3.0]);
            sheet.scene.line(line, Point::new(left, y + 0.5), Point::new(right, y + 0.5), stroke);
        } else {
            let xs: Vec<f32> =
                (1..=series).filter_map(|c| Some(plane.point(row, sheet.value(row, c)?).x)).collect();
            let (a, b) = xs.iter().fold((f32::INFINITY, 0.0f32), |(a, b), x| (a.min(*x), b.max(*x)));
            sheet.scene.rect(line, Rect::new(a, y - 1.0, b, y + 2.0), bridge);
        }
        for (column, at) in aside(sheet, &plane, row, radius) {
            let mark = sheet.cell_mark(Role::Dot, row, column);
            let color = sheet.color(column - 1);
            let at = Point::new(at.x, at.y.round() + 0.5);
            sheet.scene.circle(mark, at, radius, color);
            sheet.anchor(mark, at);
        }
    }
    value_label::paint(sheet, &printed)?;
    for column in 1..=series {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

/// The dots of a row, those that would hide each other moved up and down in turn, as far as the row has room.
fn aside(sheet: &Sheet<'_>, plane: &Plane, row: usize, radius: f32) -> Vec<(usize, Point)> {
    let mut dots: Vec<(usize, Point)> =
        (1..=sheet.series()).filter_map(|c| Some((c, plane.point(row, sheet.value(row, c)?)))).collect();
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by(|a, b| dots[*a].1.x.total_cmp(&dots[*b].1.x));
    let step = (1.5 * radius).min((plane.pitch / 2.0 - radius - 1.0).max(0.0));
    let mut start = 0;
    while start < order.len() {
        let near = |pair: &[usize]| dots[pair[1]].1.x - dots[pair[0]].1.x < 1.3 * radius;
        let count = 1 + order[start..].windows(2).take_while(|pair| near(pair)).count();
        let cluster: Vec<usize> = order[start..start + count].to_vec();
        for (place, index) in cluster.iter().enumerate().filter(|_| count > 1) {
            let share = place as f32 / (count - 1) as f32 - 0.5;
            dots[*index].1.y += 2.0 * step * share * if count == 2 { 0.6 } else { 1.0 };
        }
        start += count;
    }
    dots
}

/// Values beside their dots: of two dots the left one's value stands left.
fn print_dots(sheet: &Sheet<'_>, plane: &Plane, radius: f32) -> Drawing<Option<Vec<Printed>>> {
    let mut printed = Vec::new();
    let mut placer = Placer { limit: plane.limit, taken: plane.strong_lines(sheet, None), lines: Vec::new() };
    for row in 0..sheet.rows() {
        let mut dots = aside(sheet, plane, row, radius);
        dots.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
        placer.taken.extend(dots.iter().map(|(_, p)| around(*p, radius)));
        for (index, (column, at)) in dots.iter().enumerate() {
            let size = value_label::size(sheet, sheet.shown(row, *column))?;
            let shift = radius + 4.0 + size.0 / 2.0;
            let left = dots.len() == 2 && index == 0;
            let center = Point::new(if left { at.x - shift } else { at.x + shift }, at.y);
            let Some(center) = placer.take(size, &[center]) else { return Ok(None) };
            let color = sheet.look.ink;
            printed.push(Printed { row, column: *column, center, turned: false, color });
        }
    }
    Ok(Some(printed))
}

/// The groups of a long table: their names with all cells that hold them, in order of appearance, and their rows.
pub(super) fn groups(sheet: &Sheet<'_>, column: usize) -> Vec<(Name, Vec<usize>)> {
    let mut groups: Vec<(Name, Vec<usize>)> = Vec::new();
    for row in 0..sheet.rows() {
        let text = sheet.shown(row, column);
        let datum = Datum::cell(row, column);
        match groups.iter_mut().find(|(name, _)| name.text == text) {
            Some((name, rows)) => {
                name.data.push(datum);
                rows.push(row);
            }
            None => groups.push((Name { text: text.to_owned(), data: vec![datum] }, vec![row])),
        }
    }
    groups
}

/// How many places across a strip are tried for a dot.
const PLACES: usize = 14;

/// Draws samples as strips of dots, spread a little across their strip.
pub(super) fn strips(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (mut low, high) = bounds(&sheet.values(1, 1));
    if low >= 0.0 && low < 0.3 * high {
        low = 0.0;
    }
    let groups = groups(sheet, 0);
    let mut plan = Plan::new(sheet, 1, 1, low, high);
    plan.names = groups.iter().map(|(name, _)| name.clone()).collect();
    plan.lying = lies(sheet);
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0));
    let each = groups.len() <= sheet.look.series.len() && sheet.chance("colours of groups", 0.6);
    let mut rng = sheet.rng("jitter");
    let width = (plane.pitch * 0.3).min(44.0);
    let radius = sheet.rng("dot").range32(2.8, 4.8) * sheet.grow;
    for (slot, (_, rows)) in groups.iter().enumerate() {
        let color = sheet.color(if each { slot } else { 0 });
        let mut taken: Vec<Point> = Vec::new();
        for row in rows {
            let Some(value) = sheet.value(*row, 1) else { continue };
            let on = plane.point(slot, value);
            // Of some places across the strip, the first where the dot stands clear of the others, or the clearest.
            let mut best = (on, -1.0f32);
            for _ in 0..PLACES {
                let shift = rng.range32(-width, width);
                let at =
                    if plan.lying { Point::new(on.x, on.y + shift) } else { Point::new(on.x + shift, on.y) };
                let near = |p: &Point| libm::hypotf(p.x - at.x, p.y - at.y);
                let clear = taken.iter().map(near).fold(f32::INFINITY, f32::min);
                if clear > best.1 {
                    best = (at, clear);
                }
                if clear > 2.6 * radius {
                    break;
                }
            }
            taken.push(best.0);
            dot(sheet, *row, 1, best.0, radius, color);
        }
    }
    sheet.resolve(1, plane.scale.resolution());
    Ok(())
}

/// Paints the dot of a cell, a little translucent with a full edge, so that dots over each other can be told apart.
pub(super) fn dot(sheet: &mut Sheet<'_>, row: usize, column: usize, at: Point, radius: f32, color: Color) {
    let label = sheet.mark_name(row, column);
    faded_dot(sheet, label, Datum::cell(row, column), at, radius, color);
}

/// As [`dot`], of a cell of any table.
pub(super) fn faded_dot(
    sheet: &mut Sheet<'_>,
    label: String,
    datum: Datum,
    at: Point,
    radius: f32,
    color: Color,
) {
    let mark = sheet.scene.mark(Role::Dot, label, [datum]);
    sheet.scene.element_mut(mark).color = Some(color);
    sheet.scene.circle(mark, at, radius, Paint::Solid(color.faded(0.72)));
}
