//! Marks of the hours.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::numeral::{Font, Numerals, Placed};
use super::rim::{Many, Rim, Taken, rounded, tenth};
use super::tone;
use crate::space::{Canvas, polar};

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A thin line.
    Tick,
    /// A bar.
    Baton,
    /// A disc.
    Dot,
    /// A triangle that points to the middle.
    Triangle,
    /// A rhomb.
    Diamond,
    /// A bar that narrows to the middle.
    Wedge,
    /// A bar with a point.
    Dagger,
    /// A square.
    Square,
    /// Two thin lines.
    Pair,
}

/// What is different about the mark at twelve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Twelve {
    /// Nothing.
    Same,
    /// There are two of it.
    Double,
    /// It is a large triangle.
    Triangle,
    /// It is wider.
    Wide,
}

/// Marks of the hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// The shape at hours without a numeral.
    pub shape: Option<Shape>,
    /// How long a mark is.
    pub long: f32,
    /// How wide.
    pub wide: f32,
    /// Their colour.
    pub color: Color,
    /// The colour inside them.
    pub inlay: Option<Color>,
    /// The mark at twelve.
    pub twelve: Twelve,
    /// Whether the marks at 3, 6 and 9 are longer.
    pub quarters: bool,
    /// Numerals.
    pub numerals: Option<Numerals>,
    /// The second twelve hours inside the first: height of its numerals.
    pub afternoon: Option<f32>,
}

impl Marks {
    /// Marks for a dial with these shades.
    pub(super) fn drawn(rim: &Rim, shades: &[Color], rng: &mut Rng) -> Marks {
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        let ink = tone::readable(tone::metal(rng, on_dark), shades, tone::LETTER_CONTRAST);
        let color = if rng.chance(0.12) { tone::readable(tone::accent(rng), shades, 2.2) } else { ink };
        let numerals = rng.chance(0.57).then(|| Numerals::drawn(rim, ink, rng));
        let bare = if numerals.as_ref().is_some_and(|n| n.hours.len() < 12) { 0.15 } else { 0.07 };
        const SHAPES: [(Shape, f64); 9] = [
            (Shape::Tick, 20.0),
            (Shape::Baton, 36.0),
            (Shape::Dot, 12.0),
            (Shape::Triangle, 5.0),
            (Shape::Diamond, 4.0),
            (Shape::Wedge, 9.0),
            (Shape::Dagger, 6.0),
            (Shape::Square, 4.0),
            (Shape::Pair, 4.0),
        ];
        let shape = SHAPES[rng.weighted(&SHAPES.map(|(_, weight)| weight))].0;
        let (long, wide) = match shape {
            Shape::Tick => (tenth(rng, 5.0, 20.0), tenth(rng, 0.9, 2.0)),
            Shape::Baton | Shape::Wedge | Shape::Dagger => (tenth(rng, 8.0, 22.0), tenth(rng, 2.2, 6.0)),
            Shape::Dot => {
                let wide = tenth(rng, 3.0, 9.0);
                (wide, wide)
            }
            Shape::Square => {
                let wide = tenth(rng, 3.0, 7.0);
                (wide, wide)
            }
            Shape::Triangle | Shape::Diamond => (tenth(rng, 6.0, 15.0), tenth(rng, 4.0, 8.0)),
            Shape::Pair => (tenth(rng, 8.0, 20.0), tenth(rng, 4.0, 6.5)),
        };
        let thick = !matches!(shape, Shape::Tick | Shape::Pair) && wide > 3.4;
        let every_numeral = numerals.as_ref().is_some_and(|n| n.hours.len() == 12);
        let room =
            numerals.as_ref().is_none_or(|n| n.stance == super::numeral::Stance::Upright || n.high < 12.0);
        Marks {
            shape: (!rng.chance(bare)).then_some(shape),
            long: rounded(rim.scaled(long)),
            wide: rounded(rim.scaled(wide)).max(0.8),
            color,
            inlay: (thick && rng.chance(0.4)).then(|| tone::lume(rng)),
            twelve: match rng.weighted(&[40.0, 30.0, 18.0, 12.0]) {
                0 => Twelve::Same,
                1 => Twelve::Double,
                2 => Twelve::Triangle,
                _ => Twelve::Wide,
            },
            quarters: rng.chance(0.25),
            afternoon: (every_numeral && room && rng.chance(0.09))
                .then(|| rounded(rim.scaled(tenth(rng, 4.0, 5.6)))),
            numerals,
        }
    }

