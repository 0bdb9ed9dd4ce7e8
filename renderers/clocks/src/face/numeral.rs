//! Numerals: which words stand for the hours, in which letters.

use pixmo_render::font::{Class, FaceId};
use pixmo_render::{Color, Fonts, Point, Rng, Role, Style};
use serde::{Deserialize, Serialize};

use super::rim::{Rim, Taken, rounded, tenth};
use crate::space::{Canvas, Letters};

/// A face of a bundled family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Font {
    /// Name of the family.
    pub family: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is slanted.
    pub italic: bool,
}

impl Font {
    /// A face that has all of these letters.
    pub(super) fn drawn(letters: &str, rng: &mut Rng) -> Font {
        let fonts = Fonts::bundled();
        let fit: Vec<&str> = fonts
            .families()
            .iter()
            .filter(|family| family.class != Class::Math)
            .filter(|family| {
                [Style::Regular, Style::Bold, Style::Italic]
                    .iter()
                    .all(|s| fonts.covers(family.face(*s), letters))
            })
            .map(|family| family.name)
            .collect();
        let family = if fit.is_empty() { fonts.families()[0].name } else { rng.word(&fit) };
        let bold = rng.chance(0.35);
        Font { family: family.to_owned(), bold, italic: !bold && rng.chance(0.08) }
    }

    /// A plain face for small print.
    pub(super) fn plain(rng: &mut Rng) -> Font {
        const FAMILIES: [&str; 8] = [
            "Inter",
            "Lato",
            "Montserrat",
            "Roboto Condensed",
            "Josefin Sans",
            "Work Sans",
            "Barlow Condensed",
            "Arimo",
        ];
        Font { family: rng.word(&FAMILIES).to_owned(), bold: rng.chance(0.3), italic: false }
    }

    /// The face.
    pub(super) fn face(&self) -> FaceId {
        let fonts = Fonts::bundled();
        let family = fonts.family(&self.family).unwrap_or(&fonts.families()[0]);
        family.face(match (self.bold, self.italic) {
            (true, _) => Style::Bold,
            (false, true) => Style::Italic,
            (false, false) => Style::Regular,
        })
    }

    /// Width of a text whose capitals have a height. A text without a glyph has none.
    pub(super) fn width(&self, text: &str, high: f32) -> f32 {
        let (fonts, face) = (Fonts::bundled(), self.face());
        fonts.width(face, high / fonts.get(face).cap_height, text).unwrap_or(0.0)
    }

    /// Writes a text whose capitals have a height. Faces are chosen so that they have the letters; where a parameter was
    /// changed by hand so that one is missing, nothing is written.
    pub(super) fn write(
        &self,
        (text, high, color): (&str, f32, Color),
        at: Point,
        degrees: f64,
        role: Role,
        canvas: &mut Canvas,
    ) {
        let face = self.face();
        let size = high / Fonts::bundled().get(face).cap_height;
        canvas.text(text, Letters { face, size, color }, at, degrees, role).ok();
    }
}

/// What stands for the hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// 1 to 12.
    Arabic,
    /// 01 to 12.
    Padded,
    /// I to XII, four as IV.
    Roman,
    /// I to XII, four as IIII.
    RomanOfClocks,
    /// Roman in the upper half, Arabic in the lower.
    California,
    /// Eastern Arabic digits.
    Eastern,
    /// Persian digits.
    Persian,
    /// Devanagari digits.
    Devanagari,
    /// English words.
    English,
    /// French words.
    French,
    /// German words.
    German,
    /// Minutes: 5 to 60.
    Minutes,
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
const ENGLISH: [&str; 12] =
    ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE"];
const FRENCH: [&str; 12] =
    ["UNE", "DEUX", "TROIS", "QUATRE", "CINQ", "SIX", "SEPT", "HUIT", "NEUF", "DIX", "ONZE", "DOUZE"];
const GERMAN: [&str; 12] =
    ["EINS", "ZWEI", "DREI", "VIER", "FÜNF", "SECHS", "SIEBEN", "ACHT", "NEUN", "ZEHN", "ELF", "ZWÖLF"];

