//! Questions about pictures, and answers, token by token.
//!
//! ```no_run
//! use pixmo_molmo::captioner::{Captioner, Flow, Options, Request};
//! # fn main() -> Result<(), pixmo_molmo::CaptionerError> {
//! let captioner = Captioner::open("Molmo-7B-D-0924".as_ref(), &Options::default())?;
//! let requests = [Request::asking(None, "What is a sundial?")];
//! let replies = captioner.generate(&requests, &mut |_row, _token| Flow::Go)?;
//! # let _ = replies; Ok(())
//! # }
//! ```

mod generate;
mod prompt;
mod request;
mod sampler;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_burnkit::prelude::*;
use pixmo_burnkit::{Compute, ComputeError, Precision};
use pixmo_preprocess::messages::Roles;
use pixmo_preprocess::{CropMode, Tokenizer, TokenizerError, Vision};

use crate::checkpoint::{CheckpointError, Plan, Source};
use crate::config::Config;
use crate::model::Molmo;
use sampler::Sampler;
use writer::Writer;

pub use generate::Generation;
pub use request::{Finish, Flow, Reply, Request, Sampling, Token};

/// How a model is opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Where it computes.
    pub device: Compute,
    /// In which precision.
    pub precision: Precision,
    /// Most crops of a picture, the overview not counted: 12, or up to 36 for large pictures with small text.
    pub crops_max: usize,
    /// Whether turns are said by `User:` and `Assistant:`, as fine-tuned models learnt; captioners after pre-training alone
    /// know unnamed turns such as `long_caption 65:`.
    pub roles: Roles,
}

impl Default for Options {
    fn default() -> Options {
        Options { device: Compute::Cpu, precision: Precision::F32, crops_max: 12, roles: Roles::Named }
    }
}

/// Why there is no model or no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaptionerError {
    /// The device is not there.
    #[error(transparent)]
    Device(#[from] ComputeError),
    /// The weights or the configuration cannot be used.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The tokeniser cannot be used.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// So many crops cannot be cut.
    #[error("pictures cannot be cut so: {fault}")]
    Crops {
        /// Why.
        fault: String,
    },
    /// A request cannot be answered; the others could be.
    #[error("request {request}: {fault}")]
    Request {
        /// Which, counted from 1.
        request: usize,
        /// What is wrong with it.
        fault: String,
    },
}

/// A model that answers questions about pictures. Several threads may ask it at once.
#[derive(Debug)]
pub struct Captioner {
    model: Molmo,
    tokenizer: Tokenizer,
    vision: Vision,
    roles: Roles,
    device: Device,
    files: Vec<PathBuf>,
}

impl Captioner {
    /// Opens a checkpoint in the layout of the released ones: a folder with `config.json`, weights in `*.safetensors` (with
    /// an index if there are several files) and `tokenizer.json`. Nothing is loaded if anything does not fit.
    ///
    /// # Errors
    /// The folder is not such a checkpoint, or the device is not there.
    pub fn open(folder: &Path, options: &Options) -> Result<Captioner, CaptionerError> {
        let device = options.device.device()?;
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read(&path).map_err(|source| CheckpointError::Io { action: "read", path, source })
        };
        let mut config = Config::from_json(&read("config.json")?)
            .map_err(|source| CheckpointError::Config { path: folder.join("config.json"), source })?;
        if let CropMode::Overlapping { crops_max } = &mut config.crops.mode {
            *crops_max = options.crops_max;
        }
        if let Some(fault) = config.fault() {
            return Err(CaptionerError::Crops { fault });
        }
        let name = folder.join("tokenizer.json").display().to_string();
        let tokenizer = Tokenizer::from_json_for(&read("tokenizer.json")?, &name, config.decoder.vocabulary)?;
        let source = Source::open(folder)?;
        let model = Plan::released(&source, &config).load(&config, &device, options.precision, true)?;
        Ok(Captioner {
            vision: config.vision(),
            model,
            tokenizer,
            roles: options.roles,
            device,
            files: source.files().map(Path::to_owned).collect(),
        })
    }

    /// What the model is made of.
    pub fn config(&self) -> &Config {
        self.model.config()
    }

    /// The files that its weights were read from.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Most tokens of a picture, a prompt and its answer together.
    pub fn tokens_max(&self) -> usize {
        self.config().decoder.tokens_max
    }

    /// How many tokens a request has before its answer, with those of its picture and the beginning.
    ///
    /// # Errors
    /// The request cannot be answered, but for its length.
    pub fn prompt_tokens(&self, request: &Request) -> Result<usize, CaptionerError> {
        let example = self.example(request).map_err(|fault| CaptionerError::Request { request: 1, fault })?;
        Ok(example.sequence.input.len())
    }

    /// Answers requests side by side. Every token is given to `on_token` with the number of its request (from 0) as soon as
    /// it is there; [`Flow::Stop`] ends that answer, and the others go on.
    ///
    /// # Errors
    /// A request is longer than the model can read or has settings that make no sense; nothing is generated then.
    pub fn generate(
        &self,
        requests: &[Request],
        on_token: &mut dyn FnMut(usize, &Token) -> Flow,
    ) -> Result<Vec<Reply>, CaptionerError> {
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        let (batch, prompts) = self.batch(requests)?;
        let room: Vec<usize> = (requests.iter().zip(&prompts))
            .map(|(request, prompt)| request.sampling.tokens_max.min(self.tokens_max() - prompt))
            .collect();
        let mut answers: Vec<Answer<'_>> = (requests.iter().zip(&room))
            .map(|(request, room)| Answer {
                sampler: Sampler::new(&request.sampling),
                writer: Writer::new(&self.tokenizer, &request.sampling.stop),
                left: *room,
                finish: Finish::Length,
            })
            .collect();
        let most = room.iter().copied().max().unwrap_or(0);
        let mut generation = Generation::begin(&self.model, &batch, most, &self.device);
        loop {
            let next: Vec<Option<i32>> = generation
                .next()
                .map(|(row, logits)| answers[row].step(row, logits, self.tokenizer.end(), on_token))
                .collect();
            if !generation.push(&next) {
                break;
            }
        }
        let replies = answers.into_iter().zip(prompts).map(|(answer, prompt_tokens)| {
            let (text, tokens) = answer.writer.into_parts();
            Reply { text, finish: answer.finish, prompt_tokens, tokens }
        });
        Ok(replies.collect())
    }
}

/// An answer while it grows.
struct Answer<'a> {
    sampler: Sampler,
    writer: Writer<'a>,
    /// Tokens that it may still have.
    left: usize,
    finish: Finish,
}

impl Answer<'_> {
    /// Chooses the next token and tells of it; none if the answer has ended.
    fn step(
        &mut self,
        row: usize,
        logits: &[f32],
        end: i32,
        on_token: &mut dyn FnMut(usize, &Token) -> Flow,
    ) -> Option<i32> {
        let id = i32::try_from(self.sampler.choose(logits)).unwrap_or(i32::MAX);
        if id == end {
            self.finish = Finish::Stop;
            let text = self.writer.finish();
            if !text.is_empty() {
                on_token(row, &Token { id, text });
            }
            return None;
        }
        self.left -= 1;
        let (mut text, stopped) = self.writer.push(id);
        if self.left == 0 && !stopped {
            text.push_str(&self.writer.finish());
        }
        let flow = on_token(row, &Token { id, text });
        if stopped {
            self.finish = Finish::Stop;
            return None;
        }
        if flow == Flow::Stop {
            self.finish = Finish::Cancelled;
            return None;
        }
        (self.left > 0).then_some(id)
    }
}
