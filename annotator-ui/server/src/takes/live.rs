//! Takes that are being spoken: a recorder each, in memory, and the spool behind them.
//!
//! What is in memory can always be made again from the row of the take and the spool, and is, after a restart or whenever
//! a piece was not certainly kept. So nothing here has to survive.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use pixmo_receipts::chain::{ChainError, Recorder};
use pixmo_schemas::Sha256;
use pixmo_shards::{Disk, Hold, Lock};

use super::row::Row;
use super::spool::{Piece, Spool, SpoolError};
use crate::App;
use crate::app::OpenError;
use crate::http::Problem;

/// A take that was not touched for so long is put out of memory.
const IDLE_MS_MAX: i64 = 120_000;
/// Recordings that are decoded at once.
const DECODERS: usize = 2;

/// The place where takes are spoken.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The pieces on the disk.
    pub(crate) spool: Spool,
    live: Mutex<HashMap<String, Arc<Seat>>>,
    /// Decoding takes memory and a processor, so only a few at a time.
    pub(super) decoders: tokio::sync::Semaphore,
    /// The folder is this process's until the desk is closed.
    lock: Mutex<Option<Lock>>,
}

/// The place of one take; whoever changes it holds it.
#[derive(Debug, Default)]
pub(super) struct Seat {
    pub(super) held: tokio::sync::Mutex<Option<Live>>,
    touched_ms: std::sync::atomic::AtomicI64,
}

/// A take as far as it has come.
pub(super) struct Live {
    pub(super) person: String,
    pub(super) media_type: String,
    pub(super) recorder: Recorder,
    /// The hash of the chain behind each piece.
    pub(super) chains: Vec<Sha256>,
    /// Whether the first piece was written down in the row.
    pub(super) is_begun: bool,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").field("pieces", &self.chains.len()).finish_non_exhaustive()
    }
}

impl Desk {
    /// The desk of a server whose folder this is. One process has it at a time.
    ///
    /// # Errors
    /// When another server has it, or the spool cannot be read.
    pub(crate) fn open(folder: &Path) -> Result<Desk, OpenError> {
        let lock = Lock::attempt(&folder.join("lock"), Hold::Alone)?;
        let lock = lock.ok_or_else(|| OpenError::Used { folder: folder.to_owned() })?;
        let spool = Spool::open(&folder.join("spool"), Disk::new())?;
        Ok(Desk {
            spool,
            live: Mutex::default(),
            decoders: tokio::sync::Semaphore::new(DECODERS),
            lock: Mutex::new(Some(lock)),
        })
    }

    /// Lets the spool finish what waits, and gives the folder back. Waits for the disk.
    pub(crate) fn close(&self) {
        self.spool.close();
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// The seat of a take.
    pub(super) fn seat(&self, take: &str, now_ms: i64) -> Arc<Seat> {
        let mut live = self.live();
        let seat = match live.get(take) {
            Some(seat) => Arc::clone(seat),
            None => Arc::clone(live.entry(take.to_owned()).or_default()),
        };
        seat.touched_ms.store(now_ms, std::sync::atomic::Ordering::Relaxed);
        seat
    }

    /// Puts a take out of memory, unless somebody else is at it.
    pub(super) fn leave(&self, take: &str, seat: &Arc<Seat>) {
        let mut live = self.live();
        // Counted under the lock under which others take their place: the map's and the caller's are two.
        if live.get(take).is_some_and(|here| Arc::ptr_eq(here, seat)) && Arc::strong_count(seat) <= 2 {
            live.remove(take);
        }
    }

    /// Puts everybody out of memory who was not heard for a while.
    pub(super) fn tidy(&self, now_ms: i64) {
        self.live().retain(|_, seat| {
            let touched_ms = seat.touched_ms.load(std::sync::atomic::Ordering::Relaxed);
            Arc::strong_count(seat) > 1 || now_ms - touched_ms < IDLE_MS_MAX
        });
    }

    /// How many takes are in memory.
    pub(crate) fn seated(&self) -> usize {
        self.live().len()
    }

    fn live(&self) -> MutexGuard<'_, HashMap<String, Arc<Seat>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a take again from its row and the spool.
pub(super) async fn stand_up(app: &App, row: &Row) -> Result<Live, Problem> {
    let spool = app.takes_desk()?.spool.clone();
    let take = row.id.clone();
    // Most takes begin here, with nothing in the spool.
    let pieces = if spool.pieces(&take) == 0 {
        Vec::new()
    } else {
        blocking(move || spool.read(&take)).await?.map_err(of_spool)?
    };
    let (recorder, chains) = replay(row, &pieces).map_err(|error| {
        Problem::bug(format!("the pieces of take {} in the spool do not make a chain: {error}", row.id))
    })?;
    Ok(Live {
        person: row.person.clone(),
        media_type: row.media_type.clone(),
        recorder,
        chains,
        is_begun: row.begun_ms.is_some(),
    })
}

/// Pushes pieces that were kept into a new recorder, each with the time at which it came.
pub(super) fn replay(row: &Row, pieces: &[Piece]) -> Result<(Recorder, Vec<Sha256>), ReplayError> {
    let (nonce, grant) = row.promise().map_err(|_| ReplayError::Promise)?;
    let first_ms = pieces.first().map(|piece| piece.arrived_ms);
    let begun_ms = row.begun_ms.or(first_ms).unwrap_or_default();
    let mut recorder = Recorder::new(nonce, grant, time_of(begun_ms));
    let mut chains = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let at = time_of(piece.arrived_ms).max(recorder.last_at());
        recorder.push(piece.number as usize, &piece.bytes, &piece.chain, at)?;
        chains.push(piece.chain);
    }
    Ok((recorder, chains))
}

/// Why pieces that were kept do not make a recording.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReplayError {
    /// The row does not say what was promised.
    #[error("the row of the take holds no grant")]
    Promise,
    /// The chain.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// A time of the database.
pub(crate) fn time_of(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Does something that waits for a disk or a processor, where that is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::bug(format!("a blocking task: {error}")))
}

/// What a page is told when a piece is not certainly kept.
pub(super) fn of_spool(error: SpoolError) -> Problem {
    match &error {
        SpoolError::Disk(source) if source.kind() == std::io::ErrorKind::StorageFull => {
            Problem::unavailable("the disk of the server is full").retry_after(30).cause(error.to_string())
        }
        SpoolError::Disk(_) | SpoolError::Busy | SpoolError::Closed => {
            Problem::unavailable("the piece could not be kept").cause(error.to_string())
        }
        SpoolError::Name(_) => Problem::bug(error.to_string()),
    }
}
