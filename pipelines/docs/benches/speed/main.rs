//! How fast pictures are made, where the time goes, and what others need for the same chart.
//!
//! `cargo bench -p pixmo-docs -- [--pictures N] [--rounds N] [--only CONFIG] [--json] [--no-peers]`
//!
//! *Whole* is what a build does for a task on one thread: [`Stage::make`] with all that is drawn anew or dropped, then
//! [`Stage::emit`] into Parquet that is encoded and kept nowhere. Then each kept picture is made once more in steps
//! (`steps`), which must give the same PNG; what no step accounts for is `rest`: pictures drawn anew, tasks dropped,
//! truth, hashes. Times of whole and steps are the least of the rounds for each task, so that another program on
//! the machine does not count; the rate is by the processor time of the median round where the system tells it.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark asks the clock, and where the peers are installed"
)]

#[path = "../../../../tests/benches/shared/ask.rs"]
mod ask;
#[path = "../../../../tests/benches/shared/stopwatch.rs"]
mod clock;
mod peers;
mod report;
mod steps;

use std::error::Error;

use clap::Parser;
use mimalloc::MiMalloc;
use pixmo_docs::picture::{self, Shelf};
use pixmo_docs::settings::Settings;
use pixmo_docs::stage::Docs;
use pixmo_schemas::Dataset;
use pixmo_stage::{Context, Emit, Group, Outcome, Part, Split, Stage, Task, Worker};

use clock::{Stopwatch, clock_of_processor, wall};
use report::ConfigSpeed;
use steps::{Step, Steps};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measure the making of pictures
#[derive(Parser)]
struct Args {
    /// Pictures of each config
    #[arg(long, value_name = "N")]
    pictures: Option<u64>,
    /// How often each is made
    #[arg(long, value_name = "N")]
    rounds: Option<usize>,
    /// Only this config
    #[arg(long, value_name = "CONFIG")]
    only: Option<String>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Do not run matplotlib and CairoSVG
    #[arg(long)]
    no_peers: bool,
    /// What `cargo bench` says; without it a few pictures show that the benchmark runs
    #[arg(long, hide = true)]
    bench: bool,
}

/// The seed of all that is drawn here.
const SEED: u64 = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let (pictures, rounds) = if args.bench { (200, 3) } else { (4, 1) };
    let (pictures, rounds) = (args.pictures.unwrap_or(pictures).max(1), args.rounds.unwrap_or(rounds).max(1));
    let docs = Docs::open(Settings::default(), &Context::new(Dataset::Docs, SEED, "data"))?;
    let mut configs = Vec::new();
    for shelf in Shelf::ALL.into_iter().filter(|s| args.only.as_deref().is_none_or(|o| o == s.config())) {
        configs.push(measure(&docs, shelf, pictures, rounds)?);
    }
    if configs.is_empty() {
        return Err("no such config; they are `charts`, `tables`, `diagrams`, `other`".into());
    }
    let peers = if args.no_peers { None } else { Some(peers::measure(if args.bench { 40 } else { 2 })?) };
    let mut out = std::io::stdout().lock();
    if args.json {
        report::json(&mut out, rounds, &configs, peers.as_ref())?;
    } else {
        report::table(&mut out, rounds, &configs, peers.as_ref())?;
    }
    Ok(())
}

/// Least milliseconds seen for something.
#[derive(Clone, Copy)]
struct Least(f64);

impl Least {
    fn see(&mut self, ms: f64) {
        self.0 = self.0.min(ms);
    }
}

fn measure(docs: &Docs, shelf: Shelf, pictures: u64, rounds: usize) -> Result<ConfigSpeed, Box<dyn Error>> {
    let group = Group { config: shelf.config(), split: Split::Train, tasks: pictures };
    let tasks: Vec<Task> = (0..pictures).map(|i| Task::new(SEED, Dataset::Docs, &group, i)).collect();
    let part = Part { config: shelf.config(), split: Split::Train, file: 0, files: 1, tasks: 0..pictures };
    let mut made_ms = vec![Least(f64::INFINITY); tasks.len()];
    let mut written_ms = vec![Least(0.0); tasks.len()];
    let mut steps = Steps::new(tasks.len());
    let mut ended_ms = Least(f64::INFINITY);
    let (mut processor, mut kept, mut bytes) = (Vec::new(), 0, 0);
    let mut worker = Worker::new();
    // Also warms what is read once in the life of a program: fonts, word banks, glyphs. Pages that Typst remembers from
    // here are forgotten by the time they are set again.
    let mut originals = Vec::new();
    for (index, task) in tasks.iter().enumerate() {
        let order = docs.order(task).ok_or("a task of an unknown config")?;
        originals.extend(picture::make(&order).ok().map(|made| (index, order, made)));
    }
    for round in 0..rounds {
        let began = clock_of_processor();
        let mut out = Emit::measuring(&docs.configs(), shelf.config())?;
        kept = 0;
        for (index, task) in tasks.iter().enumerate() {
            let watch = Stopwatch::start();
            let outcome = docs.make(task, &mut worker)?;
            made_ms[index].see(watch.ms());
            if let Outcome::Keep(row) = outcome {
                kept += 1;
                let watch = Stopwatch::start();
                docs.emit(&part, row, &mut out)?;
                let ms = watch.ms();
                if round == 0 { written_ms[index] = Least(ms) } else { written_ms[index].see(ms) }
            }
        }
        let watch = Stopwatch::start();
        bytes = out.measured_bytes()?;
        ended_ms.see(watch.ms());
        processor.push(clock_of_processor() - began);
        for (index, order, made) in &originals {
            steps.take(*index, order, made);
        }
        steps.end_round();
    }
    if kept == 0 {
        return Err(format!("no picture of `{}` could be made", shelf.config()).into());
    }
    processor.sort_by(f64::total_cmp);
    let sum = |list: &[Least]| list.iter().map(|least| least.0).sum::<f64>();
    let write = sum(&written_ms) + ended_ms.0;
    let each = 1.0 / kept as f64;
    let whole_ms = (sum(&made_ms) + write) * each;
    let mut times = steps.mean_ms();
    times.push((Step::Write, write * each));
    Ok(ConfigSpeed {
        config: shelf.config(),
        tasks: pictures,
        kept,
        replayed: steps.replayed(),
        bytes_each: bytes as f64 * each,
        rate: kept as f64 / (processor[processor.len() / 2] / 1e3),
        is_processor_time: !wall(),
        whole_ms,
        times,
    })
}
