//! The program `pixmo-count`.

fn main() -> std::process::ExitCode {
    pixmo_count::main()
}
