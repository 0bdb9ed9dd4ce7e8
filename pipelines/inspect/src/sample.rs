//! Rows to look at: pictures with what is known of them, as files, as a page, as a contact sheet, as SVG.

mod choice;
mod clocks;
mod docs;
mod page;
mod subject;
mod svg;
mod wish;

use std::fs;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::Split;
use serde_json::json;

use crate::failures;
use crate::pixels::Pixels;
use crate::place::{Place, PlaceArgs};
use crate::sheet::{self, Sheet};
use crate::stats::of_config;
use crate::tables::{self, Part};
use choice::Choice;
use subject::Subject;
pub use wish::WishArgs;

/// Show rows of a dataset
///
/// Writes pictures, what is known of each as JSON beside it, and `index.html`, a page that holds all of it, filters,
/// searches, and can lay over the pictures what is known of them: texts, marks and points of docs, hands, dial and visible
/// part of clocks. Each picture is told on the terminal with its questions. Without an ID it chooses at random; the seed
/// decides.
///
/// Example: `pixmo sample clocks --html --wild --stratum overlap`
#[derive(clap::Args, Clone, Debug)]
pub struct SampleArgs {
    /// Dataset by its name, or a folder or address with a slash
    #[arg(value_name = "DATASET")]
    pub what: String,
    /// Show the picture with this id, or all clocks with this face
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub place: PlaceArgs,
    /// Show this many pictures, 12 by default, 200 with --html
    #[arg(long, value_name = "N", conflicts_with = "id")]
    pub count: Option<u64>,
    /// Choose with this seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Choose from this config, for example charts
    #[arg(long, value_name = "NAME")]
    pub config: Option<String>,
    /// Choose from this split: train or validation
    #[arg(long, value_name = "NAME")]
    pub split: Option<Split>,
    /// Show all clocks with this face
    #[arg(
        long,
        value_name = "ID",
        conflicts_with_all = ["id", "count", "kind", "theme", "language", "stratum", "wild", "still", "not_shown"]
    )]
    pub face: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the head of the flags in the help")]
    pub wish: WishArgs,
    /// Write files into this folder, by default samples/<dataset> in the data folder
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Write the page to this file, by default samples/<dataset>.html in the data folder; without --into write that alone
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub html: Option<Option<PathBuf>>,
    /// Draw as SVG too; with an ID and without --into print that alone
    #[arg(long)]
    pub svg: bool,
    /// Write a contact sheet to this PNG; without --into write that alone
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
    /// Put this many pictures side by side on the sheet
    #[arg(long, value_name = "N", default_value_t = sheet::COLUMNS)]
    pub columns: u32,
}

/// Pictures of a sample if nobody says how many.
const COUNT_DEFAULT: u64 = 12;
/// Pictures of a page that is asked for by itself: enough that its filters leave something.
const COUNT_OF_PAGE: u64 = 200;
/// The most pictures of a sample: a page with more is not looked at.
const COUNT_MAX: u64 = 10_000;

/// Runs the verb.
///
/// # Errors
/// A request failure if nothing is there or no row fits, a data failure if a file is damaged, a world failure if
/// something cannot be read or written.
pub fn run(args: &SampleArgs, console: &Console) -> Result<Ending, Failure> {
    let place = args.place.place(&args.what)?;
    if args.count.is_some_and(|count| !(1..=COUNT_MAX).contains(&count))
        || args.columns == 0
        || args.columns > 100
    {
        return Err(Failure::request("cannot show that many pictures").hint(format!(
            "give `--count` a number from 1 to {COUNT_MAX}, and `--columns` one from 1 to 100"
        )));
    }
    let survey = place.survey()?;
    let dataset = place.dataset(&survey)?;
    if !matches!(dataset, Dataset::Docs | Dataset::Clocks) {
        return Err(Failure::request(format!("`sample` shows pictures, and `{dataset}` holds none"))
            .hint("`pixmo sample docs` and `pixmo sample clocks` show rendered ones"));
    }
    if args.svg && dataset != Dataset::Docs {
        return Err(Failure::request(format!("pictures of `{dataset}` cannot be drawn as SVG"))
            .hint("leave `--svg` away; `--html` lays what is known of a picture over it"));
    }
    if let (true, Some(id), None, None, None) = (args.svg, &args.id, &args.into, &args.sheet, &args.html) {
        return svg::print(&place, id);
    }
    let sidecars = tables::whole_shards(&survey);
    let all: Vec<Part> = sidecars.iter().flat_map(|sidecar| tables::parts(sidecar).0).collect();
    let mut parts = of_config(all, args.config.as_deref(), dataset)?;
    parts.retain(|part| args.split.is_none_or(|split| part.main.split == split));
    if args.face.is_some() && dataset != Dataset::Clocks {
        return Err(Failure::request(format!("`--face` does not choose among pictures of `{dataset}`"))
            .hint("leave it away; it is for `clocks`"));
    }
    let choice = match (&args.id, &args.face) {
        (_, Some(face)) => Choice::of_face(&args.what, place.location(), &parts, face)?,
        (Some(id), None) => Choice::of_id(&args.what, dataset, place.location(), &parts, id)?,
        (None, None) => {
            let usual = if args.html.is_some() { COUNT_OF_PAGE } else { COUNT_DEFAULT };
            let count = args.count.unwrap_or(usual);
            if args.wish.is_empty() {
                Choice::random(&parts, count, args.seed)
            } else {
                let fitting = args.wish.rows(dataset, place.location(), &parts, &console.interrupt())?;
                Choice::random_of(&fitting, count, args.seed)
            }
        }
    };
    if choice.is_empty() {
        return Err(Failure::request("there is no row to show")
            .at(place.location().address())
            .hint("leave `--config` and `--split` away, or build the dataset first"));
    }
    let usual = usual_folder(&args.place, dataset);
    let page_alone =
        args.html.as_ref().map(|file| file.clone().unwrap_or_else(|| usual.with_extension("html")));
    let is_alone = args.sheet.is_some() || page_alone.is_some();
    let folder = args.into.clone().or_else(|| (!is_alone).then_some(usual));
    let page = page_alone.or_else(|| Some(folder.as_ref()?.join("index.html")));
    let targets = Targets { dataset, folder, page, is_told: !is_alone };
    show(args, &place, &parts, &choice, &targets, console)
}

