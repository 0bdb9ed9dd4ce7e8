//! The program `pixmo-cap`.

fn main() -> std::process::ExitCode {
    pixmo_cap::main()
}
