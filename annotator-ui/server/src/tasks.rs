//! Tasks: what there is to do. They come as lines of JSON, are kept in the order in which they are to be done, and know how
//! many people have them.

mod import;
mod line;
mod make;
mod rank;
mod state;

use utoipa_axum::router::OpenApiRouter;

pub(crate) use import::{Imported, import};
pub(crate) use make::{Made, make};
pub(crate) use rank::rank_of;
pub(crate) use state::{KindChange, Shift, note_kind, shift};

use crate::App;
use crate::http::Problem;
use crate::kind::KINDS;

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    import::router()
}

/// Makes the row of each kind, where its counters stand.
pub(crate) async fn prepare_kinds(app: &App) -> Result<(), Problem> {
    app.db
        .write("kinds.prepare", async move |tx| {
            for kind in KINDS {
                sqlx::query("INSERT INTO kind (name) VALUES ($1) ON CONFLICT (name) DO NOTHING")
                    .bind(kind.name())
                    .execute(&mut *tx)
                    .await?;
            }
            Ok(())
        })
        .await
}
