//! Shapes that many bodies are put together from.

use pixmo_render::scene::{Paint, polyline_path, round_rect_path};
use pixmo_render::{Color, Fonts, Path, PathBuilder, PathSegment, Point, Rect, Role, Style};

use crate::space::{Canvas, Letters, polar};

/// The middle of the dial.
pub(super) const MIDDLE: Point = Point { x: 0.0, y: 0.0 };

/// A point.
pub(super) fn at(x: f32, y: f32) -> Point {
    Point::new(x, y)
}

/// A rectangle by its edges, with round corners.
pub(super) fn slab(left: f32, top: f32, right: f32, bottom: f32, radius: f32) -> Option<Path> {
    round_rect_path(&Rect::new(left, top, right, bottom), radius)
}

/// Many polygons as one path.
pub(super) fn polygons(shapes: impl IntoIterator<Item = Vec<Point>>) -> Option<Path> {
    let mut all = PathBuilder::new();
    for shape in shapes {
        if let Some(path) = polyline_path(&shape, true) {
            all.push_path(&path);
        }
    }
    all.finish()
}

/// Many circles as one path.
pub(super) fn circles(of: impl IntoIterator<Item = (Point, f32)>) -> Option<Path> {
    let mut all = PathBuilder::new();
    for (center, radius) in of {
        all.push_circle(center.x, center.y, radius);
    }
    all.finish()
}

/// A closed curve that passes through the middles of the sides of a polygon.
pub(super) fn smooth(corners: &[(f32, f32)]) -> Option<Path> {
    let (first, last) = (corners.first()?, corners.last()?);
    let mut path = PathBuilder::new();
    path.move_to((first.0 + last.0) / 2.0, (first.1 + last.1) / 2.0);
    for (corner, next) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        path.quad_to(corner.0, corner.1, (corner.0 + next.0) / 2.0, (corner.1 + next.1) / 2.0);
    }
    path.close();
    path.finish()
}

/// Places along a closed path, about as far apart as asked for and all equally.
pub(super) fn evenly(path: &Path, apart: f32) -> Vec<Point> {
    const PIECES: u8 = 16;
    let mut line: Vec<Point> = Vec::new();
    for part in path.segments() {
        let last = line.last().copied().unwrap_or_default();
        let steps = (1..=PIECES).map(|step| f32::from(step) / f32::from(PIECES));
        match part {
            PathSegment::MoveTo(p) | PathSegment::LineTo(p) => line.push(at(p.x, p.y)),
            PathSegment::QuadTo(a, p) => line.extend(steps.map(|t| {
                let u = 1.0 - t;
                let (f, g, h) = (u * u, 2.0 * u * t, t * t);
                at(last.x * f + a.x * g + p.x * h, last.y * f + a.y * g + p.y * h)
            })),
            PathSegment::CubicTo(a, b, p) => line.extend(steps.map(|t| {
                let u = 1.0 - t;
                let (f, g, h, k) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
                at(last.x * f + a.x * g + b.x * h + p.x * k, last.y * f + a.y * g + b.y * h + p.y * k)
            })),
            PathSegment::Close => {}
        }
    }
    let Some(first) = line.first().copied() else { return Vec::new() };
    line.push(first);
    let long = |a: &Point, b: &Point| libm::hypotf(b.x - a.x, b.y - a.y);
    let whole: f32 = line.windows(2).map(|pair| long(&pair[0], &pair[1])).sum();
    let step = whole / (whole / apart).floor().max(1.0);
    let (mut places, mut gone) = (vec![first], 0.0);
    for pair in line.windows(2) {
        let here = long(&pair[0], &pair[1]);
        while (places.len() as f32 * step) < gone + here && places.len() as f32 * step < whole - step * 0.5 {
            let share = (places.len() as f32 * step - gone) / here;
            let (a, b) = (pair[0], pair[1]);
            places.push(at(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share));
        }
        gone += here;
    }
    places
}

/// A polygon of points given as pairs.
pub(super) fn facet(corners: &[(f32, f32)]) -> Option<Path> {
    polyline_path(&corners.iter().map(|c| at(c.0, c.1)).collect::<Vec<_>>(), true)
}

/// A linear ramp from one colour to another.
pub(super) fn ramp(from: Point, to: Point, first: Color, last: Color) -> Paint {
    Paint::Linear { from, to, stops: vec![(0.0, first), (1.0, last)] }
}

/// A colour that fades: opacities (0 to 1) at the two ends.
pub(super) fn fade(from: Point, to: Point, color: Color, first: f32, last: f32) -> Paint {
    ramp(from, to, color.faded(first), color.faded(last))
}

/// Marks that point to the middle, evenly around, as one path: `count` of them between two distances.
pub(super) fn marks(center: Point, count: u32, inner: f32, outer: f32, width: f32) -> Option<Path> {
    polygons((0..count).map(|n| {
        let degrees = 360.0 * f64::from(n) / f64::from(count);
        mark(center, degrees, inner, outer, width)
    }))
}

/// One mark that points to a middle.
pub(super) fn mark(center: Point, degrees: f64, inner: f32, outer: f32, width: f32) -> Vec<Point> {
    let half = width / 2.0;
    [(-half, inner), (half, inner), (half, outer), (-half, outer)]
        .iter()
        .map(|corner| crate::space::placed(center, degrees, *corner))
        .collect()
}

/// A wheel with triangular teeth, as the edge of a coin.
pub(super) fn teeth(center: Point, count: u32, outer: f32, depth: f32) -> Option<Path> {
    let points: Vec<Point> = (0..count * 2)
        .map(|n| {
            let reach = if n % 2 == 0 { outer } else { outer - depth };
            let p = polar(180.0 * f64::from(n) / f64::from(count), reach);
            at(center.x + p.x, center.y + p.y)
        })
        .collect();
    polyline_path(&points, true)
}

/// Small print in a bundled family. Text that the family cannot write is left out.
pub(super) fn print(
    canvas: &mut Canvas,
    text: &str,
    family: &str,
    (size, color): (f32, Color),
    spot: (Point, f64),
) {
    let fonts = Fonts::bundled();
    let face = fonts.family(family).map(|family| family.face(Style::Bold));
    let written =
        face.map(|face| canvas.text(text, Letters { face, size, color }, spot.0, spot.1, Role::Body));
    debug_assert!(matches!(written, Some(Ok(_))), "`{text}` in {family}");
}

/// A flat screw head with its slot.
pub(super) fn screw(canvas: &mut Canvas, center: Point, radius: f32, base: Color, slot: f64) {
    let (light, dark) = (base.mix(Color::WHITE, 0.6), base.mix(Color::BLACK, 0.55));
    canvas.disc(center, radius, dark);
    let (from, to) = (at(center.x - radius, center.y - radius), at(center.x + radius, center.y + radius));
    canvas.disc(center, radius * 0.86, ramp(from, to, light, base.mix(Color::BLACK, 0.25)));
    canvas.bar(center, slot, -radius * 0.72, radius * 0.72, radius * 0.28, dark);
}
