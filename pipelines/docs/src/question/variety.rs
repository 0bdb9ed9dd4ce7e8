//! Tests over pictures of every kind: how many wordings each class of questions has, that no opening is the usual one,
//! and that answers are as even as they are meant to be.

use std::collections::BTreeMap;

use pixmo_render::Seed;

use super::{Medium, Style, make_in, propose, register};
use crate::picture::{Order, Shelf, material};
use crate::visibility::Visible;

/// Least number of wordings of a class of questions.
const WORDINGS_MIN: usize = 12;
/// Largest share of questions that begin with the same two words. Measured: 5.3 %.
const TWO_WORDS_MAX: f64 = 0.08;
/// Largest share of questions that begin with the same word. Measured: 7.0 %.
const ONE_WORD_MAX: f64 = 0.12;
/// How many drafts of a picture are looked at.
const DRAFTS: usize = 40;

/// What is counted over a batch of pictures.
#[derive(Default)]
struct Batch {
    pictures: usize,
    questions: usize,
    /// The most ways in which one draft of a class can be put.
    wordings: BTreeMap<String, (usize, String)>,
    openings: BTreeMap<String, usize>,
    first_words: BTreeMap<String, usize>,
    yes: usize,
    no: usize,
    unanswerable: usize,
    followed: usize,
}

impl Batch {
    fn of_every_kind(seeds: u64) -> Self {
        let mut batch = Self::default();
        for shelf in Shelf::ALL {
            for kind in shelf.kinds() {
                for number in 0..seeds {
                    batch.add(shelf, kind, number);
                }
            }
        }
        batch
    }

    fn add(&mut self, shelf: Shelf, kind: &'static str, number: u64) {
        let seed = Seed::from_number(7_000 + number).child(kind);
        let order = Order { shelf, kinds: &[kind], validation: false, seed };
        let Some((family, content, scene, resolutions)) = material(&order) else { return };
        let visible = Visible::in_scene(&scene, &resolutions);
        let medium = Medium::of(shelf.family(kind), kind);
        let (mut rng, mut words) = (seed.rng("questions"), seed.rng("words"));
        for _ in 0..DRAFTS {
            let Some(draft) = propose(family, &content, &visible, &mut rng) else { continue };
            let forms = register::forms(&draft.text, draft.style, &medium).len();
            let most = self.wordings.entry(draft.kind.to_owned()).or_default();
            if forms > most.0 {
                *most = (forms, draft.text);
            }
        }
        let (questions, _) = make_in(family, &content, &visible, &medium, &mut rng, &mut words);
        self.pictures += 1;
        self.questions += questions.len();
        self.followed += usize::from(questions.iter().any(|question| question.turn > 1));
        for question in questions {
            let words: Vec<&str> = question.question.split(' ').collect();
            *self.openings.entry(words[..2.min(words.len())].join(" ")).or_default() += 1;
            match question.style {
                Style::YesNo if question.answer == "Yes" => self.yes += 1,
                Style::YesNo => self.no += 1,
                Style::Unanswerable => self.unanswerable += 1,
                Style::Short | Style::Choice => {}
            }
            *self.first_words.entry(words[0].to_owned()).or_default() += 1;
        }
    }

    fn usual(counts: &BTreeMap<String, usize>, all: usize) -> (&str, f64) {
        let most = counts.iter().max_by_key(|(_, count)| **count);
        most.map_or(("", 0.0), |(words, count)| (words.as_str(), *count as f64 / all.max(1) as f64))
    }
}

#[test]
fn questions_are_worded_in_many_ways_and_answered_evenly() {
    let batch = Batch::of_every_kind(2);
    assert!(batch.pictures >= 250, "{} pictures", batch.pictures);
    let two = Batch::usual(&batch.openings, batch.questions);
    let one = Batch::usual(&batch.first_words, batch.questions);
    let few: Vec<_> = batch.wordings.iter().filter(|(_, (count, _))| *count < WORDINGS_MIN).collect();
    assert!(few.is_empty(), "fewer than {WORDINGS_MIN} wordings: {few:?}");
    assert!(two.1 < TWO_WORDS_MAX, "{:.3} of the questions begin with `{}`", two.1, two.0);
    assert!(one.1 < ONE_WORD_MAX, "{:.3} of the questions begin with `{}`", one.1, one.0);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let yes = share(batch.yes, batch.yes + batch.no);
    let declined = share(batch.unanswerable, batch.questions);
    let followed = share(batch.followed, batch.pictures);
    // Bounds of a batch of this size; the shares themselves are held by builds.
    assert!((yes - 0.5).abs() < 0.08, "{yes:.3} of the answers to yes or no are yes");
    assert!((0.05..0.09).contains(&declined), "{declined:.3} of the questions have no answer");
    assert!(
        (0.08..0.22).contains(&followed),
        "{followed:.3} of the pictures have a question that refers back"
    );
}
