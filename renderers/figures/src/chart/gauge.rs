//! Semi-circle gauges, one for each row, all on one scale.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::plane::{least_step, tick_format};
use super::round::{polar, sector};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};

const HALF: f32 = std::f32::consts::PI;

/// How the gauges of a chart are drawn.
struct Dial {
    radius: f32,
    /// Width of the ring.
    ring: f32,
    scale: Scale,
    printed: bool,
    /// Ticks stand around the ring; else the two ends below it.
    ticks: bool,
    /// One tick out of so many has a label.
    every: usize,
    /// Zones from low to high behind a hand, instead of an arc that grows.
    zones: Option<Vec<Color>>,
    large: f32,
}

/// Draws gauges in rows.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (px, text) = (sheet.tick_px, sheet.text_px);
    let rows = sheet.rows();
    let printed = sheet.wants_values(rows, 12);
    let ticks = !printed || sheet.chance("ticks around", 0.45);
    let area = sheet.area;
    let largest = sheet.values(1, 1).into_iter().fold(0.0, f64::max);
    let percent = largest <= 100.0 && sheet.shown(0, 1).ends_with('%');
    let format = tick_format(sheet, sheet.spec.value_format, largest);
    let high = if percent { 100.0 } else { largest };
    let count = *sheet.rng("steps").pick(&[4, 5, 5]);
    let scale = if percent {
        Scale::linear_with(0.0, 100.0, count)
    } else {
        Scale::linear(0.0, high, count, least_step(sheet.spec.value_format).min(high))
    };
    let scale = scale.printed(&format).spanning(-HALF / 2.0, HALF / 2.0);
    let widest = sheet.widest(px, scale.ticks.iter().map(|t| t.text.as_str()))?;
    let title = sheet.header_with_unit(1);
    let titled = !sheet.named_above(1) || sheet.unit(1).is_some() || sheet.chance("named above", 0.4);
    let top = if titled { (text * 1.9).round() } else { 0.0 };
    if titled && sheet.label_width(text, &title.text)? > area.width() {
        return sheet.no_room("title of the gauges");
    }
    let board = Rect { top: area.top + top, ..area };
    let line = (text * 1.2).round();
    let (mut best, mut layout) = (0.0, None);
    for columns in 1..=rows.min(4) {
        let lines = rows.div_ceil(columns);
        let (gap_x, gap_y) = (text * 2.0, text * 1.4);
        let width = (board.width() - gap_x * (columns - 1) as f32) / columns as f32;
        let height = (board.height() - gap_y * (lines - 1) as f32) / lines as f32;
        let mut names = Vec::new();
        for row in 0..rows {
            match sheet.lines(sheet.face, text, sheet.shown(row, 0), width)? {
                Some(found) if found.len() <= 2 => names.push(found),
                _ => break,
            }
        }
        if names.len() < rows {
            continue;
        }
        let deep = names.iter().map(Vec::len).max().unwrap_or(1) as f32 * line + px * 1.9;
        let side = if ticks { widest + 8.0 } else { 2.0 };
        let above = if ticks { px * 1.5 } else { 2.0 };
        let radius = (width / 2.0 - side).min(height - deep - above).min(190.0).floor();
        let waste = (columns * lines - rows) as f32;
        if radius - 3.0 * waste > best {
            best = radius - 3.0 * waste;
            layout = Some((columns, width, height, names, radius, deep, above));
        }
    }
    let Some((columns, width, height, names, radius, deep, above)) = layout else {
        return sheet.no_room("names of the gauges");
    };
    let ring = (radius * sheet.rng("ring").range32(0.2, 0.36)).round();
    let zones = sheet.chance("zones", 0.4).then(|| zones(sheet));
    let mut large = (radius * 0.34).clamp(text, 34.0).round();
    let room = 2.0 * (radius - ring) - 12.0;
    for row in (0..rows).filter(|_| printed) {
        let value = sheet.width(sheet.bold, large, sheet.shown(row, 1))?;
        large = large.min(large * room * 0.86 / value).floor();
    }
    if radius < 44.0 || (printed && (large < px || room < 30.0)) {
        return sheet.no_room("gauges");
    }
    if !ticks {
        let ends =
            sheet.widest(px, [scale.ticks[0].text.as_str(), scale.ticks[scale.steps()].text.as_str()])?;
        if ends > radius {
            return sheet.no_room("ends of the scale");
        }
    }
    let steps = scale.steps();
    let room = HALF * (radius + 10.0) / steps as f32;
    let fits = |every: &usize| steps.is_multiple_of(*every) && room * *every as f32 >= widest + 0.7 * px;
    let every = (1..steps).find(fits).unwrap_or(steps);
    if titled {
        let spec = TextSpec::new(&title.text, sheet.face, text, sheet.look.soft_ink, Role::AxisTitle)
            .at(area.center().x, area.top, Align::Middle, VAlign::Top)
            .showing(title.data);
        sheet.set(spec)?;
    }
    let dial = Dial { radius, ring, scale, printed, ticks, every, zones, large };
    let each = rows <= sheet.look.series.len() && sheet.chance("colours of gauges", 0.45);
    let lines = rows.div_ceil(columns);
    let (gap_x, gap_y) = (text * 2.0, text * 1.4);
    // Rows of gauges stand close together in the middle of what is left.
    let high = (above + radius + deep).min(height);
    let spare = ((board.height() - high * lines as f32 - gap_y * (lines - 1) as f32) / 2.0).max(0.0);
    for (row, lines_of_name) in names.iter().enumerate() {
        let (at_line, slot) = (row / columns, row % columns);
        let in_line = if at_line + 1 == lines { rows - at_line * columns } else { columns };
        let shift = (columns - in_line) as f32 * (width + gap_x) / 2.0;
        let x = board.left + shift + (width + gap_x) * slot as f32 + width / 2.0;
        let y = board.top + spare + (high + gap_y) * at_line as f32 + above + radius;
        let center = Point::new(x.round(), y.round());
        let color = sheet.color(if each { row } else { 0 });
        dial.paint(sheet, row, center, color)?;
        for (index, words) in lines_of_name.iter().enumerate() {
            let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::DirectLabel)
                .at(center.x, center.y + px * 2.2 + line * index as f32, Align::Middle, VAlign::Top)
                .showing([Datum::cell(row, 0)]);
            sheet.set(spec)?;
        }
    }
    // Angles are compared from gauge to gauge.
    let span = dial.scale.high - dial.scale.low;
    sheet.resolve(1, ((span * 0.02).max(if ticks { dial.scale.step() / 4.0 } else { span * 0.04 }), 1.0));
    Ok(())
}

