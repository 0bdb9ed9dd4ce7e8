//! Gantt charts: tasks as bars over a calendar.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Rect, Role};

use super::legend::{self, Entry, Key};
use super::plane::grid_color;
use super::sheet::{Drawing, Name, Sheet};
use super::time_axis::TimeAxis;
use super::value_label;
use crate::look::Grid;

/// Where the dates of a task are printed.
#[derive(Clone, Copy, PartialEq)]
enum Dates {
    /// In columns beside the names.
    Columns,
    /// At both ends of the bars.
    Ends,
    /// Nowhere: the axis must do.
    Axis,
}

/// A line of the chart.
enum Line {
    Group(usize),
    Task(usize),
}

/// Draws a Gantt chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let rows = sheet.rows();
    let groups = groups(sheet);
    let headed = groups.len() > 1 && sheet.chance("groups as headings", 0.55);
    if groups.len() > 1 && !headed {
        let entries: Vec<Entry> = groups
            .iter()
            .enumerate()
            .map(|(index, name)| Entry::new(name.clone(), sheet.color(index), Key::Square))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let wish = [Dates::Columns, Dates::Ends, Dates::Axis][sheet.rng("dates").weighted(&[4.0, 3.0, 2.0])];
    let values = sheet.wants_values(rows, 24);
    let area = sheet.area;
    for (dates, values) in [(wish, values), (wish, false), (Dates::Axis, values), (Dates::Axis, false)] {
        sheet.area = area;
        let marks = (sheet.scene.elements.len(), sheet.scene.items.len());
        if chart(sheet, &groups, headed, dates, values)? {
            return Ok(());
        }
        sheet.scene.elements.truncate(marks.0);
        sheet.scene.items.truncate(marks.1);
    }
    sheet.no_room("tasks beside their calendar")
}

/// The groups in their order, each with all its cells.
fn groups(sheet: &Sheet<'_>) -> Vec<Name> {
    let mut groups: Vec<Name> = Vec::new();
    if sheet.table.columns.len() < 5 {
        return groups;
    }
    for row in 0..sheet.rows() {
        let text = sheet.shown(row, 4);
        match groups.iter_mut().find(|g| g.text == text) {
            Some(group) => group.data.push(Datum::cell(row, 4)),
            None => groups.push(Name { text: text.to_owned(), data: vec![Datum::cell(row, 4)] }),
        }
    }
    groups
}

