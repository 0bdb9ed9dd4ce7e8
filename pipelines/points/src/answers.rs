//! What people said, by image and label.
//!
//! All of it is kept in memory: about 16 bytes for each point, and a few hundred for each answer.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;
use pixmo_schemas::annotation_points::{
    AbsentSource, AbsentVerdict, Fault, LabelledPoints, MarkedPoint, Method, NotPresentAnnotation,
    PointsAnnotation, PointsVerdict, Tombstone, VerifyCountAnnotation, VerifyPointsAnnotation, Work,
    WorkImage,
};
use serde::de::DeserializeOwned;
use sha2::Digest;

use crate::fault::InputError;

/// The longest line: two hundred labels of a thousand points fit.
const LINE_BYTES_MAX: u64 = 32 << 20;

/// All that people said about one label in one image.
#[derive(Clone, Debug)]
pub struct Place {
    /// The image.
    pub image: WorkImage,
    /// The label, as it was first written.
    pub label: String,
    /// Who pointed.
    pub pointed: Vec<Pointed>,
    /// Who was asked whether it is absent.
    pub absent: Vec<Absent>,
    /// Who was shown points of others.
    pub verified: Vec<Verified>,
    /// Who counted.
    pub counted: Vec<Counted>,
}

/// Somebody pointed.
#[derive(Clone, Debug)]
pub struct Pointed {
    /// Who and when.
    pub work: Work,
    /// How.
    pub method: Method,
    /// At what.
    pub marks: LabelledPoints,
}

/// Somebody was asked whether it is absent.
#[derive(Clone, Debug)]
pub struct Absent {
    /// Who and when.
    pub work: Work,
    /// Where the label came from.
    pub source: AbsentSource,
    /// What was found.
    pub verdict: AbsentVerdict,
    /// Where it is.
    pub points: Vec<MarkedPoint>,
}

/// Somebody looked at points.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who and when.
    pub work: Work,
    /// The assignment whose points they are.
    pub of: String,
    /// What was found.
    pub verdict: PointsVerdict,
    /// The points after a fix.
    pub points: Option<Vec<MarkedPoint>>,
}

/// Somebody counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Who and when.
    pub work: Work,
    /// How many.
    pub count: u32,
}

/// All answers of a campaign.
#[derive(Clone, Debug)]
pub struct Answers {
    places: Vec<Place>,
    held_out: BTreeSet<[u8; 32]>,
    erased: BTreeSet<String>,
    sha256: String,
    held_out_sha256: String,
}

/// The lines of one kind: of several about one assignment the last one holds, in the place of the first.
struct Lines<T> {
    lines: Vec<T>,
    by_assignment: HashMap<String, usize>,
}

impl Answers {
    /// Reads a folder of exported answers, files in the order of their names. Images and labels come in the order in
    /// which they were first spoken of.
    ///
    /// # Errors
    /// When a file cannot be read, a line is not what it should be, or nobody pointed and nobody found anything absent.
    pub fn read(folder: &Path, held_out: &[String]) -> Result<Answers, InputError> {
        let mut hasher = sha2::Sha256::new();
        let points =
            read_kind(folder, "points", "line of points", PointsAnnotation::fault, |l| &l.work, &mut hasher)?;
        let absent = read_kind(
            folder,
            "not-present",
            "line of absences",
            NotPresentAnnotation::fault,
            |l| &l.work,
            &mut hasher,
        )?;
        let verified = read_kind(
            folder,
            "verify-points",
            "line of verified points",
            VerifyPointsAnnotation::fault,
            |l| &l.work,
            &mut hasher,
        )?;
        let counted = read_kind(
            folder,
            "verify-count",
            "line of counts",
            VerifyCountAnnotation::fault,
            |l| &l.work,
            &mut hasher,
        )?;
        if points.is_empty() && absent.is_empty() {
            return Err(InputError::Nothing { path: folder.to_owned() });
        }
        let mut erased = BTreeSet::new();
        let path = folder.join("erased.jsonl");
        if path.exists() {
            each_line(&path, "tombstone", |line: Tombstone, _| {
                erased.insert(line.take);
                Ok(())
            })?;
        }
        let (held_out, held_out_sha256) = read_hashes(held_out)?;
        let mut gathered = Gathered::default();
        for PointsAnnotation { work, image, method, labels, .. } in points {
            for marks in labels {
                let place = gathered.place(&image, &marks.label);
                place.pointed.push(Pointed { work: work.clone(), method, marks });
            }
        }
        for NotPresentAnnotation { work, image, label, source, verdict, points } in absent {
            gathered.place(&image, &label).absent.push(Absent { work, source, verdict, points });
        }
        for VerifyPointsAnnotation { work, image, label, of, verdict, points, .. } in verified {
            gathered.place(&image, &label).verified.push(Verified { work, of, verdict, points });
        }
        for VerifyCountAnnotation { work, image, label, count, .. } in counted {
            gathered.place(&image, &label).counted.push(Counted { work, count });
        }
        let sha256 = hex::encode(hasher.finalize());
        Ok(Answers { places: gathered.places, held_out, erased, sha256, held_out_sha256 })
    }

