//! What is written on a dial: an invented maker and small print.

use pixmo_render::{Color, Point, Rng, Role};
use serde::{Deserialize, Serialize};

use super::numeral::Font;
use super::rim::{Many, Rim, Taken, rounded, tenth};
use crate::frame::Calling;
use crate::space::{Canvas, polar};

/// A line of letters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The letters.
    pub text: String,
    /// Their face.
    pub font: Font,
    /// Height of capitals.
    pub high: f32,
    /// Its middle.
    pub at: (f32, f32),
}

/// A small picture over a maker's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emblem {
    /// A star.
    Star,
    /// A rhomb.
    Diamond,
    /// A ring with a dot.
    Target,
    /// A chevron, twice.
    Chevrons,
    /// A shield.
    Shield,
    /// Three bars.
    Bars,
    /// A sun.
    Sun,
    /// An hourglass.
    Hourglass,
}

/// What is written on a dial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sign {
    /// The lines; the first is the maker's name.
    pub lines: Vec<Line>,
    /// The emblem, its middle and its size.
    pub emblem: Option<(Emblem, f32, f32)>,
    /// The colour of all.
    pub color: Color,
}

const STARTS: [&str; 48] = [
    "Al", "Ar", "Bel", "Bor", "Cal", "Car", "Cor", "Dal", "Del", "Dor", "El", "Er", "Fal", "Fen", "Gal",
    "Gar", "Hal", "Hel", "Il", "Jor", "Kal", "Kel", "Lan", "Lor", "Mal", "Mar", "Mor", "Nor", "Ol", "Or",
    "Pal", "Per", "Quin", "Rav", "Ros", "Sal", "Sel", "Sten", "Tal", "Tor", "Ul", "Val", "Ver", "Vol", "Wal",
    "Wen", "Yar", "Zel",
];
const MIDDLES: [&str; 16] =
    ["", "", "", "a", "e", "i", "o", "an", "en", "in", "is", "or", "and", "em", "ev", "ul"];
const ENDS: [&str; 36] = [
    "bach", "beck", "berg", "bury", "court", "da", "dale", "dini", "don", "feld", "field", "ford", "gard",
    "ham", "hart", "holm", "lin", "mann", "mark", "mere", "mont", "moor", "nac", "nex", "rick", "rin", "ro",
    "sen", "stad", "stett", "ton", "vane", "vik", "well", "wick", "zio",
];
/// Names that these parts could spell and that somebody owns.
const OWNED: [&str; 17] = [
    "Zelda", "Halda", "Kelton", "Norton", "Valmont", "Marlin", "Valero", "Volvik", "Belmont", "Hartmann",
    "Dalton", "Walton", "Talbeck", "Salford", "Marino", "Elton", "Walmark",
];
const PRINT: [&str; 32] = [
    "AUTOMATIC",
    "QUARTZ",
    "CHRONOMETER",
    "21 JEWELS",
    "17 JEWELS",
    "25 JEWELS",
    "ANTIMAGNETIC",
    "SHOCKPROOF",
    "30 m",
    "50 m",
    "100 m",
    "200 m",
    "300 m",
    "660 ft",
    "WATER RESISTANT",
    "SELFWINDING",
    "8 DAYS",
    "PRECISION",
    "TITANIUM",
    "SAPPHIRE",
    "SOLAR",
    "RADIO",
    "HI-BEAT",
    "28800",
    "MANUAL",
    "CALIBRE 72",
    "CALIBRE 11",
    "No. 4",
    "SERIES III",
    "PROFESSIONAL",
    "CLASSIC",
    "EST. 1884",
];

/// Small print of clocks that are not worn.
const PRINT_OF_ROOMS: [&str; 8] =
    ["QUARTZ", "8 DAYS", "RADIO CONTROLLED", "EST. 1884", "No. 4", "CLASSIC", "SILENT", "31 DAYS"];

/// Small print of what is carried in a pocket.
const PRINT_OF_POCKETS: [&str; 12] = [
    "15 JEWELS",
    "17 JEWELS",
    "21 JEWELS",
    "8 DAYS",
    "LEVER",
    "CHRONOMETER",
    "ANTIMAGNETIC",
    "PRECISION",
    "CALIBRE 72",
    "EST. 1884",
    "No. 4",
    "CLASSIC",
];

/// Small print of what hangs from a chain or a pin.
const PRINT_OF_JEWELS: [&str; 8] =
    ["QUARTZ", "17 JEWELS", "LEVER", "PRECISION", "SHOCKPROOF", "ANTIMAGNETIC", "EST. 1884", "CLASSIC"];