/// Three zones, of one colour in steps or of three colours.
fn zones(sheet: &Sheet<'_>) -> Vec<Color> {
    let panel = sheet.look.ground;
    if sheet.chance("traffic light", 0.5) {
        let lights = [Color::rgb(206, 84, 74), Color::rgb(226, 178, 76), Color::rgb(94, 160, 96)];
        return lights.iter().map(|c| c.readable_on(panel, 1.5)).collect();
    }
    let base = sheet.color(0);
    [0.65, 0.4, 0.1].iter().map(|t| base.mix(panel, *t)).collect()
}

impl Dial {
    fn paint(&self, sheet: &mut Sheet<'_>, row: usize, center: Point, color: Color) -> Drawing<()> {
        let (outer, inner) = (self.radius, self.radius - self.ring);
        let value = sheet.value(row, 1).unwrap_or(0.0);
        let angle = self.scale.at(value);
        let track = sheet.scene.ornament();
        let look = sheet.look;
        match &self.zones {
            None => {
                if let Some(path) = sector(center, inner, outer, -HALF / 2.0, HALF / 2.0) {
                    sheet.scene.fill(track, path, look.line.mix(look.ground, 0.35));
                }
                let mark = sheet.cell_mark(Role::Bar, row, 1);
                let end = angle.max(-HALF / 2.0 + 0.012);
                if let Some(path) = sector(center, inner, outer, -HALF / 2.0, end) {
                    sheet.scene.fill(mark, path, color);
                }
                sheet.anchor(mark, polar(center, (end - HALF / 2.0) / 2.0, (inner + outer) / 2.0));
            }
            Some(zones) => {
                let step = HALF / zones.len() as f32;
                for (index, zone) in zones.iter().enumerate() {
                    let from = -HALF / 2.0 + step * index as f32;
                    if let Some(path) = sector(center, inner, outer, from, from + step) {
                        sheet.scene.fill(track, path.clone(), *zone);
                        sheet.scene.stroke(track, path, Stroke::new(look.ground, 1.5));
                    }
                }
                let mark = sheet.cell_mark(Role::Dot, row, 1);
                let tip = polar(center, angle, (inner + outer) / 2.0);
                // With the value in the middle, the hand begins outside of it.
                let from = if self.printed { polar(center, angle, inner - 4.0) } else { center };
                let ink = look.ink;
                sheet.scene.line(
                    mark,
                    from,
                    polar(center, angle, outer + 2.0),
                    Stroke::new(ink, 3.0).rounded(),
                );
                if !self.printed {
                    sheet.scene.circle(mark, center, 5.0, ink);
                }
                sheet.scene.element_mut(mark).color = Some(ink);
                sheet.anchor(mark, tip);
            }
        }
        self.paint_scale(sheet, center)?;
        if self.printed {
            let y = center.y - sheet.cap(self.large) * 0.75;
            let spec = TextSpec::new(sheet.shown(row, 1), sheet.bold, self.large, look.ink, Role::ValueLabel)
                .at(center.x, y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 1)]);
            sheet.set(spec)?;
        }
        Ok(())
    }

    fn paint_scale(&self, sheet: &mut Sheet<'_>, center: Point) -> Drawing<()> {
        let (px, ink) = (sheet.tick_px, sheet.look.soft_ink);
        let middle = self.radius - self.ring / 2.0;
        if !self.ticks {
            for (tick, x) in [
                (&self.scale.ticks[0], center.x - middle),
                (&self.scale.ticks[self.scale.steps()], center.x + middle),
            ] {
                let spec = TextSpec::new(&tick.text, sheet.face, px, ink, Role::TickLabel);
                sheet.set(spec.at(x, center.y + px * 0.55, Align::Middle, VAlign::Top))?;
            }
            return Ok(());
        }
        let axis = sheet.scene.mark(Role::Axis, "", []);
        for (index, tick) in self.scale.ticks.iter().enumerate() {
            let angle = self.scale.at(tick.value);
            let (a, b) = (polar(center, angle, self.radius - 4.0), polar(center, angle, self.radius + 3.0));
            sheet.scene.line(axis, a, b, Stroke::new(ink, 1.0));
            if !index.is_multiple_of(self.every) {
                continue;
            }
            let at = polar(center, angle, self.radius + 7.0);
            let lean = libm::sinf(angle);
            let align = if lean < -0.3 {
                Align::End
            } else if lean > 0.3 {
                Align::Start
            } else {
                Align::Middle
            };
            let y = at.y - sheet.cap(px) / 2.0 * libm::cosf(angle);
            let spec = TextSpec::new(&tick.text, sheet.face, px, ink, Role::TickLabel);
            sheet.set(spec.at(at.x, y, align, VAlign::Middle))?;
        }
        Ok(())
    }
}
