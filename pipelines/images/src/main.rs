//! The program `pixmo-images`.

use mimalloc::MiMalloc;

/// Buffers of pixels are made and given back for each picture.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    pixmo_images::main()
}
