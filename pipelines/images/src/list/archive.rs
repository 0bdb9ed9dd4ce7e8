//! WebDataset: archives of the `tar` form whose members belong together by their keys, the part of their names before the
//! first dot. Nothing is unpacked; members are found by their places and read where they are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::columns::{Chosen, ListArgs};
use super::fault::{ListError, RowFault, shown};
use super::folder::{PICTURE_BYTES_MAX, is_picture_end};
use super::listing::{Lines, Listing, Writing};
use super::{BadRow, Entries, Entry, Row, Source, table};

/// The listing of the samples, in the work folder.
const LISTING: &str = "archives.samples";
/// The most bytes of a member that travels along.
const OTHER_BYTES_MAX: u64 = 1 << 20;
/// The most members that belong together.
const MEMBERS_MAX: usize = 64;
/// How many samples tell which names there are.
const SAMPLES_LOOKED_AT: u64 = 50;

/// A member of an archive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    /// What stands behind the key and its dot.
    end: String,
    /// Where its content begins.
    at: u64,
    bytes: u64,
}

/// A picture and what belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    /// The archive, by its place among the files.
    archive: usize,
    key: String,
    picture: Option<Member>,
    others: Vec<Member>,
    /// Why the archive cannot be read from here on.
    broken: Option<String>,
}

/// Archives, one behind the other.
#[derive(Clone, Debug)]
pub(super) struct Archives {
    root: PathBuf,
    files: Vec<String>,
    listing: Listing,
    chosen: Chosen,
}

impl Archives {
    /// Looks through the heads of all archives.
    pub(super) fn open(
        root: &Path,
        files: Vec<String>,
        args: &ListArgs,
        work: &Path,
    ) -> Result<([u8; 32], Archives), ListError> {
        let mut listing = Writing::create(work, LISTING)?;
        let mut hasher = Sha256::new();
        for (archive, name) in files.iter().enumerate() {
            let path = root.join(name);
            let failed = |error| ListError::read(&path, error);
            let file = File::open(&path).map_err(failed)?;
            let bytes = file.metadata().map_err(failed)?.len();
            hasher.update(format!("{name}\n{bytes}\n"));
            samples_of(archive, io::BufReader::with_capacity(1 << 16, file), &mut |sample| {
                listing.push(&sample)
            })?;
        }
        if listing.lines() == 0 {
            return Err(ListError::Empty {
                path: root.display().to_string(),
                hint: "the archives hold no files; packed ones (`.tar.gz`) are unpacked first with `gunzip`",
            });
        }
        let (samples, listing) = listing.finish()?;
        hasher.update(samples);
        let mut archives = Archives { root: root.to_owned(), files, listing, chosen: Chosen::default() };
        let mut names: Vec<String> = Vec::new();
        let mut opened = Opened::default();
        let looked_at = SAMPLES_LOOKED_AT.min(archives.rows());
        for line in archives.listing.read::<Sample>(0..looked_at)? {
            let (_, sample) = line?;
            let values = archives.values(&sample, &mut opened).unwrap_or_default();
            names.extend(values.into_iter().map(|(name, _)| name));
        }
        names.sort();
        names.dedup();
        archives.chosen = table::import_columns(args, root, &names)?;
        Ok((hasher.finalize().into(), archives))
    }

    /// What belongs to a picture: the names of an object that stands in a member `json`, and other members as text.
    fn values(&self, sample: &Sample, opened: &mut Opened) -> Result<Map<String, Value>, RowFault> {
        let mut values = Map::new();
        for member in &sample.others {
            let content = opened.read(self, sample.archive, member, OTHER_BYTES_MAX)?;
            match serde_json::from_slice(&content) {
                Ok(Value::Object(object)) if member.end == "json" => values.extend(object),
                Ok(value) if member.end == "json" => drop(values.insert("json".to_owned(), value)),
                _ => {
                    let value = match String::from_utf8(content) {
                        Ok(text) => Value::String(text),
                        Err(error) => {
                            let hash = hex::encode(Sha256::digest(error.as_bytes()));
                            Value::String(format!("sha256:{hash}"))
                        }
                    };
                    values.entry(member.end.clone()).or_insert(value);
                }
            }
        }
        Ok(values)
    }

    fn entry(&self, number: u64, sample: &Sample, opened: &mut Opened) -> Entry {
        let line = number + 1;
        let archive = self.files.get(sample.archive).map_or("", String::as_str);
        let end = sample.picture.as_ref().map_or(String::new(), |member| format!(".{}", member.end));
        let file = Some(format!("{archive}/{}{end}", sample.key));
        let mut row = || {
            if let Some(what) = &sample.broken {
                return Err(RowFault::Unreadable(shown(what)));
            }
            let member = sample.picture.as_ref().ok_or(RowFault::NoPicture)?;
            let values = self.values(sample, opened)?;
            let row = self.chosen.row(values)?;
            let bytes = opened.read(self, sample.archive, member, PICTURE_BYTES_MAX)?;
            Ok(Row { bytes: Some(Bytes::from(bytes)), ..row })
        };
        match row() {
            Ok(row) => Entry::Row(Row { number, line, file, ..row }),
            Err(fault) => Entry::Bad(BadRow { number, line, file, fault }),
        }
    }
}

