//! The way of a task to a person and back: next, lease, signs of life, drafts, handing in, passing by.
//!
//! ```text
//!  open ──next──▶ leased ──submit──▶ submitted ──review──▶ approved │ returned │ rejected
//!    ▲              │                                                    │
//!    └─ skip, release, lease over ◀───────────────── next (returned) ────┘
//! ```
//!
//! A lease holds until its deadline and as long as there are signs of life. Who comes back after it and finds the task
//! still free goes on where they were; nobody loses work to a train in a tunnel.

mod assignment;
mod beat;
mod cursors;
mod draft;
mod end;
mod hooks;
mod next;
mod overview;
mod submit;
mod sweep;

use utoipa_axum::router::OpenApiRouter;

pub(crate) use assignment::held;
pub(crate) use cursors::Cursors;
pub(crate) use hooks::Submission;
pub(crate) use sweep::sweep;

use crate::App;

/// The addresses of this module.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(overview::router())
        .merge(next::router())
        .merge(beat::router())
        .merge(draft::router())
        .merge(submit::router())
        .merge(end::router())
}
