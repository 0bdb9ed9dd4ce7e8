//! Which moment a task shows, and whether it shows one at all.
//!
//! Four in five moments are uniform over the day. The others are drawn from times that are hard to read or often said;
//! within each of these sets they are uniform as well. The catalogue's 10:10 has its natural share and no more. Days are
//! uniform over 2019 to 2024, the years of the published rows.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};
use pixmo_render::Seed;
use pixmo_render_clocks::{Moment, Movement};

/// Seconds of a day.
const DAY_SECS: u32 = 86_400;
/// Share of all tasks in each of the hard strata; there are four.
const HARD_SHARE_EACH: f64 = 0.05;
/// How near to each other, or to a straight line, hands are in the hard strata, in degrees.
const NEAR_DEGREES: f64 = 6.0;
/// The first day.
const FIRST_DAY: Date = date(2019, 1, 1);
/// Days from the first of 2019 to the last of 2024: six years of 365, and the 29th of February of 2020 and 2024.
const DAYS: u32 = 6 * 365 + 2;

/// How a moment was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stratum {
    /// Any second of the day.
    Uniform,
    /// Hour and minute hand within 6 degrees of each other.
    Overlap,
    /// Hour and minute hand within 6 degrees of a straight line.
    Opposite,
    /// The hour hand near a numeral: minute 0 to 2 or 58 to 59.
    Boundary,
    /// Minute 0, 15, 30 or 45.
    Quarter,
}

/// What a task is asked to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The moment the clock is set to.
    pub moment: Moment,
    /// How it was chosen.
    pub stratum: Stratum,
    /// Whether the picture is to be one from which no time can be read.
    pub not_shown: bool,
}

impl Stratum {
    /// All strata.
    pub const ALL: [Stratum; 5] =
        [Stratum::Uniform, Stratum::Overlap, Stratum::Opposite, Stratum::Boundary, Stratum::Quarter];

    /// The name in the column `stratum`.
    pub const fn name(self) -> &'static str {
        match self {
            Stratum::Uniform => "uniform",
            Stratum::Overlap => "overlap",
            Stratum::Opposite => "opposite",
            Stratum::Boundary => "boundary",
            Stratum::Quarter => "quarter",
        }
    }

    /// Whether a second of the day belongs to the stratum. The hands are those of a clock that moves without a stop.
    fn holds(self, of_day: u32) -> bool {
        let minute = of_day / 60 % 60;
        match self {
            Stratum::Uniform => true,
            Stratum::Overlap => apart(of_day) <= NEAR_DEGREES,
            Stratum::Opposite => 180.0 - apart(of_day) <= NEAR_DEGREES,
            Stratum::Boundary => !(3..=57).contains(&minute),
            Stratum::Quarter => minute.is_multiple_of(15),
        }
    }

    /// The seconds of the day that belong to the stratum, in order.
    pub fn seconds(self) -> &'static [u32] {
        static SECONDS: LazyLock<[Vec<u32>; 5]> = LazyLock::new(|| {
            Stratum::ALL.map(|stratum| (0..DAY_SECS).filter(|second| stratum.holds(*second)).collect())
        });
        &SECONDS[self as usize]
    }
}

impl Choice {
    /// What the task with this seed shows. `not_shown_share` is the share of pictures without a time, 0 to 1; a change of it
    /// moves no moment.
    pub fn of(seed: &Seed, not_shown_share: f64) -> Choice {
        let hard = [HARD_SHARE_EACH; 4];
        let uniform = 1.0 - hard.iter().sum::<f64>();
        let weights = [uniform, hard[0], hard[1], hard[2], hard[3]];
        let stratum = Stratum::ALL[seed.rng("stratum").weighted(&weights)];
        let seconds = stratum.seconds();
        let of_day = seconds[seed.rng("second of the day").below(seconds.len())];
        let day = seed.rng("day").below(DAYS as usize);
        let moment = moment(day as i64, of_day);
        Choice { moment, stratum, not_shown: seed.rng("not shown").chance(not_shown_share) }
    }
}

/// A second of a day, by the number of days since the first.
fn moment(day: i64, of_day: u32) -> Moment {
    let span: Span = day.days();
    let day = FIRST_DAY.saturating_add(span);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    Moment::new(day.year(), day.month(), day.day(), hour as i8, minute as i8, second as i8)
        .expect("days of the calendar and seconds of a day exist")
}

/// Degrees between hour and minute hand, 0 to 180.
fn apart(of_day: u32) -> f64 {
    let angles = moment(0, of_day).angles(Movement::Sweeping);
    let turn = (angles.hour - angles.minute).abs();
    turn.min(360.0 - turn)
}

#[cfg(test)]
mod tests {
    use pixmo_schemas::records::clocks_images::STRATA;

    use super::*;

    fn choices(count: u64) -> impl Iterator<Item = Choice> {
        (0..count).map(|number| Choice::of(&Seed::from_number(number), 0.05))
    }

