//! Where things stand along the edge of a dial.

use pixmo_render::{Path, PathBuilder, Point, Rect, Rng};

use crate::space::{Outline, REACH, placed, polar};

/// A number between two, in tenths: parameters are written and hashed, and nobody sees a hundredth of a unit.
pub(super) fn tenth(rng: &mut Rng, low: f32, high: f32) -> f32 {
    rounded(rng.range32(low, high))
}

/// A number in tenths.
pub(super) fn rounded(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

/// The edge that hour marks and minutes follow: that of the dial, or a circle inside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rim {
    outline: Outline,
    circle: f32,
    round: bool,
}

impl Rim {
    /// The edge of an outline; `round` asks for the largest circle in it.
    pub(super) fn of(outline: Outline, round: bool) -> Rim {
        Rim { outline, circle: outline.circle(), round: round || outline == Outline::Round }
    }

    /// Radius of the largest circle in it.
    pub(super) fn circle(&self) -> f32 {
        self.circle
    }

    /// What a length of a dial of radius 100 is on this one.
    pub(super) fn scaled(&self, length: f32) -> f32 {
        length * self.circle / REACH
    }

    /// Whether it is a circle.
    pub(super) fn is_round(&self) -> bool {
        self.round
    }

    /// How far it is from the middle to a line that runs at a distance inside the edge.
    pub(super) fn at(&self, degrees: f64, inset: f32) -> f32 {
        if self.round {
            return (self.circle - inset).max(1.0);
        }
        match self.outline {
            Outline::Rectangle { wide, high, .. } => {
                let along = polar(degrees, 1.0);
                let (x, y) = (along.x.abs().max(1e-6), along.y.abs().max(1e-6));
                ((wide - inset) / x).min((high - inset) / y)
            }
            Outline::Tonneau { wide } => {
                let high = REACH - inset;
                Outline::Tonneau { wide: (wide - inset) * REACH / high }.reach(degrees) * high / REACH
            }
            other => other.reach(degrees) * (self.circle - inset) / self.circle,
        }
    }

    /// A place on a line that runs at a distance inside the edge.
    pub(super) fn place(&self, degrees: f64, inset: f32) -> Point {
        polar(degrees, self.at(degrees, inset))
    }

    /// The middle of an upright box of half sizes that stands inside that line, in a direction.
    pub(super) fn box_inside(&self, degrees: f64, inset: f32, half: (f32, f32)) -> Point {
        let along = polar(degrees, 1.0);
        let (x, y) = (along.x.abs().max(1e-6), along.y.abs().max(1e-6));
        let out = match self.outline {
            Outline::Rectangle { wide, high, .. } if !self.round => {
                ((wide - inset - half.0) / x).min((high - inset - half.1) / y)
            }
            _ => self.at(degrees, inset) - x * half.0 - y * half.1,
        };
        polar(degrees, out)
    }

    /// That line as a closed path.
    pub(super) fn path(&self, inset: f32) -> Option<Path> {
        if self.round {
            return PathBuilder::from_circle(0.0, 0.0, self.at(0.0, inset));
        }
        match self.outline {
            Outline::Rectangle { wide, high, corner } => pixmo_render::scene::round_rect_path(
                &Rect::new(inset - wide, inset - high, wide - inset, high - inset),
                (corner - inset).max(0.0),
            ),
            _ => {
                let points: Vec<Point> = (0..120).map(|n| self.place(f64::from(n) * 3.0, inset)).collect();
                pixmo_render::scene::polyline_path(&points, true)
            }
        }
    }
}

/// Something on the dial that marks keep away from: a box, or a circle where both halves are `round`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    /// Its middle.
    pub(super) center: Point,
    /// Half its width and height.
    pub(super) half: (f32, f32),
    /// Whether it is a circle of the first half.
    pub(super) round: bool,
}

impl Taken {
    /// How far a place lies outside; negative inside.
    pub(super) fn away(&self, at: Point) -> f32 {
        let (x, y) = ((at.x - self.center.x).abs(), (at.y - self.center.y).abs());
        if self.round {
            return libm::hypotf(x, y) - self.half.0;
        }
        let (over_x, over_y) = (x - self.half.0, y - self.half.1);
        if over_x <= 0.0 && over_y <= 0.0 {
            return over_x.max(over_y);
        }
        libm::hypotf(over_x.max(0.0), over_y.max(0.0))
    }

    /// Whether an upright box comes nearer than a gap.
    pub(super) fn meets(&self, center: Point, half: (f32, f32), gap: f32) -> bool {
        let near = Point::new(
            self.center.x.clamp(center.x - half.0, center.x + half.0),
            self.center.y.clamp(center.y - half.1, center.y + half.1),
        );
        if self.round {
            return self.away(near) < gap;
        }
        (self.center.x - center.x).abs() < self.half.0 + half.0 + gap
            && (self.center.y - center.y).abs() < self.half.1 + half.1 + gap
    }
}

/// Many small shapes of one colour, filled as one path.
#[derive(Debug)]
pub(super) struct Many(PathBuilder);

impl Many {
    /// None yet.
    pub(super) fn new() -> Many {
        Many(PathBuilder::new())
    }

    /// Adds a polygon. All run around in the direction of circles, so that where shapes overlap none cuts another.
    pub(super) fn polygon(&mut self, points: &[Point]) {
        let next = points.iter().cycle().skip(1);
        let area: f32 = points.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
        let at = |n: usize| if area < 0.0 { points[points.len() - 1 - n] } else { points[n] };
        for n in 0..points.len() {
            let point = at(n);
            if n == 0 { self.0.move_to(point.x, point.y) } else { self.0.line_to(point.x, point.y) }
        }
        self.0.close();
    }

    /// Adds a polygon beside and along a direction.
    pub(super) fn shape(&mut self, center: Point, degrees: f64, corners: &[(f32, f32)]) {
        let points: Vec<Point> = corners.iter().map(|corner| placed(center, degrees, *corner)).collect();
        self.polygon(&points);
    }

    /// Adds a bar along a direction between two distances.
    pub(super) fn bar(&mut self, center: Point, degrees: f64, (from, to): (f32, f32), width: f32) {
        let w = width / 2.0;
        self.shape(center, degrees, &[(-w, from), (w, from), (w, to), (-w, to)]);
    }

    /// Adds a circle.
    pub(super) fn disc(&mut self, at: Point, radius: f32) {
        if radius > 0.0 {
            self.0.push_circle(at.x, at.y, radius);
        }
    }

    /// The path; `None` when nothing was added.
    pub(super) fn path(self) -> Option<Path> {
        self.0.finish()
    }
}
