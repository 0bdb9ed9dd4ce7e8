//! To be written in this branch's next commits.
use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}

pub(super) fn is_offered(_app: &App) -> bool {
    false
}