fn chart(sheet: &mut Sheet<'_>, groups: &[Name], headed: bool, dates: Dates, values: bool) -> Drawing<bool> {
    let rows = sheet.rows();
    let (px, tick) = (sheet.text_px, sheet.tick_px);
    let group_of = |row: usize| groups.iter().position(|g| g.data.contains(&Datum::cell(row, 4)));
    let mut lines = Vec::new();
    for row in 0..rows {
        let begins = groups.iter().position(|g| g.data.first() == Some(&Datum::cell(row, 4)));
        if let Some(group) = begins.filter(|_| headed) {
            lines.push(Line::Group(group));
        }
        lines.push(Line::Task(row));
    }
    let indent = if headed { px * 0.9 } else { 0.0 };
    let mut names = 0.0f32;
    for row in 0..rows {
        names = names.max(sheet.label_width(px, sheet.shown(row, 0))? + indent);
    }
    if headed {
        for group in groups {
            names = names.max(sheet.width(sheet.bold, px, &group.text)?);
        }
    }
    let shown = |column: usize| (0..rows).map(move |row| (row, column));
    let date = {
        let mut widest = 0.0f32;
        for (row, column) in shown(1).chain(shown(2)) {
            widest = widest.max(sheet.label_width(tick, sheet.shown(row, column))?);
        }
        widest
    };
    let days = sheet.widest(tick, (0..rows).map(|row| sheet.shown(row, 3)))?;
    let head = |column: usize| sheet.width(sheet.bold, tick, &sheet.table.columns[column].name);
    let gap = (px * 1.1).round();
    let column = date.max(head(1)?).max(head(2)?);
    let columns = if dates == Dates::Columns { 2.0 * (column + gap) } else { 0.0 };
    let area = sheet.area;
    let (before, after) = match dates {
        Dates::Ends => (date + 8.0, date + 8.0),
        _ => (0.0, 0.0),
    };
    let after = after.max(if values { days + 8.0 } else { 4.0 });
    let left = (area.left + names + gap + columns).ceil();
    let (from, to) = (left + before, area.right - after - 2.0);
    let above = (tick * 1.9).round();
    let top = area.top + above;
    let pitch = ((area.bottom - top - 4.0) / lines.len() as f32).min(54.0).floor();
    if names > 0.42 * area.width() || to - from < 0.36 * area.width() || pitch < px * 1.35 {
        return Ok(false);
    }
    let bottom = top + pitch * lines.len() as f32;
    let low = sheet.values(1, 1).into_iter().fold(f64::INFINITY, f64::min);
    let high = sheet.values(2, 2).into_iter().fold(f64::NEG_INFINITY, f64::max) + 1.0;
    let play = (high - low) * 0.015;
    let axis = TimeAxis::days(sheet, low - play, high + play, to - from)?;
    paint_back(sheet, &axis, &lines, (left, from, to), (top, bottom, pitch))?;
    if dates == Dates::Columns {
        for (place, number) in [(0, 1), (1, 2)] {
            let x = area.left + names + gap + (column + gap) * place as f32;
            let name = sheet.header(number);
            let spec = TextSpec::new(&name.text, sheet.bold, tick, sheet.look.ink, Role::HeaderCell).at(
                x,
                top - above * 0.55,
                Align::Start,
                VAlign::Middle,
            );
            sheet.set(spec.showing(name.data.iter().copied()))?;
        }
    }
    let thick = (pitch * (1.0 - sheet.look.gap).clamp(0.5, 0.8)).round().max(4.0);
    for (place, line) in lines.iter().enumerate() {
        let middle = (top + pitch * (place as f32 + 0.5)).round();
        match line {
            Line::Group(group) => {
                let color = sheet.readable(sheet.color(*group));
                let spec = TextSpec::new(&groups[*group].text, sheet.bold, px, color, Role::GroupLabel).at(
                    area.left,
                    middle,
                    Align::Start,
                    VAlign::Middle,
                );
                sheet.set(spec.showing(groups[*group].data.iter().copied()))?;
            }
            Line::Task(row) => {
                let row = *row;
                let name = sheet.row_name(row);
                let spec = TextSpec::new(&name.text, sheet.face, px, sheet.look.ink, Role::TickLabel).at(
                    area.left + indent,
                    middle,
                    Align::Start,
                    VAlign::Middle,
                );
                sheet.set(spec.showing(name.data.iter().copied()))?;
                let color = sheet.color(group_of(row).unwrap_or(0));
                let x = |column: usize, more: f64| {
                    axis.at(sheet.value(row, column).unwrap_or(0.0) + more, from, to)
                };
                let rect = Rect::new(
                    x(1, 0.0).round(),
                    middle - (thick / 2.0).round(),
                    x(2, 1.0).round().max(x(1, 0.0).round() + 2.0),
                    middle + (thick / 2.0).round(),
                );
                bar(sheet, row, rect, color);
                if dates == Dates::Columns {
                    for (place, number) in [(0, 1), (1, 2)] {
                        let x = area.left + names + gap + (column + gap) * place as f32;
                        text(sheet, row, number, (x, middle, Align::Start), Role::BodyCell)?;
                    }
                }
                let ground = ground(sheet, place);
                if dates == Dates::Ends {
                    for (number, at) in [
                        (1, (rect.left - 6.0, middle, Align::End)),
                        (2, (rect.right + 6.0, middle, Align::Start)),
                    ] {
                        plate(sheet, (row, number), at, ground)?;
                        text(sheet, row, number, at, Role::DirectLabel)?;
                    }
                }
                if values {
                    duration(sheet, row, rect, (color, ground), dates == Dates::Ends)?;
                }
            }
        }
    }
    if values && sheet.scene.elements.iter().filter(|e| e.role == Role::ValueLabel).count() < rows {
        return Ok(false);
    }
    let resolution = axis.resolution(to - from);
    (1..=3).for_each(|column| sheet.resolve(column, resolution));
    Ok(true)
}

fn bar(sheet: &mut Sheet<'_>, row: usize, rect: Rect, color: Color) {
    let label = sheet.shown(row, 0);
    let data = [3, 1, 2].map(|column| Datum::cell(row, column));
    let mark = sheet.scene.mark(Role::Bar, label, data);
    let corner = sheet.look.corner.min(rect.height() * 0.4).min(rect.width() * 0.4);
    sheet.scene.round_rect(mark, rect, corner, color);
}

fn text(
    sheet: &mut Sheet<'_>,
    row: usize,
    column: usize,
    (x, y, align): (f32, f32, Align),
    role: Role,
) -> Drawing<()> {
    let spec = TextSpec::new(sheet.shown(row, column), sheet.face, sheet.tick_px, sheet.look.soft_ink, role)
        .at(x, y, align, VAlign::Middle)
        .showing([Datum::cell(row, column)]);
    sheet.set(spec).map(|_| ())
}

