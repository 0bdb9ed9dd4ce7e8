//! A PostgreSQL for tests: the one that `PIXMO_TEST_POSTGRES` names, or a cluster of our own from the programs that Debian
//! installs, started once for all tests of this process and ended with it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

/// Names the address of a PostgreSQL in which databases may be made, such as `postgres://me@localhost/postgres`.
const VARIABLE: &str = "PIXMO_TEST_POSTGRES";

/// A fresh database.
pub(crate) struct Postgres {
    url: String,
}

/// What is known of the server: nothing yet, its address, or why there is none.
static SERVER: Mutex<Option<Result<String, String>>> = Mutex::new(None);
static DATABASES: AtomicU32 = AtomicU32::new(0);

impl Postgres {
    /// A fresh database; `None`, with the reason said, where there is no PostgreSQL.
    pub(crate) async fn fresh() -> Option<Postgres> {
        let admin = {
            let mut server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
            match server.get_or_insert_with(find) {
                Ok(address) => address.clone(),
                Err(why) => {
                    say(&format!("skipped, because {why}"));
                    return None;
                }
            }
        };
        sqlx::any::install_default_drivers();
        let options: sqlx::any::AnyConnectOptions = admin.parse().expect("an address of PostgreSQL");
        let mut connection = options.connect().await.expect("PostgreSQL answers");
        let name = format!("pixmo_test_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a fresh database");
        }
        connection.close().await.expect("PostgreSQL says goodbye");
        let (server, _) = admin.rsplit_once('/').expect("a database in the address");
        Some(Postgres { url: format!("{server}/{name}") })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn say(text: &str) {
    eprintln!("{text}");
}

fn find() -> Result<String, String> {
    if let Some(address) = pixmo_console::env::secret(VARIABLE) {
        return Ok(address);
    }
    let root = Path::new("/usr/lib/postgresql");
    let mut versions: Vec<PathBuf> = std::fs::read_dir(root)
        .map_err(|_| {
            format!("PostgreSQL is not installed and {VARIABLE} names none; tests/setup.sh installs it")
        })?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    versions.sort();
    let programs = versions.pop().ok_or("PostgreSQL is not installed")?;
    start(&programs)
}

/// Makes a cluster in a temporary folder and starts it.
fn start(programs: &Path) -> Result<String, String> {
    let folder =
        tempfile::Builder::new().prefix("pixmo-postgres-").tempdir().map_err(|error| error.to_string())?;
    let folder = folder.keep();
    let data = folder.join("data");
    // PostgreSQL does not run as root; then it runs as the user that its package made.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let command = |program: &str| {
        let program = programs.join(program);
        if !is_root {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    };
    if is_root {
        run(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    run(command("initdb").arg("-D").arg(&data).args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]))?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| error.to_string())?
        .port();
    // It ends by itself when this process does: the watcher holds the other end of a pipe.
    let mut server = command("postgres");
    server.arg("-D").arg(&data).args([
        "-h",
        "127.0.0.1",
        "-k",
        "",
        "-p",
        &port.to_string(),
        "-c",
        "max_connections=300",
    ]);
    let mut watched = Command::new("sh");
    let words: Vec<String> = std::iter::once(server.get_program())
        .chain(server.get_args())
        .map(|word| format!("'{}'", word.to_string_lossy()))
        .collect();
    let script = format!(
        "{} >'{}' 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf '{}'",
        words.join(" "),
        folder.join("log").display(),
        folder.display()
    );
    watched.arg("-c").arg(script).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    if is_root {
        let log = folder.join("log");
        std::fs::write(&log, b"").map_err(|error| error.to_string())?;
    }
    let child = watched.spawn().map_err(|error| error.to_string())?;
    // Kept until the process ends, and its end of the pipe with it.
    std::mem::forget(child);
    let ready = |_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() && {
            let mut ask = Command::new(programs.join("pg_isready"));
            let asked = ask.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).status();
            asked.is_ok_and(|status| status.success())
        }
    };
    match (0..100).any(ready) {
        true => Ok(format!("postgres://postgres@127.0.0.1:{port}/postgres")),
        false => Err(format!("PostgreSQL did not start; its log is {}", folder.join("log").display())),
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr))),
    }
}
