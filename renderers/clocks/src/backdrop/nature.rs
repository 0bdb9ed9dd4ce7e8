//! Leaves, the sky, and an arm.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, push_line};
use super::{Worn, near, toned};
use crate::space::placed;

/// Leaves before leaves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaves {
    /// Colour of leaves in the light.
    pub color: Color,
    /// Length of the nearest leaves, in hundredths of the shorter side.
    pub length: f32,
    /// Width of a leaf as a share of its length.
    pub slim: f32,
    /// How many leaves in each of the three layers.
    pub count: u8,
}

impl Leaves {
    /// A hedge, ferns, autumn leaves.
    pub fn drawn(rng: &mut Rng) -> Leaves {
        let greens = [(104, 150, 70), (70, 124, 84), (140, 160, 80), (186, 120, 50), (150, 170, 120)];
        let (length, slim) = (rng.range32(15.0, 30.0), rng.range32(0.25, 0.5));
        Leaves { color: near(&greens, rng), length, slim, count: rng.whole(13, 22) as u8 }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high) = (plane.wide, plane.high);
        plane.cover(toned(self.color, -0.62));
        for (layer, share) in [0.6, 0.8, 1.0].into_iter().enumerate() {
            let shade = -0.5 + 0.24 * layer as f32;
            for _ in 0..self.count {
                let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high));
                let length = self.length * share * rng.range32(0.7, 1.2);
                let tone = toned(self.color, shade + rng.range32(-0.1, 0.12));
                leaf(plane, at, rng.range(0.0, 360.0), (length, length * self.slim), tone);
            }
        }
    }
}

/// A leaf that grows from a place in a direction: its length and width.
pub(super) fn leaf(plane: &mut Plane<'_>, at: Point, degrees: f64, (long, wide): (f32, f32), color: Color) {
    let place = |across: f32, out: f32| placed(at, degrees, (across * wide, out * long));
    let (tip, half) = (place(0.0, 1.0), 0.62);
    // Two halves, the one that is turned to the light lighter.
    for (side, by) in [(-half, -0.06), (half, 0.1)] {
        let mut path = PathBuilder::new();
        path.move_to(at.x, at.y);
        let (a, b) = (place(side, 0.15), place(side, 0.7));
        path.cubic_to(a.x, a.y, b.x, b.y, tip.x, tip.y);
        path.close();
        plane.fill(path.finish(), toned(color, by));
    }
    let mut veins = PathBuilder::new();
    let end = place(0.0, 0.93);
    push_line(&mut veins, (at.x, at.y), (end.x, end.y));
    for out in [0.3, 0.5, 0.7] {
        let root = place(0.0, out - 0.12);
        for side in [-1.0, 1.0] {
            let end = place(side * half * 0.55, out + 0.08);
            push_line(&mut veins, (root.x, root.y), (end.x, end.y));
        }
    }
    plane.stroke(veins.finish(), toned(color, 0.35).faded(0.4), long * 0.014 + 0.08);
}

/// The sky.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sky {
    /// Colour above.
    pub top: Color,
    /// Colour below.
    pub bottom: Color,
    /// Colour of clouds.
    pub cloud: Color,
    /// How many clouds.
    pub clouds: u8,
}

impl Sky {
    /// A sky by day, in the evening, or overcast.
    pub fn drawn(rng: &mut Rng) -> Sky {
        let skies: [[(u8, u8, u8); 3]; 5] = [
            [(84, 140, 200), (178, 208, 232), (250, 252, 255)],
            [(60, 110, 180), (150, 190, 220), (240, 240, 244)],
            [(160, 170, 182), (206, 210, 214), (236, 238, 240)],
            [(74, 80, 130), (236, 170, 130), (250, 200, 180)],
            [(20, 26, 52), (54, 60, 96), (90, 94, 130)],
        ];
        let [top, bottom, cloud] = *rng.pick(&skies);
        let (top, bottom, cloud) = (near(&[top], rng), near(&[bottom], rng), near(&[cloud], rng));
        Sky { top, bottom, cloud, clouds: rng.below(6) as u8 }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high) = (plane.wide, plane.high);
        let stops = vec![(0.0, self.top), (1.0, self.bottom)];
        plane.cover_linear(Point::new(0.0, -high), Point::new(0.0, high), stops);
        for _ in 0..self.clouds {
            let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high * 0.7));
            let size = rng.range32(9.0, 22.0);
            for _ in 0..6 {
                let (dx, dy) = (rng.range32(-1.6, 1.6) * size, rng.range32(-0.28, 0.2) * size);
                let r = size * rng.range32(0.6, 1.1);
                plane.haze(Point::new(at.x + dx, at.y + dy), (r * 1.2, r * 0.6), self.cloud.faded(0.5));
            }
        }
    }
}

