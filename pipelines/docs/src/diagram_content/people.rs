//! Invented people, organisations and dates.

use pixmo_render::Rng;

use crate::banks::{Banks, Domain};

pub(super) use crate::content::MONTHS;

/// Different full names from one naming culture, or from several.
pub(super) fn names(banks: &Banks, rng: &mut Rng, count: usize) -> Vec<String> {
    let cultures = &banks.diagrams.cultures;
    let mixed = count > 14 || rng.chance(0.4);
    let initial = rng.chance(0.15);
    let home = rng.below(cultures.len());
    let mut names: Vec<String> = Vec::new();
    for _ in 0..count * 6 {
        if names.len() == count {
            break;
        }
        let culture = if mixed { rng.pick(cultures) } else { &cultures[home] };
        let given = if rng.chance(0.5) { rng.pick(&culture.given_f) } else { rng.pick(&culture.given_m) };
        let family = rng.pick(&culture.family);
        if names.iter().any(|n| n.ends_with(family.as_str()) || n.starts_with(given.as_str())) {
            continue;
        }
        names.push(match given.chars().next() {
            Some(letter) if initial => format!("{letter}. {family}"),
            _ => format!("{given} {family}"),
        });
    }
    names
}

/// Different given names.
pub(super) fn given(banks: &Banks, rng: &mut Rng, count: usize) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..count * 8 {
        if names.len() == count {
            break;
        }
        let culture = rng.pick(&banks.diagrams.cultures);
        let name = if rng.chance(0.5) { rng.pick(&culture.given_f) } else { rng.pick(&culture.given_m) };
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// An organisation of a domain.
pub(super) fn organisation(domain: Option<&Domain>, banks: &Banks, rng: &mut Rng) -> String {
    let domain = domain.unwrap_or_else(|| rng.pick(&banks.domains));
    let pattern = rng.pick(&domain.organisations).clone();
    pattern
        .replace("{town}", rng.pick::<String>(&banks.towns).as_str())
        .replace("{family}", rng.pick::<String>(&banks.families).as_str())
}

/// The day so many days after 1 January of a year: its year, its month counted from 0, and its number.
pub(super) fn date(year: i64, days: i64) -> (i64, usize, i64) {
    let first = jiff::civil::date(year.clamp(1, 9000) as i16, 1, 1);
    let day = first.saturating_add(jiff::Span::new().days(days.clamp(0, 3_000_000)));
    (i64::from(day.year()), day.month() as usize - 1, i64::from(day.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_years_have_a_29th_of_february() {
        assert_eq!(date(2024, 59), (2024, 1, 29));
        assert_eq!(date(2023, 59), (2023, 2, 1));
        assert_eq!(date(2024, 366), (2025, 0, 1));
        assert_eq!(date(2100, 59), (2100, 2, 1));
    }
}
