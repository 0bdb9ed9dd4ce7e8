//! A PostgreSQL for tests: the one that `PIXMO_TEST_POSTGRES` names, or a cluster of our own from the programs that Debian
//! installs, started once for all tests of this process and ended with it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::cluster::Cluster;

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
        Some(Postgres::within(&admin).await)
    }

    /// A fresh database in a cluster of its own, which can be started again; `None` as [`Postgres::fresh`].
    pub(crate) async fn apart() -> Option<(Postgres, Cluster)> {
        match Cluster::start() {
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
    let made = Cluster::start().map(|cluster| cluster.address);
    made.map_err(|why| format!("{why}, and {VARIABLE} names none"))
}
