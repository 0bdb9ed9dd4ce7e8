//! The program `pixmo-points-eval`.

fn main() -> std::process::ExitCode {
    pixmo_points_eval::main()
}
