//! Diagrams: every node and edge is there, edges end at their nodes and run through no other.

use std::collections::BTreeMap;

use pixmo_render::defect::{self, Limits};
use pixmo_render::scene::Item;
use pixmo_render::{Data, Datum, ElementId, Point, Rect, Role, Scene, Seed};
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;
use pixmo_render_figures::{Drawn, FigureError};
use tiny_skia::PathSegment;

#[path = "../../examples/samples/diagrams.rs"]
pub(crate) mod samples;

const SEEDS: u64 = 40;

/// Kinds whose edges lead from the border of one node to that of another.
const JOINED: [DiagramKind; 17] = [
    DiagramKind::Flowchart,
    DiagramKind::SwimLane,
    DiagramKind::DecisionTree,
    DiagramKind::OrgChart,
    DiagramKind::MindMap,
    DiagramKind::State,
    DiagramKind::Class,
    DiagramKind::EntityRelationship,
    DiagramKind::Network,
    DiagramKind::Cycle,
    DiagramKind::ConceptMap,
    DiagramKind::Component,
    DiagramKind::Deployment,
    DiagramKind::DataFlow,
    DiagramKind::Block,
    DiagramKind::SyntaxTree,
    DiagramKind::FiniteAutomaton,
];

fn draw(kind: DiagramKind, number: u64) -> (samples::Sample, Result<Drawn, FigureError>) {
    let seed = Seed::from_number(number);
    let sample = samples::sample(kind, &seed);
    let look = Look::draw(&mut seed.rng("look"));
    let direction = if number.is_multiple_of(2) { Direction::Down } else { Direction::Right };
    let spec = DiagramSpec { kind, data: &sample.data, title: &sample.title, look: &look, direction, seed };
    let drawn = diagram::draw(&spec);
    (sample, drawn)
}

fn cell(data: &Data, datum: Datum) -> &str {
    &data.tables[usize::from(datum.table)].rows[usize::from(datum.row)][usize::from(datum.column)].shown
}

/// Points along all strokes of an element, and the corners of its fills.
fn ink(scene: &Scene, id: ElementId) -> (Vec<Point>, Vec<Point>) {
    let (mut line, mut heads) = (Vec::new(), Vec::new());
    for item in &scene.items {
        let (path, fill) = match item {
            Item::Stroke { element, path, .. } if *element == id => (path, false),
            Item::Fill { element, path, .. } if *element == id => (path, true),
            _ => continue,
        };
        let mut at = Point::default();
        for segment in path.segments() {
            let (to, from) = match segment {
                PathSegment::MoveTo(p) => (Point::new(p.x, p.y), None),
                PathSegment::LineTo(p) | PathSegment::QuadTo(_, p) | PathSegment::CubicTo(_, _, p) => {
                    (Point::new(p.x, p.y), Some(at))
                }
                PathSegment::Close => continue,
            };
            let list = if fill { &mut heads } else { &mut line };
            match from {
                Some(from) => {
                    let steps = (libm::hypotf(to.x - from.x, to.y - from.y) / 2.0).ceil().max(1.0);
                    list.extend((0..=steps as u32).map(|step| {
                        let t = step as f32 / steps;
                        Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
                    }));
                }
                None => list.push(to),
            }
            at = to;
        }
    }
    (line, heads)
}

fn distance(rect: &Rect, p: Point) -> f32 {
    let (dx, dy) =
        ((rect.left - p.x).max(p.x - rect.right).max(0.0), (rect.top - p.y).max(p.y - rect.bottom).max(0.0));
    libm::hypotf(dx, dy)
}

fn nodes<'a>(scene: &Scene, data: &'a Data) -> BTreeMap<&'a str, Rect> {
    let marks = scene.elements.iter().filter(|e| e.role == Role::Node);
    marks.map(|e| (cell(data, e.data[0]), e.bounds)).collect()
}

