//! The bars that a full dataset is held to, and whether what was counted meets them.
//!
//! A share over few questions differs from its true value by chance. A bar is missed only if the share is beyond it by
//! more than two standard errors; between the bar and there, and wherever less than a hundred were counted, too few were
//! counted to tell.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::stats::tally::{Tally, rounded, share};
use crate::stats::text::short;
use crate::stats::variety::Variety;

/// Fewer tell nothing against a bar.
const COUNTED_MIN: u64 = 100;

/// Largest share of one open answer among all questions about a kind of picture, and among the open questions of a kind.
const ANSWER_MAX: f64 = 0.03;
/// Largest share of one small number among the counts that answer a kind of question. Things are counted up to a dozen,
/// and by nature more often few than many.
const COUNT_MAX: f64 = 0.4;
/// Where a kind has few different answers, one may be this many times as frequent as if all were equally frequent.
const ABOVE_EVEN: f64 = 1.5;
/// Not even where there are but two.
const FEW_MAX: f64 = 0.75;

/// A bar, and what was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gate {
    pub(crate) name: &'static str,
    pub(crate) bar: String,
    pub(crate) found: String,
    pub(crate) state: State,
}

/// Whether a bar is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Met,
    Missed,
    /// The share is beyond the bar, by no more than chance explains.
    TooFew,
    /// Nothing was counted that tells.
    Unknown,
}

impl State {
    /// Whether a bar is met by so many rows; fewer than `rows_min` are too few to miss it.
    pub(crate) fn of(rows: u64, is_met: bool, rows_min: u64) -> State {
        match (rows, is_met) {
            (0, _) => State::Unknown,
            (_, true) => State::Met,
            (rows, false) if rows < rows_min => State::TooFew,
            _ => State::Missed,
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            State::Met => "met",
            State::Missed => "not met",
            State::TooFew => "too few",
            State::Unknown => "unknown",
        }
    }
}

impl Gate {
    /// A gate over one share.
    pub(crate) fn of_share(
        name: &'static str,
        bar: &str,
        part: u64,
        whole: u64,
        (low, high): (f64, f64),
    ) -> Gate {
        let share = Share { name: String::new(), part, whole, low, high };
        Gate { name, bar: bar.to_owned(), found: share.words(), state: share.state() }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "name": self.name, "bar": self.bar, "found": self.found, "state": self.state.words() })
    }
}

/// A share with what it is a share of, and where it should lie.
struct Share {
    name: String,
    part: u64,
    whole: u64,
    low: f64,
    high: f64,
}

impl Share {
    /// How far it is outside, and how much of that chance does not explain; 0 inside.
    fn outside(&self) -> (f64, f64) {
        let found = share(self.part, self.whole);
        let outside = (self.low - found).max(found - self.high).max(0.0);
        let edge = if found < self.low { self.low } else { self.high };
        let error = (edge * (1.0 - edge) / self.whole.max(1) as f64).sqrt();
        let beyond_chance = if self.whole < COUNTED_MIN { 0.0 } else { (outside - 2.0 * error).max(0.0) };
        (outside, beyond_chance)
    }

    fn state(&self) -> State {
        match self.outside() {
            _ if self.whole == 0 => State::Unknown,
            (outside, _) if outside <= 0.0 => State::Met,
            (_, beyond_chance) if beyond_chance > 0.0 => State::Missed,
            _ => State::TooFew,
        }
    }

    fn words(&self) -> String {
        format!("{}{:.1} % of {}", self.name, 100.0 * share(self.part, self.whole), self.whole)
    }
}

/// One gate over several shares: the worst decides, and is shown.
fn worst(name: &'static str, bar: &str, shares: Vec<Share>) -> Gate {
    let shares: Vec<Share> = shares.into_iter().filter(|share| share.whole > 0).collect();
    let missed = shares.iter().filter(|share| share.state() == State::Missed).count();
    let rank = |share: &&Share| {
        let (outside, beyond_chance) = share.outside();
        // In millionths, to be ordered.
        ((beyond_chance * 1e6) as u64, (outside * 1e6) as u64, share.whole)
    };
    let Some(found) = shares.iter().max_by_key(rank) else {
        return Gate { name, bar: bar.to_owned(), found: "none".to_owned(), state: State::Unknown };
    };
    let more = if missed > 1 { format!(", and {} more", missed - 1) } else { String::new() };
    Gate { name, bar: bar.to_owned(), found: format!("{}{more}", found.words()), state: found.state() }
}

