//! Files whose hashes are right, with columns that are not those of the code.

use pixmo_console::{Console, ConsoleArgs};
use pixmo_inspect::place::Place;
use pixmo_inspect::tables::FULL;
use pixmo_inspect::verify::verify;
use pixmo_schemas::column::{Column, Kind};
use pixmo_schemas::records::DocsPointsRecord;
use pixmo_schemas::{Config, Record};
use pixmo_shards::{ConfigSpec, Split, read_rows};
use serde::{Deserialize, Serialize};

use crate::small::{Small, write};

/// The points with numbers of 32 bits: they read just the same.
const NARROW: &[Column] = &[
    Column::new("image_id", Kind::String, "."),
    Column::new("questions", Kind::List(&Kind::String), "."),
    Column::new("names", Kind::List(&Kind::String), "."),
    Column::new("points", Kind::List(&Kind::ListOfStructs(XY)), "."),
];
const XY: &[Column] = &[Column::new("x", Kind::Float32, "."), Column::new("y", Kind::Float32, ".")];
static TABLE: Config =
    Config { name: "charts_points", columns: NARROW, splits: &["train"], description: ".", published: false };

#[derive(Serialize, Deserialize)]
struct Narrow {
    image_id: String,
    questions: Vec<String>,
    names: Vec<String>,
    points: Vec<Vec<NarrowPoint>>,
}

#[derive(Serialize, Deserialize)]
struct NarrowPoint {
    x: f32,
    y: f32,
}

impl Record for Narrow {
    fn columns() -> &'static [Column] {
        NARROW
    }
}

#[test]
fn other_types_of_columns_are_found_though_every_value_is_right() {
    let small = Small::new();
    let mut sidecars = small.sidecars();
    let file = sidecars[0].files.iter_mut().find(|file| file.config == "charts_points").expect("the points");
    let rows = read_rows::<DocsPointsRecord>(&small.location(), file).expect("a good file");
    let rows: Vec<Narrow> = rows
        .map(|row| {
            let DocsPointsRecord { image_id, questions, names, .. } = row.expect("a good row");
            Narrow { image_id, questions, names, points: vec![vec![NarrowPoint { x: 25.0, y: 55.5 }]] }
        })
        .collect();
    let part = ("charts", Split::Train, 0, 2, 3);
    *file = write(&small.location(), &ConfigSpec::side(&TABLE, "charts"), &part, rows);
    small.publish(&sidecars);
    let (console, captured) = Console::captured(&ConsoleArgs::default());
    let place = Place::at(small.location());
    let failure = verify(&place, false, 1, &console).expect_err("the columns are wrong");
    assert_eq!(failure.kind.exit_code(), 1);
    let told = captured.stdout();
    assert!(told.starts_with("shard 0: charts_points/train-00000-of-00002.parquet: "), "{told}");
    assert!(told.contains("`huggingface` metadata differ"), "{told}");
    assert!(!told.contains(FULL), "{told}");
}