/// Small print of which a dial bears one line at most: how deep, how many jewels, which works, what drives it, how long.
const ONE_OF: [&[&str]; 6] = [
    &["30 m", "50 m", "100 m", "200 m", "300 m", "660 ft"],
    &["21 JEWELS", "17 JEWELS", "25 JEWELS", "15 JEWELS"],
    &["CALIBRE 72", "CALIBRE 11"],
    &["AUTOMATIC", "SELFWINDING", "MANUAL", "QUARTZ", "SOLAR", "RADIO", "RADIO CONTROLLED"],
    &["8 DAYS", "31 DAYS"],
    &["28800", "HI-BEAT"],
];
/// What no watch with wheels is, and what no watch with a quartz has.
const ELECTRIC: [&str; 4] = ["QUARTZ", "SOLAR", "RADIO", "RADIO CONTROLLED"];
const MECHANIC: [&str; 12] = [
    "AUTOMATIC",
    "SELFWINDING",
    "MANUAL",
    "21 JEWELS",
    "17 JEWELS",
    "25 JEWELS",
    "15 JEWELS",
    "LEVER",
    "28800",
    "HI-BEAT",
    "8 DAYS",
    "31 DAYS",
];

/// Whether a dial may bear both lines.
fn go_together(one: &str, other: &str) -> bool {
    let electric = |text: &str| ELECTRIC.contains(&text);
    let mechanic = |text: &str| MECHANIC.contains(&text);
    let same = one == other || ONE_OF.iter().any(|group| group.contains(&one) && group.contains(&other));
    let clash = |a: &str, b: &str| electric(a) && mechanic(b);
    !(same || clash(one, other) || clash(other, one))
}

/// Where a sign may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room<'a> {
    /// How far from the middle it reaches.
    pub(super) content: f32,
    /// Whether that is a circle, or a rectangle.
    pub(super) circle: bool,
    /// What stands there already.
    pub(super) taken: &'a [Taken],
}

/// An invented name of a maker: some 20,000 of them, in seven forms.
pub fn maker(rng: &mut Rng) -> String {
    let mut name = || {
        let spelt = format!("{}{}{}", rng.word(&STARTS), rng.word(&MIDDLES), rng.word(&ENDS));
        if OWNED.contains(&spelt.as_str()) { "Norvane".to_owned() } else { spelt }
    };
    let (first, second) = (name(), name());
    match rng.weighted(&[40.0, 28.0, 8.0, 6.0, 6.0, 6.0, 6.0]) {
        0 => first,
        1 => first.to_uppercase(),
        2 => format!("{first} & {second}"),
        3 => {
            format!("{} {first}", ["A.", "C.", "E.", "F.", "H.", "J.", "L.", "M.", "R.", "T."][rng.below(10)])
        }
        4 => format!("{first} & {}", rng.word(&["Sons", "Co.", "Fils", "Söhne", "Figli"])),
        5 => first.to_lowercase(),
        _ => format!("{} {}", first.to_uppercase(), rng.word(&["WATCH", "TIME", "CLOCKS"])),
    }
}

impl Sign {
    /// Signs where there is room; none where there is not.
    pub(super) fn drawn(
        rim: &Rim,
        within: &Room,
        (color, calling): (Color, Calling),
        rng: &mut Rng,
    ) -> Option<Sign> {
        let (content, taken) = (within.content, within.taken);
        let name = maker(rng);
        let font = Font::drawn(&name, rng);
        let high = rim.scaled(tenth(rng, 4.2, 7.6));
        let room = content - rim.scaled(1.0);
        // A line fits where its box lies inside and meets nothing.
        let fits = |y: f32, wide: f32, high: f32| {
            let corner = libm::hypotf(wide, y.abs() + high);
            let far = if within.circle { corner < room } else { y.abs() + high < room && wide < room };
            far && y.abs() - high > rim.scaled(7.0)
                && taken.iter().all(|t| !t.meets(Point::new(0.0, y), (wide, high), rim.scaled(1.2)))
        };
        let mut lines: Vec<Line> = Vec::new();
        let mut emblem = None;
        let upper = rng.chance(0.88);
        for side in if upper { [-1.0, 1.0] } else { [1.0, -1.0] } {
            let out = content * rng.range32(0.46, 0.66);
            let shrunk = [1.0, 0.85, 0.7, 0.58]
                .iter()
                .map(|share| high * share)
                .find(|high| fits(side * out, font.width(&name, *high) / 2.0, *high * 0.75));
            if let Some(high) = shrunk {
                let y = rounded(side * out);
                let size = rim.scaled(tenth(rng, 3.0, 4.8));
                let over = y - high * 0.5 - size * 1.35;
                if rng.chance(0.3) && fits(over, size, size) {
                    let kinds = [
                        Emblem::Star,
                        Emblem::Diamond,
                        Emblem::Target,
                        Emblem::Chevrons,
                        Emblem::Shield,
                        Emblem::Bars,
                        Emblem::Sun,
                        Emblem::Hourglass,
                    ];
                    emblem = Some((*rng.pick(&kinds), rounded(over), rounded(size)));
                }
                lines.push(Line {
                    text: name.clone(),
                    font: font.clone(),
                    high: rounded(high),
                    at: (0.0, y),
                });
                break;
            }
        }
        let name_y = lines.first()?.at.1;
        let small = Font::plain(rng);
        let high = rounded(rim.scaled(tenth(rng, 2.7, 3.9)));
        let (print, weights): (&[&str], &[f64]) = match calling {
            Calling::Public | Calling::Tower => (&PRINT_OF_ROOMS, &[1.0]),
            Calling::Room | Calling::Alarm => (&PRINT_OF_ROOMS, &[75.0, 25.0]),
            Calling::Pocket => (&PRINT_OF_POCKETS, &[38.0, 34.0, 28.0]),
            Calling::Jewel => (&PRINT_OF_JEWELS, &[50.0, 35.0, 15.0]),
            _ => (&PRINT, &[38.0, 30.0, 20.0, 12.0]),
        };
        let count = rng.weighted(weights);
        // Small print stands below the name, or in the other half.
        let below = name_y < 0.0 && rng.chance(0.3);
        let mut y = if below {
            name_y + lines[0].high * 0.5 + high * 1.5
        } else {
            -name_y.signum() * content * rng.range32(0.42, 0.6)
        };
        for _ in 0..count {
            let text = rng.word(print).to_owned();
            if lines.iter().all(|line| go_together(&line.text, &text))
                && fits(y, small.width(&text, high) / 2.0, high * 0.7)
            {
                lines.push(Line { text, font: small.clone(), high, at: (0.0, rounded(y)) });
                y += high * 1.75;
            }
        }
        Some(Sign { lines, emblem, color })
    }

