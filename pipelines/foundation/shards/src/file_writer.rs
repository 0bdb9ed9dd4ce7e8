//! One Parquet file of rows, written as a stream with bounded memory and the same bytes every time.

use std::any::Any;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use arrow::array::{Array, RecordBatch, StructArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use pixmo_schemas::{Record, RecordError, to_batch};
use sha2::{Digest, Sha256};

use crate::config_spec::ConfigSpec;
use crate::disk::{Disk, DiskFile};
use crate::location::LocationError;

/// What readers are told about the writer. Fixed, because it is part of the bytes.
const CREATED_BY: &str = "pixmo version 1.0.0 (build shards)";
/// Rows of a row group with pictures: the unit in which a trainer reads at random.
pub const ROW_GROUP_ROWS_MEDIA: usize = 100;
/// Rows of a row group without pictures.
pub const ROW_GROUP_ROWS_TEXT: usize = 10_000;
/// A row group is closed before it passes this many bytes, whatever it holds.
pub const ROW_GROUP_BYTES_MAX: u64 = 100_000_000;
/// Rows of a data page, hence the grain of the page index.
const PAGE_ROWS_MEDIA: usize = 10;
const PAGE_ROWS_TEXT: usize = 1_000;
const ZSTD_LEVEL: i32 = 3;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// The size of its rows in memory in bytes, which the card calls `num_bytes`.
    pub num_bytes: u64,
}

/// Writes the rows of one file. The file is worth nothing until [`FileWriter::finish`] has returned.
pub struct FileWriter {
    config: ConfigSpec,
    place: String,
    writer: ArrowWriter<Hashing>,
    waiting: Option<Waiting>,
    batch_rows: usize,
    group_rows_max: usize,
    group_rows: usize,
    group_bytes: u64,
    rows: u64,
    num_bytes: u64,
}

/// Rows of one type that are not yet columns.
struct Waiting {
    rows: Box<dyn Any + Send>,
    len: usize,
    take: fn(&mut (dyn Any + Send)) -> Result<RecordBatch, RecordError>,
}

impl fmt::Debug for FileWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileWriter")
            .field("place", &self.place)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

impl FileWriter {
    /// Begins a file at `path`, which should lie in a work folder until it is complete.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(disk: &Disk, path: &Path, config: &ConfigSpec) -> Result<FileWriter, WriteError> {
        let place = path.display().to_string();
        let file =
            disk.create(path).map_err(|error| LocationError::from_io("write", place.clone(), error))?;
        FileWriter::into_sink(Sink::File(BufWriter::with_capacity(1 << 20, file)), place, config)
    }

    /// Begins a file that is encoded and measured, and kept nowhere.
    ///
    /// # Errors
    /// When the columns cannot be written as Parquet.
    pub fn measure(config: &ConfigSpec) -> Result<FileWriter, WriteError> {
        FileWriter::into_sink(Sink::Nowhere, format!("a trial file of `{}`", config.name()), config)
    }

    fn into_sink(sink: Sink, place: String, config: &ConfigSpec) -> Result<FileWriter, WriteError> {
        let sink = Hashing { sink, hasher: Sha256::new(), bytes: 0 };
        let writer = ArrowWriter::try_new(sink, config.schema(), Some(properties(config)))
            .map_err(|error| WriteError::from_parquet(&place, error))?;
        let media = config.has_media();
        Ok(FileWriter {
            config: *config,
            place,
            writer,
            waiting: None,
            batch_rows: if media { PAGE_ROWS_MEDIA } else { PAGE_ROWS_TEXT / 10 },
            group_rows_max: if media { ROW_GROUP_ROWS_MEDIA } else { ROW_GROUP_ROWS_TEXT },
            group_rows: 0,
            group_bytes: 0,
            rows: 0,
            num_bytes: 0,
        })
    }

    /// The rows so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row, checked against its columns.
    ///
    /// # Errors
    /// [`WriteError::Row`] if a value is out of its range, [`WriteError::Columns`] if the type has other columns than
    /// the config, or when the disk fails.
    pub fn push<R: Record>(&mut self, row: R) -> Result<(), WriteError> {
        if R::columns() != self.config.columns() {
            return Err(WriteError::Columns { config: self.config.name() });
        }
        let wrong = |row_number| move |source| WriteError::Row { config: row_number, source };
        row.validate().map_err(wrong(self.config.name()))?;
        let batch_rows = self.batch_rows;
        let waiting = self.waiting.get_or_insert_with(|| Waiting {
            rows: Box::new(Vec::<R>::with_capacity(batch_rows)),
            len: 0,
            take: take::<R>,
        });
        let Some(rows) = waiting.rows.downcast_mut::<Vec<R>>() else {
            return Err(WriteError::Columns { config: self.config.name() });
        };
        rows.push(row);
        waiting.len += 1;
        self.rows += 1;
        if waiting.len == batch_rows { self.write_waiting() } else { Ok(()) }
    }

    fn write_waiting(&mut self) -> Result<(), WriteError> {
        let Some(waiting) = self.waiting.as_mut().filter(|waiting| waiting.len > 0) else { return Ok(()) };
        waiting.len = 0;
        let batch = (waiting.take)(waiting.rows.as_mut())
            .map_err(|source| WriteError::Row { config: self.config.name(), source })?;
        let bytes = bytes_of(batch).map_err(|error| WriteError::from_parquet(&self.place, error))?;
        let (batch, bytes) = bytes;
        self.num_bytes += bytes;
        if self.group_rows > 0 && self.group_bytes + bytes > ROW_GROUP_BYTES_MAX {
            self.close_group()?;
        }
        self.writer.write(&batch).map_err(|error| WriteError::from_parquet(&self.place, error))?;
        self.group_rows += batch.num_rows();
        self.group_bytes += bytes;
        if self.group_rows >= self.group_rows_max { self.close_group() } else { Ok(()) }
    }

    fn close_group(&mut self) -> Result<(), WriteError> {
        self.writer.flush().map_err(|error| WriteError::from_parquet(&self.place, error))?;
        self.group_rows = 0;
        self.group_bytes = 0;
        Ok(())
    }

    /// Ends the file. It is complete then, but neither forced to the disk nor under its final name:
    /// [`crate::Location::put_file`] does both.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn finish(mut self) -> Result<WrittenFile, WriteError> {
        self.write_waiting()?;
        let failed = |error| WriteError::from_parquet(&self.place, error);
        self.writer.finish().map_err(failed)?;
        let sink = self.writer.inner_mut();
        sink.flush().map_err(|error| LocationError::from_io("write", self.place.clone(), error))?;
        Ok(WrittenFile {
            rows: self.rows,
            bytes: sink.bytes,
            sha256: hex::encode(sink.hasher.finalize_reset()),
            num_bytes: self.num_bytes,
        })
    }
}

