//! Windows through which dates are read.

use pixmo_render::{Color, Point, Rect, Rng, Role};
use serde::{Deserialize, Serialize};

use super::numeral::Font;
use super::rim::{Rim, Taken, rounded, tenth};
use super::tone;
use crate::moment::Moment;
use crate::space::{Canvas, placed, polar};

/// What is read in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The day of the month.
    Date,
    /// The day of the month in two digits.
    PaddedDate,
    /// The day of the week.
    Weekday,
    /// The month.
    Month,
}

/// The language of days and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
    /// German.
    German,
    /// Italian.
    Italian,
}

const DAYS: [[&str; 7]; 4] = [
    ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"],
    ["LUN", "MAR", "MER", "JEU", "VEN", "SAM", "DIM"],
    ["MO", "DI", "MI", "DO", "FR", "SA", "SO"],
    ["LUN", "MAR", "MER", "GIO", "VEN", "SAB", "DOM"],
];
const MONTHS: [[&str; 12]; 4] = [
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    ["JAN", "FÉV", "MAR", "AVR", "MAI", "JUN", "JUL", "AOÛ", "SEP", "OCT", "NOV", "DÉC"],
    ["JAN", "FEB", "MÄR", "APR", "MAI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEZ"],
    ["GEN", "FEB", "MAR", "APR", "MAG", "GIU", "LUG", "AGO", "SET", "OTT", "NOV", "DIC"],
];

impl Part {
    /// What is printed at a moment.
    pub(super) fn text(self, moment: &Moment, language: Language) -> String {
        let words = match language {
            Language::English => 0,
            Language::French => 1,
            Language::German => 2,
            Language::Italian => 3,
        };
        match self {
            Part::Date => moment.day().to_string(),
            Part::PaddedDate => format!("{:02}", moment.day()),
            Part::Weekday => DAYS[words]
                [usize::from(moment.weekday().to_monday_zero_offset().unsigned_abs().min(6))]
            .to_owned(),
            Part::Month => MONTHS[words][usize::from(moment.month().clamp(1, 12) - 1)].to_owned(),
        }
    }

    /// A text as wide as any.
    fn widest(self) -> &'static str {
        match self {
            Part::Date | Part::PaddedDate => "28",
            Part::Weekday | Part::Month => "MOM",
        }
    }
}

/// The shape of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// A rectangle.
    Square,
    /// A rectangle with round corners.
    Rounded,
    /// A circle.
    Round,
}

/// A window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// What is read in it.
    pub part: Part,
    /// In which language.
    pub language: Language,
    /// Where its middle lies.
    pub at: (f32, f32),
    /// How far it is turned, in degrees.
    pub turned: i16,
    /// Its shape.
    pub pane: Pane,
    /// Half its width and height.
    pub half: (f32, f32),
    /// Its ground.
    pub ground: Color,
    /// The colour of its letters.
    pub ink: Color,
    /// The colour of its frame.
    pub edge: Option<Color>,
    /// The face of its letters.
    pub font: Font,
    /// The height of its letters.
    pub high: f32,
}

/// How windows of a dial look.
#[derive(Clone, Debug)]
pub(super) struct Glass {
    ground: Color,
    ink: Color,
    edge: Option<Color>,
    pane: Pane,
    font: Font,
    high: f32,
    language: Language,
    padded: bool,
}

