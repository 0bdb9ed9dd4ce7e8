//! Colours of spans: one colour, or gradients read from a table.

use tiny_skia::Transform;

use super::cover::Alpha;
use crate::color::Color;
use crate::scene::Paint;

/// Colours of a gradient over many pixels: finer than eight bits can tell apart.
const STEPS: usize = 1024;
/// The same over few pixels.
const FEW_STEPS: usize = 256;
/// How many pixels are few.
const FEW_PIXELS: f64 = 200.0;
/// Pixels whose colours are found together.
const BLOCK: usize = 64;

/// The pixels of a block from its first one on. As numbers in a row they are taken several at once, which a count is not.
const ALONG: [f32; BLOCK] = {
    let mut along = [0.0; BLOCK];
    let mut at = 1;
    while at < BLOCK {
        along[at] = along[at - 1] + 1.0;
        at += 1;
    }
    along
};

/// Red, green, blue and opacity, from the lowest byte up; the colour is multiplied by the opacity.
type Premultiplied = u32;

/// What spans are filled with.
pub(super) enum Shade {
    Solid(Premultiplied),
    Linear {
        table: Table,
        /// Place in the table at the origin, and its change along a row and down a column.
        start: f64,
        across: f64,
        down: f64,
    },
    Radial {
        table: Table,
        /// From pixels to the circle of radius 1.
        back: Transform,
    },
}

pub(super) struct Table {
    /// One of the two numbers of steps.
    colors: Vec<Premultiplied>,
    opaque: bool,
}

impl Shade {
    pub(super) fn of(paint: &Paint) -> Shade {
        let first = |stops: &[(f32, Color)]| Shade::solid(stops.first().map_or(Color::BLACK, |stop| stop.1));
        match paint {
            Paint::Solid(color) => Shade::solid(*color),
            Paint::Linear { from, to, stops } => {
                let (x, y) = (f64::from(to.x) - f64::from(from.x), f64::from(to.y) - f64::from(from.y));
                let square = x * x + y * y;
                if square < 1e-12 || stops.is_empty() {
                    return first(stops);
                }
                let table = Table::of(stops, square.sqrt());
                let steps = table.last() / square;
                let (across, down) = (x * steps, y * steps);
                // At the middle of the first pixel.
                let start = (0.5 - f64::from(from.x)) * across + (0.5 - f64::from(from.y)) * down;
                Shade::Linear { table, start, across, down }
            }
            Paint::Radial { place, stops } => match place.invert() {
                Some(back) if !stops.is_empty() => {
                    let wide = place.sx.abs().max(place.kx.abs()).max(place.ky.abs()).max(place.sy.abs());
                    Shade::Radial { table: Table::of(stops, f64::from(wide)), back }
                }
                _ => first(stops),
            },
        }
    }

    pub(super) fn solid(color: Color) -> Shade {
        Shade::Solid(premultiplied(color))
    }

    /// Whether nothing would be seen.
    pub(super) fn is_clear(&self) -> bool {
        matches!(self, Shade::Solid(0))
    }

    /// Lays a span over pixels, four bytes each.
    pub(super) fn span(&self, row: usize, column: usize, pixels: &mut [u8], alpha: Alpha<'_>) {
        match self {
            Shade::Solid(color) => match alpha {
                Alpha::Same(share) => solid(pixels, scaled(*color, share)),
                Alpha::Each(shares) => each(pixels, *color, shares),
            },
            // Rows of one colour.
            Shade::Linear { table, start, across: 0.0, down } => {
                let color =
                    table.colors[place((start + down * row as f64) as f32, table.last() as f32) as usize];
                match alpha {
                    Alpha::Same(share) => solid(pixels, scaled(color, share)),
                    Alpha::Each(shares) => each(pixels, color, shares),
                }
            }
            Shade::Linear { table, start, across, down } => {
                let begin = start + down * row as f64;
                let (mut column, step, last) = (column as f64, *across as f32, table.last() as f32);
                blocks(pixels, alpha, table, |places| {
                    let begin = (begin + across * column) as f32;
                    for (found, along) in places.iter_mut().zip(ALONG) {
                        *found = place(begin + step * along, last);
                    }
                    column += BLOCK as f64;
                });
            }
            Shade::Radial { table, back } => {
                let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
                let mut start_x = back.sx * x + back.kx * y + back.tx;
                let mut start_y = back.ky * x + back.sy * y + back.ty;
                let last = table.last() as f32;
                blocks(pixels, alpha, table, |places| {
                    for (found, along) in places.iter_mut().zip(ALONG) {
                        let (x, y) = (start_x + back.sx * along, start_y + back.ky * along);
                        *found = place((x * x + y * y).sqrt() * last, last);
                    }
                    start_x += back.sx * BLOCK as f32;
                    start_y += back.ky * BLOCK as f32;
                });
            }
        }
    }
}

