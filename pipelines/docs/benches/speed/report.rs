//! What was measured, for people and for programs.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::ask::Peers;
use crate::steps::Step;

/// What was measured of one config.
pub(crate) struct ConfigSpeed {
    pub(crate) config: &'static str,
    pub(crate) tasks: u64,
    pub(crate) kept: u64,
    /// How many of the kept pictures came out the same in steps.
    pub(crate) replayed: usize,
    /// Parquet of the three configs.
    pub(crate) bytes_each: f64,
    /// Kept pictures a second.
    pub(crate) rate: f64,
    /// Whether the rate is by processor time; else by time as it passed.
    pub(crate) is_processor_time: bool,
    /// Milliseconds a kept picture, all in.
    pub(crate) whole_ms: f64,
    /// Milliseconds a kept picture by step.
    pub(crate) times: Vec<(Step, f64)>,
}

impl ConfigSpeed {
    /// What no step accounts for.
    fn rest_ms(&self) -> f64 {
        self.whole_ms - self.times.iter().map(|(_, ms)| ms).sum::<f64>()
    }

    /// The whole against raster and encoding alone.
    fn ratio(&self) -> f64 {
        let alone =
            |(step, ms): &(Step, f64)| if matches!(step, Step::Raster | Step::Encode) { *ms } else { 0.0 };
        self.whole_ms / self.times.iter().map(alone).sum::<f64>()
    }
}

pub(crate) fn table(
    out: &mut impl Write,
    rounds: usize,
    configs: &[ConfigSpeed],
    peers: Option<&Peers>,
) -> io::Result<()> {
    writeln!(out, "milliseconds a kept picture on one thread, least of {rounds} rounds\n")?;
    write!(out, "{:<10}{:>12}{:>8}", "config", "pictures/s", "whole")?;
    for (step, _) in &configs[0].times {
        write!(out, "{:>10}", step.name())?;
    }
    writeln!(out, "{:>8}{:>8}{:>10}{:>10}{:>9}", "rest", "ratio", "kept", "in steps", "KiB")?;
    for c in configs {
        write!(out, "{:<10}{:>12.1}{:>8.2}", c.config, c.rate, c.whole_ms)?;
        for (_, ms) in &c.times {
            write!(out, "{ms:>10.2}")?;
        }
        let kept = format!("{}/{}", c.kept, c.tasks);
        let kib = c.bytes_each / 1024.0;
        writeln!(out, "{:>8.2}{:>8.2}{kept:>10}{:>10}{kib:>9.1}", c.rest_ms(), c.ratio(), c.replayed)?;
    }
    let clock =
        if configs.iter().all(|c| c.is_processor_time) { "processor time" } else { "time as it passed" };
    writeln!(out, "\npictures/s: by {clock}, median round; ratio: whole against raster and encode alone")?;
    if let Some(peers) = peers {
        writeln!(out, "\none grouped bar chart of 800 x 600 as PNG, warm, processor ms")?;
        peers.table(out)?;
    }
    Ok(())
}

pub(crate) fn json(
    out: &mut impl Write,
    rounds: usize,
    configs: &[ConfigSpeed],
    peers: Option<&Peers>,
) -> io::Result<()> {
    let of_config = |c: &ConfigSpeed| {
        let steps: Map<String, Value> =
            c.times.iter().map(|(step, ms)| (step.name().to_owned(), json!(ms))).collect();
        json!({
            "config": c.config,
            "tasks": c.tasks,
            "kept": c.kept,
            "replayed": c.replayed,
            "pictures_per_second": c.rate,
            "by_processor_time": c.is_processor_time,
            "whole_ms": c.whole_ms,
            "steps_ms": steps,
            "rest_ms": c.rest_ms(),
            "ratio_to_raster_and_encode": c.ratio(),
            "bytes": c.bytes_each,
        })
    };
    let peers = peers.map(Peers::json);
    let configs: Vec<Value> = configs.iter().map(of_config).collect();
    writeln!(out, "{}", json!({ "rounds": rounds, "configs": configs, "peers": peers }))
}
