//! Draws points on a picture, to be judged by eye: `cargo run -p pixmo-captioner --example points -- PICTURE OUT.png ANSWER`.
//!
//! ANSWER is what a model may have said, with its tags; a file if it begins with `@`.

use std::error::Error;

use pixmo_captioner::{draw, found};
use pixmo_pictures::Limits;
use pixmo_preprocess::Picture;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [picture, out, answer] = &words[..] else {
        return Err("expected PICTURE OUT.png ANSWER".into());
    };
    let answer = match answer.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file)?,
        None => answer.clone(),
    };
    let picture = Picture::decode(&std::fs::read(picture)?, &Limits::default())?;
    std::fs::write(out, draw::points(&picture, &found::read(&answer)))?;
    Ok(())
}
