//! Questions and answers about a picture, each with the program that gives the answer.
//!
//! A maker proposes drafts; a draft becomes a question only when its program has exactly one answer, when everything
//! the program reads can be seen in the scene, and when nothing like it has been asked already.

mod arrows;
mod asked;
mod board;
mod calendar;
mod dates;
mod flows;
mod graph;
mod grid;
mod hexagons;
mod laboratory;
mod league;
mod matrix;
mod measure;
mod month;
mod page;
mod parameters;
mod pivot;
mod points;
mod quantiles;
mod readings;
mod register;
mod samples;
mod scattered;
mod schedule;
mod sections;
mod stops;
mod ticks;
#[cfg(test)]
mod variety;
mod wording;

use std::collections::BTreeMap;

use pixmo_render::{Data, Rng};

use crate::content::Content;
use crate::evaluate::{EvalError, evaluate};
use crate::program::Expr;
use crate::visibility::{Hidden, Visible};

pub(crate) use measure::{in_a_name, is_no_thing, is_weighed};
pub use points::{PointQuestion, point_questions};
pub use register::Medium;

/// How a question wants to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// A short text or number.
    Short,
    /// The label of an option.
    Choice,
    /// Yes or no.
    YesNo,
    /// Nothing in the picture tells.
    Unanswerable,
}

impl Style {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Style::Short => "short",
            Style::Choice => "choice",
            Style::YesNo => "yes_no",
            Style::Unanswerable => "unanswerable",
        }
    }
}

/// A question with its proved answer.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Question {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// How the answer is found, in sentences.
    pub explanation: String,
    /// The class of question, such as `largest` or `sum`.
    pub kind: String,
    /// How it wants to be answered.
    pub style: Style,
    /// The program as JSON.
    pub program: String,
    /// 1, or 2 for a question that refers back to an earlier one.
    pub turn: u8,
    /// Index of the question it refers back to.
    pub follows: Option<u16>,
}

/// A question before it is proved.
#[derive(Clone, Debug)]
struct Draft {
    text: String,
    program: Expr,
    kind: &'static str,
    style: Style,
    /// 1 (look-up) to 5 (several operations); questions are put in this order.
    effort: u8,
    /// A question that may follow directly and refers back.
    follow_up: Option<Box<Draft>>,
}

impl Draft {
    fn new(kind: &'static str, effort: u8, text: String, program: Expr) -> Self {
        Self { text, program, kind, style: Style::Short, effort, follow_up: None }
    }

    fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The draft in another register. What refers back stays as it is.
    fn in_words(mut self, medium: &Medium, words: &mut Rng) -> Self {
        self.text = register::vary(&self.text, self.style, medium, words);
        self
    }

    fn followed_by(mut self, draft: Draft) -> Self {
        self.follow_up = Some(Box::new(draft));
        self
    }
}

/// What happened to the drafts of one picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Drafts whose program has no unique answer (ties, missing cells).
    pub undefined: u32,
    /// Drafts whose operands cannot be seen.
    pub hidden: u32,
    /// Drafts that ask what was asked already.
    pub repeated: u32,
    /// Drafts for a yes where a no was to come, or the other way round.
    pub unbalanced: u32,
}

/// Which family of questions fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A table with labels in the first column and numbers in others: charts and tables.
    Grid,
    /// Tasks and events over a calendar.
    Dates,
    /// Key figures (table 0) and charts (tables 2 and on).
    Board,
    /// Flows (table 0) between nodes (table 1): charts of what goes where.
    Flows,
    /// Nodes (table 0) and edges (table 1): diagrams.
    Graph,
    /// Fields and line items: documents.
    Page,
    /// Amounts from large to small, and the share of the total that is reached with each.
    Running,
    /// What was reached beside its goal.
    Goals,
    /// Places in a ranking over time.
    Ranks,
    /// Series of which only the first and the last time are named.
    Ends,
    /// Steps from one level to another.
    Steps,
    /// Single readings in groups.
    Readings,
    /// Points over two axes of numbers.
    Points,
    /// Parts (table 0) of groups (table 1).
    Levels,
    /// A grid with totals of its rows and columns.
    Pivot,
    /// Results with units, reference ranges and flags.
    Laboratory,
    /// What takes place when and where.
    Schedule,
    /// The days of a month and what is entered for them.
    Calendar,
    /// What has what.
    Ticks,
    /// Stops against trips.
    Stops,
    /// Rows in sections that end in their sums.
    Sections,
    /// Teams with their matches, goals and points.
    League,
    /// Rows with units of their own.
    Parameters,
}

/// Kinds that name their options themselves, or whose other options would tell the answer.
const SETTLED: &[&str] = &[
    "compare",
    "compare_columns",
    "amount_compare",
    "ends",
    "title",
    "count_rows",
    "count_groups",
    "group_of_end",
    "extreme_within",
    "flow_compare",
    "largest_node",
    "smallest_node",
    "earlier",
    "farther",
    "card",
    "card_change",
];

