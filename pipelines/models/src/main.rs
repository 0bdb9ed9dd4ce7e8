//! The program `pixmo-models`.

fn main() -> std::process::ExitCode {
    pixmo_models::main()
}
