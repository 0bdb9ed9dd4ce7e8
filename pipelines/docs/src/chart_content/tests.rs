//! Forms of data of their own get content of many plans, and enough questions of their own classes.

use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::Seed;
use pixmo_render_figures::chart::{ChartKind, Shape};

use super::draw;
use crate::banks::Banks;
use crate::picture::{Order, Shelf, make};

#[test]
fn contents_are_many_and_of_the_form_of_their_kind() {
    use ChartKind as K;
    let banks = Banks::bundled();
    for kind in
        [K::Pareto, K::Bullet, K::LogLine, K::Bump, K::Ridgeline, K::NestedDonut, K::Sunburst, K::Icicle]
    {
        let mut rng = Seed::from_number(5).rng(kind.slug());
        let (mut drawn, mut plans) = (0, BTreeSet::new());
        for _ in 0..400 {
            if let Some(content) = draw(kind, banks, &mut rng) {
                drawn += 1;
                plans.insert(content.plan);
            }
        }
        assert!(drawn >= 40, "{}: {drawn} of 400 draws fit", kind.slug());
        assert!(plans.len() * 4 >= drawn * 3, "{}: {} plans in {drawn} draws", kind.slug(), plans.len());
    }
}

/// The classes of questions that only one form of data has.
const OWN: &[(ChartKind, &[&str])] = &[
    (ChartKind::Pareto, &["passes_share", "top_share", "top_yes_no", "below_share"]),
    (ChartKind::Bullet, &["exceeds_goal", "gap_to_goal", "share_of_goal"]),
    (ChartKind::Bump, &["leader", "last_place", "best_time", "count_top", "climbs_yes_no", "places_moved"]),
    (ChartKind::SparklineGrid, &["risen_yes_no", "best_column", "compare", "apart"]),
    (ChartKind::NestedDonut, &["group_of", "count_in_group", "best_in_group", "share_of_group"]),
    (ChartKind::Icicle, &["group_of", "count_in_group", "best_in_group", "names_in_group"]),
];

#[test]
fn forms_of_their_own_have_questions_of_their_own() {
    for (kind, own) in OWN {
        let mut asked = BTreeMap::<String, usize>::new();
        let (mut made, mut questions) = (0, 0);
        for number in 0..8 {
            let seed = Seed::from_number(number).child(kind.slug());
            let order = Order { shelf: Shelf::Charts, kinds: &[kind.slug()], validation: false, seed };
            let Ok(picture) = make(&order) else { continue };
            made += 1;
            questions += picture.questions.len();
            for question in picture.questions {
                *asked.entry(question.kind).or_default() += 1;
            }
        }
        assert!(made >= 7, "{}: {made} of 8 pictures", kind.slug());
        assert!(questions * 10 >= made * 75, "{}: {questions} questions of {made} pictures", kind.slug());
        assert!(own.iter().all(|class| asked.contains_key(*class)), "{}: {asked:?}", kind.slug());
    }
}

/// Kinds whose data have a form of their own.
const FIGURES: &[ChartKind] = &[
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
fn contents_of_flows_dates_maps_and_boards_vary() {
    for kind in FIGURES {
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
fn flows_dates_maps_and_boards_give_enough_to_ask() {
    for kind in FIGURES {
        let (mut made, mut asked) = (0, 0);
        for number in 0..4 {
            let order = Order {
                shelf: Shelf::Charts,
                kinds: &[kind.slug()],
                validation: false,
                seed: Seed::from_number(number).child(kind.slug()),
            };
            let picture = make(&order).unwrap_or_else(|reason| panic!("{}: {reason:?}", kind.slug()));
            made += 1;
            asked += picture.questions.len();
        }
        assert!(asked >= 7 * made, "{}: {asked} questions about {made} pictures", kind.slug());
    }
}
