//! The plot area of charts with an axis of numbers in both directions.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{NumberFormat, Point, Rect, Role, Table};

use super::plane::{grid_color, grid_line, least_step, squares, stripes, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet};
use crate::look::{Back, Grid, Spines, TickMarks};

/// A plot area with two scales.
pub(super) struct Cross {
    pub(super) plot: Rect,
    pub(super) x: Scale,
    pub(super) y: Scale,
    title_x: Title,
    title_y: Title,
    /// The title of the vertical axis stands above it.
    above: bool,
    area: Rect,
}

/// The title of an axis, broken into lines.
struct Title {
    name: Name,
    lines: Vec<String>,
}

/// What one axis has to hold.
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    /// The least step of ticks.
    pub(super) least: f64,
    pub(super) format: NumberFormat,
    pub(super) title: Name,
    /// Ticks are decades.
    pub(super) log: bool,
    /// A scale given by the caller instead of one from `low` and `high`.
    pub(super) scale: Option<Scale>,
}

impl Axis {
    /// An axis over a column: logarithmic when its numbers span much, else linear, from zero when that is near; `pad`
    /// is the share of the span kept free at both ends.
    pub(super) fn of_column(sheet: &Sheet<'_>, column: usize, pad: f64, log: bool) -> Axis {
        let title = sheet.header_with_unit(column);
        let format = format_of(sheet.table, column, sheet.spec.value_format);
        Self::of_values(sheet, &sheet.values(column, column), format, title, pad, log)
    }

    /// As [`Axis::of_column`], over numbers that are printed in some format.
    pub(super) fn of_values(
        sheet: &Sheet<'_>,
        values: &[f64],
        format: NumberFormat,
        title: Name,
        pad: f64,
        log: bool,
    ) -> Axis {
        let (low, high) = super::bars::bounds(values);
        let format = tick_format(sheet, &format, low.abs().max(high.abs()));
        if log && low > 0.0 && high / low > 150.0 {
            return Axis { low, high, least: 0.0, format, title, log: true, scale: None };
        }
        let span = (high - low).max(high.abs() * 1e-6).max(1e-9);
        let near_zero = low >= 0.0 && low < 0.25 * high;
        let from = if near_zero { 0.0 } else { low - pad * span };
        let from = if low >= 0.0 { from.max(0.0) } else { from };
        let least = least_step(&format).min(span);
        Axis { low: from, high: high + pad * span, least, format, title, log: false, scale: None }
    }

    /// A linear axis from `low` to `high`, both rounded outwards to ticks.
    pub(super) fn linear(low: f64, high: f64, format: NumberFormat, title: Name) -> Axis {
        let least = least_step(&format).min(high - low);
        Axis { low, high, least, format, title, log: false, scale: None }
    }

    fn scale(&self, count: usize) -> Scale {
        let scale = match &self.scale {
            Some(scale) => scale.clone(),
            None if self.log => Scale::log(self.low, self.high),
            None => Scale::linear(self.low, self.high, count, self.least),
        };
        scale.printed(&self.format)
    }
}

/// How a column is printed, read off its cells: decimals, the text around the digits, powers of ten taken out. The
/// columns of a scatter plot have units of their own, so one format for all would be wrong.
pub(super) fn format_of(table: &Table, column: usize, base: &NumberFormat) -> NumberFormat {
    let mut format =
        NumberFormat { prefix: String::new(), suffix: String::new(), decimals: 0, scale: 0, ..base.clone() };
    let mut around: Option<(&str, &str)> = None;
    for cell in table.rows.iter().filter_map(|row| row.get(column)) {
        let Some(value) = cell.as_f64() else { continue };
        let text = cell.shown.trim_start_matches('\u{2212}');
        let (Some(start), Some(end)) =
            (text.find(|c: char| c.is_ascii_digit()), text.rfind(|c: char| c.is_ascii_digit()))
        else {
            continue;
        };
        let here = (&text[..start], &text[end + 1..]);
        if around.is_some_and(|known| known != here) {
            return NumberFormat { prefix: String::new(), suffix: String::new(), scale: 0, ..base.clone() };
        }
        around = Some(here);
        let number = &text[start..=end];
        let fraction = number.rsplit_once(base.mark).map_or(0, |(_, digits)| digits.len() as u32);
        format.decimals = format.decimals.max(fraction);
        let digits: String = number
            .chars()
            .filter_map(|c| if c == base.mark { Some('.') } else { c.is_ascii_digit().then_some(c) })
            .collect();
        let plain: f64 = digits.parse().unwrap_or(0.0);
        if plain > 0.0 && value != 0.0 {
            format.scale = libm::round(libm::log10(value.abs() / plain)).clamp(0.0, 15.0) as u32;
        }
    }
    if let Some((prefix, suffix)) = around {
        (format.prefix, format.suffix) = (prefix.to_owned(), suffix.to_owned());
    }
    format
}

