use std::collections::BTreeSet;

use pixmo_render::{Element, Fonts, Role, Seed};

use super::hand::LONGER_BY;
use super::*;
use crate::frame::{Calling, Display};

const OUTLINES: [Outline; 6] = [
    Outline::Round,
    Outline::Rectangle { wide: 62.0, high: 100.0, corner: 8.0 },
    Outline::Rectangle { wide: 100.0, high: 100.0, corner: 0.0 },
    Outline::Tonneau { wide: 76.0 },
    Outline::Octagon,
    Outline::Cushion,
];

fn frame(number: u64) -> Frame {
    let outline = if number.is_multiple_of(2) { Outline::Round } else { OUTLINES[number as usize / 2 % 6] };
    Frame { outline, display: Display::Hands, tells_top: false, calling: Calling::Watch }
}

fn face(number: u64) -> Face {
    Face::drawn(&frame(number), &mut Seed::from_number(number).rng("face"))
}

fn moment(number: u64) -> Moment {
    let mut rng = Seed::from_number(number).rng("time");
    let (day, hour) = (rng.whole(1, 28) as i8, rng.whole(0, 23) as i8);
    let (minute, second) = (rng.whole(0, 59) as i8, rng.whole(0, 59) as i8);
    Moment::new(2023, rng.whole(1, 12) as i8, day, hour, minute, second).expect("it exists")
}

fn moving(face: &Face, number: u64) -> Canvas {
    let mut canvas = Canvas::new();
    face.moving(&frame(number), &moment(number), &mut canvas);
    canvas
}

/// The angle of a place about another, clockwise from the top.
fn angle(at: Point, center: Point) -> f64 {
    libm::atan2(f64::from(at.x - center.x), f64::from(center.y - at.y)).to_degrees().rem_euclid(360.0)
}

#[test]
fn hands_stand_where_the_moment_says() {
    let mut with_seconds = 0;
    for number in 0..500 {
        let face = face(number);
        let canvas = moving(&face, number);
        let angles = moment(number).angles(face.movement);
        let near = |label: &str, center: Point, goal: f64| {
            let hands: Vec<&Element> = canvas
                .scene
                .elements
                .iter()
                .filter(|element| element.role == Role::Hand && element.label == label)
                .collect();
            assert_eq!(hands.len(), 1, "{label} of {number}");
            let off = (angle(hands[0].anchor, center) - goal + 540.0).rem_euclid(360.0) - 180.0;
            assert!(off.abs() < 1e-3, "{label} of {number} is off by {off}");
            assert!(hands[0].bounds.grown(0.01).contains(hands[0].anchor), "{label} of {number}");
        };
        near("hour", Point::default(), angles.hour);
        near("minute", Point::default(), angles.minute);
        if face.shows().seconds {
            with_seconds += 1;
            near("second", face.second_center(), angles.second);
        }
        assert!(face.shows().time);
    }
    assert!((250..420).contains(&with_seconds), "{with_seconds} of 500 faces show seconds");
}

#[test]
fn hands_can_be_told_apart_and_seen() {
    for number in 0..2000 {
        let face = face(number);
        let hands = face.hands.as_ref().expect("it shows the time");
        assert!(hands.minute.length >= hands.hour.length + LONGER_BY, "{number}: {hands:?}");
        assert!(hands.minute.length < frame(number).outline.circle(), "{number}");
        let mut colors = vec![hands.hour.color, hands.minute.color];
        colors.extend([hands.hour.shade, hands.minute.shade].into_iter().flatten());
        if let Seconds::Center(second) = &face.seconds {
            colors.push(second.color);
        }
        for shade in face.shades() {
            for color in &colors {
                assert!(color.contrast(shade) >= tone::HAND_CONTRAST, "{number}: {color:?} on {shade:?}");
            }
        }
    }
}

#[test]
fn a_face_without_time_has_no_main_hands() {
    for number in 0..200 {
        let frame = frame(number);
        let face = Face::without_time(&frame, &mut Seed::from_number(number).rng("face"));
        let shows = face.shows();
        assert!(!shows.time && !shows.seconds && !shows.am_pm);
        let canvas = moving(&face, number);
        let tells = |element: &Element| {
            element.role == Role::Hand
                && ["hour", "minute", "second", "gmt", "day"].contains(&element.label.as_str())
        };
        assert!(!canvas.scene.elements.iter().any(tells), "{number}");
    }
}

