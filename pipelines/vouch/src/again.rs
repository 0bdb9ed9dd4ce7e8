//! A few takes transcribed once more: does the text come from that recording?

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use pixmo_console::{Failure, program};
use pixmo_schemas::Sha256;
use serde::Deserialize;

use crate::audio::Takes;
use crate::dataset::Dataset;
use crate::words;

/// The program that listens.
const PROGRAM: &str = "pixmo-cap";
/// Recordings that are handed over with one command.
const TOGETHER: usize = 64;

/// What was compared.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) takes: u64,
    /// Words of the published transcripts.
    pub(crate) words: u64,
    /// Words that differ from what was heard now.
    pub(crate) errors: u64,
    /// Takes that could not be heard again, with the reason.
    pub(crate) missing: Vec<(String, String)>,
    /// Each take with its words and errors.
    pub(crate) each: Vec<(String, u64, u64)>,
}

impl Compared {
    /// Errors a word, 0 to 1 and more.
    pub(crate) fn word_error_rate(&self) -> f64 {
        self.errors as f64 / self.words.max(1) as f64
    }
}

/// How to listen.
pub(crate) struct Again<'a> {
    pub(crate) count: usize,
    pub(crate) seed: u64,
    pub(crate) model: Option<&'a PathBuf>,
}

#[derive(Debug)]
struct Chosen {
    take: String,
    text: String,
    audio: Option<Sha256>,
}

#[derive(Debug, Deserialize)]
struct Heard {
    sha256: Sha256,
    text: String,
}

/// Chooses takes, has them transcribed, and compares.
pub(crate) fn compare(dataset: &Dataset, takes: &Takes, how: &Again<'_>) -> Result<Compared, Failure> {
    let Some(listener) = program::find(PROGRAM) else {
        return Err(Failure::request(format!("program `{PROGRAM}` is not installed"))
            .because("`--transcribe-again` asks it to listen; it is neither next to this program nor in PATH")
            .hint(format!("cargo build --release -p {PROGRAM}")));
    };
    let chosen = choose(dataset, how)?;
    let mut compared = Compared::default();
    let mut files: Vec<(PathBuf, &Chosen)> = Vec::new();
    for one in &chosen {
        match one.audio.as_ref().and_then(|audio| takes.find(audio)) {
            Some(path) => files.push((path, one)),
            None => compared.missing.push((one.take.clone(), "there is no recording of it".to_owned())),
        }
    }
    for some in files.chunks(TOGETHER) {
        let paths: Vec<&PathBuf> = some.iter().map(|(path, _)| path).collect();
        let heard = listen(&listener, &paths, how)?;
        for (_, one) in some {
            let text = one.audio.as_ref().and_then(|audio| heard.get(audio));
            let Some(text) = text else {
                compared.missing.push((one.take.clone(), format!("`{PROGRAM}` gave no transcript of it")));
                continue;
            };
            let (published, now) = (words::words_of(&one.text), words::words_of(text));
            let errors = words::distance(&published, &now) as u64;
            compared.takes += 1;
            compared.words += published.len() as u64;
            compared.errors += errors;
            compared.each.push((one.take.clone(), published.len() as u64, errors));
        }
    }
    Ok(compared)
}

/// Takes by the smallest hash over seed and name: the same ones for the same seed, whatever the order of the rows.
fn choose(dataset: &Dataset, how: &Again<'_>) -> Result<Vec<Chosen>, Failure> {
    let mut smallest: BTreeMap<Sha256, Chosen> = BTreeMap::new();
    dataset.each_text(&mut |text| {
        let rank = Sha256::of(format!("{} {}", how.seed, text.take).as_bytes());
        let chosen = Chosen { take: text.take.to_owned(), text: text.text.to_owned(), audio: None };
        smallest.insert(rank, chosen);
        if smallest.len() > how.count {
            smallest.pop_last();
        }
        Ok(())
    })?;
    let mut chosen: Vec<Chosen> = smallest.into_values().collect();
    dataset.each_row(&mut |row| {
        if let Some(one) = chosen.iter_mut().find(|one| one.take == row.says.take) {
            one.audio = Some(row.says.audio);
        }
        Ok(())
    })?;
    Ok(chosen)
}

fn listen(
    listener: &std::path::Path,
    files: &[&PathBuf],
    how: &Again<'_>,
) -> Result<BTreeMap<Sha256, String>, Failure> {
    let mut command = Command::new(listener);
    command.args(["transcribe", "--json", "--quiet"]).stdin(Stdio::null()).stderr(Stdio::inherit());
    if let Some(model) = how.model {
        command.arg("--model").arg(model);
    }
    let ran = command.arg("--").args(files).output();
    let output = ran.map_err(|error| {
        Failure::world(format!("cannot run `{PROGRAM}`"))
            .because(error.to_string())
            .at(listener.display().to_string())
    })?;
    let mut heard = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        // Other lines say how it went.
        if let Ok(one) = serde_json::from_str::<Heard>(line) {
            heard.insert(one.sha256, one.text);
        }
    }
    if heard.is_empty() && !output.status.success() {
        return Err(Failure::world(format!("`{PROGRAM} transcribe` ended with {}", output.status))
            .hint(format!("run it alone to see why: `{PROGRAM} transcribe FILE`")));
    }
    Ok(heard)
}
