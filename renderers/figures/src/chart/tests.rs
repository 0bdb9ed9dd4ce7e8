//! Charts of all kinds from made-up data are held to their promises: truth of marks, no defects, right geometry.

use crate as figures;

#[path = "../../examples/charts/specimen.rs"]
mod specimen;

use std::collections::BTreeMap;

use pixmo_render::defect::{self, Limits};
use pixmo_render::{Cell, Datum, Element, Point, Role, Value};

use super::*;
use specimen::Specimen;

const SEEDS: u64 = 40;

fn specimens(kinds: &[ChartKind]) -> impl Iterator<Item = Specimen> {
    kinds.iter().flat_map(|kind| (0..SEEDS).map(|number| Specimen::new(*kind, 1000 + number)))
}

/// Marks of a role with the value of their only cell.
fn marks(specimen: &Specimen, drawn: &Drawn, role: Role) -> Vec<(Element, f64, Datum)> {
    let cells = &specimen.data.tables[0].rows;
    let found = drawn.scene.elements.iter().filter(|e| e.role == role);
    found
        .filter_map(|e| {
            let datum = *e.data.first()?;
            let value = cells.get(usize::from(datum.row))?[usize::from(datum.column)].as_f64()?;
            Some((e.clone(), value, datum))
        })
        .collect()
}

#[test]
fn every_kind_draws_without_defects_and_tells_the_truth() {
    let (mut wrong, mut total) = (BTreeMap::<String, usize>::new(), 0);
    for specimen in specimens(&ChartKind::ALL) {
        total += 1;
        let slug = specimen.kind.slug();
        let drawn = match draw(&specimen.spec()) {
            Ok(drawn) => drawn,
            Err(FigureError::NoRoom { what, .. }) => {
                *wrong.entry(format!("{slug}: {what}")).or_default() += 1;
                continue;
            }
            Err(other) => panic!("{slug}: {other}"),
        };
        if let Some(first) = defect::find(&drawn.scene, &Limits::default()).first() {
            *wrong.entry(format!("{slug}: {}", first.kind())).or_default() += 1;
        }
        tells_the_truth(&specimen, &drawn);
    }
    let count: usize = wrong.values().sum();
    assert!(count * 50 < total, "{count} of {total} charts have something wrong: {wrong:#?}");
}

