//! Tokens of an image and its annotations to one sequence.
//!
//! Several annotations of an image share the image and do not see each other: each is a segment, and its positions begin
//! where the image ends.

/// The segment of the beginning and of the image, which every annotation sees.
pub const SHARED_SEGMENT: i32 = 10_000;
/// What stands where a batch has nothing: in ids, labels, masks, segments, positions and cells.
pub const PADDING: i32 = -1;

/// A conversation about an image, in tokens: user, assistant, user and so on, without end tokens.
pub type Turns = Vec<Vec<i32>>;

/// What is said about an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// One annotation.
    One(Turns),
    /// Several that do not see each other; a list of one is as one.
    Several(Vec<Turns>),
}

impl Said {
    fn annotations(&self) -> &[Turns] {
        match self {
            Said::One(turns) => std::slice::from_ref(turns),
            Said::Several(annotations) => annotations,
        }
    }
}

/// How much the tokens of one among several annotations weigh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighting {
    /// As much as those of a single one (pre-training).
    #[default]
    Each,
    /// The square root of their share in the number of annotations (fine-tuning).
    RootOfShare,
}

/// How sequences are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Packing {
    /// Ends what an assistant says, and begins the sequence: none of the tokenisers has a token of its own for that.
    pub end: i32,
    /// Where it stands in the text of a single annotation, the tokens of the image replace it; otherwise they come first.
    pub placeholder: Option<i32>,
    /// How much several annotations weigh.
    pub weighting: Weighting,
}

/// Why a sequence cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Nothing is said.
    #[error("an example needs at least one annotation with at least one turn")]
    Nothing,
    /// Among several annotations one ends with the user.
    #[error(
        "annotation {annotation} of several ends with a turn of the user; there is nothing to learn from it"
    )]
    Unanswered {
        /// Counted from 1.
        annotation: usize,
    },
    /// The answer would be learnt from what another annotation ends with.
    #[error("annotation {annotation} has an empty prompt; at least one token has to stand before an answer")]
    EmptyPrompt {
        /// Counted from 1.
        annotation: usize,
    },
    /// There is one image, and it has one place.
    #[error(
        "a text names the place of the image {found} times; it can name it once, in the only annotation of an image"
    )]
    Placeholders {
        /// How often.
        found: usize,
    },
    /// A weight is for single annotations.
    #[error("an example of {annotations} annotations cannot have a weight of its own")]
    WeightOfSeveral {
        /// How many there are.
        annotations: usize,
    },
}

/// One example as a model takes it. All vectors but `cells` have the same length.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// Ids of tokens.
    pub input: Vec<i32>,
    /// For each token the one that follows; [`PADDING`] after the last.
    pub target: Vec<i32>,
    /// What each target weighs in the loss: 0 for the image and the user, -1 where there is no target.
    pub weights: Vec<f32>,
    /// Places for the rotary embedding.
    pub positions: Vec<i32>,
    /// Which annotation each token belongs to, or [`SHARED_SEGMENT`]; none for one annotation.
    pub segments: Option<Vec<i32>>,
    /// Where the pooled cells of each crop go in `input`: crops x cells, negative for nowhere.
    pub cells: Vec<i32>,
}

/// The tokens of an image and its cells among them; both empty without an image.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImagePart<'a> {
    /// Ids of tokens.
    pub tokens: &'a [i32],
    /// Where the pooled cells go among them.
    pub cells: &'a [i32],
}

impl Packing {
    /// Makes the sequence of an example. If its last turn is the user's it is one to be answered.
    ///
    /// # Errors
    /// See [`PackError`].
    pub fn pack(
        &self,
        image: ImagePart<'_>,
        said: &Said,
        weight: Option<f32>,
    ) -> Result<Sequence, PackError> {
        let sequence = self.pack_any(image, said, weight)?;
        let empty = |turns: &Turns| turns.first().is_none_or(Vec::is_empty);
        match said.annotations().iter().position(empty) {
            Some(at) => Err(PackError::EmptyPrompt { annotation: at + 1 }),
            None => Ok(sequence),
        }
    }

