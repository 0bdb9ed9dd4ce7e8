//! A second look at the questions of a shard: how well a reader would do who knows the question but not the picture, and
//! what is done about answers that such a reader would rightly expect.

use std::collections::BTreeMap;

use pixmo_stage::Review;

use crate::question::{QUESTIONS_MIN, QUESTIONS_SPARE, Question};
use crate::stage::Row;

/// The questions of one kind about one kind of picture are looked at when a shard has at least this many of them.
const CLASS_MIN: u64 = 20;
/// The same for all questions of one kind.
const EVERY_MIN: u64 = 2;
/// The same for all questions of one kind that are answered by Yes or No.
const TRUTHS_MIN: u64 = 4;
/// Largest share of one answer among the questions of one kind about one kind of picture.
const SHARE_MAX: f64 = 0.60;
/// Largest share of one answer among all questions of one kind.
const ANSWER_MAX: f64 = 0.03;
/// Largest share of one answer among all questions about one kind of picture: under the 3 % that a set is held to, since
/// spare questions go afterwards, and the others then weigh more.
const ABOUT_MAX: f64 = 0.026;
/// A kind of question with few different answers (days of the week, small numbers) cannot keep [`ANSWER_MAX`]; there an
/// answer may be this many times as frequent as if all were equally frequent.
const ABOVE_EVEN: f64 = 1.5;
/// The same where a shard has fewer questions of the kind than [`FEW_ASKED`]: it then has not seen all answers that there
/// are, and what seems even is not.
const ABOVE_EVEN_OF_FEW: f64 = 1.2;
/// See [`ABOVE_EVEN_OF_FEW`].
const FEW_ASKED: u64 = 40;
/// Not even where there are but two.
const FEW_MAX: f64 = 0.75;
/// Largest share of Yes, and of No, among the questions of one kind.
const TRUTH_MAX: f64 = 0.51;

/// Counts answers by class over a shard, and takes out questions whose answer is too usual in its class.
///
/// There are three kinds of classes: the questions of one kind about one kind of picture, whose usual answer is held
/// under [`SHARE_MAX`] (the blind baseline is counted over these); all questions of one kind, whose answers are each held
/// under [`ANSWER_MAX`] or what stands beside it; and all questions about one kind of picture, whose answers are each held
/// under [`ABOUT_MAX`]. Options are dealt evenly when they are made, and refusals answer questions that are meant to have
/// no other answer; both are left out of the second, and of the third all but their number, with Yes and No.
#[derive(Default)]
pub struct Blind {
    answers: BTreeMap<Class, BTreeMap<String, u64>>,
    surplus: BTreeMap<(Class, String), Surplus>,
    removed: u64,
    guessed: u64,
    asked: u64,
}

/// How many of the questions with one answer go, spread evenly over all of them.
struct Surplus {
    going: u64,
    of: u64,
    seen: u64,
    gone: u64,
}

impl Surplus {
    /// Whether the next question with the answer should go: where so many have gone as their share of those seen, it stays.
    fn next_goes(&mut self) -> bool {
        self.seen += 1;
        self.gone < (self.going * self.seen).div_ceil(self.of)
    }
}

/// Questions whose answers are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// The questions of one kind about one kind of picture.
    Pair { picture: String, question: String },
    /// All questions of one kind that are answered by Yes or No.
    Truths { question: String },
    /// All other questions of one kind.
    Every { question: String },
    /// All questions about one kind of picture; what has no open answer counts as [`CLOSED`].
    About { picture: String },
}

/// What stands for all answers that are not open. No answer is empty.
const CLOSED: &str = "";

/// Whether the program of a question begins with this operation.
fn is(question: &Question, operation: &str) -> bool {
    question
        .program
        .strip_prefix("{\"")
        .is_some_and(|rest| rest.strip_prefix(operation).is_some_and(|rest| rest.starts_with('"')))
}

/// Every class that a question counts in, with what it counts as.
fn classes(row: &Row, question: &Question) -> Vec<(Class, String)> {
    let (picture, kind, answer) = (&row.kind, &question.kind, &question.answer);
    let truth = is(question, "yes_no");
    let given = is(question, "choice") || is(question, "absent");
    let open = if truth || given { CLOSED } else { answer };
    let mut classes = vec![
        (Class::Pair { picture: picture.clone(), question: kind.clone() }, answer.clone()),
        (Class::About { picture: picture.clone() }, open.to_owned()),
    ];
    if truth {
        classes.push((Class::Truths { question: kind.clone() }, answer.clone()));
    } else if !given {
        classes.push((Class::Every { question: kind.clone() }, answer.clone()));
    }
    classes
}

