//! Everything that lives as long as the server: what handlers are given.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pixmo_console::env;
use pixmo_shards::{Location, LocationError, Originals};

use crate::context::Context;
use crate::db::{Db, DbError};
use crate::http::Metrics;
use crate::people::session::Sessions;
use crate::settings::Settings;
use crate::work::Cursors;

/// The server's state; clones are the same.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What [`App`] points to.
#[derive(Debug)]
pub struct Inner {
    /// The name of the campaign.
    pub campaign: String,
    /// The settings.
    pub settings: Settings,
    /// Clock and dice.
    pub context: Context,
    /// The database.
    pub db: Db,
    /// The images, under their hashes.
    pub images: Originals,
    /// The finished takes, under their hashes, exactly as recorded.
    pub(crate) takes: crate::takes::Store,
    /// Where takes are spoken; open while the server runs.
    takes_desk: std::sync::OnceLock<crate::takes::Desk>,
    /// Who issues receipts; open while the server runs.
    voucher: std::sync::OnceLock<crate::vouching::Voucher>,
    /// Where exports go: `annotations/` of the store.
    pub annotations: Location,
    /// The folder for what must be near: spool, log, lock.
    pub folder: PathBuf,
    /// Figures.
    pub metrics: Metrics,
    /// Sessions that were looked up lately.
    pub(crate) sessions: Sessions,
    /// Where each person's search for the next task goes on.
    pub(crate) cursors: Cursors,
    /// How many passwords are hashed at once: each takes 19 MiB and some ten milliseconds of a processor.
    pub(crate) password_desk: tokio::sync::Semaphore,
    /// Where the server listens, once it does.
    pub(crate) listening: std::sync::OnceLock<std::net::SocketAddr>,
    stopping: AtomicBool,
}

