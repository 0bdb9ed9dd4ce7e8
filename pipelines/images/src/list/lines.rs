//! One address a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{BadRow, ListError, Row, Rows, Source};

/// The longest line that is taken for an address.
const LINE_BYTES_MAX: usize = 64 << 10;
/// The beginning of every so-manieth line is remembered.
const MARK_EVERY: u64 = 4096;

/// A file of addresses, and where some of its lines begin.
pub(crate) struct Lines {
    path: PathBuf,
    marks: Vec<u64>,
}

impl Lines {
    /// Reads the file once: where lines begin, how many there are, and its hash.
    pub(crate) fn open(path: &Path) -> Result<(Lines, u64, [u8; 32]), ListError> {
        let failed = |source| ListError::Io { path: path.display().to_string(), source };
        let mut reader = BufReader::with_capacity(1 << 20, File::open(path).map_err(failed)?);
        let (mut hasher, mut marks, mut at, mut lines) = (Sha256::new(), Vec::new(), 0u64, 0u64);
        let mut is_at_start = true;
        loop {
            let piece = reader.fill_buf().map_err(failed)?;
            if piece.is_empty() {
                break;
            }
            for (offset, byte) in (at..).zip(piece) {
                if is_at_start {
                    if lines.is_multiple_of(MARK_EVERY) {
                        marks.push(offset);
                    }
                    lines += 1;
                }
                is_at_start = *byte == b'\n';
            }
            hasher.update(piece);
            let len = piece.len();
            at += len as u64;
            reader.consume(len);
        }
        Ok((Lines { path: path.to_owned(), marks }, lines, hasher.finalize().into()))
    }
}

impl Source for Lines {
    fn rows(&self, range: Range<u64>) -> Result<Rows, ListError> {
        if range.is_empty() {
            return Ok(Box::new(std::iter::empty()));
        }
        let path = self.path.display().to_string();
        let failed = |source| ListError::Io { path: path.clone(), source };
        let mut file = File::open(&self.path).map_err(failed)?;
        let mark = (range.start / MARK_EVERY) as usize;
        let Some(at) = self.marks.get(mark) else { return Err(ListError::Changed { path }) };
        file.seek(SeekFrom::Start(*at)).map_err(failed)?;
        let mut reader = BufReader::with_capacity(256 << 10, file);
        let mut line = Vec::new();
        let first = mark as u64 * MARK_EVERY;
        let mut numbers = first..range.end;
        let mut is_over = false;
        Ok(Box::new(std::iter::from_fn(move || {
            loop {
                if is_over {
                    return None;
                }
                let number = numbers.next()?;
                line.clear();
                match reader.read_until(b'\n', &mut line) {
                    Err(source) => {
                        is_over = true;
                        return Some(Err(ListError::Io { path: path.clone(), source }));
                    }
                    Ok(0) => {
                        is_over = true;
                        return Some(Err(ListError::Changed { path: path.clone() }));
                    }
                    Ok(_) if number < range.start => {}
                    Ok(_) => return Some(Ok(row_of(number + 1, &line))),
                }
            }
        })))
    }
}

fn row_of(number: u64, line: &[u8]) -> Result<Row, BadRow> {
    let bad = |fault: &str| BadRow { number, fault: fault.to_owned() };
    if line.len() > LINE_BYTES_MAX {
        return Err(bad("it is longer than 64 KiB"));
    }
    let text = std::str::from_utf8(line).map_err(|_| bad("it is not UTF-8"))?;
    match text.trim() {
        "" => Err(bad("it is empty")),
        address => Ok(Row { number, address: Some(address.to_owned()), ..Row::default() }),
    }
}
