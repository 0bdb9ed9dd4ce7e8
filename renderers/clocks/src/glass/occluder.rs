//! Things that come in over the rim of a dial: a cuff, a finger, a leaf, a card. They keep away from the hands.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, Path, PathBuilder, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::closed;
use crate::space::{Canvas, Outline, placed, polar};

/// How far an occluder keeps away from each hand, in units.
pub const DISTANCE: f32 = 9.0;
/// The largest share of a dial that may be hidden.
const COVERED_MAX: f32 = 0.3;
/// How many places are tried.
const TRIES: usize = 24;
/// How far occluders reach outwards.
const FAR: f32 = 420.0;

/// A thing that comes in over the rim of a dial.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Occluder {
    /// What it is.
    pub kind: OccluderKind,
    /// Where it comes from, degrees clockwise from 12.
    pub degrees: f32,
    /// Where it ends, as a distance from the middle.
    pub end: f32,
    /// Its width.
    pub width: f32,
    /// By how many degrees it leans to the side of the middle.
    pub lean: f32,
    /// Its colour.
    pub color: Color,
}

/// What comes in over the rim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccluderKind {
    /// The end of a sleeve.
    Cuff,
    /// A finger.
    Finger,
    /// A leaf.
    Leaf,
    /// The corner of a card.
    Card,
}

impl Occluder {
    /// One that keeps its distance from the hands, whose tips are given (of a tail that is long, its end as well), and
    /// hides a part of the dial; `None` where there is no room.
    pub fn drawn(outline: &Outline, tips: &[Point], rng: &mut Rng) -> Option<Occluder> {
        (0..TRIES).map(|_| Occluder::anywhere(outline, rng)).find(|occluder| {
            let covered = occluder.covered(outline);
            occluder.distance(tips) >= DISTANCE && (0.004..=COVERED_MAX).contains(&covered)
        })
    }

    fn anywhere(outline: &Outline, rng: &mut Rng) -> Occluder {
        let kind =
            *rng.pick(&[OccluderKind::Cuff, OccluderKind::Finger, OccluderKind::Leaf, OccluderKind::Card]);
        let degrees = rng.range(0.0, 360.0);
        let reach = outline.reach(degrees);
        let (inside, width, colors): (f32, f32, &[(u8, u8, u8)]) = match kind {
            OccluderKind::Cuff => (
                rng.range32(8.0, 46.0),
                rng.range32(220.0, 320.0),
                &[(44, 54, 84), (226, 228, 232), (70, 70, 72), (124, 64, 58), (98, 112, 94), (28, 28, 32)],
            ),
            OccluderKind::Finger => (
                rng.range32(10.0, 48.0),
                rng.range32(34.0, 52.0),
                &[(240, 204, 180), (222, 172, 140), (186, 130, 96), (136, 88, 62), (92, 58, 42)],
            ),
            OccluderKind::Leaf => (
                rng.range32(12.0, 60.0),
                rng.range32(28.0, 60.0),
                &[(84, 130, 66), (120, 150, 80), (60, 100, 70), (176, 110, 50)],
            ),
            OccluderKind::Card => (
                rng.range32(10.0, 46.0),
                rng.range32(180.0, 340.0),
                &[(246, 244, 238), (210, 190, 150), (150, 60, 56), (60, 84, 120)],
            ),
        };
        let lean =
            if kind == OccluderKind::Cuff { rng.range32(-12.0, 12.0) } else { rng.range32(-32.0, 32.0) };
        let (red, green, blue) = *rng.pick(colors);
        Occluder {
            kind,
            degrees: degrees as f32,
            end: reach - inside,
            width,
            lean,
            color: Color::rgb(red, green, blue),
        }
    }

    /// Where its end lies, and where it goes from there, in degrees.
    fn placed(&self) -> (Point, f64) {
        (polar(f64::from(self.degrees), self.end), f64::from(self.degrees + self.lean))
    }