impl Cross {
    /// Lays out and paints the plot area of columns `column_x` and `column_y`; `pad` is the share of the span kept
    /// free at both ends.
    pub(super) fn draw(
        sheet: &mut Sheet<'_>,
        column_x: usize,
        column_y: usize,
        pad: f64,
        log: bool,
    ) -> Drawing<Cross> {
        let x = Axis::of_column(sheet, column_x, pad, log);
        let y = Axis::of_column(sheet, column_y, pad, log);
        let cross = Cross::lay_out(sheet, &x, &y)?;
        cross.paint(sheet)?;
        Ok(cross)
    }

    /// Lays the plot area of two axes out in what is left of the sheet.
    pub(super) fn lay_out(sheet: &Sheet<'_>, along_x: &Axis, along_y: &Axis) -> Drawing<Cross> {
        let area = sheet.area;
        let (px, cap) = (sheet.tick_px, sheet.cap(sheet.tick_px));
        let text = sheet.text_px;
        let line = (text * 1.22).round();
        let above = sheet.chance("title above the axis", 0.3);
        let broken = |title: &Name, along: f32| -> Drawing<Title> {
            let lines = sheet.lines(sheet.face, text, &title.text, along)?.filter(|l| l.len() <= 2);
            let Some(lines) = lines else { return sheet.no_room("title of the axis") };
            Ok(Title { name: title.clone(), lines })
        };
        let title_x = broken(&along_x.title, area.width() * 0.85)?;
        let title_y = broken(&along_y.title, if above { area.width() } else { area.height() * 0.7 })?;
        let depth_y = line * title_y.lines.len() as f32 + 5.0;
        let top = (area.top + if above { depth_y } else { 0.0 } + cap / 2.0 + 1.0).round();
        let depth_x = line * title_x.lines.len() as f32;
        let bottom = (area.bottom - depth_x - 0.4 * text - cap - 0.3 * px - below(cap)).round();
        let mut rows = (((bottom - top) / (px * 4.0)) as usize).clamp(2, 8);
        let mut columns = ((area.width() / (px * 6.5)) as usize).clamp(2, 9);
        for _ in 0..16 {
            let (x, y) = (along_x.scale(columns), along_y.scale(rows));
            let widest_y = sheet.widest(px, y.ticks.iter().map(|t| t.text.as_str()))?;
            let widest_x = sheet.widest(px, x.ticks.iter().map(|t| t.text.as_str()))?;
            let left = area.left + widest_y + 7.0 + if above { 0.0 } else { depth_y };
            let left = left.max(area.left + widest_x / 2.0).round();
            let right = (area.right - widest_x / 2.0 - 1.0).round();
            let plot = Rect::new(left, top, right, bottom);
            if plot.width() < 100.0 || plot.height() < 80.0 {
                return sheet.no_room("plot");
            }
            let (x, y) = (x.spanning(left, right), y.spanning(bottom, top));
            if x.tick_pixels() < widest_x + 0.8 * px && columns > 1 {
                columns -= 1;
                continue;
            }
            if y.tick_pixels() < px * 1.5 && rows > 1 {
                rows -= 1;
                continue;
            }
            if x.tick_pixels() < widest_x + 3.0 || y.tick_pixels() < px * 1.1 {
                break;
            }
            return Ok(Cross { plot, x, y, title_x, title_y, above, area });
        }
        sheet.no_room("ticks of the axes")
    }