    /// Pearson's chi-square against equal shares, and whether a fair draw passes it this far in 1 of 10,000 cases
    /// (normal approximation of Wilson and Hilferty, z = 3.72).
    #[track_caller]
    fn assert_flat(counts: &[u32], what: &str) {
        let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
        assert!(expected >= 5.0, "{what}: too few draws");
        let chi: f64 =
            counts.iter().map(|c| (f64::from(*c) - expected) * (f64::from(*c) - expected) / expected).sum();
        let freedom = (counts.len() - 1) as f64;
        let part = 2.0 / (9.0 * freedom);
        let root = 1.0 - part + 3.72 * part.sqrt();
        let limit = freedom * root * root * root;
        assert!(chi < limit, "{what}: chi-square {chi:.1}, at most {limit:.1}");
    }

    #[test]
    fn the_uniform_part_is_flat() {
        let mut hours = [0; 24];
        let (mut minutes, mut seconds, mut of_dial) = ([0; 60], [0; 60], [0; 720]);
        let mut uniform = 0;
        for choice in choices(60_000).filter(|choice| choice.stratum == Stratum::Uniform) {
            let moment = choice.moment;
            hours[usize::from(moment.hour())] += 1;
            minutes[usize::from(moment.minute())] += 1;
            seconds[usize::from(moment.second())] += 1;
            of_dial[moment.of_day() as usize / 60 % 720] += 1;
            uniform += 1;
        }
        assert!((47_600..48_400).contains(&uniform), "{uniform}");
        assert_flat(&hours, "hours");
        assert_flat(&minutes, "minutes");
        assert_flat(&seconds, "seconds");
        assert_flat(&of_dial, "minutes of the dial");
    }

    #[test]
    fn days_are_flat_over_six_years() {
        let mut days = [0; DAYS as usize];
        let mut years = [0; 6];
        for choice in choices(40_000) {
            let moment = choice.moment;
            let day = date(moment.year(), moment.month() as i8, moment.day() as i8);
            let since = FIRST_DAY.until(day).expect("days are few").get_days();
            days[usize::try_from(since).expect("none is before the first")] += 1;
            years[(moment.year() - 2019) as usize] += 1;
        }
        assert_flat(&days, "days");
        assert!(days.iter().all(|day| *day > 0), "a day that never comes");
        assert!(years.iter().all(|year| *year > 6_000), "{years:?}");
        assert_eq!(moment(i64::from(DAYS) - 1, 0).iso(), "2024-12-31T00:00:00");
    }

    #[test]
    fn hard_strata_have_their_share_and_hold_what_they_say() {
        let mut counts = [0; 5];
        for choice in choices(40_000) {
            counts[choice.stratum as usize] += 1;
            let (hour, minute, second) =
                (choice.moment.hour() % 12, choice.moment.minute(), choice.moment.second());
            // Degrees times 120, so that nothing is rounded.
            let hour_hand = i32::from(hour) * 3600 + i32::from(minute) * 60 + i32::from(second);
            let minute_hand = (i32::from(minute) * 60 + i32::from(second)) * 12;
            let turn = (hour_hand - minute_hand).rem_euclid(43_200);
            let apart = turn.min(43_200 - turn);
            let holds = match choice.stratum {
                Stratum::Uniform => true,
                Stratum::Overlap => apart <= 720,
                Stratum::Opposite => apart >= 21_600 - 720,
                Stratum::Boundary => [58, 59, 0, 1, 2].contains(&minute),
                Stratum::Quarter => [0, 15, 30, 45].contains(&minute),
            };
            assert!(holds, "{choice:?}");
        }
        assert!(counts[1..].iter().all(|hard| (1_850..2_150).contains(hard)), "{counts:?}");
        for (stratum, seconds) in
            [(Stratum::Uniform, 86_400), (Stratum::Boundary, 24 * 5 * 60), (Stratum::Quarter, 24 * 4 * 60)]
        {
            assert_eq!(stratum.seconds().len(), seconds);
        }
        let names: Vec<&str> = Stratum::ALL.iter().map(|stratum| stratum.name()).collect();
        assert_eq!(names, STRATA);
    }

    #[test]
    fn the_catalogue_time_has_its_natural_share() {
        let ten_ten = |choice: &Choice| (choice.moment.hour() % 12, choice.moment.minute()) == (10, 10);
        let count = choices(100_000).filter(ten_ten).count();
        assert!((70..170).contains(&count), "{count} of 100,000, expected about 111");
    }

    #[test]
    fn the_share_without_a_time_is_met_and_moves_nothing_else() {
        let all: Vec<Choice> = choices(20_000).collect();
        let without = all.iter().filter(|choice| choice.not_shown).count();
        assert!((880..1_120).contains(&without), "{without}");
        let more: Vec<Choice> =
            (0..20_000).map(|number| Choice::of(&Seed::from_number(number), 0.08)).collect();
        assert!(all.iter().zip(&more).all(|(a, b)| (a.moment, a.stratum) == (b.moment, b.stratum)));
        assert!(all.iter().zip(&more).all(|(a, b)| !a.not_shown || b.not_shown));
    }
}