    /// How many labels of images there are.
    #[must_use]
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// One of them.
    #[must_use]
    pub fn place(&self, index: usize) -> Option<&Place> {
        self.places.get(index)
    }

    /// Whether an image must not be in the dataset: it is listed, or its cluster belongs to another split.
    #[must_use]
    pub fn is_held_out(&self, image: &WorkImage) -> bool {
        self.held_out.contains(image.sha256.as_bytes())
            || image.split.as_deref().is_some_and(|split| split != "train")
    }

    /// Whether an answer was taken back or erased.
    #[must_use]
    pub fn is_erased(&self, assignment: &str) -> bool {
        self.erased.contains(assignment)
    }

    /// SHA-256 over all lines of answers.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// SHA-256 over the hashes of all held-out images, in their order.
    #[must_use]
    pub fn held_out_sha256(&self) -> &str {
        &self.held_out_sha256
    }
}

/// By what two labels are the same: neither case nor blanks count.
#[must_use]
pub fn key_of(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[derive(Default)]
struct Gathered {
    places: Vec<Place>,
    by_key: HashMap<([u8; 32], String), usize>,
}

impl Gathered {
    fn place(&mut self, image: &WorkImage, label: &str) -> &mut Place {
        let places = &mut self.places;
        let index = *self.by_key.entry((*image.sha256.as_bytes(), key_of(label))).or_insert_with(|| {
            places.push(Place {
                image: image.clone(),
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
                pointed: Vec::new(),
                absent: Vec::new(),
                verified: Vec::new(),
                counted: Vec::new(),
            });
            places.len() - 1
        });
        &mut places[index]
    }
}

fn read_kind<T: DeserializeOwned>(
    folder: &Path,
    kind: &str,
    what: &'static str,
    fault: impl Fn(&T) -> Option<Fault>,
    work: impl Fn(&T) -> &Work,
    hasher: &mut sha2::Sha256,
) -> Result<Vec<T>, InputError> {
    let mut read = Lines { lines: Vec::new(), by_assignment: HashMap::new() };
    for path in json_lines_in(&folder.join(kind))? {
        each_line(&path, what, |line: T, text| {
            if let Some((field, found, expected)) = fault(&line) {
                return Err(format!("`{field}` is `{found}`, expected {expected}"));
            }
            hasher.update(text);
            hasher.update(b"\n");
            match read.by_assignment.get(&work(&line).assignment) {
                Some(earlier) => read.lines[*earlier] = line,
                None => {
                    read.by_assignment.insert(work(&line).assignment.clone(), read.lines.len());
                    read.lines.push(line);
                }
            }
            Ok(())
        })?;
    }
    Ok(read.lines)
}

/// The files of JSON lines in a folder, in the order of their names; none if there is no such folder.
fn json_lines_in(folder: &Path) -> Result<Vec<PathBuf>, InputError> {
    let listing = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
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

fn each_line<T: DeserializeOwned>(
    path: &Path,
    what: &'static str,
    mut see: impl FnMut(T, &[u8]) -> Result<(), String>,
) -> Result<(), InputError> {
    let file = File::open(path).map_err(|error| InputError::read(path, error))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut line, mut text) = (0, Vec::new());
    loop {
        text.clear();
        let read = (&mut reader).take(LINE_BYTES_MAX).read_until(b'\n', &mut text);
        let read = read.map_err(|error| InputError::read(path, error))? as u64;
        if read == 0 {
            return Ok(());
        }
        line += 1;
        let wrong = |why: String| InputError::Line { path: path.to_owned(), line, what, why };
        if read == LINE_BYTES_MAX && text.last() != Some(&b'\n') {
            return Err(wrong(format!("it is longer than {LINE_BYTES_MAX} bytes")));
        }
        let content = text.trim_ascii_end();
        if !content.is_empty() {
            let value = serde_json::from_slice::<T>(content).map_err(|error| wrong(error.to_string()))?;
            see(value, content).map_err(wrong)?;
        }
    }
}

/// The hashes in files, one in each line, and a hash over all of them.
fn read_hashes(files: &[String]) -> Result<(BTreeSet<[u8; 32]>, String), InputError> {
    let mut hashes = BTreeSet::new();
    for file in files {
        let path = Path::new(file);
        let text = std::fs::read_to_string(path).map_err(|error| InputError::read(path, error))?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let hash: Sha256 = line.trim().parse().map_err(|_| InputError::Line {
                path: path.to_owned(),
                line: index as u64 + 1,
                what: "hash of an image",
                why: format!("it is `{line}`, expected 64 lowercase hexadecimal digits"),
            })?;
            hashes.insert(*hash.as_bytes());
        }
    }
    let mut hasher = sha2::Sha256::new();
    hashes.iter().for_each(|hash| hasher.update(hash));
    Ok((hashes, hex::encode(hasher.finalize())))
}
