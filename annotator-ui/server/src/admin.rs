//! What an operator sees and sets: progress, people, quality, tasks with their history, events, disk.

mod disk;
mod kinds;
mod people;
mod progress;
mod tasks;

use utoipa_axum::router::OpenApiRouter;

use crate::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(progress::router())
        .merge(kinds::router())
        .merge(people::router())
        .merge(tasks::router())
        .merge(disk::router())
}
