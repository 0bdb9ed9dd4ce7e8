//! What a take must be before its words become a caption.

use pixmo_schemas::annotation::{Phase, SCOPE_TEXT, Status, TakeAnnotation};
use serde::Serialize;

use crate::language;
use crate::look::Looked;
use crate::near;
use crate::reason::Reason;
use crate::said::Said;
use crate::settings::Settings;
use crate::words;

/// Something that is wrong with a take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakeFault {
    /// Which rule it breaks.
    pub reason: Reason,
    /// What was found.
    pub found: String,
    /// What is expected.
    pub expected: String,
}

impl TakeFault {
    pub(crate) fn new(reason: Reason, found: impl Into<String>, expected: impl Into<String>) -> TakeFault {
        TakeFault { reason, found: found.into(), expected: expected.into() }
    }
}

/// What can be said of a take without its annotation's company: whether it may be used at all.
#[must_use]
pub fn standing(take: &TakeAnnotation, is_erased: bool) -> Option<TakeFault> {
    if is_erased {
        return Some(TakeFault::new(Reason::Erased, "a tombstone", "none"));
    }
    if take.status != Status::Accepted {
        return Some(TakeFault::new(Reason::NotAccepted, "rejected", "accepted"));
    }
    if take.gold {
        return Some(TakeFault::new(Reason::Gold, "an image that measures people", "one that does not"));
    }
    if !take.consent.covers(SCOPE_TEXT) {
        let found = format!("consent to {}", take.consent.scopes.join(", "));
        return Some(TakeFault::new(Reason::ConsentMissing, found, format!("consent to {SCOPE_TEXT}")));
    }
    None
}

/// All that is wrong with a recording and what was said in it.
#[must_use]
pub fn faults(
    take: &TakeAnnotation,
    looked: &Looked,
    said: Option<&Said>,
    settings: &Settings,
) -> Vec<TakeFault> {
    let limits = &settings.take;
    let mut faults = Vec::new();
    let mut fault =
        |reason, found: String, expected: String| faults.push(TakeFault { reason, found, expected });
    let measures = match looked {
        Looked::Bad(reason, found) => {
            let expected = match reason {
                Reason::AudioDiffers => {
                    format!("{} bytes with sha256 `{}`", take.audio.bytes, take.audio.sha256)
                }
                Reason::AudioMissing => "the recording in the store of takes".to_owned(),
                _ => "a recording that can be decoded".to_owned(),
            };
            fault(*reason, found.clone(), expected);
            None
        }
        Looked::Fine(look) => look.measures.as_ref(),
    };
    if let Some(measures) = measures {
        let secs_min = match take.phase {
            Phase::Several => limits.voiced_secs_min_several,
            Phase::Single => limits.voiced_secs_min_single,
        };
        if measures.voiced_secs < secs_min {
            fault(
                Reason::SpeechTooShort,
                format!("{:.1} s of speech", measures.voiced_secs),
                format!("at least {secs_min} s"),
            );
        }
        if measures.clipping_ratio > limits.clipped_share_max {
            let found = format!("{:.4} of the samples are clipped", measures.clipping_ratio);
            fault(Reason::Clipped, found, format!("at most {}", limits.clipped_share_max));
        }
    }
    if !language::is_one_of(&take.language, &settings.languages) {
        fault(Reason::LanguageUnwanted, format!("`{}`", take.language), settings.languages.join(", "));
    }
    let Some(said) = said else {
        fault(
            Reason::TranscriptMissing,
            "nothing".to_owned(),
            "a transcript: `pixmo cap transcribe` makes one".to_owned(),
        );
        return faults;
    };
    let count = words::count(&said.text);
    if count < limits.words_min {
        fault(Reason::WordsTooFew, format!("{count} words"), format!("at least {}", limits.words_min));
    }
    if let Some(rate) = measures.and_then(|measures| words_per_minute(count, measures.voiced_secs)) {
        let (min, max) = (limits.words_per_minute_min, limits.words_per_minute_max);
        if rate < min {
            fault(Reason::SpeechTooSlow, format!("{rate:.0} words a minute"), format!("{min} to {max}"));
        }
        if rate > max {
            fault(Reason::SpeechTooFast, format!("{rate:.0} words a minute"), format!("{min} to {max}"));
        }
    }
    let heard = said.raw.as_ref().and_then(|raw| raw.language.clone());
    let named = take.language.split('-').next().unwrap_or_default();
    let heard = heard.filter(|heard| heard.split('-').next() != Some(named));
    if let Some(other) = heard.or_else(|| language::other_than(&said.text, &take.language).map(str::to_owned))
    {
        fault(Reason::LanguageDiffers, format!("`{other}`"), format!("`{}`", take.language));
    }
    let repetition = near::repetition(&said.text);
    if repetition > limits.repetition_max {
        fault(
            Reason::TooRepetitive,
            format!("{repetition:.2} of the words stood there before"),
            format!("at most {}", limits.repetition_max),
        );
    }
    faults
}

/// How fast somebody speaks while speaking.
#[must_use]
pub fn words_per_minute(words: usize, voiced_secs: f64) -> Option<f64> {
    (voiced_secs > 0.0).then(|| words as f64 * 60.0 / voiced_secs)
}
