//! Printed digits and letters, by laying the glyphs of a face over them.
//!
//! A line is cut into pieces where a column holds no ink. Each piece is drawn to the size of a small grid and laid over the
//! glyphs of the face, which were drawn to the same grid; the sign that differs least, in ink, in proportion and in height
//! against the line, is read. Pieces that are wider than any sign are cut where they are thinnest.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::{GlyphId, OutlineBuilder};

use crate::pixels::{Bounds, Pixels, Rgb, distance};

/// Columns and rows of the grid.
const GRID: (usize, usize) = (14, 20);
/// Height in pixels at which glyphs are drawn before they are laid on the grid.
const DRAWN: f32 = 80.0;
/// Share of ink above which a column is part of a sign.
const INK: f64 = 0.3;
/// What a difference in proportion (of the logarithm of width over height) and in height counts against one in ink.
const WEIGHTS: (f64, f64) = (0.35, 0.8);

/// The signs of a face as they are laid over what was printed.
#[derive(Clone, Debug)]
pub struct Type {
    signs: Vec<Sign>,
}

#[derive(Clone, Debug)]
struct Sign {
    sign: char,
    /// Width over height of its ink.
    slim: f64,
    /// Height of its ink over that of an 8.
    high: f64,
    grid: Vec<f64>,
}

/// How dark a part of a picture is: 1 where there is ink, 0 where there is ground.
struct Ink {
    width: usize,
    /// Rows that are not looked at have none.
    rows: Vec<Option<Vec<f64>>>,
}

impl Type {
    /// The signs of a font file that may be met; `None` where it is none, or lacks one.
    pub fn of(font: &[u8], signs: &str) -> Option<Type> {
        let face = ttf_parser::Face::parse(font, 0).ok()?;
        let eight = high(&face, face.glyph_index('8')?)?;
        let signs: Option<Vec<Sign>> = signs.chars().map(|sign| drawn(&face, sign, eight)).collect();
        Some(Type { signs: signs? })
    }

    /// Reads a line whose ink lies in a box. `skip` are rows, from one place down to another, in which something lies over the
    /// print.
    pub fn read(&self, pixels: &Pixels<'_>, bounds: Bounds, skip: Option<(f64, f64)>) -> String {
        let ink = Ink::of(pixels, bounds, skip);
        let line = ink.rows.len() as f64;
        ink.pieces()
            .into_iter()
            .flat_map(|(from, to)| self.signs_of(&ink, from, to, line, 3))
            .map(|(sign, _)| sign)
            .collect()
    }

    /// The signs of a piece, and how much they differ from it: one, or several where it must be cut.
    fn signs_of(&self, ink: &Ink, from: usize, to: usize, line: f64, cuts: usize) -> Vec<(char, f64)> {
        let Some(whole) = self.best(ink, from, to, line) else { return Vec::new() };
        let widest = self.signs.iter().map(|sign| sign.slim * sign.high).fold(0.0, f64::max);
        let wide = (to - from) as f64;
        if cuts == 0 || wide < line * widest * 1.25 || whole.1 < 0.12 {
            return vec![whole];
        }
        // Cut where there is least ink, not near an end.
        let margin = (line * 0.2) as usize;
        let columns = from + margin..to.saturating_sub(margin);
        let least = columns.min_by(|a, b| ink.column(*a).total_cmp(&ink.column(*b)));
        let Some(at) = least else { return vec![whole] };
        [self.signs_of(ink, from, at, line, cuts - 1), self.signs_of(ink, at, to, line, cuts - 1)].concat()
    }

