//! The thread that issues receipts.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use jiff::Timestamp;
use pixmo_receipts::issuer::IssueError;
use pixmo_receipts::keys::Signer;
use pixmo_receipts::leaf::{Reason, Salt};
use pixmo_receipts::log::Folder;
use pixmo_receipts::{Issued, Issuer, Offer, Refusal, Source};
use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::registry::InDatabase;
use super::{TakenBack, offer, with_cause};
use crate::App;
use crate::http::Problem;
use crate::takes::live::time_of;
use crate::takes::row::Row;

/// How often is looked without being told.
const LOOK: Duration = Duration::from_secs(2);
/// Receipts that share a checkpoint.
const BATCH_MAX: i64 = 128;

/// What the thread is asked for.
pub(super) enum Order {
    Look,
    Still { work: Box<dyn FnOnce() + Send> },
    Issue { answer: oneshot::Sender<Result<u64, Problem>> },
    TakeBack { leaves: Vec<u64>, reason: Reason, answer: oneshot::Sender<Result<Vec<TakenBack>, Problem>> },
}

/// What the thread works with.
pub(super) struct Desk {
    app: App,
    handle: Handle,
    log: PathBuf,
    origin: String,
    signer: Arc<dyn Signer>,
    /// Opened again after the world failed.
    issuer: Option<Issuer<Folder, InDatabase>>,
}

impl Desk {
    pub(super) fn new(
        app: App,
        handle: Handle,
        log: PathBuf,
        origin: String,
        signer: Arc<dyn Signer>,
    ) -> Desk {
        Desk { app, handle, log, origin, signer, issuer: None }
    }

