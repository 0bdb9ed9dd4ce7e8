//! A program whose rows cost nothing, for looking at the loop and for killing it.

#[path = "../tests/it/tiny.rs"]
mod tiny;

fn main() -> std::process::ExitCode {
    pixmo_stage::main::<tiny::Tiny>()
}
