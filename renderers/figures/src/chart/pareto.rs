//! Pareto charts: bars from large to small, and over them the line of the share of the total that is reached.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Point, Rect, Role};

use super::bars::{self, End};
use super::legend::{self, Entry, Key};
use super::lines::marker_radius;
use super::plane::{Plan, Plane, grid_line};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet, around};
use super::value_label::{self, Placer, Printed};

/// Draws bars on the left axis, which ends at the total, and the running share on the right one, which ends at 100 %.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (bar_color, line_color) = colors(sheet);
    let titled = sheet.chance("title of shares", 0.45);
    if !titled {
        let entries = [
            Entry::new(sheet.header(1), bar_color, Key::Square),
            Entry::new(sheet.header(2), line_color, Key::Line(Vec::new(), true)),
        ];
        legend::draw(sheet, &entries)?;
    }
    let total: f64 = sheet.values(1, 1).iter().sum();
    let steps = ((sheet.area.height() / (px * 4.5)) as usize).clamp(2, 6);
    let least = super::plane::least_step(sheet.spec.value_format).min(total);
    let mut plan = Plan::new(sheet, 1, 1, 0.0, total);
    plan.scale = Some(Scale::up_to(total, steps, least));
    plan.right_axis = false;
    plan.value_title = Some(sheet.header_with_unit(1));

    let shares = Scale::linear_with(0.0, 100.0, *sheet.rng("percent ticks").pick(&[4, 5, 5]));
    let shares = shares.printed(&bars::percent_format(sheet));
    let ticks = sheet.widest(px, shares.ticks.iter().map(|t| t.text.as_str()))?.ceil();
    let title = sheet.header(2);
    let depth = if titled { (text * 1.22).round() + 4.0 } else { 0.0 };
    if titled && sheet.label_width(text, &title.text)? > sheet.area.height() * 0.72 {
        return sheet.no_room("title of the right axis");
    }
    plan.after = ticks + 9.0 + depth;
    let (plane, printed) = lay_out(sheet, &mut plan, &shares, bar_color)?;
    let shares = shares.spanning(plane.plot.bottom, plane.plot.top);
    plane.paint_back(sheet, &plan)?;
    if let Some(line) = line_at_80(sheet, &plane, &shares) {
        let mark = sheet.scene.mark(Role::Axis, "", []);
        let color = line_color.mix(sheet.look.panel, 0.35);
        let dashes = (0..).map(|i| line.left + 9.0 * i as f32).take_while(|x| *x < line.right);
        for left in dashes {
            let right = (left + 5.0).min(line.right);
            grid_line(sheet, mark, Rect { left, right, ..line }, color);
        }
    }
    paint_shares(sheet, &plane, &shares, titled.then_some(title))?;
    let vital = sheet.chance("vital few", 0.35);
    let quiet = bar_color.mix(sheet.look.panel, 0.5);
    let thick = thickness(sheet, &plane);
    for row in 0..sheet.rows() {
        let rect = plane.bar(row, thick, (0.0, 1.0), 0.0, sheet.value(row, 1).unwrap_or(0.0));
        let before = if row == 0 { 0.0 } else { sheet.value(row - 1, 2).unwrap_or(0.0) };
        let color = if vital && before >= 80.0 { quiet } else { bar_color };
        let mark = sheet.cell_mark(Role::Bar, row, 1);
        let corner = sheet.look.corner;
        bars::paint(sheet, mark, rect, color, End::Top, corner);
    }
    plane.paint_front(sheet, Some(0.0));
    paint_line(sheet, &plane, &shares, line_color);
    value_label::paint(sheet, &printed)?;
    sheet.resolve(1, plane.scale.resolution());
    sheet.resolve(2, shares.resolution());
    Ok(())
}

/// The colours of the bars and of the line, which must not sink into them.
fn colors(sheet: &Sheet<'_>) -> (Color, Color) {
    let (first, second) = bars::opposite(sheet);
    let bar = if sheet.chance("soft bars", 0.5) { first.mix(sheet.look.panel, 0.2) } else { first };
    let line = second.readable_on(sheet.look.panel, 2.2);
    if bar.distance(line) > 0.2 { (bar, line) } else { (bar, sheet.look.ink) }
}

/// The line at the share that a Pareto chart is often read at, where it is drawn.
fn line_at_80(sheet: &Sheet<'_>, plane: &Plane, shares: &Scale) -> Option<Rect> {
    let y = shares.at(80.0).round();
    let line = Rect::new(plane.plot.left, y, plane.plot.right, y + 1.0);
    sheet.chance("line at 80", 0.4).then_some(line)
}

/// Bars of a Pareto chart stand near to each other, or touch.
fn thickness(sheet: &Sheet<'_>, plane: &Plane) -> f32 {
    let share = 1.0 - sheet.look.gap * sheet.rng("gap of bars").range32(0.15, 0.9);
    (plane.pitch * share).min(130.0)
}

fn point(sheet: &Sheet<'_>, plane: &Plane, shares: &Scale, row: usize) -> Point {
    Point::new(plane.centers[row], shares.at(sheet.value(row, 2).unwrap_or(0.0)))
}

