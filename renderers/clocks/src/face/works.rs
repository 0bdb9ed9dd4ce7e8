//! Wheels and bridges that are seen through openings of a dial.

use pixmo_render::{Color, PathBuilder, Point, Rng, Role, Seed};
use serde::{Deserialize, Serialize};

use super::ground::Ground;
use super::rim::{Many, Rim, Taken, tenth};
use super::tone;
use crate::space::{Canvas, polar};

/// A round opening in a dial, with the balance in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Where its middle lies, in degrees.
    pub degrees: u16,
    /// How far from the middle of the dial.
    pub distance: f32,
    /// Its radius.
    pub radius: f32,
    /// How dark it is in there.
    pub color: Color,
    /// The wheels.
    pub wheel: Color,
    /// Its rim.
    pub edge: Color,
    /// Which wheels.
    pub pattern: u16,
}

impl Opening {
    /// An opening at a place, in a dial with these shades.
    pub(super) fn drawn(rim: &Rim, degrees: u16, shades: &[Color], rng: &mut Rng) -> Opening {
        let color = tone::quiet(shades[0], rng.range32(0.08, 0.2));
        Opening {
            degrees,
            distance: tenth(rng, rim.circle() * 0.40, rim.circle() * 0.46),
            radius: tenth(rng, rim.circle() * 0.19, rim.circle() * 0.25),
            color,
            wheel: color.mix(tone::metal(rng, true), rng.range32(0.14, 0.3)),
            edge: tone::metal(rng, shades[0].luminance() < 0.2),
            pattern: rng.below(512) as u16,
        }
    }

    /// The place it takes.
    pub(super) fn taken(&self) -> Taken {
        let center = polar(f64::from(self.degrees), self.distance);
        Taken { center, half: (self.radius, self.radius), round: true }
    }

    /// The colours that hands may lie on.
    pub(super) fn shades(&self) -> [Color; 2] {
        [self.color, self.wheel]
    }

    /// Draws it.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let center = polar(f64::from(self.degrees), self.distance);
        canvas.begin(Role::Ornament, "");
        canvas.disc(center, self.radius, self.color);
        wheel(center, self.radius * 0.82, 12 + self.pattern % 5, self.wheel, canvas);
        let aside = polar(f64::from(self.pattern), self.radius * 0.2);
        canvas.disc(Point::new(center.x + aside.x, center.y + aside.y), self.radius * 0.22, self.wheel);
        canvas.disc(center, self.radius * 0.1, self.edge);
        canvas.ring(center, self.radius + 1.2, self.radius - 0.4, self.edge);
    }
}

/// A wheel with teeth and spokes.
fn wheel(center: Point, radius: f32, teeth: u16, color: Color, canvas: &mut Canvas) {
    let count = f64::from(teeth) * 4.0;
    let mut outer: Vec<Point> = Vec::new();
    for n in 0..u32::from(teeth) * 4 {
        let out = if n % 4 < 2 { radius } else { radius * 0.92 };
        let at = polar(360.0 * f64::from(n) / count, out);
        outer.push(Point::new(center.x + at.x, center.y + at.y));
    }
    let mut path = PathBuilder::new();
    for (n, at) in outer.iter().enumerate() {
        if n == 0 { path.move_to(at.x, at.y) } else { path.line_to(at.x, at.y) }
    }
    path.close();
    path.push_circle(center.x, center.y, radius * 0.74);
    if let Some(path) = path.finish() {
        let element = canvas.begin(Role::Ornament, "");
        canvas.scene.fill_even_odd(element, path, color);
    }
    let mut spokes = Many::new();
    let count = 3 + teeth % 3;
    for n in 0..count {
        let degrees = 360.0 * f64::from(n) / f64::from(count) + f64::from(teeth) * 7.0;
        spokes.bar(center, degrees, (0.0, radius * 0.77), radius * 0.13);
    }
    spokes.disc(center, radius * 0.2);
    canvas.fill(spokes.path(), color);
}

/// A dial that is mostly cut away: wheels under bridges.
pub(super) fn plate(ground: &Ground, rim: &Rim, canvas: &mut Canvas) {
    let mut rng = Seed::from_number(u64::from(ground.pattern)).rng("works");
    let circle = rim.circle();
    let inset = circle * (0.18 + 0.012 * f32::from(ground.fine));
    canvas.fill(rim.path(inset), ground.second);
    let light = tone::quiet(ground.second, 0.2);
    let turn = f64::from(ground.turn);
    for n in 0..4 + usize::from(ground.fine) % 3 {
        let degrees = turn + 72.0 * n as f64 + rng.range(-14.0, 14.0);
        let radius = circle * rng.range32(0.14, 0.25);
        let at = polar(degrees, (circle - inset - radius * 0.96).max(0.0) * rng.range32(0.72, 0.98));
        wheel(at, radius, 14 + rng.below(9) as u16, light, canvas);
    }
    // Bridges carry the middle.
    let mut bridges = Many::new();
    let count = 2 + rng.below(4);
    for n in 0..count {
        let degrees = turn + 360.0 * n as f64 / count as f64 + rng.range(-8.0, 8.0);
        // They widen outwards, so that nobody takes them for hands.
        let (near, far) = (circle * 0.06, circle * rng.range32(0.12, 0.2));
        let to = rim.at(degrees, inset) + 1.5;
        bridges.shape(Point::new(0.0, 0.0), degrees, &[(-near, 0.0), (near, 0.0), (far, to), (-far, to)]);
    }
    bridges.disc(Point::new(0.0, 0.0), circle * 0.17);
    canvas.fill(bridges.path(), ground.color);
}
