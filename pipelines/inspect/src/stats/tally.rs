//! Counts over rows of `docs`; tallies of parts are merged in the order of the parts.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::stats::rows::{Full, Points, Question};
use crate::stats::words::Words;

/// Different texts of one sort that are told apart. Beyond, the rarer half is forgotten, so that memory is bounded; the
/// counts of frequent texts are then lower bounds.
const TEXTS_MAX: usize = 10_000;
/// How many of the most frequent answers are shown.
pub(crate) const ANSWERS_SHOWN: usize = 5;
/// Bounds of the ratio of width to height, with the words for what lies below each.
const RATIOS: [(f64, &str); 6] = [
    (0.5, "under 1:2"),
    (0.8, "1:2 to 4:5"),
    (1.25, "4:5 to 5:4"),
    (1.6, "5:4 to 8:5"),
    (2.5, "8:5 to 5:2"),
    (f64::INFINITY, "5:2 and more"),
];
/// Bounds of the longer side in pixels, with the words for what lies below each.
const SIDES: [(i32, &str); 6] = [
    (400, "under 400 pixels"),
    (600, "400 to 599"),
    (800, "600 to 799"),
    (1_000, "800 to 999"),
    (1_400, "1,000 to 1,399"),
    (i32::MAX, "1,400 and more"),
];

/// Smallest, largest and sum of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) count: u64,
    pub(crate) min: u64,
    pub(crate) max: u64,
    pub(crate) sum: u64,
}

impl Extent {
    pub(crate) fn add(&mut self, value: u64) {
        self.merge(Extent { count: 1, min: value, max: value, sum: value });
    }

    pub(crate) fn merge(&mut self, other: Extent) {
        if other.count == 0 {
            return;
        }
        self.min = if self.count == 0 { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.count += other.count;
        self.sum += other.sum;
    }

    pub(crate) fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 }
    }

    pub(crate) fn to_json(self) -> Value {
        json!({ "min": self.min, "mean": rounded(self.mean()), "max": self.max })
    }
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    /// Counts by name, for each thing that is counted by name.
    pub(crate) families: BTreeMap<String, u64>,
    pub(crate) kinds: BTreeMap<String, u64>,
    pub(crate) themes: BTreeMap<String, u64>,
    pub(crate) palettes: BTreeMap<String, u64>,
    pub(crate) fonts: BTreeMap<String, u64>,
    pub(crate) languages: BTreeMap<String, u64>,
    pub(crate) locales: BTreeMap<String, u64>,
    pub(crate) modes: BTreeMap<String, u64>,
    pub(crate) renderers: BTreeMap<String, u64>,
    pub(crate) sources: BTreeMap<String, u64>,
    pub(crate) ratios: BTreeMap<String, u64>,
    pub(crate) sides: BTreeMap<String, u64>,
    pub(crate) styles: BTreeMap<String, u64>,
    pub(crate) question_kinds: BTreeMap<String, u64>,
    pub(crate) yes_no: BTreeMap<String, u64>,
    /// How often the answer is `Yes`, and how often it is asked, by kind of question.
    pub(crate) yes_by_kind: BTreeMap<String, [u64; 2]>,
    /// The labels of right options.
    pub(crate) options: BTreeMap<String, u64>,
    /// For so many options, how often the right one stands in each place.
    pub(crate) places: BTreeMap<usize, Vec<u64>>,
    /// All answers by kind of question.
    pub(crate) answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// Answers that are not chosen from a list that the question gives, and are no refusal, by kind of question.
    pub(crate) open_answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many there are of each kind.
    pub(crate) open_asked: BTreeMap<String, u64>,
    /// Of these, the small numbers that were counted: there are few of them, so that none can be rare.
    pub(crate) counts: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many there are of each kind.
    pub(crate) counts_asked: BTreeMap<String, u64>,
    /// Open answers by kind of picture.
    pub(crate) open_answers_about: BTreeMap<String, BTreeMap<String, u64>>,
    /// How many questions of all sorts there are about each kind of picture.
    pub(crate) asked_about: BTreeMap<String, u64>,
    /// First digits of numbers that are answers, 1 to 9.
    pub(crate) first_digits: [u64; 9],
    /// Rows by their number of questions.
    pub(crate) questions: BTreeMap<u64, u64>,
    pub(crate) followed_up: u64,
    pub(crate) rows_followed_up: u64,
    pub(crate) repeated: u64,
    pub(crate) unanswerable: u64,
    pub(crate) point_questions: u64,
    pub(crate) points: u64,
    pub(crate) text_runs: u64,
    pub(crate) marks: u64,
    pub(crate) width: Extent,
    pub(crate) height: Extent,
    /// Of the pictures that were opened.
    pub(crate) bytes: Extent,
    pub(crate) words: Words,
    plans: Vec<u64>,
}