    /// Its outline by corners, close enough to each other to measure by.
    fn corners(&self) -> Vec<Point> {
        let (end, along) = self.placed();
        let half = self.width / 2.0;
        let at = |across: f32, out: f32| placed(end, along, (across, out));
        match self.kind {
            OccluderKind::Cuff => {
                // The hem bows outwards a little.
                let mut points: Vec<Point> = (0..=16_u8)
                    .map(|n| {
                        let t = f32::from(n) / 8.0 - 1.0;
                        at(t * half, t * t * 16.0)
                    })
                    .collect();
                points.extend([at(half * 1.1, FAR), at(-half * 1.1, FAR)]);
                points
            }
            OccluderKind::Finger => {
                let mut points: Vec<Point> = (0..=14_u8)
                    .map(|n| {
                        let turn = 270.0 - 180.0 * f64::from(n) / 14.0;
                        let round = polar(turn, 1.0);
                        // The tip is flatter than a half circle.
                        at(round.x * half, half * 1.08 - round.y.abs() * half * 1.08)
                    })
                    .collect();
                points.extend([
                    at(half * 1.02, half * 2.2),
                    at(half * 1.16, FAR),
                    at(-half * 1.16, FAR),
                    at(-half * 1.02, half * 2.2),
                ]);
                points
            }
            OccluderKind::Leaf => {
                let long = self.width * 2.4;
                let side = |t: f32| half * 3.4 * t * (1.0 - t);
                let there = (0..=14_u8).map(|n| f32::from(n) / 14.0).map(|t| at(-side(t), t * long));
                let back = (1..14_u8).rev().map(|n| f32::from(n) / 14.0).map(|t| at(side(t), t * long));
                there.chain(back).collect()
            }
            OccluderKind::Card => {
                // One corner points to the middle.
                let deep = half;
                vec![at(0.0, 0.0), at(half, deep), at(half, FAR), at(-half, FAR), at(-half, deep)]
            }
        }
    }

    /// Its outline.
    pub fn path(&self) -> Path {
        closed(&self.corners())
            .unwrap_or_else(|| PathBuilder::from_circle(0.0, FAR, 1.0).expect("a fixed circle has an area"))
    }

    /// How far it stays away from hands that go from the middle to their tips, in units; 0 where it lies over one.
    pub fn distance(&self, tips: &[Point]) -> f32 {
        let corners = self.corners();
        let middle = Point::default();
        let sides = || corners.iter().zip(corners.iter().cycle().skip(1));
        tips.iter().chain([&middle]).fold(f32::INFINITY, |least, tip| {
            if within(&corners, *tip) || within(&corners, middle) {
                return 0.0;
            }
            sides().fold(least, |least, (a, b)| least.min(apart((middle, *tip), (*a, *b))))
        })
    }

    /// The share of the dial that it covers, 0 to 1, by places in a grid.
    pub fn covered(&self, outline: &Outline) -> f32 {
        let corners = self.corners();
        let dial: Vec<Point> = (0..60)
            .map(|n| f64::from(n) * 6.0)
            .map(|degrees| polar(degrees, outline.reach(degrees)))
            .collect();
        let (mut all, mut hidden) = (0_u16, 0_u16);
        for row in -12_i8..=12 {
            for column in -12_i8..=12 {
                let at = Point::new(f32::from(column) * 8.2, f32::from(row) * 8.2);
                if within(&dial, at) {
                    all += 1;
                    hidden += u16::from(within(&corners, at));
                }
            }
        }
        f32::from(hidden) / f32::from(all.max(1))
    }

