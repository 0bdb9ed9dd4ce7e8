//! Counts over rows of `cap`: captions, transcripts, recordings, people; beside the figures of the paper (Deitke et al. 2024,
//! "Molmo and PixMo").

use std::collections::{BTreeMap, BTreeSet};

use pixmo_console::{Console, Failure, wording};
use pixmo_schemas::Dataset;
use pixmo_shards::{Location, read_columns};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::rows::{accompanying, damaged};
use crate::stats::gates::{Gate, State};
use crate::stats::pass::over_parts;
use crate::stats::tally::{self, Extent, one, rounded, share};
use crate::stats::text::{Page, extent};
use crate::tables::{BY_IMAGE, Part};

/// The mean number of words of a caption in the paper.
const PAPER_WORDS: f64 = 196.0;
/// Transcripts for each image in the paper: 1.3 million of 712 thousand images.
const PAPER_TRANSCRIPTS: f64 = 1.83;
/// The share of images in the paper about which several people spoke, as those figures give it.
const PAPER_SEVERAL: f64 = 0.4;
/// How far a mean may be from that of the paper.
const OFF_MAX: f64 = 0.25;
/// Fewer captions tell nothing.
const ROWS_MIN: u64 = 100;
/// Words of a caption that are counted together.
const WORDS_A_STEP: i32 = 50;

#[derive(Deserialize)]
struct Row {
    phase: String,
    language: String,
    takes_left_out: i32,
    writer: String,
    attempts: i32,
    caption_words: i32,
    transcript_words: i32,
    takes: Vec<String>,
}

const COLUMNS: &[&str] = &[
    "takes",
    "phase",
    "language",
    "takes_left_out",
    "writer",
    "attempts",
    "caption_words",
    "transcript_words",
];

#[derive(Deserialize)]
struct Take {
    person: String,
    duration_secs: Option<f64>,
    voiced_secs: Option<f64>,
    transcript_from: String,
    recogniser: Option<String>,
    words: i32,
    words_per_minute: Option<f64>,
    receipt: String,
}

const TAKE_COLUMNS: &[&str] = &[
    "person",
    "duration_secs",
    "voiced_secs",
    "transcript_from",
    "recogniser",
    "words",
    "words_per_minute",
    "receipt",
];

/// What was counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    rows: u64,
    takes: u64,
    left_out: u64,
    attempts: u64,
    caption_words: Extent,
    transcript_words: Extent,
    transcripts: BTreeMap<String, u64>,
    lengths: BTreeMap<i32, u64>,
    phases: BTreeMap<String, u64>,
    languages: BTreeMap<String, u64>,
    writers: BTreeMap<String, u64>,
    from: BTreeMap<String, u64>,
    recognisers: BTreeMap<String, u64>,
    receipts: BTreeMap<String, u64>,
    voiced: Extent,
    rates: Extent,
    duration_secs: f64,
    people: BTreeSet<[u8; 8]>,
}

impl Tally {
    fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.left_out += row.takes_left_out.max(0) as u64;
        self.attempts += row.attempts.max(0) as u64;
        self.caption_words.add(row.caption_words.max(0) as u64);
        self.transcript_words.add(row.transcript_words.max(0) as u64);
        *self.lengths.entry(row.caption_words / WORDS_A_STEP).or_insert(0) += 1;
        one(&mut self.transcripts, &row.takes.len().to_string());
        one(&mut self.phases, &row.phase);
        one(&mut self.languages, &row.language);
        one(&mut self.writers, &row.writer);
    }

    fn add_take(&mut self, take: &Take) {
        self.takes += 1;
        self.duration_secs += take.duration_secs.unwrap_or(0.0);
        if let Some(voiced) = take.voiced_secs {
            self.voiced.add(voiced.round().max(0.0) as u64);
        }
        if let Some(rate) = take.words_per_minute.filter(|_| take.words > 0) {
            self.rates.add(rate.round().max(0.0) as u64);
        }
        one(&mut self.from, &take.transcript_from);
        one(&mut self.recognisers, take.recogniser.as_deref().unwrap_or("unknown"));
        one(&mut self.receipts, &take.receipt);
        let hash = pixmo_schemas::Sha256::of(take.person.as_bytes());
        self.people.insert(hash.as_bytes().first_chunk::<8>().copied().unwrap_or_default());
    }

    fn merge(&mut self, other: Tally) {
        for (mine, theirs) in [
            (&mut self.transcripts, other.transcripts),
            (&mut self.phases, other.phases),
            (&mut self.languages, other.languages),
            (&mut self.writers, other.writers),
            (&mut self.from, other.from),
            (&mut self.recognisers, other.recognisers),
            (&mut self.receipts, other.receipts),
        ] {
            tally::merge(mine, theirs);
        }
        tally::merge(&mut self.lengths, other.lengths);
        self.rows += other.rows;
        self.takes += other.takes;
        self.left_out += other.left_out;
        self.attempts += other.attempts;
        self.caption_words.merge(other.caption_words);
        self.transcript_words.merge(other.transcript_words);
        self.voiced.merge(other.voiced);
        self.rates.merge(other.rates);
        self.duration_secs += other.duration_secs;
        self.people.extend(other.people);
    }

    fn transcripts_an_image(&self) -> f64 {
        share(self.takes, self.rows)
    }

    fn several(&self) -> u64 {
        self.phases.get("several").copied().unwrap_or(0)
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "rows": self.rows, "takes": self.takes, "takes_left_out": self.left_out, "people": self.people.len(),
            "caption_words": self.caption_words.to_json(), "transcript_words": self.transcript_words.to_json(),
            "transcripts_an_image": rounded(self.transcripts_an_image()), "transcripts": self.transcripts,
            "phases": self.phases, "languages": self.languages, "writers": self.writers, "answers_of_models": self.attempts,
            "transcript_from": self.from, "recognisers": self.recognisers, "receipts": self.receipts,
            "hours": rounded(self.duration_secs / 3600.0), "voiced_secs": self.voiced.to_json(),
            "words_per_minute": self.rates.to_json(),
            "paper": { "caption_words": PAPER_WORDS, "transcripts_an_image": PAPER_TRANSCRIPTS },
        })
    }
}

