//! The space that watches are drawn in, and shapes about its middle.
//!
//! The middle of the dial is (0, 0), y points down, and the dial reaches to 100 in its longest direction. Angles are
//! degrees clockwise from 12 o'clock. A camera ([`pixmo_render::View`]) takes what is drawn to pixels.

use pixmo_render::font::FaceId;
use pixmo_render::scene::{Align, Paint, Stroke, TextSpec, VAlign, polyline_path};
use pixmo_render::{Color, ElementId, Path, PathBuilder, Point, Rect, Role, Scene, TextError};

/// How far a dial reaches from its middle.
pub const REACH: f32 = 100.0;

/// The place at a distance from the middle.
pub fn polar(degrees: f64, distance: f32) -> Point {
    let angle = degrees.to_radians();
    Point::new(distance * libm::sin(angle) as f32, -distance * libm::cos(angle) as f32)
}

/// The outline of a dial.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outline {
    /// A circle.
    Round,
    /// A rectangle by half its width and height, with round corners of a radius; the larger half is [`REACH`].
    Rectangle {
        /// Half the width.
        wide: f32,
        /// Half the height.
        high: f32,
        /// Radius of the corners.
        corner: f32,
    },
    /// A barrel: straight at top and bottom, bowed at the sides; half its width in the middle.
    Tonneau {
        /// Half the width in the middle.
        wide: f32,
    },
    /// Eight sides.
    Octagon,
    /// A square with bowed sides.
    Cushion,
}

impl Outline {
    /// The outline, grown outwards by a distance on all sides (inwards where it is negative).
    pub fn path(&self, grow: f32) -> Path {
        let drawn = match *self {
            Outline::Round => PathBuilder::from_circle(0.0, 0.0, (REACH + grow).max(1.0)),
            Outline::Rectangle { wide, high, corner } => {
                let (w, h) = ((wide + grow).max(1.0), (high + grow).max(1.0));
                let radius = if corner > 0.0 { (corner + grow).max(0.0) } else { 0.0 };
                pixmo_render::scene::round_rect_path(&Rect::new(-w, -h, w, h), radius)
            }
            Outline::Tonneau { wide } => {
                let (w, h) = ((wide + grow).max(1.0), (REACH + grow).max(1.0));
                let top = w * 0.72;
                let mut path = PathBuilder::new();
                path.move_to(-top, -h);
                path.quad_to(0.0, -h * 1.04, top, -h);
                path.cubic_to(w * 1.06, -h * 0.45, w * 1.06, h * 0.45, top, h);
                path.quad_to(0.0, h * 1.04, -top, h);
                path.cubic_to(-w * 1.06, h * 0.45, -w * 1.06, -h * 0.45, -top, -h);
                path.close();
                path.finish()
            }
            Outline::Octagon => {
                let r = (REACH + grow).max(1.0);
                let corners: Vec<Point> = (0..8).map(|n| polar(22.5 + 45.0 * f64::from(n), r)).collect();
                polyline_path(&corners, true)
            }
            Outline::Cushion => {
                let r = (REACH * 0.9 + grow).max(1.0);
                let (edge, bow) = (r * 0.86, r * 1.13);
                let mut path = PathBuilder::new();
                path.move_to(-edge, -edge);
                path.quad_to(0.0, -bow, edge, -edge);
                path.quad_to(bow, 0.0, edge, edge);
                path.quad_to(0.0, bow, -edge, edge);
                path.quad_to(-bow, 0.0, -edge, -edge);
                path.close();
                path.finish()
            }
        };
        drawn.expect("every outline has an area")
    }

    /// Places on the edge, clockwise from 12 o'clock, at even angles.
    pub fn edge(&self, places: u32) -> impl Iterator<Item = Point> {
        (0..places).map(move |place| {
            let degrees = 360.0 * f64::from(place) / f64::from(places);
            polar(degrees, self.reach(degrees))
        })
    }

    /// How far it is from the middle to the edge in a direction.
    pub fn reach(&self, degrees: f64) -> f32 {
        let along = polar(degrees, 1.0);
        let (x, y) = (along.x.abs().max(1e-6), along.y.abs().max(1e-6));
        match *self {
            Outline::Round => REACH,
            Outline::Rectangle { wide, high, .. } => (wide / x).min(high / y),
            Outline::Octagon => {
                // A side is nearest to the middle half-way between its corners.
                let from_side = (degrees + 22.5).rem_euclid(45.0) - 22.5;
                REACH * libm::cos(22.5_f64.to_radians()) as f32 / libm::cos(from_side.to_radians()) as f32
            }
            Outline::Tonneau { .. } | Outline::Cushion => crossing(&self.path(0.0), along),
        }
    }