/// Keeps the lines of the calendar from running through a text beside a bar: a plate in the colour of its line.
fn plate(
    sheet: &mut Sheet<'_>,
    (row, column): (usize, usize),
    (x, y, align): (f32, f32, Align),
    ground: Color,
) -> Drawing<()> {
    if sheet.look.grid == Grid::None {
        return Ok(());
    }
    let (width, height) = value_label::size(sheet, sheet.shown(row, column))?;
    let left = match align {
        Align::Start => x,
        Align::Middle => x - width / 2.0,
        Align::End => x - width,
    };
    let plate = sheet.scene.ornament();
    sheet.scene.rect(plate, Rect::sized(left - 2.0, y - height / 2.0, width + 4.0, height), ground);
    Ok(())
}

/// The days of a task, in its bar or after it; left out where only the inside is free and too narrow.
fn duration(
    sheet: &mut Sheet<'_>,
    row: usize,
    rect: Rect,
    (color, ground): (Color, Color),
    inside_only: bool,
) -> Drawing<()> {
    let px = sheet.tick_px;
    let width = sheet.label_width(px, sheet.shown(row, 3))?;
    let fits = width + 8.0 <= rect.width() && sheet.cap(px) + 4.0 <= rect.height();
    let (x, align, ink) = if fits {
        (rect.center().x, Align::Middle, color.ink())
    } else if inside_only {
        return Ok(());
    } else {
        (rect.right + 6.0, Align::Start, sheet.look.ink)
    };
    if !fits {
        plate(sheet, (row, 3), (x, rect.center().y, align), ground)?;
    }
    let spec = TextSpec::new(sheet.shown(row, 3), sheet.face, px, ink, Role::ValueLabel)
        .at(x, rect.center().y, align, VAlign::Middle)
        .showing([Datum::cell(row, 3)]);
    sheet.set(spec).map(|_| ())
}

/// True where every second line is tinted.
fn striped(sheet: &Sheet<'_>) -> bool {
    sheet.chance("stripes", 0.4)
}

/// The colour of stripes.
fn tint(sheet: &Sheet<'_>) -> Color {
    sheet.look.panel.mix(sheet.look.ink, 0.045)
}

/// What lies behind the line of a task.
fn ground(sheet: &Sheet<'_>, place: usize) -> Color {
    if place % 2 == 1 && striped(sheet) { tint(sheet) } else { sheet.look.panel }
}

/// Stripes, lines of the calendar and the names of its days.
fn paint_back(
    sheet: &mut Sheet<'_>,
    axis: &TimeAxis,
    lines: &[Line],
    (left, from, to): (f32, f32, f32),
    (top, bottom, pitch): (f32, f32, f32),
) -> Drawing<()> {
    let right = sheet.area.right;
    let look = sheet.look;
    if look.panel != look.ground {
        let panel = sheet.scene.ornament();
        sheet.scene.rect(panel, Rect::new(left, top, right, bottom), look.panel);
    }
    let (striped, tint) = (striped(sheet), tint(sheet));
    for (place, line) in lines.iter().enumerate() {
        let heading = matches!(line, Line::Group(_));
        if (striped && place % 2 == 1 && !heading) || (heading && !striped) {
            let y = top + pitch * place as f32;
            let stripe = sheet.scene.ornament();
            sheet.scene.rect(stripe, Rect::new(sheet.area.left, y, right, y + pitch), tint);
        }
    }
    let grid = grid_color(sheet);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    let mut end = f32::NEG_INFINITY;
    for (time, name) in &axis.ticks {
        let x = axis.at(*time, from, to).round();
        if look.grid != Grid::None {
            sheet.scene.rect(mark, Rect::new(x, top, x + 1.0, bottom), grid);
        } else {
            sheet.scene.rect(mark, Rect::new(x, top - 4.0, x + 1.0, top), look.soft_ink);
        }
        let width = sheet.label_width(sheet.tick_px, name)?;
        let start = x - width / 2.0;
        if start < end + 6.0 || start < left - 4.0 || start + width > right + 2.0 {
            continue;
        }
        end = start + width;
        let spec = TextSpec::new(name, sheet.face, sheet.tick_px, look.soft_ink, Role::TickLabel).at(
            x,
            top - 7.0,
            Align::Middle,
            VAlign::Baseline,
        );
        sheet.set(spec)?;
    }
    let strong = Stroke::new(look.ink.mix(look.ground, 0.4), 1.0);
    let (y, ends) = (top.round() + 0.5, (left, right));
    let points = [pixmo_render::Point::new(ends.0, y), pixmo_render::Point::new(ends.1, y)];
    sheet.scene.line(mark, points[0], points[1], strong);
    Ok(())
}
