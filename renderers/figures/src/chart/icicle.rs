//! Icicle charts: the groups as a column of tiles as high as their sums, and beside each its parts.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Rect, Role};

use super::levels::{self, Group, group_mark, group_shown, part_colors};
use super::sheet::{Drawing, Name, Sheet};

/// A tile with what is written in it.
struct Tile {
    rect: Rect,
    name: Name,
    lines: Vec<String>,
    value: Option<Name>,
    px: f32,
    /// The value stands at the right end of the last line, not below it.
    beside: bool,
}

/// Draws an icicle chart from left to right.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let wanted = sheet.wants_values(sheet.rows(), 16);
    let groups = levels::groups(sheet);
    let rooted = sheet.chance("root", 0.55);
    if !rooted {
        levels::paint_measure(sheet)?;
    }
    let area = sheet.area;
    let title = sheet.header_with_unit(1);
    let root = if rooted { (sheet.text_px * 2.4).round() } else { 0.0 };
    if rooted && sheet.width(sheet.bold, sheet.text_px, &title.text)? > area.height() * 0.92 {
        return sheet.no_room("root of the icicle");
    }
    let share = sheet.rng("share of groups").range32(0.36, 0.5);
    let gap = sheet.rng("tile gap").whole(1, 2) as f32;
    let board =
        Rect::new((area.left + root).round(), area.top.round(), area.right.round(), area.bottom.round());
    let middle = (board.left + board.width() * share).round();
    let y = |share: f64| (board.top + board.height() * share as f32).round();
    let spans = levels::spans(sheet);
    let sizes = [1.0, 0.86, 0.74].map(|share| (sheet.text_px * share).max(9.5));
    let ways = [true, false].into_iter().filter(|printed| wanted || !printed);
    for (printed, px) in ways.flat_map(|printed| sizes.map(|px| (printed, px))) {
        let mut tops = Vec::new();
        for group in &groups {
            let rect = Rect::new(board.left, y(group.from), middle - gap, y(group.to) - gap);
            let value = printed.then(|| Name {
                text: group_shown(sheet, group).to_owned(),
                data: vec![Datum::at(1, group.index, 1)],
            });
            tops.extend(fit(sheet, rect, px, group.name.clone(), value)?);
        }
        let mut parts = Vec::new();
        for (row, (from, to)) in spans.iter().enumerate() {
            let rect = Rect::new(middle, y(*from), board.right, y(*to) - gap);
            let value = printed
                .then(|| Name { text: sheet.shown(row, 1).to_owned(), data: vec![Datum::cell(row, 1)] });
            parts.extend(fit(sheet, rect, px, sheet.row_name(row), value)?);
        }
        if tops.len() == groups.len() && parts.len() == spans.len() {
            if rooted {
                paint_root(
                    sheet,
                    Rect::new(area.left, board.top, board.left - gap, board.bottom - gap),
                    title,
                )?;
            }
            return paint(sheet, &groups, &tops, &parts);
        }
    }
    sheet.no_room("names of the tiles")
}

const PAD: f32 = 8.0;

/// Breaks a name so that it fits into its tile with its value.
fn fit(sheet: &Sheet<'_>, rect: Rect, px: f32, name: Name, value: Option<Name>) -> Drawing<Option<Tile>> {
    let line = (px * 1.2).round();
    let room = rect.width() - 2.0 * PAD;
    let value_width = match &value {
        Some(value) => sheet.width(sheet.bold, px, &value.text)?,
        None => 0.0,
    };
    for beside in [true, false] {
        let taken = if beside && value.is_some() { value_width + 10.0 } else { 0.0 };
        if room <= taken || value_width > room {
            continue;
        }
        let Some(lines) = sheet.lines(sheet.face, px, &name.text, room - taken)? else { continue };
        let count = lines.len() + usize::from(!beside && value.is_some());
        let height = line * (count - 1) as f32 + sheet.cap(px) + 0.3 * px;
        if height + 3.0 <= rect.height() {
            return Ok(Some(Tile { rect, name, lines, value, px, beside }));
        }
    }
    Ok(None)
}

/// The column of the whole, with what is measured written along it.
fn paint_root(sheet: &mut Sheet<'_>, rect: Rect, title: Name) -> Drawing<()> {
    let color = sheet.look.ground.mix(sheet.look.ink, if sheet.look.dark { 0.3 } else { 0.16 });
    let mark = sheet.scene.ornament();
    let corner = sheet.look.corner.min(4.0);
    sheet.scene.round_rect(mark, rect, corner, color);
    let at = rect.center();
    let spec = TextSpec::new(&title.text, sheet.bold, sheet.text_px, color.ink(), Role::AxisTitle)
        .at(at.x, at.y, Align::Middle, VAlign::Middle)
        .turned(270.0)
        .showing(title.data);
    sheet.set(spec)?;
    Ok(())
}

fn paint(sheet: &mut Sheet<'_>, groups: &[Group], tops: &[Tile], parts: &[Tile]) -> Drawing<()> {
    let colors = part_colors(sheet, groups);
    for (group, tile) in groups.iter().zip(tops) {
        let color = group.color;
        let mark = group_mark(sheet, Role::Tile, group);
        let corner = sheet.look.corner.min(4.0);
        sheet.scene.round_rect(mark, tile.rect, corner, color);
        write(sheet, tile, color)?;
    }
    for (row, tile) in parts.iter().enumerate() {
        let mark = sheet.cell_mark(Role::Tile, row, 1);
        let corner = sheet.look.corner.min(4.0);
        sheet.scene.round_rect(mark, tile.rect, corner, colors[row]);
        write(sheet, tile, colors[row])?;
    }
    let total: f64 = sheet.values(1, 1).iter().sum();
    let high: f64 = parts.iter().map(|tile| f64::from(tile.rect.height())).sum();
    levels::resolve(sheet, (4.0 * total / high).max(0.012 * total), 1.0);
    Ok(())
}

fn write(sheet: &mut Sheet<'_>, tile: &Tile, color: Color) -> Drawing<()> {
    let px = tile.px;
    let (line, ink, rect) = ((px * 1.2).round(), color.ink(), tile.rect);
    let below = tile.value.is_some() && !tile.beside;
    let count = tile.lines.len() + usize::from(below);
    let first = rect.center().y - line * (count - 1) as f32 / 2.0;
    for (index, words) in tile.lines.iter().enumerate() {
        let spec = TextSpec::new(words, sheet.face, px, ink, Role::DirectLabel)
            .at(rect.left + PAD, first + line * index as f32, Align::Start, VAlign::Middle)
            .showing(tile.name.data.iter().copied());
        sheet.set(spec)?;
    }
    if let Some(value) = &tile.value {
        let (x, y, align) = if below {
            (rect.left + PAD, first + line * (count - 1) as f32, Align::Start)
        } else {
            (rect.right - PAD, rect.center().y, Align::End)
        };
        let spec = TextSpec::new(&value.text, sheet.bold, px, ink, Role::ValueLabel)
            .at(x, y, align, VAlign::Middle)
            .showing(value.data.iter().copied());
        sheet.set(spec)?;
    }
    Ok(())
}