#[test]
fn parameters_say_all() {
    let mut seen = BTreeSet::new();
    for number in 0..2000 {
        let face = face(number);
        let written = serde_json::to_string(&face).expect("parameters can be written");
        let read: Face = serde_json::from_str(&written).expect("parameters can be read");
        assert_eq!(read, face, "{number}");
        assert_eq!(serde_json::to_string(&read).expect("parameters can be written"), written);
        assert!(seen.insert(written), "face {number} was drawn before");
    }
}

#[test]
fn every_letter_has_a_glyph() {
    let fonts = Fonts::bundled();
    for number in 0..1000 {
        let face = face(number);
        let mut canvas = Canvas::new();
        face.dial(&frame(number), &mut canvas);
        let written = |text: &str| canvas.scene.elements.iter().any(|e| e.text.is_some() && e.label == text);
        for line in face.sign.iter().flat_map(|sign| &sign.lines) {
            assert!(written(&line.text), "{number}: {}", line.text);
        }
        if let Some(numerals) = &face.marks.numerals {
            let letters: String = numerals.hours.iter().map(|hour| numerals.script.text(*hour)).collect();
            assert!(fonts.covers(numerals.font.face(), &letters), "{number}: {letters}");
            assert_ne!(numerals.font.width(&letters, 1.0), 0.0);
        }
        for window in &face.windows {
            for month in 1..=12 {
                let moment = Moment::new(2023, month, 8 + month, 0, 0, 0).expect("it exists");
                let mut canvas = Canvas::new();
                window.draw_text(&moment, &mut canvas);
                let text = window.part.text(&moment, window.language);
                assert!(canvas.scene.elements.iter().any(|e| e.role == Role::ValueLabel && e.label == text));
            }
        }
    }
}

#[test]
fn numerals_are_whole() {
    for number in 0..1000 {
        let (face, frame) = (face(number), frame(number));
        let mut canvas = Canvas::new();
        face.dial(&frame, &mut canvas);
        let hours = face.marks.numerals.as_ref().map_or(0, |numerals| numerals.hours.len());
        let numerals: Vec<&Element> =
            canvas.scene.elements.iter().filter(|e| e.role == Role::TickLabel).take(hours).collect();
        let rim = Rim::of(frame.outline, face.circle);
        for placed in face.marks.placed(&rim, face.marks_inset(), &face.taken()) {
            assert!(face.taken().iter().all(|taken| !taken.meets(placed.at, placed.half, 0.5)), "{number}");
            let far = libm::hypotf(placed.at.x, placed.at.y);
            let edge = frame.outline.reach(angle(placed.at, Point::default()));
            assert!(far < edge, "{number}: {} lies outside", placed.text);
        }
        assert!(numerals.iter().all(|numeral| !numeral.bounds.is_empty()), "{number}");
    }
}

#[test]
fn dates_are_those_of_the_moment() {
    let mut dates = 0;
    for number in 0..1000 {
        let face = face(number);
        if face.windows.is_empty() {
            continue;
        }
        let day = moment(number).day();
        let canvas = moving(&face, number);
        let printed = |element: &&Element| element.role == Role::ValueLabel;
        let texts: Vec<&str> =
            canvas.scene.elements.iter().filter(printed).map(|e| e.label.as_str()).collect();
        assert_eq!(texts.len(), face.windows.len(), "{number}");
        assert!(texts.iter().any(|text| text.parse() == Ok(day)), "{number}: {texts:?}, day {day}");
        dates += 1;
    }
    assert!(dates > 100, "{dates}");
}

#[test]
fn small_print_does_not_contradict_itself() {
    for number in 0..3000 {
        let face = called(number, CALLINGS[number as usize % CALLINGS.len()]);
        let has = |end: &str| {
            face.sign
                .iter()
                .flat_map(|sign| &sign.lines)
                .skip(1)
                .filter(|line| line.text.ends_with(end))
                .count()
        };
        assert!(has(" m") + has(" ft") < 2 && has("JEWELS") < 2, "{number}: {:?}", face.sign);
        assert!(has("QUARTZ") == 0 || has("JEWELS") + has("AUTOMATIC") + has("MANUAL") == 0, "{number}");
    }
}

#[test]
fn makers_are_many() {
    let mut rng = Seed::from_number(1).rng("makers");
    let names: BTreeSet<String> = (0..8000).map(|_| sign::maker(&mut rng)).collect();
    assert!(names.len() > 5000, "{}", names.len());
}

