//! Stream graphs: areas on top of each other around a middle that flows with them (Byron and Wattenberg, 2008).

use pixmo_render::scene::{Align, Stroke, TextSpec, VAlign};
use pixmo_render::{PathBuilder, Point, Rect, Role};

use super::bars::series_entry;
use super::legend;
use super::lines::{self, trace};
use super::plane::{Plan, Plane, grid_color};
use super::scale_bar::ScaleBar;
use super::sheet::{Drawing, Sheet, middle};
use crate::look::{Grid, LegendPlace};

/// Draws a stream graph: no axis of values, but a bar that gives the scale.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let series = sheet.series();
    let edges = edges(sheet);
    let direct = sheet.look.legend == LegendPlace::Direct || sheet.chance("names in the stream", 0.55);
    let area = sheet.area;
    for named in [direct, false] {
        sheet.area = area;
        if !named {
            let entries: Vec<_> = (1..=series).map(|column| series_entry(sheet, column)).collect();
            legend::draw(sheet, &entries)?;
        }
        let (plane, bar, plan) = lay_out(sheet)?;
        let stream = Stream::new(&plane, &edges);
        let places = if named { name_places(sheet, &stream)? } else { Some(Vec::new()) };
        let Some(places) = places else { continue };
        plane.paint_back(sheet, &plan)?;
        paint_times(sheet, &plane);
        for column in 1..=series {
            paint_band(sheet, &stream, column);
        }
        plane.paint_front(sheet, None);
        for (column, at) in (1..).zip(places) {
            let name = sheet.header(column);
            let ink = sheet.color(column - 1).ink();
            let spec = TextSpec::new(&name.text, sheet.face, sheet.text_px, ink, Role::DirectLabel)
                .at(at.x, at.y, Align::Middle, VAlign::Middle)
                .showing(name.data);
            sheet.set(spec)?;
        }
        let foot = Point::new(plane.plot.right + 10.0, plane.plot.bottom - 2.0);
        bar.paint(sheet, foot, stream.unit)?;
        for column in 1..=series {
            sheet.resolve(column, (bar.difference(), 1.0));
        }
        return Ok(());
    }
    sheet.no_room("names in the stream")
}

fn lay_out(sheet: &Sheet<'_>) -> Drawing<(Plane, ScaleBar, Plan)> {
    let series = sheet.series();
    let largest = sheet.values(1, series).into_iter().fold(0.0, f64::max);
    let bar = ScaleBar::new(sheet, largest);
    let mut plan = Plan::new(sheet, 1, series, 0.0, 1.0);
    plan.thin = true;
    plan.axis = false;
    plan.value_title = None;
    plan.places = lines::time_places(sheet);
    plan.after = bar.width(sheet)? + 10.0;
    Ok((Plane::new(sheet, &plan)?, bar, plan))
}

/// The edges between the areas, in the unit of the numbers: edge 0 is the lower one of the first series.
fn edges(sheet: &Sheet<'_>) -> Vec<Vec<f64>> {
    let (rows, series) = (sheet.rows(), sheet.series());
    let wiggle = sheet.chance("wiggle", 0.5);
    let mut edges = vec![Vec::with_capacity(rows); series + 1];
    for row in 0..rows {
        let values: Vec<f64> = (1..=series).map(|c| sheet.value(row, c).unwrap_or(0.0)).collect();
        let total: f64 = values.iter().sum();
        let weighted: f64 = values.iter().enumerate().map(|(i, v)| (series - i) as f64 * v).sum();
        let mut level = if wiggle { -weighted / (series + 1) as f64 } else { -total / 2.0 };
        edges[0].push(level);
        for (index, value) in values.into_iter().enumerate() {
            level += value;
            edges[index + 1].push(level);
        }
    }
    edges
}

/// The stream in pixels.
struct Stream {
    edges: Vec<Vec<Point>>,
    /// Pixels of one.
    unit: f64,
}

