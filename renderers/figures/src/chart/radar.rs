//! Radar charts: one spoke for each row, one closed line for each series.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{PathBuilder, Point, Role};

use super::bars::bounds;
use super::legend::{self, Entry, Key};
use super::plane::{least_step, tick_format};
use super::round::polar;
use super::scale::Scale;
use super::sheet::{Drawing, Sheet, around};
use super::value_label::{self, Placer, Printed};

const TURN: f32 = 2.0 * std::f32::consts::PI;

/// Draws a radar chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (rows, series) = (sheet.rows(), sheet.series());
    sheet.gather(1.75);
    if series > 1 {
        let entries: Vec<Entry> = (1..=series)
            .map(|c| Entry::new(sheet.header(c), sheet.color(c - 1), Key::Line(Vec::new(), true)))
            .collect();
        legend::draw(sheet, &entries)?;
    }
    let angle = |row: usize| TURN * row as f32 / rows as f32;
    let px = sheet.tick_px;
    let line = px * 1.18;
    let area = sheet.area;
    // The names decide how large the circle can be.
    let mut blocks = Vec::new();
    let (mut up, mut down) = (0.0f32, 0.0f32);
    let mut wide = f32::INFINITY;
    let limit = (area.width() * 0.24).min(150.0);
    for row in 0..rows {
        let text = sheet.shown(row, 0);
        let lines = sheet.lines(sheet.face, px, text, limit)?.unwrap_or_else(|| vec![text.to_owned()]);
        let width = sheet.widest(px, lines.iter().map(String::as_str))?;
        let height = line * lines.len() as f32;
        let (sin, cos) = (libm::sinf(angle(row)), libm::cosf(angle(row)));
        if cos > 0.3 {
            up = up.max(height);
        } else if cos < -0.3 {
            down = down.max(height);
        }
        let reach = if sin.abs() < 0.15 { width / 2.0 - area.width() / 2.0 } else { width };
        wide = wide.min((area.width() / 2.0 - reach - 14.0) / sin.abs().max(0.15));
        blocks.push((lines, width));
    }
    let radius = wide.min((area.height() - up - down - 22.0) / 2.0).min(300.0).floor();
    if radius < 62.0 {
        return sheet.no_room("names around the circle");
    }
    let center = Point::new(
        area.center().x.round(),
        (area.top + up + 11.0 + (area.height() - up - down - 22.0) / 2.0).round(),
    );
    let (_, high) = bounds(&sheet.values(1, series));
    let format = tick_format(sheet, sheet.spec.value_format, high);
    let count = ((radius / (px * 2.4)) as usize).clamp(2, 5);
    let scale =
        Scale::linear(0.0, high, count, least_step(sheet.spec.value_format).min(high)).printed(&format);
    let scale = scale.spanning(0.0, radius);

    let round = sheet.chance("round rings", 0.35);
    let grid = sheet.scene.mark(Role::Axis, "", []);
    let thin = Stroke::new(sheet.look.line, 1.0);
    for tick in &scale.ticks[1..] {
        let r = scale.at(tick.value);
        if round {
            if let Some(path) = PathBuilder::from_circle(center.x, center.y, r) {
                sheet.scene.stroke(grid, path, thin.clone());
            }
        } else {
            let ring: Vec<Point> = (0..=rows).map(|row| polar(center, angle(row % rows), r)).collect();
            sheet.scene.polyline(grid, &ring, thin.clone());
        }
    }
    for row in 0..rows {
        sheet.scene.line(grid, center, polar(center, angle(row), radius), thin.clone());
    }
    let mut placer = Placer { limit: area, taken: Vec::new(), lines: Vec::new() };
    let mut points = Vec::new();
    for column in 1..=series {
        let color = sheet.color(column - 1);
        let ring: Vec<Point> = (0..rows)
            .map(|row| polar(center, angle(row), scale.at(sheet.value(row, column).unwrap_or(0.0))))
            .collect();
        let name = sheet.header(column);
        let area = sheet.scene.mark(Role::Area, name.text, name.data);
        sheet.scene.element_mut(area).color = Some(color);
        sheet.scene.polygon(area, &ring, color.faded(if series == 1 { 0.3 } else { 0.14 }));
        let mut closed = ring.clone();
        closed.push(ring[0]);
        sheet.scene.polyline(area, &closed, Stroke::new(color, sheet.look.stroke).rounded());
        placer.lines.extend(closed.windows(2).map(|w| (w[0], w[1])));
        for (row, point) in ring.iter().enumerate() {
            let mark = sheet.cell_mark(Role::LinePoint, row, column);
            let radius = sheet.look.stroke + 1.6;
            if sheet.look.markers {
                sheet.scene.circle(mark, *point, radius, color);
            }
            sheet.locate(mark, around(*point, 3.0), *point, color);
            placer.taken.push(around(*point, radius + 1.0));
        }
        points.push(ring);
    }
    names(sheet, center, radius, &blocks, &mut placer)?;
    let printed = print_points(sheet, &points, &mut placer)?;
    value_label::paint(sheet, &printed)?;
    ticks(sheet, center, &scale, &mut placer)?;
    for column in 1..=series {
        sheet.resolve(column, scale.resolution());
    }
    Ok(())
}

