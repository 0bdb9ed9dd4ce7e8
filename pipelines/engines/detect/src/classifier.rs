//! A classifier in ONNX form.

use std::fmt;

use pixmo_engines::{Classifier, EngineError, Model, Picture, Score};

use crate::session::{OpenError, Output, Session};
use pixmo_engines::onnx::{ClassifierSettings, Scores};

/// A classifier in ONNX form, loaded once and asked by any number of threads.
pub struct OnnxClassifier {
    session: Session,
    labels: Vec<String>,
    scores: Scores,
}

impl OnnxClassifier {
    /// Loads the model, and asks it about a grey picture to learn whether its answer has the form that the settings say.
    ///
    /// # Errors
    /// When the file cannot be read or is another one, is no model, or does not fit the settings.
    pub fn open(settings: &ClassifierSettings) -> Result<OnnxClassifier, OpenError> {
        if settings.labels.is_empty() {
            let fault = "`labels` is empty, expected the classes of the model".to_owned();
            return Err(OpenError::Settings { path: settings.model.clone(), fault });
        }
        let session = Session::open(
            &settings.model,
            settings.sha256.as_deref(),
            settings.input.clone(),
            settings.threads,
        )?;
        let classifier = OnnxClassifier { session, labels: settings.labels.clone(), scores: settings.scores };
        let outputs = classifier.session.rehearse()?;
        classifier.read(&outputs)?;
        Ok(classifier)
    }

    fn read(&self, outputs: &[Output]) -> Result<Vec<Score>, EngineError> {
        let classes = self.labels.len();
        let values = match outputs {
            [Output { shape, values }] if **shape == [1, classes] => values,
            _ => return Err(self.session.unfit(outputs, format!("one output [1, {classes}]"))),
        };
        let scores = match self.scores {
            Scores::Ready => values.clone(),
            Scores::Softmax => softmax(values),
            Scores::Sigmoid => values.iter().map(|value| 1.0 / (1.0 + libm::expf(-value))).collect(),
        };
        if let Some(score) = scores.iter().find(|score| !(-1e-3..=1.001).contains(*score)) {
            return Err(EngineError::Nonsense {
                model: self.session.model().name.clone(),
                found: format!("a score of {score}"),
                expected: "0 to 1; `scores` in its settings says how its numbers become scores".to_owned(),
            });
        }
        let named = self.labels.iter().zip(scores);
        Ok(named.map(|(label, score)| Score { label: label.clone(), score: score.clamp(0.0, 1.0) }).collect())
    }
}

/// Shares of one that stand to each other as the exponentials of the logits.
fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = logits.iter().map(|logit| libm::expf(logit - highest)).collect();
    let sum: f32 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

impl Classifier for OnnxClassifier {
    fn model(&self) -> &Model {
        self.session.model()
    }

    fn labels(&self) -> &[String] {
        &self.labels
    }

    fn classify(&self, picture: &Picture<'_>) -> Result<Vec<Score>, EngineError> {
        let outputs = self.session.run(picture)?;
        self.read(&outputs)
    }
}

impl fmt::Debug for OnnxClassifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnnxClassifier").field("model", self.session.model()).finish_non_exhaustive()
    }
}