    /// The largest circle about the middle that lies inside.
    pub fn circle(&self) -> f32 {
        (0..48).map(|n| self.reach(f64::from(n) * 7.5)).fold(f32::INFINITY, f32::min)
    }
}

/// How far from the origin a ray leaves an outline that is made of curves; each is cut into straight pieces.
fn crossing(path: &Path, along: Point) -> f32 {
    use pixmo_render::PathSegment;
    const PIECES: u8 = 12;
    let mut corners: Vec<Point> = Vec::new();
    for part in path.segments() {
        let last = corners.last().copied().unwrap_or_default();
        let steps = (1..=PIECES).map(|step| f32::from(step) / f32::from(PIECES));
        match part {
            PathSegment::MoveTo(at) | PathSegment::LineTo(at) => corners.push(Point::new(at.x, at.y)),
            PathSegment::QuadTo(a, at) => corners.extend(steps.map(|t| {
                let (p, q, r) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
                Point::new(last.x * p + a.x * q + at.x * r, last.y * p + a.y * q + at.y * r)
            })),
            PathSegment::CubicTo(a, b, at) => corners.extend(steps.map(|t| {
                let u = 1.0 - t;
                let (p, q, r, s) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
                let x = last.x * p + a.x * q + b.x * r + at.x * s;
                Point::new(x, last.y * p + a.y * q + b.y * r + at.y * s)
            })),
            PathSegment::Close => {}
        }
    }
    let beside = |p: &Point| p.x * along.y - p.y * along.x;
    let out = |p: &Point| p.x * along.x + p.y * along.y;
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    sides
        .filter(|(a, b)| (beside(a) <= 0.0) != (beside(b) <= 0.0))
        .map(|(a, b)| out(a) + (out(b) - out(a)) * beside(a) / (beside(a) - beside(b)))
        .fold(0.0, f32::max)
}

/// How letters are set.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// The face.
    pub face: FaceId,
    /// Size in units of the space.
    pub size: f32,
    /// Colour.
    pub color: Color,
}

/// A scene that is being drawn on, with the shapes that clocks are made of. What is drawn belongs to the element that
/// was begun last.
#[derive(Debug)]
pub struct Canvas {
    /// What was drawn.
    pub scene: Scene,
    current: ElementId,
}

impl Default for Canvas {
    fn default() -> Self {
        Self::new()
    }
}

impl Canvas {
    /// An empty canvas, on which an ornament is begun. Its scene has no size of its own; a camera gives it one.
    pub fn new() -> Canvas {
        let mut scene = Scene::new(1, 1, Color::WHITE);
        let current = scene.ornament();
        Canvas { scene, current }
    }

    /// Begins an element; what is drawn next is its ink.
    pub fn begin(&mut self, role: Role, label: &str) -> ElementId {
        self.current = self.scene.mark(role, label, []);
        self.current
    }

    /// Fills a path; a path that could not be made is not filled.
    pub fn fill(&mut self, path: impl Into<Option<Path>>, paint: impl Into<Paint>) {
        if let Some(path) = path.into() {
            self.scene.fill(self.current, path, paint);
        }
    }

    /// Strokes a path.
    pub fn stroke(&mut self, path: impl Into<Option<Path>>, color: Color, width: f32) {
        if let Some(path) = path.into() {
            self.scene.stroke(self.current, path, Stroke::new(color, width));
        }
    }

    /// Fills a circle.
    pub fn disc(&mut self, center: Point, radius: f32, paint: impl Into<Paint>) {
        self.fill(PathBuilder::from_circle(center.x, center.y, radius), paint);
    }

    /// Fills what lies between two circles.
    pub fn ring(&mut self, center: Point, outer: f32, inner: f32, paint: impl Into<Paint>) {
        let mut both = PathBuilder::new();
        both.push_circle(center.x, center.y, outer);
        both.push_circle(center.x, center.y, inner);
        if let Some(path) = both.finish() {
            self.scene.fill_even_odd(self.current, path, paint);
        }
    }

    /// Fills what lies between two outlines of the same kind.
    pub fn band(&mut self, outline: &Outline, outer: f32, inner: f32, paint: impl Into<Paint>) {
        let mut both = PathBuilder::new();
        both.push_path(&outline.path(outer));
        both.push_path(&outline.path(inner));
        if let Some(path) = both.finish() {
            self.scene.fill_even_odd(self.current, path, paint);
        }
    }