/// Each number has a mark, each printed value is its cell's text, and either all or none are printed.
fn tells_the_truth(specimen: &Specimen, drawn: &Drawn) {
    let (slug, table) = (specimen.kind.slug(), &specimen.data.tables[0]);
    let canvas = drawn.scene.bounds().grown(0.5);
    // The numbers of a distribution are of different kinds, and not all of them are printed.
    let mixed = matches!(
        specimen.kind.shape(),
        Shape::Distribution { .. } | Shape::Arrows { .. } | Shape::Hexagons { .. }
    );
    let (mut cells, mut printed) = (0, 0);
    for (row, line) in table.rows.iter().enumerate() {
        for (column, cell) in line.iter().enumerate().skip(1) {
            // Begin and end of a task are shown by the mark of its days.
            let ends = matches!(specimen.kind.shape(), Shape::Tasks { .. }) && column < 3;
            if !matches!(cell.value, Value::Number(_)) || ends {
                continue;
            }
            cells += 1;
            let datum = Datum::cell(row, column);
            let is_mark = |e: &&Element| e.role.is_mark() && e.data.first() == Some(&datum);
            let mark = drawn
                .scene
                .elements
                .iter()
                .find(is_mark)
                .unwrap_or_else(|| panic!("{slug}: no mark for {datum:?}"));
            assert!(!mark.bounds.is_empty() && canvas.holds(&mark.bounds), "{slug}: {mark:?}");
            assert!(mark.bounds.grown(6.0).contains(mark.anchor), "{slug}: anchor outside of {mark:?}");
            assert!(mark.color.is_some(), "{slug}: {mark:?}");
            assert_eq!(mark.label, name_of(specimen, row, column), "{slug}");
            let labels =
                drawn.scene.elements.iter().filter(|e| e.role == Role::ValueLabel && e.data == [datum]);
            for label in labels {
                assert_eq!(label.label, cell.shown, "{slug}");
                printed += 1;
            }
        }
    }
    if specimen.kind == ChartKind::SparklineGrid {
        // Sparklines print their two ends.
        cells = 2 * (table.columns.len() - 1);
    }
    assert!(printed == 0 || printed == cells || mixed, "{slug}: {printed} of {cells} values are printed");
    let always = specimen.kind == ChartKind::Hexbin;
    assert!(specimen.labels != ValueLabels::Never || printed == 0 || always, "{slug}");
    // The table beside a chart prints a missing cell as nothing.
    let printed = |e: &&Element| e.text.is_some() && !e.label.is_empty();
    for element in drawn.scene.elements.iter().filter(printed) {
        for datum in &element.data {
            let table = &specimen.data.tables[usize::from(datum.table)];
            let shown = match datum.row {
                Datum::HEADER => {
                    let column = &table.columns[usize::from(datum.column)];
                    format!("{} ({})", column.name, column.unit)
                }
                row => table.rows[usize::from(row)][usize::from(datum.column)].shown.clone(),
            };
            // A label may be one of several lines, a header may carry its unit.
            let parts = element.label.split_whitespace().any(|word| shown.contains(word));
            assert!(parts, "{slug}: `{}` does not show `{shown}`", element.label);
        }
    }
    for (column, about) in table.columns.iter().enumerate().skip(1) {
        if about.kind == pixmo_render::ColumnKind::Number {
            let found = drawn.resolutions.iter().find(|r| usize::from(r.column) == column);
            let resolution = found.unwrap_or_else(|| panic!("{slug}: no resolution of column {column}"));
            assert!(resolution.difference > 0.0 || resolution.ratio > 1.0, "{slug}: {resolution:?}");
        }
    }
}

/// What the mark of a cell is called.
fn name_of(specimen: &Specimen, row: usize, column: usize) -> String {
    let table = &specimen.data.tables[0];
    let line: Vec<&str> = table.rows[row].iter().map(|cell| cell.shown.as_str()).collect();
    match specimen.kind.shape() {
        Shape::Links { .. } => line[..2].join(" to "),
        Shape::Streams { .. } => line[..column].join(", "),
        Shape::Events { .. } | Shape::Tasks { .. } => line[0].to_owned(),
        Shape::Strips { .. } => line[..2].join(", "),
        _ => format!("{}, {}", line[0], table.columns[column].name),
    }
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    use ChartKind as K;
    let kinds =
        [K::VerticalBar, K::HorizontalBar, K::GroupedBar, K::StackedBar, K::DivergingBar, K::Histogram];
    for specimen in specimens(&kinds) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let bars = marks(&specimen, &drawn, Role::Bar);
        let holds = |length: &dyn Fn(&Element) -> f32| {
            let sum: f64 = bars.iter().map(|(_, v, _)| v.abs()).sum();
            let unit = bars.iter().map(|(e, ..)| f64::from(length(e))).sum::<f64>() / sum;
            bars.iter().all(|(e, v, _)| (f64::from(length(e)) - v.abs() * unit).abs() < 1.6)
        };
        assert!(holds(&|e| e.bounds.width()) || holds(&|e| e.bounds.height()), "{}", specimen.kind.slug());
    }
}