/// How wide an arm is where the watch lies, over the width of its wrist.
const AT_WATCH: f32 = 1.1;

/// The arm of someone who wears a watch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arm {
    /// Colour of the skin.
    pub skin: Color,
    /// Where the hand lies, degrees clockwise from the right; the arm of a watch that stands upright goes across.
    pub degrees: f32,
    /// Where the watch lies, from the middle of the picture.
    pub at: (f32, f32),
    /// Width of the wrist, in hundredths of the shorter side.
    pub wrist: f32,
    /// The sleeve, by its colour and by how far from the watch it ends.
    pub sleeve: Option<(Color, f32)>,
    /// What is behind the arm, above and below.
    pub behind: (Color, Color),
}

impl Arm {
    /// An arm before a blurred room.
    pub fn drawn(rng: &mut Rng) -> Arm {
        let skins = [
            (244, 214, 194),
            (234, 192, 164),
            (220, 170, 136),
            (198, 144, 108),
            (166, 112, 80),
            (132, 84, 58),
            (98, 62, 44),
            (72, 46, 34),
        ];
        let cloths =
            [(40, 52, 84), (230, 232, 236), (60, 62, 66), (120, 60, 56), (96, 110, 92), (170, 150, 120)];
        let rooms = [
            (150, 152, 150),
            (92, 104, 110),
            (196, 188, 176),
            (60, 60, 70),
            (110, 126, 100),
            (176, 150, 124),
        ];
        let side = if rng.chance(0.5) { 0.0 } else { 180.0 };
        Arm {
            skin: near(&skins, rng),
            degrees: side + rng.range32(-9.0, 9.0),
            at: (0.0, 0.0),
            wrist: rng.range32(58.0, 84.0),
            sleeve: rng.chance(0.6).then(|| (near(&cloths, rng), rng.range32(36.0, 46.0))),
            behind: (near(&rooms, rng), near(&rooms, rng)),
        }
    }

