//! Event strips: one lane for each thing, and a tick or dot in it for each event.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::ValueLabels;
use super::events::{axis, groups};
use super::legend::{self, Entry, Key};
use super::plane::grid_color;
use super::sheet::{Drawing, Sheet, around};
use crate::Resolution;
use crate::look::Grid;

/// How an event is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Tick,
    Dot,
    Diamond,
}

/// Draws an event strip.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let kinds = groups(sheet, 2);
    let mut rng = sheet.rng("form of events");
    let form = [Form::Tick, Form::Dot, Form::Diamond][rng.weighted(&[3.0, 3.0, 1.0])];
    let by_lane = kinds.len() < 2 && rng.chance(0.5);
    if kinds.len() > 1 {
        let key = if form == Form::Dot { Key::Dot } else { Key::Square };
        let entries: Vec<Entry> = kinds
            .iter()
            .enumerate()
            .map(|(index, name)| Entry::new(name.clone(), sheet.color(index), key.clone()))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let lanes = &sheet.spec.data.tables[1];
    let px = sheet.text_px;
    let counted = sheet.spec.value_labels != ValueLabels::Never && sheet.chance("counts of lanes", 0.7);
    let area = sheet.area;
    let mut names = Vec::new();
    let mut wide = 0.0f32;
    for lane in &lanes.rows {
        let Some(lines) = sheet.lines(sheet.face, px, &lane[0].shown, 0.28 * area.width())? else {
            return sheet.no_room("names of the lanes");
        };
        wide = wide.max(sheet.widest(px, lines.iter().map(String::as_str))?);
        names.push(lines);
    }
    let head = &lanes.columns[1].name;
    let counts = if counted {
        let texts = lanes.rows.iter().map(|lane| lane[1].shown.as_str());
        sheet.widest(px, texts)?.max(sheet.width(sheet.bold, sheet.tick_px, head)?) + px * 1.2
    } else {
        0.0
    };
    let (left, right) = ((area.left + wide + px).ceil(), (area.right - counts).floor());
    let top = area.top + if counted { (sheet.tick_px * 1.8).round() } else { 0.0 };
    let bottom = area.bottom - (sheet.tick_px * 2.1).round();
    let pitch = ((bottom - top) / names.len() as f32).min(96.0).floor();
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1) as f32 * px * 1.2;
    if right - left < 0.4 * area.width() || pitch < deepest + 4.0 || pitch < 18.0 {
        return sheet.no_room("lanes");
    }
    let bottom = top + pitch * names.len() as f32;
    let axis = axis(sheet, right - left)?;
    let (from, to) = (left + 8.0, right - 8.0);
    paint_lanes(sheet, names.len(), (left, right), (top, pitch))?;
    let grid = grid_color(sheet);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    let strong = sheet.look.ink.mix(sheet.look.ground, 0.4);
    sheet.scene.rect(mark, Rect::new(left, bottom, right, bottom + 1.0), strong);
    let mut end = f32::NEG_INFINITY;
    for (time, name) in &axis.ticks {
        let x = axis.at(*time, from, to).round();
        if sheet.look.grid != Grid::None {
            sheet.scene.rect(mark, Rect::new(x, top, x + 1.0, bottom), grid);
        }
        sheet.scene.rect(mark, Rect::new(x, bottom, x + 1.0, bottom + 5.0), strong);
        let half = sheet.label_width(sheet.tick_px, name)? / 2.0;
        if x - half < end + 6.0 || x + half > area.right || x - half < area.left {
            continue;
        }
        end = x + half;
        let ink = sheet.look.soft_ink;
        let spec = TextSpec::new(name, sheet.face, sheet.tick_px, ink, Role::TickLabel).at(
            x,
            bottom + 9.0,
            Align::Middle,
            VAlign::Top,
        );
        sheet.set(spec)?;
    }
    // Neighbours may touch, but none covers another one.
    let places: Vec<(usize, f32)> = (0..rows)
        .map(|row| {
            let lane = lanes.rows.iter().position(|l| l[0].shown == sheet.shown(row, 0)).unwrap_or(0);
            (lane, axis.at(sheet.value(row, 1).unwrap_or(0.0), from, to).round())
        })
        .collect();
    let nearest = (0..rows).flat_map(|a| (0..a).map(move |b| (a, b)));
    let nearest = nearest
        .filter(|(a, b)| places[*a].0 == places[*b].0)
        .map(|(a, b)| (places[a].1 - places[b].1).abs())
        .fold(f32::INFINITY, f32::min);
    let radius = (pitch * 0.16).min(7.5).min(nearest * 0.8).max(3.5);
    for (row, (lane, x)) in places.iter().copied().enumerate() {
        let kind = kinds.iter().position(|k| k.data.contains(&Datum::cell(row, 2)));
        let color = match kind {
            Some(kind) if kinds.len() > 1 => sheet.color(kind),
            _ if by_lane => sheet.color(lane),
            _ => sheet.color(0),
        };
        let at = Point::new(x, top + pitch * (lane as f32 + 0.5));
        event(sheet, row, at, ((pitch * 0.3).min(17.0), radius), (form, color));
    }
    for (lane, lines) in names.iter().enumerate() {
        let middle = top + pitch * (lane as f32 + 0.5);
        let step = (px * 1.2).round();
        let mut y = middle - step * (lines.len() - 1) as f32 / 2.0;
        let own = (0..rows).filter(|row| sheet.shown(*row, 0) == lanes.rows[lane][0].shown);
        let mut data = vec![Datum::at(1, lane, 0)];
        data.extend(own.map(|row| Datum::cell(row, 0)));
        for text in lines {
            let spec = TextSpec::new(text, sheet.face, px, sheet.look.ink, Role::TickLabel).at(
                left - px * 0.7,
                y,
                Align::End,
                VAlign::Middle,
            );
            sheet.set(spec.showing(data.iter().copied()))?;
            y += step;
        }
        if counted {
            let spec =
                TextSpec::new(&lanes.rows[lane][1].shown, sheet.bold, px, sheet.look.ink, Role::ValueLabel)
                    .at(area.right, middle, Align::End, VAlign::Middle)
                    .showing([Datum::at(1, lane, 1)]);
            sheet.set(spec)?;
        }
    }
    if counted {
        let spec = TextSpec::new(head, sheet.bold, sheet.tick_px, sheet.look.soft_ink, Role::HeaderCell)
            .at(area.right, area.top, Align::End, VAlign::Top)
            .showing([Datum::header(1, 1)]);
        sheet.set(spec)?;
    }
    let resolution = axis.resolution(to - from);
    sheet.resolve(1, resolution);
    sheet.resolutions.push(Resolution {
        table: 1,
        column: 1,
        difference: 1.0,
        ratio: 1.0,
        scale: true,
        in_row: None,
    });
    Ok(())
}

