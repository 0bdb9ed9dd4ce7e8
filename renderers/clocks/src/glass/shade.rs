//! Shadows that fall over a clock.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rng};
use serde::{Deserialize, Serialize};

use super::closed;
use crate::space::{Canvas, polar};

/// How far shadows reach from the middle of a dial.
const FAR: f32 = 900.0;
/// The darkest shadow.
const DARKEST: f32 = 0.45;

/// A shadow over a clock and what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shade {
    /// What throws it.
    pub kind: ShadeKind,
    /// Where the shadow lies, degrees clockwise from 12.
    pub degrees: f32,
    /// Where its edge crosses, as a distance from the middle to that side.
    pub distance: f32,
    /// How broad the edge of the shadow is; 0 for a hard one.
    pub soft: f32,
    /// Its opacity, up to 0.45.
    pub opacity: f32,
}

/// What throws a shadow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShadeKind {
    /// The edge of something large.
    Edge,
    /// The slats of a blind.
    Blind,
    /// A bar, as of a window frame.
    Bar,
    /// Leaves of a tree.
    Leaves,
}

impl Shade {
    /// A shadow of one of the kinds.
    pub fn drawn(rng: &mut Rng) -> Shade {
        let kinds = [ShadeKind::Edge, ShadeKind::Edge, ShadeKind::Blind, ShadeKind::Bar, ShadeKind::Leaves];
        Shade {
            kind: *rng.pick(&kinds),
            degrees: rng.range32(0.0, 360.0),
            distance: rng.range32(-60.0, 80.0),
            soft: if rng.chance(0.4) { 0.0 } else { rng.range32(6.0, 120.0) },
            opacity: rng.range32(0.15, DARKEST),
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let dark = Color::rgb(8, 10, 20).faded(self.opacity.clamp(0.0, DARKEST));
        match self.kind {
            ShadeKind::Edge => self.edge(canvas, self.distance, FAR, dark),
            ShadeKind::Bar => {
                let width = 24.0;
                self.band(canvas, (self.distance, self.distance + width), dark);
            }
            ShadeKind::Blind => {
                let dark = Color { alpha: (f32::from(dark.alpha) * 0.8) as u8, ..dark };
                let step = 34.0;
                for number in -9_i8..9 {
                    let from = self.distance + f32::from(number) * step;
                    self.band(canvas, (from, from + step * 0.45), dark);
                }
            }
            ShadeKind::Leaves => {
                // Places that look scattered and are always the same; each leaf lies over no other.
                let mut path = PathBuilder::new();
                for number in 0..40_u16 {
                    let turn = f64::from(number) * 137.508 + f64::from(self.degrees);
                    let at = polar(turn, 30.0 * libm::sqrtf(f32::from(number) + 0.5));
                    let (long, wide) = (18.0, 7.0);
                    let lean = f64::from(number) * 73.0 + f64::from(self.degrees);
                    let place = |across: f32, out: f32| crate::space::placed(at, lean, (across, out));
                    let (a, b) = (place(0.0, -long), place(0.0, long));
                    let (left, right) = (place(-wide * 2.0, 0.0), place(wide * 2.0, 0.0));
                    path.move_to(a.x, a.y);
                    path.quad_to(left.x, left.y, b.x, b.y);
                    path.quad_to(right.x, right.y, a.x, a.y);
                    path.close();
                }
                let path = path.finish();
                if self.soft > 0.0 {
                    let thin = Color { alpha: dark.alpha / 2, ..dark };
                    canvas.fill(path.clone(), thin);
                    canvas.stroke(path, Color { alpha: dark.alpha / 3, ..dark }, 4.0);
                } else {
                    canvas.fill(path, dark);
                }
            }
        }
    }

    fn at(&self, across: f32, out: f32) -> Point {
        let degrees = f64::from(self.degrees);
        let (along, beside) = (polar(degrees, out), polar(degrees + 90.0, across));
        Point::new(along.x + beside.x, along.y + beside.y)
    }

    /// Everything from a distance outwards.
    fn edge(&self, canvas: &mut Canvas, from: f32, to: f32, dark: Color) {
        let soft = self.soft.max(0.0);
        let start = from - soft / 2.0;
        let corners = [self.at(-FAR, start), self.at(FAR, start), self.at(FAR, to), self.at(-FAR, to)];
        if soft < 0.5 {
            canvas.fill(closed(&corners), dark);
            return;
        }
        let half = Color { alpha: dark.alpha / 2, ..dark };
        let stops = vec![(0.0, dark.faded(0.0)), (0.5, half), (1.0, dark)];
        let paint = Paint::Linear { from: self.at(0.0, start), to: self.at(0.0, start + soft), stops };
        canvas.fill(closed(&corners), paint);
    }

    /// A band across the direction, its edges soft.
    fn band(&self, canvas: &mut Canvas, (from, to): (f32, f32), dark: Color) {
        let soft = self.soft.clamp(0.0, (to - from) * 0.8);
        let corners = [
            self.at(-FAR, from - soft / 2.0),
            self.at(FAR, from - soft / 2.0),
            self.at(FAR, to + soft / 2.0),
            self.at(-FAR, to + soft / 2.0),
        ];
        if soft < 0.5 {
            canvas.fill(closed(&corners), dark);
            return;
        }
        let whole = to - from + soft;
        let none = dark.faded(0.0);
        let stops = vec![(0.0, none), (soft / whole, dark), (1.0 - soft / whole, dark), (1.0, none)];
        let (from, to) = (self.at(0.0, from - soft / 2.0), self.at(0.0, to + soft / 2.0));
        canvas.fill(closed(&corners), Paint::Linear { from, to, stops });
    }
}