impl Glass {
    /// A look for a dial with these shades.
    pub(super) fn drawn(rim: &Rim, shades: &[Color], rng: &mut Rng) -> Glass {
        let on_dark = shades.iter().all(|shade| shade.luminance() < 0.2);
        // A window in the colour of the dial, or a white or black one: hands seldom lie on it and are seen beside it.
        let ground = match rng.weighted(&[45.0, 40.0, 15.0]) {
            0 => shades[0],
            1 => Color::oklch(rng.range32(0.94, 0.99), 0.01, 90.0),
            _ => Color::oklch(rng.range32(0.14, 0.24), 0.01, 260.0),
        };
        let ink = if rng.chance(0.12) { tone::accent(rng) } else { ground.ink() };
        let edge = (ground.distance(shades[0]) < 0.1 || rng.chance(0.5)).then(|| tone::metal(rng, on_dark));
        Glass {
            ground,
            ink: tone::readable(ink, &[ground], 4.5),
            edge: edge.map(|edge| tone::readable(edge, &shades[..1], 1.6)),
            pane: *rng.pick(&[Pane::Square, Pane::Square, Pane::Rounded, Pane::Rounded, Pane::Round]),
            font: Font {
                family: rng
                    .word(&["Inter", "Roboto", "Lato", "Arimo", "Roboto Condensed", "Noto Serif", "Oswald"])
                    .to_owned(),
                bold: rng.chance(0.5),
                italic: false,
            },
            high: rounded(rim.scaled(tenth(rng, 6.4, 9.2))),
            language: *rng.pick(&[
                Language::English,
                Language::English,
                Language::English,
                Language::French,
                Language::German,
                Language::Italian,
            ]),
            padded: rng.chance(0.15),
        }
    }

    /// Whether dates are printed in two digits.
    pub(super) fn date(&self) -> Part {
        if self.padded { Part::PaddedDate } else { Part::Date }
    }

    /// Half the width and height of a window for a part.
    pub(super) fn half(&self, part: Part) -> (f32, f32) {
        let wide = self.font.width(part.widest(), self.high) / 2.0 + self.high * 0.28;
        let high = self.high * 0.82;
        match self.pane {
            Pane::Round if matches!(part, Part::Date | Part::PaddedDate) => {
                (rounded(wide.max(high) * 1.06), rounded(wide.max(high) * 1.06))
            }
            _ => (rounded(wide), rounded(high)),
        }
    }

    /// A window at a place.
    pub(super) fn window(&self, part: Part, at: Point, turned: i16) -> Window {
        let round = self.pane == Pane::Round && !matches!(part, Part::Date | Part::PaddedDate);
        Window {
            part,
            language: self.language,
            at: (rounded(at.x), rounded(at.y)),
            turned,
            pane: if round { Pane::Rounded } else { self.pane },
            half: self.half(part),
            ground: self.ground,
            ink: self.ink,
            edge: self.edge,
            font: self.font.clone(),
            high: self.high,
        }
    }
}

impl Window {
    fn center(&self) -> Point {
        Point::new(self.at.0, self.at.1)
    }

    /// The place it takes.
    pub(super) fn taken(&self) -> Taken {
        let edge = if self.edge.is_some() { 0.7 } else { 0.0 };
        let (wide, high) = (self.half.0 + edge, self.half.1 + edge);
        let half = if self.turned == 0 { (wide, high) } else { (wide * 0.95, wide * 0.95) };
        Taken { center: self.center(), half, round: self.pane == Pane::Round }
    }

    fn outline(&self, grow: f32) -> Option<pixmo_render::Path> {
        let (w, h) = (self.half.0 + grow, self.half.1 + grow);
        match self.pane {
            Pane::Round => pixmo_render::PathBuilder::from_circle(self.at.0, self.at.1, w),
            Pane::Square | Pane::Rounded => {
                let radius = if self.pane == Pane::Rounded { h * 0.35 } else { 0.0 };
                let flat = pixmo_render::scene::round_rect_path(&Rect::new(-w, -h, w, h), radius)?;
                let turn = pixmo_render::Transform::from_rotate(f32::from(self.turned))
                    .post_translate(self.at.0, self.at.1);
                flat.transform(turn)
            }
        }
    }

    /// Draws its frame and ground.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        canvas.begin(Role::Ornament, "");
        if let Some(edge) = self.edge {
            canvas.fill(self.outline(0.7), edge);
        } else {
            canvas.fill(self.outline(0.4), tone::quiet(self.ground, 0.25));
        }
        canvas.fill(self.outline(0.0), self.ground);
    }

    /// Prints what is read in it.
    pub(super) fn draw_text(&self, moment: &Moment, canvas: &mut Canvas) {
        let text = self.part.text(moment, self.language);
        let room = (self.half.0 - self.high * 0.12) * 2.0;
        let high = self.high * (room / self.font.width(&text, self.high).max(0.1)).min(1.0);
        let turned = f64::from(self.turned).rem_euclid(360.0);
        self.font.write((&text, high, self.ink), self.center(), turned, Role::ValueLabel, canvas);
    }
}