/// The part of a program that says where the right option stands.
#[derive(Deserialize)]
struct Choosing {
    choice: Choice,
}

#[derive(Deserialize)]
struct Choice {
    labels: Vec<String>,
}

impl Tally {
    /// Counts one row; its questions are taken apart word by word if `in_words`.
    pub(crate) fn add(&mut self, full: &Full, in_words: bool) {
        self.rows += 1;
        one(&mut self.families, &full.family);
        let kind = format!("{} {}", full.family, full.kind);
        one(&mut self.kinds, &kind);
        for (counts, name) in [
            (&mut self.themes, &full.theme),
            (&mut self.palettes, &full.palette),
            (&mut self.languages, &full.language),
            (&mut self.locales, &full.locale),
            (&mut self.modes, &full.mode),
            (&mut self.renderers, &full.renderer),
        ] {
            one(counts, name);
        }
        full.fonts.iter().for_each(|font| one(&mut self.fonts, font));
        one(&mut self.sources, if full.source_name.is_empty() { "(invented)" } else { &full.source_name });
        let ratio = f64::from(full.width) / f64::from(full.height.max(1));
        one(&mut self.ratios, below(&RATIOS, ratio));
        one(&mut self.sides, below(&SIDES, full.width.max(full.height)));
        *self.questions.entry(full.questions.len() as u64).or_insert(0) += 1;
        self.rows_followed_up += u64::from(full.questions.iter().any(|question| question.follows >= 0));
        for (at, question) in full.questions.iter().enumerate() {
            let is_same = |earlier: &Question| earlier.question == question.question;
            self.repeated += u64::from(full.questions[..at].iter().any(is_same));
            self.ask(question, &kind, in_words);
        }
        self.text_runs += full.text_runs.len() as u64;
        self.marks += full.marks.len() as u64;
        self.width.add(u64::try_from(full.width).unwrap_or(0));
        self.height.add(u64::try_from(full.height).unwrap_or(0));
        let digits = full.plan.get(..16).unwrap_or(&full.plan);
        self.plans.push(u64::from_str_radix(digits, 16).unwrap_or(0));
    }

    fn ask(&mut self, question: &Question, of_picture: &str, in_words: bool) {
        one(&mut self.asked_about, of_picture);
        let (kind, answer) = (&question.kind, &question.answer);
        one(&mut self.styles, &question.style);
        one(&mut self.question_kinds, kind);
        self.followed_up += u64::from(question.follows >= 0);
        add_text(&mut self.answers, kind, answer);
        self.words.open(&question.question);
        if in_words {
            self.words.take_apart(&question.question);
        }
        match question.style.as_str() {
            "yes_no" => {
                one(&mut self.yes_no, answer);
                let [yes, all] = self.yes_by_kind.entry(kind.clone()).or_default();
                *yes += u64::from(answer == "Yes");
                *all += 1;
            }
            "choice" => {
                one(&mut self.options, answer);
                let labels =
                    serde_json::from_str::<Choosing>(&question.program).map(|program| program.choice.labels);
                let labels = labels.unwrap_or_default();
                if let Some(place) = labels.iter().position(|label| label == answer) {
                    let places = self.places.entry(labels.len()).or_insert_with(|| vec![0; labels.len()]);
                    places[place] += 1;
                }
            }
            "unanswerable" => self.unanswerable += 1,
            _ => {
                *self.open_asked.entry(kind.clone()).or_insert(0) += 1;
                add_text(&mut self.open_answers, kind, answer);
                add_text(&mut self.open_answers_about, of_picture, answer);
                if is_count(question) {
                    one(&mut self.counts_asked, kind);
                    add_text(&mut self.counts, kind, answer);
                }
                if let Some(digit) = first_digit(answer) {
                    self.first_digits[digit - 1] += 1;
                }
            }
        }
    }

    /// Counts what is answered by pointing.
    pub(crate) fn add_points(&mut self, points: &Points) {
        self.point_questions += points.questions.len() as u64;
        self.points += points.points.iter().map(|list| list.len() as u64).sum::<u64>();
    }

