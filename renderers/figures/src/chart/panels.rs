//! Small multiples: one small panel for each series, all on the same scales.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{ColumnKind, PathBuilder, Point, Rect, Role};

use super::axis::{Below, Habit};
use super::bars::{self, End, bounds};
use super::plane::{grid_color, least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet, around};
use crate::look::Grid;

/// What a panel draws.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bars,
    Lines,
    Areas,
}

/// Draws small multiples.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (rows, series) = (sheet.rows(), sheet.series());
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let (low, high) = bounds(&sheet.values(1, series));
    let time = sheet.table.columns[0].kind == ColumnKind::Time;
    let kind = match sheet.rng("kind of panels").below(3) {
        0 if time => Kind::Lines,
        1 if time && low >= 0.0 => Kind::Areas,
        _ => Kind::Bars,
    };
    let low = if kind != Kind::Lines || (low >= 0.0 && low < 0.5 * high) { low.min(0.0) } else { low };
    let high = if kind == Kind::Lines { high } else { high.max(0.0) };
    let area = sheet.area;
    let columns = best_columns(&area, series);
    let lines = series.div_ceil(columns);
    let format = tick_format(sheet, sheet.spec.value_format, low.abs().max(high.abs()));
    let heading = (text * 1.75).round();
    let gap = (px * 1.5).round();
    let names: Vec<Name> = sheet.row_names();
    let per_line = area.height() / lines as f32;
    let count = (((per_line - heading - px * 2.0) / (px * 2.6)) as usize).clamp(2, 5);
    let least = least_step(sheet.spec.value_format).min((high - low).max(1e-9));
    let scale = Scale::linear(low, high, count, least).printed(&format);
    let ticks = sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?.ceil() + 6.0;
    // With the name of the unit above the first panel when there is one.
    let unit = sheet.unit(1);
    let top = area.top + if unit.is_some() { text * 1.5 } else { 0.0 };
    let inset = if kind == Kind::Bars { 0.0 } else { 7.0 };
    // Labels may reach beyond their panel: the gaps are as wide as they need.
    let (mut left, mut gap, mut end) = (area.left + ticks, gap, area.right);
    let mut layout = None;
    for _ in 0..4 {
        let width = ((end - left - gap * (columns - 1) as f32) / columns as f32).floor();
        let pitch = match kind {
            Kind::Bars => width / rows as f32,
            _ => (width - 2.0 * inset) / (rows.max(2) - 1) as f32,
        };
        let below = Below::new(sheet, &names, &Habit { pitch, thin: time, depth_max: 0.34 * per_line })?;
        let over = if kind == Kind::Bars { pitch / 2.0 } else { inset };
        let last_shown = below.shown(rows).last().unwrap_or(0);
        let short = pitch * (rows - 1 - last_shown) as f32;
        let (before, beyond) = (below.over_left - over, below.over_right - over - short);
        let fits = before <= left - area.left && beyond <= area.right - end && before + beyond + 6.0 <= gap;
        layout = Some((below, width, fits));
        if fits {
            break;
        }
        left = left.max(area.left + before.ceil());
        end = end.min(area.right - beyond.max(0.0).ceil());
        gap = gap.max((before + beyond + 6.0).ceil());
    }
    let Some((below, width, true)) = layout else { return sheet.no_room("labels below the panels") };
    // Long names get a second line of heading.
    let mut headings = Vec::new();
    for column in 1..=series {
        let name = sheet.header(column);
        match sheet.lines(sheet.bold, text, &name.text, width)? {
            Some(lines) if lines.len() <= 2 => headings.push(lines),
            _ => return sheet.no_room("headings of the panels"),
        }
    }
    let most = headings.iter().map(Vec::len).max().unwrap_or(1);
    let heading = heading + (text * 1.2).round() * (most - 1) as f32;
    let foot = below.depth + 8.0 + 0.3 * px;
    let height =
        ((area.bottom - top - foot - gap * 0.4 * (lines - 1) as f32) / lines as f32 - heading).floor();
    // Turned labels below every panel would take more than the panels themselves.
    let shared_foot = height < 60.0 || below.depth > 2.2 * px || sheet.chance("labels at the foot only", 0.5);
    let height = if shared_foot {
        height
    } else {
        ((area.bottom - top - gap * 0.4 * (lines - 1) as f32) / lines as f32 - heading - foot).floor()
    };
    if height < 36.0 || width < 64.0 || scale.ticks.len() as f32 * px * 1.15 > height + px {
        return sheet.no_room("panels");
    }
    if let Some(unit) = unit {
        let spec = TextSpec::new(unit, sheet.face, text, sheet.look.ink, Role::AxisTitle);
        sheet.set(spec.at(area.left, area.top, Align::Start, VAlign::Top))?;
    }
    let each = series <= sheet.look.series.len() && sheet.chance("colours of panels", 0.5);
    for (index, heading_lines) in headings.iter().enumerate() {
        let (line, slot) = (index / columns, index % columns);
        let left = left + (width + gap) * slot as f32;
        let step = height + heading + gap * 0.4 + if shared_foot { 0.0 } else { foot };
        let y = (top + step * line as f32).round();
        let plot = Rect::new(left.round(), y + heading, (left + width).round(), y + heading + height);
        let panel = Panel { plot, scale: scale.clone().spanning(plot.bottom, plot.top), kind };
        let centers: Vec<f32> = (0..rows)
            .map(|row| match kind {
                Kind::Bars => plot.left + plot.width() / rows as f32 * (row as f32 + 0.5),
                _ => plot.left + inset + (plot.width() - 2.0 * inset) * row as f32 / (rows.max(2) - 1) as f32,
            })
            .collect();
        panel.paint_back(sheet, index + 1, heading_lines, slot == 0)?;
        panel.paint_marks(sheet, index + 1, &centers, each);
        let last_in_column = index + columns >= series;
        if last_in_column || !shared_foot {
            below.paint(sheet, &names, &centers, plot.bottom + 7.0 + 0.3 * px)?;
        }
    }
    for column in 1..=series {
        let scale = scale.clone().spanning(height, 0.0);
        sheet.resolve(column, scale.resolution());
    }
    Ok(())
}

