//! What a picture costs: decoding, looking, a copy of 256 pixels as JPEG.
//!
//! `cargo bench -p pixmo-pictures -- [--rounds N] [--keep FILE] [FILE…]`
//!
//! Without files it takes a grainy drawing of 320 x 240 pixels, coded to about 23 kB; `--keep` writes that one down, so that
//! `tests/benches/picture_peers.py FILE` can measure Pillow with libjpeg-turbo on the same bytes. Times are of the processor
//! where the system tells them, the least of the rounds, each of which is many pictures long.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

#[path = "../../../../tests/benches/shared/stopwatch.rs"]
mod clock;

use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};

use pixmo_pictures::{Decoded, Limits, decode, encode_jpeg, look, notes, shrink};
use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

use clock::{Stopwatch, clock_of_processor, wall};

/// Milliseconds that a round lasts at least: the clock of the processor goes in steps of about 4.
const ROUND_MS: f64 = 300.0;
/// Quality of derived copies.
const QUALITY: u8 = 85;

/// The least milliseconds that one turn of some work takes.
fn least_ms(rounds: u32, mut work: impl FnMut()) -> f64 {
    work();
    let mut least = f64::MAX;
    for _ in 0..rounds {
        let (begun, watch) = (clock_of_processor(), Stopwatch::start());
        let mut turns = 0;
        while watch.ms() < ROUND_MS {
            work();
            turns += 1;
        }
        least = least.min((clock_of_processor() - begun) / f64::from(turns));
    }
    least
}

/// Waves, edges and grain, so that its code is as long as that of a photograph.
fn drawing() -> Vec<u8> {
    let (width, height) = (320u32, 240u32);
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let grain = (random.next_u32() % 28) as i32 - 14;
            let wave = libm::sin(f64::from(x) / 17.0) * libm::cos(f64::from(y) / 23.0) * 60.0;
            let edge = if (x / 40 + y / 30) % 3 == 0 { 40 } else { 0 };
            let light = 110 + wave as i32 + edge + grain;
            pixels.extend([light + 20, light, light - 30].map(|value| value.clamp(0, 255) as u8));
        }
    }
    let plain = decode(&bmp_of(width, height, &pixels), &Limits::default()).expect("a bitmap");
    // The quality whose file comes nearest to 23 kB.
    let files = (50..96).map(|quality| encode_jpeg(&plain, quality));
    files.min_by_key(|file| file.len().abs_diff(23_000)).unwrap_or_default()
}

/// A bitmap with rows from the top; the width is a multiple of 4.
fn bmp_of(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let mut file = b"BM".to_vec();
    let numbers = [
        54 + pixels.len() as u32,
        0,
        54,
        40,
        width,
        (-(height as i32)) as u32,
        1 | 24 << 16,
        0,
        0,
        0,
        0,
        0,
        0,
    ];
    file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    file.extend(pixels.chunks_exact(3).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
    file
}

fn report(name: &str, file: &[u8], rounds: u32, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let limits = Limits::default();
    let picture: Decoded = decode(file, &limits)?;
    let (width, height) = (picture.width, picture.height);
    let small = shrink(&picture, 256);
    let decoding = least_ms(rounds, || drop(black_box(decode(black_box(file), &limits))));
    let noting = least_ms(rounds, || drop(black_box(notes(black_box(file)))));
    let looking = least_ms(rounds, || {
        black_box(look(black_box(&picture)));
    });
    let shrinking = least_ms(rounds, || drop(black_box(shrink(black_box(&picture), 256))));
    let encoding = least_ms(rounds, || drop(black_box(encode_jpeg(black_box(&small), QUALITY))));
    let pixels = f64::from(width) * f64::from(height);
    writeln!(out, "{name}: {width} x {height}, {} bytes", file.len())?;
    writeln!(out, "  decode  {decoding:>8.3} ms  {:>8.1} million pixels a second", pixels / decoding / 1e3)?;
    writeln!(out, "  notes   {noting:>8.3} ms")?;
    writeln!(out, "  look    {looking:>8.3} ms")?;
    writeln!(out, "  shrink  {shrinking:>8.3} ms  to {} x {}", small.width, small.height)?;
    writeln!(out, "  encode  {encoding:>8.3} ms")?;
    writeln!(out, "  decode, shrink, encode  {:>8.3} ms", decoding + shrinking + encoding)?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut rounds = 5;
    let mut keep = None;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => rounds = arguments.next().ok_or("--rounds wants a number")?.parse()?,
            "--keep" => keep = Some(arguments.next().ok_or("--keep wants a file")?),
            "--bench" => {}
            _ => files.push(argument),
        }
    }
    let mut out = stdout().lock();
    if wall() {
        writeln!(out, "the system does not tell times of the processor: these are times as they pass")?;
    }
    if files.is_empty() {
        let file = drawing();
        if let Some(keep) = keep {
            std::fs::write(keep, &file)?;
        }
        return report("drawing", &file, rounds, &mut out);
    }
    for name in files {
        report(&name, &std::fs::read(&name)?, rounds, &mut out)?;
    }
    Ok(())
}
