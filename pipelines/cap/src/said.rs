//! What was said in a take: corrected by the person, raw in the annotation, or recognised and kept in the campaign's folder
//! of transcripts.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use pixmo_schemas::annotation::{RawTranscript, Recogniser, SpokenWord, TakeAnnotation};

use crate::fault::InputError;
use crate::transcribe::TakeTranscript;

/// What was said, and how it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The text that is published.
    pub text: String,
    /// Where it comes from: `corrected`, `raw` or `recognised`.
    pub from: &'static str,
    /// What a recogniser heard, if that is known.
    pub raw: Option<RawTranscript>,
}

impl Said {
    /// The words with their times, if the text is theirs.
    #[must_use]
    pub fn words(&self) -> &[SpokenWord] {
        match &self.raw {
            Some(raw) if self.from != "corrected" => &raw.words,
            _ => &[],
        }
    }

    /// How sure the recogniser is in the mean of all words.
    #[must_use]
    pub fn confidence(&self) -> Option<f64> {
        let words = &self.raw.as_ref()?.words;
        let sure: Vec<f64> = words.iter().filter_map(|word| word.confidence).collect();
        (!sure.is_empty()).then(|| sure.iter().sum::<f64>() / sure.len() as f64)
    }
}

/// The folder of transcripts.
#[derive(Debug)]
pub struct Transcripts {
    folder: PathBuf,
    shelves: Mutex<HashMap<String, Shelf>>,
}

/// The names on a shelf, in order.
type Shelf = Arc<Vec<String>>;

impl Transcripts {
    /// The transcripts in a folder, which need not be there.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Transcripts {
        Transcripts { folder: folder.into(), shelves: Mutex::default() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// What was said in a take; `None` if nobody wrote it down.
    ///
    /// # Errors
    /// When a transcript is there and cannot be read.
    pub fn of(&self, take: &TakeAnnotation) -> Result<Option<Said>, InputError> {
        let given = &take.transcript;
        let raw = match &given.raw {
            Some(raw) => Some(raw.clone()),
            None => self.recognised(&take.audio.sha256.to_string())?,
        };
        let from = if given.raw.is_some() { "raw" } else { "recognised" };
        let said = match (&given.corrected, raw) {
            (Some(text), raw) => Some(Said { text: text.clone(), from: "corrected", raw }),
            (None, Some(raw)) => Some(Said { text: raw.text.clone(), from, raw: Some(raw) }),
            (None, None) => None,
        };
        // Nothing at all is what a recogniser hears in silence.
        Ok(said.filter(|said| !said.text.trim().is_empty()))
    }

    /// The transcript of a recording; of several by different models the first one by name.
    fn recognised(&self, sha256: &str) -> Result<Option<RawTranscript>, InputError> {
        let shelf = self.shelf(&sha256[..2])?;
        let at = shelf.partition_point(|name| name.as_str() < sha256);
        let Some(name) = shelf.get(at).filter(|name| name.starts_with(sha256)) else { return Ok(None) };
        let path = self.folder.join(&sha256[..2]).join(name);
        let bytes = fs::read(&path).map_err(|error| InputError::read(&path, error))?;
        let kept: TakeTranscript = serde_json::from_slice(&bytes)
            .map_err(|error| InputError::read(&path, std::io::Error::other(error)))?;
        Ok(Some(raw_of(&kept)))
    }

    fn shelf(&self, name: &str) -> Result<Shelf, InputError> {
        let mut shelves = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelf) = shelves.get(name) {
            return Ok(Arc::clone(shelf));
        }
        let folder = self.folder.join(name);
        let mut names = Vec::new();
        match fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            listing => {
                for entry in listing.map_err(|error| InputError::read(&folder, error))? {
                    let entry = entry.map_err(|error| InputError::read(&folder, error))?;
                    names.extend(entry.file_name().into_string().ok().filter(|name| name.ends_with(".json")));
                }
            }
        }
        names.sort();
        let shelf = Arc::new(names);
        shelves.insert(name.to_owned(), Arc::clone(&shelf));
        Ok(shelf)
    }
}

/// A transcript that was made here in the form in which annotations hold one.
#[must_use]
pub fn raw_of(kept: &TakeTranscript) -> RawTranscript {
    let word = |word: &pixmo_engines::Word| SpokenWord {
        word: word.text.clone(),
        from_secs: word.start_secs,
        to_secs: word.end_secs.max(word.start_secs),
        confidence: Some(f64::from(word.confidence)),
    };
    RawTranscript {
        text: kept.text.clone(),
        words: kept.words.iter().map(word).collect(),
        language: (!kept.language.is_empty()).then(|| kept.language.clone()),
        model: Some(Recogniser {
            name: kept.model.name.clone(),
            sha256: kept.model.sha256.parse().ok(),
            parameters: serde_json::Value::Object(kept.parameters.clone()).to_string(),
        }),
    }
}

/// The edit distance between two texts in words (Levenshtein): put in, taken out or changed.
#[must_use]
pub fn words_edited(raw: &str, corrected: &str) -> usize {
    let (from, to) = (crate::words::plain_words(raw), crate::words::plain_words(corrected));
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, old) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, new) in to.iter().enumerate() {
            let changed = diagonal + usize::from(old != new);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_in_words() {
        assert_eq!(words_edited("a red dog runs", "A red dog runs."), 0);
        assert_eq!(words_edited("a red dog runs", "the red dog quickly runs"), 2);
        assert_eq!(words_edited("", "one two"), 2);
    }
}
