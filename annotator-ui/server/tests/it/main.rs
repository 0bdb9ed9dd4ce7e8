//! The real server on loopback, asked as the page and programs ask it.

mod authorisation;
mod erase;
mod export;
mod harness;
mod kill;
mod people;
mod takes;
mod voice;
mod work;
