//! Tracks of minutes, their numerals, and scales along the edge.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::numeral::Font;
use super::rim::{Many, Rim, rounded, tenth};
use super::tone;
use crate::space::{Canvas, polar};

/// How minutes are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackKind {
    /// A dot each.
    Dots,
    /// A line each.
    Ticks,
    /// A line each, every fifth longer.
    Fives,
    /// Lines between two rings.
    Railway,
    /// Lines on a ring.
    Ring,
    /// Bars, every other one filled, between two rings.
    Blocks,
    /// Four lines for each minute and the fifth longer.
    Fine,
    /// A dot each, every fifth larger.
    Pearls,
}

/// A track of minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// How minutes are marked.
    pub kind: TrackKind,
    /// From its outer to its inner edge.
    pub wide: f32,
    /// Thickness of its lines.
    pub line: f32,
    /// Its colour.
    pub color: Color,
    /// Whether it lies inside the hour marks.
    pub inside: bool,
    /// Numerals of the minutes outside it.
    pub digits: Option<Digits>,
}

/// Numerals of minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digits {
    /// At every how many minutes: 5 or 15.
    pub every: u8,
    /// Whether the top is 0 or 60.
    pub zero: bool,
    /// Whether they have two digits.
    pub padded: bool,
    /// Whether their feet point to the middle.
    pub radial: bool,
    /// Height.
    pub high: f32,
    /// Face.
    pub font: Font,
}

impl Track {
    /// A track in a colour that can be seen on these shades, or none.
    pub(super) fn drawn(rim: &Rim, shades: &[Color], may_lie_inside: bool, rng: &mut Rng) -> Option<Track> {
        const KINDS: [(TrackKind, f64); 8] = [
            (TrackKind::Dots, 8.0),
            (TrackKind::Ticks, 10.0),
            (TrackKind::Fives, 26.0),
            (TrackKind::Railway, 16.0),
            (TrackKind::Ring, 8.0),
            (TrackKind::Blocks, 5.0),
            (TrackKind::Fine, 8.0),
            (TrackKind::Pearls, 6.0),
        ];
        if rng.chance(0.17) {
            return None;
        }
        let kind = KINDS[rng.weighted(&KINDS.map(|(_, weight)| weight))].0;
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let color = tone::readable(tone::metal(rng, on_dark), shades, 2.4);
        let wide = match kind {
            TrackKind::Dots | TrackKind::Pearls => tenth(rng, 1.6, 2.8),
            TrackKind::Blocks => tenth(rng, 1.8, 4.0),
            _ => tenth(rng, 2.4, 6.5),
        };
        let digits = (rim.is_round() && rng.chance(0.17)).then(|| Digits {
            every: if rng.chance(0.75) { 5 } else { 15 },
            zero: rng.chance(0.25),
            padded: rng.chance(0.4),
            radial: rng.chance(0.6),
            high: rounded(rim.scaled(tenth(rng, 3.6, 6.4))),
            font: Font::plain(rng),
        });
        Some(Track {
            kind,
            wide: rounded(rim.scaled(wide)),
            line: rounded(rim.scaled(tenth(rng, 0.5, 1.1))).max(0.4),
            color,
            inside: may_lie_inside && digits.is_none() && rng.chance(0.13),
            digits,
        })
    }

    /// From its outer to its inner edge, with its numerals.
    pub(super) fn depth(&self) -> f32 {
        self.wide + self.digits.as_ref().map_or(0.0, |digits| digits.high + 1.6)
    }

