//! The campaign's database: SQLite in a file beside the server, or PostgreSQL; the same statements for both.
//!
//! Statements have `$1` for their values and know only what both databases know: BIGINT, TEXT, DOUBLE PRECISION, `CASE`,
//! `ON CONFLICT`, partial indexes. A sum of whole numbers is written `CAST(SUM(x) AS BIGINT)`, since PostgreSQL makes a
//! number without end of it. Changes go through [`Db::write`]; reads through [`Db::reads`].

mod open;
mod writer;

use std::sync::Arc;

use sqlx::{AnyConnection, AnyPool};

pub use open::{DbError, Engine};
pub use writer::WriterCounts;

use crate::http::Problem;
use writer::Writer;

/// The connection of the writer, within its transaction.
pub type Tx = AnyConnection;

/// How often the database is asked to forget before it is called busy.
const SCRUBS_MAX: u32 = 50;

/// The database of a campaign.
#[derive(Clone, Debug)]
pub struct Db {
    engine: Engine,
    reads: AnyPool,
    writer: Writer,
    thread: Arc<std::sync::Mutex<Option<std::thread::JoinHandle<()>>>>,
}

impl Db {
    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Connections to read with. What a write has acknowledged can be read.
    #[must_use]
    pub fn reads(&self) -> &AnyPool {
        &self.reads
    }

    /// Changes something: `work` runs within a transaction that it may share with others, and the answer comes after
    /// the commit. `work` may be called again if the database went away, so it moves nothing out of itself.
    ///
    /// ```ignore
    /// db.write("take.discard", async move |tx| {
    ///     sqlx::query("UPDATE take SET status = 'discarded' WHERE id = $1").bind(&take).execute(&mut *tx).await?;
    ///     Ok(())
    /// }).await?;
    /// ```
    ///
    /// # Errors
    /// What `work` said, after everything it did was taken back; [`Problem::unavailable`] if the database is away or too
    /// much waits.
    pub async fn write<T, F>(&self, name: &'static str, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx) -> Result<T, Problem> + Send + 'static,
    {
        self.writer.write(name, work).await
    }

    /// Makes the disk forget what was deleted, as far as the database can be told to: of SQLite, what is left in its log of
    /// changes. PostgreSQL forgets when it vacuums.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(crate) async fn scrub(&self) -> Result<(), Problem> {
        if self.engine != Engine::Sqlite {
            return Ok(());
        }
        // Whoever reads holds it up for a moment.
        for _ in 0..SCRUBS_MAX {
            let busy: i64 =
                sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.reads).await?;
            if busy == 0 {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        Err(Problem::unavailable("the database is busy, and what was deleted is still in its log of changes"))
    }

    /// What the writer did so far.
    #[must_use]
    pub fn counts(&self) -> &WriterCounts {
        self.writer.counts()
    }

    /// How many changes wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.writer.waiting()
    }
}
