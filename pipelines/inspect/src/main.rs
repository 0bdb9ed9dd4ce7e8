//! The program `pixmo-inspect`.

fn main() -> std::process::ExitCode {
    pixmo_inspect::main()
}
