//! The ground of a dial and its finish.

use pixmo_render::scene::Paint;
use pixmo_render::{Color, PathBuilder, Point, Rng, Role, Seed};
use serde::{Deserialize, Serialize};

use super::rim::{Many, Rim};
use super::tone;
use super::works;
use crate::frame::{Calling, Frame};
use crate::space::{Canvas, Outline, REACH, polar};

/// How the ground of a dial is worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// Plain.
    Matt,
    /// Brushed from the middle: light fans out.
    Sunray,
    /// Circles through the middle, cut by a rose engine.
    Rosette,
    /// Waving rings.
    Rings,
    /// Fine rays that swing.
    Rays,
    /// Darker or lighter to the edge.
    Smoked,
    /// From one colour to another across the dial.
    Gradient,
    /// Another colour inside a circle or a smaller outline.
    TwoTone,
    /// Rings and a cross of fine lines.
    Sector,
    /// Woven carbon.
    Carbon,
    /// Wood.
    Wood,
    /// Land and sea with meridians.
    Map,
    /// A stone with patches.
    Stone,
    /// Crossing threads.
    Linen,
    /// Broad stripes, each shaded.
    Stripes,
    /// Small pyramids.
    Hobnail,
    /// Waves across.
    Waves,
    /// Halves or quarters of two colours.
    Parted,
    /// The works can be seen.
    Works,
}

/// The ground of a dial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// How it is worked.
    pub finish: Finish,
    /// Its colour.
    pub color: Color,
    /// The second colour of the finish.
    pub second: Color,
    /// A direction of the finish, in degrees.
    pub turn: u16,
    /// How fine it is, 0 to 9.
    pub fine: u8,
    /// Which of the many patterns of that kind.
    pub pattern: u16,
}

const FINISHES: [(Finish, f64); 19] = [
    (Finish::Matt, 26.0),
    (Finish::Sunray, 16.0),
    (Finish::Rosette, 3.0),
    (Finish::Rings, 3.0),
    (Finish::Rays, 3.0),
    (Finish::Smoked, 8.0),
    (Finish::Gradient, 6.0),
    (Finish::TwoTone, 7.0),
    (Finish::Sector, 4.0),
    (Finish::Carbon, 2.5),
    (Finish::Wood, 2.5),
    (Finish::Map, 2.0),
    (Finish::Stone, 3.0),
    (Finish::Linen, 2.5),
    (Finish::Stripes, 3.0),
    (Finish::Hobnail, 2.0),
    (Finish::Waves, 3.0),
    (Finish::Parted, 2.0),
    (Finish::Works, 4.0),
];

impl Finish {
    /// Whether dials in wind and weather are worked so.
    fn stands_outside(self) -> bool {
        matches!(self, Finish::Matt | Finish::Smoked | Finish::Gradient | Finish::TwoTone | Finish::Sector)
    }
}

impl Ground {
    /// A ground that becomes a body, whose colours leave room for hands that can be read on all of them.
    pub(super) fn drawn(calling: Calling, rng: &mut Rng) -> Ground {
        let finish = FINISHES[rng.weighted(&FINISHES.map(|(finish, weight)| match calling {
            Calling::Public | Calling::Tower if !finish.stands_outside() => 0.0,
            Calling::Room | Calling::Alarm if finish == Finish::Carbon => 0.0,
            Calling::Stopwatch if finish == Finish::Works => 0.0,
            _ => weight,
        }))]
        .0;
        let mut color = tone::ground(rng);
        if finish == Finish::Wood {
            color =
                Color::oklch(rng.range32(0.26, 0.78), rng.range32(0.05, 0.09), rng.range(48.0, 74.0) as f32);
        }
        let mut second = tone::beside(color, rng);
        if matches!(finish, Finish::Rosette | Finish::Rings | Finish::Rays | Finish::Linen | Finish::Hobnail)
        {
            second = tone::quiet(color, rng.range32(0.08, 0.2));
        }
        let mut ground = Ground {
            finish,
            color,
            second,
            turn: rng.below(360) as u16,
            fine: rng.below(10) as u8,
            pattern: rng.below(4096) as u16,
        };
        for _ in 0..12 {
            if tone::agree(&ground.shades()) {
                break;
            }
            ground.second = ground.second.mix(color, 0.3);
        }
        ground
    }

    /// The colours that hands may lie on.
    pub(super) fn shades(&self) -> Vec<Color> {
        match self.finish {
            Finish::Matt | Finish::Sector => vec![self.color],
            Finish::Sunray => {
                vec![self.color, self.color.mix(Color::WHITE, 0.16), self.color.mix(Color::BLACK, 0.12)]
            }
            Finish::Stripes => {
                vec![self.color, self.color.mix(Color::WHITE, 0.1), self.color.mix(Color::BLACK, 0.1)]
            }
            Finish::Works => vec![self.color, self.second, tone::quiet(self.second, 0.2)],
            _ => vec![self.color, self.second],
        }
    }

