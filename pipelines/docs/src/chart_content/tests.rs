//! New kinds of charts are given content that varies and that gives enough to ask.

use std::collections::BTreeSet;

use pixmo_render::Seed;
use pixmo_render_figures::chart::{ChartKind, Shape};

use super::draw;
use crate::banks::Banks;
use crate::picture::{self, Order, Shelf};

/// Kinds whose data have a form of their own.
const KINDS: &[ChartKind] = &[
    ChartKind::Sankey,
    ChartKind::Alluvial,
    ChartKind::Chord,
    ChartKind::TileGridMap,
    ChartKind::Choropleth,
    ChartKind::GanttChart,
    ChartKind::TimelineChart,
    ChartKind::EventStrip,
    ChartKind::Dashboard,
];

#[test]
fn contents_vary() {
    for kind in KINDS {
        let mut plans = BTreeSet::new();
        let mut drawn = 0;
        for number in 0..600 {
            let mut rng = Seed::from_number(number).child(kind.slug()).rng("content");
            if let Some(content) = draw(*kind, Banks::bundled(), &mut rng) {
                plans.insert(content.plan);
                drawn += 1;
            }
            if drawn == 60 {
                break;
            }
        }
        assert!(drawn == 60 && plans.len() > 50, "{}: {} plans of {drawn}", kind.slug(), plans.len());
    }
}

#[test]
fn what_is_kept_at_a_node_is_kept_to_the_last_digit() {
    // The shape says that what comes in goes out; here it is seen that contents of many sizes meet it.
    let Shape::Links { rows, .. } = ChartKind::Sankey.shape() else { panic!("a sankey draws links") };
    for number in 0..200 {
        let mut rng = Seed::from_number(number).rng("sankey");
        let Some(content) = draw(ChartKind::Sankey, Banks::bundled(), &mut rng) else { continue };
        assert!(rows.holds(content.data.tables[0].rows.len()));
        assert_eq!(ChartKind::Sankey.shape().check("sankey", &content.data), Ok(()));
    }
}

#[test]
fn pictures_give_enough_to_ask() {
    for kind in KINDS {
        let (mut made, mut asked) = (0, 0);
        for number in 0..4 {
            let order = Order {
                shelf: Shelf::Charts,
                kinds: &[kind.slug()],
                validation: false,
                seed: Seed::from_number(number).child(kind.slug()),
            };
            let picture =
                picture::make(&order).unwrap_or_else(|reason| panic!("{}: {reason:?}", kind.slug()));
            made += 1;
            asked += picture.questions.len();
        }
        assert!(asked >= 7 * made, "{}: {asked} questions about {made} pictures", kind.slug());
    }
}
