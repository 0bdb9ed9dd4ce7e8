//! Examples side by side, padded to the same length.

use crate::pack::{PADDING, Sequence};

/// An example with its image.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its tokens.
    pub sequence: Sequence,
    /// Crops x patches x values; empty without an image.
    pub patches: Vec<f32>,
    /// Crops x patches; none where masks are not used.
    pub masks: Option<Vec<f32>>,
}

/// How examples are brought to one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Tokens of every example: 2304 in training. `None` for as many as the longest has.
    pub tokens: Option<usize>,
    /// Crops of every example, the overview among them.
    pub crops: usize,
    /// Patches of a crop.
    pub patches: usize,
    /// Numbers of a patch.
    pub values: usize,
    /// Pooled cells of a crop.
    pub cells: usize,
}

/// Examples of the same shape; everything that is not there is -1.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Number of examples.
    pub examples: usize,
    /// Tokens of each.
    pub tokens: usize,
    /// Examples x tokens.
    pub input: Vec<i32>,
    /// Examples x tokens.
    pub labels: Vec<i32>,
    /// Examples x tokens.
    pub weights: Vec<f32>,
    /// Examples x tokens.
    pub positions: Vec<i32>,
    /// Examples x tokens, if any example has segments; the others then have 1 everywhere.
    pub segments: Option<Vec<i32>>,
    /// Examples x crops x patches x values.
    pub patches: Vec<f32>,
    /// Examples x crops x patches, if any example has masks.
    pub masks: Option<Vec<f32>>,
    /// Examples x crops x cells.
    pub cells: Vec<i32>,
    /// How many examples were cut.
    pub cut: usize,
}

/// An example that does not fit the shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("example {example} has {found} {what}, at most {most} fit")]
pub struct BatchError {
    /// Counted from 1.
    pub example: usize,
    /// Of what there is too much.
    pub what: &'static str,
    /// How many there are.
    pub found: usize,
    /// How many fit.
    pub most: usize,
}

impl Batch {
    /// Pads examples to a shape, and cuts those that have more tokens.
    ///
    /// # Errors
    /// An example has more crops than the shape.
    pub fn of(mut examples: Vec<Example>, shape: &Shape) -> Result<Batch, BatchError> {
        let longest = examples.iter().map(|example| example.sequence.input.len()).max().unwrap_or(0);
        let tokens = shape.tokens.unwrap_or(longest);
        let mut cut = 0;
        for (index, example) in examples.iter_mut().enumerate() {
            cut += usize::from(example.sequence.truncate(tokens));
            let crops = [
                example.patches.len().div_ceil((shape.patches * shape.values).max(1)),
                example.sequence.cells.len().div_ceil(shape.cells.max(1)),
            ];
            if let Some(found) = crops.into_iter().find(|crops| *crops > shape.crops) {
                return Err(BatchError { example: index + 1, what: "crops", found, most: shape.crops });
            }
        }
        let gather = |of: &dyn Fn(&Example) -> &[i32], each: usize| padded(&examples, of, each, PADDING);
        let floats = |of: &dyn Fn(&Example) -> &[f32], each: usize| padded(&examples, of, each, -1.0);
        let segments = examples.iter().any(|example| example.sequence.segments.is_some()).then(|| {
            let ones = vec![1; tokens];
            let of = |example: &Example| match &example.sequence.segments {
                Some(segments) => segments.clone(),
                None => ones[..example.sequence.input.len()].to_vec(),
            };
            let mut all = Vec::with_capacity(examples.len() * tokens);
            for example in &examples {
                let begin = all.len();
                all.extend(of(example));
                all.resize(begin + tokens, PADDING);
            }
            all
        });
        let masks = examples.iter().any(|example| example.masks.is_some());
        Ok(Batch {
            examples: examples.len(),
            tokens,
            input: gather(&|example| &example.sequence.input, tokens),
            labels: gather(&|example| &example.sequence.target, tokens),
            weights: floats(&|example| &example.sequence.weights, tokens),
            positions: gather(&|example| &example.sequence.positions, tokens),
            segments,
            patches: floats(&|example| &example.patches, shape.crops * shape.patches * shape.values),
            masks: masks.then(|| {
                floats(&|example| example.masks.as_deref().unwrap_or_default(), shape.crops * shape.patches)
            }),
            cells: gather(&|example| &example.sequence.cells, shape.crops * shape.cells),
            cut,
        })
    }

    /// Whether in an example the token at `query` may look at the one at `key`: neither is padding, and the key is not
    /// after the query and not of another annotation.
    pub fn may_attend(&self, example: usize, query: usize, key: usize) -> bool {
        let at = |token: usize| example * self.tokens + token;
        key <= query
            && self.input[at(query)] != PADDING
            && self.input[at(key)] != PADDING
            && self.segments.as_ref().is_none_or(|segments| segments[at(query)] <= segments[at(key)])
    }
}

/// What each example has, one after the other, filled up to the same length.
fn padded<'a, T: Copy + 'a>(
    examples: &'a [Example],
    of: &dyn Fn(&'a Example) -> &'a [T],
    each: usize,
    padding: T,
) -> Vec<T> {
    let mut all = Vec::with_capacity(examples.len() * each);
    for example in examples {
        let begin = all.len();
        all.extend_from_slice(of(example));
        all.resize(begin + each, padding);
    }
    all
}
