//! Pictures from which no time can be read show none: no main hand, no lit digit, and not a pixel that the time decides.

use pixmo_clockread::segments;
use pixmo_render::Role;
use pixmo_render_clocks::Moment;
use pixmo_render_clocks::watch::Dial;

use super::digital::{WITH_SEGMENTS, seen};
use super::{clocks, none_wrong, sittings};

/// Pictures whose masks are looked at.
const MASKS: usize = 400;
/// Pictures that are painted at two times of a day.
const PAINTED: usize = 100;
/// Pictures of segments that are read.
const SEGMENTS: usize = 40;

#[test]
fn no_mask_holds_a_hand() {
    let clocks = clocks(|settings| settings.not_shown_share = 0.08);
    let without = sittings(&clocks).filter(|(_, sitting)| sitting.choice.not_shown);
    let (mut dials, mut wild) = (0, 0);
    for (number, sitting) in without.take(MASKS) {
        let made = sitting.about();
        assert!(!made.shows.time && made.hands == [None; 3], "task {number}: {:?}", made.hands);
        assert!(sitting.mask().bits.iter().all(|bits| *bits == 0), "task {number}");
        // Nothing else passes for one either: what still turns belongs to small dials, gauges and stopped watches.
        let scene = sitting.moving();
        let hands = scene.elements.iter().filter(|element| element.role == Role::Hand);
        let allowed = ["counter", "weekday", "date", "month", "reserve", "stopwatch"];
        for hand in hands {
            assert!(allowed.contains(&hand.label.as_str()), "task {number}: a hand `{}`", hand.label);
        }
        dials += usize::from(matches!(sitting.watch.dial, Dial::Hands(_)));
        wild += usize::from(sitting.wild);
    }
    assert!(dials > 200 && wild > 150, "{dials} dials, {wild} wild");
}

#[test]
fn the_time_decides_no_pixel() {
    let clocks = clocks(|settings| (settings.wild_share, settings.not_shown_share) = (0.0, 0.08));
    let without = sittings(&clocks).filter(|(_, sitting)| sitting.choice.not_shown);
    let mut wrong = Vec::new();
    for (number, sitting) in without.take(PAINTED) {
        // The moon grows from hour to hour.
        if matches!(&sitting.watch.dial, Dial::Hands(face) if face.moon.is_some()) {
            continue;
        }
        let day = sitting.choice.moment;
        let at = |hour, minute, second| {
            Moment::new(day.year(), day.month() as i8, day.day() as i8, hour, minute, second)
                .expect("it exists")
        };
        let three = sitting.stills(&[at(1, 23, 45), at(10, 8, 36), at(19, 51, 2)]);
        if three[0] != three[1] || three[0] != three[2] {
            wrong.push(format!("task {number}, {}", sitting.watch.body.kind().slug()));
        }
    }
    none_wrong(&wrong, PAINTED);
}

#[test]
fn no_cell_of_segments_tells_a_time() {
    let (mut dark, mut dashed) = (0, 0);
    let all = seen(&WITH_SEGMENTS, SEGMENTS, false);
    for seen in &all {
        let read = segments::read(&seen.pixels(), &seen.plane, &seen.cells());
        let digits = read.chars().filter(char::is_ascii_digit).count();
        assert!(digits < 3, "{}: `{read}`", seen.named());
        dark += usize::from(read.trim().is_empty());
        dashed += usize::from(read.starts_with("----"));
    }
    assert_eq!(all.len(), SEGMENTS);
    assert!(dark > 0 && dashed > 0, "{dark} dark, {dashed} with dashes");
}
