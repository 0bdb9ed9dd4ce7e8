//! Bezels: the rings between case and dial.

use pixmo_render::{Color, Point, Rng};
use serde::{Deserialize, Serialize};

use super::material::{Finish, Material};
use super::parts::{MIDDLE, at, circles, evenly, mark, marks, polygons, print, screw, teeth};
use crate::space::{Canvas, Outline, polar};

/// The ring about a dial. Rings with numbers or teeth are for round dials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Bezel {
    /// A narrow polished edge.
    Thin,
    /// A polished slope.
    Polished,
    /// Two steps.
    Stepped,
    /// Fine teeth, as the edge of a coin.
    Coin,
    /// Wide facets that flash in turn.
    Fluted,
    /// Sixty minutes, the first fifteen or all of them marked.
    Dive,
    /// Speeds over a measured unit.
    Tachymetre,
    /// Twenty-four hours in two colours.
    DayNight,
    /// Set with stones.
    Gems,
    /// Held by eight screws.
    Screws,
}

impl Bezel {
    /// A bezel without print that any outline can have.
    pub(super) fn plain(rng: &mut Rng) -> Bezel {
        *rng.pick(&[Bezel::Thin, Bezel::Polished, Bezel::Polished, Bezel::Stepped])
    }

    /// How wide it is.
    pub(super) fn width(self, weight: f32) -> f32 {
        match self {
            Bezel::Thin => 5.0 + 2.0 * weight,
            Bezel::Polished => 9.0 + 6.0 * weight,
            Bezel::Stepped => 13.0 + 4.0 * weight,
            Bezel::Coin => 12.0 + 3.0 * weight,
            Bezel::Fluted => 14.0 + 3.0 * weight,
            Bezel::Dive => 27.0 + 4.0 * weight,
            Bezel::Tachymetre => 21.0 + 3.0 * weight,
            Bezel::DayNight => 25.0 + 3.0 * weight,
            Bezel::Gems => 13.0 + 3.0 * weight,
            Bezel::Screws => 20.0 + 4.0 * weight,
        }
    }

    /// Draws it about an outline. `tint` colours inserts.
    pub(super) fn draw(
        self,
        outline: &Outline,
        weight: f32,
        (metal, tint): (&Material, Color),
        canvas: &mut Canvas,
    ) {
        let w = self.width(weight);
        let reach = 100.0 + w;
        match self {
            Bezel::Thin | Bezel::Polished => {
                canvas.fill(outline.path(w), metal.raised(reach));
                canvas.fill(outline.path(w - 1.2), metal.about(reach));
                canvas.fill(outline.path(w * 0.3), metal.hollow(reach));
            }
            Bezel::Stepped => {
                canvas.fill(outline.path(w), metal.raised(reach));
                canvas.fill(outline.path(w * 0.64), metal.shade(-0.55));
                canvas.fill(outline.path(w * 0.58), metal.about(reach));
                canvas.fill(outline.path(w * 0.2), metal.hollow(reach));
            }
            Bezel::Coin => {
                canvas.fill(teeth(MIDDLE, 120, reach, 2.6), metal.shade(-0.5));
                canvas.fill(marks(MIDDLE, 120, reach - w * 0.45, reach - 0.6, 2.6), metal.about(reach));
                canvas.disc(MIDDLE, reach - w * 0.42, metal.raised(reach));
                canvas.disc(MIDDLE, reach - w * 0.55, metal.about(reach));
                canvas.disc(MIDDLE, 102.0, metal.hollow(reach));
            }
            Bezel::Fluted => fluted(metal, reach, w, canvas),
            Bezel::Dive => {
                rim(metal, reach, canvas);
                dive(tint, metal, w, canvas);
            }
            Bezel::Tachymetre => {
                canvas.disc(MIDDLE, reach, metal.raised(reach));
                insert(Material::new(Finish::Gloss, tint), reach - 3.0, 101.5, canvas);
                speeds(tint, reach - w / 2.0 - 0.5, canvas);
                canvas.ring(MIDDLE, 102.5, 99.0, metal.hollow(reach));
            }
            Bezel::DayNight => {
                rim(metal, reach, canvas);
                day_night(tint, w, canvas);
                canvas.ring(MIDDLE, 103.0, 99.0, metal.hollow(reach));
            }
            Bezel::Gems => gems(outline, w, metal, tint, canvas),
            Bezel::Screws => {
                canvas.fill(outline.path(w), metal.raised(reach));
                canvas.fill(outline.path(w - 1.6), metal.about(reach));
                for n in 0..8 {
                    let degrees = 45.0 * f64::from(n) + if *outline == Outline::Octagon { 22.5 } else { 0.0 };
                    let inside = if *outline == Outline::Octagon { 8.0 } else { 9.5 };
                    let place = polar(degrees, outline.reach(degrees) + inside);
                    screw(canvas, place, 4.6, metal.base, 40.0 + 73.0 * f64::from(n));
                }
                canvas.fill(outline.path(2.5), metal.hollow(reach));
            }
        }
    }
}

