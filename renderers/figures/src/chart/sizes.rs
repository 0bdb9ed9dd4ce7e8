//! The legend of bubbles: what their areas stand for, with two of them as a measure.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, Point, Rect, Role};

use super::cross::format_of;
use super::plane::{least_step, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Sheet};
use crate::look::words::fill;

/// A legend below the plot, for which room was taken.
pub(super) struct Sizes {
    /// What the areas stand for.
    heading: String,
    /// Two round numbers with their texts, the smaller one first.
    samples: Vec<(f64, String)>,
    largest: f64,
    /// Where it stands.
    row: Rect,
}

const GAP: f32 = 6.0;

impl Sizes {
    /// Takes the room for a legend of the areas of column `column`; `radius` is the most that the largest bubble gets.
    pub(super) fn reserve(sheet: &mut Sheet<'_>, column: usize, radius: f32) -> Drawing<Self> {
        let name = sheet.header_with_unit(column).text;
        let heading = fill(&sheet.look.words.area, &[&name]);
        let largest = sheet.values(column, column).into_iter().fold(0.0, f64::max);
        let format = format_of(sheet.table, column, sheet.spec.value_format);
        let format = tick_format(sheet, &format, largest);
        let least = least_step(&format).min(largest);
        // Bubbles of nearly one size are measured by samples of their own range, not by one far smaller than all.
        let smallest = sheet.values(column, column).into_iter().fold(largest, f64::min);
        let alike = smallest > largest * 0.35 && smallest < largest;
        let (low, high, most) =
            if alike { (smallest, largest, largest) } else { (0.0, largest * 0.5, largest * 0.72) };
        let scale = Scale::linear(low, high, 2, least).printed(&format);
        let ticks = scale.ticks.into_iter().filter(|t| t.value > 0.0 && t.value >= low && t.value <= most);
        let mut samples: Vec<(f64, String)> = ticks.map(|tick| (tick.value, tick.text)).collect();
        if samples.len() > 2 {
            samples = vec![samples[0].clone(), samples[samples.len() - 1].clone()];
        }
        let widest = |share: f64| radius * libm::sqrt(share / largest) as f32;
        let most = samples.last().map_or(0.0, |(value, _)| widest(*value));
        let height = (2.0 * most + 4.0).max(sheet.text_px * 1.5).round();
        let mut width = sheet.label_width(sheet.text_px, &heading)?;
        for (value, text) in &samples {
            width += 2.0 * GAP + 2.0 * widest(*value) + GAP + sheet.label_width(sheet.tick_px, text)?;
        }
        if samples.is_empty() || width > sheet.area.width() || height > 0.2 * sheet.area.height() {
            return sheet.no_room("legend of the bubbles");
        }
        let middle = sheet.area.center().x;
        let row = Rect {
            left: (middle - width / 2.0).floor(),
            right: (middle + width / 2.0).ceil(),
            top: sheet.area.bottom - height,
            bottom: sheet.area.bottom,
        };
        sheet.area.bottom -= height + (0.7 * sheet.text_px).round();
        Ok(Self { heading, samples, largest, row })
    }

    /// Paints it, now that the radius of the largest bubble is known.
    pub(super) fn paint(&self, sheet: &mut Sheet<'_>, column: usize, radius: f32) -> Drawing<()> {
        let y = self.row.center().y.round();
        let ink = sheet.look.ink;
        let spec = TextSpec::new(&self.heading, sheet.face, sheet.text_px, ink, Role::LegendLabel)
            .at(self.row.left, y, Align::Start, VAlign::Middle)
            .showing([Datum::header(0, column)]);
        sheet.set(spec)?;
        let mut x = self.row.left + sheet.label_width(sheet.text_px, &self.heading)?;
        let pen = Stroke::new(sheet.look.soft_ink, 1.0);
        let mark = sheet.scene.ornament();
        for (value, text) in &self.samples {
            let r = (radius * libm::sqrt(value / self.largest) as f32).max(1.5);
            x += 2.0 * GAP + r;
            if let Some(path) = pixmo_render::PathBuilder::from_circle(x, y, r) {
                sheet.scene.stroke(mark, path, pen.clone());
            }
            x += r + GAP;
            let at = Point::new(x, y);
            let spec = TextSpec::new(text, sheet.face, sheet.tick_px, sheet.look.soft_ink, Role::TickLabel);
            sheet.set(spec.at(at.x, at.y, Align::Start, VAlign::Middle))?;
            x += sheet.label_width(sheet.tick_px, text)?;
        }
        Ok(())
    }
}
