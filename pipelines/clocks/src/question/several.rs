//! Several clocks in one picture.

use pixmo_render::Rng;

use super::{DIAL_MINUTES, Kind, Question, Seen, Style, minutes, on_dial, wording};

/// Clocks that differ by less are not compared.
const GAP_MINUTES: u32 = 2;

/// Questions about the clocks of a picture together, two or more, each with a name of its own; none for fewer. All clocks
/// of the picture must be among them.
pub fn several(clocks: &[Seen<'_>], rng: &mut Rng) -> Vec<Question> {
    if clocks.len() < 2 {
        return Vec::new();
    }
    let mut asked: Vec<Question> = clocks.iter().map(|clock| named(clock, rng)).collect();
    let shown: Vec<&Seen<'_>> = clocks.iter().filter(|clock| clock.shows.time).collect();
    if shown.len() == clocks.len() {
        asked.extend(extreme(&shown, Kind::Latest, rng));
        asked.extend(extreme(&shown, Kind::Earliest, rng));
    }
    if let [first, second, ..] = shown[..] {
        asked.extend(apart(first, second));
    }
    if shown.len() + 1 == clocks.len() {
        asked.extend(clocks.iter().find(|clock| !clock.shows.time).map(|blank| Question {
            question: format!("From which one can no time be read, {}?", listed(clocks)),
            answer: sentence(blank.called),
            kind: Kind::Blank,
            style: Style::Short,
        }));
    }
    asked.push(Question {
        question: rng
            .word(&[
                "How many clocks and watches are in the picture?",
                "Count the clocks and watches in this picture.",
            ])
            .to_owned(),
        answer: clocks.len().to_string(),
        kind: Kind::Count,
        style: Style::Short,
    });
    asked
}

/// The time of one of them.
fn named(clock: &Seen<'_>, rng: &mut Rng) -> Question {
    if clock.shows.time {
        return clock.question(wording::SHORT, on_dial(clock.minute_of_dial()), Kind::Time, rng);
    }
    let answer = "No time is shown.".to_owned();
    Question { style: Style::NotShown, ..clock.question(wording::SHORT, answer, Kind::Time, rng) }
}

/// Which one is first or last, if it is so by more than a moment. Unless all tell morning from afternoon they are
/// compared within half a day.
fn extreme(clocks: &[&Seen<'_>], kind: Kind, rng: &mut Rng) -> Option<Question> {
    let of_day = clocks.iter().all(|clock| clock.shows.am_pm);
    let time = |clock: &Seen<'_>| if of_day { clock.minute_of_day() } else { clock.minute_of_dial() };
    let mut sorted = clocks.to_vec();
    sorted.sort_by_key(|clock| time(clock));
    if kind == Kind::Latest {
        sorted.reverse();
    }
    let [first, second, ..] = sorted[..] else { return None };
    let is_clear = time(first).abs_diff(time(second)) >= GAP_MINUTES;
    let word = match (kind == Kind::Latest, clocks.len() == 2) {
        (true, true) => "later",
        (true, false) => "latest",
        (false, true) => "earlier",
        (false, false) => "earliest",
    };
    let within = match of_day {
        true => "",
        false => " Take the times as those of one half day, which begins at 12:00.",
    };
    let names: Vec<Seen<'_>> = clocks.iter().map(|clock| **clock).collect();
    let names = listed(&names);
    let question = match rng.below(2) {
        0 => format!("Which one shows the {word} time, {names}?{within}"),
        _ => format!("On which of these is it {word}: {names}?{within}"),
    };
    is_clear.then(|| Question { question, answer: sentence(first.called), kind, style: Style::Short })
}

/// By how much two of them differ, the short way around the dial.
fn apart(first: &Seen<'_>, second: &Seen<'_>) -> Option<Question> {
    let turn = first.minute_of_dial().abs_diff(second.minute_of_dial());
    Some(Question {
        question: format!(
            "How many minutes apart are the times on {} and {}? Leave seconds and AM or PM aside and take the shorter way \
             around the dial.",
            first.called, second.called
        ),
        answer: minutes(turn.min(DIAL_MINUTES - turn)),
        kind: Kind::Apart,
        style: Style::Short,
    })
}

/// `the clock on the left or the clock on the right`.
fn listed(clocks: &[Seen<'_>]) -> String {
    let names: Vec<&str> = clocks.iter().map(|clock| clock.called).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// A name as an answer: with a capital and a full stop.
fn sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
