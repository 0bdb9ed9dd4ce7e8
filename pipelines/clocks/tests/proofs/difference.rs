//! The difference test and the metamorphic ones: a picture at another time differs where the time is shown, and nowhere else.

use pixmo_clockread::mask::Hand;
use pixmo_clockread::plane::{Plane, turn};
use pixmo_clockread::time::{self, Movement};
use pixmo_clocks::picture::Sitting;
use pixmo_render::{Element, Pixmap, Point, Role};
use pixmo_render_clocks::face::hand::{self, Shadow};
use pixmo_render_clocks::face::seconds::{Needle, Seconds};
use pixmo_render_clocks::face::subdial::Job;
use pixmo_render_clocks::watch::Dial;
use pixmo_render_clocks::{Digital, Face, Moment};
use serde_json::Value;

use super::mask::{Row, dial_of, with_hands};
use super::{clocks, none_wrong, sittings};

/// Still pictures of clocks with hands that are painted twice.
const FACES: usize = 120;
/// The same of clocks with digits.
const DIGITS: usize = 60;
/// How far smoothed edges reach over the edge of a shape, in pixels.
const SOFT: f64 = 1.1;
/// Room for the outline and the sharp corners of a hand, in units of the dial.
const EDGE: f64 = 1.6;

/// A place in which pixels may differ, in units of the dial.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// About a hand: its turning point, where it points, from where to where it reaches, and half its width.
    Hand { about: (f64, f64), degrees: f64, from: f64, to: f64, half: f64 },
    /// About a middle.
    Disc { about: (f64, f64), radius: f64 },
}

impl Place {
    fn contains(&self, x: f64, y: f64, room: f64) -> bool {
        match *self {
            Place::Hand { about, degrees, from, to, half } => {
                let (x, y) = (x - about.0, y - about.1);
                let (sin, cos) = (libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians()));
                let (across, out) = (x * cos + y * sin, x * sin - y * cos);
                across.abs() <= half + room && (from - room..=to + room).contains(&out)
            }
            Place::Disc { about, radius } => libm::hypot(x - about.0, y - about.1) <= radius + room,
        }
    }

    fn moved(&self, right: f64, down: f64) -> Place {
        let mut moved = *self;
        match &mut moved {
            Place::Hand { about, .. } | Place::Disc { about, .. } => {
                *about = (about.0 + right, about.1 + down);
            }
        }
        moved
    }
}

/// The same day, some seconds later.
fn later(moment: &Moment, seconds: u32) -> Moment {
    let of_day = (moment.of_day() + seconds) % 86_400;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let day = (moment.month() as i8, moment.day() as i8);
    Moment::new(moment.year(), day.0, day.1, hour as i8, minute as i8, second as i8).expect("the day exists")
}

fn broad(hand: &hand::Hand, about: (f64, f64), degrees: f64) -> Place {
    let (length, tail) = (f64::from(hand.length), f64::from(hand.tail));
    let from = -tail.max(length * 0.08) - EDGE;
    Place::Hand { about, degrees, from, to: length + EDGE, half: f64::from(hand.width) / 2.0 + EDGE }
}

fn thin(hand: &Needle, about: (f64, f64), degrees: f64) -> Place {
    let head = f64::from(hand.head);
    let half = f64::from(hand.width).max(head * 1.4);
    Place::Hand {
        about,
        degrees,
        from: -f64::from(hand.tail) - head - EDGE,
        to: f64::from(hand.length) + EDGE,
        half,
    }
}

/// The place of a hand and that of its shadow.
fn with_shadow(place: Place, shadow: Option<Shadow>, far: f64) -> Vec<Place> {
    let shade = shadow.map(|s| place.moved(f64::from(s.right) * far, f64::from(s.down) * far));
    [Some(place), shade].into_iter().flatten().collect()
}

fn movement(face: &Face) -> Movement {
    match face.movement.name() {
        "jumping_minute" => Movement::TickingMinute,
        _ => Movement::Sweeping,
    }
}

