//! Why an engine gave no answer.

/// Why an engine gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The model is not what the engine was told it is: another form of input, another number of classes.
    #[error("the model `{model}` does not fit: {found}, expected {expected}")]
    Unfit {
        /// Which model.
        model: String,
        /// What the model has.
        found: String,
        /// What the engine was told, or can work with.
        expected: String,
    },
    /// The model could not be run to its end.
    #[error("cannot run the model `{model}`")]
    Run {
        /// Which model.
        model: String,
        /// What the library that runs it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The model answered with numbers that mean nothing, such as NaN.
    #[error("the model `{model}` answered {found}, expected {expected}")]
    Nonsense {
        /// Which model.
        model: String,
        /// What it answered.
        found: String,
        /// What an answer looks like.
        expected: String,
    },
}
