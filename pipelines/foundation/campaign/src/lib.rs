//! The one settings file, read and checked.
//!
//! A campaign is one TOML file that a person can read aloud. [`Campaign::read`] parses it, [`Campaign::check_sections`]
//! finds sections that nobody knows, and [`Campaign::section`] turns one section into the struct of the crate it
//! belongs to. Whatever is wrong comes back as a [`CampaignError`] with its line, its column and what to do.
//!
//! It deliberately does not know which sections exist or what they mean: settings live beside what they describe,
//! and the caller brings the names. It does not print, and it knows no other crate of the house.
//!
//! Begin with [`Campaign`]; `section` holds the reading of one section, `fault` what can be wrong in it, `tree` the parsed file,
//! [`Setting`] the order flag, file, default.

mod campaign;
mod error;
mod fault;
mod section;
mod setting;
mod suggest;
mod tree;

pub use campaign::{Campaign, CampaignSection};
pub use error::{CampaignError, Place};
pub use section::keys_of;
pub use setting::{Origin, Setting};
