//! Tables: every cell is printed once and whole, columns keep apart, numbers stand on one edge.

use std::collections::BTreeMap;

use pixmo_render::defect::{self, Limits};
use pixmo_render::scene::{Element, Item};
use pixmo_render::{Datum, Role, Scene, Seed};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::table::{self, TableLayout, TableSpec};
use pixmo_render_figures::{Drawn, FigureError};

#[path = "../../examples/samples/tables.rs"]
pub(crate) mod samples;

const SEEDS: u64 = 40;

fn draw(layout: TableLayout, number: u64) -> (samples::Sample, Result<Drawn, FigureError>) {
    let seed = Seed::from_number(number);
    let sample = samples::sample(layout, &seed);
    let look = Look::draw(&mut seed.rng("look"));
    let spec = TableSpec {
        layout,
        data: &sample.data,
        title: &sample.title,
        subtitle: &sample.subtitle,
        note: &sample.note,
        look: &look,
        width_max: 1200,
        seed,
    };
    let drawn = table::draw(&spec);
    (sample, drawn)
}

/// The texts that show a cell, in painting order, joined by spaces.
fn printed(scene: &Scene, datum: Datum) -> String {
    let texts = scene.elements.iter().filter(|e| e.text.is_some() && e.role != Role::Note);
    texts.filter(|e| e.data.contains(&datum)).map(|e| e.label.as_str()).collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells that a layout does not print, as its shape says.
fn hidden(layout: TableLayout, sample: &samples::Sample, row: usize, column: usize) -> bool {
    let table = &sample.data.tables[0];
    match layout {
        TableLayout::Subtotals => row + 1 == table.rows.len() && column == 0,
        _ => table.rows[row][column].shown.is_empty(),
    }
}

#[test]
fn fewer_than_two_in_a_hundred_have_defects() {
    for layout in TableLayout::ALL {
        let mut bad = Vec::new();
        for number in 0..SEEDS {
            match draw(layout, number).1 {
                Ok(drawn) => {
                    let defects = defect::find(&drawn.scene, &Limits::default());
                    bad.extend((!defects.is_empty()).then(|| format!("{number}: {defects:?}")));
                }
                Err(error) => bad.push(format!("{number}: {error}")),
            }
        }
        assert!((bad.len() as f64) < 0.02 * SEEDS as f64, "{}: {bad:#?}", layout.slug());
    }
}

#[test]
fn every_cell_is_printed_as_it_is_shown() {
    for layout in TableLayout::ALL {
        for number in 0..SEEDS {
            let (sample, drawn) = draw(layout, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            let table = &sample.data.tables[0];
            for (r, row) in table.rows.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    if hidden(layout, &sample, r, c) {
                        continue;
                    }
                    let datum = Datum::cell(r, c);
                    let ticked = scene.elements.iter().any(|e| {
                        e.role == Role::Tile
                            && e.data.contains(&datum)
                            && e.label == cell.shown
                            && e.bounds.width() > 5.0
                    });
                    let text = printed(&scene, datum);
                    assert!(
                        text == words(&cell.shown) || (ticked && text.is_empty()),
                        "{} {number} ({r}, {c}): `{text}` for `{}`",
                        layout.slug(),
                        cell.shown
                    );
                }
            }
        }
    }
}

