//! Rows as Rust values, and as Arrow batches.

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::check::check_ranges;
use crate::column::{Column, schema};

/// A row of one table.
///
/// The fields of the type stand under the names and in the order of its columns.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The columns of the table, in order.
    fn columns() -> &'static [Column];

    /// What must hold between the values of this row, beyond the range of each column.
    ///
    /// # Errors
    /// [`RecordError::Value`] with the first thing that does not hold.
    fn check_invariants(&self) -> Result<(), RecordError> {
        Ok(())
    }

    /// Checks every value against the range of its column, then the invariants of the row.
    ///
    /// # Errors
    /// [`RecordError::Value`] with field, finding and expectation.
    fn validate(&self) -> Result<(), RecordError> {
        check_ranges(self)?;
        self.check_invariants()
    }
}

/// A row that is not right, or rows that cannot be turned into a batch or back.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// A value is out of its range, or breaks an invariant of its row.
    #[error("`{field}` is `{found}`, expected {expected}")]
    Value {
        /// Path of the value: `points[3].x`.
        field: String,
        /// The value, or what was counted.
        found: String,
        /// What may stand there, with its unit.
        expected: String,
    },
    /// A record type and its columns disagree: a fault in this crate.
    #[error("the record does not follow its columns at `{field}`: found {found}, expected {expected}")]
    Shape {
        /// Path of the place.
        field: String,
        /// What the record has.
        found: String,
        /// What the columns say.
        expected: String,
    },
    /// A batch has other columns than the record type.
    #[error("the columns are `{found}`, expected `{expected}`")]
    Columns {
        /// Names in the batch.
        found: String,
        /// Names of the record type.
        expected: String,
    },
    /// Rows could not be turned into columns.
    #[error("cannot turn {rows} rows into columns")]
    ToBatch {
        /// How many rows.
        rows: usize,
        /// What the conversion said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Columns could not be turned into rows.
    #[error("cannot turn a batch of {rows} rows into records")]
    FromBatch {
        /// How many rows.
        rows: usize,
        /// What the conversion said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl RecordError {
    /// An invariant that does not hold.
    pub fn value(
        field: impl Into<String>,
        found: impl std::fmt::Display,
        expected: impl Into<String>,
    ) -> RecordError {
        RecordError::Value { field: field.into(), found: found.to_string(), expected: expected.into() }
    }
}

/// The Arrow schema of a record type, with the features metadata.
pub fn schema_of<R: Record>() -> SchemaRef {
    schema(R::columns())
}

/// Turns rows into a batch with the schema of [`schema_of`]. Encoded pictures are copied once, into their column.
///
/// # Errors
/// [`RecordError::ToBatch`], for example when the pictures of one batch pass 2 GiB.
pub fn to_batch<R: Record>(rows: &[R]) -> Result<RecordBatch, RecordError> {
    let schema = schema_of::<R>();
    let failed = |source| RecordError::ToBatch { rows: rows.len(), source };
    let arrays = serde_arrow::to_arrow(schema.fields(), rows).map_err(|e| failed(e.into()))?;
    RecordBatch::try_new(schema, arrays).map_err(|e| failed(e.into()))
}

/// Turns a batch into rows. The batch may come from a file of others: the names and the order of its columns must be
/// ours, its lists and texts may have the large forms.
///
/// # Errors
/// [`RecordError::Columns`] when names differ, [`RecordError::FromBatch`] when a type does not fit or a null stands
/// where the record type has no place for it.
pub fn from_batch<R: Record>(batch: &RecordBatch) -> Result<Vec<R>, RecordError> {
    let expected = R::columns().iter().map(|c| c.name);
    if !batch.schema_ref().fields().iter().map(|f| f.name().as_str()).eq(expected.clone()) {
        let found: Vec<&str> = batch.schema_ref().fields().iter().map(|f| f.name().as_str()).collect();
        let expected: Vec<&str> = expected.collect();
        return Err(RecordError::Columns { found: found.join(", "), expected: expected.join(", ") });
    }
    serde_arrow::from_record_batch(batch)
        .map_err(|e| RecordError::FromBatch { rows: batch.num_rows(), source: e.into() })
}

/// Turns some columns of a table into values whose fields are named after them; what else the batch holds is passed
/// over. Nothing is validated: who asks for a few columns looks, and does not check.
///
/// # Errors
/// [`RecordError::FromBatch`] when a field has no column, a type does not fit, or a null stands where there is no place
/// for it.
pub fn from_columns<T: DeserializeOwned>(batch: &RecordBatch) -> Result<Vec<T>, RecordError> {
    serde_arrow::from_record_batch(batch)
        .map_err(|e| RecordError::FromBatch { rows: batch.num_rows(), source: e.into() })
}
