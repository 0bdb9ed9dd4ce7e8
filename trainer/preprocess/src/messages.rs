//! What people and datasets say about an image, to the turns that a model reads.

use crate::draw::Draw;
use crate::points::{self, InlinePoints, Point, PointOrder};
use crate::prompts;

/// Characters of one step of a hint of length.
const HINT_CHARS: i64 = 15;
/// Standard deviation of the noise on a length, in characters.
const HINT_NOISE: f64 = 25.0;
/// Share of annotations without a hint, and of questions of people with a tag.
const RARELY: f64 = 0.1;
/// Letters of the options of a question.
const LETTERS: &str = "ABCDEFG";

/// Where the words of the user come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptMode {
    /// From the annotation alone (pre-training).
    Given,
    /// Where an annotation has none, from wordings in which people ask (fine-tuning).
    Worded,
}

/// Who says a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roles {
    /// Not said.
    Unnamed,
    /// `User:` and `Assistant:`.
    Named,
}

/// Which words before a question say of what kind its answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tags {
    /// `style:`.
    Style,
    /// `style 65:`, where the number says how long the answer is; `style :` in one case of ten.
    StyleAndLength,
    /// `style:` for what people do not ask themselves; for what they do in one case of ten.
    Rare,
}

/// How annotations become turns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Formatting {
    /// Where the words of the user come from.
    pub prompts: PromptMode,
    /// Who says a turn.
    pub roles: Roles,
    /// What stands before a question.
    pub tags: Tags,
    /// Whether the first turn begins with a space, as all others do.
    pub leading_space: bool,
    /// The hint of length when a model is asked, in steps of 15 characters.
    pub inference_hint: Option<i64>,
    /// Whether [`Tags::Rare`] also draws when a model is asked, as the reference does; otherwise it then gives no tag.
    pub draws_at_inference: bool,
    /// In which order points are written.
    pub order: PointOrder,
}

impl Formatting {
    /// That of pre-training on captions.
    pub fn pretraining() -> Formatting {
        Formatting {
            prompts: PromptMode::Given,
            roles: Roles::Unnamed,
            tags: Tags::StyleAndLength,
            leading_space: true,
            inference_hint: Some(65),
            draws_at_inference: false,
            order: PointOrder::Columns,
        }
    }

    /// That of fine-tuning.
    pub fn finetuning() -> Formatting {
        Formatting {
            prompts: PromptMode::Worded,
            roles: Roles::Named,
            tags: Tags::Rare,
            ..Formatting::pretraining()
        }
    }
}

/// The options of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What there is to choose from, at most seven.
    pub options: Vec<String>,
    /// Whether they have letters, and the answer is one.
    pub lettered: bool,
    /// The right one, counted from 0.
    pub answer: Option<usize>,
}

impl Options {
    /// A question with its options, a line each.
    pub fn prompt(&self, question: &str) -> String {
        let mut text = format!("{question}\n");
        for (letter, option) in LETTERS.chars().zip(&self.options) {
            if self.lettered {
                text.push_str(&format!("{letter}: "));
            }
            text.push_str(option);
            text.push('\n');
        }
        text
    }

    /// The answer as a model learns it.
    pub fn answer(&self) -> Option<String> {
        let at = self.answer?;
        if self.lettered { LETTERS.get(at..=at).map(str::to_owned) } else { self.options.get(at).cloned() }
    }
}

/// What is asked and answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text about the image, such as a caption; or an answer to a ready prompt.
    Text(String),
    /// A question with answers of several people, of which one of the most frequent is drawn.
    Answers(Vec<String>),
    /// A question with options.
    Choice(Options),
    /// Points.
    Points(Vec<Point>),
    /// An answer that points, with [`points::PLACE`] for each group of points.
    Pointing {
        /// The answer.
        answer: String,
        /// What it points at.
        points: Vec<InlinePoints>,
    },
    /// A whole conversation: user, assistant, user and so on.
    Conversation(Vec<String>),
    /// Nothing yet: a model is asked.
    Asked,
}

/// One annotation of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// A word for the kind of task, such as `long_caption`.
    pub style: String,
    /// Words of the user that are used as they are.
    pub prompt: Option<String>,
    /// What is asked.
    pub question: Option<String>,
    /// What is pointed at or counted.
    pub label: Option<String>,
    /// What is answered.
    pub content: Content,
}

impl Annotation {
    /// An annotation of a style without a question.
    pub fn new(style: &str, content: Content) -> Annotation {
        Annotation { style: style.to_owned(), prompt: None, question: None, label: None, content }
    }
}

/// Why an annotation cannot become turns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Nothing to draw from, or an answer that is not there.
    #[error("an annotation of style `{style}` has {found}; {expected}")]
    Content {
        /// Its style.
        style: String,
        /// What was found.
        found: String,
        /// What is needed.
        expected: &'static str,
    },
}

