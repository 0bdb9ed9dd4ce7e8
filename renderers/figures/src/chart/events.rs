//! Timelines: events along an axis of days or years, named beside it.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::legend::{self, Entry, Key};
use super::sheet::{Drawing, Name, Sheet, around};
use super::spread::spread;
use super::time_axis::TimeAxis;

/// The texts of one event.
struct Flag {
    lines: Vec<String>,
    width: f32,
    height: f32,
}

/// Draws a timeline, lying or upright.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let groups = groups(sheet, 2);
    if groups.len() > 1 {
        let entries: Vec<Entry> = groups
            .iter()
            .enumerate()
            .map(|(index, name)| Entry::new(name.clone(), sheet.color(index), Key::Dot))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let colors: Vec<Color> = (0..sheet.rows())
        .map(|row| {
            let own = groups.iter().position(|g| g.data.contains(&Datum::cell(row, 2)));
            own.map_or(sheet.look.accent, |index| sheet.color(index))
        })
        .collect();
    let lying = sheet.area.width() > sheet.area.height() * 1.5;
    let ways = if lying { [true, false] } else { [false, true] };
    for lying in ways {
        let done = if lying { lie(sheet, &colors)? } else { stand(sheet, &colors)? };
        if done {
            return Ok(());
        }
    }
    sheet.no_room("names of the events")
}

/// The different texts of a column in their order, each with all its cells; none without that column.
pub(super) fn groups(sheet: &Sheet<'_>, column: usize) -> Vec<Name> {
    let mut groups: Vec<Name> = Vec::new();
    if sheet.table.columns.len() <= column {
        return groups;
    }
    for row in 0..sheet.rows() {
        let text = sheet.shown(row, column);
        match groups.iter_mut().find(|g| g.text == text) {
            Some(group) => group.data.push(Datum::cell(row, column)),
            None => groups.push(Name { text: text.to_owned(), data: vec![Datum::cell(row, column)] }),
        }
    }
    groups
}

/// True when the times are years: they are printed as the numbers they are.
pub(super) fn in_years(sheet: &Sheet<'_>) -> bool {
    (0..sheet.rows()).all(|row| sheet.value(row, 1).is_some_and(|v| format!("{v:.0}") == sheet.shown(row, 1)))
}

/// The axis of the times in column 1.
pub(super) fn axis(sheet: &Sheet<'_>, pixels: f32) -> Drawing<TimeAxis> {
    let values = sheet.values(1, 1);
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let play = ((high - low) * 0.03).max(1.0);
    if in_years(sheet) {
        return Ok(TimeAxis::years(low - play, high + play));
    }
    TimeAxis::days(sheet, low - play, high + play, pixels)
}

fn flag(sheet: &Sheet<'_>, row: usize, room: f32) -> Drawing<Option<Flag>> {
    let px = sheet.text_px;
    let Some(lines) = sheet.lines(sheet.face, px, sheet.shown(row, 0), room)? else { return Ok(None) };
    let date = sheet.width(sheet.bold, sheet.tick_px, sheet.shown(row, 1))?;
    if lines.len() > 3 || date > room {
        return Ok(None);
    }
    let width = sheet.widest(px, lines.iter().map(String::as_str))?.max(date);
    let height = (px * 1.2).round() * (lines.len() + 1) as f32 + 2.0 * PAD;
    Ok(Some(Flag { lines, width, height }))
}

/// What lies between the texts of a flag and its edge.
const PAD: f32 = 5.0;

/// Paints a flag with date and name below each other; its texts begin at `x`, its edge is a little before.
fn paint_flag(sheet: &mut Sheet<'_>, row: usize, flag: &Flag, x: f32, top: f32, color: Color) -> Drawing<()> {
    let step = (sheet.text_px * 1.2).round();
    let tint = color.mix(sheet.look.ground, 0.84);
    let cloth = sheet.scene.ornament();
    let edge = Rect::new(x - PAD, top, x + flag.width + PAD + 1.0, top + flag.height);
    sheet.scene.round_rect(cloth, edge, sheet.look.corner.min(5.0), tint);
    let top = top + PAD;
    let strong = sheet.readable(color).readable_on(tint, 4.6);
    let date = TextSpec::new(sheet.shown(row, 1), sheet.bold, sheet.tick_px, strong, Role::DirectLabel)
        .at(x, top + step / 2.0, Align::Start, VAlign::Middle)
        .showing([Datum::cell(row, 1)]);
    sheet.set(date)?;
    for (index, text) in flag.lines.iter().enumerate() {
        let y = top + step * (index as f32 + 1.5);
        let spec = TextSpec::new(text, sheet.face, sheet.text_px, sheet.look.ink, Role::DirectLabel)
            .at(x, y, Align::Start, VAlign::Middle)
            .showing([Datum::cell(row, 0)]);
        sheet.set(spec)?;
    }
    Ok(())
}

