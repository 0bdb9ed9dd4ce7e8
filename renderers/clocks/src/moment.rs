//! The moment that a clock shows, and where its hands stand then.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, Weekday};

/// How the hands of a clock move. All of them show the same moment; between whole minutes they stand elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// All hands move without a stop: the minute hand with the seconds, the hour hand with the minutes.
    #[default]
    Sweeping,
    /// The minute hand jumps from one minute to the next, as in a station clock; the hour hand moves with it.
    JumpingMinute,
}

impl Movement {
    /// The name in files, such as `jumping_minute`.
    pub const fn name(self) -> &'static str {
        match self {
            Movement::Sweeping => "sweeping",
            Movement::JumpingMinute => "jumping_minute",
        }
    }
}

/// A date and a time of day to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(DateTime);

/// Where hands stand, in degrees clockwise from 12 o'clock, 0 to 360 (exclusive).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Angles {
    /// The hour hand of a dial of twelve hours.
    pub hour: f64,
    /// The minute hand.
    pub minute: f64,
    /// The second hand.
    pub second: f64,
    /// A hand that goes around once in 24 hours, midnight at the top.
    pub day: f64,
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Moment {
    /// A moment by its parts; `None` for a day or a time that does not exist.
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Option<Moment> {
        DateTime::new(year, month, day, hour, minute, second, 0).ok().map(Moment)
    }

    /// The moment some minutes later, or earlier for a number below 0; `None` outside the calendar.
    pub fn later(&self, minutes: i32) -> Option<Moment> {
        self.0.checked_add(minutes.minutes()).ok().map(Moment)
    }

    /// The hour of the day, 0 to 23.
    pub fn hour(&self) -> u8 {
        self.0.hour().unsigned_abs()
    }

    /// The minute of the hour.
    pub fn minute(&self) -> u8 {
        self.0.minute().unsigned_abs()
    }

    /// The second of the minute.
    pub fn second(&self) -> u8 {
        self.0.second().unsigned_abs()
    }

    /// Seconds since midnight.
    pub fn of_day(&self) -> u32 {
        (u32::from(self.hour()) * 60 + u32::from(self.minute())) * 60 + u32::from(self.second())
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day(&self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week.
    pub fn weekday(&self) -> Weekday {
        self.0.weekday()
    }

    /// The English name of the month: `May`.
    pub fn month_name(&self) -> &'static str {
        MONTHS[usize::from(self.month().clamp(1, 12) - 1)]
    }

    /// The English name of the day of the week: `Monday`.
    pub fn weekday_name(&self) -> &'static str {
        DAYS[usize::from(self.weekday().to_monday_zero_offset().unsigned_abs()).min(6)]
    }

    /// `2021-05-17T13:45:10`.
    pub fn iso(&self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// Age of the moon as a share of its month, 0 new, 0.5 full: days since the new moon of 2000-01-06, 18:14 UTC, over
    /// the mean synodic month of 29.530589 days (Meeus, Astronomical Algorithms, ch. 49).
    pub fn moon(&self) -> f64 {
        let new_moon = DateTime::constant(2000, 1, 6, 18, 14, 0, 0);
        let days = self.0.duration_since(new_moon).as_secs_f64() / 86_400.0;
        (days / 29.530_589).rem_euclid(1.0)
    }

    /// Where the hands stand. In one hour the hour hand covers 30 degrees and the minute hand 360; in one minute the
    /// second hand does.
    pub fn angles(&self, movement: Movement) -> Angles {
        let second = f64::from(self.second());
        let minute = f64::from(self.minute())
            + match movement {
                Movement::Sweeping => second / 60.0,
                Movement::JumpingMinute => 0.0,
            };
        let of_day = f64::from(self.hour()) + minute / 60.0;
        Angles { hour: of_day % 12.0 * 30.0, minute: minute * 6.0, second: second * 6.0, day: of_day * 15.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i8, minute: i8, second: i8) -> Moment {
        Moment::new(2024, 2, 29, hour, minute, second).expect("it exists")
    }

    #[test]
    fn hands_are_coupled() {
        let sweeping = at(15, 45, 30).angles(Movement::Sweeping);
        assert_eq!((sweeping.minute, sweeping.second), (273.0, 180.0));
        assert!((sweeping.hour - (3.0 * 30.0 + 45.5 / 2.0)).abs() < 1e-9);
        assert!((sweeping.day - (15.0 + 45.5 / 60.0) * 15.0).abs() < 1e-9);
        let jumping = at(15, 45, 30).angles(Movement::JumpingMinute);
        assert_eq!((jumping.minute, jumping.hour), (270.0, 112.5));
        let noon = at(12, 0, 0).angles(Movement::Sweeping);
        assert_eq!((noon.hour, noon.minute, noon.second, noon.day), (0.0, 0.0, 0.0, 180.0));
    }

    #[test]
    fn no_hand_leaves_the_circle() {
        for second in 0..86_400 {
            let moment = at((second / 3600) as i8, (second / 60 % 60) as i8, (second % 60) as i8);
            assert_eq!(moment.of_day(), second);
            for movement in [Movement::Sweeping, Movement::JumpingMinute] {
                let Angles { hour, minute, second, day } = moment.angles(movement);
                assert!([hour, minute, second, day].iter().all(|angle| (0.0..360.0).contains(angle)));
            }
        }
    }

    #[test]
    fn the_moon_is_full_when_it_was() {
        let full = Moment::new(2021, 5, 26, 11, 14, 0).expect("it exists").moon();
        assert!((full - 0.5).abs() < 0.03, "{full}");
        let new = Moment::new(2021, 6, 10, 10, 53, 0).expect("it exists").moon();
        assert!(!(0.03..=0.97).contains(&new), "{new}");
    }

    #[test]
    fn later_goes_over_midnight_and_back() {
        let late = at(23, 50, 7);
        assert_eq!(late.later(15).map(|moment| moment.iso()).as_deref(), Some("2024-03-01T00:05:07"));
        assert_eq!(late.later(-24 * 60).map(|moment| moment.iso()).as_deref(), Some("2024-02-28T23:50:07"));
    }

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert!(Moment::new(2023, 2, 29, 0, 0, 0).is_none() && Moment::new(2023, 1, 1, 24, 0, 0).is_none());
        assert_eq!(at(9, 5, 7).iso(), "2024-02-29T09:05:07");
    }
}
