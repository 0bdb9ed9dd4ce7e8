//! Population pyramids: two series of bars back to back.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Rect, Role};

use super::bars::{End, bounds, paint, series_entry, thickness};
use super::legend;
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Sheet};
use super::value_label::{self, Tag};
use crate::look::LegendPlace;

/// Draws a population pyramid.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let values = sheet.values(1, 2);
    let (_, high) = bounds(&values);
    let headings = sheet.look.legend == LegendPlace::Direct || sheet.chance("headings of sides", 0.55);
    let heading_px = sheet.text_px;
    if headings {
        sheet.area.top += (heading_px * 1.6).round();
    } else {
        let entries = [series_entry(sheet, 1), series_entry(sheet, 2)];
        legend::draw(sheet, &entries)?;
    }
    let mut plan = Plan::new(sheet, 1, 2, -high, high);
    (plan.lying, plan.unsigned) = (true, true);
    let fill = (1.0 - sheet.look.gap * 0.6).min(0.9);
    let bars = |plane: &Plane| -> Vec<Tag> {
        let thick = thickness(plane, fill);
        let mut tags = Vec::new();
        for row in 0..sheet.rows() {
            for (column, sign) in [(1, -1.0), (2, 1.0)] {
                let value = sign * sheet.value(row, column).unwrap_or(0.0);
                let mut bar = plane.bar(row, thick, (0.0, 1.0), 0.0, value);
                if column == 1 && bar.width() > 1.0 {
                    bar.right -= 1.0;
                }
                let color = sheet.color(column - 1);
                tags.push(Tag { row, column, bar, forward: column == 2, color, middle: false });
            }
        }
        tags
    };
    let mut chosen = None;
    if sheet.wants_values(2 * sheet.rows(), 30) {
        let width = value_label::widest(sheet, 1, 2)? + 7.0;
        plan.room = (width, width);
        plan.axis = !sheet.chance("values instead of axis", 0.4);
        if let Ok(plane) = Plane::new(sheet, &plan) {
            let tags = bars(&plane);
            let mut walls: Vec<Rect> = tags.iter().map(|tag| tag.bar).collect();
            walls.extend(plane.strong_lines(sheet, Some(0.0)));
            let placed = value_label::for_bars(sheet, true, false, &plane.limit, &tags, &walls)?;
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
    let tags = bars(&plane);
    plane.paint_back(sheet, &plan)?;
    if headings {
        let middle = plane.scale.at(0.0);
        let top = sheet.area.top - (heading_px * 1.6).round();
        for (column, x, align) in [(1, middle - 10.0, Align::End), (2, middle + 10.0, Align::Start)] {
            let name = sheet.header(column);
            let room =
                if column == 1 { middle - 10.0 - sheet.area.left } else { sheet.area.right - middle - 10.0 };
            if sheet.width(sheet.bold, heading_px, &name.text)? > room {
                return sheet.no_room("headings of the sides");
            }
            let color = sheet.readable(sheet.color(column - 1));
            let spec = TextSpec::new(&name.text, sheet.bold, heading_px, color, Role::DirectLabel);
            sheet.set(spec.at(x, top, align, VAlign::Top).showing(name.data))?;
        }
    }
    for tag in &tags {
        let mark = sheet.cell_mark(Role::Bar, tag.row, tag.column);
        let end = if tag.forward { End::Right } else { End::Left };
        let corner = sheet.look.corner;
        paint(sheet, mark, tag.bar, tag.color, end, corner);
    }
    plane.paint_front(sheet, Some(0.0));
    value_label::paint(sheet, &printed)?;
    for column in 1..=2 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}