    /// Works until nobody can order any more; says first whether the log could be opened.
    pub(super) fn work(mut self, orders: &Receiver<Order>, opened: oneshot::Sender<Result<(), String>>) {
        let first = self.issuer().map(|_| ()).map_err(|error| with_cause(&error));
        let failed = first.is_err();
        let _gone = opened.send(first);
        if failed {
            return;
        }
        loop {
            match orders.recv_timeout(LOOK) {
                Ok(Order::Look) | Err(RecvTimeoutError::Timeout) => {
                    if let Err(problem) = self.issue() {
                        tracing::warn!(cause = problem.log_text(), "receipts were put off");
                    }
                }
                Ok(Order::Still { work }) => work(),
                Ok(Order::Issue { answer }) => {
                    let _gone = answer.send(self.issue());
                }
                Ok(Order::TakeBack { leaves, reason, answer }) => {
                    let _gone = answer.send(self.take_back(&leaves, reason));
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn issuer(&mut self) -> Result<&mut Issuer<Folder, InDatabase>, IssueError> {
        let issuer = match self.issuer.take() {
            Some(issuer) => issuer,
            None => {
                let registry = InDatabase::new(self.app.clone(), self.handle.clone());
                Issuer::open(Folder::at(&self.log), registry, &self.origin, Arc::clone(&self.signer))?
            }
        };
        Ok(self.issuer.insert(issuer))
    }

    /// Does something with the issuer; when the world failed it is opened again the next time.
    fn with_issuer<T>(
        &mut self,
        work: impl FnOnce(&mut Issuer<Folder, InDatabase>) -> Result<T, IssueError>,
    ) -> Result<T, Problem> {
        let done = self.issuer().and_then(work);
        done.map_err(|error| {
            self.issuer = None;
            Problem::unavailable("the log of receipts cannot be written").cause(with_cause(&error))
        })
    }

    /// Issues all that is ready.
    fn issue(&mut self) -> Result<u64, Problem> {
        let mut issued = 0;
        loop {
            let ready = self.handle.block_on(ready(&self.app))?;
            let is_last = (ready.len() as i64) < BATCH_MAX;
            if ready.is_empty() {
                return Ok(issued);
            }
            for (row, _) in &ready {
                // Its text was made right after it was returned: that receipt speaks of another text.
                if let Some(leaf) = offer::stale_leaf(row) {
                    self.take_back(&[leaf], Reason::Mistake)?;
                    self.handle.block_on(forget_stale(&self.app, row))?;
                }
            }
            let mut offers = Vec::with_capacity(ready.len());
            for (row, scopes) in &ready {
                offers.push(offer::offer(row, scopes, Salt::from_bytes(self.app.context.bytes()))?);
            }
            let now = self.now();
            let mut answers = self.with_issuer(|issuer| issuer.issue(&offers, now))?;
            for (offer, answer) in offers.iter_mut().zip(&mut answers) {
                // What did not come as speech does is kept, and its receipt proves no time of speaking.
                if let (Err(Refusal::Chain(why)), Source::Live(recorded)) = (&*answer, &offer.source) {
                    tracing::info!(take = offer.take, why = %why, "take is vouched for as imported");
                    offer.source = Source::Imported { binding: recorded.grant.binding.clone() };
                    let again = std::slice::from_ref(&*offer);
                    let mut once_more = self.with_issuer(|issuer| issuer.issue(again, now))?;
                    if let Some(other) = once_more.pop() {
                        *answer = other;
                    }
                }
            }
            for ((row, _), (offer, answer)) in ready.iter().zip(offers.iter().zip(&answers)) {
                issued += u64::from(answer.is_ok());
                self.handle.block_on(note(&self.app, row, offer, answer))?;
            }
            if is_last {
                return Ok(issued);
            }
        }
    }

    fn take_back(&mut self, leaves: &[u64], reason: Reason) -> Result<Vec<TakenBack>, Problem> {
        let now = self.now();
        let mut taken = Vec::with_capacity(leaves.len());
        for &leaf in leaves {
            let tombstone = self.with_issuer(|issuer| match issuer.erase(leaf, reason, now) {
                Ok(tombstone) => Ok(Some(tombstone)),
                Err(IssueError::NoReceipt { .. }) => Ok(None),
                Err(error) => Err(error),
            })?;
            taken.push(TakenBack { leaf, tombstone });
        }
        Ok(taken)
    }

    fn now(&self) -> Timestamp {
        time_of(self.app.context.now_ms())
    }
}

/// Takes that can have their receipt: handed in, with a transcript or without hope of one; each with the scopes of the
/// consent that holds now.
async fn ready(app: &App) -> Result<Vec<(Row, Vec<String>)>, Problem> {
    let found: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.id, t.person FROM assignment a JOIN take t ON t.assignment = a.id \
         WHERE a.receipt_wanted = 1 AND a.status <> 'leased' AND t.status = 'finished' \
         AND t.transcript_status <> 'waiting' ORDER BY a.submitted_ms, t.id LIMIT $1",
    )
    .bind(BATCH_MAX)
    .fetch_all(app.db.reads())
    .await?;
    let mut ready = Vec::with_capacity(found.len());
    for (take, person) in found {
        if let Some(row) = Row::find(app.db.reads(), &take).await? {
            ready.push((row, scopes_of(app, &person).await?));
        }
    }
    Ok(ready)
}

/// What a person has agreed to, under the names of the data; nothing if consent was taken back.
pub(crate) async fn scopes_of(app: &App, person: &str) -> Result<Vec<String>, Problem> {
    let given: Option<(String,)> = sqlx::query_as(
        "SELECT scopes FROM consent WHERE person = $1 AND withdrawn_ms IS NULL ORDER BY given_ms DESC, id DESC LIMIT 1",
    )
    .bind(person)
    .fetch_optional(app.db.reads())
    .await?;
    let scopes: Vec<String> = match given {
        Some((scopes,)) => serde_json::from_str(&scopes)?,
        None => Vec::new(),
    };
    Ok(super::scopes_for_data(&scopes))
}

async fn forget_stale(app: &App, row: &Row) -> Result<(), Problem> {
    let take = row.id.clone();
    app.db
        .write("receipt.forget", async move |tx| {
            sqlx::query("UPDATE take SET receipt = NULL WHERE id = $1").bind(&take).execute(&mut *tx).await?;
            Ok(())
        })
        .await
}

/// Writes down where the receipt of a take stands, or why there is none.
async fn note(app: &App, row: &Row, offer: &Offer, answer: &Result<Issued, Refusal>) -> Result<(), Problem> {
    let (take, assignment) = (row.id.clone(), row.assignment.clone());
    let now_ms = app.context.now_ms();
    let origin = if matches!(offer.source, Source::Live(_)) { "live" } else { "imported" };
    let (receipt, leaf, sha256) = match answer {
        Ok(issued) => {
            (origin.to_owned(), Some(issued.index as i64), Some(issued.envelope_sha256.to_string()))
        }
        Err(refusal) => {
            let why = with_cause(refusal);
            tracing::warn!(take, why, "no receipt for a take");
            (format!("refused: {why}"), None, None)
        }
    };
    app.db
        .write("receipt.issue", async move |tx| {
            sqlx::query(
                "UPDATE take SET receipt = $1, receipt_leaf = COALESCE($2, receipt_leaf), \
                 receipt_sha256 = COALESCE($3, receipt_sha256) WHERE id = $4",
            )
            .bind(&receipt)
            .bind(leaf)
            .bind(&sha256)
            .bind(&take)
            .execute(&mut *tx)
            .await?;
            sqlx::query("UPDATE assignment SET receipt_wanted = 0 WHERE id = $1")
                .bind(&assignment)
                .execute(&mut *tx)
                .await?;
            let detail = json!({"leaf": leaf, "receipt": receipt});
            crate::events::note(tx, now_ms, "server", "receipt.issue", &take, &detail).await
        })
        .await
}
