//! Calendars: one tile for each day, in weeks and months as on a wall, coloured by a ramp.

use pixmo_render::font::Style;
use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Point, Rect, Role};

use super::heat_map::{RAMP_WIDTH, Shades, paint_ramp};
use super::sheet::{Drawing, Sheet};
use super::value_label;

/// Columns of the table: the day, the number, the month, the day of the week.
const MONTH: usize = 2;
const WEEKDAY: usize = 3;

/// One month of the table.
struct Month {
    /// Its rows, from the first day to the last.
    rows: std::ops::Range<usize>,
    /// Column of the first day in its week.
    first: usize,
}

impl Month {
    fn weeks(&self) -> usize {
        (self.first + self.rows.len()).div_ceil(7)
    }
}

/// How the months are laid out.
struct Layout {
    columns: usize,
    /// Width and height of a day.
    tile: (f32, f32),
    /// Height of the name of a month and of the days of the week.
    head: f32,
    gap: f32,
    weeks: usize,
}

/// Draws a calendar.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let start = if sheet.chance("weeks from Sunday", 0.35) { 6 } else { 0 };
    let months = months(sheet, start);
    let unit = sheet.unit_unsaid(1);
    let shades = Shades::of(sheet, &sheet.values(1, 1)).in_unit(unit).beginning_at(sheet.look.ground);
    let wanted = months.len() == 1 && sheet.wants_values(31, 31);
    let with_ramp = !wanted || unit.is_some() || sheet.chance("ramp beside values", 0.5);
    let full = sheet.area;
    let after = shades.width(sheet)? + sheet.tick_px * 1.4;
    if with_ramp {
        sheet.area.right -= after;
    }
    let mut layout = lay_out(sheet, &months)?;
    let printed = wanted && values_fit(sheet, &layout)?;
    if !with_ramp && !printed {
        sheet.area.right -= after;
        layout = lay_out(sheet, &months)?;
    }
    let block = |index: usize| {
        let width = layout.tile.0 * 7.0 + layout.gap;
        let height = layout.tile.1 * layout.weeks as f32 + layout.head + layout.gap;
        ((index % layout.columns) as f32 * width, (index / layout.columns) as f32 * height)
    };
    let columns = layout.columns.min(months.len());
    let used = layout.tile.0 * 7.0 * columns as f32 + layout.gap * (columns - 1) as f32;
    let left = (sheet.area.left + (sheet.area.width() - used).max(0.0) / 2.0).round();
    let top = sheet.area.top.round();
    let mut bottom = top;
    for (index, month) in months.iter().enumerate() {
        let (x, y) = block(index);
        let corner = Point::new(left + x, top + y);
        paint_month(sheet, &layout, month, corner, start, &shades, printed)?;
        bottom = bottom.max(corner.y + layout.head + layout.tile.1 * month.weeks() as f32);
    }
    if with_ramp || !printed {
        let x = left + used + sheet.tick_px * 1.4;
        let span = Rect::new(x, top + layout.head, x + RAMP_WIDTH, bottom.min(top + layout.head + 320.0));
        if x + shades.width(sheet)? > full.right + 1.0 {
            return sheet.no_room("ramp of colours");
        }
        paint_ramp(sheet, &shades, span)?;
    }
    sheet.resolve(1, shades.resolution());
    Ok(())
}

/// The days of the week as the table calls them, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Place of a row's day in a week that starts with the day of this number.
fn place(sheet: &Sheet<'_>, row: usize, start: usize) -> usize {
    let day = WEEKDAYS.iter().position(|d| *d == sheet.shown(row, WEEKDAY)).unwrap_or(0);
    (day + 7 - start) % 7
}

fn months(sheet: &Sheet<'_>, start: usize) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for row in 0..sheet.rows() {
        match months.last_mut() {
            Some(last) if sheet.shown(last.rows.start, MONTH) == sheet.shown(row, MONTH) => {
                last.rows.end = row + 1;
            }
            _ => months.push(Month { rows: row..row + 1, first: place(sheet, row, start) }),
        }
    }
    months
}

/// As many months side by side as make the days largest.
fn lay_out(sheet: &Sheet<'_>, months: &[Month]) -> Drawing<Layout> {
    let area = sheet.area;
    let head = (sheet.text_px * 1.75 + sheet.tick_px * 1.5).round();
    let gap = (sheet.text_px * 1.5).round();
    let weeks = months.iter().map(Month::weeks).max().unwrap_or(6);
    let mut best: Option<Layout> = None;
    for columns in 1..=months.len() {
        let lines = months.len().div_ceil(columns);
        let wide = ((area.width() - gap * (columns - 1) as f32) / (7 * columns) as f32).floor();
        let high = (area.height() - (head + gap) * lines as f32 + gap) / (lines * weeks) as f32;
        // Days are about square.
        let (wide, high) = (wide.min(high * 1.7).floor(), high.min(wide * 1.15).floor());
        if best.as_ref().is_none_or(|b| wide * high > b.tile.0 * b.tile.1) {
            best = Some(Layout { columns, tile: (wide, high), head, gap, weeks });
        }
    }
    let least = sheet.label_width(day_px(sheet), "30")? + 4.0;
    match best {
        Some(layout) if layout.tile.0 >= least && layout.tile.1 >= day_px(sheet) * 1.35 => Ok(layout),
        _ => sheet.no_room("days"),
    }
}

