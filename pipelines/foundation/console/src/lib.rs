//! Everything a person sees in a terminal: data, talk, progress, errors, logs and exit codes.
//!
//! A program hands its `main` to [`run`] and gets a [`Console`]: data goes to standard output, talk to standard
//! error, progress is told as [`Event`]s from a closed list and drawn by a face (bar, lines, none, JSON), and what
//! fails is one [`Failure`] with one form and one exit code. It also asks the clock, hears Ctrl-C, knows the names of
//! environment variables and finds the sibling programs.
//!
//! It deliberately does not know what a dataset, a row or a campaign is: it is told names and numbers.
//!
//! Begin with [`failure`] for the form of an error, then [`console`](Console) for the streams, then [`progress`] for
//! the events and [`faces`](Face) for how they look.

pub mod clock;
pub mod env;
pub mod failure;
pub mod program;
pub mod progress;
pub mod wording;

mod args;
mod console;
mod faces;
mod interrupt;
mod logging;
mod panics;
mod run;

pub use args::{ColorChoice, ConsoleArgs, ProgressChoice};
pub use clock::Clock;
pub use console::{Captured, Console};
pub use faces::Face;
pub use failure::{Failure, Kind};
pub use interrupt::Interrupt;
pub use progress::{Counts, Event, Progress};
pub use run::{Ending, failure_of, parse, parse_from, run, start};
