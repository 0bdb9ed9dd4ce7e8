//! Opening a database: the file is made, the tables are brought to their newest form, the writer is started.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions as _, Connection as _};

use super::{Db, Writer};

/// Forward only; each in a transaction of its own.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// SQLite waits for the disk at each commit, and reads go on meanwhile. What is deleted is written over.
const SQLITE_PREPARE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; \
    PRAGMA secure_delete = ON; \
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA mmap_size = 268435456;";
const POSTGRES_PREPARE: &str = "SET synchronous_commit = on; SET timezone = 'UTC';";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the server.
    Sqlite,
    /// A server of its own.
    Postgres,
}

/// A database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address is of no kind we know.
    #[error("cannot understand the address of the database: expected `sqlite:FILE` or `postgres://…`")]
    Address,
    /// The file or its folder cannot be made.
    #[error("cannot make the database `{folder}`")]
    Folder {
        /// The file or the folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It cannot be reached, or is none.
    #[error("cannot open the database")]
    Open(#[source] sqlx::Error),
    /// Its tables cannot be brought to their newest form.
    #[error("cannot bring the tables of the database to their newest form")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// No thread for the writer.
    #[error("cannot start the writer of the database")]
    Writer(#[source] std::io::Error),
}

impl Db {
    /// Opens the database at an address, with so many connections that read.
    ///
    /// # Errors
    /// When it cannot be reached, or its tables are those of a newer version.
    pub async fn open(address: &str, readers: u32) -> Result<Db, DbError> {
        sqlx::any::install_default_drivers();
        let (engine, options) = understand(address)?;
        let prepare = match engine {
            Engine::Sqlite => SQLITE_PREPARE,
            Engine::Postgres => POSTGRES_PREPARE,
        };
        migrate(&options, prepare).await?;
        let reads = AnyPoolOptions::new()
            .max_connections(readers.max(1))
            // A file does not go away between two requests.
            .test_before_acquire(engine == Engine::Postgres)
            .acquire_timeout(Duration::from_secs(10))
            .after_connect(move |connection, _| {
                Box::pin(async move { sqlx::raw_sql(prepare).execute(connection).await.map(|_| ()) })
            })
            .connect_with(options.clone())
            .await
            .map_err(DbError::Open)?;
        let (writer, thread) = Writer::start(engine, options, prepare).map_err(DbError::Writer)?;
        Ok(Db { engine, reads, writer, thread: Arc::new(Mutex::new(Some(thread))) })
    }

    /// Lets the writer finish what waits and closes all connections. Changes that come later are refused.
    pub async fn close(self) {
        let Db { reads, writer, thread, .. } = self;
        writer.close();
        reads.close().await;
        let thread = thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            // A batch that is under way may wait for a database that is away.
            let _joined = tokio::time::timeout(
                Duration::from_secs(10),
                tokio::task::spawn_blocking(move || thread.join()),
            )
            .await;
        }
    }
}

fn understand(address: &str) -> Result<(Engine, AnyConnectOptions), DbError> {
    if let Some(file) = address.strip_prefix("sqlite:") {
        let file = file.strip_prefix("//").unwrap_or(file);
        let path = file.split_once('?').map_or(file, |(path, _)| path);
        if path.is_empty() || path.contains(":memory:") {
            return Err(DbError::Address);
        }
        if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|source| DbError::Folder { folder: folder.to_owned(), source })?;
        }
        make_private(Path::new(path))
            .map_err(|source| DbError::Folder { folder: PathBuf::from(path), source })?;
        let options = AnyConnectOptions::from_str(&format!("sqlite://{path}?mode=rwc"));
        return Ok((Engine::Sqlite, quiet(options.map_err(DbError::Open)?)));
    }
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        let options = AnyConnectOptions::from_str(address).map_err(|_| DbError::Address)?;
        return Ok((Engine::Postgres, quiet(options)));
    }
    Err(DbError::Address)
}

/// Makes the file of a database that is not there yet, for its owner's eyes alone; SQLite gives its other files the same.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

/// Statements are not logged: they would fill the log, and texts of people stand in some.
fn quiet(options: AnyConnectOptions) -> AnyConnectOptions {
    options.disable_statement_logging()
}

async fn migrate(options: &AnyConnectOptions, prepare: &'static str) -> Result<(), DbError> {
    let mut connection = options.connect().await.map_err(DbError::Open)?;
    sqlx::raw_sql(prepare).execute(&mut connection).await.map_err(DbError::Open)?;
    MIGRATIONS.run(&mut connection).await.map_err(DbError::Migrate)?;
    connection.close().await.map_err(DbError::Open)
}
