//! Which share of each pixel an outline covers, by exact area.
//!
//! Each edge adds to the pixels it crosses by how much of the row it covers from there on; the running sum of a row is
//! then the covered share, signed by the direction of the outline (the way of accumulation buffers, as in font-rs).
//! Pixels that no edge crosses are never looked at one by one: a row comes out as spans of one coverage, and edges
//! between them. All is single precision in a fixed order, so that a picture is the same on every machine.

use std::cell::RefCell;
use std::ops::Range;

use tiny_skia::{Path, PathSegment, Point};

/// How far a curve may be from the lines that stand for it, in pixels.
const FLATNESS: f32 = 0.05;
/// Most lines of one curve; for curves that are far larger than any picture.
const LINES_MAX: f32 = 512.0;
/// So many pixels without an edge make a span of their own.
const SPAN_MIN: usize = 8;

/// Which parts of an outline that lies over itself are inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// All.
    NonZero,
    /// Those that it goes around an odd number of times.
    EvenOdd,
}

/// How much of the pixels of a span is covered, 0 to 255.
#[derive(Clone, Copy, Debug)]
pub(super) enum Alpha<'a> {
    /// The same of each.
    Same(u8),
    /// Of each as much as stands here.
    Each(&'a [u8]),
}

impl<'a> Alpha<'a> {
    /// Of some of the pixels of the span.
    pub(super) fn part(self, range: Range<usize>) -> Alpha<'a> {
        match self {
            Alpha::Same(share) => Alpha::Same(share),
            Alpha::Each(each) => Alpha::Each(&each[range]),
        }
    }
}

thread_local! {
    /// One for each thread, used for one outline after the other.
    static SHEET: RefCell<Sheet> = RefCell::new(Sheet::default());
}

