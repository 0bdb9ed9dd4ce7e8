//! What lies over a dial in a picture that was taken, not drawn: reflections in the glass, shadows, scratches, dust, and
//! things that come in from the rim.
//!
//! Reflections and shadows are thin enough that hands stay readable under them, and things at the rim keep away from the
//! hands. Everything is drawn in the units of [`crate::space`].

mod occluder;
mod shade;

use pixmo_render::scene::{Paint, polyline_path};
use pixmo_render::{Color, PathBuilder, Point, Rng, Role, Seed};
use serde::{Deserialize, Serialize};

pub use occluder::{DISTANCE, Occluder, OccluderKind};
pub use shade::{Shade, ShadeKind};

use crate::space::{Canvas, Outline, polar};

/// The most of a dial's light that a reflection replaces, all its shapes together.
pub const GLARE_MAX: f32 = 0.35;

/// What the glass over a dial shows, and what falls on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glass {
    /// A reflection.
    pub glare: Option<Glare>,
    /// A shadow over all of the clock.
    pub shade: Option<Shade>,
    /// How many scratches.
    pub scratches: u8,
    /// How many grains of dust.
    pub dust: u8,
    /// Where scratches and dust begin: the same number, the same places.
    pub grain: u32,
}

/// A reflection in the glass.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glare {
    /// What is mirrored.
    pub kind: GlareKind,
    /// Where it lies, degrees clockwise from 12.
    pub degrees: f32,
    /// How far from the middle.
    pub distance: f32,
    /// Its size.
    pub size: f32,
    /// Its opacity, up to [`GLARE_MAX`].
    pub opacity: f32,
    /// Its colour.
    pub color: Color,
}

/// What a glass mirrors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GlareKind {
    /// A window of four panes, bowed by the glass.
    Window,
    /// A broad stripe that crosses the glass.
    Streak,
    /// Two stripes beside each other.
    Streaks,
    /// A crescent along the rim.
    Arc,
    /// The half of the glass towards the light.
    Half,
    /// A lamp: a soft spot.
    Spot,
}

impl Glass {
    /// A glass that may mirror something, be shaded, scratched and dusty.
    pub fn drawn(rng: &mut Rng) -> Glass {
        Glass {
            glare: rng.chance(0.55).then(|| Glare::drawn(rng)),
            shade: rng.chance(0.35).then(|| Shade::drawn(rng)),
            scratches: if rng.chance(0.2) { rng.whole(2, 9) as u8 } else { 0 },
            dust: if rng.chance(0.25) { rng.whole(5, 40) as u8 } else { 0 },
            grain: (rng.bits() >> 32) as u32,
        }
    }

    /// Draws what lies over the dial, and the shadow over all.
    pub fn draw(&self, outline: &Outline, canvas: &mut Canvas) {
        if *self == Glass::default() {
            return;
        }
        canvas.begin(Role::Ornament, "");
        if let Some(shade) = &self.shade {
            shade.draw(canvas);
        }
        let mut rng = Seed::from_number(u64::from(self.grain)).rng("glass");
        let reach = outline.circle() * 0.94;
        self.scratched(reach, canvas, &mut rng);
        self.dusty(reach, canvas, &mut rng);
        if let Some(glare) = &self.glare {
            glare.draw(outline, canvas);
        }
    }

    fn scratched(&self, reach: f32, canvas: &mut Canvas, rng: &mut Rng) {
        let mut path = PathBuilder::new();
        for _ in 0..self.scratches {
            let from = somewhere(reach, rng);
            let (length, degrees) = (f64::from(rng.range32(6.0, 42.0)), rng.range(0.0, 360.0));
            let along = polar(degrees, length as f32);
            let mut to = Point::new(from.x + along.x, from.y + along.y);
            let far = libm::hypotf(to.x, to.y);
            if far > reach {
                to = Point::new(to.x * reach / far, to.y * reach / far);
            }
            let bow = rng.range32(-2.0, 2.0);
            path.move_to(from.x, from.y);
            path.quad_to((from.x + to.x) / 2.0 + bow, (from.y + to.y) / 2.0 - bow, to.x, to.y);
        }
        let path = path.finish();
        canvas.stroke(path.clone(), Color::BLACK.faded(0.10), 0.55);
        canvas.stroke(path, Color::WHITE.faded(0.30), 0.3);
    }

