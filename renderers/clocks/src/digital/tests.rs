use pixmo_render::raster::paint;
use pixmo_render::{Color, Element, Fonts, Rng, Role, Scene, Seed, View};

use super::cell::{CENTRES, lights};
use super::hours::{DateForm, Half, Hours};
use super::pane::{DIGITS, Pane, SMALL, Type};
use super::screen::Layout;
use super::segments::Seconds;
use super::{Digital, flip};
use crate::frame::{Calling, Dated, Display, Frame};
use crate::moment::{Moment, Movement};
use crate::space::{Canvas, Outline, polar};

fn frames() -> Vec<Frame> {
    let box_of = |wide: f32, high: f32, corner: f32| Outline::Rectangle { wide, high, corner };
    let screen = |wide, high| Display::Screen { wide, high };
    let segments = |wide, high| Display::Segments { wide, high };
    let flip = |wide, high| Display::Flip { wide, high };
    [
        (Outline::Round, screen(100.0, 100.0)),
        (Outline::Round, screen(90.0, 90.0)),
        (box_of(82.0, 100.0, 26.0), screen(82.0, 100.0)),
        (box_of(82.0, 100.0, 26.0), screen(74.0, 92.0)),
        (box_of(47.0, 100.0, 9.0), screen(47.0, 100.0)),
        (box_of(30.0, 100.0, 12.0), screen(30.0, 100.0)),
        (box_of(100.0, 30.0, 4.0), screen(100.0, 30.0)),
        (Outline::Round, segments(64.0, 36.0)),
        (box_of(100.0, 62.0, 6.0), segments(88.0, 50.0)),
        (box_of(100.0, 34.0, 2.0), segments(100.0, 34.0)),
        (box_of(100.0, 62.0, 6.0), flip(100.0, 62.0)),
        (box_of(80.0, 100.0, 6.0), flip(70.0, 80.0)),
    ]
    .map(|(outline, display)| Frame { outline, display, tells_top: true, calling: Calling::Watch })
    .to_vec()
}

fn sizes(frame: &Frame) -> (f32, f32) {
    let pane = Pane::of(frame);
    (pane.wide, pane.high)
}

fn rng(seed: u64) -> Rng {
    Seed::from_number(seed).rng("digital")
}

fn some_moment(rng: &mut Rng) -> Moment {
    let (hour, minute, second) = (rng.below(24) as i8, rng.below(60) as i8, rng.below(60) as i8);
    Moment::new(2024, rng.whole(1, 12) as i8, rng.whole(1, 28) as i8, hour, minute, second)
        .expect("it exists")
}

fn drawn(face: &Digital, frame: &Frame, moment: &Moment) -> Scene {
    let mut canvas = Canvas::new();
    face.dial(frame, &mut canvas);
    face.moving(frame, moment, &mut canvas);
    canvas.scene
}

fn values(face: &Digital, frame: &Frame, moment: &Moment) -> Vec<String> {
    let mut canvas = Canvas::new();
    face.moving(frame, moment, &mut canvas);
    let value = |element: &&Element| element.role == Role::ValueLabel;
    canvas.scene.elements.iter().filter(value).map(|element| element.label.clone()).collect()
}

fn set_hours(face: &mut Digital, hours: Hours) {
    match face {
        Digital::Screen(screen) => screen.hours = hours,
        Digital::Segments(segments) => segments.hours = hours,
        Digital::Flip(flip) => flip.hours = hours,
    }
}

#[test]
fn everything_lies_inside_the_display() {
    for (n, frame) in frames().iter().enumerate() {
        let (wide, high) = sizes(frame);
        for seed in 0..70 {
            let mut rng = rng(seed * 100 + n as u64);
            let face = match seed % 4 {
                0 => Digital::without_time(frame, &mut rng),
                _ => Digital::drawn(frame, &mut rng),
            };
            let scene = drawn(&face, frame, &some_moment(&mut rng));
            for element in scene.elements.iter().filter(|e| e.role != Role::Dial && !e.bounds.is_empty()) {
                let b = element.bounds;
                let inside = b.left >= -wide - 0.05
                    && b.right <= wide + 0.05
                    && b.top >= -high - 0.05
                    && b.bottom <= high + 0.05;
                assert!(
                    inside,
                    "{:?} {} {b:?} in {frame:?}, seed {seed}: {face:?}",
                    element.role, element.label
                );
            }
        }
    }
}