/// The server could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The store.
    #[error("cannot use the store")]
    Store(#[from] LocationError),
    /// A folder or file beside the database.
    #[error("cannot prepare the folder `{folder}`")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another server has the folder.
    #[error("the folder `{folder}` is used by another server")]
    Used {
        /// The folder.
        folder: PathBuf,
    },
    /// The spool of live takes cannot be opened.
    #[error("cannot open the spool of live takes")]
    Spool(#[from] crate::takes::spool::SpoolError),
    /// The log of receipts cannot be opened.
    #[error("cannot open the log of receipts: {0}")]
    Receipts(String),
    /// The environment lacks the address of the database.
    #[error("the environment variable `{0}` with the address of the database is not set")]
    NoSecret(String),
    /// The campaign's first rows cannot be written.
    #[error("cannot prepare the campaign: {0}")]
    Prepare(String),
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Opens database and store, and writes the rows that a campaign always has.
    ///
    /// # Errors
    /// What could not be opened.
    pub async fn open(campaign: &str, settings: Settings, context: Context) -> Result<App, OpenError> {
        let folder = PathBuf::from(&settings.folder);
        std::fs::create_dir_all(&folder)
            .map_err(|source| OpenError::Folder { folder: folder.clone(), source })?;
        let database = match settings.database.strip_prefix("secret:") {
            Some(name) => env::secret(name).ok_or_else(|| OpenError::NoSecret(name.to_owned()))?,
            None => settings.database.clone(),
        };
        let db = Db::open(&database, settings.database_readers).await?;
        let options = env::object_store_options();
        let below = |name: &str| {
            let store = settings.store.trim_end_matches('/');
            Location::parse(&format!("{store}/{name}"), &options)
        };
        let app = App(Arc::new(Inner {
            campaign: campaign.to_owned(),
            images: Originals::new(below("images")?),
            takes: crate::takes::Store::new(below("takes")?),
            takes_desk: std::sync::OnceLock::new(),
            voucher: std::sync::OnceLock::new(),
            annotations: below("annotations")?,
            folder,
            settings,
            context,
            db,
            metrics: Metrics::default(),
            sessions: Sessions::default(),
            cursors: Cursors::default(),
            password_desk: tokio::sync::Semaphore::new(env::cores()),
            listening: std::sync::OnceLock::new(),
            stopping: AtomicBool::new(false),
        }));
        app.prepare().await.map_err(|problem| OpenError::Prepare(problem.log_text().to_owned()))?;
        Ok(app)
    }

    async fn prepare(&self) -> Result<(), crate::http::Problem> {
        crate::consent::record_texts(self).await?;
        crate::tasks::prepare_kinds(self).await
    }

    /// The address by which people reach the server: that of the settings, or the one where it listens.
    #[must_use]
    pub fn public_address(&self) -> String {
        match self.listening.get() {
            Some(address) if self.settings.public_address.is_none() => format!("http://{address}"),
            _ => self.settings.public_address(),
        }
    }

    /// Opens what one process alone may have open: the spool of live takes and the log of receipts.
    ///
    /// # Errors
    /// When another server has them, or they cannot be read.
    pub async fn open_desks(&self) -> Result<(), OpenError> {
        let desk = crate::takes::Desk::open(&self.folder)?;
        // Whoever opens twice keeps the first.
        let _first = self.takes_desk.set(desk);
        let voucher = crate::vouching::Voucher::open(self).await?;
        let _first = self.voucher.set(voucher);
        let prepare = |problem: crate::http::Problem| OpenError::Prepare(problem.log_text().to_owned());
        crate::takes::recover(self).await.map_err(prepare)
    }

    /// Gives jobs whose leases ran out to others; the server does it every few seconds by itself.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn sweep_jobs(&self) -> Result<(), crate::http::Problem> {
        crate::jobs::sweep(self.clone()).await
    }

    /// Deletes what nobody needs of takes; the server does it every minute by itself.
    ///
    /// # Errors
    /// When the database, the store or the log is away.
    pub async fn sweep_takes(&self) -> Result<(), crate::http::Problem> {
        crate::takes::sweep(self.clone()).await
    }

    /// Issues all receipts that are wanted and can be issued now, as the server does every few seconds of its own; how many.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub async fn issue_receipts(&self) -> Result<u64, crate::http::Problem> {
        self.voucher()?.issue_now().await
    }

    /// Closes what [`App::open_desks`] opened, after what waits there. Waits for the disk.
    pub(crate) fn close_desks(&self) {
        if let Some(voucher) = self.voucher.get() {
            voucher.close();
        }
        if let Some(desk) = self.takes_desk.get() {
            desk.close();
        }
    }

    /// Where takes are spoken.
    ///
    /// # Errors
    /// When the server is starting or stopping.
    pub(crate) fn takes_desk(&self) -> Result<&crate::takes::Desk, crate::http::Problem> {
        self.takes_desk.get().ok_or_else(|| crate::http::Problem::unavailable("takes are not open"))
    }

    /// Who issues receipts.
    ///
    /// # Errors
    /// When the server is starting or stopping.
    pub(crate) fn voucher(&self) -> Result<&crate::vouching::Voucher, crate::http::Problem> {
        self.voucher.get().ok_or_else(|| crate::http::Problem::unavailable("receipts are not open"))
    }

    /// Starts what goes on by itself: leases that run out, sessions that end. Each ends when the server stops.
    pub fn start_chores(&self) {
        self.every(Duration::from_secs(5), "work.sweep", crate::work::sweep);
        self.every(Duration::from_secs(600), "people.sweep", crate::people::sweep);
        self.every(Duration::from_secs(60), "takes.sweep", crate::takes::sweep);
        self.every(Duration::from_secs(5), "jobs.sweep", crate::jobs::sweep);
        self.every(Duration::from_secs(5), "quality.sweep", crate::quality::sweep);
        self.every(Duration::from_secs(60), "absent.keep_up", crate::absent::keep_up);
        self.every(Duration::from_secs(60), "erase.resume", crate::erase::resume);
    }

    /// Ends the leases that ran out; the server does it every few seconds by itself.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn sweep_leases(&self) -> Result<(), crate::http::Problem> {
        crate::work::sweep(self.clone()).await
    }

    /// Runs a chore again and again until the server stops; what fails is logged and tried again the next time.
    pub(crate) fn every<F, R>(&self, pause: Duration, name: &'static str, chore: F)
    where
        F: Fn(App) -> R + Send + 'static,
        R: Future<Output = Result<(), crate::http::Problem>> + Send,
    {
        let app = self.clone();
        tokio::spawn(async move {
            while !app.is_stopping() {
                if let Err(problem) = chore(app.clone()).await {
                    tracing::warn!(chore = name, cause = problem.log_text(), "chore failed");
                }
                let mut left = pause;
                while !left.is_zero() && !app.is_stopping() {
                    let step = left.min(Duration::from_millis(250));
                    tokio::time::sleep(step).await;
                    left -= step;
                }
            }
        });
    }

    /// Whether the server is stopping: nothing new is begun.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Tells everything that goes on by itself to end.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }
}
