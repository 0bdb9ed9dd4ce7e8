//! Legends: what is placed beside, above or below the plot to name its colours.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::marker::Marker;
use super::sheet::{Drawing, Name, Sheet};
use crate::look::{LegendPlace, Mount, TitlePlace};

/// The sample of a legend entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    /// A small square.
    Square,
    /// A piece of line with these dashes, with or without a dot in its middle.
    Line(Vec<f32>, bool),
    /// A piece of line with a marker in its middle.
    Marked(Marker),
    /// A dot.
    Dot,
}

/// One entry of a legend.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) color: Color,
    pub(super) key: Key,
    /// The text of a value printed after the name, and its cell.
    pub(super) value: Option<(String, Datum)>,
}

impl Entry {
    /// An entry without a value.
    pub(super) fn new(name: Name, color: Color, key: Key) -> Self {
        Self { name, color, key, value: None }
    }
}

/// Draws a legend at the place that the look likes, or at another one where it fits, and takes its room.
pub(super) fn draw(sheet: &mut Sheet<'_>, entries: &[Entry]) -> Drawing<()> {
    let wish = match sheet.look.legend {
        LegendPlace::Direct => LegendPlace::Top,
        place => place,
    };
    let order = match wish {
        LegendPlace::Right => [LegendPlace::Right, LegendPlace::Bottom, LegendPlace::Top],
        LegendPlace::Top => [LegendPlace::Top, LegendPlace::Right, LegendPlace::Bottom],
        _ => [LegendPlace::Bottom, LegendPlace::Right, LegendPlace::Top],
    };
    for place in order {
        let placed = match place {
            LegendPlace::Right => right(sheet, entries)?,
            _ => rows(sheet, entries, place == LegendPlace::Top)?,
        };
        if placed {
            return Ok(());
        }
    }
    sheet.no_room("legend")
}

/// True when the legend would stand right of the plot.
pub(super) fn stands_right(sheet: &Sheet<'_>) -> bool {
    sheet.look.legend == LegendPlace::Right
}

/// True for a part of a larger figure.
fn part(sheet: &Sheet<'_>) -> bool {
    sheet.look.mount == Mount::Part
}

fn taller(rect: &Rect, by: f32) -> Rect {
    Rect { top: rect.top - by, bottom: rect.bottom + by, ..*rect }
}

/// The box that a legend stands in.
fn paint_box(sheet: &mut Sheet<'_>, frame: &Rect) {
    let look = sheet.look;
    let rect = Rect::new(frame.left.round(), frame.top.round(), frame.right.round(), frame.bottom.round());
    let mark = sheet.scene.ornament();
    let line = Stroke::new(look.ground.mix(look.ink, 0.45), 1.0);
    sheet.scene.frame(mark, rect.grown(-0.5), look.corner.min(4.0), line);
}

fn key_width(sheet: &Sheet<'_>, key: &Key) -> f32 {
    match key {
        Key::Line(..) | Key::Marked(_) => (sheet.text_px * 1.9).round(),
        Key::Square | Key::Dot => (sheet.text_px * 0.85).round(),
    }
}

const KEY_GAP: f32 = 6.0;

fn right(sheet: &mut Sheet<'_>, entries: &[Entry]) -> Drawing<bool> {
    let px = sheet.text_px;
    let key = entries.iter().map(|e| key_width(sheet, &e.key)).fold(0.0, f32::max);
    let widest_allowed = (0.27 * sheet.area.width()).min(210.0);
    let mut blocks = Vec::new();
    let (mut width, mut height) = (0.0f32, 0.0f32);
    let (pitch, line) = ((px * 1.62).round(), (px * 1.2).round());
    for entry in entries {
        let Some(lines) = sheet.lines(sheet.face, px, &entry.name.text, widest_allowed)? else {
            return Ok(false);
        };
        let value = value_width(sheet, entry)?;
        width = width.max(sheet.widest(px, lines.iter().map(String::as_str))? + value);
        height += pitch + line * (lines.len() - 1) as f32;
        blocks.push(lines);
    }
    if height > sheet.area.height() * 0.95 || sheet.area.width() < 300.0 {
        return Ok(false);
    }
    let boxed = sheet.look.boxed && !part(sheet);
    let pad = if boxed { (0.55 * px).round() } else { 0.0 };
    let left = (sheet.area.right - width - KEY_GAP - key - pad).floor();
    let slack = sheet.area.height() - height;
    let mut y = sheet.area.top + if sheet.chance("legend in the middle", 0.4) { slack * 0.42 } else { 4.0 };
    if boxed {
        let frame = Rect::new(left - pad, y, left + width + KEY_GAP + key + pad, y + height);
        paint_box(sheet, &taller(&frame, 0.3 * pad));
    }
    for (entry, lines) in entries.iter().zip(&blocks) {
        let middle = (y + pitch / 2.0).round();
        paint_key(sheet, entry, left, key, middle);
        for (index, text) in lines.iter().enumerate() {
            let at = middle + line * index as f32;
            label(sheet, entry, text, left + key + KEY_GAP, at)?;
        }
        value(sheet, entry, &lines[0], left + key + KEY_GAP, middle)?;
        y += pitch + line * (lines.len() - 1) as f32;
    }
    sheet.area.right = left - pad - (px * if boxed { 1.1 } else { 1.5 }).round();
    Ok(true)
}