#[test]
fn points_of_lines_lie_at_their_numbers() {
    use ChartKind as K;
    let kinds = [K::Line, K::MultiLine, K::MarkerLine, K::StepLine, K::Area, K::Slope, K::ErrorBand];
    for specimen in specimens(&kinds) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let points = marks(&specimen, &drawn, Role::LinePoint);
        let numbers = points.iter().map(|(e, v, _)| (*v, f64::from(e.anchor.y)));
        let count = points.len() as f64;
        let (v, y) = numbers.clone().fold((0.0, 0.0), |(v, y), p| (v + p.0 / count, y + p.1 / count));
        let (vy, vv) = numbers
            .clone()
            .fold((0.0, 0.0), |(a, b), p| (a + (p.0 - v) * (p.1 - y), b + (p.0 - v) * (p.0 - v)));
        if vv == 0.0 {
            continue;
        }
        let slope = vy / vv;
        assert!(slope < 0.0, "{}: larger numbers lie higher", specimen.kind.slug());
        for point in numbers {
            let off = point.1 - (y + slope * (point.0 - v));
            assert!(off.abs() < 0.05, "{}: {off} pixels off", specimen.kind.slug());
        }
    }
}

#[test]
fn slices_stand_at_their_share_of_the_turn() {
    for specimen in specimens(&[ChartKind::Pie, ChartKind::Donut]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let slices = marks(&specimen, &drawn, Role::Slice);
        let all = slices.iter().fold(pixmo_render::Rect::EMPTY, |all, (e, ..)| all.union(&e.bounds));
        let total: f64 = slices.iter().map(|(_, v, _)| v).sum();
        // Boxes of arcs are those of their control points, so the middle of all is known to a few pixels only.
        let angle =
            |p: Point| f64::from(libm::atan2f(p.x - all.center().x, all.center().y - p.y)).to_degrees();
        let (mut sum, mut start) = (0.0, None);
        for (element, value, _) in &slices {
            let middle = (sum + value / 2.0) / total * 360.0;
            let turn = angle(element.anchor) - middle;
            let start = *start.get_or_insert(turn);
            let off = (turn - start + 540.0).rem_euclid(360.0) - 180.0;
            assert!(off.abs() < 3.0, "{}: {off} degrees off", specimen.kind.slug());
            sum += value;
        }
    }
}

#[test]
fn tiles_of_tree_maps_are_as_large_as_their_numbers() {
    for specimen in specimens(&[ChartKind::TreeMap]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let tiles = marks(&specimen, &drawn, Role::Tile);
        let all = tiles.iter().fold(pixmo_render::Rect::EMPTY, |all, (e, ..)| all.union(&e.bounds));
        let total: f64 = tiles.iter().map(|(_, v, _)| v).sum();
        for (element, value, _) in &tiles {
            let (w, h) = (element.bounds.width(), element.bounds.height());
            let expected = (value / total) as f32 * all.area();
            // Edges on whole pixels, and gaps of up to three of them.
            assert!((w * h - expected).abs() < 5.5 * (w + h) + 20.0, "{w} x {h} for {expected}");
        }
    }
}

/// Tiles without gaps are as large as their numbers; gaps take up to three pixels of their sides.
#[test]
fn tiles_of_columns_are_as_large_as_their_numbers() {
    for specimen in specimens(&[ChartKind::Marimekko, ChartKind::Icicle]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let tiles: Vec<_> = marks(&specimen, &drawn, Role::Tile)
            .into_iter()
            .filter(|(_, _, datum)| datum.table == 0)
            .collect();
        let all = tiles.iter().fold(pixmo_render::Rect::EMPTY, |all, (e, ..)| all.union(&e.bounds));
        let total: f64 = tiles.iter().map(|(_, v, _)| v).sum();
        for (element, value, _) in &tiles {
            let (w, h) = (element.bounds.width(), element.bounds.height());
            let expected = (value / total) as f32 * all.area();
            assert!((w * h - expected).abs() < 5.5 * (w + h) + 20.0, "{w} x {h} for {expected}");
        }
    }
}