    /// How long the mark of an hour is.
    fn length(&self, hour: u8) -> f32 {
        let tall = matches!(
            self.shape,
            Some(Shape::Tick | Shape::Baton | Shape::Wedge | Shape::Dagger | Shape::Pair)
        );
        if tall && self.quarters && hour.is_multiple_of(3) { self.long * 1.35 } else { self.long }
    }

    /// The numerals that have room.
    pub(super) fn placed(&self, rim: &Rim, inset: f32, taken: &[Taken]) -> Vec<Placed> {
        self.numerals.as_ref().map(|numerals| numerals.placed(rim, inset, taken)).unwrap_or_default()
    }

    /// How far from the middle all marks end.
    pub(super) fn content(&self, rim: &Rim, inset: f32) -> f32 {
        let middle = Point::new(0.0, 0.0);
        let numerals = self.placed(rim, inset, &[]);
        let inner = numerals
            .iter()
            .map(|n| Taken { center: n.at, half: n.half, round: false }.away(middle))
            .fold(rim.circle() - inset, f32::min);
        let marks = if self.shape.is_some() && numerals.len() < 12 {
            rim.circle() - inset - self.length(3)
        } else {
            inner
        };
        inner.min(marks) - self.afternoon.map_or(0.0, |high| high + 3.0)
    }

    /// Whether what stands at twelve stands nowhere else.
    pub(super) fn tells_top(&self) -> bool {
        self.numerals.is_some() || (self.shape.is_some() && self.twelve != Twelve::Same)
    }

    /// Draws them inside a line at a distance from the edge.
    pub(super) fn draw(&self, rim: &Rim, inset: f32, taken: &[Taken], canvas: &mut Canvas) {
        let numerals = self.placed(rim, inset, taken);
        let (mut outer, mut inner) = (Many::new(), Many::new());
        if let Some(shape) = self.shape {
            let with_numeral = self.numerals.as_ref().map(|n| n.hours.as_slice()).unwrap_or_default();
            for hour in (1..=12).filter(|hour| !with_numeral.contains(hour)) {
                self.mark(shape, hour, (rim, inset, taken), &mut outer, &mut inner);
            }
        }
        canvas.begin(Role::Ornament, "");
        canvas.fill(outer.path(), self.color);
        if let Some(inlay) = self.inlay {
            canvas.fill(inner.path(), inlay);
        }
        if let Some(own) = &self.numerals {
            own.draw(&numerals, canvas);
            if let Some(high) = self.afternoon {
                self.second_twelve(own, high, (rim, inset, taken), canvas);
            }
        }
    }

    /// The hours from 13 to 24 inside the others.
    fn second_twelve(
        &self,
        own: &Numerals,
        high: f32,
        (rim, inset, taken): (&Rim, f32, &[Taken]),
        canvas: &mut Canvas,
    ) {
        let out = (self.content(rim, inset) + high / 2.0 + 1.0).max(4.0);
        let font = Font { family: "Lato".to_owned(), bold: own.font.bold, italic: false };
        for hour in 1..=12_u8 {
            let at = polar(f64::from(hour % 12) * 30.0, out);
            if taken.iter().all(|taken| !taken.meets(at, (high * 0.8, high * 0.5), 0.5)) {
                font.write((&(hour + 12).to_string(), high, self.color), at, 0.0, Role::TickLabel, canvas);
            }
        }
    }

