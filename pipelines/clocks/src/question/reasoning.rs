//! Answers that say where the hands point before they say the time.

use pixmo_render::Rng;

use super::{Kind, Question, Seen, Sight, Style, minutes, on_dial, wording};
use crate::label::Visible;

/// From where the hands point, or what the digits say, to the time.
pub(super) fn reasoning(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let text = Visible::of(&seen.moment, seen.shows)?.text();
    let (wordings, mut sentences) = match seen.sight {
        Sight::Hands { .. } => (wording::REASONING, vec![hour_hand(seen, rng), minute_hand(seen, rng)]),
        Sight::Digits { by_24_hours } => (wording::REASONING_DIGITS, vec![digits(seen, by_24_hours)]),
    };
    if seen.shows.seconds {
        let second = seen.moment.second();
        sentences.push(match seen.sight {
            Sight::Hands { second: true } => format!("The second hand stands at {second}."),
            _ => format!("The seconds read {second}."),
        });
    }
    let is_counted = matches!(seen.sight, Sight::Digits { by_24_hours: true });
    if seen.shows.am_pm && !is_counted {
        let half = if seen.moment.hour() < 12 { "AM" } else { "PM" };
        sentences.push(format!("It also says that it is {half}."));
    }
    sentences.push(format!("{} {text}.", rng.word(&["So it is", "The time is", "That makes"])));
    let asked = seen.question(wordings, sentences.join(" "), Kind::Reasoning, rng);
    Some(Question { style: Style::Reasoning, ..asked })
}

/// The numeral of an hour of the dial.
fn numeral(hour: u32) -> u32 {
    (hour + 11) % 12 + 1
}

fn hour_hand(seen: &Seen<'_>, rng: &mut Rng) -> String {
    let hour = u32::from(seen.moment.hour());
    let (this, next) = (numeral(hour), numeral(hour + 1));
    // The hand moves 0.008 degrees in a second; half of that keeps what was rounded on its side.
    let past = seen.moment.angles(seen.shows.movement).hour % 30.0 + 0.004;
    let (place, still) = if past < 1.0 {
        (format!("points at the {this}"), "")
    } else if past < 8.0 {
        (format!("is a little past the {this}"), "")
    } else if past < 22.0 {
        (format!("is between the {this} and the {next}"), "")
    } else {
        (format!("is just short of the {next}"), "still ")
    };
    let so = rng.word(&["so the hour is", "which makes the hour"]);
    format!("The hour hand {place}, {so} {still}{this}.")
}

fn minute_hand(seen: &Seen<'_>, rng: &mut Rng) -> String {
    let minute = u32::from(seen.moment.minute());
    let (marks, from) = (minute % 5, minute - minute % 5);
    let at = numeral(minute / 5);
    if marks == 0 {
        let reached = rng.word(&["has reached", "is at"]);
        return format!("The minute hand {reached} the {at}: {}.", minutes(minute));
    }
    let plural = if marks == 1 { "" } else { "s" };
    let sum = if from == 0 { minutes(minute) } else { format!("{from} + {marks} = {}", minutes(minute)) };
    format!("The minute hand is {marks} minute mark{plural} past the {at}: {sum}.")
}

fn digits(seen: &Seen<'_>, by_24_hours: bool) -> String {
    let (hour, minute) = (seen.moment.hour(), seen.moment.minute());
    if !by_24_hours {
        let shown = on_dial(seen.minute_of_dial());
        let hour = shown.split(':').next().unwrap_or_default();
        return format!("The digits give {hour} for the hour and {minute:02} for the minute.");
    }
    let meaning = match hour {
        0 => "hour 0 is the one after midnight".to_owned(),
        1..=11 => format!("hour {hour} is before noon"),
        12 => "hour 12 is the one after noon".to_owned(),
        _ => format!("hour {hour} is {} in the afternoon or evening", hour - 12),
    };
    format!("The digits give {hour} for the hour and {minute:02} for the minute; {meaning}.")
}