/// The number of columns whose panels come nearest to four by three.
fn best_columns(area: &Rect, series: usize) -> usize {
    let miss = |columns: usize| {
        let lines = series.div_ceil(columns);
        let aspect = (area.width() / columns as f32) / (area.height() / lines as f32);
        let empty = (columns * lines - series) as f32;
        libm::logf(aspect / 1.35).abs() + 0.25 * empty
    };
    (1..=series.min(5)).fold(1, |best, columns| if miss(columns) < miss(best) { columns } else { best })
}

/// One panel.
struct Panel {
    plot: Rect,
    scale: Scale,
    kind: Kind,
}

impl Panel {
    fn paint_back(
        &self,
        sheet: &mut Sheet<'_>,
        column: usize,
        heading: &[String],
        ticks: bool,
    ) -> Drawing<()> {
        let look = sheet.look;
        let p = self.plot;
        if look.panel != look.ground {
            let panel = sheet.scene.ornament();
            sheet.scene.rect(panel, Rect { bottom: p.bottom + 1.0, ..p }, look.panel);
        }
        let grid = grid_color(sheet);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        for tick in &self.scale.ticks {
            let y = self.scale.at(tick.value).round();
            if look.grid != Grid::None {
                sheet.scene.rect(mark, Rect::new(p.left, y, p.right, y + 1.0), grid);
            }
            if ticks {
                let spec =
                    TextSpec::new(&tick.text, sheet.face, sheet.tick_px, look.soft_ink, Role::TickLabel);
                sheet.set(spec.at(p.left - 6.0, y + 0.5, Align::End, VAlign::Middle))?;
            }
        }
        let name = sheet.header(column);
        let px = sheet.text_px;
        let in_the_middle = sheet.chance("headings in the middle", 0.35);
        for (index, text) in heading.iter().rev().enumerate() {
            let y = p.top - px * 0.65 - (px * 1.2).round() * index as f32;
            let spec = TextSpec::new(text, sheet.bold, px, look.ink, Role::Heading)
                .showing(name.data.iter().copied());
            let spec = if in_the_middle {
                spec.at(p.center().x, y, Align::Middle, VAlign::Baseline)
            } else {
                spec.at(p.left, y, Align::Start, VAlign::Baseline)
            };
            sheet.set(spec)?;
        }
        Ok(())
    }

