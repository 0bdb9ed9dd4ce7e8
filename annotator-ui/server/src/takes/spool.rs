//! The spool: where the pieces of live takes lie until the take is whole.
//!
//! Pieces come once a second from everybody who speaks, and each is on the disk before it is acknowledged. So they are
//! appended to one file, the newest segment, by one thread that takes what waits, writes it, forces it to the disk once,
//! and answers all. A segment ends at a size, and is deleted when no live take has anything in it; one that is held by a
//! few is copied to the newest and deleted.
//!
//! **What is promised.** What was acknowledged is there after a kill or a power cut, in order, once. What was not may be
//! there. A segment that was cut in the middle of a record is read up to there. Of two records for one piece the later
//! holds: an earlier one was never acknowledged, or is the same.

mod desk;
mod index;
mod record;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pixmo_schemas::Sha256;
use pixmo_shards::Disk;
use tokio::sync::oneshot;

use desk::{Desk, Order};
use index::Index;
pub use record::Piece;

/// Most orders that wait for the thread; more are refused.
const QUEUE_MAX: usize = 4096;
/// A segment that is longer is not continued.
pub const SEGMENT_BYTES_MAX: u64 = 64 << 20;
/// The longest name of a take.
const TAKE_BYTES_MAX: usize = 255;

/// The spool of a server; clones are the same one.
#[derive(Clone)]
pub struct Spool {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    index: Arc<Mutex<Index>>,
    /// Gone when the spool is closed.
    queue: Mutex<Option<SyncSender<Order>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("folder", &self.inner.folder).finish_non_exhaustive()
    }
}

/// Why a piece is not kept. It was not acknowledged, and can be sent again.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk failed, or is full.
    #[error("cannot keep a piece in the spool: {0}")]
    Disk(Arc<std::io::Error>),
    /// More waits than is taken.
    #[error("too many pieces wait for the disk")]
    Busy,
    /// The server stops.
    #[error("the spool is closed")]
    Closed,
    /// The name of the take cannot stand in a record.
    #[error("the name of the take has {0} bytes, expected 1 to {TAKE_BYTES_MAX}")]
    Name(usize),
}

impl From<std::io::Error> for SpoolError {
    fn from(error: std::io::Error) -> SpoolError {
        SpoolError::Disk(Arc::new(error))
    }
}

/// How far a take has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// Its pieces.
    pub pieces: u32,
    /// Their bytes.
    pub bytes: u64,
    /// The hash of the chain behind the last of them.
    pub chain: Sha256,
}

/// How much lies in a spool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpoolSize {
    /// Files.
    pub segments: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Takes that have pieces in them.
    pub takes: usize,
}

impl Spool {
    /// Opens the spool in a folder, which is made if it is not there; reads what a killed server left.
    ///
    /// # Errors
    /// When the folder cannot be read or written, or no thread can be started.
    pub fn open(folder: &Path, disk: Disk) -> Result<Spool, SpoolError> {
        disk.create_folder(folder)?;
        let mut index = Index::default();
        let next = index.read_folder(folder)?;
        let index = Arc::new(Mutex::new(index));
        let (queue, orders) = sync_channel(QUEUE_MAX);
        let desk = Desk::new(folder.to_owned(), disk, Arc::clone(&index), next);
        let thread = std::thread::Builder::new()
            .name("pixmo-spool".to_owned())
            .spawn(move || desk.work(&orders))
            .map_err(SpoolError::from)?;
        Ok(Spool {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                index,
                queue: Mutex::new(Some(queue)),
                thread: Mutex::new(Some(thread)),
            }),
        })
    }

    /// Keeps a piece. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When it is not certain to be there.
    pub async fn keep(&self, take: &str, piece: Piece) -> Result<(), SpoolError> {
        if take.is_empty() || take.len() > TAKE_BYTES_MAX {
            return Err(SpoolError::Name(take.len()));
        }
        self.order(|answer| Order::Keep { take: take.to_owned(), piece, answer }).await
    }

    /// Deletes what is there of a take: from the disk at once if `is_scrubbed`, else with the segment that holds it.
    ///
    /// # Errors
    /// When a file cannot be deleted or rewritten; the take is forgotten all the same.
    pub async fn forget(&self, take: &str, is_scrubbed: bool) -> Result<(), SpoolError> {
        self.order(|answer| Order::Forget { take: take.to_owned(), is_scrubbed, answer }).await
    }

    /// How many pieces there are of a take, counted up to the first that is missing.
    #[must_use]
    pub fn pieces(&self, take: &str) -> u32 {
        self.index().pieces(take)
    }

    /// How far a take has come; `None` if nothing is there.
    #[must_use]
    pub fn last(&self, take: &str) -> Option<Last> {
        self.index().last(take)
    }

    /// The takes of which there is anything, sorted.
    #[must_use]
    pub fn takes(&self) -> Vec<String> {
        self.index().takes()
    }

    /// What is there.
    #[must_use]
    pub fn size(&self) -> SpoolSize {
        self.index().size()
    }

    /// The pieces of a take in order, up to the first that is missing. Reads files: call it where waiting is allowed.
    ///
    /// # Errors
    /// When a segment cannot be read, or is not what was written.
    pub fn read(&self, take: &str) -> Result<Vec<Piece>, SpoolError> {
        // A segment may be copied and deleted between a look into the index and the look into the file.
        for _ in 0..3 {
            let places = self.index().places(take);
            match desk::read_places(&self.inner.folder, take, &places) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                read => return Ok(read?),
            }
        }
        let places = self.index().places(take);
        Ok(desk::read_places(&self.inner.folder, take, &places)?)
    }

    /// Finishes what waits; what comes later is refused. Waits for the disk.
    pub fn close(&self) {
        drop(self.inner.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.inner.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _joined = thread.join();
        }
    }

    async fn order(&self, order: impl FnOnce(Answer) -> Order) -> Result<(), SpoolError> {
        let (answer, answered) = oneshot::channel();
        {
            let queue = self.inner.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref().ok_or(SpoolError::Closed)?;
            queue.try_send(order(answer)).map_err(|error| match error {
                TrySendError::Full(_) => SpoolError::Busy,
                TrySendError::Disconnected(_) => SpoolError::Closed,
            })?;
        }
        answered.await.unwrap_or(Err(SpoolError::Closed))
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.inner.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where an order is answered.
type Answer = oneshot::Sender<Result<(), SpoolError>>;

#[cfg(test)]
mod tests;
