//! Leases that ran out: the task goes to others, and comes back to its person if nobody took it meanwhile.

use sqlx::Row as _;

use super::assignment::Held;
use super::end::end;
use crate::App;
use crate::http::Problem;

/// Leases that one change ends.
const BATCH_MAX: i64 = 200;

/// Ends all leases that ran out.
pub(crate) async fn sweep(app: App) -> Result<(), Problem> {
    loop {
        let now = app.context.now_ms();
        let over: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM assignment WHERE status = 'leased' AND lease_until_ms < $1 LIMIT 1",
        )
        .bind(now)
        .fetch_optional(app.db.reads())
        .await?;
        if over.is_none() {
            return Ok(());
        }
        let state = app.clone();
        let freed = app
            .db
            .write("work.sweep", async move |tx| {
                let rows = sqlx::query(
                    "SELECT id, task, kind, beat_ms, active_ms, draft_revision, submitted_ms FROM assignment \
                     WHERE status = 'leased' AND lease_until_ms < $1 ORDER BY lease_until_ms LIMIT $2",
                )
                .bind(now)
                .bind(BATCH_MAX)
                .fetch_all(&mut *tx)
                .await?;
                let mut freed = Vec::new();
                for row in rows {
                    let held = Held::of_row(row.try_get("id")?, &row)?;
                    if end(&state, tx, &held, "expired", None).await? {
                        freed.push((held.kind, held.task));
                    }
                }
                Ok(freed)
            })
            .await?;
        app.metrics.count("sweeps_of_leases");
        for (kind, task) in freed {
            app.cursors.freed(kind, task);
        }
    }
}