fn paint_lanes(
    sheet: &mut Sheet<'_>,
    count: usize,
    (left, right): (f32, f32),
    (top, pitch): (f32, f32),
) -> Drawing<()> {
    let look = sheet.look;
    let banded = sheet.chance("bands of lanes", 0.6);
    let tint = look.panel.mix(look.ink, 0.06);
    for lane in 0..count {
        let back = sheet.scene.ornament();
        let y = top + pitch * lane as f32;
        if banded {
            let inset = (pitch * 0.12).round();
            sheet.scene.round_rect(
                back,
                Rect::new(left, y + inset, right, y + pitch - inset),
                look.corner.min(6.0),
                tint,
            );
        } else {
            let middle = (y + pitch / 2.0).round();
            sheet.scene.rect(
                back,
                Rect::new(left, middle, right, middle + 1.0),
                look.ink.mix(look.ground, 0.75),
            );
        }
    }
    Ok(())
}

/// Draws one event: a tick reaches `half` up and down, other forms have a radius and a rim in the colour of the ground.
fn event(
    sheet: &mut Sheet<'_>,
    row: usize,
    at: Point,
    (half, radius): (f32, f32),
    (form, color): (Form, Color),
) {
    let label = format!("{}, {}", sheet.shown(row, 0), sheet.shown(row, 1));
    let mark = sheet.scene.mark(Role::Dot, label, [Datum::cell(row, 1)]);
    let rim = sheet.look.ground;
    match form {
        Form::Tick => {
            let rect = Rect::new(at.x - 1.5, at.y - half, at.x + 1.5, at.y + half);
            sheet.scene.rect(mark, rect, color);
        }
        Form::Dot => {
            sheet.scene.circle(mark, at, radius + 1.0, rim);
            sheet.scene.circle(mark, at, radius, color);
        }
        Form::Diamond => {
            for (reach, fill) in [(radius * 1.2 + 1.4, rim), (radius * 1.2, color)] {
                let points = [
                    Point::new(at.x, at.y - reach),
                    Point::new(at.x + reach, at.y),
                    Point::new(at.x, at.y + reach),
                    Point::new(at.x - reach, at.y),
                ];
                sheet.scene.polygon(mark, &points, fill);
            }
        }
    }
    sheet.locate(mark, around(at, radius), at, color);
}
