//! One grouped bar chart, 800 by 600 pixels, as PNG: drawn by us, by matplotlib from the same numbers, and by CairoSVG from
//! our own SVG of it. All warm, in processor time.

use std::error::Error;

use pixmo_render::{Cell, Column, Data, NumberFormat, Picture, Scene, Seed, Table, svg};
use pixmo_render_figures::chart::{self, ChartKind, ChartSpec, ValueLabels};
use pixmo_render_figures::look::Look;
use serde_json::json;

use crate::ask::{Peers, ask};
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
/// The Python script beside the benchmarks.
const SCRIPT: &str = "peers.py";

/// What each needs for the chart; ours is layout, raster and PNG.
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
    ask(SCRIPT, &["matplotlib", "CairoSVG"], &request)
}