/// The dot of an event, which is its mark.
fn dot(sheet: &mut Sheet<'_>, row: usize, at: Point, color: Color) {
    let radius = (sheet.text_px * 0.42).round().max(4.0);
    let mark = sheet.scene.mark(Role::Dot, sheet.shown(row, 0), [Datum::cell(row, 1)]);
    let ground = sheet.look.ground;
    sheet.scene.circle(mark, at, radius + 1.5, ground);
    sheet.scene.circle(mark, at, radius, color);
    sheet.locate(mark, around(at, radius), at, color);
}

/// A lying axis with flags above and below: of two flags that would overlap, the earlier one stands farther out, so
/// that no stem runs through a name.
fn lie(sheet: &mut Sheet<'_>, colors: &[Color]) -> Drawing<bool> {
    let rows = sheet.rows();
    let area = sheet.area;
    let mut rng = sheet.rng("lying");
    let sides = if rng.chance(0.75) { 2 } else { 1 };
    let first = rng.below(2);
    for room in [150.0, 120.0, 96.0] {
        let room = room * sheet.text_px / 12.0;
        let mut flags = Vec::new();
        for row in 0..rows {
            match flag(sheet, row, room)? {
                Some(found) => flags.push(found),
                None => break,
            }
        }
        if flags.len() < rows {
            continue;
        }
        let last = flags[rows - 1].width + 2.0 * PAD + 4.0;
        let (from, to) = (area.left + 10.0, area.right - last);
        if to - from < 0.5 * area.width() {
            continue;
        }
        let axis = axis(sheet, to - from)?;
        let x: Vec<f32> =
            (0..rows).map(|row| axis.at(sheet.value(row, 1).unwrap_or(0.0), from, to).round()).collect();
        let side = |row: usize| if sides == 1 { 0 } else { (row + first) % 2 };
        // How far out each flag begins, from the axis; later ones first.
        let clear = sheet.text_px * 1.5;
        let mut out = vec![0.0f32; rows];
        for row in (0..rows).rev() {
            let beyond = (row + 1..rows)
                .filter(|other| {
                    side(*other) == side(row) && x[*other] < x[row] + flags[row].width + 2.0 * PAD + 8.0
                })
                .map(|other| out[other] + flags[other].height + 6.0)
                .fold(clear, f32::max);
            out[row] = beyond;
        }
        let reach = |wanted: usize| {
            (0..rows)
                .filter(|row| side(*row) == wanted)
                .map(|row| out[row] + flags[row].height)
                .fold(clear * 1.2, f32::max)
        };
        let tick_depth = sheet.tick_px * 1.7;
        let (above, below) = (reach(0), if sides == 1 { 0.0 } else { reach(1) });
        let deep = (below + if below > 0.0 { tick_depth } else { 0.0 }).max(tick_depth);
        if above + deep > area.height() {
            continue;
        }
        let y = (area.top + above + (area.height() - above - deep) / 2.0).round();
        let hanging: Vec<f32> = (0..rows).filter(|row| side(*row) == 1).map(|row| x[row]).collect();
        lying_axis(sheet, &axis, (from - 6.0, area.right), (from, to), y, &hanging)?;
        let offset = tick_depth;
        for row in 0..rows {
            let up = side(row) == 0;
            let far =
                if up { y - out[row] - flags[row].height } else { y + out[row] + flags[row].height + offset };
            let stem = sheet.scene.ornament();
            let line = Stroke::new(colors[row].mix(sheet.look.ground, 0.25), 1.2);
            sheet.scene.line(stem, Point::new(x[row], y), Point::new(x[row], far), line);
            let top = if up { far } else { far - flags[row].height };
            paint_flag(sheet, row, &flags[row], x[row] + PAD + 0.5, top, colors[row])?;
        }
        (0..rows).for_each(|row| dot(sheet, row, Point::new(x[row], y), colors[row]));
        let resolution = axis.resolution(to - from);
        sheet.resolve(1, resolution);
        return Ok(true);
    }
    Ok(false)
}

