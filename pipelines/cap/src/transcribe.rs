//! The verb `transcribe`: recordings to transcripts, several at a time, each at most once.
//!
//! Begin with [`transcript`] for the way of one recording, which is a function for whoever has a recording and a model;
//! then [`run`] for many of them, `inputs` for which they are, and `kept` for what an earlier run left.

mod inputs;
mod kept;
mod many;
mod model;
pub mod transcript;

use std::path::PathBuf;

use pixmo_console::{Console, Ending, Event, Failure, wording};

pub use model::AsrSettings;
pub(crate) use model::{Ears, Told, open as open_ears};
pub(crate) use transcript::digest;
pub use transcript::{Ear, TakeError, TakeTranscript, transcribe};

use many::Tally;

/// The ledger beside transcripts that belong to no campaign.
const LEDGER: &str = "ledger.jsonl";

/// Write down what is said in recordings
///
/// Recordings are webm, ogg, mp4, mp3, aac, flac or wav files of any sample rate with any number of channels; folders are
/// searched for them. With --into, transcripts are kept there by the hash of their recording, and what is there already
/// from the same model is not made again.
///
/// Example: `pixmo cap transcribe takes/ --model ggml-small.bin --into transcripts/`
#[derive(clap::Args, Clone, Debug, Default)]
pub struct TranscribeArgs {
    /// Recordings, or folders with recordings
    #[arg(value_name = "FILE|DIR", required_unless_present = "campaign")]
    pub inputs: Vec<PathBuf>,
    /// Take model and recordings from this campaign file
    #[arg(long, value_name = "FILE")]
    pub campaign: Option<PathBuf>,
    /// Whisper model in the ggml form of whisper.cpp
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// SHA-256 that the model must have
    #[arg(long, value_name = "HEX", requires = "model")]
    pub model_sha256: Option<String>,
    /// Language that is spoken, such as `en`; by default the model finds out
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Follow this many beginnings of a sentence at once; slower, and a little better
    #[arg(long, value_name = "N")]
    pub beams: Option<usize>,
    /// Transcribe this many recordings at a time, by default one for each core
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Threads for each recording, by default what --jobs leaves
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Keep transcripts in this folder
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Refuse recordings that are longer, in minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 240)]
    pub minutes_max: u32,
}

/// Runs the verb.
///
/// # Errors
/// A request failure if there is nothing to transcribe or the model cannot be used, a world failure if something cannot
/// be written. Recordings that cannot be used are told and counted, and leave the result not all good.
pub fn run(args: &TranscribeArgs, console: &Console) -> Result<Ending, Failure> {
    let told = model::Told::read(args.campaign.as_deref())?;
    let recordings = inputs::list(&args.inputs, told.takes().as_deref())?;
    if recordings.others > 0 {
        let others = wording::counted(recordings.others, "file");
        console.say(format!("{others} in the folders left alone: no name of a recording"));
    }
    let into = args.into.clone().or_else(|| told.transcripts());
    let mut ears = model::open(args, &told, recordings.files.len())?;
    // What is only shown on the terminal is kept by nobody, and so is the note of it.
    if let Some(ledger) = told.ledger().or_else(|| args.into.as_ref().map(|into| into.join(LEDGER))) {
        ears = ears.with_ledger(&ledger, console.clock())?;
    }
    let progress = console.progress("transcribe");
    let tasks = recordings.files.len() as u64;
    progress.tell(Event::Begun { shards: 0, tasks, seed: None, before: pixmo_console::Counts::default() });
    let mut tally = Tally::new(console, &progress);
    let is_whole =
        many::each(&recordings.files, &ears, into.as_deref(), &console.interrupt(), |file, made| {
            tally.hear(file, made)
        });
    let (counts, bytes) = (tally.counts, tally.bytes);
    if !is_whole? {
        progress.tell(Event::Interrupted(counts));
        let safe = match &into {
            Some(into) => {
                format!("{} kept in {}", wording::counted(counts.rows, "transcript"), into.display())
            }
            None => format!("{} written", wording::counted(counts.rows, "transcript")),
        };
        return Err(Failure::interrupted(safe).hint("run the same command again to continue"));
    }
    let dropped = tally.failed;
    let is_good = dropped.is_empty();
    progress.tell(Event::Finished {
        rows: counts.rows,
        dropped,
        bytes,
        files: counts.rows,
        into: into.map(|into| into.display().to_string()),
    });
    Ok(if is_good { Ending::Good } else { Ending::NotAllGood })
}