    /// Adds what was counted in a later part.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.rows += other.rows;
        for (ours, theirs) in [
            (&mut self.families, other.families),
            (&mut self.kinds, other.kinds),
            (&mut self.themes, other.themes),
            (&mut self.palettes, other.palettes),
            (&mut self.fonts, other.fonts),
            (&mut self.languages, other.languages),
            (&mut self.locales, other.locales),
            (&mut self.modes, other.modes),
            (&mut self.renderers, other.renderers),
            (&mut self.sources, other.sources),
            (&mut self.ratios, other.ratios),
            (&mut self.sides, other.sides),
            (&mut self.styles, other.styles),
            (&mut self.question_kinds, other.question_kinds),
            (&mut self.yes_no, other.yes_no),
            (&mut self.options, other.options),
            (&mut self.open_asked, other.open_asked),
            (&mut self.counts_asked, other.counts_asked),
            (&mut self.asked_about, other.asked_about),
        ] {
            merge(ours, theirs);
        }
        for (ours, theirs) in [
            (&mut self.answers, other.answers),
            (&mut self.open_answers, other.open_answers),
            (&mut self.counts, other.counts),
            (&mut self.open_answers_about, other.open_answers_about),
        ] {
            for (kind, answers) in theirs {
                let ours = ours.entry(kind).or_default();
                merge(ours, answers);
                forget_rare(ours);
            }
        }
        for (kind, [yes, all]) in other.yes_by_kind {
            let ours = self.yes_by_kind.entry(kind).or_default();
            *ours = [ours[0] + yes, ours[1] + all];
        }
        for (options, places) in other.places {
            let ours = self.places.entry(options).or_insert_with(|| vec![0; options]);
            ours.iter_mut().zip(places).for_each(|(ours, theirs)| *ours += theirs);
        }
        self.first_digits.iter_mut().zip(other.first_digits).for_each(|(ours, theirs)| *ours += theirs);
        merge(&mut self.questions, other.questions);
        self.followed_up += other.followed_up;
        self.rows_followed_up += other.rows_followed_up;
        self.repeated += other.repeated;
        self.unanswerable += other.unanswerable;
        self.point_questions += other.point_questions;
        self.points += other.points;
        self.text_runs += other.text_runs;
        self.marks += other.marks;
        self.width.merge(other.width);
        self.height.merge(other.height);
        self.bytes.merge(other.bytes);
        self.words.merge(other.words);
        self.plans.extend(other.plans);
    }

    /// All questions.
    pub(crate) fn question_count(&self) -> u64 {
        self.questions.iter().map(|(questions, rows)| questions * rows).sum()
    }

    /// Different plans: rows of one plan look alike.
    pub(crate) fn distinct_plans(&self) -> u64 {
        let mut plans = self.plans.clone();
        plans.sort_unstable();
        plans.dedup();
        plans.len() as u64
    }

    /// How often the answer to a question of yes or no is yes, and how many there are.
    pub(crate) fn yes(&self) -> [u64; 2] {
        self.yes_by_kind.values().fold([0, 0], |sum, [yes, all]| [sum[0] + yes, sum[1] + all])
    }

    /// The most frequent answers to a kind of question.
    pub(crate) fn top_answers(&self, kind: &str) -> Vec<(&str, u64)> {
        top(self.answers.get(kind))
    }

    /// The most frequent open answers to a kind of question.
    pub(crate) fn top_open_answers(&self, kind: &str) -> Vec<(&str, u64)> {
        top(self.open_answers.get(kind))
    }

    /// The open answers to a kind of question that were not counted: how many were asked, how many different ones are
    /// remembered (all of them, unless there are so many that rare ones were forgotten), and the most frequent.
    pub(crate) fn uncounted(&self, kind: &str) -> (u64, usize, Option<(&str, u64)>) {
        let counts = self.counts.get(kind);
        let counted = |answer: &str| counts.and_then(|counts| counts.get(answer)).copied().unwrap_or(0);
        let answers = self.open_answers.get(kind).into_iter().flatten();
        let rest: Vec<(&str, u64)> = answers
            .map(|(answer, asked)| (answer.as_str(), asked.saturating_sub(counted(answer))))
            .filter(|(_, asked)| *asked > 0)
            .collect();
        let asked = self.open_asked.get(kind).copied().unwrap_or(0);
        let asked = asked.saturating_sub(self.counts_asked.get(kind).copied().unwrap_or(0));
        (asked, rest.len(), rest.into_iter().max_by_key(|(_, count)| *count))
    }

    /// The most frequent count that answers a kind of question.
    pub(crate) fn top_count(&self, kind: &str) -> Option<(&str, u64)> {
        top(self.counts.get(kind)).first().copied()
    }

    /// The most frequent open answers about a kind of picture.
    pub(crate) fn top_answers_about(&self, kind: &str) -> Vec<(&str, u64)> {
        top(self.open_answers_about.get(kind))
    }

    pub(crate) fn to_json(&self) -> Value {
        let questions = self.question_count();
        let shown = |top: Vec<(&str, u64)>| -> Vec<Value> {
            top.iter().map(|(text, count)| json!({ "answer": text, "count": count })).collect()
        };
        let top: BTreeMap<&str, Vec<Value>> =
            self.question_kinds.keys().map(|kind| (kind.as_str(), shown(self.top_answers(kind)))).collect();
        let open: BTreeMap<&str, Value> = (self.open_asked.iter())
            .map(|(kind, asked)| {
                (kind.as_str(), json!({ "asked": asked, "top": shown(self.top_open_answers(kind)) }))
            })
            .collect();
        let about: BTreeMap<&str, Value> = (self.asked_about.iter())
            .map(|(kind, asked)| {
                (kind.as_str(), json!({ "asked": asked, "top": shown(self.top_answers_about(kind)) }))
            })
            .collect();
        json!({
            "rows": self.rows,
            "distinct_plans": self.distinct_plans(),
            "families": self.families, "kinds": self.kinds, "themes": self.themes, "palettes": self.palettes,
            "fonts": self.fonts, "languages": self.languages, "locales": self.locales, "modes": self.modes,
            "renderers": self.renderers, "sources": self.sources,
            "aspect_ratios": self.ratios, "longer_sides": self.sides,
            "questions": questions,
            "questions_mean": rounded(share(questions, self.rows)),
            "questions_histogram": self.questions,
            "question_styles": self.styles, "question_kinds": self.question_kinds,
            "yes_no": self.yes_no, "yes_by_kind": self.yes_by_kind,
            "options": self.options, "option_places": self.places,
            "unanswerable_percent": rounded(100.0 * share(self.unanswerable, questions)),
            "follow_ups": self.followed_up, "rows_with_follow_ups": self.rows_followed_up,
            "repeated_questions": self.repeated,
            "top_answers": top, "open_answers": open, "counts": self.counts_asked, "open_answers_by_picture": about,
            "first_digits": self.first_digits,
            "words": self.words.to_json(),
            "point_questions": self.point_questions, "points": self.points,
            "text_runs": self.text_runs, "marks": self.marks,
            "width": self.width.to_json(), "height": self.height.to_json(), "image_bytes": self.bytes.to_json(),
        })
    }
}

pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

pub(crate) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

pub(crate) fn one(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

pub(crate) fn merge<K: Ord>(sums: &mut BTreeMap<K, u64>, counts: BTreeMap<K, u64>) {
    for (name, count) in counts {
        *sums.entry(name).or_insert(0) += count;
    }
}

pub(crate) fn forget_rare(texts: &mut BTreeMap<String, u64>) {
    if texts.len() <= TEXTS_MAX {
        return;
    }
    let mut counts: Vec<u64> = texts.values().copied().collect();
    counts.sort_unstable();
    let bound = counts[counts.len() / 2];
    texts.retain(|_, count| *count > bound);
}

pub(crate) fn add_text(texts: &mut BTreeMap<String, BTreeMap<String, u64>>, sort: &str, text: &str) {
    let texts = texts.entry(sort.to_owned()).or_default();
    one(texts, text);
    forget_rare(texts);
}

pub(crate) fn top(texts: Option<&BTreeMap<String, u64>>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<(&str, u64)> =
        texts.into_iter().flatten().map(|(text, count)| (text.as_str(), *count)).collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted.truncate(ANSWERS_SHOWN);
    sorted
}

/// Operations that count.
const COUNTING: [&str; 6] =
    ["{\"count\":", "{\"count_", "{\"degree\":", "{\"steps\":", "{\"distinct\":", "{\"number_columns\":"];
/// A count of more digits is a number like others.
const COUNT_DIGITS_MAX: usize = 2;

/// True for an answer that is a small number which was counted.
fn is_count(question: &Question) -> bool {
    let answer = question.answer.trim();
    let small = answer.len() <= COUNT_DIGITS_MAX && answer.bytes().all(|b| b.is_ascii_digit());
    small && COUNTING.iter().any(|operation| question.program.contains(operation))
}

/// The words for the first bound that a value is below.
pub(crate) fn below<T: PartialOrd + Copy>(bounds: &[(T, &'static str)], value: T) -> &'static str {
    bounds.iter().find(|(bound, _)| value < *bound).or(bounds.last()).map_or("", |(_, words)| words)
}

/// The first digit that is not 0 of an answer that is one number, with or without sign, unit and currency.
fn first_digit(answer: &str) -> Option<usize> {
    let mut words = answer.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    let (number, None) = (words.next()?, words.next()) else { return None };
    let trimmed = number.trim_matches(|c: char| !c.is_ascii_digit());
    let is_number = trimmed.chars().all(|c| c.is_ascii_digit() || ".,'’".contains(c));
    let digit = trimmed.chars().filter_map(|c| c.to_digit(10)).find(|digit| *digit > 0);
    digit.filter(|_| is_number).map(|digit| digit as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_answers_survive_however_many_rare_ones_there_are() {
        let mut answers = BTreeMap::new();
        for i in 0..100_000u64 {
            one(&mut answers, &i.to_string());
            one(&mut answers, if i % 3 == 0 { "Yes" } else { "No" });
            forget_rare(&mut answers);
            assert!(answers.len() <= TEXTS_MAX + 1);
        }
        assert_eq!((answers["Yes"], answers["No"]), (33_334, 66_666));
    }

    #[test]
    fn extents_merge() {
        let (mut a, mut b) = (Extent::default(), Extent::default());
        a.add(7);
        a.add(3);
        b.merge(a);
        b.merge(Extent::default());
        assert_eq!(b, Extent { count: 2, min: 3, max: 7, sum: 10 });
    }

    #[test]
    fn first_digits_are_those_of_single_numbers() {
        let cases = [
            ("41", Some(4)),
            ("-0.038 %", Some(3)),
            ("$1,204", Some(1)),
            ("7.2 kg", Some(7)),
            ("0", None),
            ("12 March 2021", None),
            ("2021-03-12", None),
            ("Quinces", None),
            ("B12x4", None),
        ];
        for (answer, digit) in cases {
            assert_eq!(first_digit(answer), digit, "{answer}");
        }
    }

    #[test]
    fn counts_are_told_from_other_answers() {
        let count = r#"{"print": {"of": {"count": {"rows": {}}}}}"#;
        let row = Full {
            questions: vec![
                asked("short", "how_many", "3", count),
                asked("short", "how_many", "3", count),
                asked("short", "how_many", "3", r#"{"shown": {}}"#),
                asked("short", "how_many", "1,200", count),
            ],
            ..Full::default()
        };
        let mut tally = Tally::default();
        tally.add(&row, false);
        assert_eq!(tally.top_count("how_many"), Some(("3", 2)));
        assert_eq!(tally.uncounted("how_many").0, 2);
        assert_eq!(tally.uncounted("how_many").1, 2);
    }

    fn asked(style: &str, kind: &str, answer: &str, program: &str) -> Question {
        let [style, kind, answer, program] = [style, kind, answer, program].map(str::to_owned);
        Question { question: format!("Is it {answer}?"), answer, kind, style, program, follows: -1 }
    }

    #[test]
    fn answers_are_counted_by_what_they_are_answers_to() {
        let choice = r#"{"choice": {"of": {}, "options": ["x", "y", "z"], "labels": ["A", "B", "C"]}}"#;
        let row = Full {
            width: 900,
            height: 300,
            plan: "00000000000000ff00".to_owned(),
            questions: vec![
                asked("yes_no", "compare", "Yes", "{}"),
                asked("yes_no", "compare", "No", "{}"),
                asked("yes_no", "trend", "Yes", "{}"),
                asked("choice", "largest", "C", choice),
                asked("unanswerable", "absent", "It is not said.", "{}"),
                Question { follows: 0, ..asked("short", "value", "17", "{}") },
                asked("short", "value", "17", "{}"),
            ],
            ..Full::default()
        };
        let mut tally = Tally::default();
        tally.add(&row, true);
        let mut both = tally.clone();
        both.merge(tally);
        assert_eq!((both.rows, both.question_count(), both.distinct_plans()), (2, 14, 1));
        assert_eq!(both.yes(), [4, 6]);
        assert_eq!(both.yes_by_kind["compare"], [2, 4]);
        assert_eq!(both.places[&3], [0, 0, 2]);
        assert_eq!((both.unanswerable, both.followed_up, both.rows_followed_up, both.repeated), (2, 2, 2, 4));
        assert_eq!(both.top_open_answers("value"), [("17", 4)]);
        assert!(both.top_open_answers("compare").is_empty() && both.top_answers("compare").len() == 2);
        assert_eq!(both.top_answers_about(" "), [("17", 4)]);
        assert_eq!(both.asked_about[" "], 14, "all questions count, whatever they are answered by");
        assert_eq!(both.uncounted("value"), (4, 1, Some(("17", 4))));
        assert_eq!(both.first_digits, [4, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!((both.ratios["5:2 and more"], both.sides["800 to 999"]), (2, 2));
        assert_eq!(both.words.top_openings(2)[0], ("is it", 14, 1.0));
    }
}
