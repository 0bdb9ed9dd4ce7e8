//! The verb `caption`: what is on each of some pictures.

use std::path::{Path, PathBuf};

use pixmo_console::{Console, Ending, Failure, wording};
use pixmo_molmo::captioner::{Finish, Flow, Reply, Request};
use pixmo_pictures::Limits;
use serde_json::json;

use crate::ask;
use crate::lineage::Recipe;
use crate::open::{ModelArgs, Opened, SamplingArgs};
use crate::sources::{self, Loaded, in_a_line};

/// Write a caption of each picture
///
/// Captions go to standard output: alone for one picture, each below the name of its file for several. A file that is no
/// picture is told and counted, and the others go on; the exit code is 1 then.
///
/// Example: `pixmo captioner caption photo.jpg --model data/models/molmo-7b-d`
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct CaptionArgs {
    /// Pictures, or folders of them
    #[arg(value_name = "IMAGE", required = true)]
    pub(crate) images: Vec<PathBuf>,
    /// How long a caption shall be, in steps of 15 characters: 65 is about 975
    #[arg(long, value_name = "N", conflicts_with = "prompt")]
    pub(crate) length_hint: Option<i64>,
    /// Ask in these words instead
    #[arg(long, value_name = "TEXT")]
    pub(crate) prompt: Option<String>,
    /// Look at so many pictures side by side
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) batch: u16,
    /// How words are chosen.
    #[command(flatten)]
    pub(crate) sampling: SamplingArgs,
    /// The model.
    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// What is told at the end.
#[derive(Default)]
struct Counts {
    captions: u64,
    failed: u64,
}

/// Runs the verb.
///
/// # Errors
/// A request failure before the model is opened or for a model that cannot be, an interruption after the picture under
/// way.
pub(crate) fn run(args: &CaptionArgs, console: &Console) -> Result<Ending, Failure> {
    let sampling = args.sampling.sampling()?;
    let (files, passed) = sources::files(&args.images)?;
    let opened = args.model.open(console)?;
    if args.length_hint.is_some() && opened.recipe == Recipe::Finetuning {
        console.warn(
            "hints of length were not part of fine-tuning, so that this model may not heed one",
            Some("`--recipe pretraining` is for a model that was trained on captions alone"),
        );
    }
    if passed > 0 {
        console.say(format!("{} in folders passed over", wording::counted(passed, "other file")));
    }
    let words = args.prompt.clone().unwrap_or_else(|| ask::caption(opened.recipe, args.length_hint));
    let interrupt = console.interrupt();
    let mut counts = Counts::default();
    let is_alone = files.len() == 1;
    for group in files.chunks(usize::from(args.batch.max(1))) {
        let mut loaded: Vec<(&Path, Loaded)> = Vec::with_capacity(group.len());
        for file in group {
            match sources::load(file, &Limits::default()) {
                Ok(one) => loaded.push((file, one)),
                Err(error) => not_told(console, file, &in_a_line(&error), &mut counts)?,
            }
        }
        let requests: Vec<Request> = loaded
            .iter()
            .map(|(_, one)| Request {
                picture: Some(one.picture.clone()),
                turns: vec![words.clone()],
                sampling: sampling.clone(),
            })
            .collect();
        let mut flow = |_row: usize, _token: &_| if interrupt.is_requested() { Flow::Stop } else { Flow::Go };
        for ((file, one), answer) in loaded.iter().zip(each(&opened, &requests, &mut flow)) {
            match answer {
                Ok(reply) if reply.finish == Finish::Cancelled => {}
                Ok(reply) => told(console, file, one, &reply, is_alone, &mut counts)?,
                Err(error) => not_told(console, file, &in_a_line(&error), &mut counts)?,
            }
        }
        if interrupt.is_requested() {
            let done = wording::counted(counts.captions, "caption");
            return Err(Failure::interrupted(format!("{done} of {} were written", files.len()))
                .hint("name the other pictures to go on"));
        }
    }
    if !is_alone {
        let failed = if counts.failed > 0 { format!(", {} not read", counts.failed) } else { String::new() };
        console.say(format!("{}{failed}", wording::counted(counts.captions, "caption")));
    }
    Ok(if counts.failed == 0 { Ending::Good } else { Ending::NotAllGood })
}

/// Answers all requests side by side; where one cannot be answered, each alone.
fn each(
    opened: &Opened,
    requests: &[Request],
    flow: &mut dyn FnMut(usize, &pixmo_molmo::captioner::Token) -> Flow,
) -> Vec<Result<Reply, pixmo_molmo::CaptionerError>> {
    match opened.captioner.generate(requests, flow) {
        Ok(replies) => replies.into_iter().map(Ok).collect(),
        Err(error) if requests.len() <= 1 => vec![Err(error)],
        Err(_) => requests
            .iter()
            .map(|request| {
                let mut replies = opened.captioner.generate(std::slice::from_ref(request), flow)?;
                Ok(replies.remove(0))
            })
            .collect(),
    }
}

fn told(
    console: &Console,
    file: &Path,
    one: &Loaded,
    reply: &Reply,
    is_alone: bool,
    counts: &mut Counts,
) -> Result<(), Failure> {
    counts.captions += 1;
    if console.is_json() {
        return console.data_json(&json!({
            "event": "caption", "image": file, "sha256": one.sha256, "width": one.picture.width(),
            "height": one.picture.height(), "text": reply.text, "finish": finish(reply.finish),
            "prompt_tokens": reply.prompt_tokens, "tokens": reply.tokens.len(),
        }));
    }
    if reply.finish == Finish::Length {
        console.warn(
            format!("the caption of `{}` ends in the middle", file.display()),
            Some("raise `--max-tokens`"),
        );
    }
    if is_alone {
        return console.data_line(&reply.text);
    }
    console.data_line(&format!("{}\n{}\n", file.display(), reply.text))
}

fn not_told(console: &Console, file: &Path, why: &str, counts: &mut Counts) -> Result<(), Failure> {
    counts.failed += 1;
    if console.is_json() {
        return console.data_json(&json!({ "event": "not_read", "image": file, "reason": why }));
    }
    console.warn(format!("no caption of `{}`: {why}", file.display()), None);
    Ok(())
}

/// Why an answer ended, in the words of the API.
pub(crate) fn finish(finish: Finish) -> &'static str {
    match finish {
        Finish::Stop => "stop",
        Finish::Length => "length",
        Finish::Cancelled => "cancelled",
    }
}