/// How often a question that refers back is looked for; about half of the pictures have none that can be proved, so that
/// some 15 % have one.
const WANTS_FOLLOW_UP: f64 = 0.36;

/// Least number of questions of a picture that is kept.
pub const QUESTIONS_MIN: usize = 5;
/// Largest number of questions of a picture that is written.
pub const QUESTIONS_MAX: usize = 10;
/// How many questions more than it is to keep a picture is given, so that those with too usual an answer can go.
pub const QUESTIONS_SPARE: usize = 1;

/// As [`make_in`], calling the picture a picture.
pub fn make(
    family: Family,
    content: &Content,
    visible: &Visible<'_>,
    rng: &mut Rng,
) -> (Vec<Question>, Tally) {
    let mut words = rng.clone();
    make_in(family, content, visible, &Medium::of("", "picture"), rng, &mut words)
}

/// Makes the questions of one picture: between [`QUESTIONS_MIN`] and [`QUESTIONS_MAX`] where the picture gives enough,
/// and [`QUESTIONS_SPARE`] more for the second look over the shard to take out; easy ones first, follow-ups directly after what they follow. `words` chooses the register in which each is put.
pub fn make_in(
    family: Family,
    content: &Content,
    visible: &Visible<'_>,
    medium: &Medium,
    rng: &mut Rng,
    words: &mut Rng,
) -> (Vec<Question>, Tally) {
    // Mean 9.0; a picture that runs out of material has fewer, which brings the mean near the published 8.9.
    let goal = [7, 8, 9, QUESTIONS_MAX][rng.weighted(&[0.07, 0.18, 0.35, 0.40])] + QUESTIONS_SPARE;
    let mut desk = Desk {
        data: &content.data,
        visible,
        accepted: Vec::new(),
        asked: Vec::new(),
        coins: BTreeMap::new(),
        tally: Tally::default(),
    };
    if rng.chance(0.66) {
        for _ in 0..4 {
            let draft = unanswerable(family, content, rng).map(|draft| draft.in_words(medium, words));
            if draft.is_some_and(|draft| desk.consider(draft, rng)) {
                break;
            }
        }
    }
    let wants_follow_up = rng.chance(WANTS_FOLLOW_UP);
    for _ in 0..140 {
        if desk.count() >= goal {
            break;
        }
        let Some(draft) = propose(family, content, visible, rng) else { continue };
        let mut draft = draft.in_words(medium, words);
        if !wants_follow_up || desk.has_follow_up() || desk.count() + 2 > goal {
            draft.follow_up = None;
        }
        let settled = SETTLED.contains(&draft.kind);
        if draft.follow_up.is_none() && draft.style == Style::Short && !settled && rng.chance(0.26) {
            draft = wording::as_choice(draft, content, visible, rng);
        }
        desk.consider(draft, rng);
    }
    let tally = desk.tally.clone();
    (desk.finish(), tally)
}

/// A draft of a question that fits the family.
fn propose(family: Family, content: &Content, visible: &Visible<'_>, rng: &mut Rng) -> Option<Draft> {
    match family {
        Family::Grid => grid::draft(content, 0, visible, rng),
        Family::Running => grid::running::draft(content, visible, rng),
        Family::Goals => grid::goals::draft(content, visible, rng),
        Family::Ranks => grid::ranks::draft(content, rng),
        Family::Ends => grid::ends::draft(content, visible, rng),
        Family::Steps => grid::steps::draft(content, visible, rng),
        Family::Readings => readings::draft(content, rng),
        Family::Points if rng.chance(0.42) => scattered::draft(content, visible, rng),
        Family::Points => grid::draft(content, 0, visible, rng),
        Family::Levels => grid::levels::draft(content, visible, rng),
        Family::Dates => dates::draft(content, visible, rng),
        Family::Board => board::draft(content, visible, rng),
        Family::Flows => flows::draft(content, visible, rng),
        Family::Graph => graph::draft(content, rng),
        Family::Page => page::draft(content, rng),
        Family::Pivot if rng.chance(0.45) => pivot::draft(content, rng),
        Family::Pivot => grid::draft(content, 0, visible, rng),
        Family::Laboratory => laboratory::draft(content, rng),
        Family::Schedule => schedule::draft(content, rng),
        Family::Calendar => month::draft(content, rng),
        Family::Ticks => ticks::draft(content, rng),
        Family::Stops => stops::draft(content, rng),
        Family::Sections => sections::draft(content, rng),
        Family::League => league::draft(content, rng),
        Family::Parameters => parameters::draft(content, rng),
    }
}

