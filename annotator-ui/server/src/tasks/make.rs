//! Tasks that the server makes by itself, from what people did.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{KindChange, note_kind, rank_of};
use crate::db::Tx;
use crate::http::Problem;
use crate::kind::Kind;

/// A task to make.
pub(crate) struct Made<'a> {
    pub(crate) kind: Kind,
    pub(crate) image: &'a str,
    pub(crate) payload: &'a Value,
    /// What makes it one task however often it is made.
    pub(crate) key: &'a str,
    pub(crate) overlap: u32,
    /// The assignment whose answer it checks, if it checks one; its person does not get it.
    pub(crate) made_from: Option<&'a str>,
}

/// Makes a task; whether it is new.
pub(crate) async fn make(tx: &mut Tx, made: &Made<'_>, now_ms: i64) -> Result<bool, Problem> {
    let digest = Sha256::digest(format!("{}\0{}", made.kind.name(), made.key));
    let mut bits = [0; 8];
    bits.copy_from_slice(&digest[..8]);
    let key = i64::from_le_bytes(bits) & i64::MAX;
    let id: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM task").fetch_one(&mut *tx).await?;
    let done = sqlx::query(
        "INSERT INTO task (id, kind, image, payload, key, batch, priority, order_key, rank, overlap, gold, made_from, \
         created_ms, open) VALUES ($1, $2, $3, $4, $5, '', 0, $1, $6, $7, NULL, $8, $9, 1) ON CONFLICT (key) DO NOTHING",
    )
    .bind(id)
    .bind(made.kind.name())
    .bind(made.image)
    .bind(made.payload.to_string())
    .bind(key)
    .bind(rank_of(0, id))
    .bind(i64::from(made.overlap))
    .bind(made.made_from)
    .bind(now_ms)
    .execute(&mut *tx)
    .await?;
    let is_new = done.rows_affected() > 0;
    if is_new {
        note_kind(tx, made.kind, KindChange { tasks: 1, open: 1, ..KindChange::default() }).await?;
    }
    Ok(is_new)
}
