//! The tensors of a folder or a file, found by name, read one by one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use safetensors::tensor::{Dtype, TensorInfo};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::CheckpointError;

/// Largest header that is read; those of the largest released model have less than a hundredth of it.
const HEADER_BYTES_MAX: u64 = 100 << 20;

/// Bytes that are read at once.
const PIECE_BYTES: usize = 1 << 20;

/// Tensors in files.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    files: Vec<(PathBuf, File)>,
    tensors: BTreeMap<String, Entry>,
}

/// Where a tensor lies.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) dtype: Dtype,
    pub(crate) shape: Vec<usize>,
    file: usize,
    begin: u64,
    bytes: usize,
}

impl Source {
    /// Opens a safetensors file, or a folder: the files that its index names, or all that it has. Only headers are read.
    ///
    /// # Errors
    /// A file is missing or not a whole one, or two files have the same tensor.
    pub fn open(path: &Path) -> Result<Source, CheckpointError> {
        let mut source = Source { path: path.to_owned(), files: Vec::new(), tensors: BTreeMap::new() };
        if !path.is_dir() {
            source.add(path)?;
            return Ok(source);
        }
        let index = path.join("model.safetensors.index.json");
        if index.is_file() {
            source.add_indexed(&index)?;
            return Ok(source);
        }
        let mut found: Vec<PathBuf> = fs::read_dir(path)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
            .map_err(|source| io("list", path, source))?;
        found.retain(|path| path.extension().is_some_and(|extension| extension == "safetensors"));
        found.sort();
        if found.is_empty() {
            return Err(CheckpointError::None { path: path.to_owned() });
        }
        found.iter().try_for_each(|path| source.add(path))?;
        Ok(source)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The files that are read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    /// Names, types and shapes of all tensors, by name.
    pub fn tensors(&self) -> impl Iterator<Item = (&str, Dtype, &[usize])> {
        self.tensors.iter().map(|(name, entry)| (name.as_str(), entry.dtype, entry.shape.as_slice()))
    }

    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.tensors.get(name)
    }

