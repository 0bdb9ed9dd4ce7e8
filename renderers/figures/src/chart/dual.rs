//! Charts with two axes: bars on the left one, a line on the right one.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{ColumnKind, Point, Role};

use super::bars::{self, End, bounds};
use super::cross::format_of;
use super::legend::{self, Entry, Key};
use super::lines::marker_radius;
use super::plane::{Plan, Plane, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet, around};

/// Draws bars and a line over them, each with its axis. Both axes share the grid.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (bar_color, line_color) = {
        let (a, b) = bars::opposite(sheet);
        let (bar, line) = (a.mix(sheet.look.panel, 0.3), b.readable_on(sheet.look.panel, 2.2));
        // The line crosses the bars and must not sink into them.
        if bar.distance(line) > 0.22 { (bar, line) } else { (bar, sheet.look.ink) }
    };
    // Nothing else says which of the two axes the bars are read on.
    let entries = [
        Entry::new(sheet.header(1), bar_color, Key::Square),
        Entry::new(sheet.header(2), line_color, Key::Line(Vec::new(), true)),
    ];
    legend::draw(sheet, &entries)?;
    let (_, high) = bounds(&sheet.values(1, 1));
    let format = |column: usize, largest: f64| {
        tick_format(sheet, &format_of(sheet.table, column, sheet.spec.value_format), largest)
    };
    let mut plan = Plan::new(sheet, 1, 1, 0.0, high);
    plan.format = format(1, high);
    plan.thin = sheet.table.columns[0].kind == ColumnKind::Time;
    plan.right_axis = false;
    plan.value_title = Some(sheet.header_with_unit(1));

    let (low, high) = bounds(&sheet.values(2, 2));
    let low = if low >= 0.0 && (low < 0.5 * high || sheet.chance("from zero", 0.4)) {
        0.0
    } else {
        // The lowest point keeps off the feet of the bars.
        low - 0.12 * (high - low)
    };
    let format = format(2, low.abs().max(high.abs()));
    let title = sheet.header_with_unit(2);
    let Some(lines) = sheet.lines(sheet.face, text, &title.text, sheet.area.height() * 0.72)? else {
        return sheet.no_room("title of the right axis");
    };
    if lines.len() > 2 {
        return sheet.no_room("title of the right axis");
    }
    let line = (text * 1.22).round();
    let title_depth = line * lines.len() as f32 + 4.0;
    // The number of steps is that of the left axis, which depends on the room: lay out, measure, lay out again.
    let first = Plane::new(sheet, &plan)?;
    let second = |steps: usize| Scale::linear_with(low, high.max(low + 1e-9), steps).printed(&format);
    let scale = second(first.scale.steps());
    let ticks = sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?.ceil();
    plan.after = ticks + 8.0 + title_depth;
    let plane = Plane::new(sheet, &plan)?;
    let scale = second(plane.scale.steps());
    let ticks = sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?.ceil();
    if ticks + 8.0 + title_depth > plan.after + 8.0 {
        return sheet.no_room("ticks of the right axis");
    }
    let scale = scale.spanning(plane.plot.bottom, plane.plot.top);
    plane.paint_back(sheet, &plan)?;
    for tick in &scale.ticks {
        let y = scale.at(tick.value).round() + 0.5;
        let spec = TextSpec::new(&tick.text, sheet.face, px, sheet.look.soft_ink, Role::TickLabel);
        sheet.set(spec.at(plane.plot.right + 7.0, y, Align::Start, VAlign::Middle))?;
    }
    for (index, words) in lines.iter().enumerate() {
        let x = sheet.area.right - sheet.cap(text) / 2.0 - 1.0 - line * index as f32;
        let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::AxisTitle)
            .at(x, plane.plot.center().y, Align::Middle, VAlign::Middle)
            .turned(90.0)
            .showing(title.data.iter().copied());
        sheet.set(spec)?;
    }
    let thick = bars::thickness(&plane, 1.0 - sheet.look.gap);
    for row in 0..sheet.rows() {
        let rect = plane.bar(row, thick, (0.0, 1.0), 0.0, sheet.value(row, 1).unwrap_or(0.0));
        let mark = sheet.cell_mark(Role::Bar, row, 1);
        let corner = sheet.look.corner;
        bars::paint(sheet, mark, rect, bar_color, End::Top, corner);
    }
    plane.paint_front(sheet, Some(0.0));
    let points: Vec<Point> = (0..sheet.rows())
        .map(|row| Point::new(plane.centers[row], scale.at(sheet.value(row, 2).unwrap_or(0.0))))
        .collect();
    let name = sheet.header(2);
    let mark = sheet.scene.mark(Role::Line, name.text, name.data);
    sheet.scene.polyline(mark, &points, Stroke::new(line_color, sheet.look.stroke.max(2.0)).rounded());
    for (row, point) in points.into_iter().enumerate() {
        let mark = sheet.cell_mark(Role::LinePoint, row, 2);
        let radius = marker_radius(sheet);
        sheet.scene.circle(mark, point, radius, line_color);
        sheet.locate(mark, around(point, radius), point, line_color);
    }
    sheet.resolve(1, plane.scale.resolution());
    sheet.resolve(2, scale.resolution());
    Ok(())
}
