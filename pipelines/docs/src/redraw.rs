//! Draws one picture of a finished build again, as SVG: for looking into it.

use pixmo_console::{Console, Ending, Failure, env};
use pixmo_render::svg;
use pixmo_shards::{DatasetFolder, Location};
use pixmo_stage::{Context, Stage, Task};

use crate::picture;
use crate::settings::Settings;
use crate::stage::Docs;

/// Draw one picture of a finished build again, as SVG
///
/// Texts stay text, and every element says its role and the data cells that it shows.
///
/// Example: `pixmo-docs redraw charts-train-000012 --in data/shards/docs`
#[derive(clap::Args, Clone, Debug)]
pub struct RedrawArgs {
    /// The `image_id` of the picture
    pub image_id: String,
    /// The folder or address of the build
    #[arg(long = "in", value_name = "DIR", default_value = "data/shards/docs")]
    pub folder: String,
}

/// Writes the SVG of a picture to standard output.
///
/// # Errors
/// When the build cannot be read, was made by another version, or has no such picture.
pub fn redraw(args: &RedrawArgs, console: &Console) -> Result<Ending, Failure> {
    let location = Location::parse(&args.folder, &env::object_store_options())
        .map_err(|e| Failure::request("cannot redraw a picture").cause(&e))?;
    let folder = DatasetFolder::open(location)
        .map_err(|e| Failure::request("cannot redraw a picture").cause(&e).at(&args.folder))?;
    let build = &folder.manifest().build;
    if build.dataset != Docs::DATASET.slug() || build.code_version != Docs::VERSION {
        let made = format!("it is `{}`, made by version {}", build.dataset, build.code_version);
        return Err(Failure::request("cannot redraw a picture of this build")
            .because(made)
            .hint(format!("only version {} of `pixmo-docs` draws the same pictures", build.code_version)));
    }
    let settings: Settings = serde_json::from_value(build.settings.clone())
        .map_err(|e| Failure::data("cannot read the settings of the build").cause(&e))?;
    let docs = Docs::open(settings, &Context::new(Docs::DATASET, build.seed, ""))?;
    let groups = docs.groups(build.limit);
    let id = args.image_id.replace('-', "/");
    let order = Task::named(build.seed, Docs::DATASET, &groups, &id);
    let order = order.as_ref().and_then(|task| docs.order(task)).ok_or_else(|| {
        Failure::request(format!("`{}` is no picture of this build", args.image_id))
            .hint("an `image_id` reads like `charts-train-000012`")
    })?;
    let scene = picture::scene(&order, docs.steering()).map_err(|reason| {
        Failure::request(format!("`{}` was dropped: {}", args.image_id, reason.name()))
            .hint("only pictures that were kept can be drawn again")
    })?;
    console.data_bytes(svg::write(&scene).as_bytes())?;
    Ok(Ending::Good)
}
