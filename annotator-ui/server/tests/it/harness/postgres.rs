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

/// A cluster of our own that runs.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// The address of a database in which others may be made.
    address: String,
    data: PathBuf,
    programs: PathBuf,
    is_root: bool,
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
        Some(Postgres::within(&admin).await)
    }

    /// A fresh database in a cluster of its own, which can be started again; `None` as [`Postgres::fresh`].
    pub(crate) async fn apart() -> Option<(Postgres, Cluster)> {
        match programs().and_then(|programs| Cluster::start(&programs)) {
            Ok(cluster) => Some((Postgres::within(&cluster.address).await, cluster)),
            Err(why) => {
                say(&format!("skipped, because {why}"));
                None
            }
        }
    }

    async fn within(admin: &str) -> Postgres {
        sqlx::any::install_default_drivers();
        let options: sqlx::any::AnyConnectOptions = admin.parse().expect("an address of PostgreSQL");
        let mut connection = options.connect().await.expect("PostgreSQL answers");
        let name = format!("pixmo_test_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("a fresh database");
        }
        connection.close().await.expect("PostgreSQL says goodbye");
        let (server, _) = admin.rsplit_once('/').expect("a database in the address");
        Postgres { url: format!("{server}/{name}") }
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
    Cluster::start(&programs()?).map(|cluster| cluster.address)
}

/// Where the newest PostgreSQL of Debian has its programs.
fn programs() -> Result<PathBuf, String> {
    let none =
        || format!("PostgreSQL is not installed and {VARIABLE} names none; tests/setup.sh installs it");
    let versions = std::fs::read_dir("/usr/lib/postgresql").map_err(|_| none())?;
    let folders = versions.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    folders.filter(|folder| folder.join("initdb").is_file()).max().ok_or_else(none)
}

/// A program of PostgreSQL. It does not run as root; then it runs as the user that its package made.
fn command(programs: &Path, program: &str, is_root: bool) -> Command {
    let program = programs.join(program);
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

impl Cluster {
    /// Makes a cluster in a temporary folder and starts it. It ends with this process.
    fn start(programs: &Path) -> Result<Cluster, String> {
        let folder = tempfile::Builder::new().prefix("pixmo-postgres-").tempdir();
        let folder = folder.map_err(|error| error.to_string())?.keep();
        let data = folder.join("data");
        let is_root =
            Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
        if is_root {
            run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let mut make = command(programs, "initdb", is_root);
        run(make.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]))?;
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| error.to_string())?.port();
        let settings = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 300\n"
        );
        std::fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .and_then(|mut file| std::io::Write::write_all(&mut file, settings.as_bytes()))
            .map_err(|error| error.to_string())?;
        let address = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let cluster = Cluster { address, data, programs: programs.to_owned(), is_root };
        cluster.control("start")?;
        // The watcher holds the other end of a pipe: when this process is gone, however, it ends the cluster.
        let mut stop = command(programs, "pg_ctl", is_root);
        stop.arg("stop").args(["-m", "immediate", "-D"]).arg(&cluster.data);
        let words: Vec<String> = std::iter::once(stop.get_program())
            .chain(stop.get_args())
            .map(|word| format!("'{}'", word.to_string_lossy()))
            .collect();
        let script = format!("cat >/dev/null; {}; rm -rf '{}'", words.join(" "), folder.display());
        let mut watcher = Command::new("sh");
        watcher.arg("-c").arg(script).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = watcher.spawn().map_err(|error| error.to_string())?;
        // Its end of the pipe is kept until the process ends.
        std::mem::forget(child);
        Ok(cluster)
    }

    /// Ends all connections without ceremony and starts again.
    pub(crate) fn restart(&self) {
        self.control("restart").expect("PostgreSQL starts again");
    }

    fn control(&self, what: &str) -> Result<(), String> {
        let mut control = command(&self.programs, "pg_ctl", self.is_root);
        control.arg(what).arg("-w").arg("-D").arg(&self.data).arg("-l").arg(self.data.join("server.log"));
        if what == "restart" {
            control.args(["-m", "immediate"]);
        }
        run(&mut control)
    }
}

/// Runs a program to its end; what it starts in the background keeps none of our pipes.
fn run(command: &mut Command) -> Result<(), String> {
    let said = tempfile::tempfile().map_err(|error| error.to_string())?;
    let to = || said.try_clone().map_err(|error| error.to_string());
    let status = command.stdin(Stdio::null()).stdout(to()?).stderr(to()?).status();
    let status = status.map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() {
        return Ok(());
    }
    let mut text = String::new();
    let mut said = said;
    let _unread =
        std::io::Seek::rewind(&mut said).and_then(|()| std::io::Read::read_to_string(&mut said, &mut text));
    Err(format!("{command:?} failed: {text}"))
}
