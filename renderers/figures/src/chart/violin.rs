//! Violins: the density of each group, mirrored, with its quartiles inside.

use pixmo_render::scene::Stroke;
use pixmo_render::{Color, PathBuilder, Point, Rect, Role};

use super::bars::{bounds, lies};
use super::density::samples_title;
use super::derived::samples_of;
use super::intervals::free_range;
use super::plane::{Plan, Plane};
use super::sheet::{Drawing, Sheet, around};
use super::statistic::Kernel;

/// A violin, laid out.
struct Violin {
    row: usize,
    kernel: Kernel,
    /// Pixels from the middle to the edge for a density of 1.
    unit: f64,
    edge: Color,
    body: Color,
}

/// Draws violins, cut at the smallest and the largest sample.
pub(super) fn draw(sheet: &mut Sheet<'_>) -> Drawing<()> {
    let kernels: Vec<Kernel> = samples_of(sheet.spec.data).iter().map(|s| Kernel::of(s)).collect();
    let (low, high) = bounds(&sheet.values(1, 5));
    let (low, high) = free_range(sheet, low, high);
    let mut plan = Plan::new(sheet, 1, 5, low, high);
    plan.value_title = Some(samples_title(sheet));
    plan.lying = lies(sheet);
    let plane = Plane::new(sheet, &plan)?;
    plane.paint_back(sheet, &plan)?;
    plane.paint_front(sheet, (plane.scale.low <= 0.0 && plane.scale.high >= 0.0).then_some(0.0));
    let look = sheet.look;
    let half = f64::from((plane.pitch * sheet.rng("width of violins").range32(0.34, 0.45)).min(74.0));
    if half < 9.0 {
        return sheet.no_room("violins");
    }
    let heights: Vec<f64> = kernels.iter().map(|k| k.peak().1).collect();
    let highest = heights.iter().copied().fold(0.0, f64::max);
    // Of equal width, or of equal area where that leaves the flattest one wide enough.
    let flattest = heights.iter().copied().fold(f64::INFINITY, f64::min);
    let by_area = flattest > 0.45 * highest && sheet.chance("violins of equal area", 0.5);
    let each = kernels.len() <= look.series.len() && sheet.chance("colours of violins", 0.5);
    let boxed = sheet.chance("boxes in violins", 0.65);
    for (row, kernel) in kernels.into_iter().enumerate() {
        let color = sheet.color(if each { row } else { 0 });
        let violin = Violin {
            row,
            kernel,
            unit: half / if by_area { highest } else { heights[row] },
            edge: color.readable_on(look.panel, 2.6),
            body: color.mix(look.panel, 0.45),
        };
        violin.paint_body(sheet, &plane);
        if boxed {
            violin.paint_box(sheet, &plane);
        } else {
            violin.paint_quartiles(sheet, &plane);
        }
    }
    for column in 1..=5 {
        sheet.resolve(column, plane.scale.resolution());
    }
    Ok(())
}

impl Violin {
    fn value(&self, sheet: &Sheet<'_>, column: usize) -> f64 {
        sheet.value(self.row, column).unwrap_or(0.0)
    }

    /// The two edges of the violin at a value.
    fn edges(&self, plane: &Plane, value: f64) -> (Point, Point) {
        let half = (self.kernel.density(value) * self.unit) as f32;
        self.across(plane, value, half)
    }

    fn across(&self, plane: &Plane, value: f64, half: f32) -> (Point, Point) {
        let p = plane.point(self.row, value);
        if plane.lying {
            (Point::new(p.x, p.y - half), Point::new(p.x, p.y + half))
        } else {
            (Point::new(p.x - half, p.y), Point::new(p.x + half, p.y))
        }
    }

    fn paint_body(&self, sheet: &mut Sheet<'_>, plane: &Plane) {
        const STEPS: i32 = 72;
        let (low, high) = (self.value(sheet, 1), self.value(sheet, 5));
        let at = |step: i32| low + (high - low) * f64::from(step) / f64::from(STEPS);
        let edges: Vec<(Point, Point)> = (0..=STEPS).map(|step| self.edges(plane, at(step))).collect();
        let mut path = PathBuilder::new();
        path.move_to(edges[0].0.x, edges[0].0.y);
        let there = edges.iter().skip(1).map(|(a, _)| a);
        let back = edges.iter().rev().map(|(_, b)| b);
        there.chain(back).for_each(|p| path.line_to(p.x, p.y));
        path.close();
        let name = sheet.row_name(self.row);
        let mark = sheet.scene.mark(Role::Area, name.text, name.data);
        if let Some(path) = path.finish() {
            sheet.scene.fill(mark, path.clone(), self.body);
            sheet.scene.stroke(mark, path, Stroke::new(self.edge, 1.4));
        }
        for column in [1, 5] {
            let at = plane.point(self.row, self.value(sheet, column));
            let mark = sheet.cell_mark(Role::Span, self.row, column);
            sheet.locate(mark, around(at, 3.0), at, self.edge);
        }
    }

    /// A narrow box from quartile to quartile with a dot at the median, on a line from end to end.
    fn paint_box(&self, sheet: &mut Sheet<'_>, plane: &Plane) {
        let wide = (4.0 * sheet.grow).round();
        let dark = self.edge.mix(sheet.look.ink, 0.55);
        let line = sheet.scene.ornament();
        let ends = [1, 5].map(|column| plane.point(self.row, self.value(sheet, column)));
        sheet.scene.line(line, ends[0], ends[1], Stroke::new(dark, 1.2));
        let (a, _) = self.across(plane, self.value(sheet, 2), wide);
        let (_, b) = self.across(plane, self.value(sheet, 4), wide);
        let bar = Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y));
        let body = sheet.scene.ornament();
        sheet.scene.round_rect(body, bar, 1.5, dark);
        for column in [2, 4] {
            let at = plane.point(self.row, self.value(sheet, column));
            let mark = sheet.cell_mark(Role::Span, self.row, column);
            sheet.locate(mark, around(at, 3.0), at, self.edge);
        }
        let middle = plane.point(self.row, self.value(sheet, 3));
        let mark = sheet.cell_mark(Role::Span, self.row, 3);
        sheet.scene.element_mut(mark).color = Some(self.edge);
        sheet.scene.circle(mark, middle, wide * 0.85, sheet.look.panel);
        sheet.anchor(mark, middle);
    }

    /// Lines across the violin at its quartiles: dashed, and full and thicker at the median.
    fn paint_quartiles(&self, sheet: &mut Sheet<'_>, plane: &Plane) {
        for column in [2, 3, 4] {
            let value = self.value(sheet, column);
            let (a, b) = self.edges(plane, value);
            let median = column == 3;
            let stroke = Stroke::new(self.edge, if median { 2.4 } else { 1.4 });
            let stroke = if median { stroke } else { stroke.dashed(&[4.0, 3.0]) };
            let mark = sheet.cell_mark(Role::Span, self.row, column);
            sheet.scene.line(mark, a, b, stroke);
            sheet.anchor(mark, plane.point(self.row, value));
        }
    }
}
