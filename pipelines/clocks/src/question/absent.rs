//! Clocks from which no time can be read.

use pixmo_render::Rng;
use pixmo_schemas::records::clocks::NOT_SHOWN_TEXT;

use super::{Kind, Question, Seen, Style, choices, dates, wording};

/// Share of clocks with a time that are asked whether it can be read: as many as there are clocks without one.
const READABLE_SHARE: f64 = 0.053;

/// The questions about a clock without a time.
pub(super) fn ask(seen: &Seen<'_>, rng: &mut Rng) -> Vec<Question> {
    let reference = Question {
        question: wording::REFERENCE.replace("{it}", seen.called),
        answer: NOT_SHOWN_TEXT.to_owned(),
        kind: Kind::Time,
        style: Style::Reference,
    };
    let plain = |wordings: &[&str], kind: Kind, rng: &mut Rng| Question {
        style: Style::NotShown,
        ..seen.question(wordings, "No time is shown.".to_owned(), kind, rng)
    };
    let later = {
        let mut asked = plain(wording::LATER, Kind::Later, rng);
        asked.question = asked.question.replace("{n}", &(5 * rng.whole(1, 24)).to_string());
        asked
    };
    let mut asked = vec![
        reference,
        plain(wording::SHORT, Kind::Time, rng),
        plain(wording::WORDS, Kind::Time, rng),
        plain(wording::SECONDS, Kind::Seconds, rng),
        later,
        Question {
            style: Style::YesNo,
            ..seen.question(wording::READABLE, "No".to_owned(), Kind::Readable, rng)
        },
    ];
    asked.extend(dates::date(seen, rng));
    asked.push(choices::choice_of_none(seen, rng));
    asked
}

/// Seldom, whether the time of a clock that shows one can be read.
pub(super) fn readable(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let asked = seen.question(wording::READABLE, "Yes".to_owned(), Kind::Readable, rng);
    rng.chance(READABLE_SHARE).then_some(Question { style: Style::YesNo, ..asked })
}
