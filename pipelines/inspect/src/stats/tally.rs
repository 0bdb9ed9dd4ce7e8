//! Counts over rows of `docs`; tallies of parts are merged in the order of the parts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::docs_rows::DocsRow;

/// Different answers of one kind of question that are told apart. Beyond, the rarer half is forgotten, so that memory
/// is bounded; the counts of frequent answers are then lower bounds.
const ANSWERS_MAX: usize = 20_000;
/// How many of the most frequent answers are shown.
pub(crate) const ANSWERS_SHOWN: usize = 5;

/// Smallest, largest and sum of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) count: u64,
    pub(crate) min: u64,
    pub(crate) max: u64,
    pub(crate) sum: u64,
}

impl Extent {
    fn add(&mut self, value: u64) {
        self.merge(Extent { count: 1, min: value, max: value, sum: value });
    }

    fn merge(&mut self, other: Extent) {
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

    fn to_json(self) -> Value {
        json!({ "min": self.min, "mean": rounded(self.mean()), "max": self.max })
    }
}

/// What was counted.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    /// Counts by name, for each thing that is counted by name.
    pub(crate) kinds: BTreeMap<String, u64>,
    pub(crate) themes: BTreeMap<String, u64>,
    pub(crate) palettes: BTreeMap<String, u64>,
    pub(crate) fonts: BTreeMap<String, u64>,
    pub(crate) renderers: BTreeMap<String, u64>,
    pub(crate) sources: BTreeMap<String, u64>,
    pub(crate) styles: BTreeMap<String, u64>,
    pub(crate) question_kinds: BTreeMap<String, u64>,
    pub(crate) yes_no: BTreeMap<String, u64>,
    pub(crate) options: BTreeMap<String, u64>,
    pub(crate) answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// Rows by their number of questions.
    pub(crate) questions: BTreeMap<u64, u64>,
    pub(crate) followed_up: u64,
    pub(crate) repeated: u64,
    pub(crate) unanswerable: u64,
    pub(crate) point_questions: u64,
    pub(crate) points: u64,
    pub(crate) text_runs: u64,
    pub(crate) marks: u64,
    pub(crate) width: Extent,
    pub(crate) height: Extent,
    pub(crate) bytes: Extent,
    plans: Vec<u64>,
}

impl Tally {
    /// Counts one row.
    pub(crate) fn add(&mut self, row: &DocsRow) {
        let (full, points) = (&row.full, &row.points);
        self.rows += 1;
        one(&mut self.kinds, &format!("{} {}", full.family, full.kind));
        one(&mut self.themes, &full.theme);
        one(&mut self.palettes, &full.palette);
        full.fonts.iter().for_each(|font| one(&mut self.fonts, font));
        one(&mut self.renderers, &full.renderer);
        one(&mut self.sources, if full.source_name.is_empty() { "(invented)" } else { &full.source_name });
        *self.questions.entry(full.questions.len() as u64).or_insert(0) += 1;
        let mut asked: Vec<&str> = Vec::new();
        for question in &full.questions {
            one(&mut self.styles, &question.style);
            one(&mut self.question_kinds, &question.kind);
            match question.style.as_str() {
                "yes_no" => one(&mut self.yes_no, &question.answer),
                "choice" => one(&mut self.options, &question.answer),
                "unanswerable" => self.unanswerable += 1,
                _ => {}
            }
            self.followed_up += u64::from(question.follows >= 0);
            self.repeated += u64::from(asked.contains(&question.question.as_str()));
            asked.push(&question.question);
            let answers = self.answers.entry(question.kind.clone()).or_default();
            one(answers, &question.answer);
            forget_rare(answers);
        }
        self.point_questions += points.questions.len() as u64;
        self.points += points.points.iter().map(|list| list.len() as u64).sum::<u64>();
        self.text_runs += full.text_runs.len() as u64;
        self.marks += full.marks.len() as u64;
        self.width.add(u64::try_from(full.width).unwrap_or(0));
        self.height.add(u64::try_from(full.height).unwrap_or(0));
        self.bytes.add(row.main.image.bytes.len() as u64);
        let digits = full.plan.get(..16).unwrap_or(&full.plan);
        self.plans.push(u64::from_str_radix(digits, 16).unwrap_or(0));
    }

