//! Days of the calendar as numbers (Howard Hinnant, "chrono-compatible low-level date algorithms").

/// The months as ticks name them.
pub(crate) const MONTHS: [&str; 12] =
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
