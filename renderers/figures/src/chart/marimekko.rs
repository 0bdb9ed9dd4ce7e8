//! Marimekko charts: columns as wide as their totals, split by the shares of their parts, so that every tile is as
//! large as its number.

use pixmo_render::scene::{Align, TextSpec, VAlign};
use pixmo_render::{Datum, Rect, Role};

use super::bars::{percent_format, percent_scale, series_entry};
use super::legend;
use super::plane::{Places, Plan, Plane};
use super::sheet::{Drawing, Sheet};
use super::value_label;

/// Draws a Marimekko chart.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let (rows, series) = (sheet.rows(), sheet.series());
    let mut entries: Vec<_> = (1..=series).map(|column| series_entry(sheet, column)).collect();
    if legend::stands_right(sheet) {
        entries.reverse();
    }
    legend::draw(sheet, &entries)?;
    let totals: Vec<f64> =
        (0..rows).map(|row| (1..=series).filter_map(|column| sheet.value(row, column)).sum()).collect();
    let whole: f64 = totals.iter().sum();
    let mut plan = Plan::new(sheet, 1, series, 0.0, 100.0);
    plan.scale = Some(percent_scale(sheet));
    plan.format = percent_format(sheet);
    plan.value_title = None;
    plan.right_axis = false;
    plan.places = Places::Widths(totals.iter().map(|total| (total / whole) as f32).collect());
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    let gap = sheet.rng("tile gap").whole(1, 3) as f32;
    let tiles = tiles(sheet, &plane, &totals, whole);
    for (row, column, tile) in &tiles {
        let rect = Rect { right: tile.right - gap, top: tile.top + gap, ..*tile };
        let mark = sheet.cell_mark(Role::Tile, *row, *column);
        let color = sheet.color(column - 1);
        sheet.scene.rect(mark, rect, color);
    }
    if sheet.wants_values(rows * series, 30) && values_fit(sheet, &tiles)? {
        for (row, column, tile) in &tiles {
            let (at, ink) = (tile.center(), sheet.color(column - 1).ink());
            let spec =
                TextSpec::new(sheet.shown(*row, *column), sheet.face, sheet.tick_px, ink, Role::ValueLabel)
                    .at(at.x - gap / 2.0, at.y + gap / 2.0, Align::Middle, VAlign::Middle)
                    .showing([Datum::cell(*row, *column)]);
            sheet.set(spec)?;
        }
    }
    for column in 1..=series {
        // Areas of different forms are hard to compare.
        sheet.resolve(column, (0.0, 1.3));
    }
    Ok(())
}

/// The tile of each number, with its row and column.
fn tiles(sheet: &Sheet<'_>, plane: &Plane, totals: &[f64], whole: f64) -> Vec<(usize, usize, Rect)> {
    let plot = plane.plot;
    let across = |sum: f64| (plot.left + plot.width() * (sum / whole) as f32).round();
    let mut tiles = Vec::new();
    let mut before = 0.0;
    for (row, total) in totals.iter().enumerate() {
        let (left, right) = (across(before), across(before + total));
        let mut level = 0.0;
        for column in 1..=sheet.series() {
            let value = sheet.value(row, column).unwrap_or(0.0);
            let bottom = plane.scale.at(100.0 * level / total).round();
            level += value;
            let top = plane.scale.at(100.0 * level / total).round().min(bottom - 2.0);
            tiles.push((row, column, Rect::new(left, top, right, bottom)));
        }
        before += total;
    }
    tiles
}

fn values_fit(sheet: &Sheet<'_>, tiles: &[(usize, usize, Rect)]) -> Drawing<bool> {
    for (row, column, tile) in tiles {
        let (width, height) = value_label::size(sheet, sheet.shown(*row, *column))?;
        if tile.width() < width + 7.0 || tile.height() < height + 6.0 {
            return Ok(false);
        }
    }
    Ok(true)
}
