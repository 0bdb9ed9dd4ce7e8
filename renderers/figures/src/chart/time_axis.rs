//! The ticks of an axis of days or years.

use super::sheet::{Drawing, Sheet};
use crate::date::{civil, day_of};

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
        let months = &sheet.look.words.months;
        // Ticks are written as the dates of the table are: `5 Apr` or `Apr 5`.
        let month_first = sheet.shown(0, 1).starts_with(char::is_alphabetic);
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
                    let month = &months[month - 1];
                    let text =
                        if month_first { format!("{month} {number}") } else { format!("{number} {month}") };
                    ticks.push((day as f64, text));
                    day += pace;
                }
            }
            count => {
                let pace: i64 = count.parse().unwrap_or(12);
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
                            format!("{} {year}", months[month - 1])
                        } else {
                            months[month - 1].clone()
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