#[test]
fn headers_name_their_columns() {
    for layout in TableLayout::ALL {
        if matches!(
            layout,
            TableLayout::SpecSheet
                | TableLayout::PriceList
                | TableLayout::RowGroups
                | TableLayout::Subtotals
                | TableLayout::LabResults
                | TableLayout::ScheduleGrid
                | TableLayout::CalendarMonth
        ) {
            continue;
        }
        for number in 0..SEEDS {
            let (sample, drawn) = draw(layout, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            for (c, column) in sample.data.tables[0].columns.iter().enumerate() {
                let text = printed(&scene, Datum::header(0, c));
                for part in column.name.split('|') {
                    assert!(
                        text.contains(part),
                        "{} {number}: `{text}` for `{}`",
                        layout.slug(),
                        column.name
                    );
                }
            }
        }
    }
}

#[test]
fn columns_do_not_overlap() {
    for layout in TableLayout::ALL {
        // Their columns are days, which are no columns of the data.
        if matches!(layout, TableLayout::ScheduleGrid | TableLayout::CalendarMonth) {
            continue;
        }
        for number in 0..SEEDS {
            let Ok(Drawn { scene, .. }) = draw(layout, number).1 else { continue };
            let mut spans: BTreeMap<u16, (f32, f32)> = BTreeMap::new();
            let cells: Vec<_> =
                scene.elements.iter().filter(|e| e.role == Role::BodyCell && !e.label.is_empty()).collect();
            for e in &cells {
                // A name of a section that has a line for itself belongs to no column.
                let middle = (e.bounds.top + e.bounds.bottom) / 2.0;
                let beside = |other: &&Element| {
                    !std::ptr::eq(*other, *e) && (other.bounds.top..=other.bounds.bottom).contains(&middle)
                };
                if layout == TableLayout::SpecSheet && !cells.iter().any(beside) {
                    continue;
                }
                // Group headings span the table; small print belongs to the column before it.
                let [datum] = e.data[..] else { continue };
                let column = match layout {
                    // The name of the totals stands across the columns of names.
                    TableLayout::Pivot if e.label == "Grand total" => continue,
                    TableLayout::PriceList if e.text.as_ref().is_some_and(|t| t.size < 9.6) => continue,
                    _ => datum.column,
                };
                let span = spans.entry(column).or_insert((f32::INFINITY, f32::NEG_INFINITY));
                *span = (span.0.min(e.bounds.left), span.1.max(e.bounds.right));
            }
            if layout == TableLayout::PriceList {
                spans.remove(&1);
            }
            let list: Vec<_> = spans.into_values().collect();
            for pair in list.windows(2) {
                assert!(pair[0].1 < pair[1].0, "{} {number}: {list:?}", layout.slug());
            }
        }
    }
}

#[test]
fn numbers_share_their_right_edge() {
    let mut checked = 0;
    for layout in TableLayout::ALL {
        if matches!(
            layout,
            TableLayout::Matrix
                | TableLayout::HeatShaded
                | TableLayout::WithUnitsColumn
                | TableLayout::SpecSheet
                | TableLayout::CalendarMonth
        ) {
            continue;
        }
        for number in 0..SEEDS {
            let (sample, drawn) = draw(layout, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            let table = &sample.data.tables[0];
            let skipped = usize::from(layout == TableLayout::LeagueStandings);
            for column in table.number_columns().into_iter().skip(skipped) {
                let mut edges = Vec::new();
                for item in &scene.items {
                    let Item::Text { element, origin, size, shaped, .. } = item else { continue };
                    let e = scene.element(*element);
                    let ours =
                        e.data.len() == 1 && usize::from(e.data[0].column) == column && e.data[0].table == 0;
                    if e.role == Role::BodyCell && ours && !e.label.is_empty() {
                        edges.push(origin.x + shaped.width * size);
                    }
                }
                let (low, high) = edges.iter().fold((f32::MAX, f32::MIN), |(l, h), &x| (l.min(x), h.max(x)));
                assert!(
                    edges.is_empty() || high - low < 0.1,
                    "{} {number} column {column}: {edges:?}",
                    layout.slug()
                );
                checked += edges.len();
            }
        }
    }
    assert!(checked > 5000, "{checked}");
}

#[test]
fn the_same_seed_gives_the_same_table() {
    for layout in TableLayout::ALL {
        let [a, b] = [7, 7].map(|number| draw(layout, number).1.expect("this one is drawn").scene);
        assert_eq!(format!("{:?}", a.items), format!("{:?}", b.items));
    }
}

#[test]
fn other_data_is_refused_with_what_was_found() {
    let look = Look::draw(&mut Seed::from_number(1).rng("look"));
    let data = pixmo_render::Data::default();
    let spec = TableSpec {
        layout: TableLayout::Plain,
        data: &data,
        title: "",
        subtitle: "",
        note: "",
        look: &look,
        width_max: 800,
        seed: Seed::from_number(1),
    };
    let error = table::draw(&spec).expect_err("there is no table");
    assert!(error.to_string().ends_with("found no table"), "{error}");
}
