//! What kind of picture is it?

use crate::error::EngineError;
use crate::model::Model;
use crate::picture::Picture;

/// Says of a whole picture how much of each class it is.
pub trait Classifier: Send + Sync {
    /// Which model answers.
    fn model(&self) -> &Model;

    /// The classes it can tell, in the order of the model.
    fn labels(&self) -> &[String];

    /// The score of every class, in the order of [`Classifier::labels`].
    ///
    /// # Errors
    /// As [`EngineError`] says; nothing is kept of a failed question.
    fn classify(&self, picture: &Picture<'_>) -> Result<Vec<Score>, EngineError>;
}

/// How much of one class a picture is.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The class.
    pub label: String,
    /// 0 to 1.
    pub score: f32,
}
