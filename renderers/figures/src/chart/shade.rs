//! Colours of maps: a ramp from little to much, smooth or in classes, and its legend.

use pixmo_render::palette::{Kind, Palette};
use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Color, Rect, Role};

use super::bars::bounds;
use super::heat_map::{LABEL_GAP, paint_scale, ramp};
use super::plane::{least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};

/// How numbers become colours.
pub(super) struct Shade {
    scale: Scale,
    ramp: Palette,
    reversed: bool,
    /// Numbers between two ticks have one colour.
    classed: bool,
    /// Colour where there is no number.
    pub(super) none: Color,
}

impl Shade {
    /// For column 1.
    pub(super) fn new(sheet: &Sheet<'_>) -> Self {
        let (low, high) = bounds(&sheet.values(1, 1));
        let both = low < 0.0 && high > 0.0;
        let ramp = ramp(sheet, both);
        let (low, high) = if both { (low.min(-high), high.max(-low)) } else { (low, high) };
        let format = tick_format(sheet, sheet.spec.value_format, low.abs().max(high.abs()));
        let least = least_step(sheet.spec.value_format).min((high - low).max(1e-9));
        let scale = Scale::linear(low, high, 5, least).printed(&format).spanning(0.0, 1.0);
        let reversed = sheet.look.dark && ramp.kind == Kind::Sequential;
        let classed = sheet.chance("classes of colours", 0.5) && (3..=7).contains(&scale.steps());
        let none = sheet.look.ink.mix(sheet.look.ground, 0.82);
        Self { scale, ramp, reversed, classed, none }
    }

    /// The colour of a number.
    pub(super) fn color(&self, value: Option<f64>) -> Color {
        let Some(value) = value else { return self.none };
        let share = self.scale.at(value).clamp(0.0, 1.0);
        let share = if self.classed {
            let steps = self.scale.steps() as f32;
            let class = libm::floorf(share * steps + 1e-4).clamp(0.0, steps - 1.0);
            class / (steps - 1.0).max(1.0)
        } else {
            share
        };
        self.ramp.ramp(if self.reversed { 1.0 - share } else { share })
    }

    /// How finely numbers are told apart by their colours.
    pub(super) fn resolution(&self) -> (f64, f64) {
        let whole = self.scale.high - self.scale.low;
        (if self.classed { whole / self.scale.steps() as f64 } else { whole / 9.0 }, 1.0)
    }

    /// Draws the legend at the right edge and takes its room; with an entry for missing numbers where there are some.
    pub(super) fn legend(&self, sheet: &mut Sheet<'_>) -> Drawing<()> {
        let px = sheet.tick_px;
        let missing = (0..sheet.rows()).any(|row| sheet.value(row, 1).is_none());
        let ticks = sheet.widest(px, self.scale.ticks.iter().map(|t| t.text.as_str()))?;
        let none = sheet.look.words.no_data.as_str();
        let words = if missing { sheet.label_width(px, none)? + 4.0 } else { 0.0 };
        let width = 14.0 + LABEL_GAP + ticks.max(words);
        let area = sheet.area;
        let left = (area.right - width).floor();
        let height = (0.55 * area.height()).clamp(90.0, 230.0);
        let top = (area.top + (area.height() - height) * 0.5).round();
        if height > area.height() {
            return sheet.no_room("ramp of colours");
        }
        let span = Rect::new(left, top, left + 14.0, top + height);
        if self.classed {
            self.paint_classes(sheet, span)?;
        } else {
            paint_scale(sheet, &self.scale, span, |value| self.color(Some(value)))?;
        }
        if missing {
            let y = span.bottom + px * 1.6;
            let key = sheet.scene.ornament();
            sheet.scene.rect(key, Rect::new(left, y - 6.0, left + 14.0, y + 6.0), self.none);
            let spec = TextSpec::new(none, sheet.face, px, sheet.look.soft_ink, Role::LegendLabel);
            sheet.set(spec.at(left + 20.0, y, Align::Start, VAlign::Middle))?;
        }
        sheet.area.right = left - (px * 1.4).round();
        Ok(())
    }

    fn paint_classes(&self, sheet: &mut Sheet<'_>, span: Rect) -> Drawing<()> {
        let steps = self.scale.steps();
        let pitch = span.height() / steps as f32;
        let step = (self.scale.high - self.scale.low) / steps as f64;
        let cap = sheet.cap(sheet.tick_px);
        for class in 0..steps {
            let middle = self.scale.low + step * (class as f64 + 0.5);
            let bottom = (span.bottom - pitch * class as f32).round();
            let mark = sheet.scene.ornament();
            let tile = Rect::new(span.left, (bottom - pitch).round() + 1.0, span.right, bottom);
            let color = self.color(Some(middle));
            sheet.scene.rect(mark, tile, color);
        }
        for tick in &self.scale.ticks {
            let y = span.bottom - span.height() * self.scale.at(tick.value);
            let y = y.clamp(span.top + cap / 2.0, span.bottom - cap / 2.0);
            let ink = sheet.look.soft_ink;
            let spec = TextSpec::new(&tick.text, sheet.face, sheet.tick_px, ink, Role::TickLabel);
            sheet.set(spec.at(span.right + LABEL_GAP, y, Align::Start, VAlign::Middle))?;
        }
        Ok(())
    }
}

/// The name of what the colours or heights of a column show, over the map, unless the title says it; takes its room.
pub(super) fn heading(sheet: &mut Sheet<'_>, column: usize) -> Drawing<()> {
    let name = sheet.header_with_unit(column);
    if sheet.named_above(column) && sheet.unit(column).is_none() {
        return Ok(());
    }
    let px = sheet.text_px;
    let Some(lines) = sheet.lines(sheet.face, px, &name.text, sheet.area.width())? else {
        return sheet.no_room("name of the measure");
    };
    for text in lines {
        let spec = TextSpec::new(&text, sheet.face, px, sheet.look.ink, Role::AxisTitle);
        let at = (sheet.area.left, sheet.area.top);
        sheet.set(spec.at(at.0, at.1, Align::Start, VAlign::Top).showing(name.data.iter().copied()))?;
        sheet.area.top += (px * 1.3).round();
    }
    sheet.area.top += (px * 0.5).round();
    Ok(())
}