#[test]
fn no_six_is_taken_for_a_nine() {
    for number in 0..3000 {
        let face = face(number);
        let Some(numerals) = &face.marks.numerals else { continue };
        let rim = Rim::of(frame(number).outline, face.circle);
        for placed in face.marks.placed(&rim, face.marks_inset(), &[]) {
            let over = (placed.turned - 180.0).abs() < 60.0 && placed.text.contains(['6', '9']);
            assert!(!over || numerals.hours.len() == 12, "{number}: {} at {}", placed.text, placed.turned);
        }
    }
}

#[test]
fn numerals_keep_apart() {
    for number in 0..1500 {
        let (face, frame) = (face(number), frame(number));
        let rim = Rim::of(frame.outline, face.circle);
        let Some(numerals) = face.marks.numerals.as_ref().filter(|numerals| numerals.hours.len() > 1) else {
            continue;
        };
        if numerals.stance != numeral::Stance::Upright {
            continue;
        }
        let placed = face.marks.placed(&rim, face.marks_inset(), &[]);
        for (n, one) in placed.iter().enumerate() {
            for other in &placed[n + 1..] {
                let taken = Taken { center: other.at, half: other.half, round: false };
                assert!(!taken.meets(one.at, one.half, 0.0), "{number}: {} meets {}", one.text, other.text);
            }
        }
    }
}

const CALLINGS: [Calling; 10] = [
    Calling::Watch,
    Calling::Pocket,
    Calling::Jewel,
    Calling::Stopwatch,
    Calling::Traveller,
    Calling::Tool,
    Calling::Alarm,
    Calling::Room,
    Calling::Public,
    Calling::Tower,
];

fn called(number: u64, calling: Calling) -> Face {
    Face::drawn(&Frame { calling, ..frame(number) }, &mut Seed::from_number(number).rng("face"))
}

#[test]
fn hands_go_as_far_as_they_should() {
    for number in 0..3000 {
        let calling = CALLINGS[number as usize % CALLINGS.len()];
        let face = called(number, calling);
        let rim = Rim::of(frame(number).outline, face.circle);
        let (room, hands) = (face.room(&rim), face.hands.as_ref().expect("it shows the time"));
        let (hour, minute) = (&hands.hour, &hands.minute);
        let least = (room.marks * hand::NEAR_MARKS).min(room.most);
        assert!(
            minute.length > least - 0.1 && minute.length < room.most + 0.1,
            "{number}: {room:?} {minute:?}"
        );
        let most = (room.content + rim.circle() * hand::OVER_MARKS).max(rim.circle() * 0.46);
        assert!(hour.length < most + 0.1, "{number}: {room:?} {hour:?}");
        let (shades, has_window) = (face.ground.shades(), face.moon.is_some() || !face.windows.is_empty());
        for hand in [hour, minute] {
            assert_eq!(hand.halo.is_some(), has_window || face.reserve.is_some(), "{number}");
            if let Some(halo) = hand.halo {
                let apart = halo.contrast(hand.color) >= tone::HAND_CONTRAST && shades.contains(&halo);
                assert!(apart, "{number}: {hand:?}");
            }
            let hollow = matches!(hand.family, shape::Family::Skeleton | shape::Family::OpenLeaf);
            assert!(!hollow || (face.moon.is_none() && face.subdials.is_empty()), "{number}: {hand:?}");
        }
        if let Seconds::Center(second) = &face.seconds {
            assert!(second.length > minute.length * 0.95, "{number}");
            assert!(second.width < minute.width * 0.75, "{number}: {second:?} {minute:?}");
        }
        for subdial in &face.subdials {
            assert!(subdial.hand.length < subdial.radius * 0.92, "{number}: {subdial:?}");
            assert!(subdial.hand.length > subdial.radius * 0.6, "{number}: {subdial:?}");
        }
        if let Some(alarm) = &face.alarm {
            assert!(alarm.hand.length < hour.length && alarm.hand.width < hour.width, "{number}");
            assert!(alarm.hand.color.distance(hour.color) > 0.05, "{number}");
        }
        if let Some(gmt) = &face.gmt {
            assert!(gmt.hand.length > hour.length && gmt.hand.width < hour.width, "{number}");
            assert!(gmt.hand.tip == Tip::Triangle, "{number}");
            let apart = [hour.color, minute.color].iter().all(|color| color.distance(gmt.hand.color) > 0.05);
            assert!(apart, "{number}: {:?} {:?}", gmt.hand.color, hour.color);
        }
    }
}