#[test]
fn the_line_of_a_pareto_chart_meets_its_first_bar_and_ends_at_the_top() {
    for specimen in specimens(&[ChartKind::Pareto]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let bars = marks(&specimen, &drawn, Role::Bar);
        let points = marks(&specimen, &drawn, Role::LinePoint);
        let unit = (bars[0].0.bounds.bottom - points[points.len() - 1].0.anchor.y) / 100.0;
        for (element, share, _) in &points {
            let y = bars[0].0.bounds.bottom - unit * *share as f32;
            assert!((element.anchor.y - y).abs() < 1.2, "{} for {share}", element.anchor.y);
        }
        assert!((bars[0].0.bounds.top - points[0].0.anchor.y).abs() < 2.0);
    }
}

#[test]
fn logarithms_and_places_are_heights() {
    for specimen in specimens(&[ChartKind::LogLine, ChartKind::Bump]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let log = specimen.kind == ChartKind::LogLine;
        let height = |value: f64| if log { libm::log10(value) } else { -value };
        let points: Vec<(f64, f64)> = marks(&specimen, &drawn, Role::LinePoint)
            .into_iter()
            .map(|(element, value, _)| (height(value), f64::from(element.anchor.y)))
            .collect();
        let by_height = |a: &&(f64, f64), b: &&(f64, f64)| a.0.total_cmp(&b.0);
        let (Some(low), Some(high)) = (points.iter().min_by(by_height), points.iter().max_by(by_height))
        else {
            continue;
        };
        let unit = (low.1 - high.1) / (high.0 - low.0);
        assert!(unit > 0.0, "{}: more lies higher", specimen.kind.slug());
        for (height, y) in &points {
            assert!((low.1 - unit * (height - low.0) - y).abs() < 0.1, "{}", specimen.kind.slug());
        }
    }
}

#[test]
fn groups_have_marks_of_their_own() {
    for specimen in specimens(&[ChartKind::NestedDonut, ChartKind::Sunburst, ChartKind::Icicle]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        for (row, cells) in specimen.data.tables[1].rows.iter().enumerate() {
            let shows = |e: &&Element, column| e.data.contains(&Datum::at(1, row, column));
            let mark = drawn.scene.elements.iter().find(|e| e.role.is_mark() && shows(e, 1));
            let mark = mark.unwrap_or_else(|| panic!("{}: no mark for group {row}", specimen.kind.slug()));
            assert!(mark.label.starts_with(&cells[0].shown) && mark.bounds.contains(mark.anchor));
            assert!(drawn.scene.elements.iter().any(|e| e.text.is_some() && shows(&e, 0)));
        }
    }
}

#[test]
fn nodes_of_flows_are_as_high_as_their_totals() {
    for specimen in specimens(&[ChartKind::Sankey, ChartKind::Alluvial]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let list = &specimen.data.tables[1].rows;
        let bars = drawn.scene.elements.iter().filter(|e| e.role == Role::Bar);
        let sizes: Vec<(f64, f64)> = bars
            .map(|e| {
                let datum = e.data[0];
                let cell = &list[usize::from(datum.row)][usize::from(datum.column)];
                (f64::from(e.bounds.height()), cell.as_f64().expect("totals are numbers"))
            })
            .collect();
        assert_eq!(sizes.len(), list.len(), "{}", specimen.kind.slug());
        let unit = sizes.iter().map(|s| s.0).sum::<f64>() / sizes.iter().map(|s| s.1).sum::<f64>();
        assert!(sizes.iter().all(|s| (s.0 - s.1 * unit).abs() < 0.6), "{}", specimen.kind.slug());
    }
}

#[test]
fn bars_of_tasks_are_as_long_as_their_days() {
    for specimen in specimens(&[ChartKind::GanttChart]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let bars = marks(&specimen, &drawn, Role::Bar);
        let width = |e: &Element| f64::from(e.bounds.width());
        let unit = bars.iter().map(|b| width(&b.0)).sum::<f64>() / bars.iter().map(|b| b.1).sum::<f64>();
        // Edges lie on whole pixels.
        assert!(bars.iter().all(|b| (width(&b.0) - b.1 * unit).abs() < 2.1));
    }
}