impl Script {
    /// The text of an hour, 1 to 12.
    pub(super) fn text(self, hour: u8) -> String {
        let at = usize::from(hour.clamp(1, 12)) - 1;
        let digits = |zero: u32| {
            let digit = |c: char| char::from_u32(zero + c as u32 - '0' as u32).unwrap_or(c);
            (at + 1).to_string().chars().map(digit).collect()
        };
        match self {
            Script::Arabic => (at + 1).to_string(),
            Script::Padded => format!("{:02}", at + 1),
            Script::Roman => ROMAN[at].to_owned(),
            Script::RomanOfClocks if hour == 4 => "IIII".to_owned(),
            Script::RomanOfClocks => ROMAN[at].to_owned(),
            Script::California if (4..=8).contains(&hour) => (at + 1).to_string(),
            Script::California => ROMAN[at].to_owned(),
            Script::Eastern => digits(0x660),
            Script::Persian => digits(0x6f0),
            Script::Devanagari => digits(0x966),
            Script::English => ENGLISH[at].to_owned(),
            Script::French => FRENCH[at].to_owned(),
            Script::German => GERMAN[at].to_owned(),
            Script::Minutes => (5 * (at + 1)).to_string(),
        }
    }

    fn is_words(self) -> bool {
        matches!(self, Script::English | Script::French | Script::German)
    }

    fn is_digits(self) -> bool {
        !self.is_words() && !self.is_roman()
    }

    fn is_roman(self) -> bool {
        matches!(self, Script::Roman | Script::RomanOfClocks)
    }

    /// Whether any bundled family has its letters.
    fn is_bundled(self) -> bool {
        let fonts = Fonts::bundled();
        let letters: String = (1..=12).map(|hour| self.text(hour)).collect();
        fonts.families().iter().any(|family| fonts.covers(family.face(Style::Regular), &letters))
    }
}

/// How numerals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// All upright.
    Upright,
    /// Their feet to the middle.
    Radial,
    /// Their feet to the middle above, their heads below.
    Flipped,
}

/// Numerals at some of the hours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Numerals {
    /// What stands for the hours.
    pub script: Script,
    /// At which hours, 1 to 12.
    pub hours: Vec<u8>,
    /// In which face.
    pub font: Font,
    /// Height of capitals.
    pub high: f32,
    /// How they stand.
    pub stance: Stance,
    /// Their colour.
    pub color: Color,
}

/// A numeral at its place.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Its text.
    pub(super) text: String,
    /// Its middle.
    pub(super) at: Point,
    /// Half the width and height of the upright box around it.
    pub(super) half: (f32, f32),
    /// Half its width as it is written.
    pub(super) wide: f32,
    /// How far it is turned.
    pub(super) turned: f64,
}

impl Placed {
    /// Whether there is a gap to another.
    fn is_apart(&self, other: &Placed, gap: f32) -> bool {
        if self.turned != 0.0 || other.turned != 0.0 {
            return libm::hypotf(self.at.x - other.at.x, self.at.y - other.at.y)
                > self.wide + other.wide + 3.0 * gap;
        }
        !Taken { center: other.at, half: other.half, round: false }.meets(self.at, self.half, gap)
    }
}

