//! Takes: a person speaks, the pieces come while they do, and the whole is kept exactly as it came.
//!
//! The way of a take: [`grant`] gives a nonce for one recording of one assignment; [`pieces`] takes the pieces, each with
//! its link of the chain, and keeps them in the [`spool`]; [`finish`] puts them together, measures the whole and stores it
//! under its hash; [`transcript`] takes the person's correction of what a model heard. [`discard`](mod@discard) lets a take
//! be made anew, [`audio`] plays it, [`submit`] says whether it can be handed in.
//!
//! What was spoken is never refused because it came late: such a take is marked `late`, and its receipt says `imported`.

pub(crate) mod audio;
mod chores;
pub(crate) mod discard;
pub(crate) mod finish;
mod grant;
pub(crate) mod live;
pub(crate) mod measure;
mod pieces;
pub(crate) mod row;
pub mod spool;
mod store;
pub(crate) mod submit;
mod transcript;
pub(crate) mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

pub(crate) use chores::{recover, sweep};
pub(crate) use live::Desk;
pub(crate) use store::Store;
pub use view::{Take, TakeProblem};

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(grant::grant))
        .merge(pieces::router())
        .routes(routes!(finish::finish))
        .routes(routes!(discard::discard))
        .routes(routes!(view::show))
        .routes(routes!(audio::play))
        .routes(routes!(transcript::correct))
        .routes(routes!(crate::vouching::show))
}
