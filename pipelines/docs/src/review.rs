//! The blind baseline: how well a reader would do who knows the question but not the picture, and what is done about
//! classes of questions that such a reader gets right too often.

use std::collections::BTreeMap;

use pixmo_stage::Review;

use crate::question::QUESTIONS_MIN;
use crate::stage::Row;

/// A class is looked at when a shard has at least this many questions of it.
const CLASS_MIN: u64 = 20;
/// Largest share of one answer among the questions of a class.
const SHARE_MAX: f64 = 0.60;

/// Counts answers by class of question and picture over a shard, and takes out questions whose answer is the usual one
/// until no class has an answer above [`SHARE_MAX`].
#[derive(Default)]
pub struct Blind {
    answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// For each class: the usual answer and how many questions with it go.
    surplus: BTreeMap<String, (String, u64)>,
    removed: u64,
    guessed: u64,
    asked: u64,
}

impl Review<Row> for Blind {
    fn observe(&mut self, row: &Row) {
        for question in &row.questions {
            let class = format!("{}/{}", row.kind, question.kind);
            *self.answers.entry(class).or_default().entry(question.answer.clone()).or_default() += 1;
        }
    }

    fn decide(&mut self) {
        for (class, answers) in &self.answers {
            let total: u64 = answers.values().sum();
            let Some((answer, most)) =
                answers.iter().max_by_key(|(answer, count)| (**count, std::cmp::Reverse(*answer)))
            else {
                continue;
            };
            self.asked += total;
            self.guessed += guessed_right(answers.values().copied());
            // After taking out n of the usual answers: (most − n) / (total − n) ≤ SHARE_MAX.
            let over = *most as f64 - SHARE_MAX * total as f64;
            if total >= CLASS_MIN && over > 0.0 {
                let surplus = (over / (1.0 - SHARE_MAX)).ceil() as u64;
                self.surplus.insert(class.clone(), (answer.clone(), surplus));
            }
        }
        self.answers.clear();
    }

    fn apply(&mut self, mut row: Row) -> Row {
        let mut index = 0;
        while index < row.questions.len() && row.questions.len() > QUESTIONS_MIN {
            let question = &row.questions[index];
            let class = format!("{}/{}", row.kind, question.kind);
            let referred = row.questions.iter().any(|q| q.follows == Some(index as u16));
            let goes = !referred
                && self
                    .surplus
                    .get(&class)
                    .is_some_and(|(answer, left)| *left > 0 && *answer == question.answer);
            if goes {
                if let Some((_, left)) = self.surplus.get_mut(&class) {
                    *left -= 1;
                }
                row.questions.remove(index);
                for later in &mut row.questions {
                    later.follows = later.follows.map(|f| if f > index as u16 { f - 1 } else { f });
                }
                self.removed += 1;
            } else {
                index += 1;
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
    use super::guessed_right;

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
}
