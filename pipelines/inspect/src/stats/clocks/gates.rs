//! The bars that a full set of clocks is held to.

use crate::stats::clocks::tally::{Tally, chi_square};
use crate::stats::gates::{Gate, State};
use crate::stats::tally::share;

/// From so many rows on a set must have all its bodies; with fewer, some may not have been drawn.
const ROWS_OF_BODIES: u64 = 1_000;
/// How many bodies look different enough to be counted.
const BODIES_MIN: usize = 50;
/// At least 160,000 faces among the 825,869 rows of the published size.
const FACES_SHARE_MIN: f64 = 160_000.0 / 825_869.0;
/// Of even counts, one in a thousand is as uneven as this by chance: chi-square of 23 and of 59 degrees of freedom.
const UNEVEN_HOURS: f64 = 49.728;
const UNEVEN_MINUTES: f64 = 98.324;
/// Chi-square tells only where so many are expected of each.
const EXPECTED_MIN: f64 = 5.0;

/// All bars that counting can tell of.
pub(crate) fn gates(tally: &Tally, tasks: u64, dropped: u64) -> Vec<Gate> {
    let bodies = tally.bodies.len();
    vec![
        Gate::of_share("tasks that gave no picture", "under 5 %", dropped, tasks, (0.0, 0.05)),
        Gate::of_share("time not shown", "3 to 8 %", tally.not_shown, tally.rows, (0.03, 0.08)),
        Gate {
            name: "different bodies",
            bar: format!("{BODIES_MIN} or more"),
            found: bodies.to_string(),
            state: match (bodies >= BODIES_MIN, tally.rows) {
                (true, _) => State::Met,
                (false, 0) => State::Unknown,
                (false, rows) if rows < ROWS_OF_BODIES => State::TooFew,
                _ => State::Missed,
            },
        },
        Gate::of_share(
            "different faces, of rows",
            "19.4 % or more",
            tally.faces(),
            tally.rows,
            (FACES_SHARE_MIN, 1.0),
        ),
        flat("hours of uniform times", &tally.uniform.hours, UNEVEN_HOURS),
        flat("minutes of uniform times", &tally.uniform.minutes, UNEVEN_MINUTES),
    ]
}

/// Counts that should be even.
fn flat(name: &'static str, counts: &[u64], most: f64) -> Gate {
    let expected = share(counts.iter().sum(), counts.len() as u64);
    let found = chi_square(counts);
    Gate {
        name,
        bar: format!("chi² {most:.1} or less"),
        found: found
            .map_or("none".to_owned(), |found| format!("chi² {found:.1} with {} degrees", counts.len() - 1)),
        state: match found {
            None => State::Unknown,
            Some(_) if expected < EXPECTED_MIN => State::TooFew,
            Some(found) if found <= most => State::Met,
            Some(_) => State::Missed,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_counts_are_flat_and_others_are_not() {
        let mut counts = [40u64; 24];
        assert_eq!(flat("hours", &counts, UNEVEN_HOURS).state, State::Met);
        counts[10] = 120;
        let gate = flat("hours", &counts, UNEVEN_HOURS);
        assert_eq!((gate.state, gate.found.as_str()), (State::Missed, "chi² 141.5 with 23 degrees"));
        assert_eq!(flat("hours", &[1; 24], UNEVEN_HOURS).state, State::TooFew);
        assert_eq!(flat("hours", &[0; 24], UNEVEN_HOURS).state, State::Unknown);
    }

    #[test]
    fn a_small_set_need_not_have_all_bodies() {
        let state = |rows: u64, bodies: usize| {
            let bodies = (0..bodies).map(|body| (body.to_string(), 1)).collect();
            gates(&Tally { rows, bodies, ..Tally::default() }, rows, 0)[2].state
        };
        assert_eq!(state(0, 0), State::Unknown);
        assert_eq!(state(210, 40), State::TooFew);
        assert_eq!(state(20_000, 40), State::Missed);
        assert_eq!([state(210, 50), state(20_000, 82)], [State::Met; 2]);
    }
}
