//! Small dials within a dial.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::hand::{Hand, Shadow};
use super::numeral::Font;
use super::rim::{Many, Rim, Taken, rounded, tenth};
use super::shape::Family;
use super::tone;
use crate::moment::{Moment, Movement};
use crate::space::{Canvas, polar};

/// What a small dial shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// The running seconds.
    Seconds,
    /// Stopped minutes, up to 30.
    Minutes,
    /// Stopped hours, up to 12.
    Hours,
    /// The hour of the whole day.
    Day,
    /// The day of the week.
    Weekday,
    /// The day of the month.
    Date,
    /// The month.
    Month,
}

impl Job {
    /// The label of its dial.
    pub(super) fn dial(self) -> &'static str {
        match self {
            Job::Seconds => "seconds",
            Job::Minutes => "minutes",
            Job::Hours => "hours",
            Job::Day => "day",
            Job::Weekday => "weekday",
            Job::Date => "date",
            Job::Month => "month",
        }
    }

    /// The label of its hand.
    pub(super) fn hand(self) -> &'static str {
        match self {
            Job::Seconds => "second",
            Job::Minutes | Job::Hours => "counter",
            other => other.dial(),
        }
    }

    fn numerals(self) -> Vec<String> {
        let steps = |last: u32, step: u32| (1..=last / step).map(|n| (n * step).to_string()).collect();
        match self {
            Job::Seconds => steps(60, 15),
            Job::Minutes => steps(30, 10),
            Job::Hours => steps(12, 3),
            Job::Day => steps(24, 6),
            Job::Weekday => ["T", "W", "T", "F", "S", "S", "M"].map(str::to_owned).to_vec(),
            Job::Date => steps(30, 10),
            Job::Month => ["A", "J", "O", "J"].map(str::to_owned).to_vec(),
        }
    }

    /// Where a numeral stands, in degrees.
    fn at(self, index: usize, count: usize) -> f64 {
        match self {
            Job::Date => (index as f64 * 10.0 + 9.0) / 31.0 * 360.0,
            _ => (index + 1) as f64 / count as f64 * 360.0,
        }
    }

    fn ticks(self) -> u32 {
        match self {
            Job::Seconds => 12,
            Job::Minutes => 30,
            Job::Hours | Job::Month => 12,
            Job::Day => 24,
            Job::Weekday => 7,
            Job::Date => 31,
        }
    }
}

/// A small dial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subdial {
    /// What it shows.
    pub job: Job,
    /// Where its middle lies, in degrees.
    pub degrees: u16,
    /// How far from the middle of the dial.
    pub distance: f32,
    /// Its radius.
    pub radius: f32,
    /// Its ground, where it differs from the dial's.
    pub ground: Option<Color>,
    /// The colour of its marks.
    pub ink: Color,
    /// The colour of its edge.
    pub edge: Option<Color>,
    /// Whether it has rings like a record.
    pub grooves: bool,
    /// The height of its numerals, if it has any.
    pub high: Option<f32>,
    /// Their face.
    pub font: Font,
    /// Its hand.
    pub hand: Hand,
    /// Where the hand of a stopped counter stands, in degrees.
    pub stopped: u16,
}

impl Subdial {
    /// A small dial of a size and at a place, on a dial with these shades.
    pub(super) fn drawn(
        job: Job,
        (degrees, distance, radius): (u16, f32, f32),
        style: &Style,
        rng: &mut Rng,
    ) -> Subdial {
        let ground = style.ground;
        let under: &[Color] = ground.as_ref().map_or(&style.shades, std::slice::from_ref);
        let family = *rng.pick(&[
            Family::Stick,
            Family::Leaf,
            Family::Tapered,
            Family::Lozenge,
            Family::Alpha,
            Family::Dauphine,
        ]);
        let family = style.family.unwrap_or(family);
        let length = rounded(radius * style.length);
        let color = tone::readable(style.hand, under, tone::HAND_CONTRAST);
        let width = rounded((radius * if family == Family::Stick { 0.08 } else { 0.16 }).max(1.3));
        let hand = Hand {
            family,
            length,
            width,
            tail: rounded(radius * 0.2),
            color,
            shade: None,
            inlay: None,
            edge: None,
            halo: None,
        };
        Subdial {
            job,
            degrees,
            distance: rounded(distance),
            radius: rounded(radius),
            ground,
            ink: tone::readable(style.ink, under, tone::LETTER_CONTRAST),
            edge: style.edge,
            grooves: style.grooves,
            high: style.numerals.then(|| rounded(radius * 0.25)).filter(|high| *high > 2.6),
            font: style.font.clone(),
            hand,
            stopped: if style.running { rng.below(360) as u16 } else { 0 },
        }
    }

    /// Its middle.
    pub fn center(&self) -> Point {
        polar(f64::from(self.degrees), self.distance)
    }

    /// The place it takes.
    pub(super) fn taken(&self) -> Taken {
        Taken { center: self.center(), half: (self.radius, self.radius), round: true }
    }

