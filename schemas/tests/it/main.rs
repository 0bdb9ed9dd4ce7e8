//! Tests at the edge of the crate.

mod appendix;
mod checks;
mod round_trip;
mod samples;
mod snapshots;
