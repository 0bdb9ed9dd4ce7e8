//! What the weights of a model are, and what they were trained on: so that whoever uses its words can say where they
//! come from.
//!
//! What the weights are is measured: names, sizes and hashes of the files that the model is opened from. What they were
//! trained on is stated, in a `lineage.json` beside them that the training writes; without one it is `unknown`, and nothing
//! is guessed.

use std::path::{Path, PathBuf};

use pixmo_console::{Failure, Kind};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The file beside the weights that says what they were trained on.
pub const FILE: &str = "lineage.json";
/// The form of that file that is read here.
const VERSION: u32 = 1;
/// Nothing that it states needs more bytes.
const STATED_BYTES_MAX: u64 = 8 << 20;
/// Datasets of this suite of which every word was said by people who looked at the picture.
const SPOKEN: &[&str] = &["cap"];

/// How a model was trained, which decides in which words it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Recipe {
    /// On captions alone: it knows `long_caption 65:`.
    Pretraining,
    /// On questions of people too: it knows `User: … Assistant:`.
    Finetuning,
}

/// A dataset that a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainedOn {
    /// Its name: `cap`.
    pub dataset: String,
    /// SHA-256 of the manifest of its shards, in hexadecimal.
    pub manifest_sha256: Option<String>,
    /// Rows that were used.
    pub rows: Option<u64>,
}

/// A model that training began with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BeganWith {
    /// What it is called.
    pub name: String,
    /// The revision of its repository.
    pub revision: Option<String>,
    /// One hash over its files, as [`Lineage::weights_sha256`] is.
    pub weights_sha256: Option<String>,
}

/// What `lineage.json` states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stated {
    /// The form of the file.
    pub version: u32,
    /// How the model was trained.
    pub recipe: Option<Recipe>,
    /// What it was trained on.
    pub trained_on: Vec<TrainedOn>,
    /// What training began with.
    #[serde(default)]
    pub began_with: Vec<BeganWith>,
    /// The program that trained it, with its version.
    #[serde(default)]
    pub code: Option<String>,
}

/// A file that a model is opened from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeightsFile {
    /// Its name.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What the weights are, and what they were trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lineage {
    /// The files, by name.
    pub files: Vec<WeightsFile>,
    /// One hash over them: SHA-256 of the lines that `sha256sum` writes for them, in this order.
    pub weights_sha256: String,
    /// Whether it is known what they were trained on: `stated`, or `unknown`.
    pub training: &'static str,
    /// Whether what is stated says that every text it learnt from was spoken by people who looked at the picture, and no
    /// model wrote any; `null` where it is unknown.
    pub spoken_captions_only: Option<bool>,
    /// What is stated.
    pub stated: Option<Stated>,
    /// The program that says so.
    pub said_by: String,
}

/// There is no lineage.
#[derive(Debug, thiserror::Error)]
pub enum LineageError {
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// What is stated cannot be understood.
    #[error("`{}` does not state a lineage: {what}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What was found and what was expected.
        what: String,
    },
    /// There are no weights.
    #[error("no file `*.safetensors` lies in `{}`", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
}

/// What a `lineage.json` in a folder states, if there is one.
///
/// # Errors
/// It cannot be read, or has another form.
pub fn stated(folder: &Path) -> Result<Option<Stated>, LineageError> {
    let path = folder.join(FILE);
    let form = |what: String| LineageError::Form { path: path.clone(), what };
    match std::fs::metadata(&path) {
        Ok(meta) if meta.len() > STATED_BYTES_MAX => {
            return Err(form(format!("it has {} bytes, at most {STATED_BYTES_MAX} are read", meta.len())));
        }
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(LineageError::Disk { path, source }),
    }
    let bytes = std::fs::read(&path).map_err(|source| LineageError::Disk { path: path.clone(), source })?;
    let stated: Stated = serde_json::from_slice(&bytes).map_err(|error| form(error.to_string()))?;
    if stated.version != VERSION {
        return Err(form(format!("it has the form {}, and this program reads {VERSION}", stated.version)));
    }
    Ok(Some(stated))
}

/// Hashes the files of a model and reads what is stated of them. It reads every byte of the weights.
///
/// # Errors
/// A file cannot be read, there are no weights, or what is stated has another form.
pub fn of(folder: &Path) -> Result<Lineage, LineageError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |source| LineageError::Disk { path, source }
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(disk(folder))? {
        let name = entry.map_err(disk(folder))?.file_name().into_string();
        names.extend(name.ok().filter(|name| is_of_model(name)));
    }
    names.sort_unstable();
    if !names.iter().any(|name| name.ends_with(".safetensors")) {
        return Err(LineageError::None { path: folder.to_owned() });
    }
    let mut files = Vec::with_capacity(names.len());
    let mut all = Sha256::new();
    for name in names {
        let path = folder.join(&name);
        let mut file = std::fs::File::open(&path).map_err(disk(&path))?;
        let mut hasher = Sha256::new();
        let bytes = std::io::copy(&mut file, &mut hasher).map_err(disk(&path))?;
        let sha256 = hex::encode(hasher.finalize());
        all.update(format!("{sha256}  {name}\n").as_bytes());
        files.push(WeightsFile { file: name, bytes, sha256 });
    }
    let stated = stated(folder)?;
    let spoken = stated.as_ref().map(|stated| {
        !stated.trained_on.is_empty()
            && stated.trained_on.iter().all(|one| SPOKEN.contains(&one.dataset.as_str()))
    });
    Ok(Lineage {
        files,
        weights_sha256: hex::encode(all.finalize()),
        training: if stated.is_some() { "stated" } else { "unknown" },
        spoken_captions_only: spoken,
        stated,
        said_by: format!("pixmo-captioner {}", env!("CARGO_PKG_VERSION")),
    })
}

/// The files that decide what a model says.
fn is_of_model(name: &str) -> bool {
    name.ends_with(".safetensors")
        || matches!(
            name,
            "config.json"
                | "model.safetensors.index.json"
                | "preprocessor_config.json"
                | "tokenizer.json"
                | FILE
        )
}

/// The failure of a command.
#[must_use]
pub fn failure(error: &LineageError) -> Failure {
    let kind = match error {
        LineageError::Disk { .. } => Kind::World,
        LineageError::Form { .. } | LineageError::None { .. } => Kind::Request,
    };
    Failure::from_error(kind, error)
}