impl Table {
    /// The colours between stops, mixed before they are multiplied by their opacity, for a gradient over so many pixels.
    fn of(stops: &[(f32, Color)], pixels: f64) -> Table {
        let steps = if pixels <= FEW_PIXELS { FEW_STEPS } else { STEPS };
        let mut next = 0;
        let color = |index: usize| {
            let at = index as f32 / (steps - 1) as f32;
            while next < stops.len() && stops[next].0 <= at {
                next += 1;
            }
            match (next.checked_sub(1).map(|before| stops[before]), stops.get(next).copied()) {
                (Some((from, a)), Some((to, b))) => between(a, b, (at - from) / (to - from)),
                (Some((_, only)), None) | (None, Some((_, only))) => premultiplied(only),
                (None, None) => 0,
            }
        };
        let colors: Vec<Premultiplied> = (0..steps).map(color).collect();
        let opaque = colors.iter().all(|color| color >> 24 == 255);
        Table { colors, opaque }
    }

    /// The number of the last colour.
    fn last(&self) -> f64 {
        (self.colors.len() - 1) as f64
    }
}

/// The step that is nearest to a place in a table; before the first it is the first, and after the last the last.
#[inline(always)]
fn place(at: f32, last: f32) -> u32 {
    // Numbers of this size have no bits behind the point: added, they round, and the lowest bits are the whole number.
    const WHOLE: f32 = 8_388_608.0;
    let at = if at > 0.0 { at } else { 0.0 };
    let at = if at < last { at } else { last };
    (at + WHOLE).to_bits() & 0xffff
}

fn between(a: Color, b: Color, share: f32) -> Premultiplied {
    let mix = |a: u8, b: u8| f32::from(a) + (f32::from(b) - f32::from(a)) * share;
    let alpha = mix(a.alpha, b.alpha);
    let part = |a: u8, b: u8| (mix(a, b) * alpha / 255.0 + 0.5) as u32;
    let [red, green, blue] = [part(a.red, b.red), part(a.green, b.green), part(a.blue, b.blue)];
    red | green << 8 | blue << 16 | ((alpha + 0.5) as u32) << 24
}

fn premultiplied(color: Color) -> Premultiplied {
    let alpha = u32::from(color.alpha);
    let part = |value: u8| over_255(u32::from(value) * alpha);
    part(color.red) | part(color.green) << 8 | part(color.blue) << 16 | alpha << 24
}

/// A product of two bytes over 255, rounded.
#[inline(always)]
fn over_255(product: u32) -> u32 {
    (product + 128 + ((product + 128) >> 8)) >> 8
}

/// Two of the four parts of a colour, each with room above.
const PAIR: u32 = 0x00ff_00ff;

/// A colour times a share of 255.
#[inline(always)]
fn scaled(color: Premultiplied, share: u8) -> Premultiplied {
    if share == 255 {
        return color;
    }
    let pair = |two: u32| {
        let product = two * u32::from(share) + 0x0080_0080;
        ((product + ((product >> 8) & PAIR)) >> 8) & PAIR
    };
    pair(color & PAIR) | pair((color >> 8) & PAIR) << 8
}

/// A colour over a pixel.
#[inline(always)]
fn over(below: Premultiplied, color: Premultiplied) -> Premultiplied {
    // Each part is at most 255 less the opacity of what lies above.
    color + scaled(below, 255 - (color >> 24) as u8)
}

