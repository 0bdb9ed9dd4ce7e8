//! From the rules of a kind to the lines of one assignment.

use crate::settings::Pay;

/// One amount, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// `task`, `time` or `bonus`.
    pub(super) rule: &'static str,
    /// In the smallest unit of the currency.
    pub(super) minor: i64,
}

/// What is paid for one assignment. Time is paid by the millisecond and rounded to the nearest unit, halves up; the bonus
/// goes to those whose quality is known and high enough.
pub(super) fn lines(pay: &Pay, active_ms: i64, quality: Option<f64>) -> Vec<Line> {
    let mut paid_ms = active_ms.max(0);
    if pay.minutes_max > 0 {
        paid_ms = paid_ms.min(i64::from(pay.minutes_max) * 60_000);
    }
    let time = (i64::from(pay.per_minute_minor) * paid_ms + 30_000) / 60_000;
    let has_bonus = quality.is_some_and(|quality| quality >= pay.bonus_quality_min);
    let bonus = if has_bonus { i64::from(pay.bonus_minor) } else { 0 };
    [("task", i64::from(pay.per_task_minor)), ("time", time), ("bonus", bonus)]
        .into_iter()
        .filter(|(_, minor)| *minor > 0)
        .map(|(rule, minor)| Line { rule, minor })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let pay = Pay {
            per_task_minor: 20,
            per_minute_minor: 25,
            bonus_minor: 5,
            bonus_quality_min: 0.9,
            minutes_max: 3,
            ..Pay::default()
        };
        let of = |active_ms, quality| {
            lines(&pay, active_ms, quality).iter().map(|line| line.minor).collect::<Vec<_>>()
        };
        // 90 seconds are 37.5, which is 38; 10 minutes are paid as three.
        assert_eq!(of(90_000, None), [20, 38]);
        assert_eq!(of(600_000, Some(0.9)), [20, 75, 5]);
        assert_eq!(of(0, Some(0.89)), [20]);
        assert_eq!(lines(&Pay::default(), 90_000, Some(1.0)), []);
    }
}