    fn dusty(&self, reach: f32, canvas: &mut Canvas, rng: &mut Rng) {
        let (mut grains, mut lint) = (PathBuilder::new(), PathBuilder::new());
        for number in 0..self.dust {
            let at = somewhere(reach, rng);
            if number % 11 == 10 {
                // A bit of lint now and then.
                let (a, b) = (rng.range32(-3.0, 3.0), rng.range32(-3.0, 3.0));
                lint.move_to(at.x, at.y);
                lint.cubic_to(at.x + a, at.y + b, at.x - b, at.y + a, at.x + a + b, at.y - b);
            } else {
                grains.push_circle(at.x, at.y, rng.range32(0.2, 0.6));
            }
        }
        let pale = Color::rgb(240, 238, 230).faded(0.34);
        canvas.fill(grains.finish(), pale);
        canvas.stroke(lint.finish(), pale, 0.3);
    }
}

/// A place on the glass.
fn somewhere(reach: f32, rng: &mut Rng) -> Point {
    polar(rng.range(0.0, 360.0), reach * libm::sqrtf(rng.range32(0.0, 1.0)))
}

impl Glare {
    /// A reflection of the sky, a window or a lamp.
    pub fn drawn(rng: &mut Rng) -> Glare {
        let kinds = [
            GlareKind::Window,
            GlareKind::Streak,
            GlareKind::Streaks,
            GlareKind::Arc,
            GlareKind::Half,
            GlareKind::Spot,
        ];
        let lights = [Color::WHITE, Color::rgb(232, 242, 255), Color::rgb(255, 240, 214)];
        Glare {
            kind: *rng.pick(&kinds),
            degrees: rng.range32(-75.0, 75.0),
            distance: rng.range32(20.0, 60.0),
            size: rng.range32(22.0, 46.0),
            opacity: rng.range32(0.1, GLARE_MAX),
            color: *rng.pick(&lights),
        }
    }

    /// Draws it, cut to the dial.
    pub fn draw(&self, outline: &Outline, canvas: &mut Canvas) {
        let dial: Vec<Point> = (0..60)
            .map(|n| {
                let degrees = f64::from(n) * 6.0;
                polar(degrees, (outline.reach(degrees) - 1.5).max(1.0))
            })
            .collect();
        let most = self.opacity.clamp(0.0, GLARE_MAX);
        let (degrees, size) = (f64::from(self.degrees), self.size.clamp(5.0, 90.0));
        let color = |share: f32| self.color.faded(most * share);
        // Beside and along the direction that the light comes from.
        let at = |across: f32, out: f32| {
            let (along, beside) = (polar(degrees, out), polar(degrees + 90.0, across));
            Point::new(along.x + beside.x, along.y + beside.y)
        };
        match self.kind {
            GlareKind::Window => self.window(&dial, canvas),
            GlareKind::Streak | GlareKind::Streaks => {
                let bands: &[(f32, f32, f32)] = if self.kind == GlareKind::Streak {
                    &[(-0.5, 0.5, 1.0)]
                } else {
                    &[(-0.6, 0.15, 1.0), (0.3, 0.5, 0.8)]
                };
                let middle = self.distance - 40.0;
                for (from, to, share) in bands {
                    let (a, b) = (middle + from * size, middle + to * size);
                    let corners = [at(a, -160.0), at(b, -160.0), at(b, 160.0), at(a, 160.0)];
                    let stops =
                        vec![(0.0, color(share * 0.35)), (0.5, color(share * 0.7)), (1.0, color(*share))];
                    let paint = Paint::Linear { from: at(0.0, -100.0), to: at(0.0, 100.0), stops };
                    canvas.polygon(&cut(&corners, &dial), paint);
                }
            }
            GlareKind::Arc => {
                let (reach, spread) = (outline.circle() - 4.0, f64::from(size) * 1.5);
                let thick = size * 0.32;
                let steps = 24;
                let along = |share: f64| degrees - spread / 2.0 + spread * share;
                let outer = (0..=steps).map(|n| polar(along(f64::from(n) / 24.0), reach));
                // The inner edge leaves the outer one and comes back to it.
                let inner = (0..=steps).rev().map(|n| {
                    let share = f64::from(n) / 24.0;
                    polar(along(share), reach - thick * (4.0 * share * (1.0 - share)) as f32)
                });
                let points: Vec<Point> = outer.chain(inner).collect();
                let (far, near) = (polar(degrees, reach), polar(degrees, reach - thick));
                let stops = vec![(0.0, color(1.0)), (1.0, color(0.25))];
                canvas.polygon(&points, Paint::Linear { from: far, to: near, stops });
            }
            GlareKind::Half => {
                let bow = |share: f32| {
                    let x = (share - 0.5) * 260.0;
                    at(x, self.distance - 40.0 + x * x * 0.0016)
                };
                let mut corners: Vec<Point> = vec![at(-130.0, 180.0)];
                corners.extend((0..=12_u8).map(|n| bow(f32::from(n) / 12.0)));
                corners.push(at(130.0, 180.0));
                let stops = vec![(0.0, color(0.85)), (1.0, color(0.2))];
                let paint = Paint::Linear { from: at(0.0, 100.0), to: at(0.0, -30.0), stops };
                // The dial is cut by the shape, which is hollow; the shape would be cut wrongly by the dial.
                canvas.polygon(&cut(&corners, &dial), paint);
            }
            GlareKind::Spot => {
                let reach = outline.circle() - 2.0;
                let radius = (size * 0.8).min(reach * 0.6);
                let center = at(0.0, self.distance.min(reach - radius));
                let stops =
                    vec![(0.0, color(1.0)), (0.3, color(0.75)), (0.6, color(0.25)), (1.0, color(0.0))];
                canvas.disc(center, radius, Paint::radial(center, radius, stops));
            }
        }
    }