/// Goes over all rows once, several parts at a time; what is kept of them does not grow with their number, but for eight
/// bytes of each person.
pub(crate) fn count(
    location: &Location,
    parts: &[Part],
    jobs: usize,
    console: &Console,
) -> Result<Tally, Failure> {
    let interrupt = console.interrupt();
    let look = |_, part: &Part| {
        let mut tally = Tally::default();
        let file = accompanying(part, part.of(BY_IMAGE), BY_IMAGE)?;
        for row in read_columns::<Row>(location, file, COLUMNS)
            .map_err(damaged)?
            .take_while(|_| !interrupt.is_requested())
        {
            tally.add(&row.map_err(damaged)?);
        }
        let file = accompanying(part, part.of("receipts"), "receipts")?;
        let takes = read_columns::<Take>(location, file, TAKE_COLUMNS).map_err(damaged)?;
        for take in takes.take_while(|_| !interrupt.is_requested()) {
            tally.add_take(&take.map_err(damaged)?);
        }
        Ok(tally)
    };
    let mut all = Tally::default();
    over_parts(Dataset::Cap, parts, jobs, console, look, |_, tally| all.merge(tally))?;
    Ok(all)
}

/// How the set stands beside the one of the paper.
pub(crate) fn gates(tally: &Tally) -> Vec<Gate> {
    let near = |name, paper: f64, found: f64, digits: usize| Gate {
        name,
        bar: format!("{paper} ± {:.0} %", OFF_MAX * 100.0),
        found: format!("{found:.digits$}"),
        state: State::of(tally.rows, (found - paper).abs() <= paper * OFF_MAX, ROWS_MIN),
    };
    vec![
        near("words of a caption, paper", PAPER_WORDS, tally.caption_words.mean(), 1),
        near("transcripts an image, paper", PAPER_TRANSCRIPTS, tally.transcripts_an_image(), 2),
        near("share of several people, paper", PAPER_SEVERAL, share(tally.several(), tally.rows), 2),
    ]
}

impl Page {
    /// All that was counted over the rows of `cap`.
    pub(crate) fn cap(&mut self, tally: &Tally) {
        self.head("captions");
        self.line("captions", &wording::number(tally.rows));
        self.line("words of a caption", &extent(&tally.caption_words, "words"));
        self.line("in the paper", &format!("mean {PAPER_WORDS}"));
        self.line("words of the transcripts", &extent(&tally.transcript_words, "words an image"));
        self.line(
            "transcripts an image",
            &format!("{:.2}, in the paper {PAPER_TRANSCRIPTS}", tally.transcripts_an_image()),
        );
        self.line("takes left out", &wording::number(tally.left_out));
        self.line("answers of language models", &wording::number(tally.attempts));
        let steps: Vec<(String, u64)> = tally
            .lengths
            .iter()
            .map(|(step, count)| {
                (format!("{} to {}", step * WORDS_A_STEP, (step + 1) * WORDS_A_STEP - 1), *count)
            })
            .collect();
        self.in_order("words of captions", steps.iter().map(|(name, count)| (name.as_str(), *count)));
        self.counts("transcripts an image", &tally.transcripts, 0);
        self.counts("phases", &tally.phases, 0);
        self.counts("languages", &tally.languages, 0);
        self.counts("writers", &tally.writers, 0);
        self.head("takes");
        self.line("takes", &wording::number(tally.takes));
        self.line("people", &wording::number(tally.people.len() as u64));
        self.line("hours of recordings", &format!("{:.1}", tally.duration_secs / 3600.0));
        self.line("speech in a take", &extent(&tally.voiced, "s"));
        self.line("words a minute", &extent(&tally.rates, "words"));
        self.counts("transcripts from", &tally.from, 0);
        self.counts("recognisers", &tally.recognisers, 0);
        self.counts("receipts", &tally.receipts, 0);
    }
}
