//! The program `pixmo-captioner`.

fn main() -> std::process::ExitCode {
    pixmo_captioner::main()
}