impl Formatting {
    /// The turns of an annotation: user, assistant, user and so on; if a model is asked, the last is the user's.
    ///
    /// # Errors
    /// The annotation lacks what its turns are made of.
    pub fn turns(&self, annotation: &Annotation, draw: &mut Draw) -> Result<Vec<String>, MessageError> {
        let mut turns = match &annotation.content {
            Content::Conversation(turns) => turns.clone(),
            _ => {
                let prompt = self.prompt(annotation, draw);
                let answer = self.answer(annotation, draw)?;
                std::iter::once(prompt).chain(answer).collect()
            }
        };
        let Some(first) = turns.first().cloned() else {
            return Err(lacks(annotation, "no turns", "a conversation needs one or more"));
        };
        let is_asked = turns.len() % 2 == 1;
        let length = turns.last().map_or(0, |last| last.chars().count());
        turns[0] = match (self.tag(&annotation.style, (!is_asked).then_some(length), draw), first.is_empty())
        {
            (Some(tag), true) => tag,
            (Some(tag), false) => format!("{tag} {first}"),
            (None, _) => first,
        };
        for (index, turn) in turns.iter_mut().enumerate() {
            if self.roles == Roles::Named && index % 2 == 0 {
                *turn = format!("User: {turn} Assistant:");
            }
            if index > 0 || self.leading_space {
                turn.insert(0, ' ');
            }
        }
        Ok(turns)
    }

    /// The words of the user.
    fn prompt(&self, annotation: &Annotation, draw: &mut Draw) -> String {
        if let Some(prompt) = &annotation.prompt {
            return prompt.clone();
        }
        let question = annotation.question.clone();
        let label = annotation.label.as_deref().map(str::to_lowercase);
        if let Content::Choice(options) = &annotation.content {
            return options.prompt(&question.unwrap_or_default());
        }
        let worded = self.prompts == PromptMode::Worded;
        match (style_of(&annotation.style), question) {
            ("long_caption", _) if worded => prompts::CAPTION.draw(draw, ""),
            ("pointing" | "point_count", Some(question)) | (_, Some(question)) => question,
            ("pointing", None) if worded => prompts::POINTING.draw(draw, &label.unwrap_or_default()),
            ("point_count", None) if worded => prompts::COUNTING.draw(draw, &label.unwrap_or_default()),
            ("pointing" | "point_count", None) => label.unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// What is answered; nothing if a model is asked.
    fn answer(&self, annotation: &Annotation, draw: &mut Draw) -> Result<Option<String>, MessageError> {
        Ok(match &annotation.content {
            Content::Text(text) => Some(text.clone()),
            Content::Answers(answers) => Some(
                most_frequent(answers, draw)
                    .ok_or_else(|| lacks(annotation, "no answers", "one or more are needed"))?,
            ),
            Content::Choice(options) if options.answer.is_none() => None,
            Content::Choice(options) => Some(options.answer().ok_or_else(|| {
                let found = format!("{} options and an answer that is none of them", options.options.len());
                lacks(annotation, &found, "the answer is one of at most seven options")
            })?),
            Content::Points(points) => {
                let label = match (&annotation.label, &annotation.question) {
                    (Some(label), _) => label.to_lowercase(),
                    (None, question) => question.clone().unwrap_or_default(),
                };
                Some(if style_of(&annotation.style) == "point_count" {
                    points::counting(points, &label, self.order)
                } else {
                    points::pointing(points, &label, self.order)
                })
            }
            Content::Pointing { answer, points } => {
                let places = answer.matches(points::PLACE).count();
                if places != points.len() {
                    let found = format!("{places} places for points and {} groups of points", points.len());
                    return Err(lacks(annotation, &found, "there is a group for each place"));
                }
                Some(points::inline(answer, points, self.order))
            }
            Content::Asked | Content::Conversation(_) => None,
        })
    }

    /// The words before a question; `length` is that of the last turn in characters, or none if a model is asked.
    fn tag(&self, style: &str, length: Option<usize>, draw: &mut Draw) -> Option<String> {
        let style = style_of(style);
        match self.tags {
            Tags::Style => Some(format!("{style}:")),
            Tags::StyleAndLength => Some(match length {
                None => match self.inference_hint {
                    Some(hint) => format!("{style} {hint}:"),
                    None => format!("{style} :"),
                },
                Some(length) => {
                    if draw.uniform() > RARELY {
                        format!("{style} {}:", length_hint(length, draw.normal(HINT_NOISE)))
                    } else {
                        format!("{style} :")
                    }
                }
            }),
            Tags::Rare => match style {
                "android_control" | "demo" => None,
                "point_count" | "pointing" | "user_qa" | "long_caption" => {
                    let draws = length.is_some() || self.draws_at_inference;
                    (draws && draw.uniform() <= RARELY).then(|| format!("{style}:"))
                }
                _ => Some(format!("{style}:")),
            },
        }
    }
}

fn lacks(annotation: &Annotation, found: &str, expected: &'static str) -> MessageError {
    MessageError::Content { style: annotation.style.clone(), found: found.to_owned(), expected }
}

/// Styles of evaluations stand for those that were learnt.
fn style_of(style: &str) -> &str {
    match style {
        "eval_short_answer" => "vqa2",
        "eval_multiple_choice" => "a_okvqa_mc",
        style => style,
    }
}

/// How long an answer is, in steps of 15 characters, with noise in characters that is cut to a whole number first.
pub fn length_hint(chars: usize, noise: f64) -> i64 {
    let chars = i64::try_from(chars).unwrap_or(i64::MAX / 2);
    (chars + noise.trunc() as i64).div_euclid(HINT_CHARS)
}

/// One of the answers that were given most often.
fn most_frequent(answers: &[String], draw: &mut Draw) -> Option<String> {
    let count = |answer: &String| answers.iter().filter(|other| *other == answer).count();
    let most = answers.iter().map(count).max()?;
    let mut kept: Vec<&String> = Vec::new();
    for answer in answers {
        if count(answer) == most && !kept.contains(&answer) {
            kept.push(answer);
        }
    }
    Some(kept[draw.below(kept.len())].clone())
}
