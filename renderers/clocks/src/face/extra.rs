//! Hands and gauges that few dials have.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::rim::{Many, Rim, Taken, rounded, tenth};
use super::seconds::{Needle, Tip, Weight};
use super::tone;
use crate::space::{Canvas, polar};

/// How much of the spring is left: an arc with a hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reserve {
    /// Where its middle lies, in degrees.
    pub degrees: u16,
    /// How far from the middle of the dial.
    pub distance: f32,
    /// Its radius.
    pub radius: f32,
    /// The colour of its arc.
    pub ink: Color,
    /// The colour of its lower end.
    pub low: Color,
    /// How much is left, in hundredths.
    pub level: u8,
    /// Its hand.
    pub hand: Needle,
}

const REACHES: f64 = 62.0;
/// How far the colour of a hand of another place is from that of the main hands, where the dial lets it.
const APART: f32 = 0.2;

impl Reserve {
    /// A gauge at a place.
    pub(super) fn drawn(
        (degrees, distance, radius): (u16, f32, f32),
        shades: &[Color],
        rng: &mut Rng,
    ) -> Reserve {
        let on_dark = shades[0].luminance() < 0.2;
        let ink = tone::readable(tone::metal(rng, on_dark), shades, 2.5);
        Reserve {
            degrees,
            distance: rounded(distance),
            radius: rounded(radius),
            ink,
            low: tone::readable(tone::accent(rng), shades, 2.2),
            level: rng.below(101) as u8,
            hand: Needle {
                length: rounded(radius * 0.82),
                width: rounded((radius * 0.08).max(0.9)),
                tail: rounded(radius * 0.2),
                color: ink,
                tip: Tip::Plain,
                weight: Weight::Tail,
                head: 1.0,
            },
        }
    }

    fn center(&self) -> Point {
        let at = polar(f64::from(self.degrees), self.distance);
        Point::new(at.x, at.y + self.radius * 0.35)
    }

    /// The place it takes.
    pub(super) fn taken(&self) -> Taken {
        let center = polar(f64::from(self.degrees), self.distance);
        Taken { center, half: (self.radius * 1.05, self.radius * 0.75), round: false }
    }

    /// Draws its arc.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let center = self.center();
        canvas.begin(Role::Ornament, "");
        canvas.arc(center, self.radius, -REACHES, REACHES, self.ink, 0.8);
        canvas.arc(center, self.radius * 0.93, -REACHES, -REACHES * 0.45, self.low, self.radius * 0.13);
        let mut many = Many::new();
        for n in 0..=8 {
            let degrees = -REACHES + 2.0 * REACHES * f64::from(n) / 8.0;
            let short = if n % 4 == 0 { 0.78 } else { 0.86 };
            many.bar(center, degrees, (self.radius * short, self.radius), 0.7);
        }
        canvas.fill(many.path(), self.ink);
    }

    /// Draws its hand.
    pub(super) fn draw_hand(&self, canvas: &mut Canvas) {
        let degrees = -REACHES + 2.0 * REACHES * f64::from(self.level) / 100.0;
        self.hand.draw(("reserve", self.center(), degrees.rem_euclid(360.0)), None, canvas);
        canvas.begin(Role::Ornament, "");
        canvas.disc(self.center(), 1.3, self.ink);
    }
}

/// A bright colour that can be read on these shades and differs from another, as far as the shades let it.
fn apart(shades: &[Color], main: Color, rng: &mut Rng) -> Color {
    let one = |rng: &mut Rng| tone::readable(tone::accent(rng), shades, tone::HAND_CONTRAST);
    let mut color = one(rng);
    for _ in 0..12 {
        let other = one(rng);
        if color.distance(main) < APART && other.distance(main) > color.distance(main) {
            color = other;
        }
    }
    color
}

/// A hand that goes around once a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gmt {
    /// The hand.
    pub hand: Needle,
    /// By how many hours its place is ahead.
    pub ahead: i8,
}

impl Gmt {
    /// A hand that differs from the main hands, which have a colour: thin, of another colour, with a triangle.
    pub(super) fn drawn(rim: &Rim, reach: f32, (shades, main): (&[Color], Color), rng: &mut Rng) -> Gmt {
        let color = apart(shades, main, rng);
        Gmt {
            hand: Needle {
                length: tenth(rng, rim.circle() * 0.7, rim.circle() * 0.9).min(rounded(reach)),
                width: rounded(rim.scaled(tenth(rng, 1.1, 1.9))).max(0.9),
                tail: rounded(rim.circle() * 0.1),
                color,
                tip: Tip::Triangle,
                weight: Weight::Tail,
                head: rounded(rim.scaled(tenth(rng, 3.0, 4.2))),
            },
            ahead: rng.whole(-11, 12) as i8,
        }
    }
}

/// A hand that stands where the alarm will go off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// The hand.
    pub hand: Needle,
    /// Where it stands, in degrees.
    pub degrees: u16,
}

impl Alarm {
    /// A short and thin hand of another colour than the main hands, which have one.
    pub(super) fn drawn(rim: &Rim, (shades, main): (&[Color], Color), rng: &mut Rng) -> Alarm {
        let color = apart(shades, main, rng);
        Alarm {
            hand: Needle {
                length: tenth(rng, rim.circle() * 0.3, rim.circle() * 0.42),
                width: rounded(rim.scaled(tenth(rng, 1.0, 1.5))).max(0.9),
                tail: 0.0,
                color,
                tip: Tip::Arrow,
                weight: Weight::None,
                head: rounded(rim.scaled(2.6)),
            },
            degrees: rng.below(144) as u16 * 5 / 2,
        }
    }
}
