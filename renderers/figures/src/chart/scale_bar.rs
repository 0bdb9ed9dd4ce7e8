//! Scale bars: for charts without an axis of values, an upright bar that says how high so many units are.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Point, Rect, Role};

use super::plane::{least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};

/// A round amount with its text.
pub(super) struct ScaleBar {
    amount: f64,
    text: String,
}

const GAP: f32 = 5.0;

impl ScaleBar {
    /// About a third of the largest number that is drawn.
    pub(super) fn new(sheet: &Sheet<'_>, largest: f64) -> Self {
        let format = tick_format(sheet, sheet.spec.value_format, largest);
        let least = least_step(sheet.spec.value_format).min(largest);
        let scale = Scale::linear(0.0, largest, 3, least).printed(&format);
        let tick = scale.ticks.iter().find(|tick| tick.value > 0.0);
        let (amount, mut text) = tick.map_or((largest, String::new()), |t| (t.value, t.text.clone()));
        if let Some(unit) = sheet.unit(1) {
            text = format!("{text} {unit}");
        }
        Self { amount, text }
    }

    /// Pixels that the bar takes with its text beside it.
    pub(super) fn width(&self, sheet: &Sheet<'_>) -> Drawing<f32> {
        Ok(sheet.label_width(sheet.tick_px, &self.text)?.ceil() + GAP + 8.0)
    }

    /// The smallest difference that can be read against it.
    pub(super) fn difference(&self) -> f64 {
        self.amount / 3.0
    }

    /// Paints the bar with its lower end at `foot` and its text to the right; `unit` are the pixels of one.
    pub(super) fn paint(&self, sheet: &mut Sheet<'_>, foot: Point, unit: f64) -> Drawing<()> {
        let height = (self.amount * unit) as f32;
        let color = sheet.look.ink.mix(sheet.look.ground, 0.25);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        let (x, top) = (foot.x.round(), (foot.y - height).round());
        sheet.scene.rect(mark, Rect::new(x + 3.0, top, x + 4.0, foot.y.round()), color);
        for y in [top, foot.y.round() - 1.0] {
            sheet.scene.rect(mark, Rect::new(x, y, x + 7.0, y + 1.0), color);
        }
        let y = ((top + foot.y) / 2.0).round();
        let spec = TextSpec::new(&self.text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel);
        sheet.set(spec.at(x + 7.0 + GAP, y, Align::Start, VAlign::Middle))?;
        Ok(())
    }
}