/// The toothed rim of a bezel that can be turned.
fn rim(metal: &Material, reach: f32, canvas: &mut Canvas) {
    canvas.fill(teeth(MIDDLE, 60, reach, 3.4), metal.about(reach));
    canvas.fill(marks(MIDDLE, 60, reach - 6.0, reach - 1.8, 3.0), metal.shade(-0.45).faded(0.55));
    canvas.disc(MIDDLE, reach - 5.0, metal.raised(reach));
}

/// A ring of another material that lies in a bezel.
fn insert(stuff: Material, outer: f32, inner: f32, canvas: &mut Canvas) {
    canvas.ring(MIDDLE, outer, inner, stuff.about(outer));
}

fn dive(tint: Color, metal: &Material, w: f32, canvas: &mut Canvas) {
    let outer = 100.0 + w - 6.0;
    insert(Material::new(Finish::Gloss, tint), outer, 102.5, canvas);
    let ink = print_on(tint);
    let band = (outer, 102.5);
    let height = band.0 - band.1;
    let mut lines = Vec::new();
    for minute in 0..60u32 {
        let degrees = 6.0 * f64::from(minute);
        if minute == 0 || (minute % 10 == 0) {
            continue;
        }
        if minute % 5 == 0 {
            lines.push(mark(MIDDLE, degrees, band.1 + height * 0.2, band.0 - height * 0.2, 3.2));
        } else if minute < 15 {
            lines.push(mark(MIDDLE, degrees, band.1 + height * 0.5, band.0 - height * 0.2, 1.1));
        }
    }
    canvas.fill(polygons(lines), ink);
    for tens in 1..6u32 {
        let degrees = 60.0 * f64::from(tens);
        let turn = if (120.0..=240.0).contains(&degrees) { degrees + 180.0 } else { degrees };
        let spot = (polar(degrees, (band.0 + band.1) / 2.0), turn);
        print(canvas, &format!("{}", tens * 10), "Roboto Condensed", (height * 0.72, ink), spot);
    }
    canvas.shape(MIDDLE, 0.0, &[(-8.5, band.0 - 1.5), (8.5, band.0 - 1.5), (0.0, band.1 + 2.0)], ink);
    let pearl = Material::new(Finish::Gloss, Color::rgb(214, 236, 206));
    let center = at(0.0, -(band.0 - height * 0.36));
    canvas.disc(center, 2.7, pearl.ball(center, 2.7));
    canvas.ring(MIDDLE, 104.0, 99.0, metal.hollow(104.0));
}

fn speeds(tint: Color, middle: f32, canvas: &mut Canvas) {
    let ink = print_on(tint);
    // The scale says how many units an hour someone makes who needs so many seconds for one.
    const UNITS: [u32; 13] = [400, 300, 250, 200, 180, 160, 140, 120, 110, 100, 90, 80, 70];
    let mut dots = Vec::new();
    for units in UNITS {
        let degrees = 360.0 * 60.0 / f64::from(units);
        let turn = if (100.0..=260.0).contains(&degrees) { degrees + 180.0 } else { degrees };
        print(canvas, &format!("{units}"), "Roboto Condensed", (9.5, ink), (polar(degrees, middle), turn));
        dots.push((polar(degrees, middle - 8.0), 0.9));
    }
    print(canvas, "60", "Roboto Condensed", (9.5, ink), (polar(0.0, middle), 0.0));
    for (n, letter) in "TACHYMETRE".chars().enumerate() {
        let degrees = 9.0 + 3.6 * n as f64;
        print(canvas, &letter.to_string(), "Roboto Condensed", (7.0, ink), (polar(degrees, middle), degrees));
    }
    canvas.fill(circles(dots), ink);
}