    /// Like [`Packing::pack`], but an empty prompt passes, as it does in the reference.
    ///
    /// # Errors
    /// See [`PackError`].
    pub fn pack_any(
        &self,
        image: ImagePart<'_>,
        said: &Said,
        weight: Option<f32>,
    ) -> Result<Sequence, PackError> {
        let annotations = said.annotations();
        if annotations.is_empty() || annotations.iter().any(Vec::is_empty) {
            return Err(PackError::Nothing);
        }
        let several = annotations.len() > 1;
        if several && weight.is_some() {
            return Err(PackError::WeightOfSeveral { annotations: annotations.len() });
        }
        let unanswered = |turns: &Turns| turns.len() % 2 == 1;
        if several && let Some(at) = annotations.iter().position(unanswered) {
            return Err(PackError::Unanswered { annotation: at + 1 });
        }
        let weight = match (several, self.weighting) {
            (true, Weighting::RootOfShare) => (1.0 / annotations.len() as f32).sqrt(),
            (true, Weighting::Each) => 1.0,
            (false, _) => weight.unwrap_or(1.0),
        };
        let inline = self.inline(image, annotations)?;
        let leading = if inline { &[] } else { image.tokens };
        let shared = 1 + leading.len();
        // One longer than the rest: the beginning, then everything.
        let mut input = Vec::with_capacity(shared);
        input.push(self.end);
        input.extend_from_slice(leading);
        let mut weights = vec![0.0; leading.len()];
        let mut segments = vec![SHARED_SEGMENT; shared];
        let mut positions: Vec<i32> = (0..).take(shared).collect();
        let mut image_begins = 0;
        for (segment, turns) in (1..).zip(annotations) {
            let begin = input.len();
            for (index, turn) in turns.iter().enumerate() {
                for token in turn {
                    if inline && Some(*token) == self.placeholder {
                        image_begins = input.len() - 1;
                        input.extend_from_slice(image.tokens);
                    } else {
                        input.push(*token);
                    }
                }
                let is_answer = index % 2 == 1;
                if is_answer {
                    input.push(self.end);
                }
                weights.resize(input.len() - 1, if is_answer { weight } else { 0.0 });
            }
            let own = input.len() - begin;
            segments.resize(input.len(), segment);
            positions.extend((shared as i32..).take(own));
        }
        let mut target = input[1..].to_vec();
        if annotations.last().is_some_and(unanswered) {
            target.push(PADDING);
            weights.push(PADDING as f32);
        } else {
            input.pop();
            segments.pop();
            positions.pop();
        }
        // One further, because the beginning stands before everything.
        let shift = i32::try_from(1 + image_begins).unwrap_or(i32::MAX);
        let cells = image
            .cells
            .iter()
            .map(|cell| if *cell >= 0 { cell.saturating_add(shift) } else { *cell })
            .collect();
        Ok(Sequence { input, target, weights, positions, segments: several.then_some(segments), cells })
    }
}

impl Packing {
    /// Whether the image stands in the text.
    fn inline(&self, image: ImagePart<'_>, annotations: &[Turns]) -> Result<bool, PackError> {
        let Some(placeholder) = self.placeholder else { return Ok(false) };
        let all = annotations.iter().flatten().flatten();
        match all.filter(|token| **token == placeholder).count() {
            0 => Ok(false),
            1 if annotations.len() == 1 && !image.tokens.is_empty() => Ok(true),
            found => Err(PackError::Placeholders { found }),
        }
    }
}

impl Sequence {
    /// Cuts the sequence on the right; whether something was lost.
    pub fn truncate(&mut self, tokens_max: usize) -> bool {
        let cut = self.input.len() > tokens_max;
        self.input.truncate(tokens_max);
        self.target.truncate(tokens_max);
        self.weights.truncate(tokens_max);
        self.positions.truncate(tokens_max);
        if let Some(segments) = &mut self.segments {
            segments.truncate(tokens_max);
        }
        // Features of an image that is cut have nowhere to go.
        let most = i32::try_from(tokens_max).unwrap_or(i32::MAX);
        self.cells.iter_mut().filter(|cell| **cell >= most).for_each(|cell| *cell = crate::layout::DROPPED);
        cut
    }

    /// Whether the token at `query` may look at the one at `key`: itself and those before it, of the image and of its own
    /// annotation.
    pub fn may_attend(&self, query: usize, key: usize) -> bool {
        key <= query && self.segments.as_ref().is_none_or(|segments| segments[query] <= segments[key])
    }
}
