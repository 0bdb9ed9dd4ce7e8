//! Heat maps: one tile for each number, coloured by a ramp.

use pixmo_render::palette::{self, Kind, Palette};
use pixmo_render::scene::{Align, Paint, Stroke, TextSpec, VAlign};
use pixmo_render::{Color, Datum, ElementId, Point, Rect, Role};

use super::axis::{Below, Beside, Habit};
use super::bars::bounds;
use super::kind::ChartKind;
use super::plane::{least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet};
use super::value_label;

/// A scale of colours: numbers to a ramp.
pub(super) struct Shades {
    pub(super) scale: Scale,
    ramp: Palette,
    reversed: bool,
}

impl Shades {
    /// The shades of some numbers; of numbers on both sides of zero, zero is in the middle.
    pub(super) fn of(sheet: &Sheet<'_>, values: &[f64]) -> Self {
        let (low, high) = bounds(values);
        let both = low < 0.0 && high > 0.0;
        let (low, high) = if both { (low.min(-high), high.max(-low)) } else { (low, high) };
        let format = tick_format(sheet, sheet.spec.value_format, low.abs().max(high.abs()));
        let least = least_step(sheet.spec.value_format).min((high - low).max(1e-9));
        let scale = Scale::linear(low, high, 4, least).printed(&format).spanning(0.0, 1.0);
        Self::new(sheet, scale, both)
    }

    /// The same with the unit behind the highest tick.
    pub(super) fn in_unit(mut self, unit: Option<&str>) -> Self {
        if let (Some(unit), Some(tick)) = (unit, self.scale.ticks.last_mut()) {
            tick.text = format!("{} {unit}", tick.text);
        }
        self
    }

    /// The shades of correlations: from −1 to 1.
    fn of_correlations(sheet: &Sheet<'_>) -> Self {
        let scale = Scale::linear_with(-1.0, 1.0, 4).printed(sheet.spec.value_format).spanning(0.0, 1.0);
        Self::new(sheet, scale, true)
    }

    fn new(sheet: &Sheet<'_>, scale: Scale, both: bool) -> Self {
        let ramp = ramp(sheet, both);
        let reversed = sheet.look.dark && ramp.kind == Kind::Sequential;
        Self { scale, ramp, reversed }
    }

    /// The colour of a number.
    pub(super) fn color(&self, value: f64) -> Color {
        let t = self.scale.at(value);
        self.ramp.ramp(if self.reversed { 1.0 - t } else { t })
    }

    /// The same with the colour nearest to the ground for the smallest number.
    pub(super) fn beginning_at(mut self, ground: Color) -> Self {
        let (low, high) = (self.color(self.scale.low), self.color(self.scale.high));
        self.reversed ^= low.distance(ground) > high.distance(ground);
        self
    }

    /// The smallest difference that colours show: about nine steps of a ramp can be told apart at a distance.
    pub(super) fn resolution(&self) -> (f64, f64) {
        ((self.scale.high - self.scale.low) / 9.0, 1.0)
    }

    /// Pixels that a ramp with its ticks takes.
    pub(super) fn width(&self, sheet: &Sheet<'_>) -> Drawing<f32> {
        let ticks = sheet.widest(sheet.tick_px, self.scale.ticks.iter().map(|t| t.text.as_str()))?;
        Ok(RAMP_WIDTH + ticks + LABEL_GAP)
    }
}

/// Pixels across the ramp.
pub(super) const RAMP_WIDTH: f32 = 14.0;

/// Pixels from the ramp to the labels of its ticks, beyond the short lines at the ticks.
pub(super) const LABEL_GAP: f32 = 8.0;

