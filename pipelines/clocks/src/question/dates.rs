//! Questions for what is printed of the date.

use jiff::civil::Weekday;
use pixmo_render::Rng;

use super::{Kind, Question, Seen, wording};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// One of the parts of the date that are printed.
pub(super) fn date(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let moment = seen.moment;
    let parts = [
        (seen.printed.day, wording::DAY, moment.day().to_string()),
        (seen.printed.weekday, wording::WEEKDAY, weekday(moment.weekday()).to_owned()),
        (seen.printed.month, wording::MONTH, MONTHS[usize::from(moment.month() + 11) % 12].to_owned()),
    ];
    let printed: Vec<_> = parts.into_iter().filter(|(is_printed, ..)| *is_printed).collect();
    if printed.is_empty() {
        return None;
    }
    let (_, wordings, answer) = rng.pick(&printed).clone();
    Some(seen.question(wordings, answer, Kind::Date, rng))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
