//! Stone: marble with veins, granite with speckles, concrete with clouds and pores.

use pixmo_render::{Color, PathBuilder, Point, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, push_smooth};
use super::{near, toned};

/// A slab of stone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stone {
    /// What stone it is.
    pub kind: StoneKind,
    /// Its main colour.
    pub color: Color,
    /// The colour of its veins or speckles.
    pub vein: Color,
    /// Where veins go, degrees clockwise from the x axis.
    pub degrees: f32,
    /// How much of it there is, 0 to 1.
    pub richness: f32,
}

/// Kinds of stone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoneKind {
    /// Veins in clouds.
    Marble,
    /// Grains of three tones.
    Granite,
    /// Clouds and pores.
    Concrete,
}

impl Stone {
    /// A slab of one of the kinds.
    pub fn drawn(rng: &mut Rng) -> Stone {
        let kind =
            *rng.pick(&[StoneKind::Marble, StoneKind::Marble, StoneKind::Granite, StoneKind::Concrete]);
        let (color, vein) = match kind {
            StoneKind::Marble => {
                let pairs = [
                    ((238, 236, 232), (120, 122, 128)),
                    ((226, 214, 196), (150, 110, 70)),
                    ((34, 36, 38), (214, 208, 196)),
                    ((58, 84, 72), (206, 222, 210)),
                    ((110, 62, 54), (224, 190, 176)),
                ];
                let (stone, vein) = *rng.pick(&pairs);
                (near(&[stone], rng), near(&[vein], rng))
            }
            StoneKind::Granite => {
                let stones = [(160, 158, 156), (90, 92, 96), (184, 150, 134), (60, 62, 66), (206, 200, 190)];
                let stone = near(&stones, rng);
                (stone, toned(stone, -0.5))
            }
            StoneKind::Concrete => {
                let stone = near(&[(168, 168, 164), (132, 132, 132), (190, 184, 174)], rng);
                (stone, toned(stone, -0.4))
            }
        };
        let richness = rng.range32(0.2, 1.0);
        Stone { kind, color, vein, degrees: rng.range32(-70.0, 70.0), richness }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.cover(self.color);
        plane.turn(self.degrees);
        let (wide, high) = (plane.wide, plane.high);
        let clouds = if self.kind == StoneKind::Granite { 2 } else { 7 };
        for _ in 0..clouds {
            let at = Point::new(rng.range32(-wide, wide), rng.range32(-high, high));
            let color = if rng.chance(0.6) { self.vein } else { toned(self.color, 0.35) };
            let size = (rng.range32(16.0, 40.0), rng.range32(8.0, 20.0));
            plane.haze(at, size, color.faded(rng.range32(0.06, 0.2)));
        }
        match self.kind {
            StoneKind::Marble => self.veins(plane, rng),
            StoneKind::Granite => {
                let tones = [
                    toned(self.color, 0.35),
                    toned(self.color, -0.35),
                    self.vein,
                    self.color.mix(Color::WHITE, 0.7),
                ];
                for (tone, size) in tones.into_iter().zip([1.1, 1.0, 0.8, 0.5]) {
                    speckles(plane, (110.0 + 80.0 * self.richness) as usize, size, tone.faded(0.7), rng);
                }
            }
            StoneKind::Concrete => {
                speckles(plane, 26, 0.45, self.vein.faded(0.55), rng);
                speckles(plane, 60, 0.22, self.vein.faded(0.5), rng);
            }
        }
    }

    fn veins(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high) = (plane.wide, plane.high);
        let count = 4 + (self.richness * 5.0) as usize;
        let (mut broad, mut fine, mut hair) = (PathBuilder::new(), PathBuilder::new(), PathBuilder::new());
        for vein in 0..count {
            let mut at = Point::new(-wide, rng.range32(-high, high));
            let mut points = vec![at];
            let mut lean = rng.range32(-0.3, 0.3);
            while at.x < wide {
                let step = rng.range32(3.0, 10.0);
                lean = (lean + rng.range32(-0.4, 0.4)).clamp(-0.8, 0.8);
                at = Point::new(at.x + step, at.y + step * lean);
                points.push(at);
                if rng.chance(0.22) {
                    // A branch leaves it and thins out.
                    let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
                    let mut end = at;
                    let mut branch = vec![end];
                    for _ in 0..4 {
                        end = Point::new(end.x + rng.range32(2.0, 6.0), end.y + side * rng.range32(0.5, 5.0));
                        branch.push(end);
                    }
                    push_smooth(&mut hair, &branch);
                }
            }
            if vein < 2 {
                push_smooth(&mut broad, &points);
            }
            push_smooth(if vein % 2 == 0 { &mut fine } else { &mut hair }, &points);
        }
        let broad = broad.finish();
        plane.stroke(broad.clone(), self.vein.faded(0.08), 4.5);
        plane.stroke(broad, self.vein.faded(0.14), 1.8);
        plane.stroke(fine.finish(), self.vein.faded(0.5), 0.42);
        plane.stroke(hair.finish(), self.vein.faded(0.42), 0.24);
    }
}

/// Small grains of one tone, all in one path.
fn speckles(plane: &mut Plane<'_>, count: usize, size: f32, color: Color, rng: &mut Rng) {
    let (wide, high) = (plane.wide, plane.high);
    let mut path = PathBuilder::new();
    for _ in 0..count {
        let (x, y) = (rng.range32(-wide, wide), rng.range32(-high, high));
        let r = size * rng.range32(0.4, 1.3);
        path.move_to(x - r, y + r * rng.range32(-0.6, 0.6));
        path.line_to(x + r * rng.range32(-0.5, 0.5), y - r);
        path.line_to(x + r, y + r * rng.range32(-0.5, 0.5));
        path.line_to(x + r * rng.range32(-0.5, 0.5), y + r);
        path.close();
    }
    plane.fill(path.finish(), color);
}