    /// The arm of someone who wears a watch that lies somewhere.
    pub(super) fn wearing(worn: &Worn, rng: &mut Rng) -> Arm {
        let arm = Arm::drawn(rng);
        Arm {
            degrees: arm.degrees + worn.degrees,
            at: (worn.at.x, worn.at.y),
            wrist: 2.0 * worn.half / AT_WATCH,
            sleeve: arm.sleeve.map(|(cloth, _)| (cloth, worn.case + worn.half * rng.range32(0.15, 0.6))),
            ..arm
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (top, bottom) = self.behind;
        let (wide, high) = (plane.wide, plane.high);
        let stops = vec![(0.0, top), (1.0, bottom)];
        plane.cover_linear(Point::new(-wide * 0.3, -high), Point::new(wide * 0.3, high), stops);
        for _ in 0..3 {
            let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high));
            let tone = toned(top.mix(bottom, rng.range32(0.0, 1.0)), rng.range32(-0.4, 0.4));
            plane.haze(at, (rng.range32(20.0, 44.0), rng.range32(16.0, 36.0)), tone.faded(0.7));
        }
        plane.set(Point::new(self.at.0, self.at.1), self.degrees);
        let reach = libm::hypotf(wide, high) + libm::hypotf(self.at.0, self.at.1) + 4.0;
        let half = self.wrist / 2.0;
        // Hairs and folds are as large as the arm is.
        let size = half / 35.0;
        // Wider towards the elbow and towards the hand, narrowest a little beside the middle.
        let edge = |side: f32, grow: f32, path: &mut PathBuilder, back: bool| {
            let ends = [(-reach, half * 1.3 + grow), (8.0, half * 0.96 + grow), (reach, half * 1.22 + grow)];
            let [a, b, c] = if back { [ends[2], ends[1], ends[0]] } else { ends };
            if back {
                path.line_to(a.0, side * a.1);
            } else {
                path.move_to(a.0, side * a.1);
            }
            path.quad_to(b.0, side * b.1 * 0.95, c.0, side * c.1);
        };
        let band = |grow: f32| {
            let mut path = PathBuilder::new();
            edge(-1.0, grow, &mut path, false);
            edge(1.0, grow, &mut path, true);
            path.close();
            path.finish()
        };
        plane.stroke(band(0.0), Color::BLACK.faded(0.1), 4.0 * size);
        plane.stroke(band(0.0), Color::BLACK.faded(0.14), 1.8 * size);
        let deep = self.skin.mix(Color::rgb(90, 30, 14), 0.4);
        let lit = toned(self.skin, 0.16);
        let stops = vec![
            (0.0, toned(deep, -0.2)),
            (0.3, lit),
            (0.72, self.skin.mix(deep, 0.25)),
            (1.0, toned(deep, -0.4)),
        ];
        // The light comes from above in the picture, whichever way the arm points.
        let up = if libm::cosf(self.degrees.to_radians()) >= 0.0 { 1.0 } else { -1.0 };
        let (from, to) = (Point::new(0.0, -half * 1.12 * up), Point::new(0.0, half * 1.12 * up));
        plane.fill(band(0.0), Paint::Linear { from, to, stops });
        // Veins and tendons under the skin, hardly seen.
        for off in [-0.3, 0.1, 0.34] {
            let y = half * (off + rng.range32(-0.06, 0.06));
            let place = Point::new(rng.range32(20.0, 40.0) * size, y);
            plane.haze(place, (30.0 * size, 2.6 * size), deep.faded(0.22));
        }
        let mut hairs = PathBuilder::new();
        for _ in 0..30 {
            let (x, y) = (rng.range32(-reach, -8.0), half * rng.range32(-0.8, 0.8));
            let (dx, dy) = (rng.range32(1.4, 3.4) * size, rng.range32(-0.9, 0.9) * size);
            hairs.move_to(x, y);
            hairs.quad_to(x + dx * 0.5, y + dy * 0.1, x + dx, y + dy);
        }
        plane.brush(hairs.finish(), toned(deep, -0.5).faded(0.2), 0.16 * size);
        if let Some((cloth, from)) = self.sleeve {
            sleeve(plane, (cloth, from, half * 1.36, reach), up);
        }
    }
}

/// A sleeve from the elbow to where it ends.
fn sleeve(plane: &mut Plane<'_>, (cloth, from, half, reach): (Color, f32, f32, f32), up: f32) {
    let size = half / 48.0;
    let band = |end: f32, half: f32| {
        let mut path = PathBuilder::new();
        path.move_to(-reach, -half * 1.1);
        path.line_to(end, -half);
        path.quad_to(end + 3.4 * size, 0.0, end, half);
        path.line_to(-reach, half * 1.1);
        path.close();
        path.finish()
    };
    for (grow, alpha) in [(2.2, 0.1), (1.2, 0.14), (0.5, 0.18)] {
        plane.fill(band(-from + grow * size, half), Color::BLACK.faded(alpha));
    }
    let (from_edge, to_edge) = (Point::new(0.0, -half * up), Point::new(0.0, half * up));
    let stops =
        vec![(0.0, toned(cloth, -0.35)), (0.3, toned(cloth, 0.14)), (0.65, cloth), (1.0, toned(cloth, -0.5))];
    plane.fill(band(-from, half), Paint::Linear { from: from_edge, to: to_edge, stops });
    let mut seam = PathBuilder::new();
    seam.move_to(-from - 3.0 * size, -half);
    seam.quad_to(-from + 0.4 * size, 0.0, -from - 3.0 * size, half);
    plane.stroke(seam.finish(), toned(cloth, -0.4).faded(0.6), 0.3 * size);
    for y in [-0.5, 0.12, 0.6] {
        let place = Point::new(-from - 12.0 * size, y * half);
        plane.haze(place, (14.0 * size, 3.4 * size), Color::BLACK.faded(0.2));
    }
    plane.rect(Rect::new(-from - 0.2, -0.1, -from, 0.1), cloth);
}