    /// The colour that small things about the middle lie on.
    pub(super) fn inner(&self) -> Color {
        match self.finish {
            Finish::TwoTone => self.second,
            _ => self.color,
        }
    }

    /// Draws it.
    pub(super) fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let outline = frame.outline;
        let rim = Rim::of(outline, false);
        let circle = rim.circle();
        let middle = Point::new(0.0, 0.0);
        let (color, second) = (self.color, self.second);
        let (turn, fine) = (f64::from(self.turn), i32::from(self.fine));
        let whole = outline.path(0.0);
        canvas.begin(Role::Dial, "dial");
        match self.finish {
            Finish::Smoked => {
                let at = 0.25 + 0.05 * fine as f32;
                let stops = vec![(0.0, color), (at, color), (1.0, second)];
                canvas.fill(whole, Paint::radial(middle, REACH, stops));
            }
            Finish::Gradient => {
                let (from, to) = (polar(turn, REACH), polar(turn + 180.0, REACH));
                canvas.fill(whole, Paint::Linear { from, to, stops: vec![(0.1, color), (0.9, second)] });
            }
            _ => canvas.fill(whole, color),
        }
        canvas.scene.element_mut(pixmo_render::ElementId(canvas.scene.elements.len() as u32 - 1)).anchor =
            middle;
        canvas.begin(Role::Ornament, "");
        match self.finish {
            Finish::Matt | Finish::Smoked | Finish::Gradient => {}
            Finish::Sunray => {
                // Light falls off to both sides in steps that are too small to be seen. The fans reach to the corners,
                // also where these are round.
                let corners = matches!(outline, Outline::Rectangle { .. });
                if corners {
                    canvas.clip(outline.path(0.0));
                }
                for (about, goal, most) in [(turn, Color::WHITE, 0.16), (turn + 90.0, Color::BLACK, 0.12)] {
                    const STEPS: u8 = 13;
                    for n in 0..STEPS {
                        let half_wide = 43.0 - 3.0 * f64::from(n);
                        let mut many = Many::new();
                        for side in [0.0, 180.0] {
                            let from = about + side - half_wide;
                            let edge = (0..=12)
                                .map(|n| from + 2.0 * half_wide * f64::from(n) / 12.0)
                                .map(|degrees| polar(degrees, outline.reach(degrees)));
                            many.polygon(&[middle].into_iter().chain(edge).collect::<Vec<_>>());
                        }
                        canvas.fill(many.path(), color.mix(goal, most * f32::from(n + 1) / f32::from(STEPS)));
                    }
                }
                if corners {
                    canvas.unclip();
                }
            }
            Finish::Rosette => {
                let reach = circle * (0.5 + 0.025 * fine as f32);
                let count = 18 + 2 * (i32::from(self.pattern) % 8);
                let mut path = PathBuilder::new();
                for n in 0..count {
                    let at = polar(turn + 360.0 / f64::from(count) * f64::from(n), reach / 2.0);
                    path.push_circle(at.x, at.y, reach / 2.0);
                }
                canvas.stroke(path.finish(), second, 0.5);
            }
            Finish::Rings => self.rings(&rim, canvas),
            Finish::Rays => {
                let count = 60 + 6 * fine;
                let mut many = Many::new();
                for n in 0..count {
                    let at = 360.0 * f64::from(n) / f64::from(count);
                    let swing = f64::from(self.pattern % 5) * 9.0;
                    let ray: Vec<Point> = (0..=6)
                        .map(|step| {
                            let out = circle * (0.08 + 0.9 * step as f32 / 6.0);
                            polar(at + swing * libm::sin(f64::from(step) * 0.9), out)
                        })
                        .collect();
                    let back = ray
                        .iter()
                        .rev()
                        .map(|p| Point::new(p.x * 1.005 - p.y * 0.008, p.y * 1.005 + p.x * 0.008));
                    many.polygon(&ray.iter().copied().chain(back).collect::<Vec<_>>());
                }
                canvas.fill(many.path(), second);
            }
            Finish::TwoTone => {
                let inset = circle * (0.22 + 0.05 * fine as f32);
                if self.pattern.is_multiple_of(2) {
                    canvas.disc(middle, circle - inset, second);
                } else {
                    canvas.fill(rim.path(inset), second);
                }
                if self.pattern.is_multiple_of(3) {
                    canvas.stroke(
                        Rim::of(outline, self.pattern.is_multiple_of(2)).path(inset),
                        tone::quiet(color, 0.3),
                        0.7,
                    );
                }
            }
            Finish::Sector => {
                let line = tone::quiet(color, 0.35);
                let (outer, inner) = (circle * 0.16, circle * (0.45 + 0.02 * fine as f32));
                canvas.stroke(rim.path(outer), line, 0.7);
                canvas.stroke(rim.path(inner), line, 0.7);
                let mut many = Many::new();
                let count = [4, 12, 8, 12][usize::from(self.pattern % 4)];
                for n in 0..count {
                    let degrees = 360.0 / f64::from(count) * f64::from(n);
                    many.bar(middle, degrees, (rim.at(degrees, inner), rim.at(degrees, outer)), 0.7);
                }
                if self.pattern.is_multiple_of(4) {
                    for degrees in [0.0, 90.0, 180.0, 270.0] {
                        many.bar(middle, degrees, (0.0, rim.at(degrees, inner)), 0.7);
                    }
                }
                canvas.fill(many.path(), line);
            }
            Finish::Works => works::plate(self, &rim, canvas),
            _ => {
                canvas.clip(outline.path(0.0));
                self.woven(canvas);
                canvas.unclip();
            }
        }
    }

    fn rings(&self, rim: &Rim, canvas: &mut Canvas) {
        let count = 7 + usize::from(self.fine) / 2;
        let waves = 8.0 + f64::from(self.pattern % 9) * 2.0;
        let mut path = PathBuilder::new();
        for ring in 1..=count {
            let out = rim.circle() * 0.95 * ring as f32 / count as f32;
            let deep = rim.circle() * 0.022;
            for n in 0..96 {
                let degrees = f64::from(n) * 3.75;
                let phase = if ring % 2 == 0 { std::f64::consts::PI } else { 0.0 };
                let wave = libm::sin((degrees.to_radians()) * waves + phase) as f32;
                let at = polar(degrees, out + deep * wave);
                if n == 0 { path.move_to(at.x, at.y) } else { path.line_to(at.x, at.y) }
            }
            path.close();
        }
        canvas.stroke(path.finish(), self.second, 0.7);
    }

    /// Finishes that run across the dial; they are cut off at its edge.
    fn woven(&self, canvas: &mut Canvas) {
        let second = self.second;
        let middle = Point::new(0.0, 0.0);
        let fine = f32::from(self.fine);
        let mut rng = Seed::from_number(u64::from(self.pattern)).rng("finish");
        let mut many = Many::new();
        let bar = |many: &mut Many, x: f32, y: f32, w: f32, h: f32| {
            many.polygon(&[
                Point::new(x, y),
                Point::new(x + w, y),
                Point::new(x + w, y + h),
                Point::new(x, y + h),
            ]);
        };
        match self.finish {
            Finish::Carbon => {
                // Twill: threads run over two and under two, each row one thread farther.
                let size = 3.6 + fine * 0.22;
                let count = (2.0 * REACH / size) as i32 + 1;
                for row in 0..count {
                    let shift = (row % 4) as f32 * size;
                    let mut x = -REACH - shift;
                    while x < REACH {
                        bar(&mut many, x, row as f32 * size - REACH, size * 1.9, size * 0.9);
                        x += size * 4.0;
                    }
                }
            }
            Finish::Linen => {
                let step = 3.4 + fine * 0.3;
                let mut at = -REACH;
                while at < REACH {
                    bar(&mut many, at, -REACH, step * 0.28, 2.0 * REACH);
                    bar(&mut many, -REACH, at, 2.0 * REACH, step * 0.28);
                    at += step * (0.8 + 0.4 * rng.unit() as f32);
                }
            }
            Finish::Hobnail => {
                let step = 6.0 + fine * 0.5;
                let mut at = -1.5 * REACH;
                while at < 1.5 * REACH {
                    many.bar(Point::new(at, 0.0), 45.0, (-1.5 * REACH, 1.5 * REACH), step * 0.14);
                    many.bar(Point::new(at, 0.0), -45.0, (-1.5 * REACH, 1.5 * REACH), step * 0.14);
                    at += step;
                }
            }
            Finish::Stripes => {
                let (step, degrees) = (13.0 + fine * 1.4, f64::from(self.turn / 45 * 45));
                let mut at = -1.5 * REACH;
                while at < 1.5 * REACH {
                    let side = polar(degrees + 90.0, 1.0);
                    let (a, b) = (
                        Point::new(side.x * at, side.y * at),
                        Point::new(side.x * (at + step), side.y * (at + step)),
                    );
                    let mut one = Many::new();
                    one.bar(
                        Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0),
                        degrees,
                        (-1.5 * REACH, 1.5 * REACH),
                        step,
                    );
                    let stops = vec![
                        (0.0, self.color.mix(Color::BLACK, 0.1)),
                        (0.7, self.color.mix(Color::WHITE, 0.1)),
                        (1.0, self.color.mix(Color::BLACK, 0.02)),
                    ];
                    canvas.fill(one.path(), Paint::Linear { from: a, to: b, stops });
                    at += step;
                }
            }
            Finish::Waves => {
                let (step, deep) = (8.0 + fine, 2.0 + f32::from(self.pattern % 4));
                let mut at = -REACH - 10.0;
                while at < REACH + 10.0 {
                    let line = |shift: f32| {
                        (0..=50).map(move |n| {
                            let x = -REACH + 4.0 * n as f32;
                            let y = at + shift + deep * libm::sinf(x * 0.11);
                            Point::new(x, y)
                        })
                    };
                    let points: Vec<Point> =
                        line(0.0).chain(line(step * 0.32).collect::<Vec<_>>().into_iter().rev()).collect();
                    many.polygon(&points);
                    at += step;
                }
            }
            Finish::Parted => {
                let turn = f64::from(self.turn / 45 * 45);
                let wedge = |many: &mut Many, from: f64, wide: f64| {
                    let edge = (0..=4).map(|n| polar(from + wide * f64::from(n) / 4.0, 2.0 * REACH));
                    many.polygon(&[middle].into_iter().chain(edge).collect::<Vec<_>>());
                };
                if self.pattern.is_multiple_of(2) {
                    bar_across(&mut many, turn);
                } else {
                    wedge(&mut many, turn, 90.0);
                    wedge(&mut many, turn + 180.0, 90.0);
                }
            }
            Finish::Wood => {
                let mut y = -REACH;
                while y < REACH {
                    let (wide, deep, phase) =
                        (rng.range32(0.4, 2.6), rng.range32(0.5, 4.0), rng.range32(0.0, 6.0));
                    let line = |shift: f32| {
                        (0..=20).map(move |n| {
                            let x = -REACH + 10.0 * n as f32;
                            Point::new(x, y + shift + deep * libm::sinf(x * 0.025 + phase))
                        })
                    };
                    let points: Vec<Point> =
                        line(0.0).chain(line(wide).collect::<Vec<_>>().into_iter().rev()).collect();
                    many.polygon(&points);
                    y += wide + rng.range32(1.5, 5.0 + fine);
                }
            }
            Finish::Map => {
                for _ in 0..5 + usize::from(self.fine) / 2 {
                    let at = polar(rng.range(0.0, 360.0), rng.range32(0.0, 85.0));
                    let size = rng.range32(12.0, 34.0);
                    let shift = rng.range(0.0, 6.0);
                    let coast: Vec<Point> = (0..36)
                        .map(|n| {
                            let a = f64::from(n) * 10.0;
                            let rough = libm::sin(a.to_radians() * 3.0 + shift) * 0.25
                                + libm::sin(a.to_radians() * 7.0 + shift * 2.0) * 0.12
                                + rng.range(-0.05, 0.05);
                            let p = polar(a, size * (1.0 + rough as f32));
                            Point::new(at.x + p.x * 1.25, at.y + p.y)
                        })
                        .collect();
                    many.polygon(&coast);
                }
                let mut lines = PathBuilder::new();
                for n in 0..4 {
                    let wide = REACH * [0.0, 0.38, 0.72, 0.94][n];
                    if let Some(oval) = oval(wide.max(0.1), REACH) {
                        lines.push_path(&oval);
                    }
                    let y = REACH * [0.0, 0.3, 0.56, 0.8][n];
                    for y in [y, -y] {
                        lines.move_to(-REACH, y);
                        lines.line_to(REACH, y);
                    }
                }
                canvas.fill(many.path(), second);
                canvas.stroke(lines.finish(), self.color.mix(second, 0.6), 0.4);
                return;
            }
            _ => {
                for _ in 0..26 + 4 * usize::from(self.fine) {
                    let at = Point::new(rng.range32(-REACH, REACH), rng.range32(-REACH, REACH));
                    let size = rng.range32(4.0, 20.0);
                    let corners: Vec<Point> = (0..6)
                        .map(|n| {
                            let p = polar(
                                f64::from(n) * 60.0 + rng.range(-22.0, 22.0),
                                size * rng.range32(0.5, 1.3),
                            );
                            Point::new(at.x + p.x, at.y + p.y * 0.7)
                        })
                        .collect();
                    let mut one = Many::new();
                    one.polygon(&corners);
                    canvas.fill(one.path(), second.faded(rng.range32(0.1, 0.45)));
                }
                return;
            }
        }
        canvas.fill(many.path(), second);
    }
}

fn bar_across(many: &mut Many, turn: f64) {
    let side = polar(turn, REACH * 2.0);
    many.bar(Point::new(side.x, side.y), turn, (-2.0 * REACH, 2.0 * REACH), 6.0 * REACH);
}

/// An ellipse about the middle.
fn oval(wide: f32, high: f32) -> Option<pixmo_render::Path> {
    PathBuilder::from_circle(0.0, 0.0, 1.0)?.transform(pixmo_render::Transform::from_scale(wide, high))
}