/// A draft of a question that the picture does not answer.
fn unanswerable(family: Family, content: &Content, rng: &mut Rng) -> Option<Draft> {
    match family {
        Family::Grid | Family::Points | Family::Running | Family::Goals | Family::Ends | Family::Levels => {
            grid::unanswerable(content, rng)
        }
        Family::Ranks => grid::ranks::unanswerable(content, rng),
        Family::Steps => grid::steps::unanswerable(content, rng),
        Family::Readings => readings::unanswerable(content, rng),
        Family::Flows => flows::unanswerable(content, rng),
        Family::Dates => dates::unanswerable(content, rng),
        Family::Board => board::unanswerable(content, rng),
        Family::Graph => graph::unanswerable(content, rng),
        Family::Page => page::unanswerable(content, rng),
        Family::Pivot => grid::unanswerable(content, rng),
        Family::Laboratory => laboratory::unanswerable(content, rng),
        Family::Schedule => schedule::unanswerable(content, rng),
        Family::Calendar => month::unanswerable(content, rng),
        Family::Ticks => ticks::unanswerable(content, rng),
        Family::Stops => stops::unanswerable(content, rng),
        Family::Sections => sections::unanswerable(content, rng),
        Family::League => league::unanswerable(content, rng),
        Family::Parameters => parameters::unanswerable(content, rng),
    }
}

/// Where drafts are proved and collected.
struct Desk<'a> {
    data: &'a Data,
    visible: &'a Visible<'a>,
    accepted: Vec<(u8, Vec<Question>)>,
    /// The programs that have been asked, without options.
    asked: Vec<Expr>,
    /// For each class of questions that are answered by yes or no, which of them the next one is to have. What is
    /// easier to ask would else be the usual answer.
    coins: BTreeMap<&'static str, &'static str>,
    tally: Tally,
}

impl Desk<'_> {
    fn count(&self) -> usize {
        self.accepted.iter().map(|(_, list)| list.len()).sum()
    }

    fn has_follow_up(&self) -> bool {
        self.accepted.iter().any(|(_, list)| list.len() > 1)
    }

    /// Takes the draft if it can be proved; says whether it was taken.
    fn consider(&mut self, draft: Draft, rng: &mut Rng) -> bool {
        let of_kind = self.accepted.iter().filter(|(_, list)| list[0].kind == draft.kind).count();
        if of_kind >= wording::most_of_kind(draft.kind) {
            return false;
        }
        let Some(question) = self.prove(&draft, rng) else { return false };
        let mut list = vec![question];
        if let Some(next) = &draft.follow_up
            && let Some(mut follow_up) = self.prove(next, rng)
            && follow_up.answer != list[0].answer
        {
            follow_up.turn = 2;
            list.push(follow_up);
        }
        self.accepted.push((draft.effort, list));
        true
    }

    fn prove(&mut self, draft: &Draft, rng: &mut Rng) -> Option<Question> {
        let evaluation = match evaluate(self.data, &draft.program) {
            Ok(evaluation) => evaluation,
            Err(EvalError::Kind) => {
                debug_assert!(false, "ill-typed program {:?}", draft.program);
                return None;
            }
            Err(_) => {
                self.tally.undefined += 1;
                return None;
            }
        };
        if let Err(reason) = self.visible.prove(&evaluation.reads) {
            let _: Hidden = reason;
            self.tally.hidden += 1;
            return None;
        }
        let base = match &draft.program {
            Expr::Choice { of, .. } => (**of).clone(),
            other => other.clone(),
        };
        let worded = self.accepted.iter().flat_map(|(_, list)| list).any(|q| q.question == draft.text);
        if worded || self.asked.contains(&base) || evaluation.answer.is_empty() {
            self.tally.repeated += 1;
            return None;
        }
        if draft.style == Style::YesNo {
            let wanted = *self.coins.entry(draft.kind).or_insert_with(|| rng.word(&["Yes", "No"]));
            if evaluation.answer != wanted {
                self.tally.unbalanced += 1;
                return None;
            }
            self.coins.remove(draft.kind);
        }
        self.asked.push(base);
        let program = serde_json::to_string(&draft.program).expect("programs have a JSON form");
        Some(Question {
            question: draft.text.clone(),
            answer: evaluation.answer,
            explanation: evaluation.steps.join(" "),
            kind: draft.kind.to_owned(),
            style: draft.style,
            program,
            turn: 1,
            follows: None,
        })
    }

    fn finish(mut self) -> Vec<Question> {
        self.accepted.sort_by_key(|(effort, _)| *effort);
        let mut questions: Vec<Question> = Vec::new();
        for (_, list) in self.accepted {
            let first = questions.len() as u16;
            for mut question in list {
                if question.turn > 1 {
                    question.follows = Some(first);
                }
                questions.push(question);
            }
        }
        questions
    }
}
