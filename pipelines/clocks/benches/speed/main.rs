//! How fast pictures of clocks are made, where the time goes, and what others need for a plainer clock.
//!
//! `cargo bench -p pixmo-clocks -- [--pictures N] [--rounds N] [--only STYLE] [--json] [--no-peers]`
//!
//! *Whole* is what a build does for a task on one thread: [`Stage::make`], then [`Stage::emit`] into Parquet that is encoded
//! and kept nowhere. Each picture is then made once more with a stopwatch at each step, by the same code; what no step
//! accounts for is `rest`: labels, questions, parameters as JSON. Times are the least of the rounds for each
//! task, so that another program on the machine does not count; the rate is by the processor time of the median round
//! where the system tells it. All pictures are 512 pixels wide and high.

#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark asks the clock, and where the peers are installed"
)]

#[path = "../../../../tests/benches/shared/ask.rs"]
mod ask;
#[path = "../../../../tests/benches/shared/stopwatch.rs"]
mod clock;
mod report;

use std::error::Error;

use clap::Parser;
use mimalloc::MiMalloc;
use pixmo_clocks::picture::{self, Kept, Step};
use pixmo_clocks::settings::Settings;
use pixmo_clocks::stage::Clocks;
use pixmo_schemas::Dataset;
use pixmo_stage::{Context, Emit, Group, Outcome, Part, Split, Stage, Task, Worker};
use serde_json::json;

use ask::{Peers, ask};
use clock::{Stopwatch, clock_of_processor, wall};
use report::StyleSpeed;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Measure the making of pictures
#[derive(Parser)]
struct Args {
    /// Pictures of each style
    #[arg(long, value_name = "N")]
    pictures: Option<u64>,
    /// How often each is made
    #[arg(long, value_name = "N")]
    rounds: Option<usize>,
    /// Only this style: clean, wild or mixed
    #[arg(long, value_name = "STYLE")]
    only: Option<String>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Do not run matplotlib, Pillow and cairocffi
    #[arg(long)]
    no_peers: bool,
    /// What `cargo bench` says; without it a few pictures show that the benchmark runs
    #[arg(long, hide = true)]
    bench: bool,
}

/// The seed of all that is drawn here.
const SEED: u64 = 7;
/// Width and height of all pictures.
const SIDE: u32 = 512;
/// Styles by their share of pictures that look like photographs; the last is the default of a build.
const STYLES: [(&str, f64); 3] = [("clean", 0.0), ("wild", 1.0), ("mixed", 0.5)];
/// All steps, in their order.
const STEPS: [Step; 5] = [Step::Design, Step::Scene, Step::Raster, Step::Photo, Step::Encode];

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let (pictures, rounds) = if args.bench { (400, 3) } else { (6, 1) };
    let (pictures, rounds) = (args.pictures.unwrap_or(pictures).max(1), args.rounds.unwrap_or(rounds).max(1));
    let mut styles = Vec::new();
    for (style, wild_share) in STYLES {
        if args.only.as_deref().is_none_or(|only| only == style) {
            styles.push(measure(style, wild_share, pictures, rounds)?);
        }
    }
    if styles.is_empty() {
        return Err("no such style; they are `clean`, `wild`, `mixed`".into());
    }
    let peers = if args.no_peers { None } else { Some(peers(if args.bench { 40 } else { 2 })?) };
    let mut out = std::io::stdout().lock();
    if args.json {
        report::json(&mut out, rounds, &styles, peers.as_ref())?;
    } else {
        report::table(&mut out, rounds, &styles, peers.as_ref())?;
    }
    Ok(())
}

fn clocks(wild_share: f64, bodies: &[&str]) -> Result<Clocks, Box<dyn Error>> {
    let bodies = bodies.iter().map(|body| (*body).to_owned()).collect();
    let settings = Settings { wild_share, side_min: SIDE, side_max: SIDE, bodies, ..Settings::default() };
    Ok(Clocks::open(settings, &Context::new(Dataset::Clocks, SEED, "data"))?)
}

