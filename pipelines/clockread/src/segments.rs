//! Digits of seven segments, by the colours at the middles of their segments.
//!
//! In each cell the two places that no digit covers, in the middle of its upper and of its lower half, say what the ground is.
//! Of all segments of a read-out the one that differs most from its ground is lit; a segment is lit if it differs at least
//! half as much. Segments that are not lit may shine through.

use crate::pixels::{Bounds, Pixels, Rgb, contrast, distance};
use crate::plane::Plane;

/// Where the segments a to g lie in a cell, as shares of its width and height.
const SEGMENTS: [(f64, f64); 7] =
    [(0.5, 0.05), (0.92, 0.27), (0.92, 0.73), (0.5, 0.95), (0.08, 0.73), (0.08, 0.27), (0.5, 0.5)];
/// Places of the ground.
const GROUND: [(f64, f64); 2] = [(0.5, 0.275), (0.5, 0.725)];
/// The digits by the segments that they light.
const DIGITS: [(&str, char); 10] = [
    ("abcdef", '0'),
    ("bc", '1'),
    ("abdeg", '2'),
    ("abcdg", '3'),
    ("bcfg", '4'),
    ("acdfg", '5'),
    ("acdefg", '6'),
    ("abc", '7'),
    ("abcdefg", '8'),
    ("abcdfg", '9'),
];
/// The contrast of a lit segment with its ground, at least.
const LIT_MIN: f64 = 2.0;

/// A cell on the dial.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its left edge at its foot.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// How far its upper edge lies to the right of its foot.
    pub lean: f64,
}

impl Cell {
    /// The cell that leans by a share of its height and lies in a box: left, top, right and bottom.
    pub fn within([left, top, right, bottom]: Bounds, lean: f64) -> Cell {
        let height = bottom - top;
        Cell { left, top, width: right - left - lean.abs() * height, height, lean: lean * height }
    }

    fn color(&self, (across, down): (f64, f64), pixels: &Pixels<'_>, plane: &Plane) -> Rgb {
        let x = self.left + self.lean * (1.0 - down) + across * self.width;
        let (x, y) = plane.in_picture(x, self.top + down * self.height);
        pixels.at(x, y)
    }
}

/// Reads cells: a digit, `-` for the middle segment alone, a blank where nothing is lit, and `?` for anything else.
pub fn read(pixels: &Pixels<'_>, plane: &Plane, cells: &[Cell]) -> String {
    let seen: Vec<(Rgb, [Rgb; 7])> = cells
        .iter()
        .map(|cell| {
            let [upper, lower] = GROUND.map(|place| cell.color(place, pixels, plane));
            let ground = std::array::from_fn(|channel| (upper[channel] + lower[channel]) / 2.0);
            (ground, SEGMENTS.map(|place| cell.color(place, pixels, plane)))
        })
        .collect();
    let all = || seen.iter().flat_map(|(ground, segments)| segments.map(|segment| (*ground, segment)));
    let most = all().map(|(ground, segment)| distance(ground, segment)).fold(0.0, f64::max);
    let is_on = all().any(|(ground, segment)| contrast(ground, segment) >= LIT_MIN);
    let sign = |(ground, segments): &(Rgb, [Rgb; 7])| {
        let lit = |segment: &Rgb| is_on && distance(*ground, *segment) > most / 2.0;
        let names: String = segments
            .iter()
            .zip('a'..='g')
            .filter(|(segment, _)| lit(segment))
            .map(|(_, name)| name)
            .collect();
        match names.as_str() {
            "" => ' ',
            "g" => '-',
            names => DIGITS.iter().find(|(digit, _)| *digit == names).map_or('?', |(_, sign)| *sign),
        }
    };
    seen.iter().map(sign).collect()
}

/// How far what lies in a box stands out from what lies around it: the highest contrast of a pixel in it.
pub fn prominence(pixels: &Pixels<'_>, bounds: Bounds) -> f64 {
    let around = pixels.around(bounds, 1.5);
    Pixels::places(bounds).map(|(x, y)| contrast(pixels.at(x, y), around)).fold(1.0, f64::max)
}

/// Which of several boxes holds something that is lit, where at most one is: that which stands out most, and twice as much as
/// an unlit one may ([`LIT_MIN`]); `None` where none does.
pub fn lit(pixels: &Pixels<'_>, boxes: &[Bounds]) -> Option<usize> {
    let all = boxes.iter().map(|bounds| prominence(pixels, *bounds)).enumerate();
    let best = all.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 >= LIT_MIN).then_some(best.0)
}
