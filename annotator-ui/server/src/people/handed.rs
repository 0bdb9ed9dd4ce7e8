//! What operators hand out, invitations and tokens alike: a secret that is shown once and stands in the database as a hash,
//! and that can be taken back.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::App;
use crate::db::Tx;
use crate::events;
use crate::http::{Operator, Problem};

/// A kind of what is handed out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handed {
    /// Its name in the audit and in messages.
    pub(super) noun: &'static str,
    /// The first letter of its ids.
    pub(super) letter: &'static str,
    /// Takes the one with the id `$2` back at the time `$1`, if it still can be.
    pub(super) take_back: &'static str,
}

/// One that is about to be handed out.
#[derive(Clone, Debug)]
pub(super) struct New {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) now_ms: i64,
    noun: &'static str,
}

impl Handed {
    /// Draws id and secret.
    pub(super) fn draw(self, app: &App) -> New {
        New {
            id: app.context.id(self.letter),
            secret: app.context.secret(),
            now_ms: app.context.now_ms(),
            noun: self.noun,
        }
    }

    /// Takes one back.
    pub(super) async fn revoke(
        self,
        app: &App,
        operator: Operator,
        id: String,
    ) -> Result<StatusCode, Problem> {
        let Handed { noun, take_back, .. } = self;
        let now_ms = app.context.now_ms();
        app.db
            .write("handed.revoke", async move |tx| {
                let done = sqlx::query(take_back).bind(now_ms).bind(&id).execute(&mut *tx).await?;
                if done.rows_affected() == 0 {
                    return Err(Problem::missing(noun));
                }
                events::note(tx, now_ms, &operator.actor, &format!("{noun}.revoke"), &id, &json!({})).await
            })
            .await?;
        Ok(StatusCode::NO_CONTENT)
    }
}

impl New {
    /// Notes that it was handed out.
    pub(super) async fn note(&self, tx: &mut Tx, actor: &str, detail: &Value) -> Result<(), Problem> {
        events::note(tx, self.now_ms, actor, &format!("{}.create", self.noun), &self.id, detail).await
    }
}