/// Draws a heat map or a matrix of correlations.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (rows, columns) = (sheet.rows(), sheet.series());
    let correlations = sheet.spec.kind == ChartKind::CorrelationMatrix;
    let shades = if correlations {
        Shades::of_correlations(sheet)
    } else {
        Shades::of(sheet, &sheet.values(1, columns)).in_unit(sheet.unit_unsaid(1))
    };
    let color = |value: f64| shades.color(value);
    let wanted = sheet.wants_values(rows * columns, 110);
    let bar = !wanted || sheet.unit_unsaid(1).is_some() || sheet.chance("ramp beside values", 0.6);

    let px = sheet.tick_px;
    let area = sheet.area;
    let after = if bar { shades.width(sheet)? + px * 1.4 } else { 0.0 };
    let names = sheet.row_names();
    let heads: Vec<Name> = (1..=columns).map(|column| sheet.header(column)).collect();
    // Tiles first get their width, then the labels below tell how high they can be.
    let guess = (area.height() - 3.0 * px) / rows as f32;
    let beside = Beside::new(sheet, &names, guess.max(px * 1.3), 0.32 * area.width())?;
    let mut left = (area.left + beside.width + 8.0).round();
    let mut layout = None;
    for _ in 0..2 {
        let pitch = ((area.right - after - left) / columns as f32).floor();
        let habit = Habit { pitch, thin: false, depth_max: 0.4 * area.height() };
        let below = Below::new(sheet, &heads, &habit)?;
        let miss = area.left - (left + pitch / 2.0 - below.over_left);
        layout = Some((below, pitch));
        if miss <= 0.0 {
            break;
        }
        left = (left + miss).ceil();
    }
    let Some((below, pitch_x)) = layout else { return sheet.no_room("tiles") };
    let pitch_y = ((area.height() - below.depth - 8.0) / rows as f32).floor();
    // Tiles need not be square, but neither should they be ribbons.
    let pitch_x = pitch_x.min(pitch_y * 3.2);
    let pitch_y = pitch_y.min(pitch_x * 1.6).floor();
    if pitch_x < 12.0 || pitch_y < px * 1.2 {
        return sheet.no_room("tiles");
    }
    let over = (left + pitch_x * (columns as f32 - 0.5) + below.over_right - area.right).max(0.0);
    let spare = ((area.right - after - left - pitch_x * columns as f32) / 2.0 - over).max(0.0).floor();
    let (left, top) = (left + spare, area.top.round());
    let gap = *sheet.rng("tile gap").pick(&[0.0, 1.0, 2.0]);
    let tile = |row: usize, column: usize| {
        let (x, y) = (left + pitch_x * (column - 1) as f32, top + pitch_y * row as f32);
        Rect::new(x, y, x + pitch_x - gap, y + pitch_y - gap)
    };
    let printed = wanted && values_fit(sheet, pitch_x - gap, pitch_y - gap)?;
    let corner = sheet.look.corner.min(4.0) * f32::from(u8::from(gap > 0.0));
    let discs = correlations && !printed && sheet.chance("discs", 0.5);
    for row in 0..rows {
        for column in 1..=columns {
            let Some(value) = sheet.value(row, column) else { continue };
            let mark = sheet.cell_mark(Role::Tile, row, column);
            if discs {
                disc(sheet, mark, tile(row, column), value, color(value));
            } else {
                sheet.scene.round_rect(mark, tile(row, column), corner, color(value));
            }
        }
    }
    let at_x: Vec<f32> = (0..columns).map(|i| left + pitch_x * (i as f32 + 0.5)).collect();
    let at_y: Vec<f32> = (0..rows).map(|i| top + pitch_y * (i as f32 + 0.5)).collect();
    let bottom = top + pitch_y * rows as f32;
    below.paint(sheet, &heads, &at_x, bottom + 7.0)?;
    let names_column = Rect::new(left - 8.0 - beside.width, top, left - 7.0, bottom);
    beside.paint(sheet, &names, &at_y, &names_column, Align::End)?;
    if printed {
        for row in 0..rows {
            for column in 1..=columns {
                let Some(value) = sheet.value(row, column) else { continue };
                let at = tile(row, column).center();
                let ink = color(value).ink();
                let spec = TextSpec::new(sheet.shown(row, column), sheet.face, px, ink, Role::ValueLabel)
                    .at(at.x, at.y, Align::Middle, VAlign::Middle)
                    .showing([Datum::cell(row, column)]);
                sheet.set(spec)?;
            }
        }
    }
    if bar || !printed {
        let right = left + pitch_x * columns as f32 + px * 1.2;
        let span = Rect::new(right, top, right + RAMP_WIDTH, bottom);
        if right + shades.width(sheet)? > area.right + 1.0 {
            return sheet.no_room("ramp of colours");
        }
        paint_ramp(sheet, &shades, span)?;
    }
    for column in 1..=columns {
        sheet.resolve(column, shades.resolution());
    }
    Ok(())
}