    /// The values of a tensor as 32-bit floats.
    ///
    /// # Errors
    /// There is no such tensor of floats, or the file cannot be read.
    pub fn values(&self, name: &str) -> Result<Vec<f32>, CheckpointError> {
        let Some(entry) = self.tensors.get(name) else {
            let fault = format!("there is no tensor `{name}`");
            return Err(CheckpointError::File { path: self.path.clone(), fault });
        };
        let (path, file) = &self.files[entry.file];
        let each = entry.dtype.bitsize() / 8;
        let mut values = Vec::with_capacity(entry.bytes / each.max(1));
        let mut file = file;
        file.seek(SeekFrom::Start(entry.begin)).map_err(|source| io("read", path, source))?;
        // Piece by piece, so that a tensor is not held twice.
        let mut buffer = vec![0; PIECE_BYTES.min(entry.bytes)];
        let mut left = entry.bytes;
        while left > 0 {
            let piece = &mut buffer[..left.min(PIECE_BYTES)];
            file.read_exact(piece).map_err(|source| io("read", path, source))?;
            left -= piece.len();
            match entry.dtype {
                Dtype::F32 => values.extend(piece.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four))),
                Dtype::BF16 => {
                    values.extend(piece.as_chunks().0.iter().map(|two| bf16::from_le_bytes(*two).to_f32()));
                }
                Dtype::F16 => {
                    values.extend(piece.as_chunks().0.iter().map(|two| f16::from_le_bytes(*two).to_f32()));
                }
                other => {
                    let fault = format!("`{name}` is of {other:?}, not of 32-bit or 16-bit floats");
                    return Err(CheckpointError::File { path: path.clone(), fault });
                }
            }
        }
        Ok(values)
    }

    fn add_indexed(&mut self, index: &Path) -> Result<(), CheckpointError> {
        let fault = |fault: String| CheckpointError::Index { path: index.to_owned(), fault };
        let bytes = fs::read(index).map_err(|source| io("read", index, source))?;
        let value: Value =
            serde_json::from_slice(&bytes).map_err(|error| fault(format!("it is no JSON ({error})")))?;
        let map =
            value["weight_map"].as_object().ok_or_else(|| fault("it has no `weight_map`".to_owned()))?;
        let mut files: Vec<&str> = map.values().filter_map(Value::as_str).collect();
        files.sort_unstable();
        files.dedup();
        for file in &files {
            // A name is a name, not a way to another folder.
            if Path::new(file).file_name().is_none_or(|name| name != *file) {
                return Err(fault(format!("`{file}` is not the name of a file beside it")));
            }
            let path = index.with_file_name(file);
            if !path.is_file() {
                return Err(fault(format!("`{file}` is not there")));
            }
            self.add(&path)?;
        }
        let absent: Vec<&str> =
            map.keys().filter(|name| !self.tensors.contains_key(*name)).map(String::as_str).collect();
        if absent.is_empty() { Ok(()) } else { Err(fault(format!("no file has {}", absent.join(", ")))) }
    }

    fn add(&mut self, path: &Path) -> Result<(), CheckpointError> {
        let fault = |fault: String| CheckpointError::File { path: path.to_owned(), fault };
        let mut file = File::open(path).map_err(|source| io("open", path, source))?;
        let size = file.metadata().map_err(|source| io("look at", path, source))?.len();
        let mut length = [0; 8];
        if size < 8 {
            return Err(fault(format!("it has {size} bytes")));
        }
        file.read_exact(&mut length).map_err(|source| io("read", path, source))?;
        let length = u64::from_le_bytes(length);
        if length > HEADER_BYTES_MAX || length > size - 8 {
            return Err(fault(format!("its header has {length} bytes, and the file {size}")));
        }
        let mut header = vec![0; length as usize];
        file.read_exact(&mut header).map_err(|source| io("read", path, source))?;
        let header: Map<String, Value> = serde_json::from_slice(&header)
            .map_err(|error| fault(format!("its header is no list of tensors ({error})")))?;
        let mut tensors = Vec::with_capacity(header.len());
        for (name, value) in header.into_iter().filter(|(name, _)| name != "__metadata__") {
            let info = TensorInfo::deserialize(value)
                .map_err(|error| fault(format!("what its header says of `{name}` is no tensor ({error})")))?;
            tensors.push((name, info));
        }
        tensors.sort_by_key(|(_, info)| info.data_offsets);
        let begin = 8 + length;
        let mut expected = 0;
        for (name, info) in tensors {
            let (from, to) = info.data_offsets;
            let bytes = info
                .shape
                .iter()
                .try_fold(info.dtype.bitsize(), |bits, size| bits.checked_mul(*size))
                .filter(|bits| bits.is_multiple_of(8))
                .map(|bits| bits / 8);
            if from != expected || to < from || bytes != Some(to - from) {
                return Err(fault(format!(
                    "`{name}` of {:?} as {:?} is said to lie at bytes {from} to {to}, expected to begin at {expected}",
                    info.shape, info.dtype
                )));
            }
            expected = to;
            let entry = Entry {
                dtype: info.dtype,
                shape: info.shape.clone(),
                file: self.files.len(),
                begin: begin + from as u64,
                bytes: to - from,
            };
            if let Some(other) = self.tensors.insert(name.clone(), entry) {
                let other = self.files.get(other.file).map(|(path, _)| path.display().to_string());
                return Err(fault(format!("it has `{name}`, as does {}", other.unwrap_or_default())));
            }
        }
        if begin + expected as u64 != size {
            return Err(fault(format!(
                "it has {size} bytes, and its header tells of {}",
                begin + expected as u64
            )));
        }
        self.files.push((path.to_owned(), file));
        Ok(())
    }
}

pub(super) fn io(action: &'static str, path: &Path, source: std::io::Error) -> CheckpointError {
    CheckpointError::Io { action, path: path.to_owned(), source }
}
