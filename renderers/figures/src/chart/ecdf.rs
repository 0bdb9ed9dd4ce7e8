//! Cumulative distributions: for each group, the share of samples up to each number, as steps.

use pixmo_render::scene::Stroke;
use pixmo_render::{NumberFormat, Point, Rect, Role};

use super::bars::bounds;
use super::cross::{Axis, Cross, format_of};
use super::density::samples_title;
use super::derived::samples_of;
use super::legend::{self, Entry, Key};
use super::plane::{grid_color, tick_format};
use super::scale::Scale;
use super::sheet::{Drawing, Name, Sheet, around};

/// The shares at which the quartiles are read off, by column.
const SHARES: [(usize, f64); 3] = [(1, 25.0), (2, 50.0), (3, 75.0)];

/// Draws cumulative distributions.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let mut samples = samples_of(sheet.spec.data);
    samples.iter_mut().for_each(|s| s.sort_by(f64::total_cmp));
    let patterns: [&[f32]; 5] = [&[], &[7.0, 4.0], &[2.0, 3.0], &[9.0, 3.0, 2.0, 3.0], &[12.0, 4.0]];
    let dashed = matches!(sheet.look.theme, "paper" | "journal") && sheet.chance("dashes", 0.35);
    let dashes: Vec<&[f32]> =
        (0..samples.len()).map(|i| if dashed { patterns[i % 5] } else { &[] }).collect();
    let entries: Vec<Entry> = (0..samples.len())
        .map(|row| Entry::new(sheet.row_name(row), sheet.color(row), Key::Line(dashes[row].to_vec(), false)))
        .collect();
    legend::draw(sheet, &entries)?;
    let cross = lay_out(sheet, &samples.concat())?;
    if sheet.chance("pale ground", 0.35) {
        cross.tint(sheet);
    }
    cross.paint(sheet)?;
    paint_guides(sheet, &cross);
    let dots = sheet.chance("dots at quartiles", 0.6);
    for (row, sorted) in samples.iter().enumerate() {
        let color = sheet.color(row);
        let name = sheet.row_name(row);
        let line = sheet.scene.mark(Role::Line, name.text, name.data);
        let stroke = Stroke::new(color, sheet.look.stroke.min(2.6)).dashed(dashes[row]);
        sheet.scene.polyline(line, &steps(&cross, sorted), stroke);
        for (column, share) in SHARES {
            let at = cross.point(sheet.value(row, column).unwrap_or(0.0), share);
            let mark = sheet.cell_mark(Role::LinePoint, row, column);
            if dots {
                sheet.scene.circle(mark, at, sheet.look.stroke.min(2.6) + 1.8, color);
            }
            sheet.locate(mark, around(at, 4.0), at, color);
        }
    }
    for (column, _) in SHARES {
        sheet.resolve(column, cross.x.resolution());
    }
    Ok(())
}

fn lay_out(sheet: &Sheet<'_>, all: &[f64]) -> Drawing<Cross> {
    let (low, high) = bounds(all);
    let reach = 0.03 * (high - low);
    let from = if low >= 0.0 { (low - reach).max(0.0) } else { low - reach };
    let format = format_of(sheet.table, 2, sheet.spec.value_format);
    let format = tick_format(sheet, &format, low.abs().max(high));
    let x = Axis::linear(from, high + reach, format, samples_title(sheet));
    let percent = sheet.chance("shares in per cent", 0.7);
    let format =
        NumberFormat { suffix: sheet.look.words.percent.clone(), group: None, ..NumberFormat::plain(0) };
    // Quarters are ticks, so that quartiles can be read off.
    let title = Name { text: sheet.look.words.share_up_to.clone(), data: Vec::new() };
    let mut y = Axis::linear(0.0, 100.0, format, title);
    y.scale = Some(Scale::linear_with(0.0, 100.0, 4));
    if !percent {
        y.format = NumberFormat { suffix: String::new(), scale: 2, decimals: 2, ..y.format };
        y.format.mark = sheet.spec.value_format.mark;
        y.title.text = sheet.look.words.cumulative.clone();
    }
    Cross::lay_out(sheet, &x, &y)
}

/// Lines at the quarters where the look has no grid.
fn paint_guides(sheet: &mut Sheet<'_>, cross: &Cross) {
    if sheet.look.grid != crate::look::Grid::None {
        return;
    }
    let color = grid_color(sheet);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    for (_, share) in SHARES {
        let y = cross.y.at(share).round();
        let (left, right) = (cross.plot.left, cross.plot.right);
        sheet.scene.rect(mark, Rect::new(left, y, right, y + 1.0), color);
    }
}

/// The corners of the steps: at the i-th of n samples the share rises to i / n.
fn steps(cross: &Cross, sorted: &[f64]) -> Vec<Point> {
    let count = sorted.len() as f64;
    let mut points = vec![cross.point(cross.x.low, 0.0)];
    for (index, value) in sorted.iter().enumerate() {
        let share = |samples: usize| 100.0 * samples as f64 / count;
        points.push(cross.point(*value, share(index)));
        points.push(cross.point(*value, share(index + 1)));
    }
    points.push(cross.point(cross.x.high, 100.0));
    points
}