    /// Adds what was counted in a later part.
    pub(crate) fn merge(&mut self, other: Tally) {
        self.rows += other.rows;
        for (ours, theirs) in [
            (&mut self.kinds, other.kinds),
            (&mut self.themes, other.themes),
            (&mut self.palettes, other.palettes),
            (&mut self.fonts, other.fonts),
            (&mut self.renderers, other.renderers),
            (&mut self.sources, other.sources),
            (&mut self.styles, other.styles),
            (&mut self.question_kinds, other.question_kinds),
            (&mut self.yes_no, other.yes_no),
            (&mut self.options, other.options),
        ] {
            merge(ours, theirs);
        }
        for (kind, answers) in other.answers {
            let ours = self.answers.entry(kind).or_default();
            merge(ours, answers);
            forget_rare(ours);
        }
        merge(&mut self.questions, other.questions);
        self.followed_up += other.followed_up;
        self.repeated += other.repeated;
        self.unanswerable += other.unanswerable;
        self.point_questions += other.point_questions;
        self.points += other.points;
        self.text_runs += other.text_runs;
        self.marks += other.marks;
        self.width.merge(other.width);
        self.height.merge(other.height);
        self.bytes.merge(other.bytes);
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

    /// The most frequent answers to a kind of question.
    pub(crate) fn top_answers(&self, kind: &str) -> Vec<(&str, u64)> {
        let answers = self.answers.get(kind).into_iter().flatten();
        let mut answers: Vec<(&str, u64)> = answers.map(|(text, count)| (text.as_str(), *count)).collect();
        answers.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        answers.truncate(ANSWERS_SHOWN);
        answers
    }

    pub(crate) fn to_json(&self) -> Value {
        let questions = self.question_count();
        let top: BTreeMap<&str, Vec<Value>> = self
            .question_kinds
            .keys()
            .map(|kind| {
                let top = self.top_answers(kind);
                (kind.as_str(), top.iter().map(|(text, n)| json!({ "answer": text, "count": n })).collect())
            })
            .collect();
        json!({
            "rows": self.rows,
            "distinct_plans": self.distinct_plans(),
            "kinds": self.kinds, "themes": self.themes, "palettes": self.palettes, "fonts": self.fonts,
            "renderers": self.renderers, "sources": self.sources,
            "questions": questions,
            "questions_mean": rounded(share(questions, self.rows)),
            "questions_histogram": self.questions,
            "question_styles": self.styles, "question_kinds": self.question_kinds,
            "yes_no": self.yes_no, "options": self.options,
            "unanswerable_percent": rounded(100.0 * share(self.unanswerable, questions)),
            "follow_ups": self.followed_up, "repeated_questions": self.repeated,
            "top_answers": top,
            "point_questions": self.point_questions, "points": self.points,
            "text_runs": self.text_runs, "marks": self.marks,
            "width": self.width.to_json(), "height": self.height.to_json(), "image_bytes": self.bytes.to_json(),
        })
    }
}

pub(crate) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn one(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

fn merge<K: Ord>(sums: &mut BTreeMap<K, u64>, counts: BTreeMap<K, u64>) {
    for (name, count) in counts {
        *sums.entry(name).or_insert(0) += count;
    }
}

fn forget_rare(answers: &mut BTreeMap<String, u64>) {
    if answers.len() <= ANSWERS_MAX {
        return;
    }
    let mut counts: Vec<u64> = answers.values().copied().collect();
    counts.sort_unstable();
    let bound = counts[counts.len() / 2];
    answers.retain(|_, count| *count > bound);
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
            assert!(answers.len() <= ANSWERS_MAX + 1);
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
}
