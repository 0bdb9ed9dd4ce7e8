//! Hexagon bins: samples over a plane, counted in hexagons that show and print how many they hold.

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{Datum, PathBuilder, Role};

use super::bars::bounds;
use super::cross::{Axis, Cross, format_of};
use super::heat_map::Shades;
use super::plane::tick_format;
use super::sheet::{Drawing, Name, Sheet};
use super::value_label;

/// The hexagons over a plane: `columns` of them side by side between the smallest and the largest x, and rows of them
/// that interlock, `rows` from the smallest to the largest y, both counted from middle to middle.
///
/// The middles lie on two lattices, one moved by half a step along both axes; a sample belongs to the middle of either
/// one that is nearer, distances along y counting three times after both steps are taken as 1 (Carr et al. 1987).
#[derive(Clone, Debug)]
pub struct Hexagons {
    start: (f64, f64),
    step: (f64, f64),
    /// Middle and number of samples of each hexagon that holds some, from the lowest row on, left to right.
    pub bins: Vec<((f64, f64), usize)>,
}

impl Hexagons {
    /// Counts samples.
    pub fn of(samples: &[(f64, f64)], columns: usize, rows: usize) -> Self {
        let (xs, ys): (Vec<f64>, Vec<f64>) = samples.iter().copied().unzip();
        let ((left, right), (low, high)) = (bounds(&xs), bounds(&ys));
        // One lattice has two rows of hexagons, the other lies between them.
        let step = ((right - left) / columns.max(1) as f64, 2.0 * (high - low) / rows.max(1) as f64);
        let mut found = Self { start: (left, low), step, bins: Vec::new() };
        let mut counts = std::collections::BTreeMap::<(i64, i64), usize>::new();
        for (x, y) in samples {
            *counts.entry(found.place(*x, *y)).or_default() += 1;
        }
        // A place is given in half steps, rows first.
        found.bins = counts.into_iter().map(|(place, count)| (found.middle(place), count)).collect();
        found
    }

    /// The middle that a sample belongs to, in half steps along y and x.
    fn place(&self, x: f64, y: f64) -> (i64, i64) {
        let (u, v) = ((x - self.start.0) / self.step.0, (y - self.start.1) / self.step.1);
        let off = |column: f64, row: f64| (u - column) * (u - column) + 3.0 * (v - row) * (v - row);
        let (even, odd) = ((u.round(), v.round()), (u.floor() + 0.5, v.floor() + 0.5));
        let (column, row) = if off(even.0, even.1) <= off(odd.0, odd.1) { even } else { odd };
        ((2.0 * row).round() as i64, (2.0 * column).round() as i64)
    }

    fn middle(&self, (row, column): (i64, i64)) -> (f64, f64) {
        (self.start.0 + self.step.0 * column as f64 / 2.0, self.start.1 + self.step.1 * row as f64 / 2.0)
    }

    /// The corners of a hexagon around a middle, from the top on.
    pub fn corners(&self, (x, y): (f64, f64)) -> [(f64, f64); 6] {
        let (half, high, low) = (self.step.0 / 2.0, self.step.1 / 3.0, self.step.1 / 6.0);
        [(0.0, high), (half, low), (half, -low), (0.0, -high), (-half, -low), (-half, low)]
            .map(|(dx, dy)| (x + dx, y + dy))
    }
}

