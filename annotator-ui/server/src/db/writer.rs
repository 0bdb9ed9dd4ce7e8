//! One writer for all changes, and one flush for many of them.
//!
//! Whoever changes something hands a job to the writer and waits. The writer takes what waits, runs each job behind a
//! savepoint of its own in one transaction, commits once, and answers all: a commit that waits for the disk is shared by
//! everybody who waited meanwhile, and when nobody waits there is no delay. A job that fails takes back what it did and
//! nothing else. Nobody is answered before the commit.
//!
//! When the database is away the writer tries for a while, and a batch that was cut off before its commit is run once more
//! in whole; that is why a job can be called again. A commit whose answer was lost is not tried again: the jobs are told
//! that it is not known, and callers ask again with the same key.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _};
use tokio::sync::{mpsc, oneshot};

use super::{Engine, Tx};
use crate::http::Problem;

/// The most jobs that share a commit.
const BATCH_MAX: usize = 256;
/// The most jobs that wait; more are refused.
const QUEUE_MAX: usize = 4096;
/// How long the writer tries to reach a database that is away: by the runtime's own clock, since the server's may stand
/// still in tests.
const OUTAGE_MAX: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(200);

/// The number of the lock by which one server has a database of PostgreSQL for itself: `pixmo` in letters of base 36.
const LOCK: i64 = 42_873_792;

type Step<'c> = Pin<Box<dyn Future<Output = Result<(), Failed>> + 'c>>;

/// What a job says when it did not go through.
enum Failed {
    /// It takes back what it did; whoever waits is told.
    Refused,
    /// The connection is lost, the whole batch with it.
    ConnectionLost(Problem),
}

/// A change that waits.
trait Job: Send {
    /// Runs it; may be called again after the batch was cut off.
    fn run<'c>(&'c mut self, tx: &'c mut Tx) -> Step<'c>;
    /// Tells whoever waits, `lost` being why nothing of it holds.
    fn finish(self: Box<Self>, lost: Option<Problem>);
    fn name(&self) -> &'static str;
}

struct Change<T, F> {
    name: &'static str,
    work: F,
    result: Option<Result<T, Problem>>,
    answer: oneshot::Sender<Result<T, Problem>>,
}

impl<T, F> Job for Change<T, F>
where
    T: Send + 'static,
    F: AsyncFn(&mut Tx) -> Result<T, Problem> + Send + 'static,
{
    fn run<'c>(&'c mut self, tx: &'c mut Tx) -> Step<'c> {
        Box::pin(async move {
            let result = (self.work)(tx).await;
            let failed = match &result {
                Ok(_) => None,
                Err(problem) if problem.is_outage() => Some(Failed::ConnectionLost(problem.clone())),
                Err(_) => Some(Failed::Refused),
            };
            self.result = Some(result);
            failed.map_or(Ok(()), Err)
        })
    }

    fn finish(self: Box<Self>, lost: Option<Problem>) {
        let result = match (lost, self.result) {
            (Some(problem), _) => Err(problem),
            (None, Some(result)) => result,
            (None, None) => Err(Problem::bug("a job was answered that never ran")),
        };
        // Whoever asked may have gone away; what was committed holds.
        let _gone = self.answer.send(result);
    }

    fn name(&self) -> &'static str {
        self.name
    }
}

/// What the writer did, for the metrics.
#[derive(Debug, Default)]
pub struct WriterCounts {
    /// Transactions committed.
    pub commits: AtomicU64,
    /// Jobs committed.
    pub jobs: AtomicU64,
    /// Jobs that were refused.
    pub refused: AtomicU64,
    /// Microseconds that commits took, all together.
    pub commit_micros: AtomicU64,
    /// Batches that were cut off by a lost connection.
    pub outages: AtomicU64,
}

/// The way to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    /// Gone when the database is closed: the thread ends with the last sender, whoever still holds a clone of this.
    queue: Arc<Mutex<Option<mpsc::Sender<Box<dyn Job>>>>>,
    counts: Arc<WriterCounts>,
}

impl std::fmt::Debug for dyn Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Writer {
    /// Starts the writer on a thread of its own.
    pub(super) fn start(
        engine: Engine,
        options: AnyConnectOptions,
        prepare: &'static str,
    ) -> std::io::Result<(Writer, std::thread::JoinHandle<()>)> {
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        let counts = Arc::new(WriterCounts::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let desk = Desk { engine, options, prepare, connection: None, counts: Arc::clone(&counts) };
        let thread = std::thread::Builder::new()
            .name("pixmo-writer".to_owned())
            .spawn(move || runtime.block_on(desk.work(waiting)))?;
        Ok((Writer { queue: Arc::new(Mutex::new(Some(queue))), counts }, thread))
    }

    pub(super) fn counts(&self) -> &WriterCounts {
        &self.counts
    }

    /// How many changes wait.
    pub(super) fn waiting(&self) -> usize {
        self.queue().as_ref().map_or(0, |queue| queue.max_capacity() - queue.capacity())
    }

    /// Takes no more changes; the thread ends after those that wait.
    pub(super) fn close(&self) {
        drop(self.queue().take());
    }

    fn queue(&self) -> MutexGuard<'_, Option<mpsc::Sender<Box<dyn Job>>>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn write<T, F>(&self, name: &'static str, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Tx) -> Result<T, Problem> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let change = Box::new(Change { name, work, result: None, answer });
        let stopping = || Problem::unavailable("the server is stopping");
        let sent = self.queue().as_ref().ok_or_else(stopping)?.try_send(change);
        sent.map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                Problem::unavailable("too many changes wait to be written").retry_after(1)
            }
            mpsc::error::TrySendError::Closed(_) => stopping(),
        })?;
        answered.await.unwrap_or_else(|_| Err(Problem::bug(format!("the writer died during `{name}`"))))
    }
}

