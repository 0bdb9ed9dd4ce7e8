//! The client against real servers on loopback: one that does what a test says, and a real small model.

mod faults;
mod forms;
mod real;
mod run;
mod server;
