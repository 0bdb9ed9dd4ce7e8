//! Numbers as people read them: `12,655`, `9.8 GiB`, `41m`, `18 rows/s`.

use std::time::Duration;

/// A number with a comma between thousands: `12,655`.
#[must_use]
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 row`, `5,886 rows`. The plural is the noun with an `s`.
#[must_use]
pub fn counted(value: u64, noun: &str) -> String {
    let plural = if value == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number(value))
}

/// A size in binary units: `812 bytes`, `4.5 KiB`, `9.8 GiB`.
#[must_use]
pub fn bytes(value: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if value < 1024 {
        return counted(value, "byte");
    }
    let mut size = value as f64 / 1024.0;
    let mut unit = 0;
    // A size that would be printed as 1024.0 belongs to the next unit.
    while size >= 1023.95 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    format!("{size:.1} {}", UNITS[unit])
}

/// A length of time, coarse enough to be calm: `0.4s`, `12s`, `2m 10s`, `41m`, `1h 05m`, `3d 4h`.
#[must_use]
pub fn duration(value: Duration) -> String {
    let secs = value.as_secs_f64();
    if secs < 9.95 {
        return format!("{secs:.1}s");
    }
    let secs = secs.round() as u64;
    let (days, hours, minutes) = (secs / 86_400, secs / 3600 % 24, secs / 60 % 60);
    match secs {
        0..60 => format!("{secs}s"),
        60..600 if !secs.is_multiple_of(60) => format!("{minutes}m {}s", secs % 60),
        60..3600 => format!("{minutes}m"),
        3600..86_400 => format!("{hours}h {minutes:02}m"),
        _ => format!("{days}d {hours}h"),
    }
}

/// The time that something still takes, in whole seconds or coarser: `1s`, `8s`, `26m`. A guess is not more exact.
#[must_use]
pub fn time_left(value: Duration) -> String {
    let secs = value.as_secs_f64().round().max(1.0);
    if secs < 60.0 { format!("{secs}s") } else { duration(value) }
}

/// A speed with its noun: `0.4 rows/s`, `18 rows/s`, `1,204 rows/s`.
#[must_use]
pub fn rate(per_second: f64, nouns: &str) -> String {
    if per_second < 9.95 {
        return format!("{per_second:.1} {nouns}/s");
    }
    format!("{} {nouns}/s", number(per_second.round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_between_thousands() {
        let texts = [0, 7, 999, 1000, 12_655, 1_234_567, u64::MAX].map(number);
        assert_eq!(texts, ["0", "7", "999", "1,000", "12,655", "1,234,567", "18,446,744,073,709,551,615"]);
        assert_eq!(counted(1, "row"), "1 row");
        assert_eq!(counted(5886, "row"), "5,886 rows");
    }

    #[test]
    fn sizes_are_in_binary_units() {
        let texts = [0, 1, 1023, 1024, 4608, 1_048_575, 10_522_669_875, u64::MAX].map(bytes);
        let expected =
            ["0 bytes", "1 byte", "1,023 bytes", "1.0 KiB", "4.5 KiB", "1.0 MiB", "9.8 GiB", "16384.0 PiB"];
        assert_eq!(texts, expected);
    }

    #[test]
    fn times_are_coarse() {
        let texts = [0.04, 0.35, 9.96, 59.4, 59.6, 130.0, 599.6, 2460.0, 3599.9, 3900.0, 273_600.0];
        let texts = texts.map(|secs| duration(Duration::from_secs_f64(secs)));
        let expected =
            ["0.0s", "0.3s", "10s", "59s", "1m", "2m 10s", "10m", "41m", "1h 00m", "1h 05m", "3d 4h"];
        assert_eq!(texts, expected);
    }

    #[test]
    fn time_left_is_a_guess() {
        let texts = [0.0, 0.2, 8.4, 59.2, 59.6, 130.2].map(|secs| time_left(Duration::from_secs_f64(secs)));
        assert_eq!(texts, ["1s", "1s", "8s", "59s", "1m", "2m 10s"]);
    }

    #[test]
    fn speeds_keep_one_decimal_when_slow() {
        assert_eq!(
            [0.42, 9.96, 18.2, 1204.0].map(|r| rate(r, "rows")),
            ["0.4 rows/s", "10 rows/s", "18 rows/s", "1,204 rows/s"]
        );
    }
}
