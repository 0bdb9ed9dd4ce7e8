//! Lines of a file of the user: plain text, CSV or JSON lines, held to limits and told by their number.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;

use pixmo_console::Failure;

/// Largest file in bytes.
const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Longest entry in bytes.
const ENTRY_BYTES_MAX: usize = 1_000;
/// Longest line of JSON in bytes: a line becomes a tree of values, many times as large.
const LINE_BYTES_MAX: usize = 1024 * 1024;
/// Most entries.
const ENTRIES_MAX: usize = 1_000_000;

/// The entries of a file with the numbers of their lines, at least one.
#[derive(Debug)]
pub struct Lines {
    /// Number of the line, from 1, and the entry.
    pub entries: Vec<(usize, Box<str>)>,
    /// BLAKE3 of the whole file in hexadecimal digits.
    pub blake3: String,
}

impl Lines {
    /// Reads a file: `.csv` has a header and a column named `what`, `.jsonl` or `.ndjson` has on each line an object with a
    /// text `what` or a text alone, anything else has one entry a line, where lines that are blank or begin with `#` are
    /// left out. `blake3` is what the file must hash to; empty for anything.
    ///
    /// # Errors
    /// Each with file and line: not there, not text, too large, too long, empty, another hash.
    pub fn read(path: &str, what: &str, blake3: &str) -> Result<Self, Failure> {
        Self::parse(&bytes_of(path, what)?, path, what, blake3)
    }

    /// As [`Lines::read`], of the content of the file `path`, whose ending says which form it has.
    ///
    /// # Errors
    /// As [`Lines::read`].
    pub fn parse(bytes: &[u8], path: &str, what: &str, blake3: &str) -> Result<Self, Failure> {
        let hash = blake3::hash(bytes).to_hex().to_string();
        if !blake3.is_empty() && blake3 != hash {
            return Err(Failure::request(format!(
                "the {what} file is not the one that the build was begun with"
            ))
            .because(format!(
                "its BLAKE3 is `{}…`, expected `{}…`",
                &hash[..12],
                blake3.get(..12).unwrap_or(blake3)
            ))
            .at(path)
            .hint("bring the old file back, or begin anew in another folder with `--into`"));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
            Failure::request(format!("the {what} file is not UTF-8 text"))
                .because(format!("byte {} cannot be read", error.valid_up_to()))
                .at(format!("{path}:{line}"))
                .hint("save it as UTF-8")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        // One after the other: a file of many more entries than are used must not be held in memory as entries.
        let found: Found<'_> = match ending.as_str() {
            "csv" => of_csv(text, path, what)?,
            "jsonl" | "ndjson" => of_json(text, path, what),
            _ => {
                let lines = text.lines().enumerate().map(|(index, line)| (index + 1, Cow::Borrowed(line)));
                Box::new(lines.filter(|(_, line)| !line.starts_with('#')).map(Ok))
            }
        };
        let mut entries = Vec::new();
        for found in found {
            let (line, entry) = found?;
            let entry = entry.trim();
            if entry.is_empty() {
                continue;
            }
            let wrong = if entry.len() > ENTRY_BYTES_MAX {
                Some(format!("it has {} bytes, at most {ENTRY_BYTES_MAX} are read", entry.len()))
            } else {
                entry
                    .chars()
                    .find(|c| c.is_control())
                    .map(|c| format!("it holds the control character U+{:04X}", c as u32))
            };
            if let Some(wrong) = wrong {
                let begin: String = entry.chars().take(40).collect();
                return Err(Failure::request(format!("cannot use the {what} `{}`", begin.escape_debug()))
                    .because(wrong)
                    .at(format!("{path}:{line}"))
                    .hint(format!("a {what} is one short line of text")));
            }
            if entries.len() == ENTRIES_MAX {
                return Err(Failure::request(format!("the {what} file has more than {ENTRIES_MAX} entries"))
                    .at(format!("{path}:{line}"))
                    .hint("give a sample of it"));
            }
            entries.push((line, entry.into()));
        }
        if entries.is_empty() {
            return Err(Failure::request(format!("the {what} file has no entries"))
                .at(path)
                .hint(format!("write one {what} a line, or leave the key away")));
        }
        Ok(Self { entries, blake3: hash })
    }
}

fn bytes_of(path: &str, what: &str) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        Failure::request(format!("cannot read the {what} file"))
            .cause(&error)
            .at(path)
            .hint("paths are taken from the folder in which the program is started")
    };
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(Failure::request(format!("the {what} file is no plain file")).at(path));
    }
    let mut bytes = Vec::new();
    // A file can grow while it is read.
    File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(Failure::request(format!("the {what} file is too large"))
            .because(format!("it has {} bytes, at most {BYTES_MAX} are read", about.len()))
            .at(path)
            .hint("give a sample of it"));
    }
    Ok(bytes)
}

type Found<'a> = Box<dyn Iterator<Item = Result<(usize, Cow<'a, str>), Failure>> + 'a>;

fn of_csv<'a>(text: &'a str, path: &'a str, what: &'a str) -> Result<Found<'a>, Failure> {
    let failed = move |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Failure::request(format!("the {what} file is no CSV table"))
            .cause(&error)
            .at(format!("{path}:{line}"))
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(failed)?.clone();
    let Some(column) = header.iter().position(|name| name.trim() == what) else {
        let names: Vec<String> = header.iter().take(12).map(|name| name.chars().take(40).collect()).collect();
        return Err(Failure::request(format!("the {what} file has no column `{what}`"))
            .because(format!("found the columns `{}`", names.join("`, `")))
            .at(format!("{path}:1")));
    };
    Ok(Box::new(reader.into_records().map(move |record| {
        let record = record.map_err(failed)?;
        let line = record.position().map_or(0, |place| place.line() as usize);
        Ok((line, Cow::Owned(record.get(column).unwrap_or_default().to_owned())))
    })))
}

fn of_json<'a>(text: &'a str, path: &'a str, what: &'a str) -> Found<'a> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    Box::new(lines.map(move |(index, line)| {
        let wrong = |why: String| {
            Failure::request(format!("cannot read a line of the {what} file"))
                .because(why)
                .at(format!("{path}:{}", index + 1))
                .hint(format!("each line reads like {{\"{what}\": \"…\"}}"))
        };
        if line.len() > LINE_BYTES_MAX {
            return Err(wrong(format!("it has {} bytes, at most {LINE_BYTES_MAX} are read", line.len())));
        }
        let value: serde_json::Value =
            serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        let entry = value.as_str().or_else(|| value.get(what).and_then(serde_json::Value::as_str));
        let entry = entry.ok_or_else(|| wrong(format!("it has no text `{what}`")))?;
        Ok((index + 1, Cow::Owned(entry.to_owned())))
    }))
}
