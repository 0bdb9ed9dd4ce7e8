//! Days as numbers, and the ticks of an axis of days or years.

use super::sheet::{Drawing, Sheet};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Year, month (1 to 12) and day of the month of a day counted from 1 January 1970.
pub fn civil(day: i64) -> (i64, usize, i64) {
    // Years begin in March here, so that the leap day comes last.
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let part = (5 * of_year + 2) / 153;
    let month = if part < 10 { part + 3 } else { part - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as usize, of_year - (153 * part + 2) / 5 + 1)
}

/// The day with this date, counted from 1 January 1970.
pub fn day_of(year: i64, month: usize, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let part = if month > 2 { month as i64 - 3 } else { month as i64 + 9 };
    let of_year = (153 * part + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// An axis of time.
#[derive(Clone, Debug)]
pub(super) struct TimeAxis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<(f64, String)>,
    /// Distance of two ticks, in days or years.
    pub(super) step: f64,
}

impl TimeAxis {
    /// An axis of days from `low` to `high` with as many ticks as have room in `pixels`.
    pub(super) fn days(sheet: &Sheet<'_>, low: f64, high: f64, pixels: f32) -> Drawing<Self> {
        let span = (high - low).max(1.0);
        let sample = sheet.label_width(sheet.tick_px, "Nov 2024")?;
        let most = (pixels / (sample * 0.85 + 14.0)).max(2.0);
        let steps: [(f64, &str); 10] = [
            (1.0, "day"),
            (2.0, "day"),
            (7.0, "week"),
            (14.0, "week"),
            (30.4, "1"),
            (60.9, "2"),
            (91.3, "3"),
            (182.6, "6"),
            (365.2, "12"),
            (730.5, "24"),
        ];
        let fits = |step: &&(f64, &str)| span / step.0 <= f64::from(most);
        let (step, unit) = *steps.iter().find(fits).unwrap_or(&steps[9]);
        let mut ticks = Vec::new();
        match unit {
            "day" | "week" => {
                let pace = step as i64;
                // Weeks begin on Mondays; the first day of all counting was a Thursday.
                let mut day = low.ceil() as i64;
                while unit == "week" && (day + 3).rem_euclid(7) != 0 {
                    day += 1;
                }
                while (day as f64) <= high {
                    let (_, month, number) = civil(day);
                    ticks.push((day as f64, format!("{number} {}", MONTHS[month - 1])));
                    day += pace;
                }
            }
            months => {
                let pace: i64 = months.parse().unwrap_or(12);
                let (year, month, _) = civil(low.floor() as i64);
                let mut index = (year * 12 + month as i64 - 1).div_euclid(pace) * pace;
                let several = civil(high as i64).0 != year;
                loop {
                    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as usize + 1);
                    let at = day_of(year, month, 1) as f64;
                    if at > high {
                        break;
                    }
                    if at >= low {
                        let name = if pace >= 12 {
                            year.to_string()
                        } else if several {
                            format!("{} {year}", MONTHS[month - 1])
                        } else {
                            MONTHS[month - 1].to_owned()
                        };
                        ticks.push((at, name));
                    }
                    index += pace;
                }
            }
        }
        Ok(Self { low, high, ticks, step })
    }

    /// An axis of years.
    pub(super) fn years(low: f64, high: f64) -> Self {
        let span = (high - low).max(1.0);
        let step = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0]
            .into_iter()
            .find(|step| span / step <= 8.0)
            .unwrap_or(200.0);
        let mut ticks = Vec::new();
        let mut at = (low / step).ceil() * step;
        while at <= high {
            ticks.push((at, format!("{at:.0}")));
            at += step;
        }
        Self { low, high, ticks, step }
    }

    /// The place of a time between two ends.
    pub(super) fn at(&self, time: f64, from: f32, to: f32) -> f32 {
        from + ((time - self.low) / (self.high - self.low)) as f32 * (to - from)
    }

    /// How finely times can be read over so many pixels: two of them, or a quarter of the way to the next tick.
    pub(super) fn resolution(&self, pixels: f32) -> (f64, f64) {
        let pixel = (self.high - self.low) / f64::from(pixels.max(1.0));
        ((2.0 * pixel).max(self.step / 4.0), 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_say_the_same() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(day_of(2024, 2, 29), 19_782);
        for day in (-200_000..200_000).step_by(97) {
            let (year, month, number) = civil(day);
            assert_eq!(day_of(year, month, number), day);
        }
    }
}