/// Draws hexagon bins. The numbers of columns and rows of hexagons stand in table 2.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let hexagons = super::derived::hexagons_of(sheet.spec.data);
    let Some(hexagons) = hexagons else { return sheet.no_room("hexagons") };
    let counts = sheet.values(3, 3);
    let shades = Shades::of(sheet, &counts).beginning_at(sheet.look.panel);
    let cross = lay_out(sheet, &hexagons)?;
    cross.paint(sheet)?;
    // Between hexagons lies the panel or a thin dark line; the palest ones would else be lost on the ground.
    let pale = shades.color(shades.scale.low).contrast(sheet.look.panel) < 1.25;
    let edge = if pale || sheet.chance("dark edges", 0.4) {
        Stroke::new(sheet.look.ink.faded(0.3), 0.9)
    } else {
        Stroke::new(sheet.look.panel, 1.4)
    };
    for (row, (middle, _)) in hexagons.bins.iter().enumerate() {
        let mut path = PathBuilder::new();
        for (index, (x, y)) in hexagons.corners(*middle).into_iter().enumerate() {
            let p = cross.point(x, y);
            if index == 0 {
                path.move_to(p.x, p.y);
            } else {
                path.line_to(p.x, p.y);
            }
        }
        path.close();
        let Some(path) = path.finish() else { continue };
        let center = cross.point(middle.0, middle.1);
        let color = shades.color(counts[row]);
        let mark = sheet.cell_mark(Role::Tile, row, 3);
        sheet.scene.fill(mark, path.clone(), color);
        sheet.scene.stroke(mark, path, edge.clone());
        sheet.anchor(mark, center);
        let bounds = sheet.scene.element(mark).bounds;
        for column in [1, 2] {
            let twin = sheet.cell_mark(Role::Tile, row, column);
            sheet.locate(twin, bounds, center, color);
        }
        let (width, height) = value_label::size(sheet, sheet.shown(row, 3))?;
        if width + 4.0 > bounds.width() || height + 6.0 > bounds.height() * 0.7 {
            return sheet.no_room("numbers in hexagons");
        }
        let spec =
            TextSpec::new(sheet.shown(row, 3), sheet.face, sheet.tick_px, color.ink(), Role::ValueLabel)
                .at(center.x, center.y, Align::Middle, VAlign::Middle)
                .showing([Datum::cell(row, 3)]);
        sheet.set(spec)?;
    }
    sheet.resolve(1, cross.x.resolution());
    sheet.resolve(2, cross.y.resolution());
    sheet.resolve(3, shades.resolution());
    Ok(())
}

fn lay_out(sheet: &Sheet<'_>, hexagons: &Hexagons) -> Drawing<Cross> {
    let corners: Vec<(f64, f64)> =
        hexagons.bins.iter().flat_map(|(middle, _)| hexagons.corners(*middle)).collect();
    let axis = |column: usize, part: &dyn Fn(&(f64, f64)) -> f64| {
        let (low, high) = bounds(&corners.iter().map(part).collect::<Vec<f64>>());
        let format = format_of(&sheet.spec.data.tables[1], column, sheet.spec.value_format);
        let format = tick_format(sheet, &format, low.abs().max(high));
        let name = sheet.spec.data.tables[1].columns[column].name.clone();
        let text = sheet.unit(column).map_or(name.clone(), |unit| format!("{name} ({unit})"));
        Axis::linear(low, high, format, Name { text, data: vec![Datum::header(1, column)] })
    };
    Cross::lay_out(sheet, &axis(1, &|p| p.0), &axis(2, &|p| p.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixmo_render::Point;

    #[test]
    fn each_sample_lies_in_the_hexagon_that_counts_it() {
        let samples: Vec<(f64, f64)> =
            (0..400).map(|i| (f64::from((i * 37) % 101), f64::from((i * 53) % 89) / 4.0)).collect();
        let hexagons = Hexagons::of(&samples, 7, 6);
        assert_eq!(hexagons.bins.iter().map(|(_, count)| count).sum::<usize>(), samples.len());
        for (x, y) in &samples {
            let place = hexagons.place(*x, *y);
            let corners =
                hexagons.corners(hexagons.middle(place)).map(|(x, y)| Point::new(x as f32, y as f32));
            // On the same side of all edges.
            let sides = (0..6).map(|i| {
                let (a, b) = (corners[i], corners[(i + 1) % 6]);
                (b.x - a.x) * (*y as f32 - a.y) - (b.y - a.y) * (*x as f32 - a.x)
            });
            assert!(sides.clone().all(|s| s <= 1e-2) || sides.clone().all(|s| s >= -1e-2), "{x} {y}");
        }
    }
}