/// Where the hands of a face that tell the time lie at a moment, by the rules of the decoder; `hours` alone: those that tell
/// the hour.
fn hands(face: &Face, at: &Moment, hours: bool) -> Vec<Place> {
    let movement = movement(face);
    let angles = time::angles(at.hour(), at.minute(), at.second(), movement);
    // The 24-hour hand, midnight at the top.
    let seconds = if movement == Movement::TickingMinute { 0.0 } else { f64::from(at.second()) };
    let of_day = f64::from(at.hour()) + (f64::from(at.minute()) + seconds / 60.0) / 60.0;
    let day = of_day * 15.0;
    let middle = (0.0, 0.0);
    let shadow = face.shadow;
    let mut places = Vec::new();
    if let Some(hands) = &face.hands {
        places.extend(with_shadow(broad(&hands.hour, middle, angles.hour), shadow, 1.0));
        if !hours {
            places.extend(with_shadow(broad(&hands.minute, middle, angles.minute), shadow, 1.0));
        }
    }
    if let Some(gmt) = &face.gmt {
        let degrees = day + f64::from(gmt.ahead) * 15.0;
        places.extend(with_shadow(thin(&gmt.hand, middle, degrees), shadow, 1.2));
    }
    for subdial in &face.subdials {
        let angle = f64::from(subdial.degrees).to_radians();
        let out = f64::from(subdial.distance);
        let about = (out * libm::sin(angle), -out * libm::cos(angle));
        let degrees = match subdial.job {
            Job::Day => Some(day),
            Job::Seconds if !hours => angles.second,
            _ => None,
        };
        places.extend(degrees.iter().flat_map(|a| with_shadow(broad(&subdial.hand, about, *a), shadow, 0.4)));
    }
    match (&face.seconds, angles.second) {
        (Seconds::Center(hand), Some(degrees)) if !hours => {
            places.extend(with_shadow(thin(hand, middle, degrees), shadow, 1.2));
        }
        (Seconds::Disc(disc), _) if !hours => {
            places.push(Place::Disc { about: middle, radius: f64::from(disc.radius) });
        }
        _ => {}
    }
    if let Some(moon) = &face.moon {
        let angle = f64::from(moon.degrees).to_radians();
        let out = f64::from(moon.distance);
        let about = (out * libm::sin(angle), -out * libm::cos(angle));
        places.push(Place::Disc { about, radius: f64::from(moon.radius) * 1.25 });
    }
    places
}

/// The first pixel that differs and lies in none of the places; `grown` boxes are in pixels.
fn outside(
    sitting: &Sitting,
    two: &[Pixmap],
    places: &[Place],
    boxes: &[[f64; 4]],
) -> Option<(usize, usize)> {
    let plane = Plane::of(&sitting.camera.view().rows()).expect("a camera has an inverse");
    let room = SOFT / sitting.camera.scale;
    let width = two[0].width() as usize;
    let pairs = two[0].pixels().iter().zip(two[1].pixels()).enumerate();
    pairs.filter(|(_, (a, b))| a != b).map(|(at, _)| (at % width, at / width)).find(|(column, row)| {
        let (px, py) = (*column as f64 + 0.5, *row as f64 + 0.5);
        let (x, y) = plane.on_dial(px, py);
        let in_box = |[left, top, right, bottom]: &[f64; 4]| {
            (*left..=*right).contains(&px) && (*top..=*bottom).contains(&py)
        };
        !places.iter().any(|place| place.contains(x, y, room)) && !boxes.iter().any(in_box)
    })
}

/// Still pictures that show the time.
fn stills() -> impl Iterator<Item = (u64, Sitting)> {
    let clocks = clocks(|settings| {
        (settings.wild_share, settings.side_min, settings.side_max) = (0.0, 256, 384);
    });
    let all: Vec<(u64, Sitting)> = sittings(&clocks).take(600).collect();
    all.into_iter().filter(|(_, sitting)| !sitting.choice.not_shown)
}

fn faces() -> impl Iterator<Item = (u64, Sitting, Face)> {
    stills().filter_map(|(number, sitting)| {
        let face = match &sitting.watch.dial {
            Dial::Hands(face) => Some((**face).clone()),
            _ => None,
        };
        face.map(|face| (number, sitting, face))
    })
}

fn named(number: u64, sitting: &Sitting) -> String {
    format!("task {number}, {}, {}", sitting.watch.body.kind().slug(), sitting.choice.moment.iso())
}

