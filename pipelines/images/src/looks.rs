//! What pictures look like, kept by their hash, so that each is decoded once however often duplicates are looked for.
//!
//! The file is a head and records of one size, in the order in which they were made; a record that was cut or damaged is
//! passed over and made again. Nothing that is decided depends on that order.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use pixmo_console::Failure;
use pixmo_near::{Hash64, Hash256, Thumb, View, Window};
use pixmo_pictures::{Decoded, THUMBNAIL_SIDE, VIEWS, mirrored, view_window};
use pixmo_shards::disk::DiskFile;
use pixmo_shards::{Disk, Hold, LocationError, Lock};
use sha2::{Digest, Sha256};

use crate::failures;

/// The first bytes of the file: what it is, and which version of the looks it holds.
const HEAD: &[u8; 16] = b"pixmo looks 1\n\0\0";
/// A record: whose it is, hashes, views, thumbnail, whether it is flat.
const CONTENT_BYTES: usize = 32 + 32 + 32 + 8 * VIEWS + THUMBNAIL_SIDE * THUMBNAIL_SIDE + 1;
/// And the beginning of the hash over it.
const RECORD_BYTES: usize = CONTENT_BYTES + 8;

/// Everything that is kept of how a picture looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    hash: [u8; 32],
    mirror: [u8; 32],
    views: [u64; VIEWS],
    thumbnail: Vec<u8>,
    flat: bool,
}

impl Seen {
    /// Looks at a picture.
    pub(crate) fn of(decoded: &Decoded) -> Seen {
        let look = pixmo_pictures::look(decoded);
        Seen {
            hash: look.hash,
            mirror: look.hash_mirrored,
            views: look.views,
            thumbnail: look.thumbnail.to_vec(),
            flat: look.flat,
        }
    }

    pub(crate) fn hash(&self) -> Hash256 {
        Hash256::from(self.hash)
    }

    pub(crate) fn mirror(&self) -> Hash256 {
        Hash256::from(self.mirror)
    }

    pub(crate) fn coarse(&self) -> Hash64 {
        Hash64::from(self.views[0])
    }

    pub(crate) fn is_flat(&self) -> bool {
        self.flat
    }

    /// The parts, the mirrored whole and the mirrored parts.
    pub(crate) fn views(&self) -> Vec<View> {
        let windows = (0..VIEWS).map(view_window);
        let plain = windows.zip(self.views).skip(1).map(|([left, top, right, bottom], hash)| View {
            window: Window { left, top, right, bottom },
            is_mirrored: false,
            hash: Hash64::from(hash),
        });
        let windows = (0..VIEWS).map(view_window);
        let turned = windows.zip(self.views).map(|([left, top, right, bottom], hash)| View {
            window: Window { left: 1000 - right, top, right: 1000 - left, bottom },
            is_mirrored: true,
            hash: Hash64::from(mirrored(hash)),
        });
        plain.chain(turned).collect()
    }

    pub(crate) fn thumb(&self) -> Thumb {
        Thumb::new(self.thumbnail.clone()).expect("both thumbnails have the same side")
    }

    fn to_bytes(&self, sha256: &[u8; 32]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(RECORD_BYTES);
        bytes.extend(sha256);
        bytes.extend(self.hash);
        bytes.extend(self.mirror);
        self.views.iter().for_each(|view| bytes.extend(view.to_le_bytes()));
        bytes.extend(&self.thumbnail);
        bytes.push(u8::from(self.flat));
        let check = Sha256::digest(&bytes);
        bytes.extend(&check[..8]);
        bytes
    }

    fn from_bytes(record: &[u8; RECORD_BYTES]) -> Option<([u8; 32], Seen)> {
        let (content, check) = record.split_at(CONTENT_BYTES);
        if Sha256::digest(content)[..8] != *check {
            return None;
        }
        let (sha256, rest) = content.split_first_chunk::<32>()?;
        let (hash, rest) = rest.split_first_chunk::<32>()?;
        let (mirror, rest) = rest.split_first_chunk::<32>()?;
        let (words, rest) = rest.split_at(8 * VIEWS);
        let mut views = [0; VIEWS];
        for (view, word) in views.iter_mut().zip(words.as_chunks::<8>().0) {
            *view = u64::from_le_bytes(*word);
        }
        let (flat, thumbnail) = rest.split_last()?;
        let seen =
            Seen { hash: *hash, mirror: *mirror, views, thumbnail: thumbnail.to_vec(), flat: *flat != 0 };
        Some((*sha256, seen))
    }
}

/// The file of looks; one process at a time has it open.
pub(crate) struct LooksFile {
    path: PathBuf,
    places: BTreeMap<[u8; 32], u64>,
    records: u64,
    /// For reading at places.
    file: Mutex<File>,
    out: DiskFile,
    _lock: Lock,
}