/// A layout with all values printed where they are wanted and have room, else one without.
fn lay_out(
    sheet: &Sheet<'_>,
    plan: &mut Plan,
    shares: &Scale,
    color: Color,
) -> Drawing<(Plane, Vec<Printed>)> {
    if sheet.wants_values(sheet.rows(), 10) {
        plan.room = (1.8 * sheet.tick_px, 0.0);
        if let Ok(mut plane) = Plane::new(sheet, plan)
            && let Some(printed) = print(sheet, &plane, shares, color)?
        {
            plane.lower_title(sheet, &printed)?;
            return Ok((plane, printed));
        }
        plan.room = (0.0, 0.0);
    }
    Ok((Plane::new(sheet, plan)?, Vec::new()))
}

/// The share of each row above its point; its amount inside the bar, or between bar and line.
fn print(sheet: &Sheet<'_>, plane: &Plane, shares: &Scale, color: Color) -> Drawing<Option<Vec<Printed>>> {
    let shares = shares.clone().spanning(plane.plot.bottom, plane.plot.top);
    let points: Vec<Point> = (0..sheet.rows()).map(|row| point(sheet, plane, &shares, row)).collect();
    let radius = marker_radius(sheet) + 1.0;
    let thick = thickness(sheet, plane);
    let mut placer = Placer {
        limit: plane.limit,
        taken: points
            .iter()
            .map(|p| around(*p, radius))
            .chain(line_at_80(sheet, plane, &shares))
            .chain(plane.strong_lines(sheet, Some(0.0)))
            .collect(),
        lines: points.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    };
    let mut printed = Vec::new();
    for row in 0..sheet.rows() {
        let bar = plane.bar(row, thick, (0.0, 1.0), 0.0, sheet.value(row, 1).unwrap_or(0.0));
        let (width, height) = value_label::size(sheet, sheet.shown(row, 1))?;
        let (x, shift) = (bar.center().x, height / 2.0 + 4.0);
        let inside = bar.height() >= height + radius + 9.0 && bar.width() >= width + 4.0;
        let center = Point::new(x, if inside { bar.top + shift + radius.min(4.0) } else { bar.top - shift });
        let Some(center) = placer.take((width, height), &[center]) else { return Ok(None) };
        let color = if inside { color.ink() } else { sheet.look.ink };
        printed.push(Printed { row, column: 1, center, turned: false, color });
    }
    for (row, at) in points.iter().enumerate() {
        let size = value_label::size(sheet, sheet.shown(row, 2))?;
        let near = size.1 / 2.0 + radius + 3.0;
        let candidates =
            [(0.0, near), (-0.3, near), (-0.5, near), (-0.5, near + 5.0), (0.5, -near), (0.6, -near - 4.0)]
                .map(|(dx, dy)| Point::new(at.x + dx * size.0, at.y - dy));
        let Some(center) = placer.take(size, &candidates) else { return Ok(None) };
        printed.push(Printed { row, column: 2, center, turned: false, color: sheet.look.ink });
    }
    Ok(Some(printed))
}

/// The axis at the right.
fn paint_shares(sheet: &mut Sheet<'_>, plane: &Plane, shares: &Scale, title: Option<Name>) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let right = plane.plot.right;
    let axis = sheet.scene.mark(Role::Axis, "", []);
    let color = sheet.look.ink.mix(sheet.look.ground, 0.35);
    sheet.scene.rect(axis, Rect::new(right, plane.plot.top, right + 1.0, plane.plot.bottom + 1.0), color);
    for tick in &shares.ticks {
        let y = shares.at(tick.value).round();
        sheet.scene.rect(axis, Rect::new(right, y, right + 4.0, y + 1.0), color);
        let spec = TextSpec::new(&tick.text, sheet.face, px, sheet.look.soft_ink, Role::TickLabel);
        sheet.set(spec.at(right + 8.0, y + 0.5, Align::Start, VAlign::Middle))?;
    }
    if let Some(title) = title {
        let x = sheet.area.right - sheet.cap(text) / 2.0 - 1.0;
        let spec = TextSpec::new(&title.text, sheet.face, text, sheet.look.ink, Role::AxisTitle)
            .at(x, plane.plot.center().y, Align::Middle, VAlign::Middle)
            .turned(90.0)
            .showing(title.data);
        sheet.set(spec)?;
    }
    Ok(())
}

fn paint_line(sheet: &mut Sheet<'_>, plane: &Plane, shares: &Scale, color: Color) {
    let points: Vec<Point> = (0..sheet.rows()).map(|row| point(sheet, plane, shares, row)).collect();
    let name = sheet.header(2);
    let line = sheet.scene.mark(Role::Line, name.text, name.data);
    sheet.scene.polyline(line, &points, Stroke::new(color, sheet.look.stroke.max(1.8)).rounded());
    let radius = marker_radius(sheet);
    for (row, at) in points.into_iter().enumerate() {
        let mark = sheet.cell_mark(Role::LinePoint, row, 2);
        sheet.scene.circle(mark, at, radius, color);
        sheet.locate(mark, around(at, radius), at, color);
    }
}