fn names(
    sheet: &mut Sheet<'_>,
    center: Point,
    radius: f32,
    blocks: &[(Vec<String>, f32)],
    placer: &mut Placer,
) -> Drawing<()> {
    let px = sheet.tick_px;
    let line = px * 1.18;
    let rows = blocks.len();
    for (row, (lines, _)) in blocks.iter().enumerate() {
        let turn = TURN * row as f32 / rows as f32;
        let at = polar(center, turn, radius + 9.0);
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let align = if sin.abs() < 0.15 {
            Align::Middle
        } else if sin > 0.0 {
            Align::Start
        } else {
            Align::End
        };
        let height = line * (lines.len() - 1) as f32;
        // The block stands on the circle at the top, hangs from it at the bottom, and is centred at the sides.
        let middle = at.y - cos * (height / 2.0 + sheet.cap(px) / 2.0);
        for (index, text) in lines.iter().enumerate() {
            let y = middle - height / 2.0 + line * index as f32;
            let spec = TextSpec::new(text, sheet.face, px, sheet.look.ink, Role::TickLabel)
                .at(at.x, y, align, VAlign::Middle)
                .showing(sheet.row_name(row).data);
            let id = sheet.set(spec)?;
            placer.taken.push(sheet.scene.element(id).bounds.grown(1.0));
        }
    }
    Ok(())
}

/// The values of a single series, outside of its line.
fn print_points(sheet: &Sheet<'_>, points: &[Vec<Point>], placer: &mut Placer) -> Drawing<Vec<Printed>> {
    let [ring] = points else { return Ok(Vec::new()) };
    if !sheet.wants_values(ring.len(), 10) {
        return Ok(Vec::new());
    }
    let kept = placer.taken.len();
    let mut printed = Vec::new();
    for (row, point) in ring.iter().enumerate() {
        let size = value_label::size(sheet, sheet.shown(row, 1))?;
        let turn = TURN * row as f32 / ring.len() as f32;
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let reach = (sin * size.0 / 2.0).abs() + (cos * size.1 / 2.0).abs() + 7.0;
        let out = Point::new(point.x + sin * reach, point.y - cos * reach);
        let beside = |way: f32| Point::new(point.x + way * (size.0 / 2.0 + 8.0), point.y - 3.0);
        let Some(at) = placer.take(size, &[out, beside(1.0), beside(-1.0)]) else {
            placer.taken.truncate(kept);
            return Ok(Vec::new());
        };
        printed.push(Printed { row, column: 1, center: at, turned: false, color: sheet.look.ink });
    }
    Ok(printed)
}

/// The numbers of the rings, beside the first spoke, where they are free.
fn ticks(sheet: &mut Sheet<'_>, center: Point, scale: &Scale, placer: &mut Placer) -> Drawing<()> {
    for tick in &scale.ticks {
        let size = value_label::size(sheet, &tick.text)?;
        // A little above its ring, which would strike it out.
        let y = center.y - scale.at(tick.value) - sheet.cap(sheet.tick_px) / 2.0 - 2.5;
        let x = size.0 / 2.0 + 5.0;
        let candidates = [Point::new(center.x - x, y), Point::new(center.x + x, y)];
        if let Some(at) = placer.take(size, &candidates) {
            let spec = TextSpec::new(&tick.text, sheet.face, sheet.tick_px, sheet.look.ink, Role::TickLabel);
            sheet.set(spec.at(at.x, at.y, Align::Middle, VAlign::Middle))?;
        }
    }
    Ok(())
}
