//! What charts, tables and diagrams promise, checked on many random ones.

mod diagrams;
mod odd;
mod tables;
