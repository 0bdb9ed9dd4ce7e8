//! Every row of the database as lines of JSON, and back.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use pixmo_shards::{Location, LocationError};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, AssertSqlSafe, Column as _, Connection as _, Row as _, ValueRef as _};

use super::{ROWS, RowsFile};
use crate::App;
use crate::db::{Db, Engine};
use crate::export::files::of_store;
use crate::http::Problem;

/// A file of rows that is longer is not continued.
const FILE_BYTES: usize = 32 << 20;
/// Lines that wait for the file.
const QUEUE: usize = 1024;

/// Reads all rows at one moment and puts them into a place: rows by table, and the files.
pub(super) async fn save(
    app: &App,
    place: &Location,
) -> Result<(BTreeMap<String, u64>, Vec<RowsFile>), Problem> {
    let (lines, waiting) = std::sync::mpsc::sync_channel::<Vec<u8>>(QUEUE);
    let into = place.clone();
    let writer = tokio::task::spawn_blocking(move || write(&into, &waiting));
    // Not given back to the others: it is in the midst of a transaction.
    let mut connection = app.db.reads().acquire().await?.detach();
    let counts = read(app.db.engine(), &mut connection, &app.campaign, &lines).await;
    drop(lines);
    // Nothing was written.
    let _ended = connection.close().await;
    let written = writer.await.map_err(|error| Problem::bug(error.to_string()))?;
    let counts = counts?;
    Ok((counts, written.map_err(|error| of_store(&error))?))
}

/// Puts lines into files of some megabytes.
fn write(
    place: &Location,
    lines: &std::sync::mpsc::Receiver<Vec<u8>>,
) -> Result<Vec<RowsFile>, LocationError> {
    let (mut files, mut content) = (Vec::new(), Vec::with_capacity(FILE_BYTES));
    let mut put = |content: &[u8]| {
        let file = format!("{ROWS}/{:06}.jsonl", files.len() + 1);
        place.put_atomic(&file, content)?;
        let sha256 = hex::encode(Sha256::digest(content));
        files.push(RowsFile { file, bytes: content.len() as u64, sha256 });
        Ok::<_, LocationError>(())
    };
    for line in lines {
        content.extend_from_slice(&line);
        if content.len() >= FILE_BYTES {
            put(&content)?;
            content.clear();
        }
    }
    if !content.is_empty() {
        put(&content)?;
    }
    // Those of an earlier and larger backup.
    for entry in place.list(ROWS)? {
        if !files.iter().any(|file| file.file == entry.name) {
            place.delete(&entry.name)?;
        }
    }
    Ok(files)
}

async fn read(
    engine: Engine,
    connection: &mut AnyConnection,
    campaign: &str,
    lines: &std::sync::mpsc::SyncSender<Vec<u8>>,
) -> Result<BTreeMap<String, u64>, Problem> {
    let begin = match engine {
        Engine::Sqlite => "BEGIN",
        Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    sqlx::query(begin).execute(&mut *connection).await?;
    let send = |line: &Value| {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        // The file takes them as fast as the disk does; a disk that fails is told of by its end.
        tokio::task::block_in_place(|| lines.send(text))
            .map_err(|_| Problem::conflict("not_written", "the rows cannot be written"))
    };
    let tables = tables(engine, connection).await?;
    send(&json!({ "pixmo_backup": super::VERSION, "campaign": campaign, "tables": tables }))?;
    let mut counts = BTreeMap::new();
    let mut all = 0;
    for table in tables {
        let mut count = 0;
        let mut rows =
            sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY 1"))).fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            if count == 0 {
                let columns: Vec<&str> = row.columns().iter().map(|column| column.name()).collect();
                send(&json!({ "table": table, "columns": columns }))?;
            }
            send(&values_of(&row)?)?;
            count += 1;
        }
        drop(rows);
        all += count;
        counts.insert(table, count);
    }
    send(&json!({ "end": all }))?;
    Ok(counts)
}