    /// Draws all that does not move.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let center = self.center();
        let dial = canvas.begin(Role::Dial, self.job.dial());
        canvas.disc(center, self.radius, self.ground.unwrap_or(self.ink.faded(0.0)));
        canvas.scene.element_mut(dial).anchor = center;
        canvas.begin(Role::Ornament, "");
        if self.grooves {
            let line = self.ink.faded(0.10);
            for n in 1..6 {
                let radius = self.radius * (0.2 + 0.13 * n as f32);
                canvas.stroke(pixmo_render::PathBuilder::from_circle(center.x, center.y, radius), line, 0.4);
            }
        }
        if let Some(edge) = self.edge {
            canvas.ring(center, self.radius + 0.5, self.radius - 0.4, edge);
        }
        let mut many = Many::new();
        let count = self.job.ticks();
        for n in 0..count {
            let degrees = f64::from(n) / f64::from(count) * 360.0;
            let long = if n.is_multiple_of((count / 4).max(1)) { 0.16 } else { 0.1 };
            many.bar(
                center,
                degrees,
                (self.radius * (0.94 - long), self.radius * 0.94),
                (self.radius * 0.035).max(0.45),
            );
        }
        canvas.fill(many.path(), self.ink);
        if let Some(high) = self.high {
            let numerals = self.job.numerals();
            let count = numerals.len();
            for (index, text) in numerals.iter().enumerate() {
                let at = polar(self.job.at(index, count), self.radius * 0.7 - high * 0.42);
                let at = Point::new(center.x + at.x, center.y + at.y);
                self.font.write((text, high, self.ink), at, 0.0, Role::TickLabel, canvas);
            }
        }
    }

    /// Where its hand points.
    pub(super) fn angle(&self, moment: &Moment, movement: Movement) -> f64 {
        match self.job {
            Job::Seconds => moment.angles(movement).second,
            Job::Minutes | Job::Hours => f64::from(self.stopped),
            Job::Day => moment.angles(movement).day,
            // Monday, the last of the letters, stands at the top.
            Job::Weekday => f64::from(moment.weekday().to_monday_zero_offset()) / 7.0 * 360.0,
            Job::Date => f64::from(moment.day() - 1) / 31.0 * 360.0,
            Job::Month => f64::from(moment.month() - 1) / 12.0 * 360.0,
        }
    }

    /// Draws its hand.
    pub(super) fn draw_hand(
        &self,
        moment: &Moment,
        movement: Movement,
        shadow: Option<Shadow>,
        canvas: &mut Canvas,
    ) {
        let degrees = self.angle(moment, movement);
        let near = shadow.map(|s| Shadow { right: s.right * 0.4, down: s.down * 0.4, dark: s.dark });
        self.hand.draw((self.job.hand(), self.center(), degrees), near, canvas);
        canvas.begin(Role::Ornament, "");
        canvas.disc(self.center(), (self.radius * 0.08).max(0.9), self.hand.color);
    }
}

/// What the small dials of a dial have in common.
#[derive(Clone, Debug)]
pub(super) struct Style {
    /// The shades of the large dial.
    pub(super) shades: Vec<Color>,
    ground: Option<Color>,
    ink: Color,
    hand: Color,
    edge: Option<Color>,
    grooves: bool,
    numerals: bool,
    running: bool,
    length: f32,
    font: Font,
    family: Option<Family>,
}

impl Style {
    /// A style for a dial with these shades; the ground of small dials is such that hands over it can be read.
    pub(super) fn drawn(shades: &[Color], rng: &mut Rng) -> Style {
        let other = if rng.chance(0.25) { tone::ground(rng) } else { tone::beside(shades[0], rng) };
        let fits = |color: &Color| tone::agree(&[shades, &[*color]].concat());
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let hand = if rng.chance(0.25) { tone::accent(rng) } else { tone::metal(rng, on_dark) };
        Style {
            shades: shades.to_vec(),
            ground: rng.chance(0.65).then_some(other).filter(fits),
            ink: tone::metal(rng, on_dark),
            hand,
            edge: rng.chance(0.45).then(|| tone::metal(rng, on_dark)),
            grooves: rng.chance(0.3),
            numerals: rng.chance(0.72),
            running: rng.chance(0.35),
            length: tenth(rng, 0.7, 0.9),
            font: Font::plain(rng),
            family: rng
                .chance(0.7)
                .then(|| *rng.pick(&[Family::Stick, Family::Leaf, Family::Tapered, Family::Alpha])),
        }
    }
}

/// How far out and how large small dials are on a dial whose marks begin at a distance.
pub(super) fn sizes(rim: &Rim, marks: f32, count: usize, rng: &mut Rng) -> (f32, f32) {
    let circle = rim.circle();
    let most = if count > 1 { circle * 0.27 } else { circle * 0.31 };
    // Two that stand a quarter of a turn apart lie clear of each other.
    let clear = |radius: f32| if count > 2 { (2.0 * radius + circle * 0.03) * 0.7072 } else { 0.0 };
    let mut radius = tenth(rng, circle * 0.2, most);
    while count > 2 && clear(radius) > marks - radius - 0.6 && radius > circle * 0.12 {
        radius = rounded(radius - 0.5);
    }
    let farthest = marks - radius - 0.6;
    let nearest = (radius + circle * 0.1).max(clear(radius)).min(farthest);
    (tenth(rng, nearest, farthest.min(circle * 0.62).max(nearest)), radius)
}