impl Source for Archives {
    fn rows(&self) -> u64 {
        self.listing.rows()
    }

    fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        let lines = self.listing.read(rows)?;
        Ok(Box::new(ArchiveRows { archives: self.clone(), lines, opened: Opened::default() }))
    }
}

/// The archive that was opened last.
#[derive(Default)]
struct Opened {
    file: Option<(usize, File)>,
}

impl Opened {
    fn read(
        &mut self,
        archives: &Archives,
        archive: usize,
        member: &Member,
        bytes_max: u64,
    ) -> Result<Vec<u8>, RowFault> {
        if member.bytes > bytes_max {
            return Err(RowFault::TooLarge { bytes: member.bytes, bytes_max });
        }
        let unreadable = |error: io::Error| RowFault::Unreadable(error.to_string());
        if self.file.as_ref().is_none_or(|(at, _)| *at != archive) {
            let name = archives.files.get(archive).map_or("", String::as_str);
            self.file = Some((archive, File::open(archives.root.join(name)).map_err(unreadable)?));
        }
        let Some((_, file)) = &mut self.file else { return Ok(Vec::new()) };
        file.seek(SeekFrom::Start(member.at)).map_err(unreadable)?;
        let mut content = Vec::new();
        file.take(member.bytes).read_to_end(&mut content).map_err(unreadable)?;
        if content.len() as u64 != member.bytes {
            return Err(RowFault::Unreadable("the archive ends before it".to_owned()));
        }
        Ok(content)
    }
}

/// A range of samples.
pub(super) struct ArchiveRows {
    archives: Archives,
    lines: Lines<Sample>,
    opened: Opened,
}

impl Iterator for ArchiveRows {
    type Item = Result<Entry, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.lines.next()?;
        Some(line.map(|(number, sample)| self.archives.entry(number, &sample, &mut self.opened)))
    }
}

/// The samples of one archive, in order: members that follow each other and have the same key.
fn samples_of<R: Read + Seek>(
    archive: usize,
    reader: R,
    tell: &mut dyn FnMut(Sample) -> Result<(), ListError>,
) -> Result<(), ListError> {
    let mut open: Option<(String, Vec<Member>)> = None;
    let mut close = |open: Option<(String, Vec<Member>)>| match open {
        Some((key, members)) => tell_samples(archive, key, members, tell),
        None => Ok(()),
    };
    let mut tar = tar::Archive::new(reader);
    let mut broken = None;
    match tar.entries_with_seek() {
        Err(error) => broken = Some(error.to_string()),
        Ok(entries) => {
            for entry in entries {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        broken = Some(error.to_string());
                        break;
                    }
                };
                let Some((key, member)) = member_of(&entry) else { continue };
                match &mut open {
                    Some((known, members)) if *known == key && members.len() < MEMBERS_MAX => {
                        members.push(member);
                    }
                    _ => close(open.replace((key, vec![member])))?,
                }
            }
        }
    }
    close(open)?;
    match broken {
        None => Ok(()),
        Some(_) => tell(Sample { archive, key: String::new(), picture: None, others: Vec::new(), broken }),
    }
}

fn tell_samples(
    archive: usize,
    key: String,
    members: Vec<Member>,
    tell: &mut dyn FnMut(Sample) -> Result<(), ListError>,
) -> Result<(), ListError> {
    let is_picture = |member: &Member| is_picture_end(member.end.rsplit('.').next().unwrap_or_default());
    let (pictures, others): (Vec<Member>, Vec<Member>) = members.into_iter().partition(is_picture);
    if pictures.is_empty() {
        return tell(Sample { archive, key, picture: None, others, broken: None });
    }
    for picture in pictures {
        let (key, others) = (key.clone(), others.clone());
        tell(Sample { archive, key, picture: Some(picture), others, broken: None })?;
    }
    Ok(())
}

/// The key and the place of a member; `None` for what is no plain file.
fn member_of<R: Read>(entry: &tar::Entry<'_, R>) -> Option<(String, Member)> {
    if !matches!(entry.header().entry_type(), tar::EntryType::Regular | tar::EntryType::Continuous) {
        return None;
    }
    let path = entry.path_bytes();
    let path = String::from_utf8_lossy(&path);
    let path = path.trim_start_matches("./");
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    if name.starts_with('.') {
        return None;
    }
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    let key = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
    let member = Member { end: end.to_lowercase(), at: entry.raw_file_position(), bytes: entry.size() };
    Some((key, member))
}