#[test]
fn regions_of_a_land_do_not_overlap() {
    for specimen in specimens(&[ChartKind::Choropleth]) {
        let Ok(drawn) = draw(&specimen.spec()) else { continue };
        let regions: Vec<&Element> = drawn.scene.elements.iter().filter(|e| e.role == Role::Region).collect();
        for (index, a) in regions.iter().enumerate() {
            let apart = |b: &&Element| libm::hypotf(a.anchor.x - b.anchor.x, a.anchor.y - b.anchor.y) > 12.0;
            assert!(regions[index + 1..].iter().all(apart), "{}", a.label);
        }
    }
}

#[test]
fn the_same_spec_draws_the_same_scene() {
    for kind in ChartKind::ALL {
        let specimen = Specimen::new(kind, 7);
        let (first, second) = (draw(&specimen.spec()), draw(&specimen.spec()));
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "{}", kind.slug());
    }
}

#[test]
fn sizes_are_natural() {
    let mut sums = (0.0, 0.0);
    for specimen in specimens(&ChartKind::ALL) {
        let (width, height) = specimen.size;
        assert!((420..=1400).contains(&width) && (340..=1000).contains(&height), "{width} x {height}");
        assert!(f64::from(width) / f64::from(height) < 4.0);
        sums = (sums.0 + f64::from(width), sums.1 + f64::from(height));
    }
    let count = (ChartKind::ALL.len() as u64 * SEEDS) as f64;
    assert!((700.0..880.0).contains(&(sums.0 / count)), "{}", sums.0 / count);
    assert!((480.0..640.0).contains(&(sums.1 / count)), "{}", sums.1 / count);
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let good = Specimen::new(ChartKind::Pie, 1);
    let small = ChartSpec { width: 90, height: 60, ..good.spec() };
    assert!(matches!(draw(&small), Err(FigureError::NoRoom { kind: "pie", width: 90, height: 60, .. })));

    let mut negative = good.data.clone();
    negative.tables[0].rows[0][1] = Cell::number(-5.0, &NumberFormat::plain(0));
    let error = draw(&ChartSpec { data: &negative, ..good.spec() }).expect_err("a pie has no negative slice");
    let needed = error.to_string();
    assert!(needed.starts_with("`pie` needs numbers above zero, found others in"), "{needed}");

    let error = draw(&ChartSpec { data: &Data::default(), ..good.spec() }).expect_err("there is no table");
    assert_eq!(error.to_string(), "`pie` needs a table, found none");

    let error = draw(&ChartSpec { title: "茶", ..good.spec() }).expect_err("no bundled font has this letter");
    assert!(matches!(error, FigureError::Text(_)), "{error}");
}

#[test]
fn data_is_held_to_its_shape() {
    for kind in ChartKind::ALL {
        let specimen = Specimen::new(kind, 3);
        let check = |data: &Data| kind.shape().check(kind.slug(), data);
        assert_eq!(check(&specimen.data), Ok(()), "{}", kind.slug());
        let mut few = specimen.data.clone();
        few.tables[0].rows.truncate(1);
        assert!(matches!(check(&few), Err(FigureError::Data { .. })), "{}: one row", kind.slug());
        let mut words = specimen.data.clone();
        words.tables[0].rows[0][1] = Cell::text("many");
        assert!(matches!(check(&words), Err(FigureError::Data { .. })), "{}: a word", kind.slug());
        let mut narrow = specimen.data.clone();
        narrow.tables[0].columns.truncate(1);
        narrow.tables[0].rows.iter_mut().for_each(|row| row.truncate(1));
        assert!(matches!(check(&narrow), Err(FigureError::Data { .. })), "{}: no numbers", kind.slug());
    }
}