/// Runs each job of a batch behind a savepoint of its own.
///
/// # Errors
/// When the connection is lost, and the whole batch with it.
async fn run_each(
    connection: &mut AnyConnection,
    batch: &mut [Box<dyn Job>],
    refused: &mut u64,
) -> Result<(), Problem> {
    for job in batch {
        sqlx::query("SAVEPOINT job").execute(&mut *connection).await?;
        match job.run(connection).await {
            Ok(()) => {}
            Err(Failed::Refused) => {
                *refused += 1;
                sqlx::query("ROLLBACK TO SAVEPOINT job").execute(&mut *connection).await?;
            }
            Err(Failed::ConnectionLost(problem)) => {
                // A statement may have been refused for want of room, with the connection still good.
                let _ended = sqlx::query("ROLLBACK").execute(&mut *connection).await;
                return Err(problem);
            }
        }
        // It still stands after being rolled back to.
        sqlx::query("RELEASE SAVEPOINT job").execute(&mut *connection).await?;
    }
    Ok(())
}

/// Makes sure that nobody else writes: two servers would each believe that what they remember holds. A server that
/// was killed is forgotten by PostgreSQL a moment later, and the writer tries again until then.
async fn alone(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let taken: i64 = sqlx::query_scalar("SELECT CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END")
        .bind(LOCK)
        .fetch_one(connection)
        .await?;
    match taken {
        1 => Ok(()),
        _ => Err(sqlx::Error::Protocol("another server writes into this database".to_owned())),
    }
}

/// The writer at its desk.
struct Desk {
    engine: Engine,
    options: AnyConnectOptions,
    prepare: &'static str,
    connection: Option<AnyConnection>,
    counts: Arc<WriterCounts>,
}

/// How a batch ended.
enum Ended {
    Committed,
    /// Nothing of it holds; it may be run again.
    CutOff(Problem),
    /// The commit was sent and its answer was lost.
    Unknown(Problem),
}

impl Desk {
    async fn work(mut self, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
        let mut batch = Vec::with_capacity(BATCH_MAX);
        while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
            self.settle(&mut batch).await;
        }
        if let Some(connection) = self.connection.take() {
            // What was acknowledged is on the disk already.
            let _ended = connection.close().await;
        }
    }

    /// Runs a batch until it is committed or the database was away for too long, and answers everybody.
    async fn settle(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let begun = tokio::time::Instant::now();
        loop {
            let lost = match self.commit(batch).await {
                Ended::Committed => None,
                Ended::CutOff(problem) => {
                    self.connection = None;
                    self.counts.outages.fetch_add(1, Ordering::Relaxed);
                    if begun.elapsed() < OUTAGE_MAX {
                        tokio::time::sleep(PAUSE).await;
                        continue;
                    }
                    Some(problem)
                }
                Ended::Unknown(problem) => {
                    self.connection = None;
                    Some(problem)
                }
            };
            for job in batch.drain(..) {
                job.finish(lost.clone());
            }
            return;
        }
    }

    async fn commit(&mut self, batch: &mut [Box<dyn Job>]) -> Ended {
        let counts = Arc::clone(&self.counts);
        let connection = match self.connect().await {
            Ok(connection) => connection,
            Err(error) => return Ended::CutOff(error.into()),
        };
        if let Err(error) = sqlx::query("BEGIN").execute(&mut *connection).await {
            return Ended::CutOff(error.into());
        }
        let mut refused = 0;
        if let [job] = batch {
            // Alone in its transaction, a job needs no savepoint.
            match job.run(connection).await {
                Ok(()) => {}
                Err(Failed::Refused) => {
                    counts.refused.fetch_add(1, Ordering::Relaxed);
                    return match sqlx::query("ROLLBACK").execute(&mut *connection).await {
                        Ok(_) => Ended::Committed,
                        Err(error) => Ended::CutOff(error.into()),
                    };
                }
                Err(Failed::ConnectionLost(problem)) => {
                    let _ended = sqlx::query("ROLLBACK").execute(&mut *connection).await;
                    return Ended::CutOff(problem);
                }
            }
        } else if let Err(problem) = run_each(connection, batch, &mut refused).await {
            return Ended::CutOff(problem);
        }
        let before = tokio::time::Instant::now();
        let committed = sqlx::query("COMMIT").execute(&mut *connection).await;
        let micros = before.elapsed().as_micros();
        match committed {
            Ok(_) => {
                counts.commits.fetch_add(1, Ordering::Relaxed);
                counts.jobs.fetch_add(batch.len() as u64 - refused, Ordering::Relaxed);
                counts.refused.fetch_add(refused, Ordering::Relaxed);
                let micros = u64::try_from(micros).unwrap_or(u64::MAX);
                counts.commit_micros.fetch_add(micros, Ordering::Relaxed);
                Ended::Committed
            }
            Err(error) => {
                let _ended = sqlx::query("ROLLBACK").execute(&mut *connection).await;
                let problem = Problem::unavailable("it is not known whether the change was written")
                    .cause(format!("commit: {error}"))
                    .hint("ask again with the same key; what was written is then answered again");
                Ended::Unknown(problem)
            }
        }
    }

    async fn connect(&mut self) -> Result<&mut AnyConnection, sqlx::Error> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let mut connection = self.options.connect().await?;
                sqlx::raw_sql(self.prepare).execute(&mut connection).await?;
                if self.engine == Engine::Postgres {
                    alone(&mut connection).await?;
                }
                connection
            }
        };
        Ok(self.connection.insert(connection))
    }
}
