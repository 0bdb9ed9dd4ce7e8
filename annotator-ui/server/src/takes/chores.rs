//! What goes on by itself: takes that were ended leave the spool, takes that nobody ends are given up.

use pixmo_receipts::leaf::Reason;
use serde_json::json;

use super::row::Row;
use crate::App;
use crate::http::Problem;

/// A take of which nothing was heard for so long is given up; what came of it is deleted.
const ABANDONED_MS: i64 = 7 * 86_400_000;

/// After a start: takes that were ended before the server was killed leave the spool.
pub(crate) async fn recover(app: &App) -> Result<(), Problem> {
    let desk = app.takes_desk()?;
    forget_ended(app).await?;
    let size = desk.spool.size();
    tracing::info!(takes = size.takes, bytes = size.bytes, segments = size.segments, "spool is open");
    Ok(())
}

/// Takes that are not live any more leave the spool.
async fn forget_ended(app: &App) -> Result<(), Problem> {
    let desk = app.takes_desk()?;
    for take in desk.spool.takes() {
        let row = Row::find(app.db.reads(), &take).await?;
        let is_erased = row.as_ref().is_some_and(|row| row.status == super::row::ERASED);
        if !row.is_some_and(|row| row.is_live())
            && let Err(error) = desk.spool.forget(&take, is_erased).await
        {
            tracing::warn!(%error, "cannot put away the pieces of an ended take");
        }
    }
    Ok(())
}

/// What somebody took back is deleted: the recording, the texts, and the receipt in the log.
async fn forget_withdrawn(app: &App) -> Result<(), Problem> {
    let withdrawn: Vec<(String,)> = sqlx::query_as(
        "SELECT t.id FROM assignment a JOIN take t ON t.assignment = a.id WHERE a.kind = 'cap' \
         AND a.status = 'withdrawn' AND t.status IN ('finished', 'failed') LIMIT 200",
    )
    .fetch_all(app.db.reads())
    .await?;
    for (take,) in withdrawn {
        let Some(row) = Row::find(app.db.reads(), &take).await? else { continue };
        if let Some(leaf) = crate::vouching::leaf_of(&row) {
            app.voucher()?.take_back(vec![leaf], Reason::Withdrawn).await?;
        }
        super::discard::forget_audio(app, &row).await?;
        let now_ms = app.context.now_ms();
        app.db
            .write("take.withdraw", async move |tx| {
                sqlx::query(
                    "UPDATE take SET status = 'erased', granted = NULL, recorded = NULL, measures = NULL, \
                     transcript_status = 'none', transcript = NULL, corrected = NULL, erased_ms = $1 WHERE id = $2",
                )
                .bind(now_ms)
                .bind(&take)
                .execute(&mut *tx)
                .await?;
                crate::jobs::cancel(&mut *tx, &take, now_ms).await?;
                crate::events::note(tx, now_ms, "server", "take.withdraw", &take, &json!({})).await
            })
            .await?;
    }
    Ok(())
}

/// Now and then: memory and spool are tidied.
pub(crate) async fn sweep(app: App) -> Result<(), Problem> {
    let desk = app.takes_desk()?;
    let now_ms = app.context.now_ms();
    desk.tidy(now_ms);
    // What was discarded while the store was away, or with its task.
    let discarded: Vec<(String,)> =
        sqlx::query_as("SELECT id FROM take WHERE status = 'discarded' AND extension IS NOT NULL LIMIT 500")
            .fetch_all(app.db.reads())
            .await?;
    for (take,) in discarded {
        if let Some(row) = Row::find(app.db.reads(), &take).await? {
            super::discard::forget_audio(&app, &row).await?;
        }
    }
    forget_ended(&app).await?;
    forget_withdrawn(&app).await?;
    let old: Vec<(String,)> = sqlx::query_as(
        "SELECT id FROM take WHERE status IN ('granted', 'recording') AND granted_ms < $1 LIMIT 500",
    )
    .bind(now_ms - ABANDONED_MS)
    .fetch_all(app.db.reads())
    .await?;
    for (take,) in old {
        let id = take.clone();
        app.db
            .write("take.abandon", async move |tx| {
                let changed = sqlx::query(
                    "UPDATE take SET status = 'failed', finished_ms = $1, problems = $2 \
                     WHERE id = $3 AND status IN ('granted', 'recording')",
                )
                .bind(now_ms)
                .bind(r#"[{"code":"damaged","message":"it was never finished"}]"#)
                .bind(&id)
                .execute(&mut *tx)
                .await?;
                if changed.rows_affected() > 0 {
                    crate::events::note(tx, now_ms, "server", "take.abandon", &id, &json!({})).await?;
                }
                Ok(())
            })
            .await?;
        if let Err(error) = desk.spool.forget(&take, false).await {
            tracing::warn!(%error, "cannot put away the pieces of an abandoned take");
        }
    }
    Ok(())
}
