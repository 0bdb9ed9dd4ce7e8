//! Plain grounds: one colour, a gradient, paper, lights out of focus.

use pixmo_render::{Color, PathBuilder, Point, Rect, Rng};
use serde::{Deserialize, Serialize};

use super::plane::{Plane, boxed, push_box, push_line};
use super::{near, toned};

/// Quiet colours of studio grounds.
const QUIET: [(u8, u8, u8); 14] = [
    (250, 250, 250),
    (240, 238, 233),
    (222, 224, 226),
    (205, 210, 214),
    (228, 218, 205),
    (200, 186, 170),
    (176, 192, 200),
    (150, 168, 160),
    (120, 130, 140),
    (90, 84, 82),
    (60, 66, 76),
    (38, 40, 46),
    (20, 21, 24),
    (112, 72, 66),
];
/// Louder ones.
const LOUD: [(u8, u8, u8); 8] = [
    (226, 180, 70),
    (196, 84, 66),
    (66, 122, 150),
    (74, 120, 92),
    (120, 92, 150),
    (232, 160, 150),
    (36, 60, 98),
    (150, 190, 210),
];

/// One colour for the whole ground.
pub(super) fn solid(rng: &mut Rng) -> Color {
    match rng.weighted(&[0.35, 0.45, 0.2]) {
        0 => Color::WHITE,
        1 => near(&QUIET, rng),
        _ => near(&LOUD, rng),
    }
}

/// A soft gradient, along a line or about a place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Soft {
    /// The lighter end.
    pub from: Color,
    /// The darker end.
    pub to: Color,
    /// Along a direction in degrees clockwise from the top; about the middle where there is none.
    pub degrees: Option<f32>,
}

impl Soft {
    /// Two tones of one colour, seldom two colours.
    pub fn drawn(rng: &mut Rng) -> Soft {
        let first = if rng.chance(0.75) { near(&QUIET, rng) } else { near(&LOUD, rng) };
        let second = if rng.chance(0.85) { toned(first, -rng.range32(0.15, 0.5)) } else { near(&QUIET, rng) };
        let lighter = toned(first, rng.range32(0.0, 0.3));
        Soft { from: lighter, to: second, degrees: rng.chance(0.5).then(|| rng.range32(-60.0, 60.0)) }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>) {
        let stops = vec![(0.0, self.from), (1.0, self.to)];
        match self.degrees {
            Some(degrees) => {
                let end = crate::space::polar(f64::from(degrees), plane.wide.max(plane.high) * 1.1);
                plane.cover_linear(end, Point::new(-end.x, -end.y), stops);
            }
            None => {
                plane.cover_radial(Point::new(0.0, -6.0), libm::hypotf(plane.wide, plane.high) * 1.05, stops);
            }
        }
    }
}

/// A sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Colour of the sheet.
    pub color: Color,
    /// What is printed on it.
    pub print: Print,
    /// How it lies, degrees clockwise.
    pub degrees: f32,
    /// How strongly it was crumpled, 0 to 1.
    pub creased: f32,
    /// The table under it, where its edge is seen.
    pub table: Option<Color>,
}

/// What is printed on a sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Print {
    /// Nothing.
    Blank,
    /// Lines to write on.
    Ruled,
    /// Squares.
    Squared,
    /// Dots in a grid.
    Dotted,
    /// Columns of small text, too small to be read.
    Text,
}