#[test]
fn two_times_differ_where_hands_are_and_nowhere_else() {
    let mut wrong = Vec::new();
    for (number, sitting, face) in faces().take(FACES) {
        let first = sitting.choice.moment;
        let second = later(&first, 4_000 + (number as u32 * 7_919) % 70_000);
        let two = sitting.stills(&[first, second]);
        let places = [hands(&face, &first, false), hands(&face, &second, false)].concat();
        if let Some(at) = outside(&sitting, &two, &places, &[]) {
            wrong.push(format!("{} and {}: {at:?}", named(number, &sitting), second.iso()));
        }
        assert!(two[0] != two[1], "{} and {} look alike", named(number, &sitting), second.iso());
    }
    none_wrong(&wrong, FACES);
}

#[test]
fn an_hour_later_only_what_tells_the_hour_has_moved() {
    let mut wrong = Vec::new();
    for (number, mut sitting, face) in faces().take(FACES) {
        let first = sitting.choice.moment;
        let second = later(&first, 3_600);
        let two = sitting.stills(&[first, second]);
        let places = [hands(&face, &first, true), hands(&face, &second, true)].concat();
        if let Some(at) = outside(&sitting, &two, &places, &[]) {
            wrong.push(format!("{}: {at:?}", named(number, &sitting)));
        }
        let before = read(&sitting);
        sitting.choice.moment = second;
        for (at, (before, after)) in before.into_iter().zip(read(&sitting)).enumerate() {
            let expected = if at == 0 { 30.0 } else { 0.0 };
            if let (Some(before), Some(after)) = (before, after)
                && (turn(before.degrees, after.degrees) - expected).abs() > if at == 0 { 0.6 } else { 1e-9 }
            {
                wrong.push(format!("{}: {before:?} {after:?}", named(number, &sitting)));
            }
        }
    }
    none_wrong(&wrong, FACES);
}

fn read(sitting: &Sitting) -> [Option<Hand>; 3] {
    Row::of(&sitting.about()).read(&sitting.mask())
}

/// Whether a clock shows in which half of the day it is, in any way. The moon does: it grows.
fn tells_half(sitting: &Sitting) -> bool {
    match &sitting.watch.dial {
        Dial::Hands(face) => {
            face.gmt.is_some()
                || face.moon.is_some()
                || face.subdials.iter().any(|small| small.job == Job::Day)
        }
        Dial::Digits(face) => {
            let value = serde_json::to_value(face).expect("a face has a JSON form");
            let hours = value.as_object().and_then(|kinds| kinds.values().next()).map(|face| &face["hours"]);
            !face.has_hands() && hours != Some(&Value::from("twelve"))
        }
        Dial::Nothing => false,
    }
}

#[test]
fn half_a_day_later_the_picture_is_the_same_unless_it_tells_the_half() {
    let (mut same, mut other) = (0, 0);
    for (number, sitting) in stills().take(FACES + DIGITS) {
        let first = sitting.choice.moment;
        let two = sitting.stills(&[first, later(&first, 43_200)]);
        let tells = tells_half(&sitting);
        if !tells {
            assert!(two[0] == two[1], "{}", named(number, &sitting));
        }
        if sitting.watch.shows().am_pm {
            assert!(tells && two[0] != two[1], "{} tells no half", named(number, &sitting));
            other += 1;
        }
        same += usize::from(!tells);
    }
    assert!(same >= 90 && other >= 15, "{same} are the same, {other} tell the half");
}

#[test]
fn a_turned_clock_turns_all_angles() {
    let clocks = clocks(|_| {});
    for (number, sitting) in sittings(&clocks).filter(|(_, sitting)| with_hands(sitting)).take(300) {
        let row = Row::of(&sitting.about());
        let before = row.read(&sitting.mask());
        let by = (number * 37 % 360) as f64;
        let mut turned = sitting.clone();
        turned.camera.turn += by;
        // Read as if it were not turned, about the turning point where it has gone.
        let (sin, cos) = (libm::sin(by.to_radians()), libm::cos(by.to_radians()));
        let (x, y) = row.second_turns;
        let seen = Row { second_turns: (x * cos - y * sin, x * sin + y * cos), ..row };
        for (before, after) in before.into_iter().zip(seen.read(&turned.mask())) {
            let (Some(before), Some(after)) = (before, after) else { continue };
            let off = turn(before.degrees + by, after.degrees);
            assert!(off.abs() < 1.5, "{} by {by}: {before:?} {after:?}", named(number, &sitting));
        }
    }
}

