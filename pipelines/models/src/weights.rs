//! What `show` tells of checkpoints: where they come from, which of their files are here, and what the headers of their
//! weights say.

use std::path::Path;

use pixmo_console::{Console, Ending, Failure, Kind, wording};
use serde_json::{Value, json};

use crate::catalogue::digest_of;
use crate::checkpoints::{self, Checkpoint};
use crate::gather::of_lock;
use crate::headers::{HeaderError, Headers, Sums};
use crate::lock::Lock;
use crate::shelf::{Here, Shelf, sha256_of};

/// Shows a checkpoint of the list; files that are here are held to its lock.
pub(crate) fn checkpoint(
    one: &Checkpoint,
    shelf: &Shelf,
    with_tensors: bool,
    console: &Console,
) -> Result<Ending, Failure> {
    let shelf = Shelf::new(shelf.folder().join(one.name));
    let lock = Lock::read(shelf.folder()).map_err(|error| of_lock(&error))?;
    let mut files = Vec::new();
    let mut is_good = true;
    if let Some(lock) = &lock {
        console.say(format!("hashing what is here of {}", one.name));
        for (file, locked) in &lock.files {
            let (state, is_wrong) = state_of(&shelf, file, &locked.sha256)?;
            is_good &= !is_wrong;
            files.push((file, locked, state));
        }
    }
    let headers = headers(shelf.folder())?;
    if console.is_json() {
        let files: Vec<Value> = files
            .iter()
            .map(|(file, locked, state)| {
                json!({ "file": file, "bytes": locked.bytes, "sha256": locked.sha256, "state": state })
            })
            .collect();
        let mut object =
            json!({ "event": "checkpoint", "path": shelf.folder(), "lock": null, "files": files });
        object["model"] = json!(one);
        if let Some(lock) = &lock {
            object["lock"] = json!({ "revision": lock.revision, "trust": lock.trust, "bytes": lock.bytes() });
        }
        object["headers"] = headers.as_ref().map_or(Value::Null, |headers| told(headers, with_tensors));
        console.data_json(&object)?;
        return Ok(if is_good { Ending::Good } else { Ending::NotAllGood });
    }
    let parameters = one.parameters.map_or_else(|| "not counted here".to_owned(), wording::number);
    let mut lines = vec![
        format!("{}: {}", one.name, one.about),
        format!("  for         {}", one.what.name()),
        format!("  parameters  {parameters}"),
        format!("  licence     {}", one.licence),
        format!("  repository  {} at `{}`", one.repository, one.revision),
        format!("  folder      {}", shelf.folder().display()),
    ];
    match &lock {
        None => lines.push(
            "  hashes      none yet: `fetch` wants `--trust-on-first-use` or `--sha256-file`".to_owned(),
        ),
        Some(lock) => {
            lines.push(format!("  revision    {}", lock.revision));
            lines.push(format!("  hashes      {}", lock.trust.words()));
        }
    }
    for (file, locked, state) in &files {
        let size = locked.bytes.map_or_else(|| "?".to_owned(), wording::bytes);
        lines.push(format!("  {file}: {size}, {state}\n    {}", locked.sha256));
    }
    lines.extend(headers.iter().flat_map(|headers| lines_of(headers, with_tensors)));
    console.data_line(&lines.join("\n"))?;
    Ok(if is_good { Ending::Good } else { Ending::NotAllGood })
}

/// Shows the weights in a folder.
pub(crate) fn folder(path: &Path, with_tensors: bool, console: &Console) -> Result<Ending, Failure> {
    let headers = Headers::read(path).map_err(|error| of_headers(&error))?;
    if console.is_json() {
        console.data_json(
            &json!({ "event": "checkpoint", "path": path, "headers": told(&headers, with_tensors) }),
        )?;
        return Ok(Ending::Good);
    }
    let lines: Vec<String> =
        std::iter::once(path.display().to_string()).chain(lines_of(&headers, with_tensors)).collect();
    console.data_line(&lines.join("\n"))?;
    Ok(Ending::Good)
}

/// What is here of a file, and whether it is another one than the lock says.
fn state_of(shelf: &Shelf, file: &str, expected: &str) -> Result<(String, bool), Failure> {
    match shelf.here(file) {
        Here::No => Ok(("not here".to_owned(), false)),
        Here::Partly(bytes) => Ok((format!("{} have come so far", wording::bytes(bytes)), false)),
        Here::Yes(_) => {
            let path = shelf.path(file);
            let found = sha256_of(&path).map_err(|error| {
                Failure::world(format!("cannot read `{file}`")).cause(&error).at(path.display().to_string())
            })?;
            if Some(found) == digest_of(expected) {
                return Ok(("whole".to_owned(), false));
            }
            Ok((format!("another file than the lock names: its sha256 is `{}`", hex::encode(found)), true))
        }
    }
}

/// The headers of what is here, if there are weights.
fn headers(folder: &Path) -> Result<Option<Headers>, Failure> {
    let has_weights = std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_str().is_some_and(checkpoints::is_weights))
    });
    if !has_weights {
        return Ok(None);
    }
    Headers::read(folder).map(Some).map_err(|error| of_headers(&error))
}

fn of_headers(error: &HeaderError) -> Failure {
    let kind = match error {
        HeaderError::Disk { .. } => Kind::World,
        HeaderError::Form { .. } => Kind::Data,
        HeaderError::None { .. } => Kind::Request,
    };
    Failure::from_error(kind, error)
}

fn told(headers: &Headers, with_tensors: bool) -> Value {
    let mut object = json!({ "total": headers.total(), "parts": headers.parts(), "types": headers.dtypes() });
    if with_tensors {
        object["tensors"] = json!(headers.tensors);
    }
    object
}

fn lines_of(headers: &Headers, with_tensors: bool) -> Vec<String> {
    let in_words = |sums: &Sums| {
        format!(
            "{} parameters in {}, {}",
            wording::number(sums.parameters),
            wording::counted(sums.tensors, "tensor"),
            wording::bytes(sums.bytes)
        )
    };
    let parts = headers.parts();
    let widest = parts.keys().map(String::len).max().unwrap_or_default();
    let mut lines = vec![format!("  weights     {}", in_words(&headers.total()))];
    let types: Vec<String> = headers
        .dtypes()
        .iter()
        .map(|(dtype, sums)| format!("{dtype} ({})", wording::bytes(sums.bytes)))
        .collect();
    lines.push(format!("  types       {}", types.join(", ")));
    lines.extend(parts.iter().map(|(part, sums)| format!("    {part:<widest$}  {}", in_words(sums))));
    if with_tensors {
        lines.extend(headers.tensors.iter().map(|tensor| {
            let shape: Vec<String> = tensor.shape.iter().map(ToString::to_string).collect();
            format!("    {}  {} [{}]  {}", tensor.name, tensor.dtype, shape.join(", "), tensor.file)
        }));
    }
    lines
}
