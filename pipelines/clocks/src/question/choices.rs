//! Yes or no, and one of four: the wrong times are those that a careless reader would say.

use pixmo_render::Rng;

use super::{DIAL_MINUTES, Kind, Question, Seen, Sight, Style, on_dial, wording};

/// The option that no time is shown, among the wrong ones of a clock that shows one. Where it is right it always stands,
/// and about one picture in twenty shows no time: so it is right in about a quarter of the cases, as every option is.
const NO_TIME: &str = "no time is shown";
const NO_TIME_SHARE: f64 = 0.16;
/// Wrong options beside the right one.
const WRONG: usize = 3;

/// How readers get a time wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// By some minutes, forth or back.
    Off(i32),
    /// One hand for the other.
    Swapped,
    /// The dial in a mirror.
    Mirrored,
}

const BY_HANDS: &[Mistake] = &[
    Mistake::Off(60),
    Mistake::Off(-60),
    Mistake::Off(5),
    Mistake::Off(-5),
    Mistake::Swapped,
    Mistake::Mirrored,
];
const BY_DIGITS: &[Mistake] = &[
    Mistake::Off(60),
    Mistake::Off(-60),
    Mistake::Off(10),
    Mistake::Off(-10),
    Mistake::Off(1),
    Mistake::Off(-1),
];

impl Mistake {
    /// What is said instead of a time, in minutes of the dial.
    pub(super) fn of(self, minute: u32, rng: &mut Rng) -> u32 {
        match self {
            Mistake::Off(by) => (minute as i32 + by).rem_euclid(DIAL_MINUTES as i32) as u32,
            // The minute hand on the fifth of a numeral gives the hour. The hour hand gives the minute, in the fifth that
            // belongs to its hour; where in it depends on how well it is read.
            Mistake::Swapped => minute % 60 / 5 * 60 + minute / 60 * 5 + rng.below(5) as u32,
            Mistake::Mirrored => (DIAL_MINUTES - minute) % DIAL_MINUTES,
        }
    }

    /// What leads back.
    fn inverse(self) -> Mistake {
        match self {
            Mistake::Off(by) => Mistake::Off(-by),
            other => other,
        }
    }
}

fn mistakes(sight: Sight) -> &'static [Mistake] {
    match sight {
        Sight::Hands { .. } => BY_HANDS,
        Sight::Digits { .. } => BY_DIGITS,
    }
}

/// Three wrong times, all different, in random order.
///
/// Options that are all mistakes about the right one would give it away without the picture: it would be the one that the
/// others lie around. So the four are a time and three mistakes about it, and each of them is the right one as often.
pub(super) fn wrong_times(right: u32, sight: Sight, rng: &mut Rng) -> Vec<u32> {
    let mut order = mistakes(sight).to_vec();
    rng.shuffle(&mut order);
    let mut wrong = Vec::new();
    let mut middle = right;
    if rng.below(WRONG + 1) > 0 {
        middle = order.remove(0).inverse().of(right, rng);
        if middle != right {
            wrong.push(middle);
        }
    }
    for mistake in order {
        let time = mistake.of(middle, rng);
        if wrong.len() < WRONG && time != right && !wrong.contains(&time) {
            wrong.push(time);
        }
    }
    rng.shuffle(&mut wrong);
    wrong
}

/// Whether it shows a given time; as often Yes as No.
pub(super) fn is(seen: &Seen<'_>, rng: &mut Rng) -> Option<Question> {
    let right = seen.minute_of_dial();
    let wrong = rng.pick(mistakes(seen.sight)).of(right, rng);
    // A mistake may hit the truth: 12:00 is the same in a mirror.
    let wrong = if wrong == right { Mistake::Off(60).of(right, rng) } else { wrong };
    let (time, answer) = if rng.chance(0.5) { (right, "Yes") } else { (wrong, "No") };
    let mut asked = seen.question(wording::IS, answer.to_owned(), Kind::Is, rng);
    asked.question = asked.question.replace("{time}", &on_dial(time));
    Some(Question { style: Style::YesNo, ..asked })
}

/// One of four times.
pub(super) fn choice(seen: &Seen<'_>, rng: &mut Rng) -> Question {
    let right = seen.minute_of_dial();
    let mut wrong: Vec<String> = wrong_times(right, seen.sight, rng).into_iter().map(on_dial).collect();
    if rng.chance(NO_TIME_SHARE) {
        wrong.pop();
        wrong.push(NO_TIME.to_owned());
        rng.shuffle(&mut wrong);
    }
    options(seen, on_dial(right), wrong, rng)
}

/// One of three times, or none, for a clock without a time.
pub(super) fn choice_of_none(seen: &Seen<'_>, rng: &mut Rng) -> Question {
    let any = rng.below(DIAL_MINUTES as usize) as u32;
    let mut times = wrong_times(any, seen.sight, rng);
    times.pop();
    times.push(any);
    rng.shuffle(&mut times);
    options(seen, NO_TIME.to_owned(), times.into_iter().map(on_dial).collect(), rng)
}

/// A question with the right option at any place, each as likely.
fn options(seen: &Seen<'_>, right: String, wrong: Vec<String>, rng: &mut Rng) -> Question {
    const LETTERS: [char; WRONG + 1] = ['A', 'B', 'C', 'D'];
    let mut options = wrong;
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