/// A disc whose area is the size of a correlation, in a pale cell.
fn disc(sheet: &mut Sheet<'_>, mark: ElementId, cell: Rect, value: f64, color: Color) {
    let ground = sheet.scene.ornament();
    let frame = Stroke::new(sheet.look.line, 1.0);
    sheet.scene.frame(ground, cell.grown(-0.5), 0.0, frame);
    let most = cell.width().min(cell.height()) / 2.0 - 1.5;
    let radius = (most * libm::sqrt(value.abs()) as f32).max(1.5);
    sheet.scene.circle(mark, cell.center(), radius, color);
}

/// The ramp of the look, or one with two ends for numbers on both sides of zero.
pub(super) fn ramp(sheet: &Sheet<'_>, both: bool) -> Palette {
    // The middle of a ramp with two ends is near the ground.
    let suits = |p: &Palette| if sheet.look.dark { p.good_on_dark } else { p.good_on_light };
    let all = palette::bundled().iter().filter(|p| p.kind == Kind::Diverging);
    let diverging: Vec<&Palette> = all.filter(|p| suits(p)).collect();
    if both && !diverging.is_empty() {
        (*sheet.rng("diverging ramp").pick(&diverging)).clone()
    } else {
        sheet.look.ramp.clone()
    }
}

fn values_fit(sheet: &Sheet<'_>, width: f32, height: f32) -> Drawing<bool> {
    let widest = value_label::widest(sheet, 1, sheet.series())?;
    Ok(widest + 5.0 <= width && sheet.cap(sheet.tick_px) + 7.0 <= height)
}

/// Paints the ramp with its ticks.
pub(super) fn paint_ramp(sheet: &mut Sheet<'_>, shades: &Shades, span: Rect) -> Drawing<()> {
    paint_scale(sheet, &shades.scale, span, |value| shades.color(value))
}

/// Paints the colours of a scale with its ticks.
pub(super) fn paint_scale(
    sheet: &mut Sheet<'_>,
    scale: &Scale,
    span: Rect,
    color: impl Fn(f64) -> Color,
) -> Drawing<()> {
    let at = |share: f32| scale.low + (scale.high - scale.low) * f64::from(share);
    let stops: Vec<(f32, Color)> = (0..=8).map(|i| (i as f32 / 8.0, color(at(i as f32 / 8.0)))).collect();
    let bar = sheet.scene.ornament();
    let (from, to) = (Point::new(0.0, span.bottom), Point::new(0.0, span.top));
    sheet.scene.rect(bar, span, Paint::Linear { from, to, stops });
    let cap = sheet.cap(sheet.tick_px);
    let pitch = span.height() / scale.steps() as f32;
    let every = if pitch < sheet.tick_px * 1.3 { 2 } else { 1 };
    for (index, tick) in scale.ticks.iter().enumerate() {
        let y = span.bottom - span.height() * scale.at(tick.value);
        let tick_mark = Rect::new(span.right, y.round(), span.right + 3.0, y.round() + 1.0);
        sheet.scene.rect(bar, tick_mark, sheet.look.soft_ink);
        if index % every != 0 {
            continue;
        }
        // The first and the last label stay beside the ramp.
        let y = y.clamp(span.top + cap / 2.0, span.bottom - cap / 2.0);
        let spec = TextSpec::new(&tick.text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel);
        sheet.set(spec.at(span.right + LABEL_GAP, y, Align::Start, VAlign::Middle))?;
    }
    Ok(())
}
