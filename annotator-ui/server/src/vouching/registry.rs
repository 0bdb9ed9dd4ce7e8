//! What must be remembered so that nothing is used twice, in the campaign's database.
//!
//! The thread of the issuer asks, outside of the runtime, so each step waits for its commit.

use pixmo_receipts::nonce::{Grant, Nonce};
use pixmo_receipts::registry::{Progress, Registry, RegistryError};
use pixmo_schemas::Sha256;
use tokio::runtime::Handle;

use crate::App;
use crate::http::Problem;

/// A registry over the database of an app.
pub(super) struct InDatabase {
    app: App,
    handle: Handle,
}

impl InDatabase {
    pub(super) fn new(app: App, handle: Handle) -> InDatabase {
        InDatabase { app, handle }
    }

    fn wait<T>(
        &self,
        what: &str,
        step: impl Future<Output = Result<T, Problem>>,
    ) -> Result<T, RegistryError> {
        self.handle.block_on(step).map_err(|problem| RegistryError {
            what: what.to_owned(),
            source: problem.log_text().to_owned().into(),
        })
    }
}

impl Registry for InDatabase {
    /// Nonces are given with their takes, by [`crate::takes`].
    fn grant(&self, _nonce: &Nonce, _grant: &Grant) -> Result<bool, RegistryError> {
        let source = "nonces are given with their takes".into();
        Err(RegistryError { what: "a nonce".to_owned(), source })
    }

    fn look(&self, nonce: &Nonce) -> Result<Option<(Grant, Progress)>, RegistryError> {
        let name = nonce.name().to_string();
        self.wait("a nonce", async {
            let found: Option<(String, Option<i64>, Option<String>, Option<i64>)> = sqlx::query_as(
                "SELECT n.take, n.used_ms, t.granted, t.receipt_leaf FROM nonce n JOIN take t ON t.id = n.take \
                 WHERE n.value = $1",
            )
            .bind(name)
            .fetch_optional(self.app.db.reads())
            .await?;
            let Some((take, used_ms, granted, leaf)) = found else { return Ok(None) };
            let Some(granted) = granted else { return Ok(None) };
            let progress = match (used_ms, leaf) {
                (_, Some(_)) => Progress::Spent { take },
                (Some(_), None) => Progress::Begun,
                (None, None) => Progress::Granted,
            };
            Ok(Some((serde_json::from_str(&granted)?, progress)))
        })
    }

    /// Recordings are begun by [`crate::takes`].
    fn begin(&self, _nonce: &Nonce) -> Result<bool, RegistryError> {
        let source = "recordings are begun with their takes".into();
        Err(RegistryError { what: "a nonce".to_owned(), source })
    }

    /// A nonce belongs to one take from the beginning, so it is spent for that take or not at all.
    fn spend(&self, nonce: &Nonce, take: &str) -> Result<bool, RegistryError> {
        let (name, take) = (nonce.name().to_string(), take.to_owned());
        self.wait("a nonce", async {
            let found: Option<(i64,)> = sqlx::query_as(
                "SELECT used_ms FROM nonce WHERE value = $1 AND take = $2 AND used_ms IS NOT NULL",
            )
            .bind(name)
            .bind(take)
            .fetch_optional(self.app.db.reads())
            .await?;
            Ok(found.is_some())
        })
    }

    fn claim(&self, audio: &Sha256, take: &str) -> Result<bool, RegistryError> {
        let (audio, take) = (audio.to_string(), take.to_owned());
        let now_ms = self.app.context.now_ms();
        let claimed = self.app.db.write("receipt.claim", async move |tx| {
            sqlx::query(
                "INSERT INTO claimed_audio (sha256, take, claimed_ms) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING",
            )
            .bind(&audio)
            .bind(&take)
            .bind(now_ms)
            .execute(&mut *tx)
            .await?;
            let (whose,): (String,) = sqlx::query_as("SELECT take FROM claimed_audio WHERE sha256 = $1")
                .bind(&audio)
                .fetch_one(&mut *tx)
                .await?;
            Ok(whose == take)
        });
        self.wait("a recording", claimed)
    }

    fn issued(&self, take: &str) -> Result<Option<u64>, RegistryError> {
        let take = take.to_owned();
        self.wait("a receipt", async {
            let found: Option<(Option<i64>,)> = sqlx::query_as("SELECT receipt_leaf FROM take WHERE id = $1")
                .bind(take)
                .fetch_optional(self.app.db.reads())
                .await?;
            Ok(found.and_then(|(leaf,)| leaf).map(i64::unsigned_abs))
        })
    }

    fn note(&self, take: &str, index: u64) -> Result<(), RegistryError> {
        let take = take.to_owned();
        let leaf = i64::try_from(index).unwrap_or(i64::MAX);
        let noted = self.app.db.write("receipt.note", async move |tx| {
            // One that is about to be taken back, because its text is another now, is not noted again.
            sqlx::query(
                "UPDATE take SET receipt_leaf = $1 \
                 WHERE id = $2 AND receipt_leaf IS NULL AND (receipt IS NULL OR receipt <> $3)",
            )
            .bind(leaf)
            .bind(&take)
            .bind(super::offer::stale(index))
            .execute(&mut *tx)
            .await?;
            Ok(())
        });
        self.wait("a receipt", noted)
    }
}
