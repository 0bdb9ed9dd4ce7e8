//! A model that is loaded and can be run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pixmo_engines::{EngineError, Model, ModelError, Picture};
use rten::{Dimension, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use crate::input;
use pixmo_engines::onnx::InputSettings;

/// Most threads for one picture.
const THREADS_MAX: usize = 256;

/// Why a model cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its file cannot be read, or is another one.
    #[error(transparent)]
    File(#[from] ModelError),
    /// The file is no model that can be run.
    #[error("`{}` is no ONNX model that can be run", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What the library that runs it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The settings say something that cannot be.
    #[error("the settings of the model `{}` cannot be used: {fault}", path.display())]
    Settings {
        /// The model's file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The model is not what the settings say.
    #[error("the settings do not fit the model")]
    Unfit(#[from] EngineError),
}

/// One output of a model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Output {
    /// Its dimensions.
    pub(crate) shape: Vec<usize>,
    /// Its numbers, the last dimension fastest.
    pub(crate) values: Vec<f32>,
}

/// A model in memory, with its own threads. It can be asked by several threads at a time.
pub(crate) struct Session {
    model: Model,
    onnx: rten::Model,
    input: NodeId,
    threads: Arc<ThreadPool>,
    wanted: InputSettings,
}

impl Session {
    /// Loads a model that takes one picture.
    pub(crate) fn open(
        path: &Path,
        sha256: Option<&str>,
        wanted: InputSettings,
        threads: usize,
    ) -> Result<Session, OpenError> {
        let wrong = |fault: String| OpenError::Settings { path: path.to_owned(), fault };
        if let Some(fault) = wanted.fault() {
            return Err(wrong(fault));
        }
        if !(1..=THREADS_MAX).contains(&threads) {
            return Err(wrong(format!("`threads` is {threads}, expected 1 to {THREADS_MAX}")));
        }
        let (model, content) = Model::read(path, sha256)?;
        let format = |source| OpenError::Format { path: path.to_owned(), source };
        let onnx = rten::Model::load(content).map_err(|error| format(Box::new(error)))?;
        let unfit = |found: String, expected: String| {
            OpenError::Unfit(EngineError::Unfit { model: model.name.clone(), found, expected })
        };
        let [input] = *onnx.input_ids() else {
            return Err(unfit(format!("it has {} inputs", onnx.input_ids().len()), "one picture".to_owned()));
        };
        let expected = [1, 3, wanted.height as usize, wanted.width as usize];
        let shape = onnx.node_info(input).and_then(|info| info.shape());
        if let Some(shape) = shape.filter(|shape| !fits(shape, &expected)) {
            return Err(unfit(format!("its input is {}", shown(&shape)), format!("{expected:?}")));
        }
        let threads = Arc::new(ThreadPool::with_num_threads(threads));
        Ok(Session { model, onnx, input, threads, wanted })
    }

    /// Which model it is.
    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// How a picture is shown to it.
    pub(crate) fn wanted(&self) -> &InputSettings {
        &self.wanted
    }

    /// All outputs for one picture, in the order of the model.
    pub(crate) fn run(&self, picture: &Picture<'_>) -> Result<Vec<Output>, EngineError> {
        let planes = input::planes(picture, &self.wanted);
        let shape = [1, 3, self.wanted.height as usize, self.wanted.width as usize];
        let tensor: NdTensor<f32, 4> = NdTensor::from_data(shape, planes);
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let failed = |source| EngineError::Run { model: self.model.name.clone(), source };
        let outputs = self
            .onnx
            .run(vec![(self.input, tensor.view().into())], self.onnx.output_ids(), Some(options))
            .map_err(|error| failed(Box::new(error)))?;
        outputs.into_iter().map(|output| self.numbers(output)).collect()
    }

    fn numbers(&self, output: Value) -> Result<Output, EngineError> {
        let nonsense = |found: &str| EngineError::Nonsense {
            model: self.model.name.clone(),
            found: found.to_owned(),
            expected: "finite real numbers".to_owned(),
        };
        let tensor = Tensor::<f32>::try_from(output).map_err(|_| nonsense("another kind of value"))?;
        let output = Output { shape: tensor.shape().to_vec(), values: tensor.to_vec() };
        if output.values.iter().any(|value| !value.is_finite()) {
            return Err(nonsense("a number that is not finite"));
        }
        Ok(output)
    }

    /// An error that says what the model answers and what was expected.
    pub(crate) fn unfit(&self, outputs: &[Output], expected: impl Into<String>) -> EngineError {
        let shapes: Vec<String> = outputs.iter().map(|output| format!("{:?}", output.shape)).collect();
        EngineError::Unfit {
            model: self.model.name.clone(),
            found: format!("it answers {}", shapes.join(", ")),
            expected: expected.into(),
        }
    }

    /// Runs the model once over a grey picture, to learn early whether its answer has the right form.
    pub(crate) fn rehearse(&self) -> Result<Vec<Output>, EngineError> {
        let pixels = [127; 3];
        let picture = Picture::new(&pixels, 1, 1).expect("three bytes are one pixel");
        self.run(&picture)
    }
}

fn fits(shape: &[Dimension], expected: &[usize]) -> bool {
    shape.len() == expected.len()
        && shape.iter().zip(expected).all(|(found, expected)| match found {
            Dimension::Fixed(size) => size == expected,
            Dimension::Symbolic(_) => true,
        })
}

fn shown(shape: &[Dimension]) -> String {
    let sizes: Vec<String> = shape
        .iter()
        .map(|size| match size {
            Dimension::Fixed(size) => size.to_string(),
            Dimension::Symbolic(name) => name.clone(),
        })
        .collect();
    format!("[{}]", sizes.join(", "))
}