impl Paper {
    /// A sheet, mostly white.
    pub fn drawn(rng: &mut Rng) -> Paper {
        let sheets = [(250, 248, 242), (242, 234, 216), (214, 190, 150), (236, 240, 244), (222, 206, 176)];
        let tables = [(92, 66, 46), (60, 60, 64), (170, 140, 104), (48, 70, 72), (130, 132, 134)];
        let prints = [Print::Blank, Print::Ruled, Print::Squared, Print::Dotted, Print::Text];
        Paper {
            color: near(&sheets, rng),
            print: *rng.pick(&prints),
            degrees: rng.range32(-24.0, 24.0),
            creased: if rng.chance(0.5) { rng.range32(0.2, 1.0) } else { 0.0 },
            table: rng.chance(0.5).then(|| near(&tables, rng)),
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        plane.turn(self.degrees);
        let (wide, high) = (plane.wide, plane.high);
        let mut sheet = Rect::new(-wide, -high, wide, high);
        if let Some(table) = self.table {
            plane.cover(table);
            sheet.right = rng.range32(34.0, 47.0);
            if rng.chance(0.5) {
                sheet.top = -rng.range32(38.0, 46.0);
            }
            plane.shadow(sheet, 0.3, (0.7, 0.9));
            plane.rect(sheet, self.color);
        } else {
            plane.cover(self.color);
        }
        let ink = self.color.mix(Color::rgb(70, 110, 160), 0.4);
        let step = rng.range32(4.2, 6.4);
        self.print(plane, sheet, (ink, step), rng);
        let creases = (self.creased * 5.0) as usize;
        for _ in 0..creases {
            let x = rng.range32(sheet.left, sheet.right);
            let lean = rng.range32(-30.0, 30.0);
            let dark = Color::BLACK.faded(0.03 + 0.05 * self.creased);
            let points = [(x, -high), (x + lean, high), (x + lean + 14.0, high), (x + 14.0, -high)];
            let points = points.map(|(x, y)| Point::new(x.clamp(sheet.left, sheet.right), y.max(sheet.top)));
            let (from, to) = (Point::new(x + lean / 2.0, 0.0), Point::new(x + lean / 2.0 + 14.0, 0.0));
            let stops = vec![(0.0, dark), (1.0, dark.faded(0.0))];
            plane.polygon(&points, pixmo_render::scene::Paint::Linear { from, to, stops });
        }
    }

    fn print(&self, plane: &mut Plane<'_>, sheet: Rect, (ink, step): (Color, f32), rng: &mut Rng) {
        let mut lines = PathBuilder::new();
        let rows = (sheet.height() / step) as usize;
        match self.print {
            Print::Blank => return,
            Print::Ruled | Print::Squared => {
                for row in 1..=rows {
                    let y = sheet.top + row as f32 * step;
                    push_line(&mut lines, (sheet.left, y), (sheet.right, y));
                }
                if self.print == Print::Squared {
                    for column in 1..=(sheet.width() / step) as usize {
                        let x = sheet.right - column as f32 * step;
                        push_line(&mut lines, (x, sheet.top), (x, sheet.bottom));
                    }
                } else {
                    let x = sheet.left + sheet.width() * 0.2;
                    let margin = [Point::new(x, sheet.top), Point::new(x, sheet.bottom)];
                    let path = pixmo_render::scene::polyline_path(&margin, false);
                    plane.stroke(path, self.color.mix(Color::rgb(200, 60, 60), 0.5), 0.28);
                }
            }
            Print::Dotted => {
                for row in 1..=rows {
                    for column in 1..=(sheet.width() / step) as usize {
                        let (x, y) = (sheet.right - column as f32 * step, sheet.top + row as f32 * step);
                        push_box(&mut lines, Rect::new(x, y, x + 0.45, y + 0.45));
                    }
                }
                plane.fill(lines.finish(), ink);
                return;
            }
            Print::Text => {
                let column = sheet.width() * rng.range32(0.28, 0.45);
                let size = rng.range32(1.3, 2.0);
                let mut left = sheet.left + 3.0;
                while left < sheet.right - 6.0 {
                    let right = (left + column).min(sheet.right - 4.0);
                    let mut y = sheet.top + 6.0;
                    while y < sheet.bottom - 3.0 {
                        let end = if rng.chance(0.14) {
                            left + (right - left) * rng.range32(0.2, 0.8)
                        } else {
                            right
                        };
                        let mut x = left;
                        while x + 1.0 < end {
                            let word = rng.range32(1.5, 7.0).min(end - x);
                            push_box(&mut lines, Rect::new(x, y, x + word, y + size * 0.42));
                            x += word + 0.9;
                        }
                        y += if end < right { size * 2.6 } else { size * 1.35 };
                    }
                    left = right + 5.0;
                }
                plane.fill(lines.finish(), self.color.mix(Color::rgb(60, 60, 64), 0.42));
                return;
            }
        }
        plane.stroke(lines.finish(), ink, 0.22);
    }
}

/// Lights out of focus before a dark or a light ground.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bokeh {
    /// The ground above.
    pub top: Color,
    /// The ground below.
    pub bottom: Color,
    /// The colour that lights are about.
    pub glow: Color,
    /// How many.
    pub count: u8,
    /// The size of the largest, in hundredths of the shorter side.
    pub size: f32,
    /// Whether lights have a brighter rim.
    pub rims: bool,
}

