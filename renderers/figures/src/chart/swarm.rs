//! Beeswarms: one dot for each sample, moved aside just so far that no two overlap.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, Datum, Point, Rect, Role};

use super::bars::{bounds, lies};
use super::density::samples_title;
use super::dots::faded_dot;
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Name, Sheet, around};
use crate::Resolution;

/// A sample: its row in the table of samples, and its number.
type Sample = (usize, f64);

/// Draws the samples of each group as a swarm with a line at the median.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let groups: Vec<Vec<Sample>> = (0..sheet.rows()).map(|row| samples_of(sheet, row)).collect();
    let (mut low, high) = bounds(&sheet.values(1, 3));
    if low >= 0.0 && low < 0.3 * high {
        low = 0.0;
    }
    let mut plan = Plan::new(sheet, 1, 3, low, high);
    plan.value_title = Some(samples_title(sheet));
    plan.names = groups.iter().enumerate().map(|(row, samples)| group_name(sheet, row, samples)).collect();
    plan.lying = lies(sheet);
    let plane = Plane::new(sheet, &plan)?;
    let (radius, offsets) = spread_out(sheet, &plane, &groups)?;
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0));
    let each = groups.len() <= sheet.look.series.len() && sheet.chance("colours of groups", 0.7);
    if sheet.chance("bands of groups", 0.25) {
        paint_bands(sheet, &plane, groups.len());
    }
    for (row, samples) in groups.iter().enumerate() {
        let color = sheet.color(if each { row } else { 0 });
        let header = sheet.spec.data.tables[1].columns[1].name.clone();
        let label = format!("{}, {header}", sheet.shown(row, 0));
        for ((sample, value), offset) in samples.iter().zip(&offsets[row]) {
            let at = beside(&plane, row, *value, *offset);
            faded_dot(sheet, label.clone(), Datum::at(1, *sample, 1), at, radius, color);
        }
        let reach = offsets[row].iter().fold(0.0f32, |most, offset| most.max(offset.abs())) + radius + 5.0;
        paint_figures(sheet, &plane, row, reach.max(16.0), color);
    }
    for column in 1..=3 {
        sheet.resolve(column, plane.scale.resolution());
    }
    let (difference, ratio) = plane.scale.resolution();
    sheet.resolutions.push(Resolution { table: 1, column: 1, difference, ratio, scale: true, in_row: None });
    Ok(())
}

/// The samples of a row of table 0.
fn samples_of(sheet: &Sheet<'_>, row: usize) -> Vec<Sample> {
    let table = &sheet.spec.data.tables[1];
    let cells = table.rows.iter().enumerate().filter(|(_, cells)| cells[0].shown == sheet.shown(row, 0));
    cells.filter_map(|(sample, cells)| Some((sample, cells[1].as_f64()?))).collect()
}

/// The name of a group, which all its samples have too.
fn group_name(sheet: &Sheet<'_>, row: usize, samples: &[Sample]) -> Name {
    let mut name = sheet.row_name(row);
    name.data.extend(samples.iter().map(|(sample, _)| Datum::at(1, *sample, 0)));
    name
}

/// The point of a value, moved aside.
fn beside(plane: &Plane, row: usize, value: f64, offset: f32) -> Point {
    let at = plane.point(row, value);
    if plane.lying { Point::new(at.x, at.y + offset) } else { Point::new(at.x + offset, at.y) }
}

/// The largest dots whose swarms stay apart, and how far each of them is moved aside.
fn spread_out(sheet: &Sheet<'_>, plane: &Plane, groups: &[Vec<Sample>]) -> Drawing<(f32, Vec<Vec<f32>>)> {
    let along: Vec<Vec<f32>> = groups
        .iter()
        .map(|samples| samples.iter().map(|(_, value)| plane.scale.at(*value)).collect())
        .collect();
    let widest = plane.pitch * 0.46;
    let mut radius = sheet.rng("dot").range32(3.4, 6.0) * sheet.grow;
    while radius >= 2.2 {
        let offsets: Vec<Vec<f32>> = along.iter().map(|places| swarm(places, 2.0 * radius + 0.8)).collect();
        let reach = offsets.iter().flatten().fold(0.0f32, |most, offset| most.max(offset.abs())) + radius;
        if reach <= widest {
            return Ok((radius, offsets));
        }
        radius -= 0.3;
    }
    sheet.no_room("dots")
}

/// The line at the median, and the places of the smallest and the largest sample.
fn paint_figures(sheet: &mut Sheet<'_>, plane: &Plane, row: usize, reach: f32, color: Color) {
    let value = |sheet: &Sheet<'_>, column: usize| sheet.value(row, column).unwrap_or(0.0);
    for column in [1, 3] {
        let at = plane.point(row, value(sheet, column));
        let mark = sheet.cell_mark(Role::Span, row, column);
        sheet.locate(mark, around(at, 4.0), at, color);
    }
    let median = value(sheet, 2);
    let (a, b) = (beside(plane, row, median, -reach), beside(plane, row, median, reach));
    let mark = sheet.cell_mark(Role::Span, row, 2);
    sheet.scene.line(mark, a, b, Stroke::new(sheet.look.ink, 2.2));
    sheet.anchor(mark, plane.point(row, median));
}

/// A pale ground behind every other group.
fn paint_bands(sheet: &mut Sheet<'_>, plane: &Plane, count: usize) {
    let color = sheet.look.ink.faded(0.045);
    let ground = sheet.scene.ornament();
    for slot in (0..count).step_by(2) {
        let (from, to) = (plane.centers[slot] - plane.pitch / 2.0, plane.centers[slot] + plane.pitch / 2.0);
        let p = plane.plot;
        let band = if plane.lying {
            Rect { top: from.max(p.top), bottom: to.min(p.bottom), ..p }
        } else {
            Rect { left: from.max(p.left), right: to.min(p.right), ..p }
        };
        sheet.scene.rect(ground, band, color);
    }
}

/// How far each dot is moved aside: from the lowest place to the highest, each to the nearest free place beside the
/// middle, dots being `apart` from middle to middle.
fn swarm(places: &[f32], apart: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut offsets = vec![0.0f32; places.len()];
    let mut set: Vec<(f32, f32)> = Vec::with_capacity(places.len());
    for index in order {
        let place = places[index];
        let near: Vec<(f32, f32)> = set.iter().copied().filter(|(p, _)| place - p < apart).collect();
        let mut candidates = vec![0.0f32];
        for (p, offset) in &near {
            let side = libm::sqrtf((apart * apart - (place - p) * (place - p)).max(0.0)) + 1e-3;
            candidates.extend([offset + side, offset - side]);
        }
        candidates.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then(b.total_cmp(a)));
        let free = |candidate: &&f32| {
            near.iter().all(|(p, offset)| libm::hypotf(place - p, *candidate - offset) >= apart)
        };
        let offset = candidates.iter().find(free).copied().unwrap_or(0.0);
        offsets[index] = offset;
        set.push((place, offset));
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_dots_of_a_swarm_overlap() {
        let places: Vec<f32> = (0..60).map(|i| ((i * 37) % 50) as f32).collect();
        let offsets = swarm(&places, 8.0);
        for a in 0..places.len() {
            for b in 0..a {
                let apart = libm::hypotf(places[a] - places[b], offsets[a] - offsets[b]);
                assert!(apart >= 7.99, "{a} and {b}: {apart}");
            }
        }
        assert_eq!(swarm(&[1.0, 50.0], 8.0), [0.0, 0.0]);
    }
}
