//! How long it takes to find all near hashes among many, in how much memory, and how many of the planted pairs are found.
//!
//! `cargo bench -p pixmo-near --bench scale -- [--hashes N] [--threads N] [--bits 256|64] [--distance N] [--json]`
//!
//! Hashes are random; into them, for each distance from 0 to 8 beyond the promised one, 200 pairs of that distance are
//! planted. *Hot* is the same with a hundredth of the hashes of which all but 24 bits are the same, as those of logos and of
//! nearly flat pictures are. *Views* are hashes to be found among the others, as those of crops are.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks the clock")]

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::time::Instant;

use clap::Parser;
use pixmo_near::{Hash, Index, Pair};
use serde_json::{Value, json};

/// Measure the search for near hashes
#[derive(Parser)]
struct Args {
    /// Hashes to search among
    #[arg(long, value_name = "N")]
    hashes: Option<usize>,
    /// Threads
    #[arg(long, value_name = "N", default_value_t = 1)]
    threads: usize,
    /// Bits of a hash: 256 or 64
    #[arg(long, value_name = "N", default_value_t = 256)]
    bits: u32,
    /// The promised distance
    #[arg(long, value_name = "N")]
    distance: Option<u32>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// What `cargo bench` says; without it a few hashes show that the benchmark runs
    #[arg(long, hide = true)]
    bench: bool,
}

const PAIRS_EACH: usize = 200;
const BEYOND: u32 = 8;

struct Draws(u64);

impl Draws {
    /// By SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn hash<const WORDS: usize>(&mut self) -> [u64; WORDS] {
        std::array::from_fn(|_| self.next())
    }

    /// A hash with so many bits changed.
    fn near<const WORDS: usize>(&mut self, from: [u64; WORDS], bits: u32) -> [u64; WORDS] {
        let mut near = from;
        let mut changed = 0;
        while changed < bits {
            let bit = (self.next() % (64 * WORDS as u64)) as usize;
            if (near[bit / 64] ^ from[bit / 64]) >> (bit % 64) & 1 == 0 {
                near[bit / 64] ^= 1 << (bit % 64);
                changed += 1;
            }
        }
        near
    }
}

/// A planted pair and its distance.
type Planted<const WORDS: usize> = (Hash<WORDS>, Hash<WORDS>, u32);

fn planted<const WORDS: usize>(count: usize, distance: u32) -> (Vec<Hash<WORDS>>, Vec<Planted<WORDS>>) {
    let mut draws = Draws(7);
    let mut all: Vec<Hash<WORDS>> = (0..count).map(|_| Hash::new(draws.hash())).collect();
    let mut pairs = Vec::new();
    let each = PAIRS_EACH.min(count / 2 / (distance + BEYOND + 1) as usize);
    for bits in 0..=distance + BEYOND {
        for _ in 0..each {
            let place = pairs.len() * 2;
            let near = draws.near(*all[place].words(), bits);
            all[place + 1] = Hash::new(near);
            pairs.push((all[place], all[place + 1], bits));
        }
    }
    (all, pairs)
}

/// The share of planted pairs that were found, within the promised distance and for each bit beyond it.
fn recall<const WORDS: usize>(
    index: &Index<WORDS>,
    pairs: &[Pair],
    planted: &[Planted<WORDS>],
    distance: u32,
) -> (f64, Vec<f64>) {
    let number = |hash: &Hash<WORDS>| index.hashes().binary_search(hash).ok().map(|n| n as u32);
    let is_found = |(one, other, _): &Planted<WORDS>| {
        let (Some(one), Some(other)) = (number(one), number(other)) else {
            return false;
        };
        let (one, other) = (one.min(other), one.max(other));
        one == other || pairs.binary_search_by_key(&(one, other), |pair| (pair.one, pair.other)).is_ok()
    };
    let share = |wanted: &dyn Fn(u32) -> bool| {
        let of: Vec<bool> = planted.iter().filter(|(.., bits)| wanted(*bits)).map(is_found).collect();
        of.iter().filter(|found| **found).count() as f64 / of.len().max(1) as f64
    };
    (
        share(&|bits| bits <= distance),
        (1..=BEYOND).map(|more| share(&|bits| bits == distance + more)).collect(),
    )
}