impl LooksFile {
    /// Opens the file, or makes it. A tail that was cut is cut off; what is not a file of these looks begins anew.
    pub(crate) fn open(path: &Path) -> Result<LooksFile, Failure> {
        let failed = |action| {
            move |error| failures::of_place(LocationError::from_io(action, path.display().to_string(), error))
        };
        let disk = Disk::new();
        if let Some(folder) = path.parent() {
            disk.create_folder(folder).map_err(failed("create"))?;
        }
        let lock = Lock::attempt(&path.with_extension("lock"), Hold::Alone).map_err(failures::of_place)?;
        let lock = lock.ok_or_else(|| {
            Failure::world("another process looks at pictures with the same data folder")
                .at(path.display().to_string())
                .hint("wait until it has ended")
        })?;
        let mut out = disk.append(path).map_err(failed("write"))?;
        let file = File::open(path).map_err(failed("read"))?;
        let mut reader = BufReader::with_capacity(1 << 20, &file);
        let mut head = [0; HEAD.len()];
        let is_ours = reader.read_exact(&mut head).is_ok() && head == *HEAD;
        let (mut places, mut records) = (BTreeMap::new(), 0u64);
        if is_ours {
            let mut record = [0; RECORD_BYTES];
            while reader.read_exact(&mut record).is_ok() {
                if let Some((sha256, _)) = Seen::from_bytes(&record) {
                    places.insert(sha256, records);
                }
                records += 1;
            }
            out.cut(place_of(records)).map_err(failed("write"))?;
        } else {
            out.cut(0).map_err(failed("write"))?;
            out.write_all(HEAD).map_err(failed("write"))?;
        }
        drop(reader);
        Ok(LooksFile { path: path.to_owned(), places, records, file: Mutex::new(file), out, _lock: lock })
    }

    pub(crate) fn has(&self, sha256: &[u8; 32]) -> bool {
        self.places.contains_key(sha256)
    }

    /// Adds a look.
    pub(crate) fn add(&mut self, sha256: [u8; 32], seen: &Seen) -> Result<(), Failure> {
        self.out.write_all(&seen.to_bytes(&sha256)).map_err(|error| self.failed("write", error))?;
        self.places.insert(sha256, self.records);
        self.records += 1;
        Ok(())
    }

    /// Overwrites the look of a picture that must not be kept.
    pub(crate) fn forget(&mut self, sha256: &[u8; 32]) -> Result<(), Failure> {
        let Some(place) = self.places.remove(sha256) else { return Ok(()) };
        let write = || {
            let mut file = OpenOptions::new().write(true).open(&self.path)?;
            file.seek(SeekFrom::Start(place_of(place)))?;
            file.write_all(&[0; RECORD_BYTES])?;
            file.sync_all()
        };
        write().map_err(|error| self.failed("write", error))
    }

    /// Forces what was added to the disk.
    pub(crate) fn sync(&self) -> Result<(), Failure> {
        self.out.sync().map_err(|error| self.failed("write", error))
    }

    /// The look of a picture, if it is there.
    pub(crate) fn get(&self, sha256: &[u8; 32]) -> Result<Option<Seen>, Failure> {
        let Some(place) = self.places.get(sha256) else { return Ok(None) };
        let mut record = [0; RECORD_BYTES];
        let mut read = || {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(place_of(*place)))?;
            file.read_exact(&mut record)
        };
        read().map_err(|error| self.failed("read", error))?;
        let found = Seen::from_bytes(&record).filter(|(whose, _)| whose == sha256);
        found.map(|(_, seen)| Some(seen)).ok_or_else(|| {
            Failure::world("the file of looks was changed while it was used")
                .at(self.path.display().to_string())
                .hint("run the same command again")
        })
    }

    fn failed(&self, action: &'static str, error: std::io::Error) -> Failure {
        failures::of_place(LocationError::from_io(action, self.path.display().to_string(), error))
    }
}

fn place_of(record: u64) -> u64 {
    HEAD.len() as u64 + record * RECORD_BYTES as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(number: u8) -> Seen {
        Seen {
            hash: [number; 32],
            mirror: [number + 1; 32],
            views: std::array::from_fn(|at| at as u64 * u64::from(number)),
            thumbnail: vec![number; THUMBNAIL_SIDE * THUMBNAIL_SIDE],
            flat: number.is_multiple_of(2),
        }
    }

    #[test]
    fn looks_are_kept_and_a_damaged_or_torn_one_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache/looks.bin");
        let mut file = LooksFile::open(&path).unwrap();
        assert!(LooksFile::open(&path).is_err(), "two have it open");
        for number in 0..5 {
            file.add([number; 32], &seen(number)).unwrap();
        }
        assert_eq!(file.get(&[3; 32]).unwrap(), Some(seen(3)));
        drop(file);
        let mut bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, place_of(5));
        bytes[place_of(1) as usize + 100] ^= 1;
        bytes.truncate(bytes.len() - 3);
        std::fs::write(&path, bytes).unwrap();
        let mut file = LooksFile::open(&path).unwrap();
        assert_eq!((0..5).filter(|number| file.has(&[*number; 32])).collect::<Vec<_>>(), [0, 2, 3]);
        file.add([1; 32], &seen(1)).unwrap();
        drop(file);
        let mut file = LooksFile::open(&path).unwrap();
        assert_eq!(file.get(&[1; 32]).unwrap(), Some(seen(1)));
        file.forget(&[2; 32]).unwrap();
        assert_eq!(file.get(&[2; 32]).unwrap(), None);
        drop(file);
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(64).any(|window| window == [2; 64]), "nothing of it is left");
        assert!(!LooksFile::open(&path).unwrap().has(&[2; 32]));
        std::fs::write(&path, "something else entirely").unwrap();
        assert!(!LooksFile::open(&path).unwrap().has(&[0; 32]));
    }
}
