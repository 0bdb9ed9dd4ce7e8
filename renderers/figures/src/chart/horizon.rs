//! Horizon charts: a strip for each series, cut into bands that lie over each other in deeper and deeper colours.

use pixmo_render::scene::Align;
use pixmo_render::{Color, PathBuilder, Point, Rect, Role};

use super::axis::Beside;
use super::bars::{bounds, opposite};
use super::legend::{self, Entry, Key};
use super::lines;
use super::plane::{Plan, Plane, least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet, around};

/// The bands: their step, and the colours from zero up and from zero down.
struct Bands {
    step: f64,
    up: Vec<Color>,
    down: Vec<Color>,
    names: Vec<(String, Color)>,
}

impl Bands {
    fn new(sheet: &Sheet<'_>) -> Self {
        let (low, high) = bounds(&sheet.values(1, sheet.series()));
        let largest = high.abs().max(low.abs());
        let format = tick_format(sheet, sheet.spec.value_format, largest);
        let wish = *sheet.rng("bands").pick(&[2, 3, 3, 4]);
        let scale = Scale::linear(0.0, largest, wish, least_step(sheet.spec.value_format).min(largest));
        let scale = scale.printed(&format);
        let (first, second) = opposite(sheet);
        let panel = sheet.look.panel;
        let count = |most: f64| libm::ceil(most.max(0.0) / scale.step() - 1e-9) as usize;
        let shades = |base: Color, many: usize| -> Vec<Color> {
            let base = base.readable_on(panel, 3.2);
            (1..=many).map(|i| panel.mix(base, 0.12 + 0.88 * i as f32 / scale.steps() as f32)).collect()
        };
        let (up, down) = (shades(first, count(high)), shades(second, count(-low)));
        let text = |index: usize| scale.ticks.get(index).map_or("", |tick| tick.text.as_str());
        let below = |index: usize| format!("{}{}", if index > 0 { "\u{2212}" } else { "" }, text(index));
        let mut names: Vec<(String, Color)> = Vec::new();
        for (index, color) in down.iter().enumerate().rev() {
            names.push((format!("{} to {}", below(index + 1), below(index)), *color));
        }
        for (index, color) in up.iter().enumerate() {
            names.push((format!("{}–{}", text(index), text(index + 1)), *color));
        }
        if let (Some(unit), Some(last)) = (sheet.unit(1), names.last_mut()) {
            last.0 = format!("{} {unit}", last.0);
        }
        Self { step: scale.step(), up, down, names }
    }

    fn color(&self, value: f64) -> Color {
        let colors = if value < 0.0 { &self.down } else { &self.up };
        let band = (value.abs() / self.step - 1e-9).max(0.0) as usize;
        colors.get(band.min(colors.len().saturating_sub(1))).copied().unwrap_or(Color::BLACK)
    }

    /// How high a number stands in its band, 0 to 1.
    fn height(&self, value: f64) -> f64 {
        let band = libm::floor((value.abs() / self.step - 1e-9).max(0.0));
        value.abs() / self.step - band
    }
}

/// Draws a horizon chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let series = sheet.series();
    let bands = Bands::new(sheet);
    let entry = |(text, color): &(String, Color)| {
        Entry::new(Name { text: text.clone(), data: Vec::new() }, *color, Key::Square)
    };
    let entries: Vec<Entry> = bands.names.iter().map(entry).collect();
    legend::draw(sheet, &entries)?;
    let names: Vec<Name> = (1..=series).map(|column| sheet.header(column)).collect();
    let area = sheet.area;
    let pitch = (area.height() - 3.0 * sheet.tick_px) / series as f32;
    let beside = Beside::new(sheet, &names, pitch, 0.3 * area.width())?;
    sheet.area.left += beside.width + 9.0;
    let mut plan = Plan::new(sheet, 1, series, 0.0, 1.0);
    plan.thin = true;
    plan.axis = false;
    plan.value_title = None;
    plan.places = lines::time_places(sheet);
    let plane = Plane::new(sheet, &plan)?;
    let plot = plane.plot;
    let gap = sheet.rng("gap of strips").whole(2, 6) as f32;
    let pitch = ((plot.height() + gap) / series as f32).floor().min(110.0);
    let high = pitch - gap;
    if high < 18.0 {
        return sheet.no_room("strips");
    }
    plane.paint_back(sheet, &plan)?;
    let mut middles = Vec::new();
    for column in 1..=series {
        let bottom = plot.bottom - pitch * (series - column) as f32;
        let strip = Rect::new(plot.left, bottom - high, plot.right, bottom);
        middles.push(strip.center().y);
        paint_strip(sheet, &plane, &bands, column, &strip);
    }
    let column = Rect::new(area.left, plot.top, area.left + beside.width, plot.bottom);
    beside.paint(sheet, &names, &middles, &column, Align::End)?;
    for column in 1..=series {
        sheet.resolve(column, (bands.step / 3.0, 1.0));
    }
    Ok(())
}

