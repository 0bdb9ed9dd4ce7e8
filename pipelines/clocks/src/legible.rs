//! What can be read at the size that a clock has in its picture. A design says what it shows; whether a reader can tell it
//! depends on the final pixels.

use pixmo_render::{Element, Point, Role, Scene, View};
use pixmo_render_clocks::face::Face;
use pixmo_render_clocks::face::seconds::Seconds;
use pixmo_render_clocks::face::subdial::Job;
use pixmo_render_clocks::space::placed;
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Dated, Moment, Shows, polar};

/// A second hand that is shorter in the picture cannot be read to the second, in pixels.
const SECOND_HAND_LENGTH_MIN: f32 = 24.0;
/// The same of its width in the middle.
const SECOND_HAND_WIDTH_MIN: f32 = 1.2;
/// How far the sides of second and minute hand are apart at the end of the shorter one, at least, in pixels.
const SECOND_HAND_GAP_MIN: f32 = 1.0;
/// Height of digits and letters that can be read, in pixels: in a clean picture, and under blur, noise and compression.
const PRINT_MIN: [f32; 2] = [5.0, 7.0];
/// Height that the digits of the time have at least, in pixels.
const DIGITS_MIN: f64 = 11.0;
/// Radius of a small dial of 24 hours whose hand can be read, in pixels.
const DAY_DIAL_MIN: f32 = 12.0;
/// Smallest diameter of a dial in pixels: below, minutes cannot be told apart.
const DIAL_MIN: f64 = 84.0;
/// The same where digits are to be read.
const DIGITS_DIAL_MIN: f64 = 150.0;

/// What can be read of a clock in its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Legible {
    /// Of the time.
    pub shows: Shows,
    /// Of the date.
    pub date: Dated,
}

/// A clock that is set to a moment and seen by a camera.
pub struct Sight<'a> {
    /// The clock.
    pub watch: &'a Watch,
    /// What it is set to.
    pub moment: &'a Moment,
    /// What of it moves, in its own space.
    pub moving: &'a Scene,
    /// From its space to pixels.
    pub view: View,
    /// Whether the picture looks like a photograph.
    pub wild: bool,
}

/// The least diameter of the dial in pixels at which hour and minute can be read.
pub fn dial_min(watch: &Watch, moment: &Moment) -> f64 {
    let Dial::Digits(face) = &watch.dial else { return DIAL_MIN };
    let moving = watch.moving(moment);
    let lowest = values(&moving)
        .take(face.printed(moment).len())
        .filter(|(element, _)| is_time(&element.label))
        .map(|(_, high)| f64::from(high))
        .fold(0.0, f64::max);
    if face.has_hands() || lowest <= 0.0 {
        return DIGITS_DIAL_MIN;
    }
    let unit = 2.0 * f64::from(pixmo_render_clocks::space::REACH);
    (DIGITS_MIN / lowest * unit).clamp(DIGITS_DIAL_MIN, 4.0 * DIGITS_DIAL_MIN)
}

impl Sight<'_> {
    /// What can be read.
    pub fn legible(&self) -> Legible {
        let mut shows = self.watch.shows();
        match &self.watch.dial {
            Dial::Hands(face) => {
                shows.seconds &= self.second_hand(face);
                shows.am_pm &= self.day_hand(face);
            }
            Dial::Digits(face) => {
                let count = face.printed(self.moment).len();
                shows.seconds &=
                    self.all_high(values(self.moving).take(count).filter(|(e, _)| is_time(&e.label)));
                shows.am_pm = shows.am_pm && (face.by_24_hours() || self.letters());
            }
            Dial::Nothing => {}
        }
        Legible { shows, date: self.date() }
    }

    /// Height of letters that can be read, in pixels.
    fn print_min(&self) -> f32 {
        PRINT_MIN[usize::from(self.wild)]
    }

    /// How high something is in the picture.
    fn high(&self, (element, high): (&Element, f32)) -> f32 {
        high * self.view.scale_at(element.bounds.center())
    }

    fn all_high<'a>(&self, mut printed: impl Iterator<Item = (&'a Element, f32)>) -> bool {
        printed.all(|value| self.high(value) >= self.print_min())
    }

    /// Whether the second hand is long and wide enough, and does not lie along the minute hand.
    fn second_hand(&self, face: &Face) -> bool {
        let angles = self.moment.angles(face.movement);
        let (center, length, width) = match &face.seconds {
            Seconds::None => return false,
            Seconds::Center(hand) => (Point::default(), hand.length, hand.width),
            Seconds::Disc(disc) => (Point::default(), disc.radius, disc.radius * 0.09),
            Seconds::Subdial => match face.subdials.iter().find(|subdial| subdial.job == Job::Seconds) {
                Some(small) => (small.center(), small.hand.length, small.hand.width),
                None => return false,
            },
        };
        let at = |across: f32, out: f32| self.view.map(placed(center, angles.second, (across, out)));
        let long = distance(at(0.0, 0.0), at(0.0, length));
        let wide = distance(at(-width / 2.0, length / 2.0), at(width / 2.0, length / 2.0));
        if long < SECOND_HAND_LENGTH_MIN || wide < SECOND_HAND_WIDTH_MIN {
            return false;
        }
        let (Seconds::Center(_), Some(hands)) = (&face.seconds, &face.hands) else { return true };
        // Where the shorter one ends, the other one lies beside it.
        let out = length.min(hands.minute.length);
        let ends = [angles.second, angles.minute].map(|degrees| self.view.map(polar(degrees, out)));
        let between = (width + hands.minute.width) / 2.0 * self.view.scale_at(Point::default());
        distance(ends[0], ends[1]) >= between + SECOND_HAND_GAP_MIN
    }

    /// Whether a hand that goes around once a day can be read.
    fn day_hand(&self, face: &Face) -> bool {
        let small = face.subdials.iter().filter(|subdial| subdial.job == Job::Day).any(|dial| {
            let scale = self.view.scale_at(dial.center());
            // Without numerals nobody can tell that it counts 24 hours.
            let numerals = dial.high.is_some_and(|high| high * scale >= self.print_min());
            numerals && dial.radius * scale >= DAY_DIAL_MIN
        });
        let own = face.gmt.as_ref().filter(|gmt| gmt.ahead == 0).is_some_and(|gmt| {
            let scale = self.view.scale_at(Point::default());
            // Numerals are half as high as the ring that they stand in.
            let numerals =
                face.scale.as_ref().is_some_and(|ring| ring.wide * 0.5 * scale >= self.print_min());
            numerals && gmt.hand.width * scale >= SECOND_HAND_WIDTH_MIN
        });
        small || own
    }

    /// Whether the letters for the half of the day can be read. Some are printed on the dial, with a dot beside.
    fn letters(&self) -> bool {
        let still = self.watch.still();
        let is_half = |element: &&Element| {
            let mut words = element.label.split(' ');
            element.text.is_some() && words.any(|word| ["AM", "PM", "am", "pm"].contains(&word))
        };
        let elements = still.elements.iter().chain(&self.moving.elements).filter(is_half);
        elements.map(|element| self.high((element, ink(element)))).fold(0.0, f32::max) >= self.print_min()
    }

    /// What of the printed date can be read: all of it or nothing.
    fn date(&self) -> Dated {
        let time = match &self.watch.dial {
            Dial::Digits(face) => face.printed(self.moment).len(),
            Dial::Hands(_) | Dial::Nothing => 0,
        };
        let legible = self.all_high(values(self.moving).skip(time));
        if legible { self.watch.date(self.moment) } else { Dated::default() }
    }
}

