//! The verb `point`: where something is in a picture.

use std::io::Write;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_molmo::captioner::{Finish, Flow, Request};
use pixmo_pictures::Limits;
use serde_json::{Value, json};

use crate::ask;
use crate::caption::finish;
use crate::draw;
use crate::found::{self, Found, in_pixels};
use crate::open::{ModelArgs, SamplingArgs};
use crate::sources::{self, in_a_line};

/// Point at things in a picture
///
/// Each point is a line on standard output: its number, per cent of width and height, pixels, and what the answer calls it.
/// Points are places in the upright picture. The answer itself goes to standard error.
///
/// Example: `pixmo captioner point photo.jpg "the red cars" --model data/models/molmo-7b-d --out points.png`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct PointArgs {
    /// The picture
    #[arg(value_name = "IMAGE")]
    pub(crate) image: PathBuf,
    /// What to point at
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Ask how many there are, too
    #[arg(long, conflicts_with = "as_is")]
    pub(crate) count: bool,
    /// Ask in exactly these words
    #[arg(long)]
    pub(crate) as_is: bool,
    /// Draw the points on the picture, and write it to this file in PNG
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How words are chosen.
    #[command(flatten)]
    pub(crate) sampling: SamplingArgs,
    /// The model.
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// Runs the verb.
///
/// # Errors
/// A request failure for a picture or a model that cannot be opened, a world failure if the drawn picture cannot be written.
pub(crate) fn run(args: &PointArgs, console: &Console) -> Result<Ending, Failure> {
    let sampling = args.sampling.sampling()?;
    let loaded = sources::load(&args.image, &Limits::default()).map_err(|error| {
        Failure::request("cannot look at the picture")
            .because(in_a_line(&error))
            .at(args.image.display().to_string())
    })?;
    let opened = args.model.open(console)?;
    let words = match (args.as_is, args.count) {
        (true, _) => args.text.clone(),
        (false, true) => ask::counting(&args.text),
        (false, false) => ask::pointing(&args.text),
    };
    let interrupt = console.interrupt();
    let mut flow = |_row: usize, _token: &_| if interrupt.is_requested() { Flow::Stop } else { Flow::Go };
    let request = Request { picture: Some(loaded.picture.clone()), turns: vec![words], sampling };
    let reply = opened
        .captioner
        .generate(std::slice::from_ref(&request), &mut flow)
        .map_err(|error| Failure::request("the model cannot answer").because(in_a_line(&error)))?
        .pop()
        .ok_or_else(|| Failure::bug("one question got no answer"))?;
    if reply.finish == Finish::Cancelled {
        return Err(Failure::interrupted("the answer was not complete").hint("run the same command again"));
    }
    let points = found::read(&reply.text);
    let (width, height) = (loaded.picture.width(), loaded.picture.height());
    if console.is_json() {
        let told: Vec<Value> =
            (1..).zip(&points).map(|(number, one)| object(number, one, width, height)).collect();
        console.data_json(&json!({
            "event": "points", "image": args.image, "sha256": loaded.sha256, "width": width, "height": height,
            "text": reply.text, "finish": finish(reply.finish), "points": told,
        }))?;
    } else {
        console.say(&reply.text);
        for (number, one) in (1..).zip(&points) {
            console.data_line(&line(number, one, width, height))?;
        }
    }
    if let Some(out) = &args.out {
        write(out, &draw::points(&loaded.picture, &points))?;
        console.say(format!("{} drawn in {}", wording::counted(points.len() as u64, "point"), out.display()));
    }
    if found::is_garbled(&reply.text) {
        console.warn(
            "the answer has points that cannot be read, or ends in the middle of them",
            Some("raise `--max-tokens`, or ask for less at once"),
        );
        return Ok(Ending::NotAllGood);
    }
    Ok(Ending::Good)
}

fn line(number: usize, one: &Found, width: usize, height: usize) -> String {
    let (x, y) = (in_pixels(one.point.x, width), in_pixels(one.point.y, height));
    let line = format!("{number}\t{:.1}%\t{:.1}%\t{x:.1}\t{y:.1}\t{}", one.point.x, one.point.y, one.label);
    line.trim_end().to_owned()
}

fn object(number: usize, one: &Found, width: usize, height: usize) -> Value {
    let pixels = |per_cent, side| (in_pixels(per_cent, side) * 10.0).round() / 10.0;
    json!({
        "number": number, "x_per_cent": one.point.x, "y_per_cent": one.point.y,
        "x_px": pixels(one.point.x, width), "y_px": pixels(one.point.y, height), "label": one.label,
    })
}

/// Writes a file whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path
        .file_name()
        .ok_or_else(|| Failure::request("`--out` is no name of a file").at(path.display().to_string()))?;
    let part = path.with_file_name(format!(".{}.part", name.to_string_lossy()));
    let written = std::fs::File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| {
        // What is left of a failed attempt is of no use; that it cannot be removed either is told by the same cause.
        let _removed = std::fs::remove_file(&part);
        Failure::world("cannot write the drawn picture").cause(&error).at(path.display().to_string())
    })
}
