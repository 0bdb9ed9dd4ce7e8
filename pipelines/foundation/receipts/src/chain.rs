//! The chain of pieces: a recording arrives while it is spoken, about a second at a time.
//!
//! Each piece comes with SHA-256 over the hash before it (32 zero bytes before the first), the piece, and the nonce. The
//! server makes the same hash and writes down when the piece came. A file that was there already cannot have come like
//! this, unless someone played it to the server at the speed of speech.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use pixmo_schemas::Sha256;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::nonce::{Grant, Nonce};

/// The largest piece: a second of stereo WAV at 96 kHz and 24 bits fits.
pub const PIECE_BYTES_MAX: usize = 768 << 10;
/// Most pieces of one recording: four hours of seconds.
pub const PIECES_MAX: usize = 14_400;
/// How much earlier than it was spoken a piece may seem to come, because pieces are not of quite one length.
pub const EARLY_SECS_MAX: f64 = 2.0;
/// How late a piece may come, because networks stall.
pub const LATE_SECS_MAX: f64 = 20.0;
/// Pieces are no longer than this on average.
pub const PIECE_SECS_MAX: f64 = 1.25;
/// Pieces are no shorter than this on average; a few more are allowed.
pub const PIECE_SECS_MIN: f64 = 0.1;
/// Share of the recording's duration that the whole arrival takes at least; clocks of sound cards differ a little.
pub const ARRIVAL_SHARE_MIN: f64 = 0.97;
/// And this many seconds may be missing, because the beginning is stamped after the first sample.
pub const ARRIVAL_SECS_MISSING_MAX: f64 = 0.5;

/// One piece, as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its length.
    pub bytes: u32,
    /// Milliseconds since the piece before it, or since the beginning.
    pub after_ms: u32,
}

/// Why a piece, or a whole recording, is not accepted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChainError {
    /// A piece is empty or too long.
    #[error("piece {number} has {bytes} bytes, expected 1 to {PIECE_BYTES_MAX}")]
    Piece {
        /// Which piece, from 0.
        number: usize,
        /// Its length.
        bytes: usize,
    },
    /// A piece is missing, or came before.
    #[error("piece {found} came, expected piece {expected}")]
    Order {
        /// Its number.
        found: usize,
        /// The number that was due.
        expected: usize,
    },
    /// The hash of a piece is not that of the chain.
    #[error("the hash of piece {number} does not continue the chain")]
    Hash {
        /// Which piece.
        number: usize,
    },
    /// The clock went back.
    #[error("the clock went back by {ms} ms before piece {number}")]
    Clock {
        /// Which piece.
        number: usize,
        /// By how much.
        ms: i64,
    },
    /// There are too many pieces.
    #[error("a recording has at most {PIECES_MAX} pieces")]
    Pieces,
    /// There are too few or too many pieces for the duration.
    #[error("{pieces} pieces came for {duration_secs:.1} s of sound, expected {min} to {max}")]
    Count {
        /// How many came.
        pieces: usize,
        /// The duration of the recording.
        duration_secs: f64,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// A piece came before it can have been spoken.
    #[error(
        "piece {number} came {came_secs:.1} s after the beginning, but holds sound up to {sound_secs:.1} s"
    )]
    Early {
        /// Which piece.
        number: usize,
        /// When it came.
        came_secs: f64,
        /// Up to where its sound goes.
        sound_secs: f64,
    },
    /// A piece came long after it was spoken.
    #[error(
        "piece {number} came {came_secs:.1} s after the beginning, {late_secs:.1} s after its sound, at most {LATE_SECS_MAX} s is allowed"
    )]
    Late {
        /// Which piece.
        number: usize,
        /// When it came.
        came_secs: f64,
        /// How much later than its sound.
        late_secs: f64,
    },
    /// All came in less time than the sound lasts.
    #[error("{duration_secs:.1} s of sound came within {came_secs:.1} s")]
    Fast {
        /// The duration of the recording.
        duration_secs: f64,
        /// From the beginning to the last piece.
        came_secs: f64,
    },
    /// The file is not the pieces.
    #[error("the {what} of the file is `{found}`, that of the pieces `{expected}`")]
    Whole {
        /// `digest` or `length`.
        what: &'static str,
        /// That of the file.
        found: String,
        /// That of the pieces together.
        expected: String,
    },
    /// The table of links cannot be read.
    #[error("the table of links is damaged: {0}")]
    Table(&'static str),
}

