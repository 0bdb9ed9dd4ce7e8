//! Funnels: bars or trapezes in the middle, each as wide as its number.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::axis::Beside;
use super::bars::{self, End};
use super::sheet::{Drawing, Sheet};
use super::value_label;

/// Draws a funnel.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let values = sheet.wants_values(rows, 8);
    let area = sheet.area;
    let pitch = (area.height() / rows as f32).floor().min(96.0);
    let names = sheet.row_names();
    let beside = Beside::new(sheet, &names, pitch, 0.36 * area.width())?;
    let widths: Vec<f64> = (0..rows).map(|row| sheet.value(row, 1).unwrap_or(0.0)).collect();
    let widest_value = value_label::widest(sheet, 1, 1)?;
    let left = area.left + beside.width + 14.0;
    // Values stand inside when the narrowest bar has room, else in a column at the right.
    let narrow = widths.iter().copied().fold(f64::INFINITY, f64::min) / widths[0];
    let inside = values && f64::from(area.right - left) * narrow >= f64::from(widest_value) + 12.0;
    let right = area.right - if values && !inside { widest_value + 12.0 } else { 0.0 };
    let room = right - left;
    if room < 120.0 || pitch < sheet.tick_px * 1.7 {
        return sheet.no_room("bars");
    }
    let middle = ((left + right) / 2.0).round();
    let trapezes = sheet.chance("trapezes", 0.5);
    let shaded = sheet.chance("shaded steps", 0.6);
    let gap = if trapezes { 2.0 } else { (pitch * sheet.look.gap * 0.6).round().clamp(2.0, 22.0) };
    let top = area.top.round();
    let half = |row: usize| (room * (widths[row] / widths[0]) as f32 / 2.0).max(1.0);
    let centers: Vec<f32> = (0..rows).map(|row| top + pitch * (row as f32 + 0.5)).collect();
    let column = Rect::new(area.left, area.top, left - 12.0, area.bottom);
    beside.paint(sheet, &names, &centers, &column, Align::End)?;
    for row in 0..rows {
        let color = step_color(sheet, row, shaded);
        let mark = sheet.cell_mark(Role::Bar, row, 1);
        let y = top + pitch * row as f32 + (gap / 2.0).floor();
        let bottom = y + pitch - gap;
        let w = half(row);
        if trapezes {
            let next = half((row + 1).min(rows - 1));
            let corners = [
                Point::new(middle - w, y),
                Point::new(middle + w, y),
                Point::new(middle + next, bottom),
                Point::new(middle - next, bottom),
            ];
            sheet.scene.polygon(mark, &corners, color);
        } else {
            let rect = Rect::new((middle - w).round(), y, (middle + w).round(), bottom);
            bars::paint(sheet, mark, rect, color, End::Right, 0.0);
        }
        sheet.anchor(mark, Point::new(middle, (y + bottom) / 2.0));
        if values {
            let y = (y + bottom) / 2.0;
            let (x, align, ink) = if inside {
                (middle, Align::Middle, color.ink())
            } else {
                (area.right, Align::End, sheet.look.ink)
            };
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.face, sheet.tick_px, ink, Role::ValueLabel)
                .at(x, y, align, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
    }
    // Widths have no axis, only each other: two pixels, or a fortieth of the widest.
    sheet.resolve(1, (widths[0] * f64::from((2.0 / room).max(0.025)), 1.0));
    Ok(())
}

fn step_color(sheet: &Sheet<'_>, row: usize, shaded: bool) -> Color {
    if !shaded {
        return sheet.color(row);
    }
    let share = row as f32 / sheet.rows().max(2) as f32;
    sheet.color(0).mix(sheet.look.panel, share * 0.6).readable_on(sheet.look.ground, 1.35)
}