impl Blind {
    /// Of a class with these answers, how many questions go, by answer.
    fn judge(class: &Class, answers: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
        let asked = answers.values().sum::<u64>();
        let (least, share) = match class {
            Class::Pair { .. } => (CLASS_MIN, SHARE_MAX),
            Class::Truths { .. } => (TRUTHS_MIN, TRUTH_MAX),
            Class::About { .. } => (CLASS_MIN, ABOUT_MAX),
            Class::Every { .. } => {
                let above_even = if asked < FEW_ASKED { ABOVE_EVEN_OF_FEW } else { ABOVE_EVEN };
                (EVERY_MIN, ANSWER_MAX.max(above_even / answers.len() as f64).min(FEW_MAX))
            }
        };
        if asked < least {
            return Vec::new();
        }
        let closed = answers.get(CLOSED).copied().unwrap_or(0);
        let open = || answers.iter().filter(|(answer, _)| *answer != CLOSED);
        let most = held_under(share, closed, open().map(|(_, count)| *count));
        let over = open().filter(|(_, count)| **count > most);
        over.map(|(answer, count)| (answer.clone(), count - most)).collect()
    }
}

/// Takes out a question that no other refers back to.
fn take_out(questions: &mut Vec<Question>, index: usize) {
    questions.remove(index);
    for later in questions {
        later.follows = later.follows.map(|f| if f > index as u16 { f - 1 } else { f });
    }
}

/// The largest number of questions one answer may keep, so that it has no more than the share of what all keep; 1 at
/// least. `others` are kept besides.
fn held_under(share: f64, others: u64, counts: impl Iterator<Item = u64> + Clone) -> u64 {
    let mut most = counts.clone().max().unwrap_or(0);
    loop {
        let kept = others + counts.clone().map(|count| count.min(most)).sum::<u64>();
        let allowed = ((share * kept as f64) as u64).max(1);
        if most <= allowed {
            return most;
        }
        most -= 1;
    }
}

impl Review<Row> for Blind {
    fn observe(&mut self, row: &Row) {
        for question in &row.questions {
            for (class, answer) in classes(row, question) {
                *self.answers.entry(class).or_default().entry(answer).or_default() += 1;
            }
        }
    }

    fn decide(&mut self) {
        for (class, answers) in &self.answers {
            if matches!(class, Class::Pair { .. }) {
                self.asked += answers.values().sum::<u64>();
                self.guessed += guessed_right(answers.values().copied());
            }
            for (answer, going) in Self::judge(class, answers) {
                let surplus = Surplus { going, of: answers[&answer], seen: 0, gone: 0 };
                self.surplus.insert((class.clone(), answer), surplus);
            }
        }
        self.answers.clear();
    }

    fn apply(&mut self, mut row: Row) -> Row {
        let made = row.questions.len();
        let mut index = 0;
        while index < row.questions.len() {
            let keys = classes(&row, &row.questions[index]);
            // Each is asked, so that each counts what it has seen.
            let mut wanted = false;
            for key in &keys {
                wanted |= self.surplus.get_mut(key).is_some_and(Surplus::next_goes);
            }
            let referred = row.questions.iter().any(|q| q.follows == Some(index as u16));
            if !wanted || referred || row.questions.len() <= QUESTIONS_MIN {
                index += 1;
                continue;
            }
            for key in &keys {
                if let Some(surplus) = self.surplus.get_mut(key) {
                    surplus.gone += 1;
                }
            }
            take_out(&mut row.questions, index);
            self.removed += 1;
        }
        // Spare questions that were not needed go by lot, which the picture's own name decides.
        let lot = blake3::hash(row.image_id.as_bytes());
        for at in (0..QUESTIONS_SPARE).map(|number| usize::from(lot.as_bytes()[number])) {
            let count = row.questions.len();
            if made - count >= QUESTIONS_SPARE || count <= QUESTIONS_MIN {
                break;
            }
            let followed = |index: &usize| row.questions.iter().any(|q| q.follows == Some(*index as u16));
            let free: Vec<usize> = (0..count).filter(|index| !followed(index)).collect();
            if let Some(&index) = free.get(at % free.len().max(1)) {
                take_out(&mut row.questions, index);
            }
        }
        row
    }

    fn counters(&self) -> BTreeMap<String, u64> {
        BTreeMap::from([
            ("blind_asked".to_owned(), self.asked),
            ("blind_guessed".to_owned(), self.guessed),
            ("blind_removed".to_owned(), self.removed),
        ])
    }
}

