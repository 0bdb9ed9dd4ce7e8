//! Woven cloth, with its folds.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, push_box, push_line};
use super::{near, toned};

/// A piece of cloth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cloth {
    /// How it is woven.
    pub weave: Weave,
    /// Its main colour.
    pub color: Color,
    /// The colour of stripes and checks.
    pub second: Color,
    /// Width of a stripe or check, in hundredths of the shorter side.
    pub step: f32,
    /// How it lies, degrees clockwise.
    pub degrees: f32,
    /// How many folds it has.
    pub folds: u8,
}

/// How cloth is woven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weave {
    /// Plain threads.
    Linen,
    /// Threads that go aslant.
    Denim,
    /// Stripes.
    Stripes,
    /// Checks of stripes that cross.
    Gingham,
    /// Stripes of several widths that cross.
    Tartan,
}

impl Cloth {
    /// A table cloth, a pair of jeans, a scarf.
    pub fn drawn(rng: &mut Rng) -> Cloth {
        let weave = *rng.pick(&[
            Weave::Linen,
            Weave::Linen,
            Weave::Denim,
            Weave::Stripes,
            Weave::Gingham,
            Weave::Tartan,
        ]);
        let dyes = [
            (214, 200, 178),
            (232, 230, 224),
            (150, 60, 56),
            (52, 74, 110),
            (70, 90, 78),
            (60, 58, 62),
            (188, 150, 90),
            (120, 110, 140),
            (170, 186, 190),
            (28, 30, 36),
        ];
        let color = match weave {
            Weave::Denim => near(&[(62, 84, 122), (40, 52, 78), (110, 134, 164), (50, 50, 54)], rng),
            Weave::Gingham => near(&[(240, 238, 232)], rng),
            _ => near(&dyes, rng),
        };
        let second = match weave {
            Weave::Gingham => near(&[(176, 50, 50), (60, 90, 140), (70, 110, 80), (60, 60, 64)], rng),
            _ => near(&dyes, rng),
        };
        let degrees = if rng.chance(0.6) { 0.0 } else { rng.range32(-24.0, 24.0) };
        Cloth { weave, color, second, step: rng.range32(4.0, 13.0), degrees, folds: rng.below(4) as u8 }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.turn(self.degrees);
        plane.cover(self.color);
        match self.weave {
            Weave::Linen => {}
            Weave::Denim => slant(plane, self.color),
            Weave::Stripes => {
                let half = PatternBox { step: self.step * 2.0, from: 0.0, width: self.step };
                plane.fill(half.bars(plane, true), self.second.faded(0.85));
            }
            Weave::Gingham => {
                let half = PatternBox { step: self.step * 2.0, from: 0.0, width: self.step };
                plane.fill(half.bars(plane, true), self.second.faded(0.5));
                plane.fill(half.bars(plane, false), self.second.faded(0.5));
            }
            Weave::Tartan => {
                let step = self.step * 3.2;
                let bands = [(0.0, 0.34, 0.5), (0.5, 0.1, 0.55), (0.68, 0.1, 0.55)];
                for (from, width, alpha) in bands {
                    let bars = PatternBox { step, from: step * from, width: step * width };
                    plane.fill(bars.bars(plane, true), self.second.faded(alpha));
                    plane.fill(bars.bars(plane, false), self.second.faded(alpha));
                }
                let bright = PatternBox { step, from: step * 0.86, width: step * 0.025 };
                let thread = Color::rgb(235, 210, 140).faded(0.7);
                plane.fill(bright.bars(plane, true), thread);
                plane.fill(bright.bars(plane, false), thread);
            }
        }
        threads(plane, self.color, rng);
        for _ in 0..self.folds {
            fold(plane, rng);
        }
    }
}

/// Bars that repeat: every `step`, beginning at `from`.
struct PatternBox {
    step: f32,
    from: f32,
    width: f32,
}

impl PatternBox {
    fn bars(&self, plane: &Plane<'_>, upright: bool) -> Option<pixmo_render::Path> {
        let (wide, high) = (plane.wide, plane.high);
        let reach = if upright { wide } else { high };
        let first = -((reach + self.from) / self.step).ceil() as i32;
        let last = (reach / self.step).ceil() as i32;
        let mut path = PathBuilder::new();
        for number in first..=last {
            let at = number as f32 * self.step + self.from;
            let (left, right) = (at, at + self.width);
            if left > reach || right < -reach {
                continue;
            }
            let (rect, flat) = (Rect::new(left, -high, right, high), Rect::new(-wide, left, wide, right));
            push_box(&mut path, if upright { rect } else { flat });
        }
        path.finish()
    }
}

/// Single threads both ways, some thicker than others.
fn threads(plane: &mut Plane<'_>, color: Color, rng: &mut Rng) {
    let (wide, high) = (plane.wide, plane.high);
    let light = color.luminance() < 0.2;
    let ink = if light { Color::WHITE.faded(0.07) } else { toned(color, -0.7).faded(0.11) };
    let (mut fine, mut slubs) = (PathBuilder::new(), PathBuilder::new());
    for upright in [true, false] {
        let (reach, far) = if upright { (wide, high) } else { (high, wide) };
        // Lines across the rows of the picture cost far more than those along them: there are fewer of them.
        let step = if upright { 4.4 } else { 2.2 };
        let mut at = -reach;
        while at < reach {
            let line = if upright { ((at, -far), (at, far)) } else { ((-far, at), (far, at)) };
            push_line(&mut fine, line.0, line.1);
            if rng.chance(0.25) {
                let (start, length) = (rng.range32(-far, far), rng.range32(6.0, 30.0));
                let end = start + length;
                let line = if upright { ((at, start), (at, end)) } else { ((start, at), (end, at)) };
                push_line(&mut slubs, line.0, line.1);
            }
            at += step * rng.range32(0.8, 1.2);
        }
    }
    plane.stroke(fine.finish(), ink, 0.7);
    plane.stroke(slubs.finish(), toned(color, 0.4).faded(0.16), 0.7);
}

fn slant(plane: &mut Plane<'_>, color: Color) {
    let (wide, high) = (plane.wide, plane.high);
    let mut path = PathBuilder::new();
    let mut at = -wide - high;
    while at < wide + high {
        push_line(&mut path, (at - high, high), (at + high, -high));
        at += 3.2;
    }
    plane.stroke(path.finish(), toned(color, 0.45).faded(0.3), 0.8);
}

/// A fold: dark in its valley, light on its ridge, and gone to both sides.
fn fold(plane: &mut Plane<'_>, rng: &mut Rng) {
    let reach = libm::hypotf(plane.wide, plane.high);
    let along = crate::space::polar(rng.range(0.0, 180.0), 1.0);
    let (nx, ny) = (-along.y, along.x);
    let off = rng.range32(-40.0, 40.0);
    let half = rng.range32(5.0, 14.0);
    let at = |across: f32, out: f32| Point::new(nx * across + along.x * out, ny * across + along.y * out);
    let corners = [
        at(off - half, -reach),
        at(off + half, -reach),
        at(off + half * 0.8, reach),
        at(off - half * 0.8, reach),
    ];
    let (dark, light) = (Color::BLACK.faded(0.26), Color::WHITE.faded(0.16));
    let stops = vec![(0.0, dark.faded(0.0)), (0.4, dark), (0.55, light), (1.0, light.faded(0.0))];
    let paint = Paint::Linear { from: at(off - half, 0.0), to: at(off + half, 0.0), stops };
    plane.polygon(&corners, paint);
}