#[test]
fn what_is_printed_is_in_the_elements_first() {
    for (n, frame) in frames().iter().enumerate() {
        for seed in 0..40 {
            let mut rng = rng(7000 + seed * 100 + n as u64);
            let face = Digital::drawn(frame, &mut rng);
            let moment = some_moment(&mut rng);
            let (printed, values) = (face.printed(&moment), values(&face, frame, &moment));
            assert!(values.starts_with(&printed), "{printed:?} {values:?}");
            assert!(face.shows().time);
        }
    }
}

#[test]
fn faces_come_back_from_json_and_are_drawn_alike() {
    for (n, frame) in frames().iter().enumerate() {
        for seed in 0..12 {
            let made = |with: bool| {
                let mut rng = rng(300 + seed * 100 + n as u64);
                if with { Digital::drawn(frame, &mut rng) } else { Digital::without_time(frame, &mut rng) }
            };
            for with in [true, false] {
                let face = made(with);
                assert_eq!(face, made(with));
                let json = serde_json::to_string(&face).expect("a face has a JSON form");
                let back: Digital = serde_json::from_str(&json).expect("it reads back");
                assert_eq!(back, face);
                let moment = some_moment(&mut rng(seed));
                let pixels = |face: &Digital| {
                    let view = View::scaled(0.6).then(&View::moved(64.0, 64.0));
                    paint(&drawn(face, frame, &moment).seen(&view, 128, 128)).data().to_vec()
                };
                assert!(pixels(&face) == pixels(&back));
            }
        }
    }
}

/// Hour and minute of a printed time, by other means than those that printed it; `None` for the half that is not known.
fn read_back(printed: &[String]) -> (u32, u32, Option<bool>) {
    let all = printed.join(" ").to_lowercase();
    let numbers: Vec<u32> =
        all.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
    let half = if all.contains("am") {
        Some(false)
    } else if all.contains("pm") {
        Some(true)
    } else {
        None
    };
    (numbers[0], numbers[1], half)
}

#[test]
fn printed_times_agree_with_all_minutes_of_a_day() {
    let kinds = [frames()[0], frames()[8], frames()[10]];
    for (n, frame) in kinds.iter().enumerate() {
        for (style, hours) in Hours::ALL.into_iter().enumerate() {
            let mut face = (0..200)
                .map(|seed| Digital::drawn(frame, &mut rng(seed * 50 + (n * 6 + style) as u64)))
                .find(|face| match face {
                    Digital::Screen(screen) => screen.layout != Layout::Hands,
                    Digital::Flip(flip) => !flip.single,
                    Digital::Segments(_) => true,
                })
                .expect("most are such");
            set_hours(&mut face, hours);
            for minute in 0..1440_u32 {
                let moment =
                    Moment::new(2023, 6, 5, (minute / 60) as i8, (minute % 60) as i8, 9).expect("it exists");
                let printed = face.printed(&moment);
                let (hour, past, half) = read_back(&printed);
                let of_day = minute / 60;
                assert_eq!(past, minute % 60, "{printed:?}");
                match hours {
                    Hours::Day => assert_eq!((hour, half), (of_day, None), "{printed:?}"),
                    _ => {
                        assert!((1..=12).contains(&hour), "{printed:?}");
                        assert_eq!(hour % 12, of_day % 12, "{printed:?}");
                    }
                }
                if let Some(half) = half {
                    assert_eq!(half, of_day >= 12, "{printed:?}");
                }
                if minute % 97 == 0 {
                    assert!(values(&face, frame, &moment).starts_with(&printed));
                }
            }
        }
    }
}

