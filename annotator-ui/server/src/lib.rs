//! Where people speak and point: a campaign's tasks, takes, review, pay and export, over HTTP.
//!
//! It deliberately does not know how captions or points become a dataset (`pixmo-cap` and `pixmo-points` read what it
//! exports), how a transcript is made (workers lease that), or what a page looks like (`annotator-ui/web`, which travels
//! within the program).
//!
//! Begin with [`App`], what lives as long as the server, and [`http`], what all addresses have in common; then `work`, the
//! way of a task to a person and back.
//!
//! **One module for each thing that people do**, with its addresses, its types and its statements. It plugs in so:
//! - `pub(crate) fn router() -> OpenApiRouter<App>` with a `#[utoipa::path(…)]` on every handler, and a line in `routes`
//!   below. Paths stand without `/api/v1`. The `tag` says who may use an address (`everybody`, `person`, `annotator`,
//!   `reviewer`, `operator`, `worker`), and a test holds it to that; `http` has the extractors of the same names.
//! - Changes go through [`Db::write`](db::Db::write), with an [`events::note`] in it; reads through
//!   [`Db::reads`](db::Db::reads). Tables come with a new file in `migrations/`.
//! - What it keeps open becomes a field of [`App`]; what goes on by itself is started in `App::start_chores`.
//! - Refusals are [`http::Problem`]s. A job of the writer never makes one with `Problem::unavailable` itself: that means
//!   that the database is away, and the writer tries again.

#![expect(
    clippy::type_complexity,
    reason = "rows of the database are read as tuples, each where it is asked for"
)]

mod absent;
mod admin;
mod agreement;
mod answers;
mod app;
pub mod backup;
mod consent;
pub mod context;
pub mod db;
mod demo;
mod erase;
pub mod events;
mod export;
mod gold;
pub mod http;
mod images;
mod intake;
mod jobs;
pub mod kind;
mod label;
mod operate;
mod own;
mod pay;
pub mod people;
mod program;
mod quality;
mod review;
mod serve;
pub mod settings;
pub mod takes;
mod tasks;
mod vouching;
mod work;

use utoipa_axum::router::OpenApiRouter;

pub use app::{App, Inner, OpenError};
pub use program::main;
pub use serve::Server;

/// The addresses of all modules, below `/api/v1`.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(people::router())
        .merge(consent::router())
        .merge(images::router())
        .merge(tasks::router())
        .merge(absent::router())
        .merge(work::router())
        .merge(takes::router())
        .merge(jobs::router())
        .merge(review::router())
        .merge(pay::router())
        .merge(own::router())
        .merge(admin::router())
        .merge(export::router())
        .merge(erase::router())
        .merge(backup::router())
}
