//! Folders: what is in them, and those of picture files.

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::fault::{ListError, RowFault};
use super::listing::{Lines, Listing, Writing};
use super::{BadRow, Entries, Entry, Row, Source};

/// The most bytes of a picture that are read into memory.
pub(super) const PICTURE_BYTES_MAX: u64 = 256 << 20;
/// The listing of picture files, in the work folder.
const LISTING: &str = "folder.files";
/// The deepest folder.
const DEPTH_MAX: usize = 64;
/// The ends of names of pictures.
const PICTURE_ENDS: &[&str] = &[
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "dib", "tif", "tiff", "avif", "heic", "heif",
    "img",
];

/// Whether the end of a name says that it is a picture.
pub(super) fn is_picture_end(end: &str) -> bool {
    PICTURE_ENDS.contains(&end.to_lowercase().as_str())
}

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Parquet files.
    Tables,
    /// WebDataset archives.
    Archives,
    /// Picture files.
    Pictures,
}

/// What was found in a folder.
pub(super) struct Found {
    pub(super) kind: Kind,
    /// What the names are relative to.
    pub(super) root: PathBuf,
    /// The Parquet files or the archives, with `/`, in order.
    pub(super) files: Vec<String>,
    listing: Writing,
}

/// One file of a folder of pictures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    file: String,
    bytes: u64,
    /// The name is no UTF-8; what is written of it is not quite it.
    is_garbled: bool,
}

impl Found {
    /// Looks through a folder. Names that begin with a dot are passed over, and links are not followed. What is named
    /// itself may be a link, and one file of those that a folder may hold.
    pub(super) fn at(folder: &Path, work: &Path) -> Result<Found, ListError> {
        let mut search = Search {
            root: folder,
            work,
            tables: Vec::new(),
            archives: Vec::new(),
            listing: Writing::create(work, LISTING)?,
        };
        let about = fs::metadata(folder).map_err(|error| ListError::read(folder, error))?;
        let mut root = folder.to_owned();
        if about.is_dir() {
            search.look("", 0)?;
        } else {
            root = folder.parent().map_or_else(PathBuf::new, Path::to_owned);
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).as_deref() {
                Some("parquet" | "pq") => search.tables.push(name),
                Some("tar") => search.archives.push(name),
                _ => {
                    return Err(ListError::Form {
                        path: folder.display().to_string(),
                        what: "it is not a folder, a Parquet file or an archive (`.tar`)",
                        hint: "`pixmo images fetch` takes a list of addresses",
                    });
                }
            }
        }
        let Search { tables, archives, listing, .. } = search;
        let (kind, files) = match (tables.is_empty(), archives.is_empty()) {
            (false, _) => (Kind::Tables, tables),
            (true, false) => (Kind::Archives, archives),
            (true, true) => (Kind::Pictures, Vec::new()),
        };
        if kind == Kind::Pictures && listing.lines() == 0 {
            return Err(ListError::Empty {
                path: folder.display().to_string(),
                hint: "a folder to import holds pictures, Parquet files with pictures, or WebDataset archives (`.tar`)",
            });
        }
        Ok(Found { kind, root, files, listing })
    }
}

struct Search<'a> {
    root: &'a Path,
    work: &'a Path,
    tables: Vec<String>,
    archives: Vec<String>,
    listing: Writing,
}

impl Search<'_> {
    /// The names of one folder are in memory at a time, and those of the folders above it.
    fn look(&mut self, under: &str, depth: usize) -> Result<(), ListError> {
        let here = self.root.join(under);
        let failed = |error| ListError::read(&here, error);
        let mut entries = Vec::new();
        for entry in fs::read_dir(&here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            entries.push((entry.file_name(), entry.file_type().map_err(failed)?));
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (os_name, kind) in entries {
            let name = os_name.to_string_lossy();
            if name.starts_with('.') || kind.is_symlink() {
                continue;
            }
            let path = here.join(&os_name);
            let file = if under.is_empty() { name.to_string() } else { format!("{under}/{name}") };
            if kind.is_dir() {
                if path != self.work && depth < DEPTH_MAX {
                    self.look(&file, depth + 1)?;
                }
                continue;
            }
            let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase());
            match end.as_deref() {
                Some("parquet" | "pq") => self.tables.push(file),
                Some("tar") => self.archives.push(file),
                // A cache names its files after a hash.
                Some(end) if !is_picture_end(end) => {}
                _ if kind.is_file() => {
                    let bytes = fs::metadata(&path).map_err(|error| ListError::read(&path, error))?.len();
                    self.listing.push(&Picture { file, bytes, is_garbled: os_name.to_str().is_none() })?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A folder of picture files.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    root: PathBuf,
    listing: Listing,
}

impl Folder {
    pub(super) fn open(found: Found) -> Result<([u8; 32], Folder), ListError> {
        let (sha256, listing) = found.listing.finish()?;
        Ok((sha256, Folder { root: found.root, listing }))
    }
}

impl Source for Folder {
    fn rows(&self) -> u64 {
        self.listing.rows()
    }

    fn read(&self, rows: Range<u64>) -> Result<Entries, ListError> {
        Ok(Box::new(FolderRows { root: self.root.clone(), lines: self.listing.read(rows)? }))
    }
}

/// A range of picture files.
struct FolderRows {
    root: PathBuf,
    lines: Lines<Picture>,
}

impl Iterator for FolderRows {
    type Item = Result<Entry, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.lines.next()?.map(|(number, picture)| {
            let line = number + 1;
            let bytes = read_picture(&self.root, &picture);
            let file = Some(picture.file);
            match bytes {
                Ok(bytes) => Entry::Row(Row { number, line, file, bytes: Some(bytes), ..Row::default() }),
                Err(fault) => Entry::Bad(BadRow { number, line, file, fault }),
            }
        }))
    }
}

fn read_picture(root: &Path, picture: &Picture) -> Result<Bytes, RowFault> {
    if picture.is_garbled {
        return Err(RowFault::NotUtf8);
    }
    let unreadable = |error: std::io::Error| RowFault::Unreadable(error.to_string());
    let mut bytes = Vec::new();
    let file = fs::File::open(root.join(&picture.file)).map_err(unreadable)?;
    file.take(PICTURE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > PICTURE_BYTES_MAX {
        return Err(RowFault::TooLarge { bytes: picture.bytes, bytes_max: PICTURE_BYTES_MAX });
    }
    Ok(Bytes::from(bytes))
}