#[inline(always)]
fn lay(pixel: &mut [u8], color: Premultiplied) {
    let below = u32::from_le_bytes([pixel[0], pixel[1], pixel[2], pixel[3]]);
    pixel.copy_from_slice(&over(below, color).to_le_bytes());
}

/// Lays one colour over pixels.
fn solid(pixels: &mut [u8], color: Premultiplied) {
    let bytes = color.to_le_bytes();
    if bytes[3] == 255 {
        for pixel in pixels.chunks_exact_mut(4) {
            pixel.copy_from_slice(&bytes);
        }
        return;
    }
    let rest = 255 - u16::from(bytes[3]);
    let mix = |below: u8, part: u8| {
        let product = u16::from(below) * rest + 128;
        part + ((product + (product >> 8)) >> 8) as u8
    };
    // Four pixels at a time, which compilers make one step of.
    let four: [u8; 16] = std::array::from_fn(|at| bytes[at % 4]);
    let mut chunks = pixels.chunks_exact_mut(16);
    for chunk in &mut chunks {
        for (below, part) in chunk.iter_mut().zip(four) {
            *below = mix(*below, part);
        }
    }
    for (below, part) in chunks.into_remainder().iter_mut().zip(four) {
        *below = mix(*below, part);
    }
}

/// Lays one colour over pixels, over each as much as its share.
fn each(pixels: &mut [u8], color: Premultiplied, shares: &[u8]) {
    for (pixel, share) in pixels.chunks_exact_mut(4).zip(shares) {
        match share {
            0 => {}
            255 if color >> 24 == 255 => pixel.copy_from_slice(&color.to_le_bytes()),
            share => lay(pixel, scaled(color, *share)),
        }
    }
}

/// Lays colours over as many pixels.
fn many(pixels: &mut [u8], colors: &[Premultiplied]) {
    let (mut fours, mut four_colors) = (pixels.chunks_exact_mut(16), colors.chunks_exact(4));
    for (four, colors) in (&mut fours).zip(&mut four_colors) {
        // What is left of each part of what lies below, byte by byte, so that sixteen bytes are one step.
        let mut rest = [0; 16];
        let mut above = [0; 16];
        for (at, color) in colors.iter().enumerate() {
            let clear = 255 - (color >> 24);
            let clear = clear | clear << 8;
            rest[4 * at..4 * at + 4].copy_from_slice(&(clear | clear << 16).to_le_bytes());
            above[4 * at..4 * at + 4].copy_from_slice(&color.to_le_bytes());
        }
        for ((below, rest), above) in four.iter_mut().zip(rest).zip(above) {
            let product = u16::from(*below) * u16::from(rest) + 128;
            *below = above + ((product + (product >> 8)) >> 8) as u8;
        }
    }
    for (pixel, color) in fours.into_remainder().chunks_exact_mut(4).zip(four_colors.remainder()) {
        lay(pixel, *color);
    }
}

/// Lays colours of a table over pixels, a block at a time; `places_of` is asked for the next places in it from left to
/// right.
fn blocks(pixels: &mut [u8], alpha: Alpha<'_>, table: &Table, mut places_of: impl FnMut(&mut [u32])) {
    let mut places = [0; BLOCK];
    let mut colors = [0; BLOCK];
    let table_colors = &table.colors[..];
    for (number, block) in pixels.chunks_mut(4 * BLOCK).enumerate() {
        let count = block.len() / 4;
        places_of(&mut places[..count]);
        let mut any = 0;
        for (color, place) in colors[..count].iter_mut().zip(places) {
            *color = table_colors[place as usize];
            any |= *color;
        }
        if any == 0 {
            continue;
        }
        match alpha {
            Alpha::Same(255) if table.opaque => {
                for (pixel, color) in block.chunks_exact_mut(4).zip(&colors) {
                    pixel.copy_from_slice(&color.to_le_bytes());
                }
                continue;
            }
            Alpha::Same(255) => {}
            Alpha::Same(share) => {
                for color in &mut colors[..count] {
                    *color = scaled(*color, share);
                }
            }
            Alpha::Each(shares) => {
                for (color, share) in colors.iter_mut().zip(&shares[number * BLOCK..][..count]) {
                    *color = scaled(*color, *share);
                }
            }
        }
        many(block, &colors[..count]);
    }
}