/// How many questions of a class a reader gets right who has seen the answers to all others of it and gives the most
/// frequent of them: all with the usual answer where it stays the usual one without the question itself, half of them
/// where it is then one of two.
fn guessed_right(counts: impl Iterator<Item = u64>) -> u64 {
    let (mut most, mut second) = (0, 0);
    for count in counts {
        if count > most {
            (most, second) = (count, most);
        } else {
            second = second.max(count);
        }
    }
    match most.saturating_sub(1).cmp(&second) {
        std::cmp::Ordering::Greater => most,
        std::cmp::Ordering::Equal if second > 0 => most / 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Blind, CLOSED, Class, Surplus, guessed_right, held_under};

    #[test]
    fn a_question_does_not_help_to_guess_itself() {
        let right = |counts: &[u64]| guessed_right(counts.iter().copied());
        assert_eq!(right(&[1]), 0, "nothing else is known of the class");
        assert_eq!(right(&[1, 1, 1]), 0);
        assert_eq!(right(&[2, 2]), 0, "without itself, the other answer leads");
        assert_eq!(right(&[3, 2]), 1, "without itself, both are as frequent");
        assert_eq!(right(&[2]), 2);
        assert_eq!(right(&[1, 5, 2]), 5);
    }

    /// The counts of answers `0`, `1`, … after the surplus is gone.
    fn kept(class: &Class, counts: &[u64]) -> Vec<u64> {
        let names = (0..counts.len()).map(|i| format!("{i:03}"));
        let answers: BTreeMap<String, u64> = names.zip(counts.iter().copied()).collect();
        let going: BTreeMap<String, u64> = Blind::judge(class, &answers).into_iter().collect();
        answers.iter().map(|(answer, count)| count - going.get(answer).unwrap_or(&0)).collect()
    }

    #[test]
    fn no_answer_keeps_more_than_its_share() {
        let all = 1_000;
        let mut counts = vec![5; 100];
        counts[3] = all;
        let kept = kept(&Class::Every { question: "ends".to_owned() }, &counts);
        let sum: u64 = kept.iter().sum();
        assert!(kept[3] as f64 <= 0.03 * sum as f64, "{} of {sum}", kept[3]);
        assert!(
            (kept[3] + 1) as f64 > 0.03 * (sum + 1) as f64,
            "no more go than have to: {} of {sum}",
            kept[3]
        );
        assert_eq!(kept.iter().filter(|&&count| count == 5).count(), 99, "the others stay");
    }

    #[test]
    fn yes_and_no_stay_even() {
        let class = Class::Truths { question: "field_exists".to_owned() };
        assert_eq!(kept(&class, &[62, 38]), [39, 38]);
        assert_eq!(kept(&class, &[2, 1]), [2, 1], "too few to tell");
    }

    #[test]
    fn few_different_answers_cannot_keep_three_per_cent() {
        // Seven days: an even share is 14 %, and 1.5 times that may be.
        let days = Class::Every { question: "weekday".to_owned() };
        assert_eq!(kept(&days, &[60, 20, 20, 20, 20, 20, 20]), [32, 20, 20, 20, 20, 20, 20]);
        let few = Class::Every { question: "numerator".to_owned() };
        assert_eq!(
            kept(&few, &[4, 1]),
            [1, 1],
            "in a few questions the two are not all answers that there are"
        );
        assert_eq!(held_under(0.03, 0, [9, 9, 9].into_iter()), 1, "one always stays");
    }

    #[test]
    fn an_answer_is_held_against_all_questions_about_its_kind_of_picture() {
        let class = Class::About { picture: "medical_form".to_owned() };
        let answers =
            BTreeMap::from([(CLOSED.to_owned(), 40), ("No".to_owned(), 20), ("Aspirin".to_owned(), 2)]);
        assert_eq!(
            Blind::judge(&class, &answers),
            [("No".to_owned(), 19), ("Aspirin".to_owned(), 1)].into_iter().rev().collect::<Vec<_>>(),
            "of 42 that stay, 3 % is one"
        );
        let many =
            BTreeMap::from([(CLOSED.to_owned(), 170), ("No".to_owned(), 20), ("Aspirin".to_owned(), 2)]);
        assert_eq!(Blind::judge(&class, &many), [("No".to_owned(), 16)]);
    }

    #[test]
    fn those_that_go_are_spread_over_all() {
        let mut surplus = Surplus { going: 3, of: 9, seen: 0, gone: 0 };
        let going: Vec<bool> = (0..9)
            .map(|_| {
                let goes = surplus.next_goes();
                surplus.gone += u64::from(goes);
                goes
            })
            .collect();
        assert_eq!(going.iter().filter(|goes| **goes).count(), 3);
        assert!(going[0] && going[3] && going[6], "{going:?}");
    }
}
