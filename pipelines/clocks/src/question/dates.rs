//! Questions for what is printed of the date.

use pixmo_render::Rng;

use super::{Kind, Question, Seen, wording};

/// One of the parts of the date that are printed.
pub(super) fn date(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let moment = seen.moment;
    let parts = [
        (seen.printed.day, wording::DAY, moment.day().to_string()),
        (seen.printed.weekday, wording::WEEKDAY, moment.weekday_name().to_owned()),
        (seen.printed.month, wording::MONTH, moment.month_name().to_owned()),
    ];
    let printed: Vec<_> = parts.into_iter().filter(|(is_printed, ..)| *is_printed).collect();
    if printed.is_empty() {
        return None;
    }
    let (_, wordings, answer) = rng.pick(&printed).clone();
    Some(seen.question(wordings, answer, Kind::Date, rng))
}
