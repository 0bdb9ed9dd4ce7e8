//! Yes or no, and one of four: the wrong times are those that a careless reader would say.

use pixmo_render::Rng;

use super::{DIAL_MINUTES, Kind, Question, Seen, Sight, Style, on_dial, wording};

/// The option that no time is shown, among the wrong ones of a clock that shows one. Where it is right it always stands,
/// and about one picture in twenty shows no time: so it is right in about a quarter of the cases, as every option is.
pub(super) const NO_TIME: &str = "no time is shown";
const NO_TIME_SHARE: f64 = 0.16;
/// Wrong options beside the right one.
const WRONG: usize = 3;

/// What one would say who took one hand for the other.
pub(super) fn swapped(minute: u32) -> u32 {
    // The hour hand moves half a degree in a minute, and a minute mark is 6 degrees wide.
    let (hour_degrees_2, minute_degrees) = (minute % DIAL_MINUTES, minute % 60 * 6);
    minute_degrees / 30 * 60 + hour_degrees_2 / 12
}

/// The time in a mirror.
pub(super) fn mirrored(minute: u32) -> u32 {
    (DIAL_MINUTES - minute % DIAL_MINUTES) % DIAL_MINUTES
}

/// Wrong times, each once, in random order; at least [`WRONG`].
fn wrong_times(seen: &Seen<'_>, rng: &mut Rng) -> Vec<u32> {
    let right = seen.minute_of_dial();
    let back = |minutes: u32| right + DIAL_MINUTES - minutes;
    let wrong = match seen.sight {
        Sight::Hands { .. } => [right + 60, back(60), right + 5, back(5), swapped(right), mirrored(right)],
        Sight::Digits { .. } => [right + 60, back(60), right + 10, back(10), right + 1, back(1)],
    };
    let mut times: Vec<u32> = Vec::new();
    for time in wrong.map(|time| time % DIAL_MINUTES) {
        if time != right && !times.contains(&time) {
            times.push(time);
        }
    }
    rng.shuffle(&mut times);
    times
}

/// Whether it shows a given time; as often Yes as No.
pub(super) fn is(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let wrong = *wrong_times(seen, rng).first()?;
    let (time, answer) = if rng.chance(0.5) { (seen.minute_of_dial(), "Yes") } else { (wrong, "No") };
    let mut asked = seen.question(wording::IS, answer.to_owned(), Kind::Is, rng);
    asked.question = asked.question.replace("{time}", &on_dial(time));
    Some(Question { style: Style::YesNo, ..asked })
}

/// One of four times.
pub(super) fn choice(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let mut wrong: Vec<String> = wrong_times(seen, rng).into_iter().take(WRONG).map(on_dial).collect();
    if rng.chance(NO_TIME_SHARE) {
        wrong.pop();
        wrong.push(NO_TIME.to_owned());
    }
    rng.shuffle(&mut wrong);
    Some(options(seen, on_dial(seen.minute_of_dial()), wrong, rng))
}

/// A question with the right option at any place, each as likely.
pub(super) fn options(seen: &Seen<'_>, right: String, mut options: Vec<String>, rng: &mut Rng) -> Question {
    const LETTERS: [char; WRONG + 1] = ['A', 'B', 'C', 'D'];
    options.truncate(WRONG);
    let place = rng.below(options.len() + 1);
    options.insert(place, right);
    let (open, end, between) =
        *rng.pick(&[("", ")", "\n"), ("", ".", "\n"), ("(", ")", " "), ("", ":", ", ")]);
    let listed: Vec<String> = LETTERS
        .iter()
        .zip(&options)
        .map(|(letter, option)| format!("{open}{letter}{end} {option}"))
        .collect();
    let mut asked = seen.question(wording::CHOICE, LETTERS[place].to_string(), Kind::Time, rng);
    let joint = if between == "\n" { "\n" } else { " " };
    asked.question = format!("{} Answer with the letter.{joint}{}", asked.question, listed.join(between));
    Question { style: Style::Choice, ..asked }
}
