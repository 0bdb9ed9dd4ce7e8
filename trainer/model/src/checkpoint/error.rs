//! Why weights cannot be read or written.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why weights cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// A file cannot be reached.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What happened.
        #[source]
        source: io::Error,
    },
    /// There are no weights.
    #[error("{} has no `*.safetensors`; take the folder that a model was published as", path.display())]
    None {
        /// Where they were looked for.
        path: PathBuf,
    },
    /// A file is no safetensors file, or not a whole one.
    #[error("{} is no whole safetensors file: {fault}; fetch it again", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// An index names files or tensors that are not there.
    #[error("{} does not fit the files beside it: {fault}", path.display())]
    Index {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// A `config.json` cannot be used.
    #[error("{} is not the configuration of a Molmo", path.display())]
    Config {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: crate::config::ConfigError,
    },
    /// Tensors are missing, too many, or of another shape. Nothing was loaded.
    #[error("the weights in {path} are not those of this model, and nothing was loaded:{misfit}")]
    Misfit {
        /// Where they lie.
        path: String,
        /// All that does not fit.
        misfit: Misfit,
    },
    /// There is something where a checkpoint is to be written.
    #[error("{} is there already; choose another folder, or remove it", path.display())]
    Exists {
        /// Where.
        path: PathBuf,
    },
}

/// All that does not fit between weights and a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misfit {
    /// Names that the model needs and the files do not have.
    pub missing: Vec<String>,
    /// Names that the files have and the model does not know.
    pub extra: Vec<String>,
    /// Names, shapes in the files, and shapes of the model.
    pub misshapen: Vec<(String, Vec<usize>, Vec<usize>)>,
    /// Names and types that are not floats.
    pub untyped: Vec<(String, String)>,
}

impl Misfit {
    /// Whether everything fits.
    pub fn is_empty(&self) -> bool {
        self == &Misfit::default()
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |formatter: &mut fmt::Formatter<'_>, what: &str, lines: Vec<String>| match lines.len() {
            0 => Ok(()),
            count => write!(formatter, "\n  {count} {what}: {}", lines.join(", ")),
        };
        list(formatter, "missing", self.missing.clone())?;
        list(formatter, "unknown", self.extra.clone())?;
        let misshapen = self.misshapen.iter();
        let misshapen =
            misshapen.map(|(name, found, expected)| format!("{name} is {found:?}, expected {expected:?}"));
        list(formatter, "of another shape", misshapen.collect())?;
        let untyped = self.untyped.iter().map(|(name, found)| format!("{name} is {found}"));
        list(formatter, "not of 32-bit or 16-bit floats", untyped.collect())
    }
}
