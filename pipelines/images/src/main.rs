//! The program `pixmo-images`.

fn main() -> std::process::ExitCode {
    pixmo_images::main()
}
