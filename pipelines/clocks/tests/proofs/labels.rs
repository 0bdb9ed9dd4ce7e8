//! Labels: text, columns and angles say the same at every second of the day, and no time of day is preferred.

use pixmo_clockread::time::{self, Angles};
use pixmo_clocks::label::label;
use pixmo_clocks::stratum::{Choice, Stratum};
use pixmo_render::Seed;
use pixmo_render_clocks::{Moment, Movement, Shows};
use pixmo_schemas::records::ClocksRecord;

use super::{clocks, task};

/// Tasks whose moments are counted.
const TASKS: u64 = 120_000;

fn at(of_day: u32) -> Moment {
    let (hour, minute, second) = ((of_day / 3600) as i8, (of_day / 60 % 60) as i8, (of_day % 60) as i8);
    Moment::new(2022, 3, 14, hour, minute, second).expect("it exists")
}

fn row(moment: &Moment, seconds: bool, am_pm: bool) -> ClocksRecord {
    let shows = Shows { time: true, seconds, am_pm, ..Shows::default() };
    let mut rng = Seed::from_number(1).rng("label");
    label("0a1b2c3d4e", "wall-clock", moment, shows, &mut rng).expect("the names are right")
}

/// The fields of a text: the hour of the day if it is told, otherwise 0 to 11; -1 for a second that is not said.
fn fields(text: &str) -> Option<(i32, i32, i32)> {
    let words: Vec<&str> = text.split(' ').collect();
    let numbers: Option<Vec<i32>> = words[0].split(':').map(|number| number.parse().ok()).collect();
    let (hour, minute, second) = match numbers?[..] {
        [hour, minute] => (hour, minute, -1),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    // Twelve is the hour before one, by day and by night.
    let hour = if hour == 12 { 0 } else { hour };
    match words[1..] {
        [] | ["AM"] => Some((hour, minute, second)),
        ["PM"] => Some((hour + 12, minute, second)),
        _ => None,
    }
}

#[test]
fn text_columns_and_angles_agree_at_every_second_of_the_day() {
    let ways = [
        (Movement::Sweeping, time::Movement::Sweeping),
        (Movement::JumpingMinute, time::Movement::TickingMinute),
    ];
    for of_day in 0..86_400 {
        let moment = at(of_day);
        let (hour, minute, second) = (of_day as i32 / 3600, of_day as i32 / 60 % 60, of_day as i32 % 60);
        for (seconds, am_pm) in [(false, false), (false, true), (true, false), (true, true)] {
            let row = row(&moment, seconds, am_pm);
            let columns = (row.hour_visible, row.minute_visible, row.second_visible);
            let expected = (if am_pm { hour } else { hour % 12 }, minute, if seconds { second } else { -1 });
            assert_eq!((columns, fields(&row.text)), (expected, Some(expected)), "{}", row.text);
            assert_eq!((row.shows_seconds, row.text.ends_with('M')), (seconds, am_pm), "{}", row.text);
            assert!(!row.text.starts_with('0'), "{}", row.text);
        }
        for (way, read) in ways {
            let angles = moment.angles(way);
            let seen = Angles { hour: angles.hour, minute: angles.minute, second: Some(angles.second) };
            let fit = time::fit(&seen, read);
            let said =
                (i32::from(fit.hour), libm::floor(fit.minutes + 1e-6) as i32, fit.second.map(i32::from));
            assert!(fit.holds([1e-6; 3]), "{way:?}: {fit:?}");
            assert_eq!(said, (hour % 12, minute, Some(second)), "{way:?} at {}", moment.iso());
        }
    }
}

#[test]
fn noon_and_midnight_are_called_what_they_are() {
    let said = |hour: u32, minute: u32, second: u32, seconds: bool, am_pm: bool| {
        let row = row(&at((hour * 60 + minute) * 60 + second), seconds, am_pm);
        (row.text, row.hour_visible)
    };
    let is = |text: &str, hour: i32| (text.to_owned(), hour);
    // Midnight is 12:00 AM, and noon 12:00 PM.
    assert_eq!(said(0, 0, 0, false, true), is("12:00 AM", 0));
    assert_eq!(said(12, 0, 0, false, true), is("12:00 PM", 12));
    assert_eq!(said(0, 0, 0, true, true), is("12:00:00 AM", 0));
    assert_eq!(said(12, 0, 0, true, true), is("12:00:00 PM", 12));
    // The last and the first second of each half.
    assert_eq!(said(11, 59, 59, true, true), is("11:59:59 AM", 11));
    assert_eq!(said(23, 59, 59, true, true), is("11:59:59 PM", 23));
    assert_eq!(said(0, 59, 59, true, true), is("12:59:59 AM", 0));
    assert_eq!(said(12, 59, 59, true, true), is("12:59:59 PM", 12));
    assert_eq!(said(1, 0, 0, false, true), is("1:00 AM", 1));
    assert_eq!(said(13, 0, 0, false, true), is("1:00 PM", 13));
    // Where nobody can tell them apart, they are the same.
    assert_eq!(said(0, 0, 0, false, false), is("12:00", 0));
    assert_eq!(said(12, 0, 0, false, false), is("12:00", 0));
}

/// Pearson's chi-square against equal shares; a fair draw fails in one of ten thousand (Wilson and Hilferty, z = 3.72).
#[track_caller]
fn assert_flat(counts: &[u32], what: &str) {
    let mean = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    assert!(mean >= 20.0, "{what}: too few");
    let chi: f64 =
        counts.iter().map(|count| (f64::from(*count) - mean) * (f64::from(*count) - mean) / mean).sum();
    let freedom = (counts.len() - 1) as f64;
    let root = 1.0 - 2.0 / (9.0 * freedom) + 3.72 * libm::sqrt(2.0 / (9.0 * freedom));
    let limit = freedom * root * root * root;
    assert!(chi < limit, "{what}: chi-square {chi:.1}, at most {limit:.1}: {counts:?}");
}

#[test]
fn no_time_is_preferred() {
    let clocks = clocks(|_| {});
    let (mut hours, mut minutes, mut seconds) = ([0; 24], [0; 60], [0; 60]);
    let (mut halves, mut all_hours, mut all_days) = ([0; 2], [0; 24], [0; 7]);
    for number in 0..TASKS {
        let task = task(number);
        let choice = Choice::of(&clocks.order(&task).seed, 0.05);
        let (hour, minute, second) = (choice.moment.hour(), choice.moment.minute(), choice.moment.second());
        if choice.stratum == Stratum::Uniform {
            hours[usize::from(hour)] += 1;
            minutes[usize::from(minute)] += 1;
            seconds[usize::from(second)] += 1;
        }
        // Hands lie over each other eleven times in twelve hours, so that hours differ a little in these two strata.
        if !matches!(choice.stratum, Stratum::Overlap | Stratum::Opposite) {
            all_hours[usize::from(hour)] += 1;
        }
        halves[usize::from(hour / 12)] += 1;
        all_days[usize::from(choice.moment.weekday().to_monday_zero_offset().unsigned_abs())] += 1;
    }
    assert_flat(&hours, "hours of the uniform stratum");
    assert_flat(&minutes, "minutes of the uniform stratum");
    assert_flat(&seconds, "seconds of the uniform stratum");
    assert_flat(&all_hours, "hours");
    assert_flat(&halves, "halves of the day");
    assert_flat(&all_days, "days of the week");
}