    /// Strokes a part of a circle, from one angle clockwise to another.
    pub fn arc(&mut self, center: Point, radius: f32, from: f64, to: f64, color: Color, width: f32) {
        let steps = ((to - from).abs() / 4.0).ceil().max(1.0) as usize;
        let points: Vec<Point> = (0..=steps)
            .map(|step| {
                let at = polar(from + (to - from) * step as f64 / steps as f64, radius);
                Point::new(center.x + at.x, center.y + at.y)
            })
            .collect();
        self.stroke(polyline_path(&points, false), color, width);
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, points: &[Point], paint: impl Into<Paint>) {
        self.fill(polyline_path(points, true), paint);
    }

    /// Fills a bar of a width that lies along a direction, between two distances from a middle.
    pub fn bar(
        &mut self,
        center: Point,
        degrees: f64,
        from: f32,
        to: f32,
        width: f32,
        paint: impl Into<Paint>,
    ) {
        self.shape(
            center,
            degrees,
            &[(-width / 2.0, from), (width / 2.0, from), (width / 2.0, to), (-width / 2.0, to)],
            paint,
        );
    }

    /// Fills a polygon that is given beside and along a direction: `(across, out)`, across to the right of the direction.
    pub fn shape(&mut self, center: Point, degrees: f64, corners: &[(f32, f32)], paint: impl Into<Paint>) {
        let points: Vec<Point> = corners.iter().map(|corner| placed(center, degrees, *corner)).collect();
        self.polygon(&points, paint);
    }

    /// Writes a line of text with its middle at a place, turned by degrees clockwise. It becomes an element of its own;
    /// what is drawn next belongs to the element before it.
    ///
    /// # Errors
    /// A character without a glyph in the face.
    pub fn text(
        &mut self,
        text: &str,
        letters: Letters,
        at: Point,
        degrees: f64,
        role: Role,
    ) -> Result<ElementId, TextError> {
        let spec = TextSpec::new(text, letters.face, letters.size, letters.color, role)
            .at(at.x, at.y, Align::Middle, VAlign::Middle)
            .turned(degrees as f32);
        self.scene.text(spec)
    }

    /// Begins a clip to a path; end it with [`Canvas::unclip`].
    pub fn clip(&mut self, path: Path) {
        self.scene.items.push(pixmo_render::scene::Item::PushClip(path));
    }

    /// Ends the last clip.
    pub fn unclip(&mut self) {
        self.scene.pop_clip();
    }
}

/// A place beside and along a direction from a middle: `(across, out)`.
pub fn placed(center: Point, degrees: f64, (across, out): (f32, f32)) -> Point {
    let (along, beside) = (polar(degrees, out), polar(degrees + 90.0, across));
    Point::new(center.x + along.x + beside.x, center.y + along.y + beside.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Outline; 6] = [
        Outline::Round,
        Outline::Rectangle { wide: 70.0, high: 100.0, corner: 8.0 },
        Outline::Rectangle { wide: 100.0, high: 100.0, corner: 0.0 },
        Outline::Tonneau { wide: 80.0 },
        Outline::Octagon,
        Outline::Cushion,
    ];

    #[test]
    fn an_outline_reaches_as_far_as_it_says() {
        use pixmo_render::{Scene, raster};
        for outline in ALL {
            let mut scene = Scene::new(260, 260, Color::WHITE);
            let element = scene.ornament();
            scene.fill(element, outline.path(0.0), Color::BLACK);
            let seen = scene.seen(&pixmo_render::View::moved(130.0, 130.0), 260, 260);
            let pixels = raster::paint(&seen);
            let dark = |p: Point| {
                let (x, y) = ((130.0 + p.x) as usize, (130.0 + p.y) as usize);
                pixels.pixels()[y * 260 + x].red() < 128
            };
            for degrees in (0..360).step_by(7) {
                let reach = outline.reach(f64::from(degrees));
                assert!(dark(polar(f64::from(degrees), reach - 6.0)), "{outline:?} {degrees}");
                assert!(reach >= outline.circle() - 1.0);
                let far = outline.path(14.0).bounds();
                assert!(far.width() > outline.path(0.0).bounds().width());
            }
        }
    }

    #[test]
    fn twelve_is_above_and_three_is_right() {
        let near = |a: Point, x: f32, y: f32| (a.x - x).abs() < 1e-4 && (a.y - y).abs() < 1e-4;
        assert!(near(polar(0.0, 5.0), 0.0, -5.0) && near(polar(90.0, 5.0), 5.0, 0.0));
        assert!(near(placed(Point::new(1.0, 1.0), 180.0, (2.0, 3.0)), -1.0, 4.0));
    }
}