#[test]
fn noon_and_midnight_are_twelve() {
    let at = |hour| Moment::new(2023, 6, 5, hour, 5, 0).expect("it exists");
    let upper = Hours::Halves { half: Half::Upper, padded: false };
    let said = |hours: Hours, hour| (hours.clock(&at(hour)), hours.half(&at(hour)));
    assert_eq!(said(Hours::Twelve, 0), ("12:05".to_owned(), None));
    assert_eq!(said(Hours::Twelve, 12), ("12:05".to_owned(), None));
    assert_eq!(said(upper, 0), ("12:05".to_owned(), Some("AM")));
    assert_eq!(said(upper, 12), ("12:05".to_owned(), Some("PM")));
    assert_eq!(said(Hours::Day, 0), ("00:05".to_owned(), None));
    assert_eq!(Hours::Halves { half: Half::Lower, padded: true }.clock(&at(21)), "09:05");
    assert_eq!(DateForm::Long.print(&at(0)), "Monday, June 5");
}

#[test]
fn unlit_segments_are_far_fainter_than_lit_ones() {
    let frame = frames()[8];
    for seed in 0..600 {
        let Digital::Segments(face) = Digital::drawn(&frame, &mut rng(seed)) else { panic!("not segments") };
        for ground in face.ground_tones() {
            assert!(face.lit.contrast(ground) >= 3.0, "{face:?}");
            assert!(face.ghost.contrast(ground) <= 1.35, "{face:?}");
        }
    }
}

#[test]
fn print_on_screens_can_be_read() {
    for frame in &frames()[..7] {
        for seed in 0..150 {
            let Digital::Screen(face) = Digital::drawn(frame, &mut rng(seed)) else { panic!("not a screen") };
            for ground in &face.ground.colors {
                assert!(face.ink.contrast(*ground) >= 4.0, "{face:?}");
                assert!(face.soft.contrast(*ground) >= 3.0, "{face:?}");
                assert!(face.layout != Layout::Stacked || face.accent.contrast(*ground) >= 3.5, "{face:?}");
            }
        }
    }
}

#[test]
fn digits_are_read_back_at_the_centres_of_their_segments() {
    const SIDE: u32 = 640;
    for (n, frame) in
        frames().iter().enumerate().filter(|(_, f)| matches!(f.display, Display::Segments { .. }))
    {
        for seed in 0..14 {
            let mut rng = rng(5000 + seed * 10 + n as u64);
            let face = Digital::drawn(frame, &mut rng);
            let moment = some_moment(&mut rng);
            let scene = drawn(&face, frame, &moment);
            let view = View::scaled(3.1).then(&View::moved(320.0, 320.0));
            let pixels = paint(&scene.seen(&view, SIDE, SIDE));
            let Digital::Segments(made) = &face else { panic!("not segments") };
            let lit = |x: f32, y: f32| {
                let at = view.map(pixmo_render::Point::new(x, y));
                let pixel = pixels.pixels()[at.y as usize * SIDE as usize + at.x as usize];
                let color = Color::rgb(pixel.red(), pixel.green(), pixel.blue());
                color.distance(made.lit) < color.distance(made.ground)
            };
            let cells = scene.elements.iter().filter(|e| e.role == Role::Ornament && e.label == "cell");
            let read: String = cells
                .map(|cell| {
                    let b = cell.bounds;
                    let lean = made.shape.lean * b.height();
                    let on = CENTRES.iter().enumerate().fold(0u8, |on, (segment, (across, down))| {
                        let x = b.left + lean * (1.0 - down) + across * (b.width() - lean);
                        on | u8::from(lit(x, b.top + down * b.height())) << segment
                    });
                    ('0'..='9').find(|digit| lights(*digit) == on).unwrap_or(if on == 0 { ' ' } else { '?' })
                })
                .collect();
            let seconds = made.seconds == Seconds::Small;
            let large = made.large(&moment).replace(':', "");
            let expected = if seconds { format!("{large:>4}{:02}", moment.second()) } else { large };
            assert_eq!(read.trim_start(), expected.trim_start(), "{made:?}");
        }
    }
}

