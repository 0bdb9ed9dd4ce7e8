//! One grouped bar chart, 800 by 600 pixels, as PNG: drawn by us, by matplotlib from the same numbers, and by CairoSVG from
//! our own SVG of it. All warm, in processor time.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pixmo_render::{Cell, Column, Data, NumberFormat, Picture, Scene, Seed, Table, svg};
use pixmo_render_figures::chart::{self, ChartKind, ChartSpec, ValueLabels};
use pixmo_render_figures::look::Look;
use serde::Deserialize;
use serde_json::json;

use crate::clock::clock_of_processor;

const MONTHS: [&str; 8] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"];
const SERIES: [(&str, [f64; 8]); 3] = [
    ("Tea", [42.0, 38.5, 47.1, 51.9, 55.0, 61.3, 58.8, 49.7]),
    ("Coffee", [66.2, 71.8, 69.9, 74.4, 80.1, 77.6, 83.5, 88.0]),
    ("Cocoa", [31.5, 29.0, 24.8, 19.6, 12.3, 9.9, 8.4, 10.7]),
];
const TITLE: &str = "Cups sold by month";
const AXIS: &str = "Cups in thousands";
const SIZE: (u32, u32) = (800, 600);
/// Where the Python script is.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/benches/peers.py");

/// What each needs for the chart.
pub(crate) struct Peers {
    /// Milliseconds of ours: layout, raster, PNG.
    pub(crate) ours_ms: f64,
    /// Name with version, and milliseconds or why it was skipped.
    pub(crate) others: Vec<(String, Result<f64, String>)>,
}

/// One line of the script.
#[derive(Deserialize)]
struct Line {
    name: String,
    cpu_ms: Option<f64>,
    skipped: Option<String>,
}

pub(crate) fn measure(rounds: u32) -> Result<Peers, Box<dyn Error>> {
    let data = data();
    let look = Look::draw(&mut Seed::from_number(1).rng("look"));
    let draw = || -> Result<Scene, Box<dyn Error>> {
        let format = NumberFormat::plain(1);
        let spec = ChartSpec {
            kind: ChartKind::GroupedBar,
            data: &data,
            title: TITLE,
            subtitle: "",
            note: "",
            look: &look,
            width: SIZE.0,
            height: SIZE.1,
            value_labels: ValueLabels::Never,
            value_format: &format,
            seed: Seed::from_number(1),
        };
        Ok(chart::draw(&spec)?.scene)
    };
    let scene = draw()?;
    // Long enough for a clock of 4 ms.
    let times = rounds * 10;
    let began = clock_of_processor();
    for _ in 0..times {
        std::hint::black_box(Picture::of(&draw()?));
    }
    let ours_ms = (clock_of_processor() - began) / f64::from(times);
    Ok(Peers { ours_ms, others: others(&svg::write(&scene), rounds) })
}

fn data() -> Data {
    let format = NumberFormat::plain(1);
    let series = SERIES.iter().map(|(name, _)| Column::number(*name, "", true));
    let columns = std::iter::once(Column::text("Month")).chain(series).collect();
    let mut table = Table::new("observations", columns);
    for (row, month) in MONTHS.iter().enumerate() {
        let numbers = SERIES.iter().map(|(_, values)| Cell::number(values[row], &format));
        table.rows.push(std::iter::once(Cell::text(*month)).chain(numbers).collect());
    }
    Data { tables: vec![table] }
}

fn others(svg: &str, rounds: u32) -> Vec<(String, Result<f64, String>)> {
    let skipped = |why: String| {
        ["matplotlib", "CairoSVG"].map(|name| (name.to_owned(), Err(why.clone()))).into_iter().collect()
    };
    let Some(python) = python() else {
        return skipped("its Python is not there; `tests/setup.sh --benches` installs it".to_owned());
    };
    let request = json!({
        "labels": MONTHS,
        "series": SERIES.map(|(name, values)| json!({ "name": name, "values": values })),
        "title": TITLE,
        "axis": AXIS,
        "width": SIZE.0,
        "height": SIZE.1,
        "svg": svg,
        "rounds": rounds,
    });
    match ask(&python, &request.to_string()) {
        Ok(lines) => lines
            .into_iter()
            .map(|line| {
                let why = line.skipped.unwrap_or_else(|| "it said nothing".to_owned());
                (line.name, line.cpu_ms.ok_or(why))
            })
            .collect(),
        Err(error) => skipped(error.to_string()),
    }
}

fn python() -> Option<PathBuf> {
    let folder = env::var_os("PIXMO_PYTHON_DIR").map(PathBuf::from);
    let folder = folder.or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache/pixmo/python")))?;
    Some(folder.join("benches/bin/python")).filter(|python| python.exists())
}

fn ask(python: &Path, request: &str) -> Result<Vec<Line>, Box<dyn Error>> {
    use std::io::Write as _;
    let mut child = Command::new(python)
        .arg(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run `{}`: {error}", python.display()))?;
    child.stdin.take().ok_or("no way to ask it")?.write_all(request.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("`{SCRIPT}` ended with {}", output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}
