//! Requests to the batch that a model reads.

use pixmo_preprocess::batch::{Batch, Example, Shape};
use pixmo_preprocess::crops::crops;
use pixmo_preprocess::draw::Draw;
use pixmo_preprocess::messages::{Annotation, Content, Formatting};
use pixmo_preprocess::pack::{ImagePart, Packing, Said, Weighting};

use super::request::Request;
use super::{Captioner, CaptionerError};

impl Captioner {
    /// The batch of requests, and how many tokens each has.
    pub(super) fn batch(&self, requests: &[Request]) -> Result<(Batch, Vec<usize>), CaptionerError> {
        let mut examples = Vec::with_capacity(requests.len());
        for (index, request) in requests.iter().enumerate() {
            let failed = |fault| CaptionerError::Request { request: index + 1, fault };
            let example = self.example(request).map_err(failed)?;
            let tokens = example.sequence.input.len();
            if tokens >= self.tokens_max() {
                return Err(failed(format!(
                    "picture and turns have {tokens} tokens, and the model reads {} with the answer; shorten the turns, or allow fewer crops than {}",
                    self.tokens_max(),
                    self.vision.crops_max() - 1,
                )));
            }
            examples.push(example);
        }
        let prompts = examples.iter().map(|example| example.sequence.input.len()).collect();
        let cells = self.vision.cells_per_crop();
        let shape = Shape {
            tokens: None,
            crops: examples.iter().map(|example| example.sequence.cells.len() / cells).max().unwrap_or(0),
            patches: self.vision.patches_per_crop(),
            values: self.vision.patch_values(),
            cells,
        };
        let batch = Batch::of(examples, &shape)
            .map_err(|error| CaptionerError::Request { request: error.example, fault: error.to_string() })?;
        Ok((batch, prompts))
    }

    /// What a model reads of a request, or why it cannot.
    pub(super) fn example(&self, request: &Request) -> Result<Example, String> {
        if let Some(fault) = request.sampling.fault() {
            return Err(fault);
        }
        if request.turns.len().is_multiple_of(2) {
            return Err(format!(
                "there are {} turns; user and assistant take turns, and the last is the user's",
                request.turns.len()
            ));
        }
        let formatting = Formatting { roles: self.roles, ..Formatting::finetuning() };
        let annotation = Annotation::new("user_qa", Content::Conversation(request.turns.clone()));
        // Nothing is drawn where a model is asked.
        let turns = formatting.turns(&annotation, &mut Draw::new(0)).map_err(|error| error.to_string())?;
        let turns = turns.iter().map(|turn| self.tokenizer.encode(turn)).collect();
        let ids = self.tokenizer.image_tokens();
        let crops = request.picture.as_ref().map(|picture| crops(picture, &self.vision, ids));
        let image = crops.as_ref().map(|crops| ImagePart { tokens: &crops.tokens, cells: &crops.cells });
        let packing =
            Packing { end: self.tokenizer.end(), placeholder: Some(ids.image), weighting: Weighting::Each };
        let sequence = packing
            .pack(image.unwrap_or_default(), &Said::One(turns), None)
            .map_err(|error| error.to_string())?;
        let (patches, masks) = crops.map_or((Vec::new(), None), |crops| (crops.patches, crops.masks));
        Ok(Example { sequence, patches, masks })
    }
}