/// All bars that counting can tell of.
pub(crate) fn gates(
    all: &Tally,
    configs: &BTreeMap<String, Tally>,
    tasks: u64,
    dropped: u64,
    variety: Option<Variety>,
    plain: Option<Variety>,
) -> Vec<Gate> {
    let whole = |name: &'static str, bar: &str, part: u64, whole: u64, low: f64, high: f64| {
        Gate::of_share(name, bar, part, whole, (low, high))
    };
    let questions = all.question_count();
    let mean = share(questions, all.rows);
    let per_picture = Gate {
        name: "questions a picture",
        bar: "8.01 to 9.79".to_owned(),
        found: format!("{mean:.2}"),
        state: match all.rows {
            0 => State::Unknown,
            _ if (8.01..=9.79).contains(&mean) => State::Met,
            _ => State::Missed,
        },
    };
    let half = |name: String, [part, whole]: [u64; 2]| Share { name, part, whole, low: 0.48, high: 0.52 };
    let by_config = configs.iter().map(|(config, tally)| half(format!("{config} "), tally.yes()));
    let by_kind = configs.iter().flat_map(|(config, tally)| {
        tally.yes_by_kind.iter().map(move |(kind, yes)| half(format!("{config} {kind} "), *yes))
    });
    let places = all.places.iter().flat_map(|(options, places)| {
        let (whole, fair) = (places.iter().sum(), 1.0 / *options as f64);
        (1..).zip(places).map(move |(place, count)| Share {
            name: format!("place {place} of {options} "),
            part: *count,
            whole,
            low: fair - 0.02,
            high: fair + 0.02,
        })
    });
    let answers = all.open_asked.keys().filter_map(|kind| {
        let (whole, different, top) = all.uncounted(kind);
        let (answer, part) = top?;
        let name = format!("{kind} `{}` ", short(answer, 12));
        // Days of the week cannot all stay under three per cent.
        let even = 1.0 / different as f64;
        let high = ANSWER_MAX.max((ABOVE_EVEN * even).min(FEW_MAX));
        Some(Share { name, part, whole, low: 0.0, high })
    });
    let counts = all.counts_asked.iter().filter_map(|(kind, whole)| {
        let (answer, part) = all.top_count(kind)?;
        let name = format!("{kind} `{answer}` ");
        Some(Share { name, part, whole: *whole, low: 0.0, high: COUNT_MAX })
    });
    let about = all.asked_about.iter().filter_map(|(kind, asked)| {
        let top = all.top_answers_about(kind);
        let (answer, count) = top.first()?;
        let name = format!("{kind} `{}` ", short(answer, 12));
        Some(Share { name, part: *count, whole: *asked, low: 0.0, high: ANSWER_MAX })
    });
    vec![
        whole("tasks that gave no picture", "under 5 %", dropped, tasks, 0.0, 0.05),
        whole("distinct plans of pictures", "90 % or more", all.distinct_plans(), all.rows, 0.9, 1.0),
        per_picture,
        whole("unanswerable of questions", "6 to 8 %", all.unanswerable, questions, 0.06, 0.08),
        whole("yes of yes or no", "48 to 52 %", all.yes()[0], all.yes()[1], 0.48, 0.52),
        worst("yes, worst config", "48 to 52 %", by_config.collect()),
        worst("yes, worst kind of question", "48 to 52 %", by_kind.collect()),
        worst("right option, worst place", "even, ± 2 %", places.collect()),
        worst("one answer by kind of picture", "3 % or less", about.collect()),
        worst("one answer in a kind of question", "3 % or 1.5 even", answers.collect()),
        worst("one count in a kind of question", "40 % or less", counts.collect()),
        looks(variety, plain),
    ]
}

fn looks(variety: Option<Variety>, plain: Option<Variety>) -> Gate {
    let name = "variety of pictures";
    let (bar, found, state) = match (variety, plain) {
        (Some(ours), Some(plain)) => (
            format!("over {:.3}", plain.both()),
            format!("{:.3}", ours.both()),
            if ours.both() > plain.both() { State::Met } else { State::Missed },
        ),
        (Some(ours), None) => {
            ("over plain charts".to_owned(), format!("{:.3}; see `--baseline`", ours.both()), State::Unknown)
        }
        _ => ("over plain charts".to_owned(), "not looked at".to_owned(), State::Unknown),
    };
    Gate { name, bar, found, state }
}

impl Variety {
    pub(crate) fn to_json(self) -> Value {
        let exact = |value: f64| (value * 1e4).round() / 1e4;
        json!({
            "pictures": self.pictures, "distance": exact(self.both()),
            "colors": exact(self.colors), "edges": exact(self.edges),
        })
    }
}

/// The blind baseline, as it was recorded by the build: right guesses, questions, per cent.
pub(crate) fn blind(counters: &BTreeMap<String, u64>) -> Option<(u64, u64, f64)> {
    let (guessed, asked) = (*counters.get("blind_guessed")?, *counters.get("blind_asked")?);
    Some((guessed, asked, rounded(100.0 * share(guessed, asked))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(part: u64, whole: u64) -> State {
        Share { name: String::new(), part, whole, low: 0.48, high: 0.52 }.state()
    }

    #[test]
    fn chance_does_not_miss_a_bar_and_a_fault_does() {
        assert_eq!(state(52, 100), State::Met);
        assert_eq!(state(55, 100), State::TooFew, "a hundred questions do not tell 52 from 55 %");
        assert_eq!(state(70, 100), State::Missed);
        assert_eq!(state(5_500, 10_000), State::Missed);
        assert_eq!(state(4_500, 10_000), State::Missed);
        assert_eq!(state(0, 0), State::Unknown);
    }

    #[test]
    fn a_few_questions_tell_nothing() {
        assert_eq!(state(99, 99), State::TooFew);
        assert_eq!(state(100, 100), State::Missed);
    }

    #[test]
    fn the_worst_group_decides_and_is_shown() {
        let group =
            |name: &str, part, whole| Share { name: name.to_owned(), part, whole, low: 0.48, high: 0.52 };
        let gate = worst(
            "yes",
            "",
            vec![group("a ", 1, 2), group("b ", 600, 1_000), group("c ", 2, 2), group("d ", 0, 0)],
        );
        assert_eq!((gate.state, gate.found.as_str()), (State::Missed, "b 60.0 % of 1000"));
        let gate = worst("yes", "", vec![group("a ", 3, 4)]);
        assert_eq!(gate.state, State::TooFew);
        assert_eq!(worst("yes", "", Vec::new()).state, State::Unknown);
    }

    #[test]
    fn pictures_must_differ_more_than_plain_charts() {
        let of = |colors| Some(Variety { pictures: 9, colors, edges: 0.2 });
        assert_eq!(looks(of(0.3), of(0.1)).state, State::Met);
        assert_eq!(looks(of(0.1), of(0.3)).state, State::Missed);
        assert_eq!(looks(of(0.3), None).state, State::Unknown);
    }
}
