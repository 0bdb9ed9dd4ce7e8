//! The program as people run it: keys, a log, a dataset, a stranger who checks.

mod dataset;
mod keys;
mod peers;
mod scene;
mod stranger;