/// Megabytes at most, and now, where the system tells.
fn memory_mb() -> (f64, f64) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok())
            .map_or(f64::NAN, |kb| kb / 1e3)
    };
    (of("VmHWM:"), of("VmRSS:"))
}

fn measure<const WORDS: usize>(args: &Args, count: usize, distance: u32) -> Vec<Value> {
    let mut lines = Vec::new();
    let (mut all, pairs) = planted::<WORDS>(count, distance);
    for is_hot in [false, true] {
        if is_hot {
            let mut draws = Draws(9);
            let ground = draws.hash::<WORDS>();
            for place in all.iter_mut().rev().take(count / 100) {
                let bits = 24.min(8 * WORDS as u32);
                *place = Hash::new(draws.near(ground, bits));
            }
        }
        let clock = Instant::now();
        let index = Index::new(&all, distance);
        let built_s = clock.elapsed().as_secs_f64();
        let clock = Instant::now();
        let joined = index.join(args.threads);
        let joined_s = clock.elapsed().as_secs_f64();
        let (within, beyond) = recall(&index, &joined.pairs, &pairs, distance);
        let mut line = json!({
            "bits": 64 * WORDS, "hashes": count, "distance": distance, "threads": args.threads, "hot": is_hot,
            "build_s": built_s, "join_s": joined_s, "compared": joined.compared, "pairs": joined.pairs.len(),
            "recall_within": within, "recall_beyond": beyond, "memory_max_mb": memory_mb().0, "memory_mb": memory_mb().1,
            "left_out": joined.capped.left_out, "hot_buckets": joined.capped.buckets.len(),
        });
        if !is_hot {
            let mut draws = Draws(11);
            let views: Vec<Hash<WORDS>> = (0..count.min(1 << 22)).map(|_| Hash::new(draws.hash())).collect();
            let clock = Instant::now();
            let found = index.join_with(&views, args.threads);
            line["views"] = json!(views.len());
            line["views_s"] = json!(clock.elapsed().as_secs_f64());
            line["views_found"] = json!(found.pairs.len());
            let clock = Instant::now();
            let some = 2_000.min(views.len());
            let found: usize = views[..some].iter().map(|view| index.search(view, distance).len()).sum();
            line["search_us"] = json!(clock.elapsed().as_secs_f64() * 1e6 / some as f64);
            line["search_found"] = json!(found);
        }
        lines.push(line);
    }
    lines
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let count = args.hashes.unwrap_or(if args.bench { 10_000_000 } else { 20_000 });
    let lines = match args.bits {
        256 => measure::<4>(&args, count, args.distance.unwrap_or(31)),
        64 => measure::<1>(&args, count, args.distance.unwrap_or(8)),
        other => return Err(format!("`--bits` is {other}, expected 256 or 64").into()),
    };
    let mut out = io::stdout().lock();
    if args.json {
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        return Ok(());
    }
    writeln!(
        out,
        "| hashes | bits | distance | threads | index s | join s | compared | pairs | found within | memory MB | left out | views | views s | search µs |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")?;
    for line in &lines {
        let hot = if line["hot"] == true { " (1 % hot)" } else { "" };
        let number = |key: &str| line[key].as_f64().map_or("".to_owned(), |value| format!("{value:.1}"));
        writeln!(
            out,
            "| {}{hot} | {} | {} | {} | {} | {} | {:.2e} | {} | {:.4} | {:.0} | {:.2e} | {} | {} | {} |",
            line["hashes"],
            line["bits"],
            line["distance"],
            line["threads"],
            number("build_s"),
            number("join_s"),
            line["compared"].as_f64().unwrap_or(0.0),
            line["pairs"],
            line["recall_within"].as_f64().unwrap_or(0.0),
            line["memory_max_mb"].as_f64().unwrap_or(0.0),
            line["left_out"].as_f64().unwrap_or(0.0),
            line["views"],
            number("views_s"),
            number("search_us"),
        )?;
    }
    let beyond = &lines[0]["recall_beyond"];
    writeln!(out, "\nFound beyond the promised distance, for each bit more: {beyond}")?;
    Ok(())
}