/// Calls `span` with row, first column and coverage of all spans of the outline in a picture of the given size, from the
/// top down and from left to right. Spans that are not covered are left out.
pub(super) fn cover(
    path: &Path,
    rule: Rule,
    (width, height): (u32, u32),
    span: &mut impl FnMut(usize, usize, usize, Alpha<'_>),
) {
    SHEET.with_borrow_mut(|sheet| {
        if sheet.lay(path, width, height) {
            sheet.walk(rule, span);
        }
    });
}

/// The part of a picture in which an outline lies.
#[derive(Debug, Default)]
struct Sheet {
    left: f32,
    top: f32,
    width: usize,
    height: usize,
    /// Changes of coverage, row by row, with two columns more than the part has. All zero between outlines.
    changes: Vec<f32>,
    /// First and last column with a change, for each row.
    touched: Vec<(u32, u32)>,
    /// Coverage of the row that is walked.
    alpha: Vec<u8>,
}

/// A row without a change.
const UNTOUCHED: (u32, u32) = (u32::MAX, 0);

impl Sheet {
    /// Adds all edges; false if nothing of the outline lies in the picture.
    fn lay(&mut self, path: &Path, width: u32, height: u32) -> bool {
        let bounds = path.bounds();
        let within = |value: f32, size: u32| value.clamp(0.0, size as f32);
        let (left, right) = (within(bounds.left().floor(), width), within(bounds.right().ceil(), width));
        let (top, bottom) = (within(bounds.top().floor(), height), within(bounds.bottom().ceil(), height));
        if left >= right || top >= bottom {
            return false;
        }
        (self.left, self.top) = (left, top);
        (self.width, self.height) = ((right - left) as usize, (bottom - top) as usize);
        let cells = self.stride() * self.height;
        if self.changes.len() < cells {
            self.changes.resize(cells, 0.0);
        }
        self.touched.clear();
        self.touched.resize(self.height, UNTOUCHED);
        self.alpha.clear();
        self.alpha.resize(self.width, 0);
        let (mut start, mut last) = (Point::zero(), Point::zero());
        for part in path.segments() {
            match part {
                PathSegment::MoveTo(at) => {
                    self.line(last, start);
                    (start, last) = (at, at);
                }
                PathSegment::LineTo(at) => {
                    self.line(last, at);
                    last = at;
                }
                PathSegment::QuadTo(over, at) => {
                    self.quadratic(last, over, at);
                    last = at;
                }
                PathSegment::CubicTo(first, second, at) => {
                    self.cubic(last, first, second, at);
                    last = at;
                }
                PathSegment::Close => {
                    self.line(last, start);
                    last = start;
                }
            }
        }
        self.line(last, start);
        true
    }

    fn stride(&self) -> usize {
        self.width + 2
    }

    fn quadratic(&mut self, a: Point, b: Point, c: Point) {
        let bend = bend(a, b, c);
        let count = lines(bend / (4.0 * FLATNESS));
        let mut last = a;
        for n in 1..count {
            let t = n as f32 / count as f32;
            let s = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32| s * s * a + 2.0 * s * t * b + t * t * c;
            let next = Point::from_xy(mix(a.x, b.x, c.x), mix(a.y, b.y, c.y));
            self.line(last, next);
            last = next;
        }
        self.line(last, c);
    }

    fn cubic(&mut self, a: Point, b: Point, c: Point, d: Point) {
        let bend = bend(a, b, c).max(bend(b, c, d));
        let count = lines(0.75 * bend / FLATNESS);
        let mut last = a;
        for n in 1..count {
            let t = n as f32 / count as f32;
            let s = 1.0 - t;
            let (p, q, r, u) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
            let mix = |a: f32, b: f32, c: f32, d: f32| p * a + q * b + r * c + u * d;
            let next = Point::from_xy(mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y));
            self.line(last, next);
            last = next;
        }
        self.line(last, d);
    }

    /// Adds a line, in pixels of the picture. What lies left of the part counts at its left edge, and what lies right of it
    /// not at all.
    fn line(&mut self, from: Point, to: Point) {
        if from.y == to.y {
            return;
        }
        let (sign, upper, lower) = if from.y < to.y { (1.0, from, to) } else { (-1.0, to, from) };
        let high = self.height as f32;
        let (x0, y0) = (upper.x - self.left, upper.y - self.top);
        let (x1, y1) = (lower.x - self.left, lower.y - self.top);
        if y1 <= 0.0 || y0 >= high {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        if !slope.is_finite() {
            // As good as level.
            return;
        }
        let at = |y: f32| x0 + (y - y0) * slope;
        let (x0, y0) = if y0 < 0.0 { (at(0.0), 0.0) } else { (x0, y0) };
        let (x1, y1) = if y1 > high { (at(high), high) } else { (x1, y1) };
        let wide = self.width as f32;
        // Where it enters and leaves the part from side to side.
        let mut cuts = [y0, y1, y1, y1];
        let mut count = 1;
        let mut cut = |edge: f32| {
            if (x0 < edge) != (x1 < edge) {
                let y = (y0 + (edge - x0) / slope).clamp(y0, y1);
                cuts[count] = y;
                count += 1;
            }
        };
        cut(0.0);
        cut(wide);
        if count == 3 && cuts[1] > cuts[2] {
            cuts.swap(1, 2);
        }
        cuts[count] = y1;
        let mut x = x0;
        for n in 0..count {
            let (upper, lower) = (cuts[n], cuts[n + 1]);
            let next = if n + 1 == count { x1 } else { x0 + (lower - y0) * slope };
            if lower > upper {
                let middle = (x + next) / 2.0;
                if middle <= 0.0 {
                    self.segment(sign, (0.0, upper), (0.0, lower));
                } else if middle < wide {
                    self.segment(sign, (x.clamp(0.0, wide), upper), (next.clamp(0.0, wide), lower));
                }
            }
            x = next;
        }
    }

    /// Adds a line that lies in the part and runs down.
    fn segment(&mut self, sign: f32, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        let slope = (x1 - x0) / (y1 - y0);
        let (least, most) = (x0.min(x1), x0.max(x1));
        let first = y0 as usize;
        let last = (y1.ceil() as usize).min(self.height);
        let stride = self.stride();
        let mut x = x0;
        for row in first..last {
            let until = y1.min((row + 1) as f32);
            let tall = until - y0.max(row as f32);
            let next = if until == y1 { x1 } else { (x + slope * tall).clamp(least, most) };
            let share = sign * tall;
            let (near, far) = if x < next { (x, next) } else { (next, x) };
            let begin = near as usize;
            let end = (far.ceil() as usize).max(begin + 1);
            let cells = &mut self.changes[row * stride + begin..row * stride + end + 1];
            if let [only, after] = cells {
                // Of the pixel that it crosses, what lies right of the middle of the line is covered.
                let right = (near + far) / 2.0 - begin as f32;
                let left = share * (1.0 - right);
                *only += left;
                *after += share - left;
            } else {
                // The covered area grows as a square in the first and in the last pixel, and evenly between.
                let steep = share / (far - near);
                let into = 1.0 - (near - begin as f32);
                let out = far - (end - 1) as f32;
                let (enter, leave) = (0.5 * steep * into * into, 0.5 * steep * out * out);
                let count = cells.len();
                cells[0] += enter;
                if count == 3 {
                    cells[1] += share - enter - leave;
                } else {
                    let second = steep * (into + 0.5);
                    cells[1] += second - enter;
                    for cell in &mut cells[2..count - 2] {
                        *cell += steep;
                    }
                    let so_far = second + (count - 4) as f32 * steep;
                    cells[count - 2] += share - so_far - leave;
                }
                cells[count - 1] += leave;
            }
            let touched = &mut self.touched[row];
            *touched = (touched.0.min(begin as u32), touched.1.max(end as u32));
            x = next;
        }
    }

    /// Takes the running sums, and leaves all changes zero.
    fn walk(&mut self, rule: Rule, span: &mut impl FnMut(usize, usize, usize, Alpha<'_>)) {
        let (left, top, stride) = (self.left as usize, self.top as usize, self.stride());
        for row in 0..self.height {
            let (first, last) = self.touched[row];
            if first > last {
                continue;
            }
            let line = &mut self.changes[row * stride..(row + 1) * stride];
            let (first, end) = (first as usize, (last as usize + 1).min(self.width));
            let mut sum = 0.0;
            let mut at = first;
            let mut begun = first;
            let mut send = |range: Range<usize>, alpha: Alpha<'_>| {
                if !range.is_empty() && !matches!(alpha, Alpha::Same(0)) {
                    span(top + row, left + range.start, range.len(), alpha);
                }
            };
            while at < end {
                if line[at].to_bits() != 0 {
                    sum += line[at];
                    self.alpha[at] = share(sum, rule);
                    at += 1;
                    continue;
                }
                let still = zeros(&line[at..end]);
                let still = if at + still >= end { self.width - at } else { still };
                if still >= SPAN_MIN {
                    send(begun..at, Alpha::Each(&self.alpha[begun..at]));
                    send(at..at + still, Alpha::Same(share(sum, rule)));
                    begun = at + still;
                } else {
                    self.alpha[at..at + still].fill(share(sum, rule));
                }
                at += still;
            }
            if begun < at {
                send(begun..at, Alpha::Each(&self.alpha[begun..at]));
            }
            send(at..self.width, Alpha::Same(share(sum, rule)));
            line[first..=last as usize].fill(0.0);
        }
    }
}

/// How many changes are zero from the first on.
fn zeros(changes: &[f32]) -> usize {
    const MANY: usize = 16;
    let all_zero = |many: &&[f32]| many.iter().fold(0, |bits, change| bits | change.to_bits()) == 0;
    let whole = changes.chunks_exact(MANY).take_while(all_zero).count() * MANY;
    whole + changes[whole..].iter().take_while(|change| change.to_bits() == 0).count()
}

/// Coverage from a running sum, 0 to 255.
fn share(sum: f32, rule: Rule) -> u8 {
    let sum = sum.abs();
    let share = match rule {
        Rule::NonZero => {
            if sum < 1.0 {
                sum
            } else {
                1.0
            }
        }
        Rule::EvenOdd => {
            let rest = sum - 2.0 * (sum / 2.0).floor();
            if rest > 1.0 { 2.0 - rest } else { rest }
        }
    };
    (share * 255.0 + 0.5) as u8
}

/// How far the middle point is off the middle of the others, doubled: the second difference of a curve.
fn bend(a: Point, b: Point, c: Point) -> f32 {
    let (x, y) = (a.x - 2.0 * b.x + c.x, a.y - 2.0 * b.y + c.y);
    (x * x + y * y).sqrt()
}

/// How many lines are as near to a curve as they should be, from the square of their number.
fn lines(square: f32) -> usize {
    square.sqrt().ceil().clamp(1.0, LINES_MAX) as usize
}
