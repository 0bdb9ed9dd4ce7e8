//! Review: somebody looks at what others handed in, and approves it, gives it back with a comment, or rejects it.

mod decide;
mod show;

use utoipa_axum::router::OpenApiRouter;

pub(crate) use show::{Said, history_of};

use crate::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(show::router()).merge(decide::router())
}
