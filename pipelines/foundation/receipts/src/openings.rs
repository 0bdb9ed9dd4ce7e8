//! Envelopes beside the log: what opens the commitments.
//!
//! Those of a full bundle of 256 entries lie in one compressed file, `receipts/x001/234.zst`, one a line: number of the
//! entry, salt, envelope. Those of the last bundle lie in smaller files of such lines, one for each time that something was
//! added, under the number of their first entry: `receipts/x001/234.p/017`. What was taken back has none.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use sha2::Digest as _;

use crate::leaf::Salt;
use crate::log::tiles::{self, TILE_WIDTH};
use crate::log::{LogError, Store, StoreError};

/// The largest envelope that is kept.
pub const ENVELOPE_BYTES_MAX: usize = 256 << 10;
/// A bundle is never larger than this.
const BUNDLE_BYTES_MAX: u64 = TILE_WIDTH * (ENVELOPE_BYTES_MAX as u64 + 64);
/// Level of compression: higher ones gain little on digests.
const LEVEL: i32 = 3;
/// A bundle begins with a frame that decoders of zstd pass over (RFC 8878, section 3.1.2). It holds the SHA-256 of the
/// rest, because some bits of a compressed frame mean nothing, and a change of those is to be found too.
const SEAL: [u8; 8] = [0x50, 0x2a, 0x4d, 0x18, 32, 0, 0, 0];

/// What opens one commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The salt.
    pub salt: Salt,
    /// The envelope, as its JSON stands.
    pub envelope: String,
}

impl Opening {
    fn line(&self, index: u64) -> String {
        format!("{index} {} {}\n", self.salt, self.envelope)
    }
}

fn bundle_name(bundle: u64) -> String {
    format!("receipts/{}.zst", tiles::numbered(bundle, TILE_WIDTH))
}

/// A file of a bundle that is not full, by its first entry.
fn loose_name(index: u64) -> String {
    let bundle = tiles::numbered(index / TILE_WIDTH, TILE_WIDTH);
    format!("receipts/{bundle}.p/{:03}", index % TILE_WIDTH)
}

/// Keeps what opens the entries from `first` on: one file for each bundle that they touch.
///
/// # Errors
/// When one is too long, or a file cannot be written.
pub fn put<S: Store>(store: &S, first: u64, openings: &[Opening]) -> Result<(), LogError> {
    let unfit =
        |opening: &&Opening| opening.envelope.len() > ENVELOPE_BYTES_MAX || opening.envelope.contains('\n');
    if let Some(opening) = openings.iter().find(unfit) {
        return Err(LogError::TooLong { bytes: opening.envelope.len() });
    }
    let (mut first, mut rest) = (first, openings);
    while !rest.is_empty() {
        let room = (TILE_WIDTH - first % TILE_WIDTH) as usize;
        let (some, behind) = rest.split_at(room.min(rest.len()));
        let lines: String = (first..).zip(some).map(|(index, opening)| opening.line(index)).collect();
        store.write(&loose_name(first), lines.as_bytes())?;
        first += some.len() as u64;
        rest = behind;
    }
    Ok(())
}

/// Puts the openings of a full bundle into one file.
///
/// # Errors
/// When a file cannot be read or written; then all that was there is there.
pub fn pack<S: Store>(store: &S, bundle: u64) -> Result<(), LogError> {
    let openings = read_bundle(store, bundle)?;
    write_bundle(store, bundle, &openings)?;
    for index in bundle * TILE_WIDTH..(bundle + 1) * TILE_WIDTH {
        store.remove(&loose_name(index))?;
    }
    Ok(())
}

fn write_bundle<S: Store>(store: &S, bundle: u64, openings: &BTreeMap<u64, Opening>) -> Result<(), LogError> {
    let name = bundle_name(bundle);
    let compress = || -> std::io::Result<Vec<u8>> {
        let mut encoder = zstd::stream::Encoder::new(Vec::new(), LEVEL)?;
        for (index, opening) in openings {
            encoder.write_all(opening.line(*index).as_bytes())?;
        }
        let packed = encoder.finish()?;
        Ok([&SEAL[..], &sha2::Sha256::digest(&packed), &packed].concat())
    };
    let content = compress().map_err(|source| StoreError {
        action: "compress",
        name: name.clone(),
        source: Box::new(source),
    })?;
    Ok(store.write(&name, &content)?)
}

/// The openings of a bundle, by the number of their entries. Entries that were taken back, and those of other kinds, have
/// none.
///
/// # Errors
/// When a file cannot be read, or is damaged.
pub fn read_bundle<S: Store>(store: &S, bundle: u64) -> Result<BTreeMap<u64, Opening>, LogError> {
    let name = bundle_name(bundle);
    if let Some(packed) = store.read(&name)? {
        let text = unpack(&packed).map_err(|what| LogError::Damaged { name: name.clone(), what })?;
        return read_lines(&name, bundle, &text);
    }
    let mut openings = BTreeMap::new();
    for index in bundle * TILE_WIDTH..(bundle + 1) * TILE_WIDTH {
        openings.append(&mut read_loose(store, index)?);
    }
    Ok(openings)
}