fn measure(
    style: &'static str,
    wild_share: f64,
    pictures: u64,
    rounds: usize,
) -> Result<StyleSpeed, Box<dyn Error>> {
    let clocks = clocks(wild_share, &[])?;
    let group = Group { config: "default", split: Split::Train, tasks: pictures };
    let tasks: Vec<Task> = (0..pictures).map(|i| Task::new(SEED, Dataset::Clocks, &group, i)).collect();
    let part = Part { config: "default", split: Split::Train, file: 0, files: 1, tasks: 0..pictures };
    let mut whole_ms = vec![f64::INFINITY; tasks.len()];
    let mut steps_ms = vec![[f64::INFINITY; STEPS.len()]; tasks.len()];
    let (mut write_ms, mut bytes) = (f64::INFINITY, 0);
    let mut processor = Vec::new();
    // What is read once in the life of a program: fonts and glyphs.
    let mut warm = Kept::default();
    for task in &tasks {
        picture::make(&clocks.order(task), &mut warm);
    }
    for _ in 0..rounds {
        let began = clock_of_processor();
        let (mut worker, mut kept) = (Worker::new(), Kept::default());
        let mut out = Emit::measuring(&clocks.configs(), "default")?;
        let (mut writing, mut again) = (0.0, 0.0);
        for (index, task) in tasks.iter().enumerate() {
            let watch = Stopwatch::start();
            let Outcome::Keep(row) = clocks.make(task, &mut worker)?;
            whole_ms[index] = whole_ms[index].min(watch.ms());
            let watch = Stopwatch::start();
            clocks.emit(&part, row, &mut out)?;
            writing += watch.ms();
            // At once, so that both meet the machine as it is.
            let begun = clock_of_processor();
            let mut times = [0.0; STEPS.len()];
            let mut watch = Stopwatch::start();
            picture::make_noting(&clocks.order(task), &mut kept, &mut |step| {
                times[step as usize] += watch.ms();
                watch = Stopwatch::start();
            });
            for (least, time) in steps_ms[index].iter_mut().zip(times) {
                *least = least.min(time);
            }
            again += clock_of_processor() - begun;
        }
        let watch = Stopwatch::start();
        bytes = out.measured_bytes()?;
        write_ms = write_ms.min(writing + watch.ms());
        processor.push(clock_of_processor() - began - again);
    }
    processor.sort_by(f64::total_cmp);
    let each = 1.0 / pictures as f64;
    let step = |at: usize| steps_ms.iter().map(|times| times[at]).sum::<f64>() * each;
    Ok(StyleSpeed {
        style,
        pictures,
        bytes_each: bytes as f64 * each,
        rate: pictures as f64 / (processor[processor.len() / 2] / 1e3),
        is_processor_time: !wall(),
        whole_ms: (whole_ms.iter().sum::<f64>() + write_ms) * each,
        steps_ms: std::array::from_fn(step),
        write_ms: write_ms * each,
    })
}

/// What a wall clock costs us when nothing is kept of the last one, and what a plainer one costs others.
fn peers(rounds: u32) -> Result<Peers, Box<dyn Error>> {
    let clocks = clocks(0.0, &["wall-clock"])?;
    let times = u64::from(rounds) * 10;
    let group = Group { config: "default", split: Split::Train, tasks: times };
    let began = clock_of_processor();
    for index in 0..times {
        let task = Task::new(SEED, Dataset::Clocks, &group, index);
        std::hint::black_box(picture::make(&clocks.order(&task), &mut Kept::default()));
    }
    let ours_ms = (clock_of_processor() - began) / times as f64;
    let request = json!({ "size": SIDE, "hour": 10, "minute": 8, "second": 36, "rounds": rounds });
    let others = ask("clock_peers.py", &["matplotlib", "Pillow", "cairocffi"], &request);
    Ok(Peers { ours_ms, others })
}
