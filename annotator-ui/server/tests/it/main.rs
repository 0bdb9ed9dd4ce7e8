//! The real server on loopback, asked as the page and programs ask it.

mod absent;
mod admin;
mod answers;
mod authorisation;
mod backup;
mod erase;
mod export;
mod full_disk;
mod harness;
mod jobs;
mod kill;
mod kill_takes;
mod nonsense;
mod people;
mod programs;
mod takes;
mod voice;
mod vouching;
mod work;
