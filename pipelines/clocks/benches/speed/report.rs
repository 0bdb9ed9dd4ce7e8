//! What was measured, for people and for programs.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::ask::Peers;

/// Names of the steps that are timed.
const NAMES: [&str; 5] = ["design", "scene", "raster", "photo", "encode"];
/// Which of them are rasterising and encoding.
const RASTER_AND_ENCODE: [usize; 2] = [2, 4];

/// What was measured of one style.
pub(crate) struct StyleSpeed {
    pub(crate) style: &'static str,
    pub(crate) pictures: u64,
    /// Parquet of both configs.
    pub(crate) bytes_each: f64,
    /// Pictures a second.
    pub(crate) rate: f64,
    /// Whether the rate is by processor time; else by time as it passed.
    pub(crate) is_processor_time: bool,
    /// Milliseconds a picture, all in.
    pub(crate) whole_ms: f64,
    /// Milliseconds a picture by step.
    pub(crate) steps_ms: [f64; 5],
    /// Milliseconds a picture to Parquet.
    pub(crate) write_ms: f64,
}

impl StyleSpeed {
    /// What no step accounts for.
    fn rest_ms(&self) -> f64 {
        self.whole_ms - self.write_ms - self.steps_ms.iter().sum::<f64>()
    }

    /// The whole against raster and encoding alone.
    fn ratio(&self) -> f64 {
        self.whole_ms / RASTER_AND_ENCODE.iter().map(|step| self.steps_ms[*step]).sum::<f64>()
    }
}

pub(crate) fn table(
    out: &mut impl Write,
    rounds: usize,
    styles: &[StyleSpeed],
    peers: Option<&Peers>,
) -> io::Result<()> {
    writeln!(out, "milliseconds a picture of 512 x 512 on one thread, least of {rounds} rounds\n")?;
    write!(out, "{:<8}{:>12}{:>8}", "style", "pictures/s", "whole")?;
    for name in NAMES {
        write!(out, "{name:>8}")?;
    }
    writeln!(out, "{:>8}{:>8}{:>8}{:>10}{:>8}", "write", "rest", "ratio", "pictures", "KiB")?;
    for s in styles {
        write!(out, "{:<8}{:>12.1}{:>8.2}", s.style, s.rate, s.whole_ms)?;
        for ms in s.steps_ms {
            write!(out, "{ms:>8.2}")?;
        }
        let kib = s.bytes_each / 1024.0;
        writeln!(
            out,
            "{:>8.2}{:>8.2}{:>8.2}{:>10}{kib:>8.1}",
            s.write_ms,
            s.rest_ms(),
            s.ratio(),
            s.pictures
        )?;
    }
    let clock =
        if styles.iter().all(|s| s.is_processor_time) { "processor time" } else { "time as it passed" };
    writeln!(out, "\npictures/s: by {clock}, median round; ratio: whole against raster and encode alone")?;
    if let Some(peers) = peers {
        writeln!(out, "\none clock of 512 x 512 as PNG, nothing kept of the last, warm, processor ms")?;
        peers.table(out)?;
    }
    Ok(())
}

pub(crate) fn json(
    out: &mut impl Write,
    rounds: usize,
    styles: &[StyleSpeed],
    peers: Option<&Peers>,
) -> io::Result<()> {
    let of_style = |s: &StyleSpeed| {
        let steps: Map<String, Value> =
            NAMES.iter().zip(s.steps_ms).map(|(name, ms)| ((*name).to_owned(), json!(ms))).collect();
        json!({
            "style": s.style,
            "pictures": s.pictures,
            "pictures_per_second": s.rate,
            "by_processor_time": s.is_processor_time,
            "whole_ms": s.whole_ms,
            "steps_ms": steps,
            "write_ms": s.write_ms,
            "rest_ms": s.rest_ms(),
            "ratio_to_raster_and_encode": s.ratio(),
            "bytes": s.bytes_each,
        })
    };
    let peers = peers.map(Peers::json);
    let styles: Vec<Value> = styles.iter().map(of_style).collect();
    writeln!(out, "{}", json!({ "rounds": rounds, "styles": styles, "peers": peers }))
}
