//! Questions for the time itself and its parts.

use pixmo_render::Rng;

use super::{Kind, Question, Seen, Style, on_dial, wording, words};
use crate::label::Visible;

/// Share of clocks without seconds, or without AM/PM, that are asked for them all the same.
const ASKED_IN_VAIN: f64 = 0.15;

/// The question that every picture has.
pub(super) fn reference(seen: &Seen<'_>) -> Question {
    let text = Visible::of(&seen.moment, seen.shows).map_or_else(String::new, |visible| visible.text());
    Question {
        question: wording::REFERENCE.replace("{it}", seen.called),
        answer: format!("It shows {text}."),
        kind: Kind::Time,
        style: Style::Reference,
    }
}

/// `H:MM`.
pub(super) fn short(seen: &Seen<'_>, rng: &mut Rng) -> Question {
    seen.question(wording::SHORT, on_dial(seen.minute_of_dial()), Kind::Time, rng)
}

/// The time in words.
pub(super) fn words(seen: &Seen<'_>, rng: &mut Rng) -> Question {
    let of_day = seen.shows.am_pm;
    let wordings = if of_day { wording::WORDS_OF_DAY } else { wording::WORDS };
    let answer = words::words(seen.moment.hour(), seen.moment.minute(), of_day);
    Question { style: Style::Words, ..seen.question(wordings, answer, Kind::Time, rng) }
}

/// `HH:MM`, where morning and afternoon can be told apart.
pub(super) fn day_time(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let answer = format!("{:02}:{:02}", seen.moment.hour(), seen.moment.minute());
    seen.shows.am_pm.then(|| seen.question(wording::DAY_TIME, answer, Kind::DayTime, rng))
}

/// `H:MM:SS`, where seconds can be read.
pub(super) fn seconds(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let answer = format!("{}:{:02}", on_dial(seen.minute_of_dial()), seen.moment.second());
    seen.shows.seconds.then(|| seen.question(wording::SECONDS, answer, Kind::Seconds, rng))
}

/// The hour, the minute or the second alone; seldom the second where there is none.
pub(super) fn part(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let in_vain = !seen.shows.seconds && rng.chance(ASKED_IN_VAIN);
    if in_vain {
        let answer = "The seconds are not shown.".to_owned();
        let asked = seen.question(wording::SECOND, answer, Kind::Part, rng);
        return Some(Question { style: Style::NotShown, ..asked });
    }
    let hour = match seen.moment.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let parts = [
        (wording::HOUR, hour),
        (wording::MINUTE, seen.moment.minute()),
        (wording::SECOND, seen.moment.second()),
    ];
    let (wordings, answer) = parts[rng.below(if seen.shows.seconds { 3 } else { 2 })];
    Some(seen.question(wordings, answer.to_string(), Kind::Part, rng))
}

/// `AM` or `PM`; seldom where it cannot be told.
pub(super) fn half_day(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    if seen.shows.am_pm {
        let answer = if seen.moment.hour() < 12 { "AM" } else { "PM" };
        return Some(seen.question(wording::HALF_DAY, answer.to_owned(), Kind::HalfDay, rng));
    }
    let answer = "Morning and afternoon cannot be told apart here.".to_owned();
    let asked = seen.question(wording::HALF_DAY, answer, Kind::HalfDay, rng);
    rng.chance(ASKED_IN_VAIN).then_some(Question { style: Style::NotShown, ..asked })
}
