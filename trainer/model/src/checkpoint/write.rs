//! A checkpoint in the layout of the released ones.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use pixmo_burnkit::parameters;
use pixmo_burnkit::prelude::*;
use serde_json::{Map, Value, json};

use super::error::CheckpointError;
use super::released::PREFIX;
use super::source::io;
use crate::model::Molmo;

/// Size at which a further file is begun: that of the released ones.
pub const SHARD_BYTES: u64 = 5 << 30;

/// A parameter and the file it goes to.
struct Place {
    name: String,
    shape: Vec<usize>,
    shard: usize,
}

/// Writes a model as a new folder: `config.json`, the weights in 32-bit floats as `model.safetensors` or several files with
/// an index, and whatever stands in `beside` (such as `tokenizer.json`). The folder appears when all of it is on the disk. The
/// same model gives the same bytes. At no time more than one tensor is held beside the model.
///
/// # Errors
/// The folder is there already, or it cannot be written.
pub fn save(
    model: &Molmo,
    folder: &Path,
    beside: &[(&str, &[u8])],
    shard_bytes: u64,
) -> Result<(), CheckpointError> {
    if folder.exists() {
        return Err(CheckpointError::Exists { path: folder.to_owned() });
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|source| io("make", parent, source))?;
    let partial = tempfile::Builder::new()
        .prefix(".checkpoint-")
        .tempdir_in(parent)
        .map_err(|source| io("make a folder in", parent, source))?;
    write_weights(model, partial.path(), shard_bytes)?;
    let config = format!("{:#}\n", model.config().to_json());
    for (name, bytes) in [("config.json", config.as_bytes())].iter().chain(beside) {
        let path = partial.path().join(name);
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|source| io("write", &path, source))?;
    }
    let partial = partial.keep();
    fs::rename(&partial, folder).map_err(|source| {
        // What cannot be put in its place is not left beside it.
        let _ = fs::remove_dir_all(&partial);
        io("put in place", folder, source)
    })?;
    // So that the name of the folder is on the disk, too.
    let _ = File::open(parent).and_then(|parent| parent.sync_all());
    Ok(())
}

fn write_weights(model: &Molmo, folder: &Path, shard_bytes: u64) -> Result<(), CheckpointError> {
    let mut places: Vec<Place> = Vec::new();
    let (mut shard, mut in_shard) = (0, 0);
    for parameter in parameters::list(model) {
        let bytes = 4 * parameter.count();
        if in_shard > 0 && in_shard + bytes > shard_bytes {
            (shard, in_shard) = (shard + 1, 0);
        }
        in_shard += bytes;
        places.push(Place { name: format!("{PREFIX}{}", parameter.name), shape: parameter.shape, shard });
    }
    let count = shard + 1;
    let name_of = |shard: usize| match count {
        1 => "model.safetensors".to_owned(),
        _ => format!("model-{:05}-of-{count:05}.safetensors", shard + 1),
    };
    let mut open: Option<(usize, BufWriter<File>)> = None;
    let mut next = places.iter();
    parameters::each(model, |_, data| {
        let Some(place) = next.next() else { return Ok(()) };
        let path = folder.join(name_of(place.shard));
        let failed = |source| io("write", &path, source);
        if open.as_ref().is_none_or(|(shard, _)| *shard != place.shard) {
            close(open.take()).map_err(failed)?;
            let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
            file.write_all(&header(&places, place.shard)).map_err(failed)?;
            open = Some((place.shard, file));
        }
        let values = data.convert_dtype(DType::F32).try_into_vec::<f32>().unwrap_or_default();
        let Some((_, file)) = &mut open else { return Ok(()) };
        values.iter().try_for_each(|value| file.write_all(&value.to_le_bytes())).map_err(failed)
    })?;
    close(open.take()).map_err(|source| io("write", folder, source))?;
    if count > 1 {
        let map: Map<String, Value> =
            places.iter().map(|place| (place.name.clone(), json!(name_of(place.shard)))).collect();
        let bytes: u64 = places.iter().map(|place| 4 * elements(&place.shape)).sum();
        let index = json!({ "metadata": { "total_size": bytes }, "weight_map": map });
        let path = folder.join("model.safetensors.index.json");
        fs::write(&path, format!("{index:#}\n")).map_err(|source| io("write", &path, source))?;
    }
    Ok(())
}

fn close(open: Option<(usize, BufWriter<File>)>) -> std::io::Result<()> {
    match open {
        Some((_, file)) => file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all(),
        None => Ok(()),
    }
}

/// Length and list of the tensors of a file, in the order in which they follow; filled up to a multiple of 8 bytes.
fn header(places: &[Place], shard: usize) -> Vec<u8> {
    let mut list = Map::new();
    list.insert("__metadata__".to_owned(), json!({ "format": "pt" }));
    let mut begin = 0;
    for place in places.iter().filter(|place| place.shard == shard) {
        let end = begin + 4 * elements(&place.shape);
        let entry = json!({ "dtype": "F32", "shape": place.shape, "data_offsets": [begin, end] });
        list.insert(place.name.clone(), entry);
        begin = end;
    }
    let mut text = Value::Object(list).to_string().into_bytes();
    text.resize(text.len().next_multiple_of(8), b' ');
    let mut bytes = (text.len() as u64).to_le_bytes().to_vec();
    bytes.extend(text);
    bytes
}

fn elements(shape: &[usize]) -> u64 {
    shape.iter().map(|size| *size as u64).product()
}