fn paint_strip(sheet: &mut Sheet<'_>, plane: &Plane, bands: &Bands, column: usize, strip: &Rect) {
    let ground = sheet.scene.ornament();
    let (pale, rule) =
        (sheet.look.panel.mix(sheet.look.line, 0.25), sheet.look.ink.mix(sheet.look.ground, 0.55));
    sheet.scene.rect(ground, *strip, pale);
    let name = sheet.header(column);
    let area = sheet.scene.mark(Role::Area, name.text, name.data);
    let points: Vec<(f32, f64)> =
        (0..sheet.rows()).map(|row| (plane.centers[row], sheet.value(row, column).unwrap_or(0.0))).collect();
    for (sign, colors) in [(1.0, &bands.up), (-1.0, &bands.down)] {
        for (index, color) in colors.iter().enumerate() {
            let signed: Vec<(f32, f64)> = points.iter().map(|(x, v)| (*x, v * sign)).collect();
            let heights = cut(&signed, bands.step, index);
            if heights.iter().all(|(_, share)| *share <= 0.0) {
                continue;
            }
            let mut path = PathBuilder::new();
            path.move_to(heights[0].0, strip.bottom);
            for (x, share) in &heights {
                path.line_to(*x, strip.bottom - strip.height() * *share as f32);
            }
            path.line_to(heights[heights.len() - 1].0, strip.bottom);
            path.close();
            if let Some(path) = path.finish() {
                sheet.scene.fill(area, path, *color);
            }
        }
    }
    let deepest = points.iter().map(|(_, v)| *v).fold(0.0f64, |a, v| if v.abs() > a.abs() { v } else { a });
    sheet.scene.element_mut(area).color = Some(bands.color(deepest));
    let base = sheet.scene.mark(Role::Axis, "", []);
    sheet.scene.rect(base, Rect { top: strip.bottom - 1.0, ..*strip }, rule);
    for (row, (x, value)) in points.into_iter().enumerate() {
        let at = Point::new(x, strip.bottom - strip.height() * bands.height(value) as f32);
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        sheet.locate(mark, around(at, 3.0), at, bands.color(value));
    }
}

/// The part of a line that lies in a band, as shares of the band's height; corners are added where it enters and leaves.
fn cut(points: &[(f32, f64)], step: f64, band: usize) -> Vec<(f32, f64)> {
    let share = |value: f64| (value / step - band as f64).clamp(0.0, 1.0);
    let (low, high) = (step * band as f64, step * (band + 1) as f64);
    let mut line = vec![(points[0].0, share(points[0].1))];
    for pair in points.windows(2) {
        let ((x, v), (next_x, next_v)) = (pair[0], pair[1]);
        let mut crossings: Vec<(f64, f64)> = [low, high]
            .into_iter()
            .filter(|edge| (v < *edge) != (next_v < *edge))
            .map(|edge| ((edge - v) / (next_v - v), edge))
            .collect();
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        line.extend(crossings.into_iter().map(|(t, edge)| (x + (next_x - x) * t as f32, share(edge))));
        line.push((next_x, share(next_v)));
    }
    line.dedup();
    line
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn bands_hold_what_lies_in_them() {
        let line = [(0.0, 0.0), (10.0, 20.0), (20.0, 0.0)];
        assert_eq!(cut(&line, 10.0, 0), [(0.0, 0.0), (5.0, 1.0), (10.0, 1.0), (15.0, 1.0), (20.0, 0.0)]);
        assert_eq!(cut(&line, 10.0, 1), [(0.0, 0.0), (5.0, 0.0), (10.0, 1.0), (15.0, 0.0), (20.0, 0.0)]);
    }
}
