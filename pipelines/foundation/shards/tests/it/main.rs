//! Rows to files and back, in every kind of place.

mod cards;
mod files;
mod foreign;
mod places;
