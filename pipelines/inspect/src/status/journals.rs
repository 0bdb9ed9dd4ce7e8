//! How many tasks of unfinished shards are finished, read from their journals without touching them.
//!
//! A journal may be written to at this moment, so it is only read, and what is not whole at its end is passed over. Its
//! form is described in `pixmo_shards::journal`; opening one there would cut off what is not whole.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use pixmo_shards::{JournalHead, LocationError};
use serde::{Deserialize, Serialize};

/// The longest line that is believed, as in the journal itself.
const LINE_BYTES_MAX: u64 = 4 << 10;

/// What the journal of one unfinished shard says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Begun {
    /// The number of the shard.
    pub shard: u32,
    /// Finished tasks.
    pub tasks: u64,
    /// Those that gave a row.
    pub rows: u64,
    /// Those that gave none.
    pub dropped: u64,
}

#[derive(Deserialize)]
struct Line {
    outcome: String,
    bytes: u64,
}

/// The journals of a work folder, by shard.
///
/// # Errors
/// When the folder cannot be read. Journals that vanish meanwhile belong to shards that were finished, and are left out.
pub fn read(work: &Path) -> Result<Vec<Begun>, LocationError> {
    let failed = |path: &Path, error| LocationError::from_io("read", path.display().to_string(), error);
    let listing = match fs::read_dir(work) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|error| failed(work, error))?,
    };
    let mut journals = Vec::new();
    for entry in listing {
        let path = entry.map_err(|error| failed(work, error))?.path();
        if path.extension().is_some_and(|end| end == "journal") {
            match count(&path) {
                Ok(begun) => journals.extend(begun),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&path, error)),
            }
        }
    }
    journals.sort_by_key(|begun| begun.shard);
    Ok(journals)
}

/// Counts the whole entries of one journal; `None` if its first line does not say whose it is.
fn count(path: &Path) -> io::Result<Option<Begun>> {
    let mut reader = BufReader::with_capacity(256 << 10, File::open(path)?);
    let mut line = Vec::new();
    let Some(head) = next_line(&mut reader, &mut line)? else { return Ok(None) };
    let Ok(head) = serde_json::from_slice::<JournalHead>(head) else { return Ok(None) };
    let mut begun = Begun { shard: head.shard, tasks: 0, rows: 0, dropped: 0 };
    while let Some(bare) = next_line(&mut reader, &mut line)? {
        let Ok(entry) = serde_json::from_slice::<Line>(bare) else { break };
        // The payload and the newline behind it.
        let behind = entry.bytes.saturating_add(1);
        if io::copy(&mut reader.by_ref().take(behind), &mut io::sink())? < behind {
            break;
        }
        begun.tasks += 1;
        match entry.outcome.as_str() {
            "keep" => begun.rows += 1,
            _ => begun.dropped += 1,
        }
    }
    Ok(Some(begun))
}

fn next_line<'a>(reader: &mut impl BufRead, line: &'a mut Vec<u8>) -> io::Result<Option<&'a [u8]>> {
    line.clear();
    reader.take(LINE_BYTES_MAX).read_until(b'\n', line)?;
    Ok(line.strip_suffix(b"\n"))
}

#[cfg(test)]
mod tests {
    use pixmo_shards::{Disk, Journal, journal::Entry};

    use super::*;

    /// The journals are written by the room that owns them, so that a change of their form shows here.
    #[test]
    fn whole_entries_are_counted_and_a_cut_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("00017.journal");
        let head = JournalHead::new("docs", 17, 256, "03be51");
        let (mut journal, _) = Journal::open(&Disk::new(), &path, &head).unwrap();
        journal.add("charts/train/000001", &Entry::Keep(b"one\n{\"outcome\":\"keep\"}\n".to_vec())).unwrap();
        journal.add("charts/train/000000", &Entry::Drop("no_room".into())).unwrap();
        let two = Begun { shard: 17, tasks: 2, rows: 1, dropped: 1 };
        assert_eq!(read(folder.path()).unwrap(), vec![two.clone()]);
        let whole = fs::read(&path).unwrap().len();
        journal.add("charts/train/000002", &Entry::Keep(vec![b'\n'; 300])).unwrap();
        let bytes = fs::read(&path).unwrap();
        for end in whole..bytes.len() {
            fs::write(&path, &bytes[..end]).unwrap();
            assert_eq!(read(folder.path()).unwrap(), vec![two.clone()], "cut at {end}");
        }
        fs::write(&path, &bytes).unwrap();
        assert_eq!(read(folder.path()).unwrap()[0].tasks, 3);
        assert_eq!(read(&folder.path().join("none")).unwrap(), []);
    }
}
