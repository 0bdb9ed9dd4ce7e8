//! What all addresses have in common: how they are put together, what protects them, how they refuse.

mod cursor;
mod extract;
mod guard;
mod health;
mod metrics;
mod page;
mod problem;
mod router;
mod who;

pub use extract::{Json, Path, Query};
pub use metrics::Metrics;
pub use page::build_of_page;
pub use problem::{Problem, ProblemBody};
pub use router::{api_document, assemble};
pub use who::{Annotator, Operator, Peer, Reviewer, Who, Worker};

pub(crate) use cursor::{Cursor, Page};
pub(crate) use health::router as health;
