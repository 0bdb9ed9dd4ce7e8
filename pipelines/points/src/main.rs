//! The program `pixmo-points`.

fn main() -> std::process::ExitCode {
    pixmo_points::main()
}
