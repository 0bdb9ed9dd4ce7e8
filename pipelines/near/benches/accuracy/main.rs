//! What is found and what is kept apart: real files with planted changes, and pictures that only look alike.
//!
//! `cargo bench -p pixmo-near --bench accuracy -- [--planted FOLDER] [--folder FOLDER …] [--tune] [--json]`
//!
//! `tests/benches/near_plant.py` plants, with the encoders of Pillow: changed copies of photographs and rendered pictures, and
//! look-alikes (the same chart with other values, the same clock at another time, other windows of the same scene). Half of the
//! originals is for choosing the numbers of [`Rule`] (`--tune` prints how that half does with others), the other half
//! for the report. All pictures of a half go through [`clusters`] at once. A copy counts as found when it is in the cluster of
//! its original; a member counts as wrong when it is not the picture that its cluster keeps.

#![expect(clippy::disallowed_methods, reason = "a benchmark asks where Python is")]

mod planted;
mod report;

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Parser;
use pixmo_near::{Rule, clusters};
use serde_json::json;

use planted::Planted;
use report::Report;

/// Measure what is found and what is kept apart
#[derive(Parser)]
struct Args {
    /// A folder that `near_plant.py` wrote; without it one is made
    #[arg(long, value_name = "FOLDER")]
    planted: Option<PathBuf>,
    /// More pictures to plant in; those of a folder with `clocks` in its name are rendered
    #[arg(long, value_name = "FOLDER")]
    folder: Vec<PathBuf>,
    /// Say how the other half does with other numbers
    #[arg(long)]
    tune: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// What `cargo bench` says; without it nothing is planted
    #[arg(long, hide = true)]
    bench: bool,
}

/// The report of one half under a rule.
fn report(planted: &Planted, half: u8, rule: &Rule) -> Report {
    let (items, pictures, looks) = planted.half(half);
    let Ok(clustering) = clusters(&pictures, looks.as_slice(), rule, 2);
    Report::new(&items, &clustering)
}

/// Rules around the default one, each with one number changed, and what is changed.
fn others() -> Vec<(String, Rule)> {
    let base = Rule::default();
    let mut all = vec![("as it is".to_owned(), base)];
    for bits in [15, 23, 27, 35, 39, 47] {
        all.push((format!("fine_bits_max {bits}"), Rule { fine_bits_max: bits, ..base }));
    }
    for bits in [4, 6, 7, 9, 10, 12] {
        all.push((format!("coarse_bits_max {bits}"), Rule { coarse_bits_max: bits, ..base }));
    }
    for least in [0.7, 0.8, 0.9, 0.95] {
        all.push((format!("whole_likeness_min {least}"), Rule { whole_likeness_min: least, ..base }));
    }
    for most in [0.1, 0.15, 0.2, 0.3, 0.35, 0.4] {
        all.push((format!("whole_peak_max {most}"), Rule { whole_peak_max: most, ..base }));
    }
    for least in [0.8, 0.85, 0.95, 0.97] {
        all.push((format!("part_likeness_min {least}"), Rule { part_likeness_min: least, ..base }));
    }
    for most in [0.15, 0.2, 0.25, 0.35, 0.4] {
        all.push((format!("part_peak_max {most}"), Rule { part_peak_max: most, ..base }));
    }
    let blind = Rule {
        whole_likeness_min: -1.0,
        whole_peak_max: f64::MAX,
        part_likeness_min: -1.0,
        part_peak_max: f64::MAX,
        ..base
    };
    all.push(("no second look".to_owned(), blind));
    all.push(("no second look, whole pictures alone".to_owned(), Rule { coarse_bits_max: 0, ..blind }));
    all
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let mut out = io::stdout().lock();
    if !args.bench && args.planted.is_none() {
        writeln!(
            out,
            "skipped, because planting takes minutes: `cargo bench -p pixmo-near --bench accuracy`"
        )?;
        return Ok(());
    }
    let planted = match Planted::read_or_make(args.planted.as_deref(), &args.folder)? {
        Ok(planted) => planted,
        Err(why) => {
            writeln!(out, "skipped, because {why}")?;
            return Ok(());
        }
    };
    if args.tune {
        writeln!(
            out,
            "| rule | copies found, % | wrong members | look-alike pairs joined |\n|---|---|---|---|"
        )?;
        for (name, rule) in others() {
            let report = report(&planted, 0, &rule);
            let (found, wrong, joined) = (report.found_percent(), report.wrong, report.joined());
            writeln!(out, "| {name} | {found:.2} | {wrong} | {joined} |")?;
        }
        return Ok(());
    }
    let halves = [0, 1].map(|half| report(&planted, half, &Rule::default()));
    if args.json {
        writeln!(out, "{}", json!({ "tuning": halves[0].json(), "report": halves[1].json() }))?;
        return Ok(());
    }
    halves[1].table(&halves[0], &mut out)?;
    Ok(())
}
