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

mod request;

use std::path::Path;

use pixmo_burnkit::{Compute, Precision};
use pixmo_preprocess::messages::Roles;

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
    /// A request cannot be answered; the others could be.
    #[error("request {request}: {fault}")]
    Request {
        /// Which, counted from 1.
        request: usize,
        /// What is wrong with it.
        fault: String,
    },
}

/// A model that answers questions about pictures.
#[derive(Debug)]
pub struct Captioner {
    tokens_max: usize,
}

impl Captioner {
    /// Opens a checkpoint in the layout of the released ones: a folder with `config.json`, weights in `*.safetensors` (with
    /// an index if there are several files) and `tokenizer.json`. Nothing is loaded if anything does not fit.
    ///
    /// # Errors
    /// The folder is not such a checkpoint, or the device is not there.
    pub fn open(_folder: &Path, _options: &Options) -> Result<Captioner, CaptionerError> {
        Ok(Captioner { tokens_max: 0 })
    }

    /// Most tokens of a picture, a prompt and its answer together.
    pub fn tokens_max(&self) -> usize {
        self.tokens_max
    }

    /// Answers requests side by side. Every token is given to `on_token` with the number of its request (from 0) as soon as
    /// it is there; [`Flow::Stop`] ends that answer, and the others go on.
    ///
    /// # Errors
    /// A request is longer than the model can read or has settings that make no sense; nothing is generated then.
    pub fn generate(
        &self,
        requests: &[Request],
        _on_token: &mut dyn FnMut(usize, &Token) -> Flow,
    ) -> Result<Vec<Reply>, CaptionerError> {
        let fault = "generation is not there yet".to_owned();
        if requests.is_empty() { Ok(Vec::new()) } else { Err(CaptionerError::Request { request: 1, fault }) }
    }
}
