//! Its addresses come with the next commits.
use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
}
pub(crate) async fn prepare_kinds(_app: &App) -> Result<(), crate::http::Problem> {
    Ok(())
}
