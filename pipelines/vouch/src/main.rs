//! The program `pixmo-receipts`.

fn main() -> std::process::ExitCode {
    pixmo_vouch::main()
}