/// All tables of a campaign.
pub(super) async fn tables(engine: Engine, connection: &mut AnyConnection) -> Result<Vec<String>, Problem> {
    let statement = match engine {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    let names: Vec<String> = sqlx::query_scalar(statement).fetch_all(connection).await?;
    Ok(names.into_iter().filter(|name| !name.starts_with("_sqlx")).collect())
}

fn values_of(row: &AnyRow) -> Result<Value, Problem> {
    let mut values = Vec::with_capacity(row.len());
    for index in 0..row.len() {
        let raw = row.try_get_raw(index)?;
        let value = if raw.is_null() {
            Value::Null
        } else {
            match raw.type_info().kind() {
                AnyTypeInfoKind::Null => Value::Null,
                AnyTypeInfoKind::Real | AnyTypeInfoKind::Double => json!(row.try_get::<f64, _>(index)?),
                AnyTypeInfoKind::Text => Value::String(row.try_get(index)?),
                AnyTypeInfoKind::Blob => {
                    return Err(Problem::bug(format!("column {} holds bytes", row.column(index).name())));
                }
                _ => json!(row.try_get::<i64, _>(index)?),
            }
        };
        values.push(value);
    }
    Ok(Value::Array(values))
}

/// Puts rows back, in an empty database.
#[derive(Debug, Default)]
pub(super) struct Filling {
    table: String,
    columns: Vec<String>,
    known: Vec<String>,
    waiting: Vec<Vec<Value>>,
    pub(super) counts: BTreeMap<String, u64>,
    pub(super) is_ended: bool,
}

/// Rows that one change puts back.
const BATCH: usize = 500;

impl Filling {
    /// For a database with these tables.
    pub(super) fn new(known: Vec<String>) -> Filling {
        Filling { known, ..Filling::default() }
    }

    /// Takes the next line.
    pub(super) async fn take(&mut self, db: &Db, line: &[u8]) -> Result<(), Problem> {
        let wrong = |what: String| {
            Problem::conflict("not_a_backup", format!("the rows cannot be understood: {what}"))
        };
        let line: Value = serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
        match line {
            Value::Array(values) if values.len() == self.columns.len() => {
                self.waiting.push(values);
                *self.counts.entry(self.table.clone()).or_default() += 1;
                if self.waiting.len() >= BATCH { self.flush(db).await } else { Ok(()) }
            }
            Value::Array(values) => Err(wrong(format!(
                "a row of `{}` has {} values, expected {}",
                self.table,
                values.len(),
                self.columns.len()
            ))),
            Value::Object(head) if head.contains_key("table") => {
                self.flush(db).await?;
                let table = head["table"].as_str().unwrap_or_default();
                if !self.known.iter().any(|known| known == table) {
                    return Err(wrong(format!("there is no table `{table}`; it may be of a newer version")));
                }
                let columns: Vec<String> =
                    serde_json::from_value(head.get("columns").cloned().unwrap_or_default())
                        .map_err(|error| wrong(error.to_string()))?;
                let is_name = |name: &String| {
                    !name.is_empty()
                        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                };
                if !columns.iter().all(is_name) {
                    return Err(wrong(format!("a column of `{table}` has a name that none has")));
                }
                (self.table, self.columns) = (table.to_owned(), columns);
                Ok(())
            }
            Value::Object(head) if head.contains_key("end") => {
                self.flush(db).await?;
                let all: u64 = self.counts.values().sum();
                if head["end"].as_u64() != Some(all) {
                    return Err(wrong(format!("{all} rows came, {} were saved", head["end"])));
                }
                self.is_ended = true;
                Ok(())
            }
            Value::Object(head) if head.get("pixmo_backup").and_then(Value::as_u64) == Some(1) => Ok(()),
            other => Err(wrong(format!("`{other}`"))),
        }
    }

    async fn flush(&mut self, db: &Db) -> Result<(), Problem> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return Ok(());
        }
        let (table, columns) = (self.table.clone(), self.columns.clone());
        db.write("restore.rows", async move |tx| {
            for row in &rows {
                // A null has no type that both databases agree on, so it is left to the column.
                let there: Vec<(&String, &Value)> =
                    columns.iter().zip(row).filter(|(_, value)| !value.is_null()).collect();
                let names: Vec<&str> = there.iter().map(|(name, _)| name.as_str()).collect();
                let places: Vec<String> = (1..=there.len()).map(|number| format!("${number}")).collect();
                let statement =
                    format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "));
                let mut query = sqlx::query(AssertSqlSafe(statement));
                for (_, value) in there {
                    query = match value {
                        Value::String(text) => query.bind(text.clone()),
                        Value::Number(number) => match number.as_i64() {
                            Some(whole) => query.bind(whole),
                            None => query.bind(number.as_f64().unwrap_or_default()),
                        },
                        other => return Err(Problem::bug(format!("a value of `{table}`: `{other}`"))),
                    };
                }
                query.execute(&mut *tx).await?;
            }
            Ok(())
        })
        .await
    }
}
