//! What the headers of a checkpoint say: tensors, parameters, bytes and types, without reading the weights.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use safetensors::tensor::Metadata;

use crate::checkpoints;

/// No header is larger than this; the format's own limit.
const HEADER_BYTES_MAX: u64 = 100_000_000;

/// A file of weights has no header that can be used.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// The disk failed.
    #[error("cannot read `{}`", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// The header is no header.
    #[error("`{}` is no whole file of safetensors: {what}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What was found and what was expected.
        what: String,
    },
    /// There are no weights.
    #[error("no file `model….safetensors` lies in `{}`", path.display())]
    None {
        /// The folder.
        path: PathBuf,
    },
}

/// One tensor.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Tensor {
    /// Its name.
    pub name: String,
    /// The type of its numbers, as the format names it: `F32`, `BF16`.
    pub dtype: String,
    /// Its sides; the product is the number of parameters.
    pub shape: Vec<usize>,
    /// Bytes of it.
    pub bytes: u64,
    /// The file in which it lies.
    pub file: String,
}

impl Tensor {
    /// How many numbers it has.
    #[must_use]
    pub fn parameters(&self) -> u64 {
        self.shape.iter().map(|side| *side as u64).product()
    }

    /// The part of the model that it belongs to: its name up to the first number, without the last word, and of at most
    /// three words.
    #[must_use]
    pub fn part(&self) -> String {
        let words: Vec<&str> = self.name.split('.').collect();
        let before = words[..words.len() - 1].iter();
        let is_word = |word: &&&str| !word.bytes().all(|byte| byte.is_ascii_digit());
        let part: Vec<&str> = before.take_while(is_word).take(3).copied().collect();
        if part.is_empty() { self.name.clone() } else { part.join(".") }
    }
}

/// Sums over some tensors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sums {
    /// Number of tensors.
    pub tensors: u64,
    /// Numbers in them.
    pub parameters: u64,
    /// Bytes of them.
    pub bytes: u64,
}

impl Sums {
    fn add(&mut self, tensor: &Tensor) {
        self.tensors += 1;
        self.parameters += tensor.parameters();
        self.bytes += tensor.bytes;
    }
}

/// All tensors of a checkpoint, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// The tensors.
    pub tensors: Vec<Tensor>,
}

impl Headers {
    /// Reads the headers of all weights in a folder.
    ///
    /// # Errors
    /// There are none, or one is damaged, cut, or names a tensor that another has too.
    pub fn read(folder: &Path) -> Result<Headers, HeaderError> {
        let disk = |source| HeaderError::Disk { path: folder.to_owned(), source };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(disk)? {
            names.extend(entry.map_err(disk)?.file_name().into_string().ok());
        }
        let files = checkpoints::used(names.iter().map(String::as_str));
        let mut all: BTreeMap<String, Tensor> = BTreeMap::new();
        for file in files.into_iter().filter(|file| checkpoints::is_weights(file)) {
            let path = folder.join(file);
            for tensor in read_one(&path, file)? {
                if let Some(other) = all.get(&tensor.name) {
                    let what = format!("`{}` stands in `{}` too", tensor.name, other.file);
                    return Err(HeaderError::Form { path, what });
                }
                all.insert(tensor.name.clone(), tensor);
            }
        }
        if all.is_empty() {
            return Err(HeaderError::None { path: folder.to_owned() });
        }
        Ok(Headers { tensors: all.into_values().collect() })
    }

    /// Sums over all of it.
    #[must_use]
    pub fn total(&self) -> Sums {
        self.tensors.iter().fold(Sums::default(), |mut sums, tensor| {
            sums.add(tensor);
            sums
        })
    }

    /// Sums for each part of the model, by name.
    #[must_use]
    pub fn parts(&self) -> BTreeMap<String, Sums> {
        self.by(Tensor::part)
    }

    /// Sums for each type of numbers.
    #[must_use]
    pub fn dtypes(&self) -> BTreeMap<String, Sums> {
        self.by(|tensor| tensor.dtype.clone())
    }

    fn by(&self, of: impl Fn(&Tensor) -> String) -> BTreeMap<String, Sums> {
        let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
        for tensor in &self.tensors {
            sums.entry(of(tensor)).or_default().add(tensor);
        }
        sums
    }
}

fn read_one(path: &Path, name: &str) -> Result<Vec<Tensor>, HeaderError> {
    let disk = |source| HeaderError::Disk { path: path.to_owned(), source };
    let form = |what: String| HeaderError::Form { path: path.to_owned(), what };
    let mut file = File::open(path).map_err(disk)?;
    let bytes = file.metadata().map_err(disk)?.len();
    let mut length = [0; 8];
    if bytes < length.len() as u64 {
        return Err(form(format!("it has {bytes} bytes, and its header begins with the 8 of its length")));
    }
    file.read_exact(&mut length).map_err(disk)?;
    let length = u64::from_le_bytes(length);
    if length > HEADER_BYTES_MAX.min(bytes - 8) {
        return Err(form(format!("its header claims {length} bytes, and the file has {bytes}")));
    }
    let mut header = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
    file.read_exact(&mut header).map_err(disk)?;
    let header: Metadata = serde_json::from_slice(&header).map_err(|error| form(error.to_string()))?;
    let expected = 8 + length + header.data_len() as u64;
    if expected != bytes {
        return Err(form(format!("its header tells of {expected} bytes, and the file has {bytes}")));
    }
    let mut tensors: Vec<Tensor> = header
        .tensors()
        .into_iter()
        .map(|(tensor, info)| Tensor {
            name: tensor,
            dtype: info.dtype.to_string(),
            shape: info.shape.clone(),
            bytes: (info.data_offsets.1 - info.data_offsets.0) as u64,
            file: name.to_owned(),
        })
        .collect();
    tensors.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(tensors)
}