#[test]
fn fewer_than_two_in_a_hundred_have_defects() {
    for kind in DiagramKind::ALL {
        let mut bad = Vec::new();
        for number in 0..SEEDS {
            match draw(kind, number).1 {
                Ok(drawn) => {
                    let defects = defect::find(&drawn.scene, &Limits::default());
                    bad.extend((!defects.is_empty()).then(|| format!("{number}: {defects:?}")));
                    assert!(
                        drawn.scene.width <= 1500 && drawn.scene.height <= 1500 && drawn.scene.width >= 400
                    );
                }
                Err(error) => bad.push(format!("{number}: {error}")),
            }
        }
        assert!((bad.len() as f64) < 0.02 * SEEDS as f64, "{}: {bad:#?}", kind.slug());
    }
}

#[test]
fn every_label_has_its_mark_and_its_text() {
    for kind in DiagramKind::ALL {
        for number in 0..SEEDS {
            let (sample, drawn) = draw(kind, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            for (t, table) in sample.data.tables.iter().enumerate() {
                let Some(column) = table.column("label").filter(|_| table.name != "quadrants") else {
                    continue;
                };
                for (r, row) in table.rows.iter().enumerate() {
                    let shown = &row[column].shown;
                    let datum = Datum::at(t, r, column);
                    let texts: Vec<&str> = scene
                        .elements
                        .iter()
                        .filter(|e| e.text.is_some() && e.data.contains(&datum))
                        .map(|e| e.label.as_str())
                        .collect();
                    assert_eq!(texts.join(" "), *shown, "{} {number}", kind.slug());
                    if !matches!(table.name.as_str(), "edges" | "messages") {
                        let marks = scene.elements.iter().filter(|e| {
                            matches!(e.role, Role::Node | Role::Group | Role::Dot | Role::Span)
                                && e.data.contains(&datum)
                        });
                        assert_eq!(marks.count(), 1, "{} {number}: `{shown}`", kind.slug());
                    }
                }
            }
        }
    }
}

#[test]
fn every_edge_is_there_and_points_at_its_own_line() {
    for kind in DiagramKind::ALL {
        for number in 0..SEEDS {
            let (sample, drawn) = draw(kind, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            for (t, table) in sample.data.tables.iter().enumerate() {
                let (Some(from), Some(to)) = (table.column("from"), table.column("to")) else { continue };
                for r in 0..table.rows.len() {
                    let data = [Datum::at(t, r, from), Datum::at(t, r, to)];
                    let edge = scene.iter().find(|(_, e)| e.role == Role::Edge && e.data == data);
                    let (id, edge) = edge.unwrap_or_else(|| panic!("{} {number}: no edge {r}", kind.slug()));
                    let near = ink(&scene, id)
                        .0
                        .into_iter()
                        .map(|p| libm::hypotf(p.x - edge.anchor.x, p.y - edge.anchor.y));
                    let nearest = near.fold(f32::INFINITY, f32::min);
                    // A label may stand at the middle of the line, which leaves room for it.
                    let free = scene
                        .elements
                        .iter()
                        .any(|e| e.role == Role::EdgeLabel && distance(&e.bounds, edge.anchor) < 12.0);
                    assert!(nearest < 14.0 || free, "{} {number}: {nearest}", kind.slug());
                }
            }
        }
    }
}

#[test]
fn edges_end_at_the_borders_of_their_nodes() {
    for kind in JOINED {
        for number in 0..SEEDS {
            let (sample, drawn) = draw(kind, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            let nodes = nodes(&scene, &sample.data);
            for (id, edge) in scene.iter().filter(|(_, e)| e.role == Role::Edge) {
                let (line, heads) = ink(&scene, id);
                for datum in &edge.data {
                    let rect = nodes[cell(&sample.data, *datum)];
                    let all = line.iter().chain(&heads);
                    let reach = all.clone().map(|p| distance(&rect, *p)).fold(f32::INFINITY, f32::min);
                    assert!(reach < 1.5, "{} {number}: `{}` is {reach} away", kind.slug(), edge.label);
                    // No line goes on inside of a node, beyond what a slanted border leaves of its box.
                    let middle = rect.center();
                    let inside = line.iter().filter(|p| {
                        (p.x - middle.x).abs() < rect.width() * 0.2
                            && (p.y - middle.y).abs() < rect.height() * 0.2
                    });
                    assert_eq!(inside.count(), 0, "{} {number}: `{}`", kind.slug(), edge.label);
                }
            }
        }
    }
}

#[test]
fn edges_run_through_no_other_node_and_no_label() {
    for kind in JOINED {
        for number in 0..SEEDS {
            let (sample, drawn) = draw(kind, number);
            let Ok(Drawn { scene, .. }) = drawn else { continue };
            let nodes = nodes(&scene, &sample.data);
            for (id, edge) in scene.iter().filter(|(_, e)| e.role == Role::Edge) {
                let ends: Vec<&str> = edge.data.iter().map(|d| cell(&sample.data, *d)).collect();
                let (line, _) = ink(&scene, id);
                for (name, rect) in nodes.iter().filter(|(name, _)| !ends.contains(name)) {
                    let through = line.iter().filter(|p| rect.grown(-1.5).contains(**p)).count();
                    assert_eq!(through, 0, "{} {number}: `{}` through `{name}`", kind.slug(), edge.label);
                }
                for label in scene.elements.iter().filter(|e| e.role == Role::EdgeLabel) {
                    let through = line.iter().filter(|p| label.bounds.contains(**p)).count();
                    assert_eq!(
                        through,
                        0,
                        "{} {number}: `{}` through `{}`",
                        kind.slug(),
                        edge.label,
                        label.label
                    );
                }
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_diagram() {
    for kind in DiagramKind::ALL {
        let [a, b] = [3, 3].map(|number| draw(kind, number).1.expect("this one is drawn").scene);
        assert_eq!(format!("{:?}", a.items), format!("{:?}", b.items));
    }
}

#[test]
fn bars_of_gantt_charts_lie_where_their_numbers_say() {
    for number in 0..SEEDS {
        let (sample, drawn) = draw(DiagramKind::Gantt, number);
        let Drawn { scene, resolutions } = drawn.expect("all are drawn");
        let table = &sample.data.tables[0];
        let (Some(starts), Some(ends)) = (table.column("start"), table.column("end")) else { unreachable!() };
        let bars: Vec<(f64, f32)> = scene
            .elements
            .iter()
            .filter(|e| e.role == Role::Span)
            .flat_map(|e| {
                let row = usize::from(e.data[0].row);
                [(starts, e.bounds.left), (ends, e.bounds.right)]
                    .map(|(c, x)| (table.rows[row][c].as_f64(), x))
            })
            .filter_map(|(value, x)| value.map(|v| (v, x)))
            .collect();
        assert_eq!(resolutions.len(), if bars.is_empty() { 0 } else { 2 });
        let Some(first) = bars.first() else { continue };
        let far = bars
            .iter()
            .max_by(|a, b| (a.0 - first.0).abs().total_cmp(&(b.0 - first.0).abs()))
            .expect("there are bars");
        let pixels = f64::from(far.1 - first.1) / (far.0 - first.0);
        for (value, x) in &bars {
            let expected = f64::from(first.1) + (value - first.0) * pixels;
            assert!((f64::from(*x) - expected).abs() < 1.6, "{number}: {value} at {x}, expected {expected}");
        }
    }
}

#[test]
fn other_data_is_refused_with_what_was_found() {
    let look = Look::draw(&mut Seed::from_number(1).rng("look"));
    let mut data = samples::sample(DiagramKind::OrgChart, &Seed::from_number(1)).data;
    let second = data.tables[1].rows[0].clone();
    data.tables[1].rows.push(second);
    let spec = DiagramSpec {
        kind: DiagramKind::OrgChart,
        data: &data,
        title: "",
        look: &look,
        direction: Direction::Down,
        seed: Seed::from_number(1),
    };
    let error = diagram::draw(&spec).expect_err("two parents are not a tree").to_string();
    assert!(error.contains("found more than one parent of `"), "{error}");
}
