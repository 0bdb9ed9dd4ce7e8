//! Walls with the times of several cities, each named on a plate below its clock.

use pixmo_render::scene::round_rect_path;
use pixmo_render::{Color, Fonts, Point, Rect, Rng, Role, Style};
use pixmo_render_clocks::watch::{Dial, Watch};
use pixmo_render_clocks::{Canvas, Letters};

use super::{EQUAL_SHARE, Host, Site, ornament};
use crate::picture::{self, Order};
use crate::stratum::{Choice, Stratum};

/// Smallest diameter of a dial with a plate, in pixels: letters are a quarter as high as its radius.
pub(super) const DIAL_MIN: f64 = 112.0;
/// Between a clock and its plate, height of the plate, and size of letters, in units of the space.
const GAP: f32 = 9.0;
const HIGH: f32 = 46.0;
const LETTERS: f32 = 34.0;

/// Cities with the minutes that their clocks are ahead of universal time. None of them changed its clocks between 2019 and
/// 2024, so that the times of a wall agree on every day.
const CITIES: &[(&str, i32)] = &[
    ("Honolulu", -600),
    ("Phoenix", -420),
    ("Guatemala", -360),
    ("Lima", -300),
    ("Panama", -300),
    ("Caracas", -240),
    ("Buenos Aires", -180),
    ("Reykjavik", 0),
    ("Dakar", 0),
    ("Accra", 0),
    ("Lagos", 60),
    ("Tunis", 60),
    ("Johannesburg", 120),
    ("Nairobi", 180),
    ("Moscow", 180),
    ("Istanbul", 180),
    ("Dubai", 240),
    ("Karachi", 300),
    ("Delhi", 330),
    ("Kathmandu", 345),
    ("Dhaka", 360),
    ("Bangkok", 420),
    ("Hanoi", 420),
    ("Singapore", 480),
    ("Beijing", 480),
    ("Manila", 480),
    ("Tokyo", 540),
    ("Seoul", 540),
    ("Brisbane", 600),
];

/// The name of a city below a clock.
#[derive(Clone, Debug)]
pub(super) struct Plate {
    /// The city.
    pub(super) city: &'static str,
    letters: Letters,
    ground: Color,
    edge: Color,
}

/// A first clock and others that show the same moment elsewhere.
pub(super) fn party(order: &Order<'_>, first: (Watch, Choice), count: usize, rng: &mut Rng) -> Vec<Host> {
    let cities = drawn(count, rng);
    let style = Plate::drawn("", rng);
    let plate = |city| Some(Plate { city, ..style.clone() });
    let is_equal = rng.chance(EQUAL_SHARE);
    let kinds = Site::Wall.kinds(order.kinds);
    let (watch, choice) = first;
    let mut party = vec![Host { watch: watch.clone(), choice, plate: plate(cities[0].0) }];
    for (number, (city, ahead)) in cities.iter().enumerate().skip(1) {
        let Some(moment) = choice.moment.later(ahead - cities[0].1) else { continue };
        let design = order.seed.child("several").child(&format!("clock {number}")).child("design");
        let other = if is_equal { watch.clone() } else { picture::clock(&kinds, true, &design) };
        // Digits on such a wall would be another wall.
        let watch = if matches!(other.dial, Dial::Hands(_)) { other } else { watch.clone() };
        let choice = Choice { moment, stratum: Stratum::Uniform, not_shown: false };
        party.push(Host { watch, choice, plate: plate(city) });
    }
    party
}

/// Cities no two of which have the same time on a dial of twelve hours.
fn drawn(count: usize, rng: &mut Rng) -> Vec<(&'static str, i32)> {
    let mut all = CITIES.to_vec();
    rng.shuffle(&mut all);
    let mut chosen: Vec<(&'static str, i32)> = Vec::new();
    for city in all {
        if chosen.len() < count && chosen.iter().all(|other| (other.1 - city.1) % 720 != 0) {
            chosen.push(city);
        }
    }
    chosen
}

impl Plate {
    fn drawn(city: &'static str, rng: &mut Rng) -> Plate {
        let (ground, ink, edge) = *rng.pick(&[
            (Color::rgb(250, 250, 246), Color::rgb(24, 24, 26), Color::rgb(190, 190, 186)),
            (Color::rgb(26, 27, 30), Color::rgb(244, 244, 240), Color::rgb(70, 72, 76)),
            (Color::rgb(202, 168, 98), Color::rgb(46, 32, 14), Color::rgb(140, 108, 50)),
            (Color::rgb(198, 202, 206), Color::rgb(26, 30, 36), Color::rgb(130, 134, 140)),
            (Color::rgb(96, 62, 38), Color::rgb(240, 226, 196), Color::rgb(58, 36, 20)),
        ]);
        let family = rng.word(&["Inter", "Lato", "Montserrat", "Work Sans", "Josefin Sans"]);
        let fonts = Fonts::bundled();
        let face = fonts.family(family).unwrap_or(&fonts.families()[0]).face(Style::Bold);
        Plate { city, letters: Letters { face, size: LETTERS, color: ink }, ground, edge }
    }

    /// Where it hangs below a clock, in the space of the clock.
    pub(super) fn place(&self, extent: &Rect) -> Rect {
        let width = Fonts::bundled().width(self.letters.face, self.letters.size, self.city).unwrap_or(0.0);
        let half = width / 2.0 + HIGH * 0.36;
        let top = extent.bottom + GAP;
        Rect::new(-half, top, half, top + HIGH)
    }

    pub(super) fn draw(&self, extent: &Rect, canvas: &mut Canvas) {
        let place = self.place(extent);
        ornament(canvas);
        canvas.fill(round_rect_path(&place, 3.0), self.edge);
        canvas.fill(round_rect_path(&place.grown(-1.6), 2.0), self.ground);
        let middle = Point::new(0.0, place.center().y);
        // The letters of all cities are bundled.
        let _written = canvas.text(self.city, self.letters, middle, 0.0, Role::Body);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pixmo_render::Seed;

    use super::*;

    #[test]
    fn cities_have_times_and_names_of_their_own() {
        let names: BTreeSet<&str> = CITIES.iter().map(|city| city.0).collect();
        assert_eq!(names.len(), CITIES.len());
        for number in 0..200 {
            let mut rng = Seed::from_number(number).rng("cities");
            let times: BTreeSet<i32> = drawn(4, &mut rng).iter().map(|city| city.1.rem_euclid(720)).collect();
            assert_eq!(times.len(), 4);
            let plate = Plate::drawn("", &mut rng);
            assert!(names.iter().all(|name| Fonts::bundled().covers(plate.letters.face, name)));
        }
    }
}
