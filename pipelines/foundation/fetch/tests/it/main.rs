//! The client against real servers on loopback: what they do wrong, what they do not want, and what they are.

mod consent;
mod faults;
mod files;
mod memory;
mod private;
mod robots;
mod server;
mod settings;
mod tls;