/// What is shown, and where files go.
struct Targets {
    dataset: Dataset,
    /// Whether each picture is told in a few lines.
    is_told: bool,
    folder: Option<PathBuf>,
    page: Option<PathBuf>,
}

fn usual_folder(place: &PlaceArgs, dataset: Dataset) -> PathBuf {
    let data = if place.data.contains("://") { "data" } else { &place.data };
    Path::new(data).join("samples").join(dataset.slug())
}

/// The folder in which a file is to be written.
fn make_room_for(path: &Path) -> Result<(), Failure> {
    match path.parent().filter(|above| !above.as_os_str().is_empty()) {
        Some(above) => fs::create_dir_all(above).map_err(|error| failures::of_writing(above, error)),
        None => Ok(()),
    }
}

fn show(
    args: &SampleArgs,
    place: &Place,
    parts: &[Part],
    choice: &Choice,
    targets: &Targets,
    console: &Console,
) -> Result<Ending, Failure> {
    let interrupt = console.interrupt();
    let looks = subject::looks(targets.dataset);
    let mut sheet = args.sheet.as_ref().map(|_| Sheet::new(args.columns));
    if let Some(folder) = &targets.folder {
        fs::create_dir_all(folder).map_err(|error| failures::of_writing(folder, error))?;
    }
    let mut page = None;
    if let Some(path) = &targets.page {
        make_room_for(path)?;
        page = Some(page::Page::create(path, &args.what, looks)?);
    }
    let mut shown = 0u64;
    for (part, wanted) in choice.by_part(parts) {
        let last = wanted.iter().next_back().copied().unwrap_or(0);
        for row in subject::open(targets.dataset, place.location(), part)? {
            let row = row?;
            let row = row.as_ref();
            if interrupt.is_requested() {
                return Err(Failure::interrupted(format!("{shown} of {} are written", choice.len())));
            }
            if wanted.contains(&row.number()) {
                shown += 1;
                if let Some(sheet) = &mut sheet {
                    sheet.push(&decoded(row)?);
                }
                if let Some(folder) = &targets.folder {
                    write_row(folder, part, row, args.svg.then_some(place))?;
                }
                if let Some(page) = &mut page {
                    page.add(part, row)?;
                }
                if console.is_json() {
                    let (file, shard) = (&part.main.path, part.shard);
                    console.data_json(&json!({
                        "event": "sample", "image_id": row.id(), "shard": shard, "file": file, "row": row.number(),
                    }))?;
                } else if targets.is_told {
                    console.data_line(&subject::lines(row, part, looks))?;
                }
            }
            if row.number() == last {
                break;
            }
        }
    }
    if let Some(page) = page {
        page.finish()?;
    }
    let pictures = wording::counted(shown, "picture");
    if let (Some(sheet), Some(path)) = (sheet, &args.sheet) {
        let drawn = sheet.draw().map_err(|error| {
            Failure::request("cannot draw the contact sheet")
                .cause(&error)
                .hint("ask for fewer with `--count`")
        })?;
        let png = drawn.encode().map_err(|error| Failure::bug("cannot encode the sheet").cause(&error))?;
        make_room_for(path)?;
        write(path, &png)?;
        console.say(format!("{}: {pictures}, {} x {} pixels", path.display(), drawn.width, drawn.height));
    }
    if let Some(path) = &targets.page {
        console.say(format!("{}: {pictures}", path.display()));
    }
    Ok(Ending::Good)
}

fn decoded(row: &dyn Subject) -> Result<Pixels, Failure> {
    Pixels::decode(row.image()).map_err(|error| {
        Failure::data(format!("the picture of `{}` cannot be shown", row.id()))
            .cause(&error)
            .hint("`pixmo verify` says what is damaged and what to run")
    })
}

/// The picture, what is known of it, and the SVG if it is asked for.
fn write_row(folder: &Path, part: &Part, row: &dyn Subject, svg_of: Option<&Place>) -> Result<(), Failure> {
    let name = file_name(row.id());
    write(&folder.join(format!("{name}.{}", subject::ending(row.image()))), row.image())?;
    let mut about = json!({
        "config": part.main.config, "split": part.main.split, "shard": part.shard,
        "file": part.main.path, "row": row.number(),
    });
    if let Some(about) = about.as_object_mut() {
        about.extend(row.about()?);
    }
    let mut text = serde_json::to_string_pretty(&about)
        .map_err(|error| Failure::bug("a row has no form as JSON").cause(&error))?;
    text.push('\n');
    write(&folder.join(format!("{name}.json")), text.as_bytes())?;
    if let Some(place) = svg_of {
        write(&folder.join(format!("{name}.svg")), &svg::draw(place, row.id())?)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| failures::of_writing(path, error))
}

/// An image id as the name of a file: ids come from outside and may hold anything.
fn file_name(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '-' };
    id.chars().take(120).map(safe).collect()
}
