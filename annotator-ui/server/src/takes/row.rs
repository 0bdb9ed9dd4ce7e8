//! The row of a take, as the database has it.

use pixmo_receipts::nonce::{Grant, Nonce};
use sqlx::{Row as _, any::AnyRow};

use crate::http::Problem;

/// Given, and nobody has spoken yet.
pub(crate) const GRANTED: &str = "granted";
/// Pieces come.
pub(crate) const RECORDING: &str = "recording";
/// It is whole.
pub(crate) const FINISHED: &str = "finished";
/// Another one is made instead.
pub(crate) const DISCARDED: &str = "discarded";
/// It cannot be played, or never became whole.
pub(crate) const FAILED: &str = "failed";
/// What was said is gone.
pub(crate) const ERASED: &str = "erased";

/// A take with what is known of its assignment.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) assignment: String,
    pub(crate) person: String,
    pub(crate) status: String,
    pub(crate) nonce: String,
    pub(crate) granted: Option<String>,
    pub(crate) media_type: String,
    pub(crate) codec: Option<String>,
    pub(crate) extension: Option<String>,
    pub(crate) image: String,
    pub(crate) finished_ms: Option<i64>,
    pub(crate) recorded: Option<String>,
    pub(crate) consent: Option<String>,
    pub(crate) expires_ms: i64,
    pub(crate) begun_ms: Option<i64>,
    pub(crate) pieces: i64,
    pub(crate) bytes: i64,
    pub(crate) chain: Option<String>,
    pub(crate) sha256: Option<String>,
    pub(crate) measures: Option<String>,
    pub(crate) problems: String,
    pub(crate) late: bool,
    pub(crate) transcript_status: String,
    pub(crate) transcript: Option<String>,
    pub(crate) corrected: Option<String>,
    pub(crate) receipt: Option<String>,
    pub(crate) receipt_leaf: Option<i64>,
    pub(crate) receipt_sha256: Option<String>,
}

const COLUMNS_BY_ID: &str = "SELECT id, assignment, person, status, nonce, granted, media_type, extension, expires_ms, \
    begun_ms, pieces, bytes, chain, sha256, measures, problems, late, transcript_status, transcript, corrected, receipt, \
    receipt_leaf, receipt_sha256, codec, image, finished_ms, recorded, consent FROM take WHERE id = $1";
const COLUMNS_BY_ASSIGNMENT: &str = "SELECT id, assignment, person, status, nonce, granted, media_type, extension, \
    expires_ms, begun_ms, pieces, bytes, chain, sha256, measures, problems, late, transcript_status, transcript, corrected, \
    receipt, receipt_leaf, receipt_sha256, codec, image, finished_ms, recorded, consent FROM take WHERE assignment = $1 ORDER BY granted_ms, id";

impl Row {
    fn of(row: &AnyRow) -> Result<Row, sqlx::Error> {
        Ok(Row {
            id: row.try_get(0)?,
            assignment: row.try_get(1)?,
            person: row.try_get(2)?,
            status: row.try_get(3)?,
            nonce: row.try_get(4)?,
            granted: row.try_get(5)?,
            media_type: row.try_get(6)?,
            extension: row.try_get(7)?,
            expires_ms: row.try_get(8)?,
            begun_ms: row.try_get(9)?,
            pieces: row.try_get(10)?,
            bytes: row.try_get(11)?,
            chain: row.try_get(12)?,
            sha256: row.try_get(13)?,
            measures: row.try_get(14)?,
            problems: row.try_get(15)?,
            late: row.try_get::<i64, _>(16)? != 0,
            transcript_status: row.try_get(17)?,
            transcript: row.try_get(18)?,
            corrected: row.try_get(19)?,
            receipt: row.try_get(20)?,
            receipt_leaf: row.try_get(21)?,
            receipt_sha256: row.try_get(22)?,
            codec: row.try_get(23)?,
            image: row.try_get(24)?,
            finished_ms: row.try_get(25)?,
            recorded: row.try_get(26)?,
            consent: row.try_get(27)?,
        })
    }

    /// The take of this name, if there is one.
    pub(crate) async fn find<'c>(
        executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
        id: &str,
    ) -> Result<Option<Row>, Problem> {
        let row = sqlx::query(COLUMNS_BY_ID).bind(id).fetch_optional(executor).await?;
        Ok(row.as_ref().map(Row::of).transpose()?)
    }

    /// The take of this name if it is of this person; for everybody else there is none.
    pub(crate) async fn of_person<'c>(
        executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
        id: &str,
        person: &str,
    ) -> Result<Row, Problem> {
        let row = Row::find(executor, id).await?;
        row.filter(|row| row.person == person).ok_or_else(|| Problem::missing("take"))
    }

    /// All takes of an assignment, the oldest first.
    pub(crate) async fn of_assignment<'c>(
        executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
        assignment: &str,
    ) -> Result<Vec<Row>, Problem> {
        let rows = sqlx::query(COLUMNS_BY_ASSIGNMENT).bind(assignment).fetch_all(executor).await?;
        Ok(rows.iter().map(Row::of).collect::<Result<_, _>>()?)
    }

    /// Whether pieces may still come.
    pub(crate) fn is_live(&self) -> bool {
        self.status == GRANTED || self.status == RECORDING
    }

    /// The nonce and what it was given for.
    pub(crate) fn promise(&self) -> Result<(Nonce, Grant), Problem> {
        let nonce =
            self.nonce.parse().map_err(|_| Problem::bug(format!("the nonce of the take {}", self.id)))?;
        let granted = self.granted.as_deref().unwrap_or_default();
        Ok((nonce, serde_json::from_str(granted)?))
    }
}