/// The hash that a piece comes with.
#[must_use]
pub fn link_hash(previous: &Sha256, piece: &[u8], nonce: &Nonce) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update(previous.as_bytes());
    hasher.update(piece);
    hasher.update(nonce.as_bytes());
    Sha256::from_bytes(hasher.finalize().into())
}

/// What stands before the first piece.
pub const BEGINNING: Sha256 = Sha256::from_bytes([0; 32]);

/// Takes the pieces of one recording. The pieces themselves are the caller's to keep.
#[derive(Clone)]
pub struct Recorder {
    nonce: Nonce,
    grant: Grant,
    started_at: Timestamp,
    last_at: Timestamp,
    links: Vec<Link>,
    chain: Sha256,
    whole: sha2::Sha256,
    bytes: u64,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is the next one.
    New,
    /// It is the last one once more, because the page did not hear that it came; nothing changes.
    Again,
}

/// A recording that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The nonce.
    pub nonce: Nonce,
    /// What it was given for.
    pub grant: Grant,
    /// When it began.
    pub started_at: Timestamp,
    /// When the last piece came.
    pub last_at: Timestamp,
    /// The pieces.
    pub links: Vec<Link>,
    /// The last hash of the chain.
    pub chain: Sha256,
    /// The digest of all pieces in a row.
    pub audio: Sha256,
    /// Their length.
    pub bytes: u64,
}

impl Recorder {
    /// Begins, or stands again after a restart: a server that kept the pieces pushes them once more, each with the time at
    /// which it came. Whoever calls this sees to it that one nonce begins one recording, as
    /// [`Issuer::begin`](crate::Issuer::begin) does.
    #[must_use]
    pub fn new(nonce: Nonce, grant: Grant, now: Timestamp) -> Recorder {
        Recorder {
            nonce,
            grant,
            started_at: now,
            last_at: now,
            links: Vec::new(),
            chain: BEGINNING,
            whole: sha2::Sha256::new(),
            bytes: 0,
        }
    }

    /// How many pieces came.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.links.len()
    }

    /// The hash that the next piece continues.
    #[must_use]
    pub fn chain(&self) -> &Sha256 {
        &self.chain
    }

    /// The bytes that came.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// When the last piece came, or the beginning.
    #[must_use]
    pub fn last_at(&self) -> Timestamp {
        self.last_at
    }

    /// Takes piece `number` (from 0), which came at `now` with the hash `claimed`.
    ///
    /// # Errors
    /// When it does not continue the chain; the chain is then what it was.
    pub fn push(
        &mut self,
        number: usize,
        piece: &[u8],
        claimed: &Sha256,
        now: Timestamp,
    ) -> Result<Taken, ChainError> {
        let expected = self.links.len();
        if number + 1 == expected && *claimed == self.chain {
            return Ok(Taken::Again);
        }
        if number != expected {
            return Err(ChainError::Order { found: number, expected });
        }
        if piece.is_empty() || piece.len() > PIECE_BYTES_MAX {
            return Err(ChainError::Piece { number, bytes: piece.len() });
        }
        if number >= PIECES_MAX {
            return Err(ChainError::Pieces);
        }
        let hash = link_hash(&self.chain, piece, &self.nonce);
        if hash != *claimed {
            return Err(ChainError::Hash { number });
        }
        let ms = now.as_millisecond() - self.last_at.as_millisecond();
        if ms < 0 {
            return Err(ChainError::Clock { number, ms: -ms });
        }
        self.links.push(Link {
            bytes: u32::try_from(piece.len()).expect("at most `PIECE_BYTES_MAX`"),
            after_ms: u32::try_from(ms).unwrap_or(u32::MAX),
        });
        self.chain = hash;
        self.last_at = now;
        self.whole.update(piece);
        self.bytes += piece.len() as u64;
        Ok(Taken::New)
    }

    /// Ends. Whether it came at the speed of speech is asked when its duration is known, by [`check_pace`].
    #[must_use]
    pub fn finish(self) -> Recorded {
        Recorded {
            nonce: self.nonce,
            grant: self.grant,
            started_at: self.started_at,
            last_at: self.last_at,
            links: self.links,
            chain: self.chain,
            audio: Sha256::from_bytes(self.whole.finalize().into()),
            bytes: self.bytes,
        }
    }
}