/// What is printed at a moment, in order, with the height of its ink.
fn values(moving: &Scene) -> impl Iterator<Item = (&Element, f32)> {
    let values = moving.elements.iter().filter(|element| element.role == Role::ValueLabel);
    values.map(|element| (element, ink(element)))
}

/// Height of the ink of an element, however it is turned.
fn ink(element: &Element) -> f32 {
    match &element.text {
        Some(text) => distance(text.quad.0[0], text.quad.0[3]),
        None => element.bounds.height(),
    }
}

/// Whether it is digits and no letters.
fn is_time(label: &str) -> bool {
    label.bytes().any(|b| b.is_ascii_digit())
}

fn distance(a: Point, b: Point) -> f32 {
    libm::hypotf(a.x - b.x, a.y - b.y)
}

#[cfg(test)]
mod tests {
    use pixmo_render::Seed;
    use pixmo_render_clocks::body::Kind;

    use super::*;

    fn moment() -> Moment {
        Moment::new(2021, 5, 17, 13, 45, 10).expect("it exists")
    }

    fn legible(watch: &Watch, moment: &Moment, scale: f64) -> Legible {
        let moving = watch.moving(moment);
        Sight { watch, moment, moving: &moving, view: View::scaled(scale), wild: true }.legible()
    }

    #[test]
    fn what_is_small_is_not_asked_for() {
        let mut counts = [0; 4];
        for (number, kind) in Kind::ALL.iter().cycle().take(600).enumerate() {
            let watch = Watch::drawn(*kind, true, &mut Seed::from_number(number as u64).rng("clock"));
            let (shows, date) = (watch.shows(), watch.date(&moment()));
            let (near, far) = (legible(&watch, &moment(), 8.0), legible(&watch, &moment(), 0.1));
            let has_letters = matches!(&watch.dial, Dial::Digits(face) if !face.by_24_hours());
            assert_eq!(near.shows.time, shows.time);
            assert!(!near.shows.seconds || shows.seconds);
            assert!(!far.shows.seconds && far.date == Dated::default() || !shows.time, "{kind:?} {number}");
            assert!(!(has_letters && far.shows.am_pm), "{kind:?} {number}");
            if has_letters {
                assert_eq!(near.shows.am_pm, shows.am_pm, "{kind:?} {number}");
                counts[0] += u32::from(near.shows.am_pm);
            }
            assert_eq!(near.date, date, "{kind:?} {number}");
            counts[1] += u32::from(near.shows.seconds);
            counts[2] += u32::from(date != Dated::default());
            counts[3] += u32::from(shows.seconds && !legible(&watch, &moment(), 0.7).shows.seconds);
        }
        assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
    }

    #[test]
    fn a_second_hand_on_the_minute_hand_is_not_read() {
        let mut found = 0;
        for number in 0..80 {
            let watch = Watch::drawn(Kind::WallClock, true, &mut Seed::from_number(number).rng("clock"));
            let Dial::Hands(face) = &watch.dial else { continue };
            if !matches!(face.seconds, Seconds::Center(_)) {
                continue;
            }
            let at = |second| Moment::new(2021, 5, 17, 10, 0, second).expect("it exists");
            assert!(!legible(&watch, &at(0), 2.0).shows.seconds, "{number}");
            assert!(legible(&watch, &at(20), 2.0).shows.seconds, "{number}");
            found += 1;
        }
        assert!(found > 20, "{found}");
    }

    #[test]
    fn digits_of_the_time_are_never_small() {
        for (number, kind) in Kind::ALL.iter().cycle().take(400).enumerate() {
            let watch = Watch::drawn(*kind, true, &mut Seed::from_number(number as u64).rng("clock"));
            let least = dial_min(&watch, &moment());
            assert!((84.0..=600.0).contains(&least), "{kind:?}: {least}");
            if !matches!(watch.dial, Dial::Digits(_)) {
                assert_eq!(least, 84.0);
            }
        }
    }
}