fn rows(sheet: &mut Sheet<'_>, entries: &[Entry], above: bool) -> Drawing<bool> {
    let px = sheet.text_px;
    let gap = (px * 1.5).round();
    let mut placed: Vec<Vec<(usize, f32)>> = vec![Vec::new()];
    let mut widths = vec![0.0f32];
    for (index, entry) in entries.iter().enumerate() {
        let width = key_width(sheet, &entry.key)
            + KEY_GAP
            + sheet.label_width(px, &entry.name.text)?
            + value_width(sheet, entry)?;
        if width > sheet.area.width() {
            return Ok(false);
        }
        let last = widths.len() - 1;
        let used = widths[last] + if placed[last].is_empty() { 0.0 } else { gap } + width;
        if used > sheet.area.width() {
            placed.push(vec![(index, 0.0)]);
            widths.push(width);
        } else {
            placed[last].push((index, used - width));
            widths[last] = used;
        }
    }
    let pitch = (px * 1.55).round();
    let height = pitch * placed.len() as f32;
    if placed.len() > 4 || height > 0.25 * sheet.area.height() {
        return Ok(false);
    }
    let top = if above { sheet.area.top } else { sheet.area.bottom - height };
    let start = sheet.look.title_place == TitlePlace::Left && above;
    let widest = widths.iter().copied().fold(0.0, f32::max);
    let pad = (0.55 * px).round();
    if sheet.look.boxed && !part(sheet) && !start && widest + 2.0 * pad < sheet.area.width() {
        let (left, middle) = (sheet.area.center().x - widest / 2.0 - pad, top + height / 2.0);
        let frame = Rect::sized(left, middle - height / 2.0, widest + 2.0 * pad, height);
        paint_box(sheet, &taller(&frame, 0.1 * px));
    }
    for (number, (row, width)) in placed.iter().zip(&widths).enumerate() {
        let left = if start { sheet.area.left } else { sheet.area.center().x - width / 2.0 };
        let middle = (top + pitch * (number as f32 + 0.5)).round();
        for (index, x) in row {
            let entry = &entries[*index];
            let key = key_width(sheet, &entry.key);
            let left = (left + x).round();
            paint_key(sheet, entry, left, key, middle);
            label(sheet, entry, &entry.name.text, left + key + KEY_GAP, middle)?;
            value(sheet, entry, &entry.name.text, left + key + KEY_GAP, middle)?;
        }
    }
    if above {
        sheet.area.top += height + (px * 0.8).round();
    } else {
        sheet.area.bottom -= height + (px * 0.7).round();
    }
    Ok(true)
}

fn label(sheet: &mut Sheet<'_>, entry: &Entry, text: &str, x: f32, middle: f32) -> Drawing<()> {
    let ink = sheet.look.ink;
    let spec = TextSpec::new(text, sheet.face, sheet.text_px, ink, Role::LegendLabel);
    sheet.set(spec.at(x, middle, Align::Start, VAlign::Middle).showing(entry.name.data.iter().copied()))?;
    Ok(())
}

const VALUE_GAP: f32 = 8.0;

fn value_width(sheet: &Sheet<'_>, entry: &Entry) -> Drawing<f32> {
    match &entry.value {
        Some((text, _)) => Ok(sheet.width(sheet.bold, sheet.text_px, text)? + VALUE_GAP),
        None => Ok(0.0),
    }
}

fn value(sheet: &mut Sheet<'_>, entry: &Entry, after: &str, x: f32, middle: f32) -> Drawing<()> {
    if let Some((text, datum)) = &entry.value {
        let x = x + sheet.label_width(sheet.text_px, after)? + VALUE_GAP;
        let spec = TextSpec::new(text, sheet.bold, sheet.text_px, sheet.look.ink, Role::ValueLabel);
        sheet.set(spec.at(x, middle, Align::Start, VAlign::Middle).showing([*datum]))?;
    }
    Ok(())
}

fn paint_key(sheet: &mut Sheet<'_>, entry: &Entry, left: f32, width: f32, middle: f32) {
    let data: Vec<Datum> = entry.name.data.clone();
    let mark = sheet.scene.mark(Role::LegendKey, entry.name.text.clone(), data);
    let at = Point::new(left + width / 2.0, middle);
    match &entry.key {
        Key::Square => {
            let half = (sheet.text_px * 0.42).round();
            let corner = sheet.look.corner.min(3.0);
            let rect = Rect::new(left, middle - half, left + 2.0 * half, middle + half);
            sheet.scene.round_rect(mark, rect, corner, entry.color);
        }
        Key::Marked(marker) => {
            let stroke = Stroke::new(entry.color, sheet.look.stroke.max(2.0));
            let (from, to) = (Point::new(left, middle), Point::new(left + width, middle));
            sheet.scene.line(mark, from, to, stroke);
            marker.paint(sheet, mark, at, sheet.look.stroke * 0.9 + 2.4, entry.color);
        }
        Key::Dot => sheet.scene.circle(mark, at, sheet.text_px * 0.4, entry.color),
        Key::Line(dash, dot) => {
            let stroke = Stroke::new(entry.color, sheet.look.stroke.max(2.0)).dashed(dash);
            let (from, to) = (Point::new(left, middle), Point::new(left + width, middle));
            sheet.scene.line(mark, from, to, stroke);
            if *dot {
                sheet.scene.circle(mark, at, sheet.look.stroke * 0.9 + 1.8, entry.color);
            }
        }
    }
}
