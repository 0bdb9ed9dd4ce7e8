//! Where the pieces of each take lie, and which segments are still needed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pixmo_schemas::Sha256;

use super::record::Piece;
use super::{Last, SpoolSize, record};

/// Where a record stands, and what is asked of it most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) segment: u64,
    pub(super) offset: u64,
    /// Of the record.
    pub(super) bytes: u32,
    piece_bytes: u32,
    chain: Sha256,
}

impl Place {
    pub(super) fn new(segment: u64, offset: u64, bytes: u32, piece: &Piece) -> Place {
        Place { segment, offset, bytes, piece_bytes: piece.bytes.len() as u32, chain: piece.chain }
    }
}

/// A file of the spool.
#[derive(Clone, Copy, Debug, Default)]
struct Segment {
    /// Its length.
    bytes: u64,
    /// Bytes of records that are needed.
    live_bytes: u64,
}

/// What lies where.
#[derive(Debug, Default)]
pub(super) struct Index {
    takes: BTreeMap<String, BTreeMap<u32, Place>>,
    segments: BTreeMap<u64, Segment>,
}

/// The name of a segment.
pub(super) fn path_of(folder: &Path, segment: u64) -> PathBuf {
    folder.join(format!("{segment:06}.log"))
}

impl Index {
    /// Reads all segments of a folder; the number that the next segment gets.
    pub(super) fn read_folder(&mut self, folder: &Path) -> io::Result<u64> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name();
            let number: Option<u64> =
                name.to_str().and_then(|name| name.strip_suffix(".log")).and_then(|n| n.parse().ok());
            numbers.extend(number);
        }
        numbers.sort_unstable();
        for &segment in &numbers {
            let bytes = fs::read(path_of(folder, segment))?;
            let mut offset = 0;
            while let Some((take, piece, length)) = record::read(&bytes[offset..]) {
                let place = Place::new(segment, offset as u64, length as u32, &piece);
                self.add(take, piece.number, place);
                offset += length;
            }
            let about = self.segments.entry(segment).or_default();
            about.bytes = bytes.len() as u64;
            if offset < bytes.len() {
                let cut = bytes.len() - offset;
                tracing::warn!(
                    segment,
                    bytes = cut,
                    "the end of a segment was never acknowledged and is passed over"
                );
            }
        }
        Ok(numbers.last().map_or(0, |last| last + 1))
    }

    /// A piece lies here now, and wherever it lay before no more.
    pub(super) fn add(&mut self, take: &str, number: u32, place: Place) {
        let about = self.segments.entry(place.segment).or_default();
        about.live_bytes += u64::from(place.bytes);
        about.bytes = about.bytes.max(place.offset + u64::from(place.bytes));
        let pieces = match self.takes.get_mut(take) {
            Some(pieces) => pieces,
            None => self.takes.entry(take.to_owned()).or_default(),
        };
        if let Some(before) = pieces.insert(number, place) {
            self.release(before);
        }
    }

    /// Forgets a take.
    pub(super) fn forget(&mut self, take: &str) {
        for place in self.takes.remove(take).unwrap_or_default().into_values() {
            self.release(place);
        }
    }

    /// Segments with anything in them that nobody needs.
    pub(super) fn wasteful(&self) -> Vec<u64> {
        let is_wasteful = |(_, segment): &(&u64, &Segment)| segment.live_bytes < segment.bytes;
        self.segments.iter().filter(is_wasteful).map(|(number, _)| *number).collect()
    }

    /// Whether nobody needs anything of a segment.
    pub(super) fn is_free(&self, segment: u64) -> bool {
        self.segments.get(&segment).is_none_or(|segment| segment.live_bytes == 0)
    }

    fn release(&mut self, place: Place) {
        if let Some(segment) = self.segments.get_mut(&place.segment) {
            segment.live_bytes = segment.live_bytes.saturating_sub(u64::from(place.bytes));
        }
    }

    /// Segments before `newest` of which less than `share_max` is needed.
    pub(super) fn sparse(&self, newest: Option<u64>, share_max: f64) -> Vec<u64> {
        let is_sparse = |(number, segment): &(&u64, &Segment)| {
            Some(**number) != newest && segment.live_bytes as f64 <= segment.bytes as f64 * share_max
        };
        self.segments.iter().filter(is_sparse).map(|(number, _)| *number).collect()
    }

    /// All that is needed of a segment: take, number, place.
    pub(super) fn live_in(&self, segment: u64) -> Vec<(String, u32, Place)> {
        let mut live = Vec::new();
        for (take, pieces) in &self.takes {
            let here = pieces.iter().filter(|(_, place)| place.segment == segment);
            live.extend(here.map(|(number, place)| (take.clone(), *number, *place)));
        }
        live.sort_by_key(|(_, _, place)| place.offset);
        live
    }

    pub(super) fn drop_segment(&mut self, segment: u64) {
        self.segments.remove(&segment);
    }

    pub(super) fn pieces(&self, take: &str) -> u32 {
        self.takes.get(take).map_or(0, |pieces| in_a_row(pieces).count() as u32)
    }

    /// How far a take has come; `None` if nothing is there.
    pub(super) fn last(&self, take: &str) -> Option<Last> {
        let mut last = None;
        for place in in_a_row(self.takes.get(take)?) {
            let (pieces, bytes) = last.map_or((0, 0), |last: Last| (last.pieces, last.bytes));
            last = Some(Last {
                pieces: pieces + 1,
                bytes: bytes + u64::from(place.piece_bytes),
                chain: place.chain,
            });
        }
        last
    }

    pub(super) fn places(&self, take: &str) -> Vec<Place> {
        self.takes.get(take).map_or_else(Vec::new, |pieces| in_a_row(pieces).collect())
    }

    pub(super) fn takes(&self) -> Vec<String> {
        self.takes.keys().cloned().collect()
    }

    pub(super) fn size(&self) -> SpoolSize {
        SpoolSize {
            segments: self.segments.len(),
            bytes: self.segments.values().map(|segment| segment.bytes).sum(),
            takes: self.takes.len(),
        }
    }
}

/// The pieces from 0 up to the first that is missing.
fn in_a_row(pieces: &BTreeMap<u32, Place>) -> impl Iterator<Item = Place> + '_ {
    (0..).zip(pieces).take_while(|(expected, (number, _))| expected == *number).map(|(_, (_, place))| *place)
}