impl Recorded {
    /// Whether the file that is kept is the one that came.
    ///
    /// # Errors
    /// [`ChainError::Whole`].
    pub fn check_file(&self, audio: &Sha256, bytes: u64) -> Result<(), ChainError> {
        if bytes != self.bytes {
            let (found, expected) = (bytes.to_string(), self.bytes.to_string());
            return Err(ChainError::Whole { what: "length", found, expected });
        }
        if *audio != self.audio {
            let (found, expected) = (audio.to_string(), self.audio.to_string());
            return Err(ChainError::Whole { what: "digest", found, expected });
        }
        Ok(())
    }
}

/// Whether pieces came at the speed at which `duration_secs` of sound are spoken.
///
/// Piece `k` of `n` holds sound up to `k/n` of the duration. It may come a little before that much time has passed, and
/// not very long after.
///
/// # Errors
/// The first thing that does not fit.
pub fn check_pace(links: &[Link], duration_secs: f64) -> Result<(), ChainError> {
    let pieces = links.len();
    let min = ((duration_secs / PIECE_SECS_MAX).floor() as usize).max(1);
    let max = ((duration_secs / PIECE_SECS_MIN).ceil() as usize).saturating_add(2).min(PIECES_MAX);
    if pieces < min || pieces > max {
        return Err(ChainError::Count { pieces, duration_secs, min, max });
    }
    let mut came_secs = 0.0;
    for (number, link) in links.iter().enumerate() {
        came_secs += f64::from(link.after_ms) / 1000.0;
        let sound_secs = duration_secs * (number + 1) as f64 / pieces as f64;
        if came_secs < sound_secs - EARLY_SECS_MAX {
            return Err(ChainError::Early { number, came_secs, sound_secs });
        }
        let late_secs = came_secs - sound_secs;
        if late_secs > LATE_SECS_MAX {
            return Err(ChainError::Late { number, came_secs, late_secs });
        }
    }
    if came_secs < duration_secs * ARRIVAL_SHARE_MIN - ARRIVAL_SECS_MISSING_MAX {
        return Err(ChainError::Fast { duration_secs, came_secs });
    }
    Ok(())
}

/// The compact form of the links.
#[must_use]
pub fn links_text(links: &[Link]) -> String {
    let mut bytes = Vec::with_capacity(links.len() * 4);
    for link in links {
        push_number(&mut bytes, link.bytes);
        push_number(&mut bytes, link.after_ms);
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads the compact form.
///
/// # Errors
/// [`ChainError::Table`] when it is not exactly that form.
pub fn read_links(text: &str) -> Result<Vec<Link>, ChainError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ChainError::Table("it is no base64"))?;
    let mut rest = bytes.as_slice();
    let mut links = Vec::with_capacity(bytes.len() / 4);
    while !rest.is_empty() {
        let (bytes, after_ms) = (take_number(&mut rest)?, take_number(&mut rest)?);
        if bytes == 0 {
            return Err(ChainError::Table("a piece is empty"));
        }
        links.push(Link { bytes, after_ms });
        if links.len() > PIECES_MAX {
            return Err(ChainError::Pieces);
        }
    }
    Ok(links)
}

fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// One number; a second form of it, with zeros in front, is refused.
fn take_number(rest: &mut &[u8]) -> Result<u32, ChainError> {
    let mut number = 0u64;
    for shift in (0..35).step_by(7) {
        let (&byte, behind) = rest.split_first().ok_or(ChainError::Table("it is cut"))?;
        *rest = behind;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            if byte == 0 && shift > 0 {
                return Err(ChainError::Table("a number has zeros in front"));
            }
            return u32::try_from(number).map_err(|_| ChainError::Table("a number is too large"));
        }
    }
    Err(ChainError::Table("a number is too long"))
}