    fn paint_marks(&self, sheet: &mut Sheet<'_>, column: usize, centers: &[f32], each: bool) {
        let color = sheet.color(if each { column - 1 } else { 0 });
        let p = self.plot;
        if self.kind == Kind::Bars {
            let pitch = p.width() / centers.len() as f32;
            let thick = (pitch * (1.0 - sheet.look.gap)).max(2.0);
            for (row, center) in centers.iter().enumerate() {
                let Some(value) = sheet.value(row, column) else { continue };
                let (a, b) = (self.scale.at(0.0).round(), self.scale.at(value).round());
                let (top, bottom) = (a.min(b), a.max(b).max(a.min(b) + 1.0));
                let left = (center - thick / 2.0).round();
                let rect = Rect::new(left, top, (center + thick / 2.0).round().max(left + 1.0), bottom);
                let mark = sheet.cell_mark(Role::Bar, row, column);
                let corner = sheet.look.corner.min(3.0);
                bars::paint(
                    sheet,
                    mark,
                    rect,
                    color,
                    if value < 0.0 { End::Bottom } else { End::Top },
                    corner,
                );
            }
        } else {
            self.paint_line(sheet, column, centers, color);
        }
        let base =
            self.scale.at(if self.scale.low <= 0.0 && self.scale.high >= 0.0 { 0.0 } else { self.scale.low });
        let axis = sheet.scene.mark(Role::Axis, "", []);
        let strong = sheet.look.ink.mix(sheet.look.ground, 0.4);
        sheet.scene.rect(axis, Rect::new(p.left, base.round(), p.right, base.round() + 1.0), strong);
    }

    fn paint_line(&self, sheet: &mut Sheet<'_>, column: usize, centers: &[f32], color: pixmo_render::Color) {
        let name = sheet.header(column);
        let role = if self.kind == Kind::Areas { Role::Area } else { Role::Line };
        let line = sheet.scene.mark(role, name.text, name.data);
        let points: Vec<Option<Point>> = centers
            .iter()
            .enumerate()
            .map(|(row, x)| sheet.value(row, column).map(|v| Point::new(*x, self.scale.at(v))))
            .collect();
        let stroke = Stroke::new(color, sheet.look.stroke.min(2.4)).rounded();
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().copied().flatten().collect();
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            if self.kind == Kind::Areas {
                let base = self.scale.at(0.0);
                let mut path = PathBuilder::new();
                super::lines::trace(&mut path, &run, false, true);
                path.line_to(last.x, base);
                path.line_to(first.x, base);
                path.close();
                if let Some(path) = path.finish() {
                    sheet.scene.fill(line, path, color.faded(0.35));
                }
            }
            if run.len() == 1 {
                sheet.scene.circle(line, run[0], sheet.look.stroke + 0.5, color);
            }
            sheet.scene.polyline(line, &run, stroke.clone());
        }
        sheet.scene.element_mut(line).color = Some(color);
        for (row, point) in points.into_iter().enumerate() {
            if let Some(point) = point {
                let mark = sheet.cell_mark(Role::LinePoint, row, column);
                sheet.locate(mark, around(point, 2.5), point, color);
            }
        }
    }
}
