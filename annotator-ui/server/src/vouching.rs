//! Receipts: each take that was handed in gets one, in a log that only grows.
//!
//! The issuer has a thread of its own, because signing, the log and the disk make it wait. It asks the database which takes
//! are ready (handed in, and their transcript there or given up), issues receipts for many with one checkpoint, and notes
//! where each stands. If it is killed between the log and the note, the log is asked again: the same offer gets the same
//! answer.

mod desk;
mod offer;
mod registry;
mod show;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use pixmo_receipts::keys::{SecretKey, Signer};
use pixmo_receipts::leaf::Reason;
use tokio::sync::oneshot;

use crate::App;
use crate::app::OpenError;
use crate::http::Problem;
use desk::{Desk, Order};

pub(crate) use desk::scopes_of;
pub(crate) use offer::{leaf_of, scopes_for_data, stale};
pub(crate) use show::{__path_show, show};

/// The most orders that wait for the thread.
const QUEUE_MAX: usize = 1024;
/// The name of the log in `meta`.
const ORIGIN: &str = "receipts_log";

/// The way to the issuer.
#[derive(Debug)]
pub(crate) struct Voucher {
    log: PathBuf,
    queue: Mutex<Option<SyncSender<Order>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

/// A receipt that was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TakenBack {
    /// The entry of the receipt.
    pub(crate) leaf: u64,
    /// The entry that says so; `None` if the receipt was gone before.
    pub(crate) tombstone: Option<u64>,
}

impl Voucher {
    /// Opens the log of an app, or begins one, and starts its thread.
    ///
    /// # Errors
    /// When the key or the log cannot be read, or is another's.
    pub(crate) async fn open(app: &App) -> Result<Voucher, OpenError> {
        let signer: Arc<dyn Signer> = Arc::new(key(Path::new(&app.settings.receipts_key))?);
        let problem = |problem: Problem| OpenError::Receipts(problem.log_text().to_owned());
        let origin = origin(app).await.map_err(problem)?;
        let log = app.folder.join("log");
        let (queue, orders) = sync_channel(QUEUE_MAX);
        let desk = Desk::new(app.clone(), tokio::runtime::Handle::current(), log.clone(), origin, signer);
        let (opened, is_open) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("pixmo-receipts".to_owned())
            .spawn(move || desk.work(&orders, opened))
            .map_err(|error| OpenError::Receipts(error.to_string()))?;
        let opened = is_open.await.unwrap_or_else(|_| Err("its thread died".to_owned()));
        opened.map_err(OpenError::Receipts)?;
        Ok(Voucher { log, queue: Mutex::new(Some(queue)), thread: Mutex::new(Some(thread)) })
    }

    /// The folder of the log.
    pub(crate) fn log(&self) -> &Path {
        &self.log
    }

    /// Says that there may be something to issue. Never waits: who is not heard is found a moment later.
    pub(crate) fn wake(&self) {
        if let Some(queue) = &*self.queue.lock().unwrap_or_else(PoisonError::into_inner) {
            let _full = queue.try_send(Order::Look);
        }
    }

    /// Issues what is ready now, and returns when that is done: how many receipts there are more.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub(crate) async fn issue_now(&self) -> Result<u64, Problem> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::Issue { answer })?;
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Takes receipts back: says so in the log, then deletes what opens them.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub(crate) async fn take_back(
        &self,
        leaves: Vec<u64>,
        reason: Reason,
    ) -> Result<Vec<TakenBack>, Problem> {
        let (answer, answered) = oneshot::channel();
        self.order(Order::TakeBack { leaves, reason, answer })?;
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Does something while nothing is written into the log.
    ///
    /// # Errors
    /// When the log is closed.
    pub(crate) async fn while_still<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let work = Box::new(move || {
            let _gone = answer.send(work());
        });
        self.order(Order::Still { work })?;
        answered.await.map_err(|_| closed())
    }

    /// Ends the thread after what waits. Waits for it.
    pub(crate) fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _joined = thread.join();
        }
    }

    fn order(&self, order: Order) -> Result<(), Problem> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queue.as_ref().ok_or_else(closed)?;
        queue.try_send(order).map_err(|_| Problem::unavailable("too much waits for the log of receipts"))
    }
}

fn closed() -> Problem {
    Problem::unavailable("the log of receipts is closed")
}

/// The key that signs: read, or made at the first start.
fn key(path: &Path) -> Result<SecretKey, OpenError> {
    let failed = |error: pixmo_receipts::keys::KeyError| OpenError::Receipts(with_cause(&error));
    if path.exists() {
        return SecretKey::read(path).map_err(failed);
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|source| OpenError::Folder { folder: folder.to_owned(), source })?;
    }
    let mut seed = [0; 32];
    // Not the context's dice: a key that a test could guess is one that anybody can.
    getrandom::fill(&mut seed).map_err(|error| OpenError::Receipts(error.to_string()))?;
    let key = SecretKey::from_seed(seed);
    key.write_new(path).map_err(failed)?;
    tracing::info!(key = %key.public().id(), "made the key that signs receipts; keep a copy of it apart");
    Ok(key)
}

/// The name of the log: settled at the first start, whatever the campaign is called later.
async fn origin(app: &App) -> Result<String, Problem> {
    let address = app.settings.public_address();
    let host = address.split_once("://").map_or(&*address, |(_, host)| host);
    let name = format!("{host}/{}", app.campaign);
    let name: String = name.chars().map(|c| if c.is_whitespace() || c == '+' { '-' } else { c }).collect();
    app.db
        .write("receipts.name", async move |tx| {
            sqlx::query("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                .bind(ORIGIN)
                .bind(&name)
                .execute(&mut *tx)
                .await?;
            let (origin,): (String,) = sqlx::query_as("SELECT value FROM meta WHERE name = $1")
                .bind(ORIGIN)
                .fetch_one(&mut *tx)
                .await?;
            Ok(origin)
        })
        .await
}

/// An error and what caused it, in one line.
pub(super) fn with_cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
