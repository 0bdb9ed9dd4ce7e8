//! The program against real servers on loopback that cut, lie, die, and know no parts; and against `kill -9`.

mod bench;
mod server;
mod shop;

mod brought;
mod checkpoints;
mod killed;
mod told;