impl Numerals {
    /// Numerals in a colour.
    pub(super) fn drawn(rim: &Rim, color: Color, rng: &mut Rng) -> Numerals {
        const SCRIPTS: [(Script, f64); 12] = [
            (Script::Arabic, 46.0),
            (Script::Padded, 2.0),
            (Script::Roman, 9.0),
            (Script::RomanOfClocks, 18.0),
            (Script::California, 3.0),
            (Script::Eastern, 3.0),
            (Script::Persian, 2.0),
            (Script::Devanagari, 1.5),
            (Script::English, 2.0),
            (Script::French, 1.0),
            (Script::German, 1.0),
            (Script::Minutes, 0.0),
        ];
        let mut script = SCRIPTS[rng.weighted(&SCRIPTS.map(|(_, weight)| weight))].0;
        if !script.is_bundled() {
            script = Script::Arabic;
        }
        let every: Vec<u8> = (1..=12).collect();
        let hours = match rng.weighted(&[52.0, 17.0, 8.0, 7.0, 9.0, 3.0]) {
            _ if script == Script::California => every,
            0 => every,
            1 => vec![3, 6, 9, 12],
            2 => vec![12],
            3 => vec![6, 12],
            4 => vec![2, 4, 6, 8, 10, 12],
            _ => vec![4, 8, 12],
        };
        let letters: String = (1..=12).map(|hour| script.text(hour)).collect();
        let font = Font::drawn(&letters, rng);
        let stance = match rng.weighted(&[66.0, 14.0, 20.0]) {
            _ if script.is_words() => *rng.pick(&[Stance::Radial, Stance::Flipped]),
            _ if script.is_roman() && rim.is_round() && rng.chance(0.75) => {
                *rng.pick(&[Stance::Radial, Stance::Radial, Stance::Flipped])
            }
            _ if !rim.is_round() => Stance::Upright,
            0 => Stance::Upright,
            1 => Stance::Radial,
            _ => Stance::Flipped,
        };
        // A six on its head is a nine unless all the others say that it is not, and even then few makers print one.
        let few = hours.len() < 12 || rng.chance(0.6);
        let stance =
            if stance == Stance::Radial && script.is_digits() && few { Stance::Flipped } else { stance };
        let most = match script {
            _ if script.is_words() => 8.0,
            _ if script.is_roman() && stance == Stance::Upright => 12.0,
            Script::California => 14.0,
            _ if hours.len() <= 6 => 24.0,
            _ => 19.0,
        };
        let high = rounded(rim.scaled(tenth(rng, most * 0.52, most)));
        Numerals { script, hours, font, high, stance, color }
    }

    /// Makes them smaller until none touches the next, and the middle of the dial is free.
    pub(super) fn fit(&mut self, rim: &Rim, inset: f32) {
        for _ in 0..14 {
            let placed = self.placed(rim, inset, &[]);
            let next = placed.iter().cycle().skip(1);
            let apart =
                placed.len() < 2 || placed.iter().zip(next).all(|(a, b)| a.is_apart(b, self.high * 0.16));
            let reach = rim.circle() * 0.4;
            let free = placed.iter().all(|numeral| {
                Taken { center: numeral.at, half: numeral.half, round: false }.away(Point::default()) > reach
            });
            if apart && free {
                break;
            }
            self.high = rounded(self.high * 0.92);
        }
    }

    /// The numerals that have room, inside a line at a distance from the edge.
    pub(super) fn placed(&self, rim: &Rim, inset: f32, taken: &[Taken]) -> Vec<Placed> {
        let place = |hour: &u8| {
            let degrees = f64::from(hour % 12) * 30.0;
            let text = self.script.text(*hour);
            let (wide, high) = (self.font.width(&text, self.high) / 2.0, self.high / 2.0);
            let lower = degrees > 91.0 && degrees < 269.0;
            let turned = match self.stance {
                Stance::Upright => 0.0,
                Stance::Flipped if lower => degrees + 180.0,
                Stance::Radial | Stance::Flipped => degrees,
            };
            let (sin, cos) =
                (libm::sin(turned.to_radians()).abs() as f32, libm::cos(turned.to_radians()).abs() as f32);
            let half = (wide * cos + high * sin, wide * sin + high * cos);
            let at = if turned == 0.0 && degrees != 0.0 || !rim.is_round() {
                rim.box_inside(degrees, inset, half)
            } else {
                // The corners of a wide text lie farther out than its middle.
                let out = rim.at(degrees, inset);
                let bow = out - libm::sqrtf((out * out - wide * wide).max(0.0));
                crate::space::polar(degrees, out - bow - high)
            };
            let free = taken.iter().all(|taken| !taken.meets(at, half, 1.0));
            free.then_some(Placed { text, at, half, wide, turned })
        };
        self.hours.iter().filter_map(place).collect()
    }

    /// Writes them.
    pub(super) fn draw(&self, placed: &[Placed], canvas: &mut Canvas) {
        for numeral in placed {
            let text = (numeral.text.as_str(), self.high, self.color);
            self.font.write(text, numeral.at, numeral.turned, Role::TickLabel, canvas);
        }
    }
}
