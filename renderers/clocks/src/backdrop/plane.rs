//! The plane that a backdrop is drawn on: the middle of the picture is (0, 0), and its shorter side is 100 long.

use pixmo_render::scene::{Paint, Stroke, polyline_path};
use pixmo_render::{Color, ElementId, Path, PathBuilder, Point, Rect, Rng, Scene, Transform};

/// A plane over a whole scene, which may be turned.
pub(super) struct Plane<'a> {
    scene: &'a mut Scene,
    element: ElementId,
    place: Transform,
    scale: f32,
    /// Half of what has to be covered to the left and right.
    pub(super) wide: f32,
    /// Half of what has to be covered above and below.
    pub(super) high: f32,
}

impl<'a> Plane<'a> {
    /// An upright plane over a scene; what is drawn on it is one ornament.
    pub(super) fn new(scene: &'a mut Scene) -> Plane<'a> {
        let element = scene.ornament();
        let scale = scene.width.min(scene.height) as f32 / 100.0;
        let mut plane = Plane { scene, element, place: Transform::identity(), scale, wide: 0.0, high: 0.0 };
        plane.turn(0.0);
        plane
    }

    /// Turns the plane, degrees clockwise from upright.
    pub(super) fn turn(&mut self, degrees: f32) {
        let angle = degrees.to_radians();
        let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
        let (w, h) = (self.scene.width as f32, self.scene.height as f32);
        let s = self.scale;
        self.place = Transform::from_row(cos * s, sin * s, -sin * s, cos * s, w / 2.0, h / 2.0);
        let (half_w, half_h) = (w / 2.0 / s, h / 2.0 / s);
        self.wide = half_w * cos.abs() + half_h * sin.abs() + 0.5;
        self.high = half_w * sin.abs() + half_h * cos.abs() + 0.5;
    }

    /// Moves and turns the plane about a place, for a thing on it; [`Plane::turn`] undoes it.
    pub(super) fn set(&mut self, at: Point, degrees: f32) {
        self.turn(degrees);
        let (w, h) = (self.scene.width as f32, self.scene.height as f32);
        (self.place.tx, self.place.ty) = (w / 2.0 + at.x * self.scale, h / 2.0 + at.y * self.scale);
    }

    /// Fills the whole picture.
    pub(super) fn cover(&mut self, color: Color) {
        if color.alpha == 255 {
            self.scene.ground = color;
        } else {
            self.scene.rect(self.element, self.scene.bounds(), color);
        }
    }

    /// Fills the whole picture with a gradient.
    pub(super) fn cover_linear(&mut self, from: Point, to: Point, stops: Vec<(f32, Color)>) {
        let paint = self.placed(Paint::Linear { from, to, stops });
        self.scene.rect(self.element, self.scene.bounds(), paint);
    }

    /// Fills the whole picture with a gradient about a place.
    pub(super) fn cover_radial(&mut self, center: Point, radius: f32, stops: Vec<(f32, Color)>) {
        let paint = self.placed(Paint::radial(center, radius, stops));
        self.scene.rect(self.element, self.scene.bounds(), paint);
    }

    /// Fills a path.
    pub(super) fn fill(&mut self, path: impl Into<Option<Path>>, paint: impl Into<Paint>) {
        if let Some(path) = path.into().and_then(|path| path.transform(self.place)) {
            let paint = self.placed(paint.into());
            self.scene.fill(self.element, path, paint);
        }
    }

    /// Strokes a path.
    pub(super) fn stroke(&mut self, path: impl Into<Option<Path>>, color: Color, width: f32) {
        if let Some(path) = path.into().and_then(|path| path.transform(self.place)) {
            self.scene.stroke(self.element, path, Stroke::new(color, width * self.scale));
        }
    }

    /// Strokes a path with round ends.
    pub(super) fn brush(&mut self, path: impl Into<Option<Path>>, color: Color, width: f32) {
        if let Some(path) = path.into().and_then(|path| path.transform(self.place)) {
            self.scene.stroke(self.element, path, Stroke::new(color, width * self.scale).rounded());
        }
    }

    /// Fills a rectangle.
    pub(super) fn rect(&mut self, rect: Rect, paint: impl Into<Paint>) {
        self.fill(boxed(rect), paint);
    }

    /// Fills a rectangle with round corners.
    pub(super) fn round_rect(&mut self, rect: Rect, radius: f32, paint: impl Into<Paint>) {
        self.fill(pixmo_render::scene::round_rect_path(&rect, radius), paint);
    }

    /// Fills a polygon.
    pub(super) fn polygon(&mut self, points: &[Point], paint: impl Into<Paint>) {
        self.fill(polyline_path(points, true), paint);
    }

    /// Fills a circle.
    pub(super) fn disc(&mut self, center: Point, radius: f32, paint: impl Into<Paint>) {
        self.fill(PathBuilder::from_circle(center.x, center.y, radius), paint);
    }

    /// Fills a cloud of a colour that thins out to all sides.
    pub(super) fn haze(&mut self, center: Point, (wide, high): (f32, f32), color: Color) {
        let place = Transform::from_scale(wide, high).post_translate(center.x, center.y);
        let mut stops = vec![(0.0, color), (1.0, color.faded(0.0))];
        if color.alpha > 60 {
            // A cloud that is seen well needs a round top; more stops cost more.
            stops.insert(1, (0.5, Color { alpha: (f32::from(color.alpha) * 0.55) as u8, ..color }));
        }
        self.rect(
            Rect::new(center.x - wide, center.y - high, center.x + wide, center.y + high),
            Paint::Radial { place, stops },
        );
    }

    /// The soft shadow of a rectangle that lies on the plane.
    pub(super) fn shadow(&mut self, rect: Rect, radius: f32, (x, y): (f32, f32)) {
        for (grow, alpha) in [(1.6, 0.05), (0.9, 0.07), (0.3, 0.12)] {
            let moved = Rect::new(
                rect.left + x - grow,
                rect.top + y - grow,
                rect.right + x + grow,
                rect.bottom + y + grow,
            );
            self.round_rect(moved, radius + grow, Color::BLACK.faded(alpha));
        }
    }

    fn placed(&self, paint: Paint) -> Paint {
        let Transform { sx, kx, ky, sy, tx, ty } = self.place;
        let at = |p: Point| Point::new(sx * p.x + kx * p.y + tx, ky * p.x + sy * p.y + ty);
        match paint {
            Paint::Solid(color) => Paint::Solid(color),
            Paint::Linear { from, to, stops } => Paint::Linear { from: at(from), to: at(to), stops },
            Paint::Radial { place, stops } => Paint::Radial { place: place.post_concat(self.place), stops },
        }
    }
}

/// The path of a rectangle.
pub(super) fn boxed(rect: Rect) -> Option<Path> {
    let mut path = PathBuilder::new();
    push_box(&mut path, rect);
    path.finish()
}

/// Adds a rectangle to a path.
pub(super) fn push_box(path: &mut PathBuilder, rect: Rect) {
    path.move_to(rect.left, rect.top);
    path.line_to(rect.right, rect.top);
    path.line_to(rect.right, rect.bottom);
    path.line_to(rect.left, rect.bottom);
    path.close();
}

/// Adds a straight piece to a path.
pub(super) fn push_line(path: &mut PathBuilder, from: (f32, f32), to: (f32, f32)) {
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
}

/// Adds an open line that passes smoothly by points.
pub(super) fn push_smooth(path: &mut PathBuilder, points: &[Point]) {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    path.move_to(first.x, first.y);
    for pair in points[1..].windows(2) {
        let (a, b) = (pair[0], pair[1]);
        path.quad_to(a.x, a.y, (a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
    }
    path.line_to(last.x, last.y);
}

/// A closed shape whose edge passes smoothly by points.
pub(super) fn smooth_shape(points: &[Point]) -> Option<Path> {
    let last = points.last()?;
    let middle = |a: &Point, b: &Point| ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
    let start = middle(last, &points[0]);
    let mut path = PathBuilder::new();
    path.move_to(start.0, start.1);
    for (at, next) in points.iter().zip(points.iter().cycle().skip(1)) {
        let to = middle(at, next);
        path.quad_to(at.x, at.y, to.0, to.1);
    }
    path.close();
    path.finish()
}

/// A round shape whose edge wavers by a share of its radius.
pub(super) fn pebble(center: Point, radius: (f32, f32), waver: f32, rng: &mut Rng) -> Option<Path> {
    let points: Vec<Point> = (0..9)
        .map(|n| {
            let at = crate::space::polar(f64::from(n) * 40.0, 1.0 + rng.range32(-waver, waver));
            Point::new(center.x + at.x * radius.0, center.y + at.y * radius.1)
        })
        .collect();
    smooth_shape(&points)
}
