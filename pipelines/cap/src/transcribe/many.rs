//! Many recordings, several at a time, and what becomes of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pixmo_console::{Console, Counts, Event, Failure, Interrupt, Progress};
use pixmo_stage::parallel;
use serde_json::json;

use super::kept;
use super::model::Ears;
use super::transcript::{TakeError, TakeTranscript, digest};

/// What became of a recording.
pub(crate) struct Made {
    transcript: Result<TakeTranscript, TakeError>,
    /// An earlier run had made it.
    is_kept: bool,
    bytes: u64,
}

/// Calls `hear` on this thread with what became of each recording, in any order; whether all were done. A failure, or
/// someone who asks to stop, ends the work after the recordings in flight.
pub(crate) fn each(
    files: &[PathBuf],
    ears: &Ears,
    into: Option<&Path>,
    interrupt: &Interrupt,
    mut hear: impl FnMut(&Path, Made) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let work = |at: usize| one(&files[at], ears, into);
    parallel::each(files.len(), ears.jobs, interrupt, work, |at, made| hear(&files[at], made))
}

/// One recording: its digest, what an earlier run left, or its transcript. A failure is one of the world, which ends all;
/// what is wrong with the recording is an answer.
fn one(file: &Path, ears: &Ears, into: Option<&Path>) -> Result<Made, Failure> {
    let failed = |error| Ok(Made { transcript: Err(error), is_kept: false, bytes: 0 });
    let sha256 = match digest(file) {
        Ok(sha256) => sha256,
        Err(error) => return failed(error),
    };
    let place = into.map(|folder| kept::path_of(folder, &sha256, ears.ear.transcriber.model()));
    if let Some(place) = &place
        && let Some(kept) = kept::read(place, &sha256, ears.ear.transcriber.model(), &ears.parameters)
    {
        return Ok(Made { transcript: Ok(kept), is_kept: true, bytes: 0 });
    }
    match ears.hear(file, sha256)? {
        Ok(transcript) => {
            let bytes = place.map_or(Ok(0), |place| kept::write(&place, &transcript))?;
            Ok(Made { transcript: Ok(transcript), is_kept: false, bytes })
        }
        Err(error) => failed(error),
    }
}

/// Tells what becomes of recordings, and counts.
pub(crate) struct Tally<'a> {
    console: &'a Console,
    progress: &'a Progress,
    pub(crate) counts: Counts,
    /// Recordings without a transcript, by reason.
    pub(crate) failed: BTreeMap<String, u64>,
    pub(crate) bytes: u64,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(console: &'a Console, progress: &'a Progress) -> Tally<'a> {
        Tally { console, progress, counts: Counts::default(), failed: BTreeMap::new(), bytes: 0 }
    }

    pub(crate) fn hear(&mut self, file: &Path, made: Made) -> Result<(), Failure> {
        self.counts.tasks_finished += 1;
        self.bytes += made.bytes;
        match made.transcript {
            Ok(transcript) => {
                self.counts.rows += 1;
                if self.console.is_json() {
                    self.console.data_json(&transcript)?;
                } else if !made.is_kept {
                    self.console.data_line(&format!("{}: {}", file.display(), transcript.text))?;
                }
            }
            Err(error) => {
                self.counts.dropped += 1;
                *self.failed.entry(error.class().to_owned()).or_default() += 1;
                self.tell(file, &error)?;
            }
        }
        self.progress.tell(Event::Moved(self.counts));
        Ok(())
    }

    fn tell(&self, file: &Path, error: &TakeError) -> Result<(), Failure> {
        let mut failure = Failure::from_error(pixmo_console::Kind::Data, error);
        if self.console.is_json() {
            self.console.data_json(&json!({
                "event": "failed", "file": file.display().to_string(), "reason": error.class(),
                "error": failure.message, "causes": failure.causes,
            }))?;
        }
        failure.message = format!("cannot transcribe `{}`: {}", file.display(), failure.message);
        let failure = error.hint().into_iter().fold(failure, Failure::hint);
        self.console.say(failure.to_string());
        Ok(())
    }
}
