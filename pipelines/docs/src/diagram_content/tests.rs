//! Content for every kind, over many seeds, checked against the shapes and against the renderer's own reading.

use std::collections::BTreeSet;

use pixmo_render::{Rng, Seed};
use pixmo_render_figures::FigureError;
use pixmo_render_figures::diagram::{self, DiagramKind, DiagramSpec, Direction};
use pixmo_render_figures::look::Look;

use super::draw;
use crate::banks::Banks;
use crate::content::Content;

const SEEDS: u64 = 60;

fn rng(kind: DiagramKind, number: u64) -> Rng {
    Seed::from_number(number).rng(kind.slug())
}

fn drawn(kind: DiagramKind) -> Vec<Content> {
    let banks = Banks::bundled();
    (0..SEEDS).filter_map(|n| draw(kind, banks, &mut rng(kind, n))).collect()
}

#[test]
fn nine_draws_of_ten_give_content_of_the_promised_shape() {
    for kind in DiagramKind::ALL {
        let contents = drawn(kind);
        assert!(contents.len() * 10 >= SEEDS as usize * 9, "{}: {} of {SEEDS}", kind.slug(), contents.len());
        for content in &contents {
            for need in kind.shape().tables {
                let Some(table) = content.data.tables.iter().find(|t| t.name == need.name) else {
                    assert!(!need.required, "{}: no table `{}`", kind.slug(), need.name);
                    continue;
                };
                assert!(table.rows.iter().all(|r| r.len() == table.columns.len()), "{}", kind.slug());
                for column in need.columns.iter().filter(|c| c.required && !matches!(c.name, "x" | "y")) {
                    assert!(table.column(column.name).is_some(), "{}: {}", kind.slug(), column.name);
                }
            }
        }
    }
}

#[test]
fn labels_stand_once_and_edges_refer_to_them() {
    for kind in DiagramKind::ALL {
        for content in drawn(kind) {
            let main = content.table();
            let column = main.column("label").expect("every main table has labels");
            let labels: BTreeSet<&str> = main.texts(column).into_iter().collect();
            assert_eq!(labels.len(), main.rows.len(), "{}: {}", kind.slug(), content.plan);
            assert!(labels.iter().all(|l| !l.is_empty() && l.chars().count() <= 40), "{}", content.plan);
            for table in
                content.data.tables.iter().filter(|t| matches!(t.name.as_str(), "edges" | "messages"))
            {
                let mut pairs = BTreeSet::new();
                for row in &table.rows {
                    assert!(labels.contains(row[0].shown.as_str()), "{}: {}", kind.slug(), row[0].shown);
                    assert!(labels.contains(row[1].shown.as_str()), "{}: {}", kind.slug(), row[1].shown);
                    let twice = table.name == "edges" && !pairs.insert((&row[0].shown, &row[1].shown));
                    assert!(!twice, "{}: {} to {}", kind.slug(), row[0].shown, row[1].shown);
                    let ring = row[0].shown == row[1].shown && table.name == "edges";
                    assert!(
                        !ring || matches!(kind, DiagramKind::State | DiagramKind::FiniteAutomaton),
                        "{}: {}",
                        kind.slug(),
                        row[0].shown
                    );
                }
            }
            assert!(content.absent.iter().all(|a| !labels.contains(a.as_str())), "{}", content.plan);
            assert!(!content.absent.is_empty(), "{}", content.plan);
        }
    }
}

#[test]
fn pictures_differ_and_the_same_seed_gives_the_same() {
    let banks = Banks::bundled();
    let mut poor = Vec::new();
    for kind in DiagramKind::ALL {
        let contents = drawn(kind);
        let plans: BTreeSet<&str> = contents.iter().map(|c| c.plan.as_str()).collect();
        // The bar for a whole dataset: nine of ten rows have a plan of their own.
        if plans.len() * 10 < contents.len() * 9 {
            poor.push(format!("{}: {} plans in {} pictures", kind.slug(), plans.len(), contents.len()));
        }
        let again = draw(kind, banks, &mut rng(kind, 3));
        let first = draw(kind, banks, &mut rng(kind, 3));
        assert_eq!(again.map(|c| c.data), first.map(|c| c.data), "{}", kind.slug());
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

#[test]
fn the_renderer_accepts_the_data() {
    for kind in DiagramKind::ALL {
        let (mut cramped, mut all) = (0, 0);
        for (number, content) in drawn(kind).iter().enumerate() {
            let seed = Seed::from_number(number as u64);
            let look = Look::draw(&mut seed.rng("look"));
            let spec = DiagramSpec {
                kind,
                data: &content.data,
                title: &content.title,
                look: &look,
                direction: if number % 2 == 0 { Direction::Down } else { Direction::Right },
                seed,
            };
            all += 1;
            match diagram::draw(&spec) {
                Ok(_) => {}
                Err(FigureError::NoRoom { .. }) => cramped += 1,
                Err(error) => panic!("{}: {error}: {}", kind.slug(), content.plan),
            }
        }
        assert!(cramped * 10 <= all, "{}: {cramped} of {all} have no room", kind.slug());
    }
}
