use std::collections::{BTreeMap, BTreeSet};

use pixmo_render::{Rect, Seed};

use pixmo_render_clocks::polar;

use super::*;
use crate::camera::{Sides, clipped};
use crate::picture::{Kept, Made, make};

const COUNT: u64 = 160;

/// A wild picture by number.
fn order(number: u64) -> Order<'static> {
    Order {
        kinds: Kind::ALL,
        design: Seed::from_number(number / 5).child("design"),
        number: number / 5,
        seed: Seed::from_number(number),
        wild_share: 1.0,
        not_shown_share: 0.05,
        sides: Sides { min: 320, max: 640 },
        photographs: None,
    }
}

fn gathering(number: u64) -> Option<Gathering> {
    let order = order(number);
    let choice = Choice::of(&order.seed, order.not_shown_share);
    let watch = picture::clock(order.kinds, !choice.not_shown, &order.design);
    Gathering::about(&order, &choice, &watch)
}

#[test]
fn none_lies_over_another_and_all_can_be_read() {
    let (mut counts, mut found) = (BTreeMap::new(), 0);
    for gathering in (0..COUNT).filter_map(gathering) {
        found += 1;
        *counts.entry(gathering.members.len()).or_insert(0) += 1;
        let (wide, high) = gathering.size;
        let picture = Rect::new(0.0, 0.0, wide as f32, high as f32);
        // Bodies are held against dials here, place by place.
        for (at, member) in gathering.members.iter().enumerate() {
            let view = member.camera.view();
            let outline = member.watch.body.frame().outline;
            let least = legible::dial_min(&member.watch, &member.choice.moment);
            assert!(member.camera.dial() >= least - 1e-6, "{}", member.called);
            for (other_at, other) in gathering.members.iter().enumerate() {
                if other_at == at {
                    continue;
                }
                let back = other.camera.view().inverse().expect("a camera sees a plane");
                let extent = other.watch.extent();
                for degrees in (0..360).step_by(10).map(f64::from) {
                    let edge = view.map(polar(degrees, outline.reach(degrees)));
                    assert!(picture.grown(3.0).contains(edge), "{} leaves the picture", member.called);
                    assert!(!extent.contains(back.map(edge)), "{} on {}", other.called, member.called);
                }
            }
        }
    }
    assert!(found >= COUNT * 95 / 100, "{found} of {COUNT}");
    assert!((2..=4).all(|count| counts.get(&count).is_some_and(|found| *found >= 8)), "{counts:?}");
}

/// Middle of what is seen of a dial.
fn middle(member: &Member) -> (f64, f64) {
    member.camera.middle
}

#[test]
fn names_by_place_are_true() {
    let mut places = BTreeSet::new();
    for gathering in (0..COUNT).filter_map(gathering) {
        let names: BTreeSet<&str> = gathering.members.iter().map(|member| member.called.as_str()).collect();
        assert_eq!(names.len(), gathering.members.len(), "{names:?}");
        for member in &gathering.members {
            let others =
                || gathering.members.iter().filter(|other| other.called != member.called).map(middle);
            let (x, y) = middle(member);
            let called = &member.called;
            assert!(called.starts_with("the ") && !called.ends_with(' '), "{called}");
            let Some((_, place)) = called.split_once(" on the ").or_else(|| called.split_once(" at the "))
            else {
                continue;
            };
            places.insert(place.to_owned());
            let far = |is: &dyn Fn((f64, f64)) -> bool| others().all(is);
            let is_right = match place {
                "left" | "far left" => far(&|other| x < other.0),
                "right" | "far right" => far(&|other| x > other.0),
                "top" => far(&|other| y < other.1),
                "bottom" => far(&|other| y > other.1),
                "top left" => far(&|other| x < other.0 || y < other.1),
                "top right" => far(&|other| x > other.0 || y < other.1),
                "bottom left" => far(&|other| x < other.0 || y > other.1),
                "bottom right" => far(&|other| x > other.0 || y > other.1),
                other => panic!("{other}"),
            };
            assert!(is_right, "{called}: {x}, {y} among {:?}", others().collect::<Vec<_>>());
        }
    }
    assert!(places.len() >= 6, "{places:?}");
}

