//! The files of an export: parts of some megabytes, each complete or as it was.

use std::collections::HashMap;

use pixmo_schemas::Sha256;
use pixmo_shards::{Location, LocationError, Trouble};

use super::{ERASED, ExportedKind, line};
use crate::App;
use crate::http::Problem;
use crate::takes::live::blocking;

/// A part that is longer is not continued.
const PART_BYTES_MAX: usize = 16 << 20;
/// Lines that are asked for at a time.
const LINES: i64 = 2000;

/// What is known of a part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    pub(crate) file: String,
    pub(crate) bytes: i64,
    lines: i64,
    sha256: String,
    last_seq: i64,
}

/// Writes the lines of a kind that no file has yet.
pub(crate) async fn write(app: &App, kind: &str) -> Result<ExportedKind, Problem> {
    let mut part = parts(app, kind).await?.pop();
    let mut done = ExportedKind {
        kind: kind.to_owned(),
        lines: 0,
        bytes: 0,
        file: part.as_ref().map(|p| p.file.clone()),
    };
    let mut consents = HashMap::new();
    let mut text: Option<Vec<u8>> = None;
    let mut last_seq = part.as_ref().map_or(0, |part| part.last_seq);
    loop {
        let lines = line::after(app, kind, last_seq, LINES, &mut consents).await?;
        if lines.is_empty() {
            break;
        }
        for (seq, content) in lines {
            // Tombstones stand in one file.
            let is_full =
                part.as_ref().is_some_and(|part| part.bytes as usize >= PART_BYTES_MAX) && kind != ERASED;
            if part.is_none() || is_full {
                if let (Some(part), Some(text)) = (&part, text.take()) {
                    put(app, kind, part, text).await?;
                }
                let number = part.as_ref().map_or(1, |part| number_of(&part.file) + 1);
                part = Some(Part { file: name(kind, number), last_seq, ..Part::default() });
                text = Some(Vec::new());
            }
            let part = part.as_mut().expect("one was just made");
            let text = match &mut text {
                Some(text) => text,
                none => none.insert(content_of(app, part).await?),
            };
            if let Some(content) = content {
                text.extend_from_slice(&content);
                done.lines += 1;
                done.bytes += content.len() as u64;
                part.lines += 1;
                part.bytes += content.len() as i64;
            }
            (part.last_seq, last_seq) = (seq, seq);
        }
    }
    if let (Some(part), Some(text)) = (&part, text) {
        done.file = Some(part.file.clone());
        put(app, kind, part, text).await?;
    }
    Ok(done)
}

/// The parts of a kind, in order.
pub(crate) async fn parts(app: &App, kind: &str) -> Result<Vec<Part>, Problem> {
    let rows: Vec<(String, i64, i64, String, String)> = sqlx::query_as(
        "SELECT file, bytes, lines, sha256, last_id FROM export_state WHERE kind = $1 ORDER BY file",
    )
    .bind(kind)
    .fetch_all(app.db.reads())
    .await?;
    let part = |(file, bytes, lines, sha256, last_id): (String, i64, i64, String, String)| {
        let last_seq = last_id.parse().unwrap_or(0);
        Part { file, bytes, lines, sha256, last_seq }
    };
    Ok(rows.into_iter().map(part).collect())
}

fn name(kind: &str, number: u64) -> String {
    if kind == ERASED { format!("{ERASED}.jsonl") } else { format!("{kind}/{number:06}.jsonl") }
}

fn number_of(file: &str) -> u64 {
    let digits: String = file.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// The content of a part as far as it was noted. What stands behind that was written by an export that was killed, and is
/// written again.
pub(crate) async fn content_of(app: &App, part: &Part) -> Result<Vec<u8>, Problem> {
    if part.bytes == 0 {
        return Ok(Vec::new());
    }
    let (location, file) = (app.annotations.clone(), part.file.clone());
    let mut content = blocking(move || read(&location, &file)).await?.map_err(|error| of_store(&error))?;
    content.truncate(part.bytes as usize);
    let found = Sha256::of(&content).to_string();
    if found != part.sha256 {
        let address = app.annotations.address_of(&part.file);
        return Err(Problem::conflict(
            "file_changed",
            format!("`{address}` is not as the last export left it"),
        )
        .hint("put it back, or delete it and its row in export_state to lose what it held"));
    }
    Ok(content)
}

fn read(location: &Location, file: &str) -> Result<Vec<u8>, LocationError> {
    match location.read(file) {
        Err(error) if error.trouble == Trouble::Missing => Ok(Vec::new()),
        read => read,
    }
}

/// Gives a part its content, and then notes it.
async fn put(app: &App, kind: &str, part: &Part, text: Vec<u8>) -> Result<(), Problem> {
    let part = Part { sha256: Sha256::of(&text).to_string(), bytes: text.len() as i64, ..part.clone() };
    let (location, file) = (app.annotations.clone(), part.file.clone());
    blocking(move || location.put_atomic(&file, &text)).await?.map_err(|error| of_store(&error))?;
    note(app, kind, part).await
}

async fn note(app: &App, kind: &str, part: Part) -> Result<(), Problem> {
    let (kind, now_ms) = (kind.to_owned(), app.context.now_ms());
    app.db
        .write("export.part", async move |tx| {
            sqlx::query(
                "INSERT INTO export_state (kind, file, bytes, lines, sha256, last_ms, last_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, file) DO UPDATE SET bytes = excluded.bytes, \
                 lines = excluded.lines, sha256 = excluded.sha256, last_ms = excluded.last_ms, \
                 last_id = excluded.last_id",
            )
            .bind(&kind)
            .bind(&part.file)
            .bind(part.bytes)
            .bind(part.lines)
            .bind(&part.sha256)
            .bind(now_ms)
            .bind(part.last_seq.to_string())
            .execute(&mut *tx)
            .await?;
            Ok(())
        })
        .await
}

/// Takes lines out of all parts of a kind; how many there were.
pub(crate) async fn take_out(
    app: &App,
    kind: &str,
    is_wanted: impl Fn(&[u8]) -> bool,
) -> Result<u64, Problem> {
    let mut taken = 0;
    for mut part in parts(app, kind).await? {
        let content = content_of(app, &part).await?;
        let mut text = Vec::with_capacity(content.len());
        let mut here = 0;
        for line in content.split_inclusive(|byte| *byte == b'\n') {
            if is_wanted(line) {
                here += 1;
            } else {
                text.extend_from_slice(line);
            }
        }
        if here > 0 {
            taken += here;
            part.lines -= here as i64;
            put(app, kind, &part, text).await?;
        }
    }
    Ok(taken)
}

pub(crate) fn of_store(error: &LocationError) -> Problem {
    Problem::unavailable("the store cannot be read or written").cause(error.to_string())
}