/// Size of the numbers of days.
fn day_px(sheet: &Sheet<'_>) -> f32 {
    (sheet.tick_px * 0.92).max(9.5)
}

fn values_fit(sheet: &Sheet<'_>, layout: &Layout) -> Drawing<bool> {
    let widest = value_label::widest(sheet, 1, 1)?;
    Ok(widest + 8.0 <= layout.tile.0 && layout.tile.1 >= 3.1 * sheet.tick_px)
}

fn paint_month(
    sheet: &mut Sheet<'_>,
    layout: &Layout,
    month: &Month,
    corner: Point,
    start: usize,
    shades: &Shades,
    printed: bool,
) -> Drawing<()> {
    let (wide, high) = layout.tile;
    let rows = month.rows.clone();
    let name = sheet.shown(rows.start, MONTH).to_owned();
    let face = sheet.look.face(Style::Bold);
    let spec = TextSpec::new(&name, face, sheet.text_px, sheet.look.ink, Role::GroupLabel)
        .at(corner.x + wide * 3.5, corner.y + 2.0, Align::Middle, VAlign::Top)
        .showing(rows.clone().map(|row| Datum::cell(row, MONTH)));
    sheet.set(spec)?;
    paint_weekdays(sheet, layout, month, corner, start)?;
    let gap = if sheet.chance("gaps between days", 0.8) { 1.0 } else { 0.0 };
    let round = sheet.look.corner.min(5.0) * gap;
    let top = corner.y + layout.head;
    for (day, row) in rows.enumerate() {
        let at = month.first + day;
        let (x, y) = (corner.x + wide * (at % 7) as f32, top + high * (at / 7) as f32);
        let tile = Rect::new(x, y, x + wide - gap, y + high - gap);
        let mut ink = sheet.look.soft_ink;
        if let Some(value) = sheet.value(row, 1) {
            let color = shades.color(value);
            let mark = sheet.cell_mark(Role::Tile, row, 1);
            sheet.scene.round_rect(mark, tile, round, color);
            ink = color.ink();
        } else {
            let empty = sheet.scene.ornament();
            sheet.scene.frame(empty, tile.grown(-0.5), round, Stroke::new(sheet.look.line, 1.0));
        }
        let number = (day + 1).to_string();
        let px = day_px(sheet);
        let spec =
            TextSpec::new(&number, sheet.face, px, ink, Role::TickLabel).showing([Datum::cell(row, 0)]);
        let spec = if printed {
            spec.at(tile.left + 4.0, tile.top + 4.0, Align::Start, VAlign::Top)
        } else {
            spec.at(tile.center().x, tile.center().y, Align::Middle, VAlign::Middle)
        };
        sheet.set(spec)?;
        if printed && sheet.value(row, 1).is_some() {
            let y = tile.bottom - 0.34 * (tile.height() - 4.0 - sheet.cap(px));
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.bold, sheet.tick_px, ink, Role::ValueLabel)
                .at(tile.center().x, y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
    }
    Ok(())
}

/// The days of the week above a month, as short as the width of a day asks for.
fn paint_weekdays(
    sheet: &mut Sheet<'_>,
    layout: &Layout,
    month: &Month,
    corner: Point,
    start: usize,
) -> Drawing<()> {
    let px = sheet.tick_px.min(layout.tile.0 * 0.6).max(9.5);
    let letters = |count: usize| (0..7).map(move |day| &WEEKDAYS[day][..count]);
    let fits =
        |count: usize| -> Drawing<bool> { Ok(sheet.widest(px, letters(count))? + 5.0 <= layout.tile.0) };
    let count = if fits(3)? && sheet.chance("three letters", 0.6) {
        3
    } else if fits(2)? {
        2
    } else {
        1
    };
    for column in 0..7 {
        let day = (column + start) % 7;
        let rows = month.rows.clone().filter(|row| (month.first + row - month.rows.start) % 7 == column);
        let x = corner.x + layout.tile.0 * (column as f32 + 0.5) - 0.5;
        let y = corner.y + layout.head - 0.5 * px;
        let spec =
            TextSpec::new(&WEEKDAYS[day][..count], sheet.face, px, sheet.look.soft_ink, Role::TickLabel)
                .at(x, y, Align::Middle, VAlign::Baseline)
                .showing(rows.map(|row| Datum::cell(row, WEEKDAY)));
        sheet.set(spec)?;
    }
    Ok(())
}
