//! Parquet files of others: whatever columns they have, row by row, from any row on.
//!
//! Nothing is known of such a file before it is opened, and nothing is believed: it has no recorded hash, and its
//! columns have any name and any type. A value is text, bytes, an encoded picture, or else JSON.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StructArray};
use arrow::datatypes::{DataType, Fields};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::reader::caught;

/// Rows without pictures that are decoded at once.
const BATCH_ROWS: usize = 256;
/// Rows with bytes that are decoded at once.
const BATCH_ROWS_MEDIA: usize = 8;
/// Bytes of a column that nobody asked for are shown as they are up to this length, and as their hash above it.
const BYTES_SHOWN_MAX: usize = 64;
/// The deepest nesting of lists and structs that becomes JSON.
const DEPTH_MAX: usize = 32;

/// What a column of a file of others holds, as far as its type tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A struct with a field `bytes`, as `datasets` writes pictures.
    Media,
    /// Anything else.
    Other,
}

/// A column of a file of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ForeignKind,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignValue {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Bytes),
    /// An encoded picture or recording.
    Media {
        /// The encoded file, if it is there.
        bytes: Option<Bytes>,
        /// The name that was given to it.
        path: Option<String>,
    },
    /// Anything else: numbers and booleans as such, times and decimals as text, lists as arrays, structs as objects,
    /// short bytes in hexadecimal and long ones as their SHA-256.
    Json(Value),
}

impl ForeignValue {
    /// The value as JSON, for whoever only carries it along.
    #[must_use]
    pub fn into_json(self) -> Value {
        match self {
            ForeignValue::Null => Value::Null,
            ForeignValue::Text(text) => Value::String(text),
            ForeignValue::Bytes(bytes) => shown(&bytes),
            ForeignValue::Media { bytes, path } => {
                let bytes = bytes.map_or(Value::Null, |bytes| shown(&bytes));
                serde_json::json!({ "bytes": bytes, "path": path })
            }
            ForeignValue::Json(value) => value,
        }
    }
}

/// A file of others cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}` as Parquet")]
pub struct ForeignError {
    /// The file.
    pub path: String,
    /// What the decoder or the system said.
    #[source]
    pub source: ParquetError,
}

/// A Parquet file of others. Only its footer was read so far.
#[derive(Clone, Debug)]
pub struct ForeignFile {
    path: PathBuf,
    columns: Vec<ForeignColumn>,
    group_rows: Vec<u64>,
}

impl ForeignFile {
    /// Reads the footer of a file.
    ///
    /// # Errors
    /// When it cannot be opened, or is no Parquet file.
    pub fn open(path: &Path) -> Result<ForeignFile, ForeignError> {
        let builder = builder(path)?;
        let columns = builder.schema().fields().iter();
        let columns = columns
            .map(|field| ForeignColumn { name: field.name().clone(), kind: kind_of(field.data_type()) })
            .collect();
        let groups = builder.metadata().row_groups().iter();
        let group_rows = groups.map(|group| u64::try_from(group.num_rows()).unwrap_or(0)).collect();
        Ok(ForeignFile { path: path.to_owned(), columns, group_rows })
    }

    /// Its columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[ForeignColumn] {
        &self.columns
    }

    /// The number of its rows, as the footer says.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.group_rows.iter().fold(0, |sum, rows| sum.saturating_add(*rows))
    }

    /// The first row behind the row group that holds `row`: where reading can go on if the group cannot be read.
    #[must_use]
    pub fn group_end(&self, row: u64) -> u64 {
        let mut end = 0u64;
        for rows in &self.group_rows {
            end = end.saturating_add(*rows);
            if end > row {
                break;
            }
        }
        end
    }

    /// Some rows with the columns at the places `wanted`, in the order of the file. Only the row groups that hold such
    /// rows are opened, one after the other.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    pub fn read(&self, rows: Range<u64>, wanted: &[usize]) -> Result<ForeignRows, ForeignError> {
        let (mut first, mut groups, mut offset) = (0u64, Vec::new(), None);
        for (at, len) in self.group_rows.iter().enumerate() {
            let end = first.saturating_add(*len);
            if first < rows.end && end > rows.start {
                groups.push(at);
                offset.get_or_insert(rows.start.saturating_sub(first));
            }
            first = end;
        }
        let media = wanted.iter().any(|at| {
            matches!(
                self.columns.get(*at).map(|column| column.kind),
                Some(ForeignKind::Bytes | ForeignKind::Media)
            )
        });
        let builder = builder(&self.path)?;
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.iter().copied());
        let size = |rows: u64| usize::try_from(rows).unwrap_or(usize::MAX);
        let reader = caught(|| {
            builder
                .with_batch_size(if media { BATCH_ROWS_MEDIA } else { BATCH_ROWS })
                .with_projection(mask)
                .with_row_groups(groups)
                .with_offset(size(offset.unwrap_or(0)))
                .with_limit(size(rows.end.saturating_sub(rows.start)))
                .build()
        });
        let reader = reader.flatten().map_err(|source| failed(&self.path, source))?;
        Ok(ForeignRows { reader: Some(reader), ready: Vec::new().into_iter(), path: self.path.clone() })
    }
}

fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, ForeignError> {
    let open = || {
        let file = File::open(path).map_err(|error| ParquetError::External(Box::new(error)))?;
        caught(|| ParquetRecordBatchReaderBuilder::try_new(file)).flatten()
    };
    open().map_err(|source| failed(path, source))
}

fn failed(path: &Path, source: ParquetError) -> ForeignError {
    ForeignError { path: path.display().to_string(), source }
}

/// Rows of a file of others, each with the values of the chosen columns in the order of the file. Nothing follows an
/// error.
pub struct ForeignRows {
    reader: Option<ParquetRecordBatchReader>,
    ready: std::vec::IntoIter<Vec<ForeignValue>>,
    path: PathBuf,
}

impl std::fmt::Debug for ForeignRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ForeignRows").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Iterator for ForeignRows {
    type Item = Result<Vec<ForeignValue>, ForeignError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.ready.next() {
                return Some(Ok(row));
            }
            let mut reader = self.reader.take()?;
            let batch = match caught(|| reader.next()) {
                Ok(batch) => batch?,
                Err(source) => return Some(Err(failed(&self.path, source))),
            };
            let rows = batch.map_err(|error| ParquetError::External(Box::new(error)));
            match rows.and_then(|batch| caught(|| rows_of(&batch))).flatten() {
                Ok(rows) => (self.ready, self.reader) = (rows.into_iter(), Some(reader)),
                Err(source) => return Some(Err(failed(&self.path, source))),
            }
        }
    }
}

fn rows_of(batch: &RecordBatch) -> Result<Vec<Vec<ForeignValue>>, ParquetError> {
    let mut rows: Vec<Vec<ForeignValue>> =
        (0..batch.num_rows()).map(|_| Vec::with_capacity(batch.num_columns())).collect();
    for column in batch.columns() {
        let kind = kind_of(column.data_type());
        for (at, row) in rows.iter_mut().enumerate() {
            row.push(value(column, at, kind)?);
        }
    }
    Ok(rows)
}

fn kind_of(data_type: &DataType) -> ForeignKind {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => ForeignKind::Text,
        DataType::Dictionary(_, value) if kind_of(value) == ForeignKind::Text => ForeignKind::Text,
        other if is_binary(other) => ForeignKind::Bytes,
        DataType::Struct(fields) if media_fields(fields).is_some() => ForeignKind::Media,
        _ => ForeignKind::Other,
    }
}

fn is_binary(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_)
    )
}

/// Where `bytes` and `path` stand in a struct that holds a picture.
fn media_fields(fields: &Fields) -> Option<(usize, Option<usize>)> {
    let bytes = fields.iter().position(|field| field.name() == "bytes" && is_binary(field.data_type()))?;
    let path = fields
        .iter()
        .position(|field| field.name() == "path" && kind_of(field.data_type()) == ForeignKind::Text);
    Some((bytes, path))
}

fn value(array: &ArrayRef, at: usize, kind: ForeignKind) -> Result<ForeignValue, ParquetError> {
    if array.is_null(at) {
        return Ok(ForeignValue::Null);
    }
    Ok(match kind {
        ForeignKind::Text => ForeignValue::Text(text(array, at)?),
        ForeignKind::Bytes => bytes(array, at)
            .map_or(ForeignValue::Null, |bytes| ForeignValue::Bytes(Bytes::copy_from_slice(bytes))),
        ForeignKind::Media => media(array.as_struct(), at)?,
        ForeignKind::Other => ForeignValue::Json(json(array, at, 0)?),
    })
}

