//! The thread that writes the spool: what waits is written at once and forced to the disk once.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pixmo_shards::Disk;
use pixmo_shards::disk::DiskFile;

use super::index::{Index, Place, path_of};
use super::{Answer, Piece, SEGMENT_BYTES_MAX, SpoolError, record};

/// The most bytes that are written before the disk is waited for.
const BATCH_BYTES_MAX: usize = 8 << 20;
/// A segment of which no more than this share is needed is copied and deleted.
const SPARSE_SHARE: f64 = 0.2;

/// The newest segment is put away before its end if nobody needs it and it is at least this long.
const ROLL_BYTES_MIN: u64 = 1 << 20;

/// What the thread is asked for.
pub(super) enum Order {
    Keep { take: String, piece: Piece, answer: Answer },
    Forget { take: String, is_scrubbed: bool, answer: Answer },
}

/// The segment that is being written.
struct Open {
    number: u64,
    file: DiskFile,
    /// What is written and forced to the disk.
    bytes: u64,
}

pub(super) struct Desk {
    folder: PathBuf,
    disk: Disk,
    index: Arc<Mutex<Index>>,
    next: u64,
    open: Option<Open>,
}

impl Desk {
    pub(super) fn new(folder: PathBuf, disk: Disk, index: Arc<Mutex<Index>>, next: u64) -> Desk {
        Desk { folder, disk, index, next, open: None }
    }

    /// Works until nobody can order any more.
    pub(super) fn work(mut self, orders: &Receiver<Order>) {
        let mut waiting = Vec::new();
        while let Ok(first) = orders.recv() {
            let mut bytes = 0;
            let mut next = Some(first);
            let mut forgets = Vec::new();
            while let Some(order) = next {
                match order {
                    Order::Keep { take, piece, answer } => {
                        bytes += piece.bytes.len();
                        waiting.push((take, piece, answer));
                    }
                    // Behind the pieces that were asked for before it.
                    Order::Forget { take, is_scrubbed, answer } => {
                        forgets.push((take, is_scrubbed, answer));
                        break;
                    }
                }
                next = if bytes < BATCH_BYTES_MAX { orders.try_recv().ok() } else { None };
            }
            if !waiting.is_empty() {
                self.keep(&mut waiting);
            }
            for (take, is_scrubbed, answer) in forgets {
                let forgot = self.forget(&take, is_scrubbed);
                // Whoever asked may have gone away.
                let _gone = answer.send(forgot.map_err(SpoolError::from));
            }
        }
    }

    fn keep(&mut self, waiting: &mut Vec<(String, Piece, Answer)>) {
        let records: Vec<(&str, &Piece)> =
            waiting.iter().map(|(take, piece, _)| (take.as_str(), piece)).collect();
        let written = self.write(&records).map_err(SpoolError::from);
        for (_, _, answer) in waiting.drain(..) {
            let _gone = answer.send(written.clone());
        }
    }

    /// Writes records, forces them to the disk, and then says in the index where they are.
    fn write(&mut self, records: &[(&str, &Piece)]) -> io::Result<()> {
        if self.open.as_ref().is_some_and(|open| open.bytes >= SEGMENT_BYTES_MAX) {
            self.open = None;
            self.tidy();
        }
        let mut open = match self.open.take() {
            Some(open) => open,
            None => self.begin()?,
        };
        let (mut buffer, mut places) = (Vec::new(), Vec::with_capacity(records.len()));
        for (take, piece) in records {
            let offset = open.bytes + buffer.len() as u64;
            let bytes = record::write(&mut buffer, take, piece);
            places.push(Place::new(open.number, offset, bytes, piece));
        }
        let written = open.file.write_all(&buffer).and_then(|()| open.file.sync());
        if let Err(error) = written {
            // What is there of it was not acknowledged. If it cannot be cut off either, it stays behind what was, and
            // the segment is not continued in any case.
            if let Err(again) = open.file.cut(open.bytes) {
                tracing::warn!(segment = open.number, error = %again, "cannot cut a segment");
            }
            return Err(error);
        }
        open.bytes += buffer.len() as u64;
        let mut index = held(&self.index);
        for ((take, piece), place) in records.iter().zip(places) {
            index.add(take, piece.number, place);
        }
        drop(index);
        self.open = Some(open);
        Ok(())
    }

    fn begin(&mut self) -> io::Result<Open> {
        let number = self.next;
        let path = path_of(&self.folder, number);
        let file = self.disk.create(&path)?;
        // The name of the file has to be on the disk as well.
        self.disk.sync_folder(&self.folder)?;
        self.next += 1;
        Ok(Open { number, file, bytes: 0 })
    }

    fn forget(&mut self, take: &str, is_scrubbed: bool) -> io::Result<()> {
        let mut index = held(&self.index);
        index.forget(take);
        // Takes that were forgotten before may still lie in segments that others need.
        let wasteful = if is_scrubbed { index.wasteful() } else { Vec::new() };
        let is_empty =
            self.open.as_ref().is_some_and(|open| open.bytes > ROLL_BYTES_MIN && index.is_free(open.number));
        drop(index);
        if is_scrubbed || is_empty {
            self.open = None;
        }
        for segment in wasteful {
            self.copy_away(segment)?;
        }
        self.tidy();
        Ok(())
    }

    /// Deletes segments that nobody needs, and copies what is needed of those that few need.
    fn tidy(&mut self) {
        let newest = self.open.as_ref().map(|open| open.number);
        let sparse = held(&self.index).sparse(newest, SPARSE_SHARE);
        for segment in sparse {
            if let Err(error) = self.copy_away(segment) {
                // They stay where they are; the next time may go better.
                tracing::warn!(segment, %error, "cannot put away a segment");
            }
        }
    }

    fn copy_away(&mut self, segment: u64) -> io::Result<()> {
        let live = held(&self.index).live_in(segment);
        let path = path_of(&self.folder, segment);
        if !live.is_empty() {
            let mut file = File::open(&path)?;
            for (take, _, place) in live {
                let (_, piece) = read_one(&mut file, place)?;
                self.write(&[(&take, &piece)])?;
            }
        }
        self.disk.remove(&path)?;
        held(&self.index).drop_segment(segment);
        Ok(())
    }
}

fn held(index: &Mutex<Index>) -> MutexGuard<'_, Index> {
    index.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The pieces at some places, all of them of one take.
pub(super) fn read_places(folder: &Path, take: &str, places: &[Place]) -> io::Result<Vec<Piece>> {
    let mut pieces = Vec::with_capacity(places.len());
    let mut open: Option<(u64, File)> = None;
    for place in places {
        let file = match &mut open {
            Some((segment, file)) if *segment == place.segment => file,
            slot => &mut slot.insert((place.segment, File::open(path_of(folder, place.segment))?)).1,
        };
        let (whose, piece) = read_one(file, *place)?;
        if whose != take {
            return Err(damaged(*place));
        }
        pieces.push(piece);
    }
    Ok(pieces)
}

fn read_one(file: &mut File, place: Place) -> io::Result<(String, Piece)> {
    let mut bytes = vec![0; place.bytes as usize];
    file.seek(SeekFrom::Start(place.offset))?;
    file.read_exact(&mut bytes)?;
    let (take, piece, _) = record::read(&bytes).ok_or_else(|| damaged(place))?;
    Ok((take.to_owned(), piece))
}

fn damaged(place: Place) -> io::Error {
    let what = format!("segment {} of the spool is damaged at byte {}", place.segment, place.offset);
    io::Error::new(io::ErrorKind::InvalidData, what)
}
