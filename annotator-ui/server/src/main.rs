//! The program `pixmo-annotate`.

fn main() -> std::process::ExitCode {
    pixmo_annotator::main()
}
