//! The loop from flags to folder, with a dataset whose rows cost nothing.

mod tiny;

mod bench;
mod brought;
mod damage;
mod faults;
mod killed;
mod rehearsal;
mod remote;
mod requests;
mod same_bytes;