#[test]
fn a_mirrored_mask_fails() {
    let clocks = clocks(|settings| settings.wild_share = 0.0);
    let mut failed = 0;
    for (number, sitting) in sittings(&clocks).filter(|(_, sitting)| with_hands(sitting)).take(300) {
        let made = sitting.about();
        let row = Row::of(&made);
        let mut mask = sitting.mask();
        let bounds = pixmo_clockread::mask::bounds(dial_of(&made, &mask));
        row.wrong(&row.read(&mask), bounds).expect("as it is, it is right");
        mask.bits.chunks_mut(mask.width).for_each(<[u8]>::reverse);
        mask.left = 2.0 * f64::from(made.centre.x) - mask.left - mask.width as f64 * mask.step;
        let angles = made.hands.map(|hand| hand.map_or(0.0, |(angle, _)| angle));
        let own_mirror = angles.iter().all(|angle| turn(*angle, -*angle).abs() < 4.0);
        // A small dial may lie beside the middle line.
        let wrong = row.wrong(&row.read(&mask), bounds);
        assert!(wrong.is_err() || own_mirror, "{}", named(number, &sitting));
        failed += usize::from(wrong.is_err());
    }
    assert!(failed > 290, "{failed} of 300 fail");
}

/// The boxes of a read-out in pixels, with room for its glow.
fn boxes(sitting: &Sitting, at: &Moment) -> Vec<[f64; 4]> {
    let mut sitting = sitting.clone();
    sitting.choice.moment = *at;
    let is_value = |element: &&Element| element.role == Role::ValueLabel && !element.bounds.is_empty();
    let scene = sitting.moving();
    let around = scene.elements.iter().filter(is_value).map(|element| {
        let b = element.bounds.grown(element.bounds.height() * 0.07 + SOFT as f32);
        [b.left, b.top, b.right, b.bottom].map(f64::from)
    });
    around.collect()
}

/// The hands on a screen, by where their tips lie in the picture.
fn on_screen(face: &Digital, sitting: &Sitting, at: &Moment) -> Vec<Place> {
    if !face.has_hands() {
        return Vec::new();
    }
    let plane = Plane::of(&sitting.camera.view().rows()).expect("a camera has an inverse");
    let angles = time::angles(at.hour(), at.minute(), at.second(), Movement::Sweeping);
    let mut sitting = sitting.clone();
    sitting.choice.moment = *at;
    let scene = sitting.moving();
    let hand = |label: &str, degrees: f64| {
        let tip = scene.elements.iter().find(|e| e.role == Role::Hand && e.label == label)?.anchor;
        let Point { x, y } = tip;
        let (x, y) = plane.on_dial(x.into(), y.into());
        let to = libm::hypot(x, y);
        Some(Place::Hand { about: (0.0, 0.0), degrees, from: -to * 0.2, to: to * 1.04, half: to * 0.11 })
    };
    [hand("hour", angles.hour), hand("minute", angles.minute)].into_iter().flatten().collect()
}

#[test]
fn digits_differ_in_the_read_out_alone() {
    let mut wrong = Vec::new();
    let digits = stills().filter_map(|(number, sitting)| match sitting.watch.dial.clone() {
        Dial::Digits(face) => Some((number, sitting, face)),
        _ => None,
    });
    for (number, sitting, face) in digits.take(DIGITS) {
        let first = sitting.choice.moment;
        let second = later(&first, 4_000 + (number as u32 * 7_919) % 70_000);
        let two = sitting.stills(&[first, second]);
        assert!(two[0] != two[1], "{} and {} look alike", named(number, &sitting), second.iso());
        let boxes = [boxes(&sitting, &first), boxes(&sitting, &second)].concat();
        let places = [on_screen(&face, &sitting, &first), on_screen(&face, &sitting, &second)].concat();
        if let Some(at) = outside(&sitting, &two, &places, &boxes) {
            wrong.push(format!("{} and {}: {at:?}", named(number, &sitting), second.iso()));
        }
    }
    none_wrong(&wrong, DIGITS);
}
