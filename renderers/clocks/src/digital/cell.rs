//! A digit of seven segments.
//!
//! ```text
//!     a
//!   f   b
//!     g
//!   e   c
//!     d
//! ```
//!
//! # Reading a digit back
//! Each digit has an [`Role::Ornament`](pixmo_render::Role::Ornament) element labelled `cell`, in reading order, whose bounds
//! are the box of the leaning cell. With the lean `s` (a share of the height, [`Shape::lean`]), a cell of height `h` is
//! `bounds.width() - s * h` wide, and the place at shares `(across, down)` of it is
//! `(bounds.left + s * h * (1 - down) + across * wide, bounds.top + down * h)`. A segment is lit when the pixel at its place
//! in [`CENTRES`] is nearer to the lit colour than to the ground.

use pixmo_render::{PathBuilder, Point, Rect};

/// Where segments a to g lie in their cell: shares of its width and height. For every thickness that is drawn, the place
/// is inside the segment.
pub const CENTRES: [(f32, f32); 7] =
    [(0.5, 0.05), (0.92, 0.27), (0.92, 0.73), (0.5, 0.95), (0.08, 0.73), (0.08, 0.27), (0.5, 0.5)];

/// Which segments a sign lights, a in the lowest bit.
pub(super) fn lights(sign: char) -> u8 {
    match sign {
        '0' | 'O' => 0b011_1111,
        '1' => 0b000_0110,
        '2' => 0b101_1011,
        '3' => 0b100_1111,
        '4' => 0b110_0110,
        '5' | 'S' => 0b110_1101,
        '6' => 0b111_1101,
        '7' => 0b000_0111,
        '8' => 0b111_1111,
        '9' => 0b110_1111,
        '-' => 0b100_0000,
        'E' => 0b111_1001,
        'F' => 0b111_0001,
        'H' => 0b111_0110,
        'I' => 0b011_0000,
        'L' => 0b011_1000,
        'P' => 0b111_0011,
        'C' => 0b011_1001,
        'd' => 0b101_1110,
        'n' => 0b101_0100,
        'o' => 0b101_1100,
        'r' => 0b101_0000,
        't' => 0b111_1000,
        _ => 0,
    }
}

/// Radius of a lamp over the thickness of a segment.
const LAMP: f32 = 0.42;

/// How the ends of segments are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Both ends pointed.
    Pointed,
    /// Mitred at the corners, as on most liquid crystals.
    Mitred,
    /// Square bars.
    Bars,
    /// Rows of round lamps.
    Dots,
}

/// What digits look like.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Shape {
    /// The ends of segments.
    pub cut: Cut,
    /// Width of a cell over its height, upright.
    pub slim: f32,
    /// Thickness of a segment over the height.
    pub thick: f32,
    /// Space between segments over the height.
    pub gap: f32,
    /// How far the top lies to the right of the bottom, over the height.
    pub lean: f32,
}

impl Shape {
    /// Adds the segments in `lit` of a cell to a path. The cell is upright in `cell`; it leans about its foot.
    pub(super) fn add(&self, path: &mut PathBuilder, cell: Rect, lit: u8) {
        if self.cut == Cut::Dots {
            return self.add_dots(path, cell, lit);
        }
        for segment in (0..7).filter(|segment| lit >> segment & 1 == 1) {
            let corners: Vec<Point> = self
                .corners(segment, cell.width(), cell.height())
                .into_iter()
                .map(|(x, y)| Point::new(cell.left + x + (cell.height() - y) * self.lean, cell.top + y))
                .collect();
            push(path, &corners);
        }
    }

    /// Adds the lamps of the segments in `lit`: five in each, of which the outer ones belong to two or three segments.
    fn add_dots(&self, path: &mut PathBuilder, cell: Rect, lit: u8) {
        let radius = self.thick * cell.height() * LAMP;
        let (wide, high) = (cell.width() - 2.0 * radius, cell.height() / 2.0 - radius);
        for row in 0..9_u8 {
            for column in 0..5_u8 {
                let (top, middle, foot) = (row == 0, row == 4, row == 8);
                let (left, right, upper) = (column == 0, column == 4, row <= 4);
                let of = [
                    top,
                    right && upper,
                    right && (middle || !upper),
                    foot,
                    left && (middle || !upper),
                    left && upper,
                    middle,
                ];
                if !(0..7).any(|segment| of[segment] && lit >> segment & 1 == 1) {
                    continue;
                }
                let down = radius + high * f32::from(row) / 4.0;
                let across = radius + wide * f32::from(column) / 4.0;
                let lean = (cell.height() - down) * self.lean;
                path.push_circle(cell.left + across + lean, cell.top + down, radius);
            }
        }
    }