#[test]
fn without_time_there_is_none() {
    for (n, frame) in frames().iter().enumerate() {
        for seed in 0..60 {
            let mut rng = rng(900 + seed * 100 + n as u64);
            let face = Digital::without_time(frame, &mut rng);
            let moment = some_moment(&mut rng);
            assert!(!face.shows().time && face.printed(&moment).is_empty());
            for element in &drawn(&face, frame, &moment).elements {
                let colon = element
                    .label
                    .as_bytes()
                    .windows(3)
                    .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
                assert!(element.role != Role::ValueLabel && element.role != Role::Hand && !colon);
            }
        }
    }
}

#[test]
fn hands_on_a_screen_point_where_they_must() {
    let frame = frames()[0];
    let mut seen = 0;
    for seed in 0..120 {
        let mut rng = rng(seed);
        let face = Digital::drawn(&frame, &mut rng);
        let moment = some_moment(&mut rng);
        let scene = drawn(&face, &frame, &moment);
        let angles = moment.angles(Movement::Sweeping);
        for (name, degrees) in [("hour", angles.hour), ("minute", angles.minute)] {
            let hand = scene.elements.iter().find(|e| e.role == Role::Hand && e.label == name);
            if let Some(hand) = hand {
                let along = polar(degrees, libm::hypotf(hand.anchor.x, hand.anchor.y));
                assert!((along.x - hand.anchor.x).abs() < 0.01 && (along.y - hand.anchor.y).abs() < 0.01);
                assert!(!face.shows().am_pm);
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn every_face_has_the_glyphs() {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:,.-%°&!?' ";
    for family in DIGITS.iter().chain(&SMALL).chain(&flip::FAMILIES) {
        let kind = Type { family: (*family).to_owned(), bold: false };
        assert!(Fonts::bundled().covers(kind.face(), letters), "{family}");
        assert!(Fonts::bundled().families().iter().any(|known| known.name == *family), "{family}");
        // Old-style digits differ in height; large digits must not.
        let top = |text: &str| Fonts::bundled().shape(kind.face(), text).expect("it has digits").ink.top;
        assert!((top("1") - top("8")).abs() < 0.05, "{family}");
    }
}

/// What the texts after those of the time say of the date, read without knowing the face.
fn read_date(texts: &[String], moment: &Moment) -> Dated {
    let (month, day) = (i32::from(moment.month()), i32::from(moment.day()));
    let mut read = Dated::default();
    for text in texts {
        if let Some((first, second)) = text.split_once('-') {
            // Two numbers: both ways to read them must be the date, or only one be a date at all.
            let pair: [i32; 2] = [first, second].map(|part| part.parse().expect("digits"));
            assert_eq!(pair, [month, day], "{text}");
            let clear = pair[0] == pair[1] || pair.iter().any(|number| *number > 12);
            (read.day, read.month) = (clear, clear);
            continue;
        }
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            if let Ok(number) = word.parse::<i32>() {
                assert_eq!(number, day, "{text}");
                read.day = true;
                continue;
            }
            let begins = |name: &str| name.to_lowercase().starts_with(&word.to_lowercase());
            match (begins(moment.weekday_name()), begins(moment.month_name())) {
                (true, false) => read.weekday = true,
                (false, true) => read.month = true,
                _ => panic!("{word} of {text} is no part of {}", moment.iso()),
            }
        }
    }
    read
}

#[test]
fn dates_are_those_that_are_printed() {
    let mut counts = [0; 3];
    for (n, frame) in frames().iter().enumerate() {
        for seed in 0..120 {
            let mut rng = rng(9000 + seed * 100 + n as u64);
            let face = match seed % 6 {
                0 => Digital::without_time(frame, &mut rng),
                _ => Digital::drawn(frame, &mut rng),
            };
            let moment = some_moment(&mut rng);
            let values = values(&face, frame, &moment);
            let read = read_date(&values[face.printed(&moment).len().min(values.len())..], &moment);
            let said = face.date(frame, &moment);
            assert_eq!(said, read, "{} {values:?} {face:?}", moment.iso());
            for (count, has) in counts.iter_mut().zip([said.weekday, said.day, said.month]) {
                *count += u32::from(has);
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 40), "{counts:?}");
}