fn take<R: Record>(rows: &mut (dyn Any + Send)) -> Result<RecordBatch, RecordError> {
    let rows = rows.downcast_mut::<Vec<R>>().expect("the rows were boxed with this type");
    let batch = to_batch(rows.as_slice());
    rows.clear();
    batch
}

/// The size of a batch's values, without what its buffers merely reserve.
fn bytes_of(batch: RecordBatch) -> Result<(RecordBatch, u64), ParquetError> {
    let schema = batch.schema();
    let whole = StructArray::from(batch);
    let bytes = whole.to_data().get_slice_memory_size()?;
    Ok((RecordBatch::from(whole).with_schema(schema)?, bytes as u64))
}

fn properties(config: &ConfigSpec) -> WriterProperties {
    let page_rows = if config.has_media() { PAGE_ROWS_MEDIA } else { PAGE_ROWS_TEXT };
    let level = ZstdLevel::try_new(ZSTD_LEVEL).expect("the level is one of zstd's");
    let mut properties = WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(None)
        .set_data_page_row_count_limit(page_rows)
        .set_write_batch_size(page_rows);
    for column in config.media_columns() {
        let bytes = ColumnPath::new(vec![column.to_owned(), "bytes".to_owned()]);
        properties = properties
            .set_column_compression(bytes.clone(), Compression::UNCOMPRESSED)
            .set_column_dictionary_enabled(bytes.clone(), false)
            .set_column_statistics_enabled(bytes, EnabledStatistics::None);
    }
    properties.build()
}

enum Sink {
    File(BufWriter<DiskFile>),
    Nowhere,
}

/// Counts and hashes what goes through.
struct Hashing {
    sink: Sink,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.sink {
            Sink::File(file) => file.write(bytes)?,
            Sink::Nowhere => bytes.len(),
        };
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::File(file) => file.flush(),
            Sink::Nowhere => Ok(()),
        }
    }
}

/// A file of rows could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A row does not follow its columns.
    #[error("a row of `{config}` is not what its columns say")]
    Row {
        /// The config.
        config: &'static str,
        /// What is wrong with it.
        #[source]
        source: RecordError,
    },
    /// The type of the rows has other columns than the config.
    #[error("rows of another type were given to `{config}`")]
    Columns {
        /// The config.
        config: &'static str,
    },
    /// The encoder refused the rows.
    #[error("cannot encode `{place}`")]
    Encode {
        /// The file.
        place: String,
        /// What the encoder said.
        #[source]
        source: ParquetError,
    },
    /// The disk failed.
    #[error(transparent)]
    Disk(#[from] LocationError),
}

impl WriteError {
    /// The encoder wraps what the disk said; unwrap it, so that a full disk is called a full disk.
    fn from_parquet(place: &str, error: ParquetError) -> WriteError {
        match error {
            ParquetError::External(source) => match source.downcast::<io::Error>() {
                Ok(error) => LocationError::from_io("write", place, *error).into(),
                Err(source) => {
                    WriteError::Encode { place: place.to_owned(), source: ParquetError::External(source) }
                }
            },
            source => WriteError::Encode { place: place.to_owned(), source },
        }
    }
}