    /// Corners of a segment in a cell whose upper left corner is the origin.
    fn corners(&self, segment: u8, w: f32, h: f32) -> Vec<(f32, f32)> {
        let (t, g) = (self.thick * h, self.gap * h);
        let half = t / 2.0;
        let middle = h / 2.0;
        // All segments are made from these two and mirrored: a and b in the upper half, g in the middle.
        let across = |y: f32, flip: bool| -> Vec<(f32, f32)> {
            let away = |d: f32| if flip { y - d } else { y + d };
            match self.cut {
                Cut::Pointed => {
                    let (l, r) = (half + g, w - half - g);
                    vec![
                        (l, away(half)),
                        (l + half, away(0.0)),
                        (r - half, away(0.0)),
                        (r, away(half)),
                        (r - half, away(t)),
                        (l + half, away(t)),
                    ]
                }
                Cut::Mitred => {
                    vec![(g, away(0.0)), (w - g, away(0.0)), (w - t - g, away(t)), (t + g, away(t))]
                }
                Cut::Bars | Cut::Dots => {
                    vec![(t + g, away(0.0)), (w - t - g, away(0.0)), (w - t - g, away(t)), (t + g, away(t))]
                }
            }
        };
        let down = |x: f32, flip: bool, lower: bool| -> Vec<(f32, f32)> {
            let away = |d: f32| if flip { x - d } else { x + d };
            let at = |y: f32| if lower { h - y } else { y };
            match self.cut {
                Cut::Pointed => {
                    let (top, foot) = (half + g, middle - g);
                    vec![
                        (away(half), at(top)),
                        (away(t), at(top + half)),
                        (away(t), at(foot - half)),
                        (away(half), at(foot)),
                        (away(0.0), at(foot - half)),
                        (away(0.0), at(top + half)),
                    ]
                }
                Cut::Mitred => {
                    vec![
                        (away(0.0), at(g)),
                        (away(t), at(t + g)),
                        (away(t), at(middle - half - g)),
                        (away(half), at(middle - g)),
                        (away(0.0), at(middle - g - half * 0.5)),
                    ]
                }
                Cut::Bars | Cut::Dots => {
                    let foot = middle - g / 2.0;
                    vec![(away(0.0), at(0.0)), (away(t), at(0.0)), (away(t), at(foot)), (away(0.0), at(foot))]
                }
            }
        };
        match segment {
            0 => across(0.0, false),
            1 => down(w, true, false),
            2 => down(w, true, true),
            3 => across(h, true),
            4 => down(0.0, false, true),
            5 => down(0.0, false, false),
            _ => {
                let (l, r) = match self.cut {
                    Cut::Pointed | Cut::Mitred => (half + g, w - half - g),
                    Cut::Bars | Cut::Dots => (t + g, w - t - g),
                };
                let end = if self.cut == Cut::Bars { 0.0 } else { half };
                vec![
                    (l, middle),
                    (l + end, middle - half),
                    (r - end, middle - half),
                    (r, middle),
                    (r - end, middle + half),
                    (l + end, middle + half),
                ]
            }
        }
    }
}

/// Adds a polygon, always turning the same way, so that overlaps leave no holes.
fn push(path: &mut PathBuilder, corners: &[Point]) {
    let next = corners.iter().cycle().skip(1);
    let twice: f32 = corners.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
    let mut add =
        |(n, p): (usize, &Point)| if n == 0 { path.move_to(p.x, p.y) } else { path.line_to(p.x, p.y) };
    if twice >= 0.0 {
        corners.iter().enumerate().for_each(&mut add);
    } else {
        corners.iter().rev().enumerate().for_each(&mut add);
    }
    path.close();
}