    /// Draws it with its shadow.
    pub fn draw(&self, canvas: &mut Canvas) {
        canvas.begin(Role::Ornament, "");
        let corners = self.corners();
        // The shadow stays nearer than the distance to the hands.
        for (off, alpha) in [(3.2, 0.08), (2.2, 0.1), (1.1, 0.14)] {
            let moved: Vec<Point> = corners.iter().map(|p| Point::new(p.x + off * 0.7, p.y + off)).collect();
            canvas.fill(closed(&moved), Color::BLACK.faded(alpha));
        }
        let (end, along) = self.placed();
        let half = self.width / 2.0;
        let at = |across: f32, out: f32| placed(end, along, (across, out));
        let tone = |by: f32| crate::backdrop::toned(self.color, by);
        let across = |stops: Vec<(f32, Color)>, half: f32| Paint::Linear {
            from: at(-half, 0.0),
            to: at(half, 0.0),
            stops,
        };
        let body = closed(&corners);
        match self.kind {
            OccluderKind::Cuff => {
                let stops =
                    vec![(0.0, tone(-0.4)), (0.35, tone(0.12)), (0.7, self.color), (1.0, tone(-0.45))];
                canvas.fill(body, across(stops, half));
                for (deep, width) in [(5.0, 0.7), (7.0, 0.7)] {
                    let seam: Vec<Point> = (0..=16_u8)
                        .map(|n| {
                            let t = f32::from(n) / 8.0 - 1.0;
                            at(t * half, t * t * 16.0 + deep)
                        })
                        .collect();
                    let path = pixmo_render::scene::polyline_path(&seam, false);
                    canvas.stroke(path, tone(-0.35).faded(0.6), width);
                }
                for side in [-0.5, 0.25] {
                    let fold = [
                        at(half * side, 10.0),
                        at(half * (side + 0.05), 60.0),
                        at(half * (side + 0.14), 120.0),
                        at(half * (side + 0.1), 50.0),
                    ];
                    canvas.polygon(&fold, tone(-0.5).faded(0.3));
                }
            }
            OccluderKind::Finger => {
                let deep = self.color.mix(Color::rgb(120, 40, 24), 0.4);
                let stops = vec![
                    (0.0, deep),
                    (0.28, tone(0.16)),
                    (0.6, self.color),
                    (1.0, deep.mix(Color::BLACK, 0.25)),
                ];
                canvas.fill(body, across(stops, half));
                let nail: Vec<Point> = (0..20_u8)
                    .map(|n| {
                        let round = polar(f64::from(n) * 18.0, 1.0);
                        let square = |v: f32| v * (1.25 - 0.25 * v * v);
                        at(square(round.x) * half * 0.52, half * 0.74 + square(round.y) * half * 0.6)
                    })
                    .collect();
                canvas.polygon(&nail, self.color.mix(Color::rgb(250, 214, 206), 0.45));
                canvas.stroke(closed(&nail), deep.faded(0.5), 0.7);
                for out in [2.5, 2.66] {
                    let wrinkle = [
                        at(-half * 0.7, half * out),
                        at(0.0, half * (out + 0.07)),
                        at(half * 0.7, half * out),
                    ];
                    let path = pixmo_render::scene::polyline_path(&wrinkle, false);
                    canvas.stroke(path, deep.faded(0.45), 0.8);
                }
            }
            OccluderKind::Leaf => {
                let stops =
                    vec![(0.0, tone(-0.15)), (0.5, tone(0.1)), (0.505, tone(-0.1)), (1.0, tone(0.18))];
                canvas.fill(body, across(stops, half * 1.2));
                let mut veins = PathBuilder::new();
                let long = self.width * 2.4;
                for (a, b) in [(0.02, 1.0), (0.15, 0.32), (0.32, 0.5), (0.5, 0.66), (0.66, 0.8)] {
                    let root = at(0.0, b * long);
                    for side in [-1.0, 1.0] {
                        let spread = if a < 0.1 { 0.0 } else { half * 0.6 * side };
                        let end = at(spread, a * long);
                        veins.move_to(root.x, root.y);
                        veins.line_to(end.x, end.y);
                    }
                }
                canvas.stroke(veins.finish(), tone(0.35).faded(0.5), 0.9);
            }
            OccluderKind::Card => {
                let stops = vec![(0.0, tone(-0.04)), (0.5, tone(0.05)), (1.0, tone(-0.12))];
                canvas.fill(body.clone(), across(stops, half));
                canvas.stroke(body, tone(-0.3).faded(0.5), 0.5);
            }
        }
    }
}

/// True when a place lies inside a polygon.
fn within(corners: &[Point], at: Point) -> bool {
    corners
        .iter()
        .zip(corners.iter().cycle().skip(1))
        .filter(|(a, b)| {
            (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y)
        })
        .count()
        % 2
        == 1
}

/// How far two straight pieces are from each other.
fn apart((a, b): (Point, Point), (c, d): (Point, Point)) -> f32 {
    let side = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    let crossing =
        (side(a, b, c) > 0.0) != (side(a, b, d) > 0.0) && (side(c, d, a) > 0.0) != (side(c, d, b) > 0.0);
    if crossing {
        return 0.0;
    }
    let to = |p: Point, q: Point, r: Point| {
        let (dx, dy) = (r.x - q.x, r.y - q.y);
        let long = dx * dx + dy * dy;
        let t = if long > 0.0 { (((p.x - q.x) * dx + (p.y - q.y) * dy) / long).clamp(0.0, 1.0) } else { 0.0 };
        libm::hypotf(p.x - q.x - dx * t, p.y - q.y - dy * t)
    };
    to(a, c, d).min(to(b, c, d)).min(to(c, a, b)).min(to(d, a, b))
}
