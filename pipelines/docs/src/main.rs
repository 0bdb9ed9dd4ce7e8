//! The program `pixmo-docs`.

fn main() -> std::process::ExitCode {
    pixmo_stage::main::<pixmo_docs::stage::Docs>()
}