    fn best(&self, ink: &Ink, from: usize, to: usize, line: f64) -> Option<(char, f64)> {
        let [left, top, right, bottom] = ink.bounds(from, to)?;
        let (wide, high) = (right - left, bottom - top);
        if wide <= 0.0 || high <= 0.0 {
            return None;
        }
        let cell = (wide / GRID.0 as f64, high / GRID.1 as f64);
        let mut grid = Vec::with_capacity(GRID.0 * GRID.1);
        for row in 0..GRID.1 {
            let y = top + row as f64 * cell.1;
            for column in 0..GRID.0 {
                let x = left + column as f64 * cell.0;
                grid.push(ink.mean([x, y, x + cell.0, y + cell.1]));
            }
        }
        let differs = |sign: &Sign| {
            let pairs = grid.iter().zip(&sign.grid).filter_map(|(seen, sign)| Some(((*seen)? - sign).abs()));
            let (count, sum) = pairs.fold((0.0, 0.0), |(count, sum), off| (count + 1.0, sum + off));
            let slim = libm::log(wide / high / sign.slim).abs();
            sum / f64::max(count, 1.0) + WEIGHTS.0 * slim + WEIGHTS.1 * (high / line - sign.high).abs()
        };
        let all = self.signs.iter().map(|sign| (sign.sign, differs(sign)));
        all.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

impl Ink {
    fn of(pixels: &Pixels<'_>, [left, top, right, bottom]: Bounds, skip: Option<(f64, f64)>) -> Ink {
        let (left, top) = (left.floor() - 1.0, top.floor());
        let (width, height) = ((right.ceil() + 1.0 - left) as usize, (bottom.ceil() - top) as usize);
        let skipped = |y: f64| skip.is_some_and(|(from, to)| (from - 0.5..=to + 0.5).contains(&y));
        let row_colors = |row: usize| -> Vec<Rgb> {
            (0..width).map(|column| pixels.at(left + column as f64 + 0.5, top + row as f64 + 0.5)).collect()
        };
        let rows: Vec<Option<Vec<Rgb>>> =
            (0..height).map(|row| (!skipped(top + row as f64 + 0.5)).then(|| row_colors(row))).collect();
        let ground = pixels.around([left + 1.0, top, right, bottom], 1.5);
        // Ink is what differs most, but for a few pixels of something else.
        let mut all: Vec<(f64, Rgb)> =
            rows.iter().flatten().flatten().map(|color| (distance(*color, ground), *color)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let darkest = all.get(all.len() * 97 / 100).map_or(ground, |(_, color)| *color);
        let whole: Rgb = std::array::from_fn(|channel| darkest[channel] - ground[channel]);
        let length: f64 = whole.iter().map(|part| part * part).sum::<f64>().max(1.0);
        let share = |color: &Rgb| {
            let along: f64 = (0..3).map(|channel| (color[channel] - ground[channel]) * whole[channel]).sum();
            (along / length).clamp(0.0, 1.0)
        };
        let rows = rows.into_iter().map(|row| row.map(|colors| colors.iter().map(share).collect()));
        Ink { width, rows: rows.collect() }
    }

    fn column(&self, column: usize) -> f64 {
        self.rows.iter().flatten().map(|row| row[column]).sum()
    }

    /// Runs of columns with ink.
    fn pieces(&self) -> Vec<(usize, usize)> {
        let most = |column: usize| self.rows.iter().flatten().map(|row| row[column]).fold(0.0, f64::max);
        let mut pieces = Vec::new();
        let mut from = None;
        for column in 0..=self.width {
            let is_ink = column < self.width && most(column) > INK;
            match (from, is_ink) {
                (None, true) => from = Some(column),
                (Some(start), false) => {
                    pieces.push((start, column));
                    from = None;
                }
                _ => {}
            }
        }
        pieces
    }

    /// The box of the ink of some columns; an edge pixel counts as much as it holds ink.
    fn bounds(&self, from: usize, to: usize) -> Option<Bounds> {
        let of_column = |column: usize| self.rows.iter().flatten().map(|row| row[column]).fold(0.0, f64::max);
        let of_row = |row: &Option<Vec<f64>>| {
            row.as_ref().map_or(0.0, |row| row[from..to].iter().copied().fold(0.0, f64::max))
        };
        let columns: Vec<f64> = (from..to).map(of_column).collect();
        let rows: Vec<f64> = self.rows.iter().map(of_row).collect();
        let ends = |shares: &[f64]| {
            let first = shares.iter().position(|share| *share > INK)?;
            let last = shares.iter().rposition(|share| *share > INK)?;
            Some((first as f64 + 1.0 - shares[first], last as f64 + shares[last]))
        };
        let ((left, right), (top, bottom)) = (ends(&columns)?, ends(&rows)?);
        Some([left + from as f64, top, right + from as f64, bottom])
    }

    /// Mean ink in a box; `None` where most of it is not looked at.
    fn mean(&self, [left, top, right, bottom]: Bounds) -> Option<f64> {
        let (mut sum, mut area, mut lost) = (0.0, 0.0, 0.0);
        let over =
            |at: usize, from: f64, to: f64| ((at as f64 + 1.0).min(to) - (at as f64).max(from)).max(0.0);
        for row in top.max(0.0) as usize..(bottom.ceil().max(0.0) as usize).min(self.rows.len()) {
            let high = over(row, top, bottom);
            for column in left.max(0.0) as usize..(right.ceil().max(0.0) as usize).min(self.width) {
                let part = high * over(column, left, right);
                match &self.rows[row] {
                    Some(shares) => (sum, area) = (sum + shares[column] * part, area + part),
                    None => lost += part,
                }
            }
        }
        (area > lost && area > 0.0).then(|| sum / area)
    }
}

/// Height of the ink of a glyph in units of the font.
fn high(face: &ttf_parser::Face<'_>, glyph: GlyphId) -> Option<f32> {
    let bounds = face.glyph_bounding_box(glyph)?;
    Some(f32::from(bounds.y_max) - f32::from(bounds.y_min))
}

fn drawn(face: &ttf_parser::Face<'_>, sign: char, eight: f32) -> Option<Sign> {
    let glyph = face.glyph_index(sign)?;
    let bounds = face.glyph_bounding_box(glyph)?;
    let (left, top) = (f32::from(bounds.x_min), f32::from(bounds.y_max));
    let (wide, high) = (f32::from(bounds.x_max) - left, top - f32::from(bounds.y_min));
    let scale = DRAWN / eight;
    let (width, height) = ((wide * scale).ceil() as usize + 1, (high * scale).ceil() as usize + 1);
    let mut pen =
        Pen { raster: Rasterizer::new(width, height), left, top, scale, start: None, last: point(0.0, 0.0) };
    face.outline_glyph(glyph, &mut pen)?;
    let mut rows = vec![vec![0.0; width]; height];
    pen.raster
        .for_each_pixel_2d(|x, y, share| rows[y as usize][x as usize] = f64::from(share.abs().min(1.0)));
    let ink = Ink { width, rows: rows.into_iter().map(Some).collect() };
    let cell = (f64::from(wide * scale) / GRID.0 as f64, f64::from(high * scale) / GRID.1 as f64);
    let grid = (0..GRID.0 * GRID.1).map(|at| {
        let (x, y) = ((at % GRID.0) as f64 * cell.0, (at / GRID.0) as f64 * cell.1);
        ink.mean([x, y, x + cell.0, y + cell.1]).unwrap_or(0.0)
    });
    Some(Sign { sign, slim: f64::from(wide / high), high: f64::from(high / eight), grid: grid.collect() })
}

/// Draws the outline of a glyph with its upper left corner at the origin.
struct Pen {
    raster: Rasterizer,
    left: f32,
    top: f32,
    scale: f32,
    start: Option<Point>,
    last: Point,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> Point {
        point((x - self.left) * self.scale, (self.top - y) * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = self.place(x, y);
        self.start = Some(self.last);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.raster.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.raster.draw_quad(self.last, self.place(x1, y1), to);
        self.last = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let to = self.place(x, y);
        self.raster.draw_cubic(self.last, self.place(x1, y1), self.place(x2, y2), to);
        self.last = to;
    }

    fn close(&mut self) {
        if let Some(start) = self.start {
            self.raster.draw_line(self.last, start);
            self.last = start;
        }
    }
}