    fn paint_titles(&self, sheet: &mut Sheet<'_>) -> Drawing<()> {
        let (area, text) = (self.area, sheet.text_px);
        let line = (text * 1.22).round();
        let count = self.title_x.lines.len();
        for (index, words) in self.title_x.lines.iter().enumerate() {
            let y = area.bottom - line * (count - 1 - index) as f32;
            let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::AxisTitle)
                .at(self.plot.center().x, y, Align::Middle, VAlign::Bottom)
                .showing(self.title_x.name.data.iter().copied());
            sheet.set(spec)?;
        }
        for (index, words) in self.title_y.lines.iter().enumerate() {
            let step = line * index as f32;
            let spec = TextSpec::new(words, sheet.face, text, sheet.look.ink, Role::AxisTitle)
                .showing(self.title_y.name.data.iter().copied());
            let spec = if self.above {
                spec.at(area.left, area.top + step, Align::Start, VAlign::Top)
            } else {
                let x = area.left + sheet.cap(text) / 2.0 + 1.0 + step;
                spec.at(x, self.plot.center().y, Align::Middle, VAlign::Middle).turned(270.0)
            };
            sheet.set(spec)?;
        }
        Ok(())
    }

    /// The point of two values.
    pub(super) fn point(&self, x: f64, y: f64) -> Point {
        Point::new(self.x.at(x), self.y.at(y))
    }

    /// Paints a pale ground where the look has none: under a few small marks a plot would else be all but empty.
    pub(super) fn tint(&self, sheet: &mut Sheet<'_>) {
        let look = sheet.look;
        if look.panel == look.ground {
            let ground = sheet.scene.ornament();
            sheet.scene.rect(ground, self.plot, look.ground.mix(look.ink, 0.035));
        }
    }

    /// Paints panel, grid, edges, ticks and titles.
    pub(super) fn paint(&self, sheet: &mut Sheet<'_>) -> Drawing<()> {
        let look = sheet.look;
        let p = self.plot;
        if look.panel != look.ground {
            let panel = sheet.scene.ornament();
            sheet.scene.rect(panel, Rect { right: p.right + 1.0, bottom: p.bottom + 1.0, ..p }, look.panel);
        }
        let xs: Vec<f32> = self.x.ticks.iter().map(|t| self.x.at(t.value).round()).collect();
        let ys: Vec<f32> = self.y.ticks.iter().map(|t| self.y.at(t.value).round()).collect();
        match look.back {
            Back::Stripes => stripes(sheet, &p, &ys, false),
            Back::Squares => squares(sheet, &p, &ys, false),
            Back::Plain | Back::Tint => {}
        }
        let grid = grid_color(sheet);
        let mark = sheet.scene.mark(Role::Axis, "", []);
        if look.grid != Grid::None {
            for y in &ys {
                grid_line(sheet, mark, Rect::new(p.left, *y, p.right, y + 1.0), grid);
            }
            let both = look.grid != Grid::Value || sheet.chance("grid both ways", 0.6);
            for x in xs.iter().filter(|_| both) {
                grid_line(sheet, mark, Rect::new(*x, p.top, x + 1.0, p.bottom), grid);
            }
        }
        let strong = look.ink.mix(look.ground, 0.35);
        let axis = sheet.scene.mark(Role::Axis, "", []);
        let edges = [
            Rect::new(p.left, p.bottom, p.right + 1.0, p.bottom + 1.0),
            Rect::new(p.left, p.top, p.left + 1.0, p.bottom + 1.0),
            Rect::new(p.left, p.top, p.right + 1.0, p.top + 1.0),
            Rect::new(p.right, p.top, p.right + 1.0, p.bottom + 1.0),
        ];
        let shown = match look.spines {
            Spines::None => 0,
            Spines::Base => 1,
            Spines::LeftBottom => 2,
            Spines::Box => 4,
        };
        for edge in &edges[..shown] {
            sheet.scene.rect(axis, *edge, strong);
        }
        if shown >= 2 {
            let (from, to) = if look.ticks == TickMarks::In { (-5.0, 0.0) } else { (1.0, 5.0) };
            for x in &xs {
                sheet.scene.rect(axis, Rect::new(*x, p.bottom + from, x + 1.0, p.bottom + to), strong);
            }
            for y in &ys {
                sheet.scene.rect(
                    axis,
                    Rect::new(p.left + 1.0 - to, *y, p.left + 1.0 - from, y + 1.0),
                    strong,
                );
            }
        }
        let (px, ink) = (sheet.tick_px, look.soft_ink);
        let gap = below(sheet.cap(px));
        for (tick, x) in self.x.ticks.iter().zip(&xs) {
            let spec = TextSpec::new(&tick.text, sheet.face, px, ink, Role::TickLabel);
            sheet.set(spec.at(*x, p.bottom + gap, Align::Middle, VAlign::Top))?;
        }
        for (tick, y) in self.y.ticks.iter().zip(&ys) {
            let spec = TextSpec::new(&tick.text, sheet.face, px, ink, Role::TickLabel);
            sheet.set(spec.at(p.left - 6.0, y + 0.5, Align::End, VAlign::Middle))?;
        }
        self.paint_titles(sheet)
    }
}

/// Pixels between a plot and the ticks below it: enough to keep off a tick of the other axis in the corner.
fn below(cap: f32) -> f32 {
    (cap / 2.0 + 4.0).max(7.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::{Cell, Column};

    #[test]
    fn the_format_of_a_column_is_read_off_its_cells() {
        let millions =
            NumberFormat { prefix: "$".into(), suffix: "M".into(), scale: 6, ..NumberFormat::plain(1) };
        let mut table = Table::new("t", vec![Column::text("a"), Column::number("b", "$", true)]);
        for value in [12_300_000.0, -4_000_000.0, 150_000_000.0] {
            table.rows.push(vec![Cell::text("x"), Cell::number(value, &millions)]);
        }
        assert_eq!(format_of(&table, 1, &NumberFormat::plain(3)), millions);
    }
}
