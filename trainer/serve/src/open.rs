//! How a model is opened, in which words it expects to be asked, and how its words are chosen.

use std::path::PathBuf;

use pixmo_burnkit::{Compute, Precision};
use pixmo_console::{Console, Failure, Kind, wording};
use pixmo_molmo::captioner::Sampling;
use pixmo_molmo::{Captioner, CaptionerError, CheckpointError, Options};
use pixmo_preprocess::messages::Roles;

use crate::lineage::{self, Recipe};

/// Where a model lies.
#[derive(clap::Args, Clone, Debug)]
pub struct FolderArgs {
    /// The folder of the model: `config.json`, `tokenizer.json` and `*.safetensors`
    #[arg(long, short, value_name = "DIR")]
    pub model: PathBuf,
}

/// How a model is opened.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// Where it lies.
    #[command(flatten)]
    pub folder: FolderArgs,
    /// Compute on this device: cpu, cuda, cuda:N or wgpu
    #[arg(long, value_name = "DEVICE", default_value = "cpu")]
    pub device: Compute,
    /// Multiply in this precision: f32 or bf16
    #[arg(long, value_name = "TYPE", default_value = "f32", value_parser = precision)]
    pub precision: Precision,
    /// Cut a picture into at most so many crops, the overview not counted: 36 for large pictures with small text
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=36))]
    pub crops: u16,
    /// How the model was trained: pretraining or finetuning; by default as its `lineage.json` says, else finetuning
    #[arg(long, value_name = "RECIPE")]
    pub recipe: Option<Recipe>,
}

fn precision(word: &str) -> Result<Precision, String> {
    match word {
        "f32" => Ok(Precision::F32),
        "bf16" => Ok(Precision::Bf16),
        _ => Err("expected f32 or bf16".to_owned()),
    }
}

/// How the words of an answer are chosen.
#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Sampling")]
pub struct SamplingArgs {
    /// Divide the logits by this: 0 takes the likeliest token, 1 draws as the model expects
    #[arg(long, value_name = "T", default_value_t = 0.0)]
    pub temperature: f32,
    /// Draw among the likeliest tokens that have this probability together
    #[arg(long, value_name = "P", default_value_t = 1.0)]
    pub top_p: f32,
    /// End an answer after so many tokens
    #[arg(long, value_name = "N", default_value_t = 448)]
    pub max_tokens: usize,
    /// Begin draws from this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// End an answer before this text; can be given several times
    #[arg(long, value_name = "TEXT")]
    pub stop: Vec<String>,
}

impl SamplingArgs {
    /// The same for the model.
    ///
    /// # Errors
    /// A request failure for values that cannot be used.
    pub fn sampling(&self) -> Result<Sampling, Failure> {
        let sampling = Sampling {
            temperature: self.temperature,
            top_p: self.top_p,
            tokens_max: self.max_tokens,
            seed: self.seed,
            stop: self.stop.clone(),
        };
        match sampling.fault() {
            Some(fault) => Err(Failure::request(format!("the flags of sampling cannot be used: {fault}"))),
            None => Ok(sampling),
        }
    }
}

/// A model that is open, and how it was trained.
#[derive(Debug)]
pub struct Opened {
    /// The model.
    pub captioner: Captioner,
    /// How it was trained, which decides in which words it is asked.
    pub recipe: Recipe,
}

impl ModelArgs {
    /// Opens the model.
    ///
    /// # Errors
    /// A request failure for a folder that holds no such model, or a device that is not there.
    pub fn open(&self, console: &Console) -> Result<Opened, Failure> {
        let folder = &self.folder.model;
        if !folder.is_dir() {
            return Err(Failure::request("there is no folder with a model")
                .at(folder.display().to_string())
                .hint("`pixmo models fetch molmo-7b-d` brings one; `--model DIR` names it"));
        }
        let stated = lineage::stated(folder).map_err(|error| lineage::failure(&error))?;
        let recipe = self.recipe.or(stated.and_then(|stated| stated.recipe)).unwrap_or(Recipe::Finetuning);
        let options = Options {
            device: self.device,
            precision: self.precision,
            crops_max: usize::from(self.crops),
            roles: roles(recipe),
        };
        let begun = console.clock().now();
        let captioner = Captioner::open(folder, &options)
            .map_err(|error| of_open(&error).at(folder.display().to_string()))?;
        let took = wording::duration(console.clock().now().saturating_sub(begun));
        console.say(format!("opened {} in {took}", folder.display()));
        Ok(Opened { captioner, recipe })
    }
}

/// Who says a turn, by how a model was trained.
#[must_use]
pub fn roles(recipe: Recipe) -> Roles {
    match recipe {
        Recipe::Pretraining => Roles::Unnamed,
        Recipe::Finetuning => Roles::Named,
    }
}

fn of_open(error: &CaptionerError) -> Failure {
    let kind = match error {
        CaptionerError::Checkpoint(CheckpointError::Io { source, .. })
            if source.kind() != std::io::ErrorKind::NotFound =>
        {
            Kind::World
        }
        _ => Kind::Request,
    };
    let failure = Failure::from_error(kind, error);
    match error {
        CaptionerError::Checkpoint(_) | CaptionerError::Tokenizer(_) => {
            failure.hint("`pixmo models show DIR` says what lies there")
        }
        _ => failure,
    }
}
