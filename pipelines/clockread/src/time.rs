//! Which time hands show by where they point.
//!
//! In one hour the hour hand covers 30 degrees and the minute hand 360; in one minute the second hand covers 360. Where all
//! hands move without a stop, the minute hand stands `6 (minute + second / 60)` degrees from 12 and the hour hand
//! `30 (hour + (minute + second / 60) / 60)`. Where the minute hand ticks, both stand as they did at the full minute.

use crate::plane::turn;

/// How the hands of a clock move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// All hands without a stop.
    Sweeping,
    /// The minute hand goes from full minute to full minute.
    TickingMinute,
}

impl Movement {
    /// All movements.
    pub const ALL: [Movement; 2] = [Movement::Sweeping, Movement::TickingMinute];
}

/// Where hands point, in degrees clockwise from 12.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Angles {
    /// The hour hand.
    pub hour: f64,
    /// The minute hand.
    pub minute: f64,
    /// The second hand, where there is one.
    pub second: Option<f64>,
}

/// The time that hands show, if they move in one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The way.
    pub movement: Movement,
    /// The hour, 0 to 11.
    pub hour: u8,
    /// The minute with its fraction, 0 to 60 (exclusive). Without a second hand the fraction is as exact as the minute hand.
    pub minutes: f64,
    /// The second, where there is a hand for it.
    pub second: Option<u8>,
    /// How far hour, minute and second hand are from where they would have to point at that time, in degrees.
    pub off: [f64; 3],
}

impl Fit {
    /// Whether no hand is farther off than its bound, in degrees.
    pub fn holds(&self, bounds: [f64; 3]) -> bool {
        self.off.iter().zip(bounds).all(|(off, bound)| off.abs() <= bound)
    }
}

/// Where hands point at a time of twelve hours.
pub fn angles(hour: u8, minute: u8, second: u8, movement: Movement) -> Angles {
    let past = match movement {
        Movement::TickingMinute => f64::from(minute),
        Movement::Sweeping => (f64::from(minute) * 60.0 + f64::from(second)) / 60.0,
    };
    Angles {
        hour: f64::from(hour % 12) * 30.0 + past / 2.0,
        minute: past * 6.0,
        second: Some(f64::from(second) * 6.0),
    }
}

/// The time that fits best for a way of moving.
pub fn fit(seen: &Angles, movement: Movement) -> Fit {
    let steps = |degrees: f64, step: f64, count: f64| (degrees / step).round().rem_euclid(count);
    let second = seen.second.map(|degrees| steps(degrees, 6.0, 60.0));
    let second_off = seen.second.zip(second).map_or(0.0, |(degrees, second)| turn(second * 6.0, degrees));
    let minutes = match (movement, second) {
        (Movement::TickingMinute, _) => steps(seen.minute, 6.0, 60.0),
        (_, Some(second)) => steps(seen.minute - second / 10.0, 6.0, 60.0) + second / 60.0,
        (_, None) => (seen.minute / 6.0).rem_euclid(60.0),
    };
    // What the hour hand has gone since the full hour.
    let part = minutes / 2.0;
    let hour = steps(seen.hour - part, 30.0, 12.0);
    Fit {
        movement,
        hour: hour as u8,
        minutes,
        second: second.map(|second| second as u8),
        off: [turn(hour * 30.0 + part, seen.hour), turn(minutes * 6.0, seen.minute), second_off],
    }
}

/// The time by all ways of moving, the one that fits best first.
pub fn fits(seen: &Angles) -> [Fit; 2] {
    let mut fits = Movement::ALL.map(|movement| fit(seen, movement));
    let worst = |fit: &Fit| fit.off.iter().fold(0.0_f64, |worst, off| worst.max(off.abs()));
    fits.sort_by(|a, b| worst(a).total_cmp(&worst(b)));
    fits
}

/// How far the hour hand is from where the minute hand says that it must be, in degrees: the consistency of a dial.
pub fn residual(seen: &Angles) -> f64 {
    let part = seen.minute.rem_euclid(360.0) / 12.0;
    let hour = ((seen.hour - part) / 30.0).round();
    turn(hour * 30.0 + part, seen.hour).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_of_every_movement_comes_back() {
        for movement in Movement::ALL {
            for of_day in 0..43_200_u32 {
                let (hour, minute, second) =
                    ((of_day / 3600) as u8, (of_day / 60 % 60) as u8, (of_day % 60) as u8);
                let seen = angles(hour, minute, second, movement);
                let fit = fit(&seen, movement);
                assert!(fit.holds([1e-9; 3]), "{hour}:{minute}:{second} {fit:?}");
                let whole = libm::floor(fit.minutes + 1e-9) as u8;
                assert_eq!((fit.hour, whole, fit.second), (hour, minute, Some(second)), "{fit:?}");
                let first = fits(&seen)[0];
                assert!(first.holds([1e-9; 3]));
            }
        }
    }

    #[test]
    fn movements_are_told_apart() {
        for movement in Movement::ALL {
            let seen = angles(4, 20, 30, movement);
            let fits = fits(&seen);
            assert_eq!(fits[0].movement, movement);
            assert!(!fits[1].holds([1.5, 1.0, 1.5]), "{fits:?}");
        }
    }

    #[test]
    fn small_errors_move_no_time() {
        for of_day in (0..43_200_u32).step_by(7) {
            let (hour, minute, second) =
                ((of_day / 3600) as u8, (of_day / 60 % 60) as u8, (of_day % 60) as u8);
            for (h, m, s) in [(1.2, 0.9, -1.4), (-1.2, -0.9, 1.4), (1.2, -0.9, 1.4)] {
                let right = angles(hour, minute, second, Movement::Sweeping);
                let seen = Angles {
                    hour: right.hour + h,
                    minute: right.minute + m,
                    second: right.second.map(|degrees| degrees + s),
                };
                let fit = fit(&seen, Movement::Sweeping);
                assert_eq!((fit.hour, fit.second), (hour, Some(second)));
                assert!(residual(&seen) < 1.5);
            }
        }
    }
}