/// The line, and the names of its ticks right below it where no stem stands.
fn lying_axis(
    sheet: &mut Sheet<'_>,
    axis: &TimeAxis,
    line: (f32, f32),
    (from, to): (f32, f32),
    y: f32,
    stems: &[f32],
) -> Drawing<()> {
    let look = sheet.look;
    let strong = look.ink.mix(look.ground, 0.35);
    let thick = *sheet.rng("axis of time").pick(&[1.5, 2.0, 3.0]);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    sheet.scene.line(mark, Point::new(line.0, y), Point::new(line.1, y), Stroke::new(strong, thick));
    let mut end = f32::NEG_INFINITY;
    for (time, name) in &axis.ticks {
        let x = axis.at(*time, from, to).round();
        let half = sheet.label_width(sheet.tick_px, name)? / 2.0;
        let crossed = stems.iter().any(|stem| (stem - x).abs() < half + 4.0);
        if crossed || x - half < end + 8.0 || x + half > line.1 {
            continue;
        }
        sheet.scene.rect(mark, Rect::new(x, y - 4.0, x + 1.0, y + 4.0), strong);
        end = x + half;
        let spec = TextSpec::new(name, sheet.face, sheet.tick_px, look.soft_ink, Role::TickLabel).at(
            x,
            y + 9.0,
            Align::Middle,
            VAlign::Top,
        );
        sheet.set(spec)?;
    }
    Ok(())
}

/// An upright axis with the flags beside it, moved apart where they would overlap.
fn stand(sheet: &mut Sheet<'_>, colors: &[Color]) -> Drawing<bool> {
    let rows = sheet.rows();
    let area = sheet.area;
    let mut rng = sheet.rng("standing");
    let both = rng.chance(0.4) && rows > 5;
    let axis_at = if both { area.center().x } else { area.left + 0.16 * area.width() };
    let axis_at = axis_at.round();
    let reach = sheet.text_px * 2.6;
    let room = if both { axis_at - area.left - reach } else { area.right - axis_at - reach } - PAD - 1.0;
    let mut flags = Vec::new();
    for row in 0..rows {
        match flag(sheet, row, room)? {
            Some(found) => flags.push(found),
            None => return Ok(false),
        }
    }
    let (from, to) = (area.top + sheet.text_px * 1.4, area.bottom - sheet.text_px * 1.6);
    let axis = axis(sheet, (to - from) * 2.2)?;
    let y: Vec<f32> = (0..rows).map(|row| axis.at(sheet.value(row, 1).unwrap_or(0.0), from, to)).collect();
    let highest = flags.iter().map(|flag| flag.height).fold(0.0, f32::max);
    let mut places = vec![0.0; rows];
    for side in 0..if both { 2 } else { 1 } {
        let own: Vec<usize> = (0..rows).filter(|row| !both || row % 2 == side).collect();
        let wishes: Vec<f32> = own.iter().map(|row| y[*row]).collect();
        let (low, high) = (area.top + highest / 2.0, area.bottom - highest / 2.0);
        let Some(moved) = spread(&wishes, highest + 5.0, low, high) else { return Ok(false) };
        own.into_iter().zip(moved).for_each(|(row, place)| places[row] = place);
    }
    let look = sheet.look;
    let strong = look.ink.mix(look.ground, 0.35);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    let ends = (Point::new(axis_at, area.top), Point::new(axis_at, area.bottom));
    sheet.scene.line(mark, ends.0, ends.1, Stroke::new(strong, 2.0));
    if !both {
        for (time, name) in &axis.ticks {
            let y = axis.at(*time, from, to).round();
            sheet.scene.rect(mark, Rect::new(axis_at - 4.0, y, axis_at + 4.0, y + 1.0), strong);
            let spec = TextSpec::new(name, sheet.face, sheet.tick_px, look.soft_ink, Role::TickLabel).at(
                axis_at - 10.0,
                y,
                Align::End,
                VAlign::Middle,
            );
            if sheet.label_width(sheet.tick_px, name)? < axis_at - 10.0 - area.left {
                sheet.set(spec)?;
            }
        }
    }
    for row in 0..rows {
        let right = !both || row % 2 == 0;
        let sign = if right { 1.0 } else { -1.0 };
        let (near, far) = (axis_at + sign * 7.0, axis_at + sign * (reach - PAD));
        let stem = sheet.scene.ornament();
        let line = Stroke::new(colors[row].mix(look.ground, 0.25), 1.2);
        let points = [Point::new(near, y[row]), Point::new(far, places[row])];
        sheet.scene.polyline(stem, &points, line);
        let x = if right { axis_at + reach } else { axis_at - reach - flags[row].width - 1.0 };
        paint_flag(sheet, row, &flags[row], x, places[row] - flags[row].height / 2.0, colors[row])?;
    }
    (0..rows).for_each(|row| dot(sheet, row, Point::new(axis_at, y[row]), colors[row]));
    let resolution = axis.resolution(to - from);
    sheet.resolve(1, resolution);
    Ok(true)
}