#[test]
fn kinds_shapes_and_colours_name_one_of_them() {
    let mut seen = BTreeSet::new();
    for gathering in (0..3 * COUNT).filter_map(gathering) {
        for member in &gathering.members {
            let slug = member.watch.body.kind().slug();
            let others = || gathering.members.iter().filter(|other| other.called != member.called);
            let kinds: Vec<&str> = others().map(|other| other.watch.body.kind().slug()).collect();
            let word = member.called.trim_start_matches("the ");
            let has = |part: &str| kinds.iter().any(|kind| kind.contains(part));
            match word {
                "alarm clock" => assert!(slug.contains("alarm") && !has("alarm") && !has("bedside")),
                "pocket watch" => assert!(!has("pocket") && !has("hunter"), "{kinds:?}"),
                "smartwatch" => assert!(slug.contains("smartwatch") && !has("smartwatch")),
                "cuckoo clock" => assert!(slug == "cuckoo-clock" && !has("cuckoo")),
                "digital clock" => {
                    let digits = |member: &Member| matches!(member.watch.dial, Dial::Digits(_));
                    assert!(digits(member) && !others().any(digits), "{kinds:?}");
                }
                "square watch" => assert!(!has("square") && !has("tank") && !has("lcd"), "{kinds:?}"),
                _ => continue,
            }
            seen.insert(word.to_owned());
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
}

#[test]
fn walls_of_the_world_show_one_moment() {
    let mut walls = 0;
    for gathering in (0..4 * COUNT).filter_map(gathering) {
        let cities: Vec<&Member> = gathering.members.iter().filter(|member| member.plate.is_some()).collect();
        if cities.is_empty() {
            continue;
        }
        walls += 1;
        assert_eq!(cities.len(), gathering.members.len());
        let moment = |member: &Member| member.choice.moment;
        for member in &cities[1..] {
            let minutes = i64::from(moment(member).of_day()) - i64::from(moment(cities[0]).of_day());
            assert!(
                minutes % 900 == 0 && minutes % 43_200 != 0,
                "{} {}",
                moment(member).iso(),
                moment(cities[0]).iso()
            );
        }
    }
    assert!(walls > 20, "{walls}");
}

#[test]
fn small_pictures_have_several_as_well() {
    let of = |number| {
        let order = Order { sides: Sides { min: 256, max: 320 }, ..order(number) };
        let choice = Choice::of(&order.seed, order.not_shown_share);
        let watch = picture::clock(order.kinds, !choice.not_shown, &order.design);
        Gathering::about(&order, &choice, &watch)
    };
    let found = (0..COUNT).filter_map(of).count() as u64;
    assert!(found >= COUNT / 2, "{found} of {COUNT}");
}

#[test]
fn the_share_is_met_and_towers_stand_alone() {
    let order = order(3);
    let tower = picture::clock(&[Kind::TowerClock], true, &order.design);
    let choice = Choice::of(&order.seed, 0.05);
    let only = Order { kinds: &[Kind::TowerClock], ..order };
    assert!(Gathering::about(&only, &choice, &tower).is_none());
    let among = Gathering::about(&order, &choice, &tower).expect("some other clock takes its place");
    assert!(among.members.iter().all(|member| member.watch.body.kind() != Kind::TowerClock));
    let with = (0..6_000)
        .filter(|number| Seed::from_number(*number).child("several").rng("whether").chance(SHARE))
        .count();
    assert!((420..540).contains(&with), "{with}");
}

/// The first picture of several clocks from a number on.
fn pictured(mut number: u64) -> Made {
    loop {
        let made = make(&order(number), &mut Kept::default());
        if !made.others.is_empty() {
            return made;
        }
        number += 1;
    }
}

#[test]
fn a_picture_of_several_is_the_same_again_and_knows_all_of_them() {
    let (one, two) = (pictured(0), pictured(0));
    assert_eq!((&one.file, one.others.len()), (&two.file, two.others.len()));
    assert!(one.wild && one.format == "jpeg" && one.file.starts_with(b"\xff\xd8\xff"));
    for other in &one.others {
        assert!(other.file.is_empty() && other.photo.is_none() && other.others.is_empty());
        assert_ne!(other.called, one.called);
        let picture = Rect::new(0.0, 0.0, one.camera.width as f32, one.camera.height as f32);
        assert!(picture.grown(0.01).holds(&other.visible));
        let dial = corners(&other.visible);
        assert_eq!(clipped(&dial, &picture.grown(0.01)).len(), 4);
    }
}