#[test]
fn what_lies_on_a_dial_lies_apart() {
    for number in 0..4000 {
        let face = called(number, CALLINGS[number as usize % CALLINGS.len()]);
        let taken = face.taken();
        // Day and date stand side by side in one frame.
        let slack = if face.windows.len() > 1 { -1.0 } else { 0.0 };
        for (n, one) in taken.iter().enumerate() {
            for other in &taken[n + 1..] {
                let meet = if one.round && other.round {
                    other.away(one.center) < one.half.0
                } else if one.round {
                    one.meets(other.center, other.half, slack)
                } else {
                    other.meets(one.center, one.half, slack)
                };
                assert!(!meet, "{number}: {one:?} meets {other:?}");
            }
        }
        let rim = Rim::of(frame(number).outline, face.circle);
        for placed in face.marks.placed(&rim, face.marks_inset(), &taken) {
            assert!(taken.iter().all(|taken| !taken.meets(placed.at, placed.half, 0.5)), "{number}");
        }
        for line in face.sign.iter().flat_map(|sign| &sign.lines) {
            let half = (line.font.width(&line.text, line.high) / 2.0, line.high / 2.0);
            let at = Point::new(line.at.0, line.at.1);
            assert!(taken.iter().all(|taken| !taken.meets(at, half, 0.5)), "{number}: {}", line.text);
            for placed in face.marks.placed(&rim, face.marks_inset(), &taken) {
                let numeral = Taken { center: placed.at, half: placed.half, round: false };
                assert!(!numeral.meets(at, half, 0.0), "{number}: {} on {}", line.text, placed.text);
            }
        }
    }
}

#[test]
fn faces_become_their_bodies() {
    for number in 0..600 {
        let of = |calling: Calling| called(number, calling);
        assert!(of(Calling::Stopwatch).stopwatch.is_some(), "{number}");
        assert!(of(Calling::Traveller).gmt.is_some(), "{number}");
        for calling in [Calling::Public, Calling::Tower] {
            let face = of(calling);
            assert!(face.windows.is_empty() && face.subdials.is_empty() && face.scale.is_none(), "{number}");
            assert!(face.moon.is_none() && face.reserve.is_none() && face.gmt.is_none(), "{number}");
        }
        let tower = of(Calling::Tower);
        assert!(tower.sign.is_none() && tower.seconds == Seconds::None, "{number}");
        for calling in [Calling::Room, Calling::Alarm] {
            let face = of(calling);
            assert!(face.gmt.is_none() && face.stopwatch.is_none() && face.scale.is_none(), "{number}");
            let deep = |line: &sign::Line| line.text.ends_with(" m") || line.text.contains("JEWELS");
            assert!(!face.sign.iter().flat_map(|sign| &sign.lines).any(deep), "{number}");
        }
        for calling in [Calling::Pocket, Calling::Jewel] {
            let face = of(calling);
            let wet = |line: &sign::Line| {
                line.text.ends_with(" m") || line.text.ends_with(" ft") || line.text.contains("WATER")
            };
            assert!(!face.sign.iter().flat_map(|sign| &sign.lines).any(wet), "{number}");
            assert!(face.scale.is_none_or(|scale| scale.kind != ScaleKind::Diver), "{number}");
        }
    }
}

#[test]
fn scales_say_what_they_measure() {
    let (rim, mut rng) = (Rim::of(Outline::Round, true), Seed::from_number(1).rng("scale"));
    let mut of = |kind: ScaleKind| -> Vec<(f64, f64)> {
        let scale = Scale::drawn(kind, &rim, &[Color::WHITE], &mut rng);
        scale.numerals().iter().map(|(at, text)| (*at, text.parse().expect("a number"))).collect()
    };
    // At so many seconds, an hour has so many of what took them.
    for (degrees, units) in of(ScaleKind::Tachymetre) {
        assert!((degrees / 6.0 * units - 3600.0).abs() < 1e-6, "{units} at {degrees}");
    }
    // Fifteen beats in so many seconds are so many a minute.
    for (degrees, beats) in of(ScaleKind::Pulsometer) {
        assert!((degrees / 6.0 * beats - 900.0).abs() < 1e-6, "{beats} at {degrees}");
    }
    assert!(of(ScaleKind::Diver).iter().all(|(degrees, minutes)| degrees / 6.0 == *minutes));
    assert!(of(ScaleKind::Day).iter().all(|(degrees, hours)| degrees / 15.0 == *hours));
    for kind in [ScaleKind::Tachymetre, ScaleKind::Pulsometer] {
        assert!(of(kind).windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 > two[1].1), "{kind:?}");
    }
}