    fn mark(
        &self,
        shape: Shape,
        hour: u8,
        (rim, inset, taken): (&Rim, f32, &[Taken]),
        outer: &mut Many,
        inner: &mut Many,
    ) {
        let degrees = f64::from(hour % 12) * 30.0;
        let to = rim.at(degrees, inset);
        let mut from = to - self.length(hour);
        // A mark that runs into something ends before it; what remains of a short one would look like a mistake.
        let whole = to - from;
        while from < to && taken.iter().any(|taken| taken.away(polar(degrees, from)) < 1.0 + self.wide / 2.0)
        {
            from += 0.5;
        }
        let cut = to - from < whole - 0.1;
        let tall = matches!(shape, Shape::Tick | Shape::Baton | Shape::Wedge | Shape::Dagger | Shape::Pair);
        if cut && (!tall || to - from < whole * 0.35) {
            return;
        }
        let special = if hour == 12 && !cut { self.twelve } else { Twelve::Same };
        let middle = Point::new(0.0, 0.0);
        let mut one = |across: f32, wide: f32| {
            for (many, share) in [(&mut *outer, 1.0), (&mut *inner, 0.5)] {
                let w = wide / 2.0 * share;
                let trim = (wide / 2.0 - w).min((to - from) * 0.25);
                let (a, b) = (from + trim, to - trim);
                let at = |points: &[(f32, f32)]| -> Vec<(f32, f32)> {
                    points.iter().map(|(x, y)| (x + across, *y)).collect()
                };
                match shape {
                    Shape::Tick | Shape::Baton | Shape::Square => {
                        many.shape(middle, degrees, &at(&[(-w, a), (w, a), (w, b), (-w, b)]));
                    }
                    Shape::Pair => {
                        let thin = wide * 0.14;
                        for side in [-w, w] {
                            many.shape(
                                middle,
                                degrees,
                                &at(&[
                                    (side - thin, a),
                                    (side + thin, a),
                                    (side + thin, b),
                                    (side - thin, b),
                                ]),
                            );
                        }
                    }
                    Shape::Dot => {
                        let p = crate::space::placed(middle, degrees, (across, (from + to) / 2.0));
                        many.disc(p, w);
                    }
                    Shape::Triangle => many.shape(middle, degrees, &at(&[(-w, b), (0.0, a), (w, b)])),
                    Shape::Diamond => {
                        let m = (a + b) / 2.0;
                        many.shape(middle, degrees, &at(&[(-w, m), (0.0, a), (w, m), (0.0, b)]));
                    }
                    Shape::Wedge => {
                        many.shape(middle, degrees, &at(&[(-w * 0.3, a), (w * 0.3, a), (w, b), (-w, b)]));
                    }
                    Shape::Dagger => {
                        let m = a + (b - a) * 0.3;
                        many.shape(middle, degrees, &at(&[(0.0, a), (w, m), (w, b), (-w, b), (-w, m)]));
                    }
                }
            }
        };
        match special {
            Twelve::Same => one(0.0, self.wide),
            Twelve::Wide => one(0.0, self.wide * 1.9),
            Twelve::Double if shape == Shape::Pair => one(0.0, self.wide * 1.9),
            Twelve::Double => {
                let apart = self.wide * 0.5 + rim.scaled(1.3);
                one(-apart, self.wide);
                one(apart, self.wide);
            }
            Twelve::Triangle => {
                let long = self.long.max(rim.scaled(11.0));
                let (low, w) = (to - long, long * 0.52);
                outer.shape(middle, degrees, &[(-w, to), (0.0, low), (w, to)]);
                inner.shape(
                    middle,
                    degrees,
                    &[(-w * 0.55, to - long * 0.16), (0.0, to - long * 0.7), (w * 0.55, to - long * 0.16)],
                );
            }
        }
    }
}
