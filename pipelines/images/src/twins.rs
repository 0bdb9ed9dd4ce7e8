//! Rows of a list that name the same address: only the first of them is fetched.
//!
//! The addresses of a long list do not fit into memory, so their hashes are dealt to files by their first byte, and each
//! file is looked at for itself. What is kept is eight bytes for each row that repeats another.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::ops::Range;
use std::path::Path;

use pixmo_console::Failure;
use pixmo_shards::{Disk, LocationError};

use crate::failures;
use crate::list::{Entry, List};

/// So many rows are looked at in memory; of a longer list, parts are dealt to files.
const ROWS_AT_ONCE: u64 = 250_000;
/// The most files.
const PARTS_MAX: u64 = 256;
/// Hash and place.
const RECORD_BYTES: usize = 20;

/// Which rows repeat which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Twins {
    /// Place of the row, and of the first with its address; in order of the former.
    pairs: Vec<(u32, u32)>,
}

impl Twins {
    /// Looks for repeated addresses in the first `rows` rows of a list; `work` is a folder for the parts.
    pub(crate) fn find(list: &List, rows: u64, disk: &Disk, work: &Path) -> Result<Twins, Failure> {
        Self::find_by(list, rows, disk, work, ROWS_AT_ONCE)
    }

    fn find_by(list: &List, rows: u64, disk: &Disk, work: &Path, at_once: u64) -> Result<Twins, Failure> {
        if rows > u64::from(u32::MAX) {
            return Err(Failure::request(format!(
                "the list has {rows} rows, at most {} are taken",
                u32::MAX
            ))
            .hint("split the list"));
        }
        let parts = rows.div_ceil(at_once).clamp(1, PARTS_MAX);
        let mut pairs = Vec::new();
        if parts == 1 {
            let mut records = Vec::new();
            each_address(list, 0..rows, |record| {
                records.push(record);
                Ok(())
            })?;
            add_pairs(records, &mut pairs);
        } else {
            let failed = |error| {
                failures::of_place(LocationError::from_io("write", work.display().to_string(), error))
            };
            disk.remove_folder(work).map_err(failed)?;
            disk.create_folder(work).map_err(failed)?;
            let path = |part: u64| work.join(format!("{part:03}"));
            let open =
                |part: u64| disk.create(&path(part)).map(|file| BufWriter::with_capacity(16 << 10, file));
            let mut files = (0..parts).map(open).collect::<Result<Vec<_>, _>>().map_err(failed)?;
            each_address(list, 0..rows, |(hash, place)| {
                let part = u64::from(hash[0]) * parts / 256;
                let mut record = [0; RECORD_BYTES];
                record[..16].copy_from_slice(&hash);
                record[16..].copy_from_slice(&place.to_le_bytes());
                files[part as usize].write_all(&record).map_err(failed)
            })?;
            for file in &mut files {
                file.flush().map_err(failed)?;
            }
            drop(files);
            for part in 0..parts {
                add_pairs(records_of(&path(part)).map_err(failed)?, &mut pairs);
            }
            disk.remove_folder(work).map_err(failed)?;
        }
        pairs.sort_unstable();
        Ok(Twins { pairs })
    }

    /// The place of the first row with the address of this one, if that is another.
    pub(crate) fn leader_of(&self, place: u64) -> Option<u64> {
        let place = u32::try_from(place).ok()?;
        let at = self.pairs.binary_search_by_key(&place, |(row, _)| *row).ok()?;
        Some(self.pairs[at].1.into())
    }
}

type Record = ([u8; 16], u32);

fn each_address(
    list: &List,
    rows: Range<u64>,
    mut tell: impl FnMut(Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for entry in list.read(rows).map_err(failures::of_list)? {
        let Entry::Row(row) = entry.map_err(failures::of_list)? else { continue };
        if let (Some(address), None) = (row.address, row.bytes) {
            let mut half = [0; 16];
            half.copy_from_slice(&blake3::hash(address.as_bytes()).as_bytes()[..16]);
            tell((half, row.number as u32))?;
        }
    }
    Ok(())
}

fn records_of(path: &Path) -> std::io::Result<Vec<Record>> {
    let mut bytes = Vec::new();
    BufReader::new(File::open(path)?).read_to_end(&mut bytes)?;
    let (records, _) = bytes.as_chunks::<RECORD_BYTES>();
    let record = |record: &[u8; RECORD_BYTES]| {
        let (mut hash, mut place) = ([0; 16], [0; 4]);
        hash.copy_from_slice(&record[..16]);
        place.copy_from_slice(&record[16..]);
        (hash, u32::from_le_bytes(place))
    };
    Ok(records.iter().map(record).collect())
}

fn add_pairs(mut records: Vec<Record>, pairs: &mut Vec<(u32, u32)>) {
    records.sort_unstable();
    for same in records.chunk_by(|a, b| a.0 == b.0) {
        let leader = same[0].1;
        pairs.extend(same[1..].iter().map(|(_, place)| (*place, leader)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::ListArgs;

    #[test]
    fn the_first_of_its_address_leads_however_many_parts_there_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.txt");
        let address = |place: u64| format!("https://images.example/{}.jpg\n", place * place % 97);
        std::fs::write(&path, (0..1000).map(address).collect::<String>()).unwrap();
        let list = List::open(&path, &ListArgs::default(), &folder.path().join("work")).unwrap();
        let find = |at_once| {
            Twins::find_by(&list, 1000, &Disk::new(), &folder.path().join("parts"), at_once).unwrap()
        };
        let twins = find(1000);
        for place in 0..1000u64 {
            let first = (0..=place).find(|first| address(*first) == address(place)).unwrap();
            assert_eq!(twins.leader_of(place), (first != place).then_some(first), "{place}");
        }
        assert_eq!(find(100), twins);
        assert_eq!(find(1), twins);
        assert!(!folder.path().join("parts").exists());
    }
}
