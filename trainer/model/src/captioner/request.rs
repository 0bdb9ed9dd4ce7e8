//! What a captioner is asked, and what it answers.

use pixmo_preprocess::Picture;

/// How the next token is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampling {
    /// Divides the logits: 0 always takes the likeliest token, 1 draws as often as the model expects.
    pub temperature: f32,
    /// Draws among the likeliest tokens that together have this probability: above 0, to 1 for all.
    pub top_p: f32,
    /// Most tokens of an answer, the end token not counted.
    pub tokens_max: usize,
    /// Where draws begin; the same seed gives the same answer, whatever other requests stand beside it.
    pub seed: u64,
    /// Texts that end an answer. They are not part of it.
    pub stop: Vec<String>,
}

impl Default for Sampling {
    fn default() -> Sampling {
        Sampling { temperature: 0.0, top_p: 1.0, tokens_max: 448, seed: 0, stop: Vec::new() }
    }
}

impl Sampling {
    /// Why these settings cannot be used, if they cannot.
    pub fn fault(&self) -> Option<String> {
        if !(self.temperature.is_finite() && self.temperature >= 0.0) {
            return Some(format!("temperature is {}, expected 0 or more", self.temperature));
        }
        if !(self.top_p > 0.0 && self.top_p <= 1.0) {
            return Some(format!("top_p is {}, expected above 0, to 1", self.top_p));
        }
        if self.tokens_max == 0 {
            return Some("an answer needs at least 1 token".to_owned());
        }
        self.stop
            .iter()
            .any(String::is_empty)
            .then(|| "an empty text stands among those that end an answer".to_owned())
    }
}

/// A conversation about a picture, to be continued.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The picture; it stands before all turns.
    pub picture: Option<Picture>,
    /// User, assistant, user and so on; the last is the user's.
    pub turns: Vec<String>,
    /// How tokens are chosen.
    pub sampling: Sampling,
}

impl Request {
    /// A single question, answered with the likeliest tokens.
    pub fn asking(picture: Option<Picture>, question: &str) -> Request {
        Request { picture, turns: vec![question.to_owned()], sampling: Sampling::default() }
    }
}

/// A token of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: i32,
    /// What it adds to the text. Empty where characters are not complete yet or the beginning of a stop text may have come;
    /// all pieces together are the text of the answer.
    pub text: String,
}

/// Whether an answer goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// It does.
    Go,
    /// It does not.
    Stop,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// With the end token or a stop text.
    Stop,
    /// With the last token that was allowed or that fits.
    Length,
    /// Because of [`Flow::Stop`].
    Cancelled,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its text, without the space that every turn begins with.
    pub text: String,
    /// Why it ended.
    pub finish: Finish,
    /// Tokens of picture and turns, with the beginning.
    pub prompt_tokens: usize,
    /// Ids of the answer, without the end token.
    pub tokens: Vec<i32>,
}
