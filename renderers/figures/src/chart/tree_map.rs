//! Tree maps: one tile for each row, its area the number, laid out as near to squares as the order allows.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Rect, Role};

use super::legend::{self, Entry, Key};
use super::sheet::{Drawing, Sheet};

/// The texts inside one tile.
struct Inside {
    lines: Vec<String>,
    px: f32,
}

/// Draws a tree map: names inside the tiles, or a legend when a tile is too small for its name.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let values = sheet.wants_values(rows, 14);
    let area = sheet.area;
    for (named, printed) in [(true, values), (true, false), (false, false)] {
        if printed && !values {
            continue;
        }
        sheet.area = area;
        let marks = (sheet.scene.elements.len(), sheet.scene.items.len());
        if !named {
            let entries: Vec<Entry> = (0..rows)
                .map(|row| Entry {
                    value: values.then(|| (sheet.shown(row, 1).to_owned(), Datum::cell(row, 1))),
                    ..Entry::new(sheet.row_name(row), sheet.color(row), Key::Square)
                })
                .collect();
            legend::draw(sheet, &entries)?;
        }
        let a = sheet.area;
        let frame = Rect::new(a.left.round(), a.top.round(), a.right.round(), a.bottom.round());
        let tiles = tiles(sheet, frame);
        let mut texts = Vec::new();
        if named {
            for (row, tile) in tiles.iter().enumerate() {
                match inside(sheet, row, tile, printed)? {
                    Some(found) => texts.push(found),
                    None => break,
                }
            }
            if texts.len() < rows {
                sheet.scene.elements.truncate(marks.0);
                sheet.scene.items.truncate(marks.1);
                continue;
            }
        }
        return paint(sheet, &tiles, &texts, printed, !named);
    }
    sheet.no_room("names of the tiles")
}

fn paint(sheet: &mut Sheet<'_>, tiles: &[Rect], texts: &[Inside], printed: bool, each: bool) -> Drawing<()> {
    let colors = colors(sheet, each);
    let gap = sheet.rng("tile gap").whole(1, 3) as f32;
    for (row, tile) in tiles.iter().enumerate() {
        let mark = sheet.cell_mark(Role::Tile, row, 1);
        let rect = Rect { right: tile.right - gap, bottom: tile.bottom - gap, ..*tile };
        let corner = sheet.look.corner.min(6.0);
        sheet.scene.round_rect(mark, rect, corner, colors[row]);
    }
    for (row, text) in texts.iter().enumerate() {
        let ink = colors[row].ink();
        let line = (text.px * 1.2).round();
        let (x, mut y) = (tiles[row].left + PAD, tiles[row].top + PAD);
        for words in &text.lines {
            let spec = TextSpec::new(words, sheet.face, text.px, ink, Role::DirectLabel)
                .at(x, y, Align::Start, VAlign::Top)
                .showing([Datum::cell(row, 0)]);
            sheet.set(spec)?;
            y += line;
        }
        if printed {
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.bold, text.px, ink, Role::ValueLabel)
                .at(x, y, Align::Start, VAlign::Top)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
    }
    sheet.resolve(1, (0.0, 1.25));
    Ok(())
}

const PAD: f32 = 7.0;

/// The name of a row in as many lines as its tile has room for, with room for the value if that is printed.
fn inside(sheet: &Sheet<'_>, row: usize, tile: &Rect, value: bool) -> Drawing<Option<Inside>> {
    let room = tile.width() - 2.0 * PAD - 3.0;
    // Large tiles would look empty with small names.
    let large = [(1.7, 70_000.0), (1.4, 40_000.0), (1.2, 20_000.0)]
        .into_iter()
        .filter(|(_, area)| tile.area() > *area)
        .map(|(share, _)| (sheet.text_px * share).round());
    let sizes = large.chain([sheet.text_px, sheet.tick_px, 9.5]);
    for px in sizes {
        let Some(lines) = sheet.lines(sheet.face, px, sheet.shown(row, 0), room)? else { continue };
        let count = lines.len() + usize::from(value);
        let height = (px * 1.2).round() * count as f32 - px * 0.2;
        let fits_value = !value || sheet.width(sheet.bold, px, sheet.shown(row, 1))? <= room;
        if fits_value && height + 2.0 * PAD <= tile.height() {
            return Ok(Some(Inside { lines, px }));
        }
    }
    Ok(None)
}

/// Each tile its own colour, or all from light to deep by their rank.
fn colors(sheet: &Sheet<'_>, each: bool) -> Vec<Color> {
    let rows = sheet.rows();
    if each || sheet.chance("colours of tiles", 0.6) {
        return (0..rows).map(|row| sheet.color(row)).collect();
    }
    let largest = sheet.values(1, 1).into_iter().fold(0.0, f64::max);
    let base = sheet.color(0);
    let shade = |row: usize| {
        let share = libm::sqrt(sheet.value(row, 1).unwrap_or(0.0) / largest) as f32;
        base.mix(sheet.look.panel, (1.0 - share) * 0.6)
    };
    (0..rows).map(shade).collect()
}

/// The squarified layout of Bruls, Huizing and van Wijk (2000): large to small, each strip along the shorter side.
fn tiles(sheet: &Sheet<'_>, frame: Rect) -> Vec<Rect> {
    let rows = sheet.rows();
    let values: Vec<f64> = (0..rows).map(|row| sheet.value(row, 1).unwrap_or(0.0)).collect();
    let total: f64 = values.iter().sum();
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    let areas: Vec<f32> = values.iter().map(|v| (v / total) as f32 * frame.area()).collect();
    let mut tiles = vec![frame; rows];
    let (mut left, mut from) = (frame, 0);
    while from < rows {
        let side = left.width().min(left.height()).max(1.0);
        let worst = |to: usize| {
            let strip: f32 = order[from..to].iter().map(|i| areas[*i]).sum();
            let thick = strip / side;
            order[from..to]
                .iter()
                .map(|i| {
                    let long = areas[*i] / thick;
                    (long / thick).max(thick / long)
                })
                .fold(0.0f32, f32::max)
        };
        let mut to = from + 1;
        while to < rows && worst(to + 1) <= worst(to) {
            to += 1;
        }
        let strip: f32 = order[from..to].iter().map(|i| areas[*i]).sum();
        let upright = left.width() >= left.height();
        let thick = if to == rows {
            if upright { left.width() } else { left.height() }
        } else {
            (strip / side).round().max(1.0)
        };
        let (start, end) = if upright { (left.top, left.bottom) } else { (left.left, left.right) };
        let mut used = 0.0;
        let mut at = start;
        for (index, i) in order[from..to].iter().enumerate() {
            used += areas[*i];
            let next =
                if from + index + 1 == to { end } else { (start + (end - start) * used / strip).round() };
            tiles[*i] = if upright {
                Rect::new(left.left, at, left.left + thick, next)
            } else {
                Rect::new(at, left.top, next, left.top + thick)
            };
            at = next;
        }
        if upright {
            left.left += thick;
        } else {
            left.top += thick;
        }
        from = to;
    }
    tiles
}
