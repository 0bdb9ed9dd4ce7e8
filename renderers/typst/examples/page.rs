//! Draws one page and prints its texts: `cargo run -p pixmo-render-typst --example page -- page.typ page.png`.

use std::error::Error;
use std::io::Write as _;

use pixmo_render::Picture;
use pixmo_render_typst::{PageOptions, render};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = std::fs::read_to_string(arguments.next().ok_or("give a Typst file")?)?;
    let scene = render(&source, &PageOptions::default())?;
    let mut out = std::io::stdout().lock();
    for (_, element) in scene.iter().filter(|(_, element)| element.text.is_some()) {
        let b = element.bounds;
        writeln!(
            out,
            "{:>6.1} {:>6.1}  {:<12} {:?} {}",
            b.left,
            b.top,
            element.role.name(),
            element.data,
            element.label
        )?;
    }
    if let Some(path) = arguments.next() {
        std::fs::write(path, Picture::of(&scene).png)?;
    }
    Ok(())
}
