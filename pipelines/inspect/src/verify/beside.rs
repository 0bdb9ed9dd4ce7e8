//! What is known beside a dataset of answers: who was erased, and which images other datasets of the data folder learn from
//! or measure with.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use pixmo_console::Failure;
use pixmo_schemas::annotation_points::Tombstone;
use pixmo_schemas::{Dataset, Sha256};
use pixmo_shards::{DatasetFolder, ReadError, Split};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::failures;
use crate::place::Place;
use crate::tables::main_of;
use crate::verify::VerifyArgs;
use crate::verify::splits::{BY_HASH, ByHash, columns_of};

/// The datasets that are made of answers.
const OF_ANSWERS: [Dataset; 3] = [Dataset::Points, Dataset::Count, Dataset::PointsEval];
/// The folders of answers.
const KINDS: [&str; 4] = ["points", "not-present", "verify-points", "verify-count"];

/// What is known beside a dataset; nothing for those that are not made of answers.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// Answers that were taken back or erased, and why.
    erased: BTreeMap<String, String>,
    /// Who gave answers that were erased, as far as the answers are still there.
    people: BTreeSet<String>,
    /// Half of the hash of each image of other datasets, and one of them: that learns from it, and that measures with it.
    trained: BTreeMap<[u8; 16], Dataset>,
    measured: BTreeMap<[u8; 16], Dataset>,
}

/// What is read of a line of answers.
#[derive(Deserialize)]
struct Line {
    work: WhoseWork,
}

#[derive(Deserialize)]
struct WhoseWork {
    assignment: String,
    person: String,
}

impl Beside {
    /// Reads what is there: answers where a folder of them is known, and the finished datasets of the data folder if this
    /// one is looked for there.
    ///
    /// # Errors
    /// When something is there and cannot be read.
    pub(crate) fn read(args: &VerifyArgs, place: &Place) -> Result<Beside, Failure> {
        let mut beside = Beside::default();
        let dataset = place.dataset(&place.survey()?)?;
        if !OF_ANSWERS.contains(&dataset) {
            return Ok(beside);
        }
        if let Some(folder) = args.place.annotations(args.annotations.as_deref(), place) {
            beside.read_erased(&folder)?;
        }
        if args.place.is_beside(place) {
            for other in Dataset::PUBLISHED.into_iter().filter(|other| *other != dataset) {
                match DatasetFolder::open(args.place.place_of(other)?.location().clone()) {
                    Ok(folder) => beside.read_images(other, &folder)?,
                    Err(ReadError::NoManifest { .. }) => {}
                    Err(error) => return Err(failures::of_reading(error)),
                }
            }
        }
        Ok(beside)
    }

    fn read_erased(&mut self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join("erased.jsonl");
        each_line(&path, |line: Tombstone| drop(self.erased.insert(line.take, line.why)))?;
        if self.erased.is_empty() {
            return Ok(());
        }
        let mut files: Vec<PathBuf> = Vec::new();
        for kind in KINDS {
            let folder = folder.join(kind);
            let listing = match std::fs::read_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                listing => listing.map_err(|error| unreadable(&folder, &error))?,
            };
            for entry in listing {
                files.push(entry.map_err(|error| unreadable(&folder, &error))?.path());
            }
        }
        files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
        files.sort();
        let Beside { erased, people, .. } = self;
        for path in files {
            each_line(&path, |line: Line| {
                if erased.get(&line.work.assignment).is_some_and(|why| why == "erased") {
                    people.insert(line.work.person);
                }
            })?;
        }
        Ok(())
    }

    fn read_images(&mut self, dataset: Dataset, folder: &DatasetFolder) -> Result<(), Failure> {
        for file in folder.manifest().files().filter(|file| main_of(&file.config) == file.config) {
            let columns = dataset.config(&file.config).map(|config| config.columns).unwrap_or_default();
            if !columns.iter().any(|column| column.name == BY_HASH) {
                continue;
            }
            let images = if file.split == Split::Train { &mut self.trained } else { &mut self.measured };
            for row in columns_of::<ByHash>(folder, file, BY_HASH)? {
                let row = row.map_err(failures::of_reading)?;
                if let Some(hash) = row.image_sha256 {
                    images.insert(half_of(&hash), dataset);
                }
            }
        }
        Ok(())
    }

    /// The dataset that measures with an image of a split that is learned from, or learns from one of another split.
    pub(crate) fn opposite(&self, image: &Sha256, split: Split) -> Option<Dataset> {
        let images = if split == Split::Train { &self.measured } else { &self.trained };
        images.get(&half_of(image)).copied()
    }

    /// Why an answer holds no more, if it does not.
    pub(crate) fn erased(&self, assignment: &str) -> Option<&str> {
        self.erased.get(assignment).map(String::as_str)
    }

    /// Whether a person was erased.
    pub(crate) fn is_erased(&self, person: &str) -> bool {
        self.people.contains(person)
    }
}

fn half_of(hash: &Sha256) -> [u8; 16] {
    hash.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::world(format!("cannot read `{}`", path.display())).cause(error)
}

/// Calls `see` for each line of JSON; there may be no such file.
fn each_line<T: DeserializeOwned>(path: &Path, mut see: impl FnMut(T)) -> Result<(), Failure> {
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        file => file.map_err(|error| unreadable(path, &error))?,
    };
    for (number, line) in (1u64..).zip(BufReader::new(file).lines()) {
        let line = line.map_err(|error| unreadable(path, &error))?;
        if !line.trim().is_empty() {
            see(serde_json::from_str(&line).map_err(|error| {
                Failure::data(format!("line {number} of `{}` is none of answers", path.display()))
                    .cause(&error)
                    .hint("mend the line, or take it out of the file")
            })?);
        }
    }
    Ok(())
}