fn day_night(tint: Color, w: f32, canvas: &mut Canvas) {
    let (outer, inner) = (100.0 + w - 6.0, 102.5);
    // Noon is below: the day lies there, and the night, darker, above.
    let dark = tint.mix(Color::BLACK, 0.55);
    insert(Material::new(Finish::Gloss, tint), outer, inner, canvas);
    let half: Vec<Point> = (0..=60)
        .map(|n| polar(-90.0 + 3.0 * f64::from(n), outer))
        .chain((0..=60).map(|n| polar(90.0 - 3.0 * f64::from(n), inner)))
        .collect();
    canvas.polygon(&half, Material::new(Finish::Gloss, dark).about(outer));
    let ink = |degrees: f64| print_on(if libm::cos(degrees.to_radians()) > 0.01 { dark } else { tint });
    let middle = (outer + inner) / 2.0;
    for hour in 1..12u32 {
        let degrees = 30.0 * f64::from(hour);
        let turn = if (100.0..=260.0).contains(&degrees) { degrees + 180.0 } else { degrees };
        let spot = (polar(degrees, middle), turn);
        print(canvas, &format!("{}", hour * 2), "Montserrat", (12.0, ink(degrees)), spot);
    }
    for from in [-75.0, 105.0] {
        let dots = (0..6).map(|n| (polar(from + 30.0 * f64::from(n), middle), 1.7));
        canvas.fill(circles(dots), ink(from));
    }
    canvas.shape(MIDDLE, 0.0, &[(-7.5, outer - 2.0), (7.5, outer - 2.0), (0.0, inner + 2.5)], ink(0.0));
}

fn print_on(tint: Color) -> Color {
    if tint.luminance() > 0.4 { Color::rgb(24, 24, 28) } else { Color::rgb(236, 234, 226) }
}

fn fluted(metal: &Material, reach: f32, w: f32, canvas: &mut Canvas) {
    const FACETS: u32 = 72;
    canvas.fill(teeth(MIDDLE, FACETS, reach, 1.4), metal.about(reach));
    let wedge = |n: u32, shift: f64| {
        let (a, b) = (360.0 * (f64::from(n) + shift) / f64::from(FACETS), 180.0 / f64::from(FACETS));
        vec![polar(a, 101.5), polar(a, reach - 0.5), polar(a + b, reach - 1.6), polar(a + b, 101.5)]
    };
    canvas.fill(polygons((0..FACETS).map(|n| wedge(n, 0.0))), metal.shade(0.7).faded(0.75));
    canvas.fill(polygons((0..FACETS).map(|n| wedge(n, 0.5))), metal.shade(-0.6).faded(0.6));
    canvas.ring(MIDDLE, reach - w * 0.9, 99.0, metal.hollow(reach));
}

fn gems(outline: &Outline, w: f32, metal: &Material, tint: Color, canvas: &mut Canvas) {
    let reach = 100.0 + w;
    canvas.fill(outline.path(w), metal.raised(reach));
    canvas.fill(outline.path(w - 1.5), metal.shade(-0.3));
    let length = w * 0.4;
    let places: Vec<(Point, f32)> =
        evenly(&outline.path(w * 0.52), length * 2.15).into_iter().map(|place| (place, length)).collect();
    let stone = if tint.luminance() > 0.35 { Color::rgb(226, 236, 244) } else { tint };
    canvas.fill(circles(places.iter().map(|(p, r)| (*p, r * 0.98))), stone.mix(Color::BLACK, 0.3));
    let facets = places.iter().enumerate().map(|(n, (p, r))| {
        let turn = 24.0 * n as f64;
        (0..6)
            .map(|k| {
                let q = polar(turn + 60.0 * f64::from(k), r * 0.8);
                at(p.x + q.x, p.y + q.y)
            })
            .collect()
    });
    canvas.fill(polygons(facets), stone);
    let flashes = places.iter().enumerate().flat_map(|(n, (p, r))| {
        let turn = 40.0 + 67.0 * n as f64;
        let corner = |a: f64, d: f32| {
            let q = polar(turn + a, d * r);
            at(p.x + q.x, p.y + q.y)
        };
        [
            vec![corner(0.0, 0.75), corner(50.0, 0.7), corner(20.0, 0.1)],
            vec![corner(190.0, 0.6), corner(225.0, 0.65), corner(200.0, 0.15)],
        ]
    });
    canvas.fill(polygons(flashes), Color::WHITE.faded(0.9));
    canvas.fill(outline.path(2.0), metal.hollow(reach));
}