    /// Draws it inside a line at a distance from the edge.
    pub(super) fn draw(&self, rim: &Rim, inset: f32, canvas: &mut Canvas) {
        let mut inset = inset;
        if let Some(digits) = &self.digits {
            digits.draw(rim, inset, self.color, canvas);
            inset += digits.high + 1.6;
        }
        canvas.begin(Role::Ornament, "");
        let inner = inset + self.wide;
        let middle = Point::new(0.0, 0.0);
        let mut many = Many::new();
        let line = self.line;
        let tick = |many: &mut Many, degrees: f64, short: f32, line: f32| {
            let to = rim.at(degrees, inset);
            many.bar(middle, degrees, (to - self.wide * short, to), line);
        };
        for minute in 0..60_u32 {
            let degrees = f64::from(minute) * 6.0;
            let five = minute.is_multiple_of(5);
            match self.kind {
                TrackKind::Dots => many.disc(rim.place(degrees, inset + self.wide / 2.0), self.wide * 0.28),
                TrackKind::Pearls => {
                    let radius = self.wide * if five { 0.5 } else { 0.26 };
                    many.disc(rim.place(degrees, inset + self.wide / 2.0), radius);
                }
                TrackKind::Ticks | TrackKind::Railway => {
                    tick(&mut many, degrees, 1.0, if five { line * 1.7 } else { line });
                }
                TrackKind::Fives => {
                    tick(
                        &mut many,
                        degrees,
                        if five { 1.0 } else { 0.6 },
                        if five { line * 1.8 } else { line },
                    );
                }
                TrackKind::Ring => tick(&mut many, degrees, if five { 1.0 } else { 0.7 }, line),
                TrackKind::Fine => {
                    tick(
                        &mut many,
                        degrees,
                        if five { 1.0 } else { 0.8 },
                        if five { line * 1.6 } else { line },
                    );
                    for fifth in 1..5 {
                        tick(&mut many, degrees + 1.2 * f64::from(fifth), 0.42, line * 0.5);
                    }
                }
                TrackKind::Blocks if minute % 2 == 0 => {
                    let edge = |from: f64, inset: f32| {
                        (0..=2).map(move |n| rim.place(from + 3.0 * f64::from(n), inset))
                    };
                    let block: Vec<Point> = edge(degrees, inset)
                        .chain(edge(degrees, inner).collect::<Vec<_>>().into_iter().rev())
                        .collect();
                    many.polygon(&block);
                }
                TrackKind::Blocks => {}
            }
        }
        canvas.fill(many.path(), self.color);
        match self.kind {
            TrackKind::Railway | TrackKind::Blocks => {
                canvas.stroke(rim.path(inset), self.color, line * 0.8);
                canvas.stroke(rim.path(inner), self.color, line * 0.8);
            }
            TrackKind::Ring => canvas.stroke(rim.path(inset), self.color, line * 0.8),
            _ => {}
        }
    }
}

impl Digits {
    fn draw(&self, rim: &Rim, inset: f32, color: Color, canvas: &mut Canvas) {
        for step in 0..60 / u32::from(self.every) {
            let minute = match step * u32::from(self.every) {
                0 if !self.zero => 60,
                minute => minute,
            };
            let text = if self.padded { format!("{minute:02}") } else { minute.to_string() };
            let degrees = f64::from(minute % 60) * 6.0;
            let at = rim.place(degrees, inset + self.high / 2.0);
            let lower = degrees > 91.0 && degrees < 269.0;
            let turned = match self.radial {
                false => 0.0,
                true if lower => degrees + 180.0,
                true => degrees,
            };
            self.font.write((&text, self.high, color), at, turned, Role::TickLabel, canvas);
        }
    }
}

/// What a scale along the edge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScaleKind {
    /// Units an hour by the seconds that one takes.
    Tachymetre,
    /// Beats a minute by the seconds that fifteen take.
    Pulsometer,
    /// Minutes that have gone by.
    Diver,
    /// The hours of a whole day.
    Day,
    /// Sixty seconds, in hundredths of a minute.
    Hundredths,
}

/// A scale along the edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// What it is for.
    pub kind: ScaleKind,
    /// From its outer to its inner edge.
    pub wide: f32,
    /// The colour of its ring, where it differs from the dial.
    pub band: Option<Color>,
    /// The colour of its numerals.
    pub color: Color,
    /// The face of its numerals.
    pub font: Font,
}

impl Scale {
    /// A scale of a kind.
    pub(super) fn drawn(kind: ScaleKind, rim: &Rim, shades: &[Color], rng: &mut Rng) -> Scale {
        let band = rng.chance(0.55).then(|| tone::ground(rng));
        let under: &[Color] = band.as_ref().map_or(shades, std::slice::from_ref);
        let color =
            if rng.chance(0.15) { tone::accent(rng) } else { tone::metal(rng, under[0].luminance() < 0.2) };
        Scale {
            kind,
            wide: rounded(rim.scaled(tenth(rng, 7.0, 10.5))),
            band,
            color: tone::readable(color, under, tone::LETTER_CONTRAST),
            font: Font {
                family: rng.word(&["Inter", "Lato", "Roboto Condensed", "Exo 2"]).to_owned(),
                bold: rng.chance(0.5),
                italic: false,
            },
        }
    }