/// The lines of a file, which must all belong to the bundle.
fn read_lines(name: &str, bundle: u64, text: &str) -> Result<BTreeMap<u64, Opening>, LogError> {
    let damaged = |place: usize, what: &str| LogError::Damaged {
        name: name.to_owned(),
        what: format!("line {} {what}", place + 1),
    };
    let mut openings = BTreeMap::new();
    for (place, line) in text.split_inclusive('\n').enumerate() {
        let line = line.strip_suffix('\n').ok_or_else(|| damaged(place, "is cut"))?;
        let (index, opening) = read_line(line).ok_or_else(|| damaged(place, "is no receipt"))?;
        if index / TILE_WIDTH != bundle {
            return Err(damaged(place, "belongs into another file"));
        }
        if openings.insert(index, opening).is_some() {
            return Err(damaged(place, "is there twice"));
        }
    }
    Ok(openings)
}

/// The openings in the file that begins with entry `index`; nothing if there is none.
fn read_loose<S: Store>(store: &S, index: u64) -> Result<BTreeMap<u64, Opening>, LogError> {
    let name = loose_name(index);
    let Some(content) = store.read(&name)? else { return Ok(BTreeMap::new()) };
    let what = || "it is not text".to_owned();
    let text =
        std::str::from_utf8(&content).map_err(|_| LogError::Damaged { name: name.clone(), what: what() })?;
    read_lines(&name, index / TILE_WIDTH, text)
}

/// What opens one entry; `None` if there is nothing.
///
/// # Errors
/// When a file cannot be read, or is damaged.
pub fn read<S: Store>(store: &S, index: u64) -> Result<Option<Opening>, LogError> {
    Ok(read_bundle(store, index / TILE_WIDTH)?.remove(&index))
}

/// Deletes what opens one entry; `false` if there was nothing.
///
/// # Errors
/// When a file cannot be read or written.
pub fn erase<S: Store>(store: &S, index: u64) -> Result<bool, LogError> {
    let bundle = index / TILE_WIDTH;
    let mut found = false;
    if store.read(&bundle_name(bundle))?.is_some() {
        let mut openings = read_bundle(store, bundle)?;
        found = openings.remove(&index).is_some();
        if found {
            write_bundle(store, bundle, &openings)?;
        }
    }
    // Without a bundle, and beside one whose packing was cut off.
    for first in bundle * TILE_WIDTH..=index {
        let mut openings = read_loose(store, first)?;
        if openings.remove(&index).is_none() {
            continue;
        }
        found = true;
        if openings.is_empty() {
            store.remove(&loose_name(first))?;
        } else {
            let lines: String = openings.iter().map(|(index, opening)| opening.line(*index)).collect();
            store.write(&loose_name(first), lines.as_bytes())?;
        }
    }
    Ok(found)
}

/// A line: number of the entry, salt, envelope, with single spaces between.
#[must_use]
pub fn read_line(line: &str) -> Option<(u64, Opening)> {
    let (number, rest) = line.split_once(' ')?;
    let (salt, envelope) = rest.split_once(' ')?;
    let index: u64 = number.parse().ok()?;
    let canonical = number == "0" || !number.starts_with(['0', '+']);
    if !canonical || envelope.len() > ENVELOPE_BYTES_MAX || envelope.contains('\n') {
        return None;
    }
    Some((index, Opening { salt: Salt::parse(salt)?, envelope: envelope.to_owned() }))
}

fn unpack(sealed: &[u8]) -> Result<String, String> {
    let parts = sealed.strip_prefix(&SEAL).and_then(|rest| rest.split_first_chunk::<32>());
    let (digest, packed) = parts.ok_or("it does not begin with its digest")?;
    if sha2::Sha256::digest(packed)[..] != digest[..] {
        return Err("its content does not match its digest".to_owned());
    }
    let decoder = zstd::stream::Decoder::with_buffer(packed).map_err(|error| error.to_string())?;
    let mut text = String::new();
    let bytes = decoder.take(BUNDLE_BYTES_MAX + 1).read_to_string(&mut text).map_err(|e| e.to_string())?;
    if bytes as u64 > BUNDLE_BYTES_MAX {
        return Err(format!("it unpacks to more than {BUNDLE_BYTES_MAX} bytes"));
    }
    Ok(text)
}

/// The names of the files that hold the openings of a bundle.
///
/// # Errors
/// When a file cannot be read.
pub fn names_of<S: Store>(store: &S, bundle: u64) -> Result<Vec<String>, LogError> {
    let name = bundle_name(bundle);
    if store.read(&name)?.is_some() {
        return Ok(vec![name]);
    }
    let mut names = Vec::new();
    for index in bundle * TILE_WIDTH..(bundle + 1) * TILE_WIDTH {
        if store.read(&loose_name(index))?.is_some() {
            names.push(loose_name(index));
        }
    }
    Ok(names)
}

/// Packs a full bundle, unless it is packed already.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn pack_if_loose<S: Store>(store: &S, bundle: u64) -> Result<(), LogError> {
    if store.read(&bundle_name(bundle))?.is_some() { Ok(()) } else { pack(store, bundle) }
}
