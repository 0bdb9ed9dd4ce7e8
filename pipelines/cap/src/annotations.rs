//! The accepted takes of a campaign, by image. What is kept in memory of each is where its line stands.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use pixmo_schemas::annotation::TakeAnnotation;
use sha2::Digest;

use crate::fault::InputError;

/// The longest line.
const LINE_BYTES_MAX: u64 = 8 << 20;
/// What a line is expected to be.
const WHAT: &str = "take annotation";

/// All takes of a campaign.
#[derive(Debug)]
pub struct Annotations {
    files: Vec<(PathBuf, Mutex<File>)>,
    takes: Vec<Place>,
    images: Vec<Vec<u32>>,
    sha256: String,
}

/// Where the line of a take stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    offset: u64,
    bytes: u32,
    line: u64,
}

impl Annotations {
    /// Reads a folder of JSON lines, files in the order of their names. Of several lines about one take the last one holds,
    /// because exports are only ever added to. Images come in the order in which they are first spoken about.
    ///
    /// # Errors
    /// When a file cannot be read, a line is no take annotation, or there is none at all.
    pub fn read(folder: &Path) -> Result<Annotations, InputError> {
        let mut annotations =
            Annotations { files: Vec::new(), takes: Vec::new(), images: Vec::new(), sha256: String::new() };
        let mut by_take: HashMap<[u8; 16], u32> = HashMap::new();
        let mut by_image: HashMap<[u8; 32], u32> = HashMap::new();
        let mut hasher = sha2::Sha256::new();
        for path in json_lines_in(folder)? {
            let file = File::open(&path).map_err(|error| InputError::read(&path, error))?;
            let number = annotations.files.len() as u32;
            let again = file.try_clone().map_err(|error| InputError::read(&path, error))?;
            annotations.files.push((path.clone(), Mutex::new(again)));
            each_line(&path, file, |line, offset, text| {
                hasher.update(text);
                hasher.update(b"\n");
                let take = parse(&path, line, text)?;
                let place = Place { file: number, offset, bytes: text.len() as u32, line };
                let key = short_hash(take.take.as_bytes());
                if let Some(earlier) = by_take.get(&key) {
                    annotations.takes[*earlier as usize] = place;
                    return Ok(());
                }
                let index = annotations.takes.len() as u32;
                by_take.insert(key, index);
                annotations.takes.push(place);
                let image = *by_image.entry(*take.image.sha256.as_bytes()).or_insert_with(|| {
                    annotations.images.push(Vec::new());
                    annotations.images.len() as u32 - 1
                });
                annotations.images[image as usize].push(index);
                Ok(())
            })?;
        }
        if annotations.takes.is_empty() {
            return Err(InputError::Nothing { path: folder.to_owned() });
        }
        annotations.sha256 = hex::encode(hasher.finalize());
        Ok(annotations)
    }

    /// SHA-256 over all lines.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// How many takes there are.
    #[must_use]
    pub fn takes(&self) -> usize {
        self.takes.len()
    }

    /// How many images there are.
    #[must_use]
    pub fn images(&self) -> usize {
        self.images.len()
    }

    /// The takes of an image, by number.
    #[must_use]
    pub fn of_image(&self, image: usize) -> &[u32] {
        self.images.get(image).map_or(&[], Vec::as_slice)
    }

    /// A take by its number.
    ///
    /// # Errors
    /// When the file cannot be read any more, or was changed.
    pub fn take(&self, number: u32) -> Result<TakeAnnotation, InputError> {
        let place = self.takes[number as usize];
        let (path, file) = &self.files[place.file as usize];
        let mut text = vec![0; place.bytes as usize];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let read = file.seek(SeekFrom::Start(place.offset)).and_then(|_| file.read_exact(&mut text));
        drop(file);
        read.map_err(|error| InputError::read(path, error))?;
        parse(path, place.line, &text)
    }
}

fn parse(path: &Path, line: u64, text: &[u8]) -> Result<TakeAnnotation, InputError> {
    let take: TakeAnnotation = serde_json::from_slice(text)
        .map_err(|error| InputError::line(path, line, WHAT, error.to_string()))?;
    match take.fault() {
        None => Ok(take),
        Some((field, found, expected)) => {
            Err(InputError::line(path, line, WHAT, format!("`{field}` is `{found}`, expected {expected}")))
        }
    }
}

/// The files of JSON lines in a folder, in the order of their names.
fn json_lines_in(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let listing = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(InputError::Nothing { path: folder.to_owned() });
        }
        listing => listing.map_err(|error| InputError::read(folder, error))?,
    };
    let mut paths = Vec::new();
    for entry in listing {
        let path = entry.map_err(|error| InputError::read(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Calls `see` for each line that is not blank, with its number from 1 and its offset in the file.
pub(crate) fn each_line(
    path: &Path,
    file: File,
    mut see: impl FnMut(u64, u64, &[u8]) -> Result<(), InputError>,
) -> Result<(), InputError> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut line, mut offset, mut text) = (0u64, 0u64, Vec::new());
    loop {
        text.clear();
        let read = (&mut reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut text);
        let read = read.map_err(|error| InputError::read(path, error))? as u64;
        if read == 0 {
            return Ok(());
        }
        line += 1;
        if read == LINE_BYTES_MAX && text.last() != Some(&b'\n') {
            return Err(InputError::line(
                path,
                line,
                WHAT,
                format!("it is longer than {LINE_BYTES_MAX} bytes"),
            ));
        }
        let content = text.trim_ascii_end();
        if !content.is_empty() {
            see(line, offset, content)?;
        }
        offset += read;
    }
}

/// A file of JSON lines of one type, which may be missing.
pub(crate) fn read_lines<T: serde::de::DeserializeOwned>(
    path: &Path,
    what: &'static str,
    mut see: impl FnMut(T) -> Result<(), String>,
) -> Result<(), InputError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        file => file.map_err(|error| InputError::read(path, error))?,
    };
    each_line(path, file, |line, _, text| {
        let value = serde_json::from_slice::<T>(text).map_err(|error| error.to_string());
        value.and_then(&mut see).map_err(|why| InputError::line(path, line, what, why))
    })
}

/// Takes that were erased, by name.
///
/// # Errors
/// When the file is there and cannot be read, or a line names no take.
pub fn erased(path: &Path) -> Result<BTreeMap<String, ()>, InputError> {
    #[derive(serde::Deserialize)]
    struct Erased {
        take: String,
    }
    let mut takes = BTreeMap::new();
    read_lines(path, "tombstone with a `take`", |erased: Erased| {
        takes.insert(erased.take, ());
        Ok(())
    })?;
    Ok(takes)
}

fn short_hash(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    short
}