/// The moon in a round or a half-round window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moon {
    /// Where its middle lies, in degrees.
    pub degrees: u16,
    /// How far from the middle of the dial.
    pub distance: f32,
    /// Radius of its sky.
    pub radius: f32,
    /// The colour of the sky.
    pub sky: Color,
    /// The colour of the moon.
    pub light: Color,
    /// The colour of the frame.
    pub edge: Color,
    /// Which stars.
    pub stars: u16,
    /// Whether the sky is as wide as two moons.
    pub wide: bool,
}

impl Moon {
    /// A moon at a place; its sky is of middle lightness, so that hands of any colour are seen on it.
    pub(super) fn drawn(
        (degrees, distance, radius): (u16, f32, f32),
        shades: &[Color],
        rng: &mut Rng,
    ) -> Moon {
        let on_dark = shades[0].luminance() < 0.2;
        let lightness = if on_dark { rng.range32(0.3, 0.42) } else { rng.range32(0.46, 0.56) };
        Moon {
            degrees,
            distance: rounded(distance),
            radius: rounded(radius),
            sky: Color::oklch(lightness, rng.range32(0.08, 0.14), rng.range(248.0, 282.0) as f32),
            light: Color::oklch(
                rng.range32(0.88, 0.95),
                rng.range32(0.02, 0.1),
                rng.range(80.0, 100.0) as f32,
            ),
            edge: tone::metal(rng, on_dark),
            stars: rng.below(512) as u16,
            wide: rng.chance(0.4),
        }
    }

    fn center(&self) -> Point {
        polar(f64::from(self.degrees), self.distance)
    }

    /// The place it takes.
    pub(super) fn taken(&self) -> Taken {
        Taken { center: self.center(), half: (self.radius, self.radius), round: true }
    }

    /// Draws its sky.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        let center = self.center();
        canvas.begin(Role::Ornament, "");
        canvas.disc(center, self.radius + 0.8, self.edge);
        canvas.disc(center, self.radius, self.sky);
        let mut stars = super::rim::Many::new();
        for n in 0..9_u16 {
            let turn = f64::from(self.stars) + f64::from(n) * 137.5;
            let at = polar(turn, self.radius * (0.68 + 0.22 * f32::from((n * 7 + self.stars) % 10) / 10.0));
            stars.disc(Point::new(center.x + at.x, center.y + at.y), 0.5);
        }
        canvas.fill(stars.path(), self.light);
    }

    /// Draws the moon in its phase, as it is seen from the north.
    pub(super) fn draw_phase(&self, moment: &Moment, canvas: &mut Canvas) {
        let center = self.center();
        let radius = self.radius * if self.wide { 0.5 } else { 0.6 };
        let age = moment.moon() as f32;
        canvas.begin(Role::Ornament, "moon");
        canvas.disc(center, radius, self.sky.mix(Color::BLACK, 0.22));
        // The lit part lies between the limb and the edge of the shadow, which is half an ellipse.
        let (waxing, phase) = (age < 0.5, 2.0 * std::f32::consts::PI * age);
        let side = if waxing { 1.0 } else { -1.0 };
        let edge = libm::cosf(phase) * side;
        let steps = 18;
        let limb = (0..=steps).map(|n| {
            let a = std::f32::consts::PI * n as f32 / steps as f32;
            (side * radius * libm::sinf(a), radius * libm::cosf(a))
        });
        let terminator = (0..=steps).rev().map(|n| {
            let a = std::f32::consts::PI * n as f32 / steps as f32;
            (edge * radius * libm::sinf(a), radius * libm::cosf(a))
        });
        let lit: Vec<Point> = limb.chain(terminator).map(|corner| placed(center, 0.0, corner)).collect();
        canvas.polygon(&lit, self.light);
    }
}