impl Stream {
    fn new(plane: &Plane, edges: &[Vec<f64>]) -> Self {
        let all = edges.iter().flatten();
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(*v), b.max(*v)));
        let plot = plane.plot;
        let unit = f64::from(plot.height() - 8.0) / (high - low).max(f64::MIN_POSITIVE);
        let y = |value: f64| plot.bottom - 4.0 - ((value - low) * unit) as f32;
        let line = |edge: &Vec<f64>| {
            edge.iter().zip(&plane.centers).map(|(value, x)| Point::new(*x, y(*value))).collect()
        };
        Self { edges: edges.iter().map(line).collect(), unit }
    }

    /// Height of an edge between its points.
    fn height(&self, edge: usize, x: f32) -> f32 {
        let points = &self.edges[edge];
        let after = points.iter().position(|p| p.x >= x).unwrap_or(points.len() - 1).max(1);
        let (a, b) = (points[after - 1], points[after]);
        a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x)).clamp(0.0, 1.0)
    }
}

fn paint_times(sheet: &mut Sheet<'_>, plane: &Plane) {
    if sheet.look.grid == Grid::None {
        return;
    }
    let (color, p) = (grid_color(sheet), plane.plot);
    let mark = sheet.scene.mark(Role::Axis, "", []);
    let every = plane.centers.len().div_ceil(12);
    for x in plane.centers.iter().step_by(every) {
        sheet.scene.rect(mark, Rect::new(x.round(), p.top, x.round() + 1.0, p.bottom), color);
    }
}

fn paint_band(sheet: &mut Sheet<'_>, stream: &Stream, column: usize) {
    let name = sheet.header(column);
    let color = sheet.color(column - 1);
    let area = sheet.scene.mark(Role::Area, name.text, name.data);
    let (low, high) = (&stream.edges[column - 1], &stream.edges[column]);
    let mut path = PathBuilder::new();
    trace(&mut path, high, true, true);
    let back: Vec<Point> = low.iter().rev().copied().collect();
    trace(&mut path, &back, true, false);
    path.close();
    if let Some(path) = path.finish() {
        sheet.scene.fill(area, path, color);
    }
    if let Some(path) = lines::path(high, true) {
        let edge = sheet.look.panel;
        sheet.scene.stroke(area, path, Stroke::new(edge, 1.0));
    }
    for row in 0..sheet.rows() {
        let at = middle(low[row], high[row]);
        let half = ((low[row].y - high[row].y) / 2.0).clamp(1.0, 4.0);
        let mark = sheet.cell_mark(Role::LinePoint, row, column);
        sheet.locate(mark, Rect::new(at.x - 3.0, at.y - half, at.x + 3.0, at.y + half), at, color);
    }
}

/// Where the name of each series fits into its band, as deep inside as may be; `None` when one does not.
fn name_places(sheet: &Sheet<'_>, stream: &Stream) -> Drawing<Option<Vec<Point>>> {
    let (px, cap) = (sheet.text_px, sheet.cap(sheet.text_px));
    let mut places = Vec::new();
    for column in 1..=sheet.series() {
        let half = sheet.label_width(px, &sheet.header(column).text)? / 2.0 + 4.0;
        let points = &stream.edges[column];
        let (first, last) = (points[0].x, points[points.len() - 1].x);
        let mut best: Option<(f32, Point)> = None;
        let mut x = first + half;
        while x <= last - half {
            let at = (0..=8).map(|i| x - half + half * i as f32 / 4.0);
            let (top, bottom) = at.fold((f32::NEG_INFINITY, f32::INFINITY), |(top, bottom), x| {
                (top.max(stream.height(column, x)), bottom.min(stream.height(column - 1, x)))
            });
            if best.is_none_or(|(room, _)| bottom - top > room) {
                best = Some((bottom - top, Point::new(x, (top + bottom) / 2.0)));
            }
            x += 6.0;
        }
        match best {
            Some((room, at)) if room >= cap * 1.9 + 3.0 => places.push(at),
            _ => return Ok(None),
        }
    }
    Ok(Some(places))
}
