//! Draws plain bar charts of one make, as sets of charts from one template have them: three to eight bars in one to three
//! series, invented numbers, one font, one arrangement, and colours that vary. `pixmo stats docs --baseline OUT` tells
//! how much more the pictures of a build differ than these: `cargo run -p pixmo-docs --example plain_bars -- OUT 500`.

use std::error::Error;
use std::path::PathBuf;

use pixmo_render::{Cell, Column, Data, NumberFormat, Picture, Rng, Seed, Table};
use pixmo_render_figures::chart::{self, ChartKind, ChartSpec, ValueLabels};
use pixmo_render_figures::look::Look;

const WORDS: [&str; 24] = [
    "art", "bench", "boat", "bread", "cloud", "coin", "door", "farm", "glass", "horn", "iron", "lamp",
    "leaf", "moon", "nail", "oak", "pear", "rope", "sand", "ship", "stone", "tent", "wheel", "wool",
];
const KINDS: [ChartKind; 3] = [ChartKind::VerticalBar, ChartKind::GroupedBar, ChartKind::HorizontalBar];
/// Pixels of each side.
const SIDE: u32 = 448;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give a folder")?);
    let count: u64 = arguments.next().unwrap_or_default().parse().unwrap_or(500);
    std::fs::create_dir_all(&out)?;
    let make = Look::draw(&mut Seed::from_number(1).rng("look"));
    for number in 0..count {
        let seed = Seed::from_number(number).child("plain bars");
        let mut rng = seed.rng("data");
        let kind = *rng.pick(&KINDS);
        let data = data(&mut rng, kind);
        let series = Look::draw(&mut seed.rng("colors")).series;
        let look = Look { series, ..make.clone() };
        let format = NumberFormat::plain(0);
        let spec = ChartSpec {
            kind,
            data: &data,
            title: "Title",
            subtitle: "",
            note: "",
            look: &look,
            width: SIDE,
            height: SIDE,
            value_labels: ValueLabels::Never,
            value_format: &format,
            seed: Seed::from_number(1),
        };
        let scene = chart::draw(&spec)?.scene;
        std::fs::write(out.join(format!("bars-{number:04}.png")), Picture::of(&scene).png)?;
    }
    Ok(())
}

fn data(rng: &mut Rng, kind: ChartKind) -> Data {
    let format = NumberFormat::plain(0);
    let series = if kind == ChartKind::GroupedBar { 2 + rng.below(2) } else { 1 };
    let bars = if series > 1 { 3 + rng.below(3) } else { 3 + rng.below(6) };
    let words = rng.sample(WORDS.len(), series + bars);
    let (names, labels) = words.split_at(series);
    let columns = names.iter().map(|word| Column::number(WORDS[*word], "", true));
    let columns = std::iter::once(Column::text("item")).chain(columns).collect();
    let mut table = Table::new("bars", columns);
    for label in labels {
        let numbers: Vec<Cell> =
            names.iter().map(|_| Cell::number(rng.whole(1, 9) as f64, &format)).collect();
        table.rows.push(std::iter::once(Cell::text(WORDS[*label])).chain(numbers).collect());
    }
    Data { tables: vec![table] }
}