impl Bokeh {
    /// Evening lights, or morning light among leaves.
    pub fn drawn(rng: &mut Rng) -> Bokeh {
        let sets: [[(u8, u8, u8); 3]; 6] = [
            [(24, 28, 48), (60, 40, 46), (255, 190, 100)],
            [(20, 30, 34), (14, 16, 20), (130, 200, 255)],
            [(130, 160, 90), (60, 90, 50), (230, 240, 160)],
            [(70, 40, 26), (30, 20, 16), (255, 170, 80)],
            [(214, 214, 206), (180, 170, 160), (255, 250, 240)],
            [(44, 30, 60), (20, 18, 34), (250, 120, 170)],
        ];
        let [top, bottom, glow] = *rng.pick(&sets);
        Bokeh {
            top: near(&[top], rng),
            bottom: near(&[bottom], rng),
            glow: near(&[glow], rng),
            count: rng.whole(14, 34) as u8,
            size: rng.range32(6.0, 14.0),
            rims: rng.chance(0.5),
        }
    }

    pub(super) fn draw(&self, plane: &mut Plane<'_>, rng: &mut Rng) {
        let (wide, high) = (plane.wide, plane.high);
        let stops = vec![(0.0, self.top), (1.0, self.bottom)];
        plane.cover_linear(Point::new(0.0, -high), Point::new(0.0, high), stops);
        let others =
            [self.glow, toned(self.glow, 0.35), self.glow.mix(self.top, 0.5), Color::rgb(255, 240, 220)];
        // Lights hang in clusters, as those of a street or a tree do.
        let clusters: Vec<Point> =
            (0..4).map(|_| Point::new(rng.range32(-wide, wide), rng.range32(-high, high * 0.6))).collect();
        for _ in 0..self.count {
            let about = *rng.pick(&clusters);
            let spread = |rng: &mut Rng| rng.normal(0.0, 22.0) as f32;
            let center = Point::new(about.x + spread(rng), about.y + spread(rng));
            let radius = self.size * rng.range32(0.3, 1.0);
            let color = *rng.pick(&others);
            let alpha = rng.range32(0.1, 0.42);
            plane.disc(center, radius, color.faded(alpha));
            if self.rims {
                let rim = PathBuilder::from_circle(center.x, center.y, radius * 0.95);
                plane.stroke(rim, toned(color, 0.3).faded(alpha * 0.6), radius * 0.07 + 0.15);
            }
        }
        // A table or a ledge, on which the clock may be.
        if self.count.is_multiple_of(3) {
            let edge = Rect::new(-wide, high * 0.62, wide, high);
            let tone = toned(self.bottom, -0.35);
            let (from, to) = (Point::new(0.0, edge.top), Point::new(0.0, high));
            let stops = vec![(0.0, self.bottom.mix(self.glow, 0.25)), (0.12, tone), (1.0, toned(tone, -0.3))];
            plane.fill(boxed(edge), pixmo_render::scene::Paint::Linear { from, to, stops });
        }
    }
}