    /// Draws it.
    pub(super) fn draw(&self, canvas: &mut Canvas) {
        if let Some((emblem, y, size)) = self.emblem {
            canvas.begin(Role::Ornament, "");
            emblem.draw(Point::new(0.0, y), size, self.color, canvas);
        }
        for line in &self.lines {
            let at = Point::new(line.at.0, line.at.1);
            line.font.write((&line.text, line.high, self.color), at, 0.0, Role::Body, canvas);
        }
    }
}

impl Emblem {
    fn draw(self, at: Point, size: f32, color: Color, canvas: &mut Canvas) {
        let mut many = Many::new();
        let star = |many: &mut Many, points: u32, inner: f32| {
            let corners: Vec<Point> = (0..points * 2)
                .map(|n| {
                    let p = polar(
                        f64::from(n) * 180.0 / f64::from(points),
                        if n % 2 == 0 { size } else { size * inner },
                    );
                    Point::new(at.x + p.x, at.y + p.y)
                })
                .collect();
            many.polygon(&corners);
        };
        match self {
            Emblem::Star => star(&mut many, 5, 0.42),
            Emblem::Diamond => star(&mut many, 2, 0.6),
            Emblem::Sun => {
                star(&mut many, 10, 0.62);
            }
            Emblem::Target => {
                many.disc(at, size * 0.36);
                canvas.ring(at, size, size * 0.72, color);
            }
            Emblem::Chevrons => {
                for shift in [-0.25, 0.45] {
                    let y = -shift * size;
                    let (w, h, t) = (size, size * 0.55, size * 0.36);
                    many.shape(
                        at,
                        0.0,
                        &[(-w, y), (0.0, y + h), (w, y), (w, y - t), (0.0, y + h - t), (-w, y - t)],
                    );
                }
            }
            Emblem::Shield => {
                let (w, h) = (size * 0.72, size);
                many.shape(
                    at,
                    0.0,
                    &[
                        (-w, h),
                        (w, h),
                        (w, -h * 0.1),
                        (w * 0.6, -h * 0.65),
                        (0.0, -h),
                        (-w * 0.6, -h * 0.65),
                        (-w, -h * 0.1),
                    ],
                );
            }
            Emblem::Bars => {
                for (n, high) in [0.55, 1.0, 0.55].into_iter().enumerate() {
                    let x = (n as f32 - 1.0) * size * 0.6;
                    let w = size * 0.2;
                    many.shape(
                        at,
                        0.0,
                        &[
                            (x - w, -size * 0.6),
                            (x + w, -size * 0.6),
                            (x + w, size * high),
                            (x - w, size * high),
                        ],
                    );
                }
            }
            Emblem::Hourglass => {
                let (w, h) = (size * 0.7, size);
                many.shape(at, 0.0, &[(-w, h), (w, h), (0.0, 0.0)]);
                many.shape(at, 0.0, &[(-w, -h), (w, -h), (0.0, 0.0)]);
            }
        }
        canvas.fill(many.path(), color);
    }
}
