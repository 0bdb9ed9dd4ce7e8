//! Transcripts in a folder: `ab/abcdef….<model>.json`, named by the hashes of the recording and of the model. They are
//! whole or not there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_engines::Model;
use pixmo_engines::speech::Parameters;

use super::transcript::TakeTranscript;

/// Digits of the hash of the model that stand in a name.
const MODEL_DIGITS: usize = 12;

/// Where the transcript of a recording lies.
pub(crate) fn path_of(folder: &Path, sha256: &str, model: &Model) -> PathBuf {
    let shelf = sha256.get(..2).unwrap_or("00");
    let model = model.sha256.get(..MODEL_DIGITS).unwrap_or(&model.sha256);
    folder.join(shelf).join(format!("{sha256}.{model}.json"))
}

/// The transcript that an earlier run left, if it is of the same recording, model and parameters.
pub(crate) fn read(
    path: &Path,
    sha256: &str,
    model: &Model,
    parameters: &Parameters,
) -> Option<TakeTranscript> {
    let text = fs::read_to_string(path).ok()?;
    let kept: TakeTranscript = serde_json::from_str(&text).ok()?;
    let is_same = kept.sha256 == sha256 && kept.model == *model && kept.parameters == *parameters;
    is_same.then_some(kept)
}

/// Keeps a transcript; how many bytes it takes.
pub(crate) fn write(path: &Path, transcript: &TakeTranscript) -> Result<u64, Failure> {
    let failed = |error: std::io::Error| {
        Failure::world("cannot keep a transcript").cause(&error).at(path.display().to_string())
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut line = serde_json::to_vec(transcript)
        .map_err(|error| Failure::bug("a transcript has no form as JSON").cause(&error))?;
    line.push(b'\n');
    // Two workers may have the same recording under two names.
    let temp = path.with_extension(format!("{:?}.tmp", std::thread::current().id()).replace(['(', ')'], ""));
    let mut file = fs::File::create(&temp).map_err(failed)?;
    file.write_all(&line).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    fs::rename(&temp, path).map_err(failed)?;
    Ok(line.len() as u64)
}