fn media(array: &StructArray, at: usize) -> Result<ForeignValue, ParquetError> {
    let Some((bytes_at, path_at)) = media_fields(array.fields()) else { return Ok(ForeignValue::Null) };
    let content = array.column(bytes_at);
    let content = if content.is_null(at) { None } else { bytes(content, at).map(Bytes::copy_from_slice) };
    let path = match path_at.map(|path| array.column(path)) {
        Some(path) if !path.is_null(at) => Some(text(path, at)?),
        _ => None,
    };
    Ok(ForeignValue::Media { bytes: content, path })
}

fn bytes(array: &ArrayRef, at: usize) -> Option<&[u8]> {
    match array.data_type() {
        DataType::Binary => Some(array.as_binary::<i32>().value(at)),
        DataType::LargeBinary => Some(array.as_binary::<i64>().value(at)),
        DataType::BinaryView => Some(array.as_binary_view().value(at)),
        DataType::FixedSizeBinary(_) => Some(array.as_fixed_size_binary().value(at)),
        _ => None,
    }
}

/// The value as Arrow prints it: text as it is, times and decimals in their usual form.
fn text(array: &ArrayRef, at: usize) -> Result<String, ParquetError> {
    match array.data_type() {
        DataType::Utf8 => return Ok(array.as_string::<i32>().value(at).to_owned()),
        DataType::LargeUtf8 => return Ok(array.as_string::<i64>().value(at).to_owned()),
        DataType::Utf8View => return Ok(array.as_string_view().value(at).to_owned()),
        _ => {}
    }
    let options = FormatOptions::new();
    let printed = ArrayFormatter::try_new(array.as_ref(), &options).and_then(|format| {
        let mut out = String::new();
        format.value(at).write(&mut out)?;
        Ok(out)
    });
    printed.map_err(|error| ParquetError::External(Box::new(error)))
}

fn json(array: &ArrayRef, at: usize, depth: usize) -> Result<Value, ParquetError> {
    use arrow::datatypes as types;
    if array.is_null(at) {
        return Ok(Value::Null);
    }
    if depth > DEPTH_MAX {
        return Err(ParquetError::General(format!("a value is nested more than {DEPTH_MAX} deep")));
    }
    macro_rules! number {
        ($kind:ty) => {
            array.as_primitive::<$kind>().value(at).into()
        };
    }
    Ok(match array.data_type() {
        DataType::Boolean => array.as_boolean().value(at).into(),
        DataType::Int8 => number!(types::Int8Type),
        DataType::Int16 => number!(types::Int16Type),
        DataType::Int32 => number!(types::Int32Type),
        DataType::Int64 => number!(types::Int64Type),
        DataType::UInt8 => number!(types::UInt8Type),
        DataType::UInt16 => number!(types::UInt16Type),
        DataType::UInt32 => number!(types::UInt32Type),
        DataType::UInt64 => number!(types::UInt64Type),
        DataType::Float32 => real(f64::from(array.as_primitive::<types::Float32Type>().value(at))),
        DataType::Float64 => real(array.as_primitive::<types::Float64Type>().value(at)),
        DataType::List(_) => list(&array.as_list::<i32>().value(at), depth)?,
        DataType::LargeList(_) => list(&array.as_list::<i64>().value(at), depth)?,
        DataType::FixedSizeList(_, _) => list(&array.as_fixed_size_list().value(at), depth)?,
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let mut object = Map::new();
            for (field, column) in fields.iter().zip(columns) {
                object.insert(field.name().clone(), json(column, at, depth + 1)?);
            }
            Value::Object(object)
        }
        other if is_binary(other) => bytes(array, at).map_or(Value::Null, shown),
        _ => Value::String(text(array, at)?),
    })
}

/// JSON has no number for what is not finite.
fn real(number: f64) -> Value {
    serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn list(items: &ArrayRef, depth: usize) -> Result<Value, ParquetError> {
    let items = (0..items.len()).map(|at| json(items, at, depth + 1));
    Ok(Value::Array(items.collect::<Result<_, _>>()?))
}

fn shown(bytes: &[u8]) -> Value {
    Value::String(match bytes.len() {
        0..=BYTES_SHOWN_MAX => hex::encode(bytes),
        _ => format!("sha256:{}", hex::encode(Sha256::digest(bytes))),
    })
}