    /// Four panes, as if on a ball: sides bow outwards, and the far ones are shorter.
    fn window(&self, dial: &[Point], canvas: &mut Canvas) {
        let degrees = f64::from(self.degrees);
        let half = self.size.clamp(5.0, 90.0) * 0.75;
        let most = self.opacity.clamp(0.0, GLARE_MAX);
        let place = |x: f32, y: f32| {
            let bowed = (x * (1.0 - 0.16 * y * y + 0.1 * y), y * (1.0 - 0.16 * x * x));
            let (out, across) = (self.distance + bowed.1 * half, bowed.0 * half);
            let (along, beside) = (polar(degrees, out), polar(degrees + 90.0, across));
            Point::new(along.x + beside.x, along.y + beside.y)
        };
        let gap = 0.05;
        let stops = vec![(0.0, self.color.faded(most)), (1.0, self.color.faded(most * 0.45))];
        for (left, right) in [(-1.0, -gap), (gap, 1.0)] {
            for (low, high) in [(-1.0, -gap), (gap, 1.0)] {
                let along = |from: (f32, f32), to: (f32, f32)| {
                    (0..6_u8).map(move |n| {
                        let t = f32::from(n) / 6.0;
                        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
                    })
                };
                let (a, b, c, d) = ((left, low), (right, low), (right, high), (left, high));
                let edge = along(a, b).chain(along(b, c)).chain(along(c, d)).chain(along(d, a));
                let pane: Vec<Point> = edge.map(|(x, y)| place(x, y)).collect();
                let paint =
                    Paint::Linear { from: place(0.4, 1.0), to: place(-0.4, -1.0), stops: stops.clone() };
                canvas.polygon(&cut(&pane, dial), paint);
            }
        }
    }
}

/// What of a polygon lies inside a convex one, whose corners go clockwise (y points down); empty where nothing does.
fn cut(polygon: &[Point], convex: &[Point]) -> Vec<Point> {
    let mut left: Vec<Point> = polygon.to_vec();
    for (a, b) in convex.iter().zip(convex.iter().cycle().skip(1)) {
        let inside = |p: &Point| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
        let mut kept = Vec::with_capacity(left.len() + 2);
        for (p, q) in left.iter().zip(left.iter().cycle().skip(1)) {
            let (at, next) = (inside(p), inside(q));
            if at >= 0.0 {
                kept.push(*p);
            }
            if (at >= 0.0) != (next >= 0.0) {
                let t = at / (at - next);
                kept.push(Point::new(p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t));
            }
        }
        left = kept;
    }
    left
}

/// A closed path through the points, if there are enough of them.
fn closed(points: &[Point]) -> Option<pixmo_render::Path> {
    polyline_path(points, true)
}

#[cfg(test)]
mod tests;
