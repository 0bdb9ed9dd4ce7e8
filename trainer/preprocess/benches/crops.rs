//! What the crops of a picture cost, beside Pillow and NumPy doing the same.
//!
//! `cargo bench -p pixmo-preprocess -- [--rounds N] [--python FILE]`
//!
//! From pixels to normalised patches with their masks and tokens, on one thread; decoding is not in it. Times are of the
//! processor, the least of the rounds. The peer resizes with Pillow's C code, in bytes and not in floats, and does the rest
//! with NumPy; it needs a Python with both, by default that of `tests/setup.sh`, and says `skipped, because …` without.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock and where Python is")]

#[path = "../../../tests/benches/shared/stopwatch.rs"]
mod clock;

use std::error::Error;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::Command;

use pixmo_preprocess::crops::crops;
use pixmo_preprocess::{ImageTokens, Picture, Vision};

use clock::{Stopwatch, clock_of_processor, wall};

/// Pictures ask for large pieces of memory again and again: what programs that cut many of them use.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Milliseconds that a round lasts at least: the clock of the processor goes in steps of about 4.
const ROUND_MS: f64 = 400.0;
/// Width and height of what is measured: a photograph of the web, and one that fills 36 crops.
const SIZES: [(usize, usize); 2] = [(1024, 768), (2400, 1800)];

fn picture(width: usize, height: usize) -> Result<Picture, Box<dyn Error>> {
    let pixels = (0..width * height).flat_map(|at| {
        let (x, y) = (at % width, at / width);
        [(x * 7 + y) as u8, (x ^ y) as u8, (x * y / 64) as u8]
    });
    Ok(Picture::new(width, height, pixels.collect())?)
}

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

fn main() -> Result<(), Box<dyn Error>> {
    let mut rounds = 5;
    let mut python = std::env::var_os("HOME")
        .map(|home| PathBuf::from(home).join(".cache/pixmo/python/datasets-5.2/bin/python"));
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rounds" => rounds = arguments.next().ok_or("--rounds needs a number")?.parse()?,
            "--python" => python = arguments.next().map(PathBuf::from),
            "--bench" => {}
            other => return Err(format!("unknown argument `{other}`; --rounds N, --python FILE").into()),
        }
    }
    let mut out = stdout().lock();
    if wall() {
        writeln!(out, "times are of the clock, because the system does not tell those of the processor")?;
    }
    for (width, height) in SIZES {
        let picture = picture(width, height)?;
        for crops_max in [12, 36] {
            let vision = Vision::clip(crops_max);
            let ids = ImageTokens::from_base(152_064);
            let count = crops(&picture, &vision, ids).count;
            let ours = least_ms(rounds, || {
                black_box(crops(black_box(&picture), &vision, ids));
            });
            let peer = peer(python.as_ref(), width, height, crops_max, rounds);
            let theirs = match &peer {
                Ok(ms) => format!("{ms:.1} ms by Pillow and NumPy, {:.1} times ours", ms / ours),
                Err(why) => format!("skipped, because {why}"),
            };
            writeln!(
                out,
                "{width} x {height}, at most {crops_max} crops ({count}): {ours:.2} ms, {:.0} pictures/s; {theirs}",
                1000.0 / ours
            )?;
            let json = format!(
                "{{\"width\":{width},\"height\":{height},\"crops_max\":{crops_max},\"crops\":{count},\"ms\":{ours:.3},\"peer_ms\":{}}}",
                peer.map_or_else(|_| "null".to_owned(), |ms| format!("{ms:.3}"))
            );
            writeln!(out, "{json}")?;
        }
    }
    Ok(())
}

/// Milliseconds of the peer for a picture of the same size.
fn peer(
    python: Option<&PathBuf>,
    width: usize,
    height: usize,
    crops_max: usize,
    rounds: u32,
) -> Result<f64, String> {
    let python =
        python.filter(|python| python.is_file()).ok_or("there is no Python; run `tests/setup.sh`")?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/benches/crops_peer.py");
    let said = Command::new(python)
        .arg(script)
        .args([width, height, crops_max, rounds as usize].map(|number| number.to_string()))
        .output()
        .map_err(|error| format!("{} does not run: {error}", python.display()))?;
    let text = String::from_utf8_lossy(&said.stdout);
    text.trim().parse().map_err(|_| {
        let error = String::from_utf8_lossy(&said.stderr);
        format!("the peer failed: {}", error.lines().last().unwrap_or("it said nothing"))
    })
}
