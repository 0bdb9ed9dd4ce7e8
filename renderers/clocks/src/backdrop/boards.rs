//! Wooden boards.

use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, push_box, push_line, push_smooth};
use super::{near, toned};

/// Woods by their colours: pine, oak, beech, walnut, wenge, grey barn wood, cherry, painted white, painted blue.
const WOODS: [(u8, u8, u8); 9] = [
    (206, 164, 112),
    (176, 132, 84),
    (212, 176, 136),
    (104, 72, 48),
    (58, 42, 34),
    (142, 134, 124),
    (146, 82, 52),
    (224, 220, 210),
    (116, 142, 148),
];

/// Wooden boards beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Boards {
    /// Colour of the wood.
    pub wood: Color,
    /// Width of a board, in hundredths of the shorter side; over 100 it is one table top.
    pub width: f32,
    /// How boards lie, degrees clockwise; at 0 they go from left to right.
    pub degrees: f32,
    /// How much boards and lines differ, 0 to 1.
    pub contrast: f32,
    /// Whether boards end, as on a floor.
    pub joints: bool,
}

impl Boards {
    /// A table top, a floor, or a wall of boards.
    pub fn drawn(rng: &mut Rng) -> Boards {
        let degrees = match rng.below(4) {
            0 => 0.0,
            1 => 90.0,
            2 => rng.range32(-12.0, 12.0),
            _ => rng.range32(-80.0, 80.0),
        };
        let width = *rng.pick(&[9.0, 13.0, 18.0, 24.0, 32.0, 200.0]) * rng.range32(0.88, 1.12);
        Boards {
            wood: near(&WOODS, rng),
            width,
            degrees,
            contrast: rng.range32(0.3, 1.0),
            joints: rng.chance(0.4),
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.turn(self.degrees);
        let (wide, high) = (plane.wide, plane.high);
        plane.cover(self.wood);
        let width = self.width.max(6.0);
        let (mut dark, mut pale, mut gaps, mut lights) =
            (PathBuilder::new(), PathBuilder::new(), PathBuilder::new(), PathBuilder::new());
        let mut top = if width > 100.0 { -high } else { -high - width * rng.range32(0.0, 0.9) };
        while top < high {
            let bottom = top + width;
            self.planks(plane, (top, bottom.min(high + 0.5)), &mut gaps, rng);
            push_line(&mut gaps, (-wide, bottom), (wide, bottom));
            push_line(&mut lights, (-wide, bottom + 0.4), (wide, bottom + 0.4));
            grain((top, bottom.min(high)), wide, &mut dark, &mut pale, rng);
            top = bottom;
        }
        let strength = 0.35 + 0.65 * self.contrast;
        let deep = self.wood.mix(Color::rgb(40, 20, 8), 0.75);
        plane.stroke(dark.finish(), deep.faded(0.2 * strength), 0.34);
        plane.stroke(pale.finish(), toned(self.wood, 0.4).faded(0.22 * strength), 0.5);
        for _ in 0..rng.below(4) {
            let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high));
            knot(plane, at, deep, strength, rng);
        }
        plane.stroke(gaps.finish(), toned(deep, -0.6).faded(0.75), 0.42);
        plane.stroke(lights.finish(), Color::WHITE.faded(0.14), 0.3);
    }

    /// The pieces of one row of boards, each of its own tone.
    fn planks(
        &self,
        plane: &mut Plane<'_>,
        (top, bottom): (f32, f32),
        gaps: &mut PathBuilder,
        rng: &mut Rng,
    ) {
        let wide = plane.wide;
        let mut left = -wide;
        while left < wide {
            let right = if self.joints { left + rng.range32(34.0, 130.0) } else { wide };
            let by = rng.range32(-0.16, 0.13) * self.contrast;
            plane.rect(Rect::new(left, top, right.min(wide), bottom), toned(self.wood, by));
            if right < wide {
                push_line(gaps, (right, top), (right, bottom));
            }
            left = right;
        }
    }
}

/// Lines of growth along a board: wavering ones, and arches where the tree was cut across them.
fn grain(
    (top, bottom): (f32, f32),
    wide: f32,
    dark: &mut PathBuilder,
    pale: &mut PathBuilder,
    rng: &mut Rng,
) {
    let width = bottom - top;
    let lines = (width / 2.4).clamp(3.0, 40.0) as usize;
    for line in 0..lines {
        let y = top + width * (line as f32 + rng.range32(0.1, 0.9)) / lines as f32;
        let (sway, phase) = (width.min(20.0) * rng.range32(0.01, 0.06), rng.range32(0.0, 6.0));
        let start = if rng.chance(0.5) { -wide } else { rng.range32(-wide, wide * 0.5) };
        let end = (start + rng.range32(30.0, 160.0)).min(wide);
        let steps = 6;
        let points: Vec<Point> = (0..=steps)
            .map(|step| {
                let x = start + (end - start) * step as f32 / steps as f32;
                Point::new(x, (y + sway * libm::sinf(phase + x * 0.07)).clamp(top, bottom))
            })
            .collect();
        push_smooth(if rng.chance(0.7) { dark } else { pale }, &points);
    }
    if width > 8.0 && rng.chance(0.6) {
        // Arches: long narrow tongues in each other.
        let (tip, y) = (rng.range32(-wide * 0.7, wide * 0.7), (top + bottom) / 2.0);
        let toward = if rng.chance(0.5) { 1.0 } else { -1.0 };
        let room = (width * 0.42).min(9.0);
        for ring in 1..=5 {
            let half = room * ring as f32 / 5.0;
            let nose = tip - toward * ring as f32 * half.max(1.0) * 1.6;
            let far = toward * wide * 1.2;
            let waver = rng.range32(-0.4, 0.4);
            let points = [
                Point::new(far, y - half),
                Point::new(tip + toward * 20.0, y - half + waver),
                Point::new(nose, y - half * 0.5),
                Point::new(nose - toward * 0.8, y),
                Point::new(nose, y + half * 0.5),
                Point::new(tip + toward * 20.0, y + half - waver),
                Point::new(far, y + half),
            ];
            push_smooth(dark, &points);
        }
    }
}

fn knot(plane: &mut Plane<'_>, at: Point, color: Color, strength: f32, rng: &mut Rng) {
    let size = rng.range32(0.7, 1.7);
    let stretch = rng.range32(1.3, 2.0);
    plane.haze(at, (size * stretch * 2.2, size * 1.8), color.faded(0.35 * strength));
    for (share, alpha) in [(1.0, 0.25), (0.6, 0.4), (0.3, 0.55)] {
        let radius = (size * stretch * share, size * share);
        plane.fill(super::plane::pebble(at, radius, 0.12, rng), color.faded(alpha * strength));
    }
}

/// A board from the side: a rectangle with a few lines along it.
pub(super) fn plank(plane: &mut Plane<'_>, rect: Rect, wood: Color, rng: &mut Rng) {
    plane.rect(rect, wood);
    let mut lines = PathBuilder::new();
    for _ in 0..5 {
        let y = rng.range32(rect.top, rect.bottom - 0.3);
        let left = rng.range32(rect.left, rect.right);
        push_box(&mut lines, Rect::new(left, y, (left + rng.range32(20.0, 60.0)).min(rect.right), y + 0.25));
    }
    plane.fill(lines.finish(), Color::rgb(40, 22, 10).faded(0.2));
}
