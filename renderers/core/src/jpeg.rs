//! Pixels to a JPEG file: baseline, with the tables of the standard, several blocks of 8 by 8 pixels at once.
//!
//! All is single precision that is only added and multiplied, and whole numbers: every machine gives the same bytes, and
//! compilers take many numbers at once without a machine of a certain kind. Encoders that look for one do either the one or
//! the other.

mod code;
#[cfg(test)]
mod tests;
mod wave;

use std::cell::RefCell;

use tiny_skia::Pixmap;

use code::{Code, Coder};
use wave::{GROUP, Group, SIDE, Scale};

/// How finely colours are told apart; brightness is always told for each pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// For each pixel.
    Full,
    /// For two by two pixels together, as cameras do.
    Half,
}

/// Steps of brightness at quality 50, row by row from slow to fast waves (table K.1 of the standard).
const BRIGHTNESS: [u16; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78,
    87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
/// Steps of the first waves of colour at quality 50, 4 by 4 of them (table K.2 of the standard); all others are 99.
const COLOUR: [[u16; 4]; 4] = [[17, 18, 24, 47], [18, 21, 26, 66], [24, 26, 56, 99], [47, 66, 99, 99]];

/// The pixels as a file of a quality from 1 to 100; alpha is dropped.
///
/// # Panics
/// When a side is longer than 65,535 pixels, which no picture of ours is.
pub fn encode(pixels: &Pixmap, quality: u8, detail: Detail) -> Vec<u8> {
    let side = |length: u32| u16::try_from(length).expect("a picture has sides that fit a JPEG");
    let size = (side(pixels.width()), side(pixels.height()));
    let steps = [0, 1].map(|table| steps(table, quality));
    let mut file = KEPT.take();
    file.clear();
    header(&mut file, size, &steps, detail);
    let mut strip = Strip::new(pixels, detail);
    let scales = steps.map(|steps| Scale::new(&steps));
    let mut coder = Coder::new(file);
    for row in 0..pixels.height().div_ceil(detail.unit() as u32) as usize {
        strip.read(pixels, row);
        strip.transform(&scales);
        strip.write(&mut coder);
    }
    let mut file = coder.finish();
    file.extend([0xff, 0xd9]);
    let exact = file.to_vec();
    KEPT.set(file);
    exact
}

thread_local! {
    /// The last file of a thread: memory that grew once need not grow again, and files are kept without room to spare.
    static KEPT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Detail {
    /// How many pixels of brightness a pixel of colour stands for, along a row and down a column.
    fn share(self) -> usize {
        match self {
            Detail::Full => 1,
            Detail::Half => 2,
        }
    }

    /// Width and height of the parts that a file is made of.
    fn unit(self) -> usize {
        self.share() * SIDE
    }
}

/// The steps of brightness (table 0) or colour (1) at a quality, row by row.
fn steps(table: usize, quality: u8) -> [u16; 64] {
    let quality = u32::from(quality.clamp(1, 100));
    let scale = if quality < 50 { 5000 / quality } else { 200 - quality * 2 };
    std::array::from_fn(|at| {
        let (row, column) = (at / SIDE, at % SIDE);
        let middle = match table {
            0 => BRIGHTNESS[at],
            _ => COLOUR.get(row).and_then(|steps| steps.get(column)).copied().unwrap_or(99),
        };
        ((u32::from(middle) * scale + 50) / 100).clamp(1, 255) as u16
    })
}

/// All that comes before the pixels.
fn header(file: &mut Vec<u8>, (width, height): (u16, u16), steps: &[[u16; 64]; 2], detail: Detail) {
    file.extend([0xff, 0xd8]);
    let mut segment = |marker: u8, parts: &[&[u8]]| {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        file.extend([0xff, marker]);
        file.extend((length as u16 + 2).to_be_bytes());
        parts.iter().for_each(|part| file.extend_from_slice(part));
    };
    // JFIF 1.2 without a density.
    segment(0xe0, &[b"JFIF\0", &[1, 2, 0, 0, 1, 0, 1, 0, 0]]);
    for (number, steps) in (0..).zip(steps) {
        let in_order = code::ORDER.map(|at| steps[usize::from(at)] as u8);
        segment(0xdb, &[&[number], &in_order]);
    }
    let ([w0, w1], [h0, h1], share) = (width.to_be_bytes(), height.to_be_bytes(), detail.share() as u8);
    // Eight bits; three planes, each with its share of pixels and its table.
    segment(0xc0, &[&[8, h0, h1, w0, w1, 3], &[1, share << 4 | share, 0], &[2, 0x11, 1], &[3, 0x11, 1]]);
    for (number, code) in
        [(0x00, &Code::MEANS[0]), (0x10, &Code::WAVES[0]), (0x01, &Code::MEANS[1]), (0x11, &Code::WAVES[1])]
    {
        segment(0xc4, &[&[number], code.lengths, code.values]);
    }
    segment(0xda, &[&[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]]);
}

/// One plane of a strip: brightness, blue or red.
struct Plane {
    /// Numbers in a row, which is as long as whole groups of blocks.
    wide: usize,
    /// Rows of 8 pixels, top down.
    values: Vec<f32>,
    /// Waves, a row of blocks after the other.
    groups: Vec<Group>,
}

impl Plane {
    fn new(width: usize, rows_of_blocks: usize) -> Plane {
        let wide = width.next_multiple_of(GROUP);
        let groups = rows_of_blocks * wide / GROUP;
        Plane {
            wide,
            values: vec![0.0; rows_of_blocks * SIDE * wide],
            groups: vec![Group::default(); groups],
        }
    }

    fn row(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.wide..][..self.wide]
    }

    fn transform(&mut self, scale: &Scale) {
        let across = self.wide / GROUP;
        for (number, group) in self.groups.iter_mut().enumerate() {
            let first = number / across * SIDE * self.wide + number % across * GROUP;
            group.transform(&self.values[first..], self.wide, scale);
        }
    }
}

/// A row of parts of a picture.
struct Strip {
    detail: Detail,
    /// How many parts lie side by side.
    parts: usize,
    bright: Plane,
    blue: Plane,
    red: Plane,
    /// Blue and red of a pair of rows at full detail, the second after the first.
    pair: [Vec<f32>; 2],
}

impl Strip {
    fn new(pixels: &Pixmap, detail: Detail) -> Strip {
        let parts = (pixels.width() as usize).div_ceil(detail.unit());
        let (width, share) = (parts * detail.unit(), detail.share());
        let bright = Plane::new(width, share);
        let colour = || Plane::new(width / share, 1);
        let (blue, red) = (colour(), colour());
        let pair = [0, 1].map(|_| vec![0.0; 2 * width]);
        Strip { detail, parts, bright, blue, red, pair }
    }

    /// Takes the colours of a row of parts apart. Beyond the right and the lower edge the last pixels go on.
    fn read(&mut self, pixels: &Pixmap, part: usize) {
        let (width, height) = (pixels.width() as usize, pixels.height() as usize);
        let padded = self.parts * self.detail.unit();
        let line = |row: usize| {
            let row = (part * self.detail.unit() + row).min(height - 1);
            &pixels.data()[row * width * 4..(row + 1) * width * 4]
        };
        match self.detail {
            Detail::Full => {
                for row in 0..SIDE {
                    let (bright, blue) =
                        (&mut self.bright.row(row)[..padded], &mut self.blue.row(row)[..padded]);
                    apart(line(row), bright, blue, &mut self.red.row(row)[..padded]);
                }
            }
            Detail::Half => {
                let [blue, red] = &mut self.pair;
                for row in 0..SIDE {
                    let ((blue0, blue1), (red0, red1)) =
                        (blue.split_at_mut(padded), red.split_at_mut(padded));
                    apart(line(2 * row), &mut self.bright.row(2 * row)[..padded], blue0, red0);
                    apart(line(2 * row + 1), &mut self.bright.row(2 * row + 1)[..padded], blue1, red1);
                    halve(self.blue.row(row), blue0, blue1);
                    halve(self.red.row(row), red0, red1);
                }
            }
        }
    }

    fn transform(&mut self, scales: &[Scale; 2]) {
        self.bright.transform(&scales[0]);
        self.blue.transform(&scales[1]);
        self.red.transform(&scales[1]);
    }

    fn write(&self, coder: &mut Coder) {
        let share = self.detail.share();
        let across = self.bright.wide / GROUP;
        let at = |block: usize| (block * SIDE / GROUP, block % (GROUP / SIDE));
        for part in 0..self.parts {
            for down in 0..share {
                for along in 0..share {
                    let (group, block) = at(part * share + along);
                    coder.block(0, &self.bright.groups[down * across + group], block);
                }
            }
            let (group, block) = at(part);
            coder.block(1, &self.blue.groups[group], block);
            coder.block(2, &self.red.groups[group], block);
        }
    }
}

/// Brightness, blue and red of the pixels of a row, with 0 in the middle of what each can be; the last pixel goes on to the
/// end.
fn apart(line: &[u8], bright: &mut [f32], blue: &mut [f32], red: &mut [f32]) {
    let (pixels, _) = line.as_chunks::<4>();
    for (((pixel, bright), blue), red) in
        pixels.iter().zip(bright.iter_mut()).zip(blue.iter_mut()).zip(red.iter_mut())
    {
        let bits = u32::from_le_bytes(*pixel);
        let [r, g, b] = [bits, bits >> 8, bits >> 16].map(|channel| (channel & 0xff) as i32 as f32);
        let level = 0.299 * r + 0.587 * g + 0.114 * b;
        *bright = level - 128.0;
        // Half of what is left of white.
        *blue = (b - level) * (0.5 / (1.0 - 0.114));
        *red = (r - level) * (0.5 / (1.0 - 0.299));
    }
    for row in [bright, blue, red] {
        let last = row[pixels.len() - 1];
        row[pixels.len()..].fill(last);
    }
}

/// The mean of two by two numbers of two rows.
fn halve(out: &mut [f32], upper: &[f32], lower: &[f32]) {
    let ((upper, _), (lower, _)) = (upper.as_chunks::<2>(), lower.as_chunks::<2>());
    for ((out, [a, b]), [c, d]) in out.iter_mut().zip(upper).zip(lower) {
        *out = ((a + c) + (b + d)) * 0.25;
    }
}