    /// Where its numerals stand, in degrees.
    pub(super) fn numerals(&self) -> Vec<(f64, String)> {
        let of = |total: f64, list: &[u32]| -> Vec<(f64, String)> {
            list.iter().map(|n| (total / f64::from(*n) * 6.0, n.to_string())).collect()
        };
        match self.kind {
            ScaleKind::Tachymetre => {
                of(3600.0, &[400, 300, 240, 200, 180, 160, 140, 120, 110, 100, 90, 80, 75, 70, 65, 60])
            }
            ScaleKind::Pulsometer => of(900.0, &[200, 150, 120, 100, 90, 80, 70, 60, 50, 40, 35, 30, 25, 20]),
            ScaleKind::Diver => (1..6).map(|n| (f64::from(n) * 60.0, (n * 10).to_string())).collect(),
            ScaleKind::Day => (1..=12).map(|n| (f64::from(n) * 30.0, (n * 2).to_string())).collect(),
            ScaleKind::Hundredths => (1..=10).map(|n| (f64::from(n) * 36.0, (n * 10).to_string())).collect(),
        }
    }

    /// Draws it inside a line at a distance from the edge.
    pub(super) fn draw(&self, rim: &Rim, inset: f32, canvas: &mut Canvas) {
        canvas.begin(Role::Ornament, "");
        let middle = Point::new(0.0, 0.0);
        let inner = inset + self.wide;
        if let Some(band) = self.band {
            let mut both = pixmo_render::PathBuilder::new();
            let edges = [rim.path((inset - 1.0).max(0.0)), rim.path(inner)];
            edges.iter().flatten().for_each(|edge| both.push_path(edge));
            if let Some(path) = both.finish() {
                let element = canvas.begin(Role::Ornament, "");
                canvas.scene.fill_even_odd(element, path, band);
            }
        } else {
            canvas.stroke(rim.path(inner), self.color, 0.5);
        }
        let mut many = Many::new();
        let numerals = self.numerals();
        let free = |degrees: f64| {
            numerals.iter().all(|(at, _)| ((at - degrees + 540.0).rem_euclid(360.0) - 180.0).abs() > 7.5)
        };
        let tick = |many: &mut Many, degrees: f64, share: f32, line: f32| {
            let from = rim.at(degrees, inner);
            many.bar(middle, degrees, (from, from + self.wide * share), line);
        };
        match self.kind {
            ScaleKind::Diver => {
                for minute in 1..60_u32 {
                    let degrees = f64::from(minute) * 6.0;
                    let five = minute.is_multiple_of(5);
                    if free(degrees) && (five || minute < 15) {
                        tick(&mut many, degrees, if five { 0.75 } else { 0.4 }, if five { 1.8 } else { 0.6 });
                    }
                }
                let w = self.wide * 0.42;
                let from = rim.at(0.0, inner);
                many.shape(
                    middle,
                    0.0,
                    &[(-w, from + self.wide * 0.85), (0.0, from + 0.6), (w, from + self.wide * 0.85)],
                );
            }
            ScaleKind::Day => {
                for hour in (1..24).step_by(2) {
                    many.disc(
                        polar(
                            f64::from(hour) * 15.0,
                            rim.at(f64::from(hour) * 15.0, inset + self.wide / 2.0),
                        ),
                        self.wide * 0.09,
                    );
                }
            }
            _ => {
                for (degrees, _) in &numerals {
                    tick(&mut many, *degrees, 0.16, 0.6);
                }
            }
        }
        canvas.fill(many.path(), self.color);
        let high = self.wide * 0.5;
        for (degrees, text) in numerals {
            let lower = degrees > 91.0 && degrees < 269.0;
            let turned = if lower { degrees + 180.0 } else { degrees };
            let at = rim.place(degrees, inset + self.wide * 0.45);
            self.font.write((&text, high, self.color), at, turned, Role::TickLabel, canvas);
        }
    }
}
