//! Why a take or a caption is not good as it is: a closed list.

use serde::{Deserialize, Serialize, Serializer};

/// Why a take gives no transcript, or an image no caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The take was not accepted.
    NotAccepted,
    /// Its image measures people and is never published.
    Gold,
    /// The person had it erased.
    Erased,
    /// The consent does not cover publication of the text.
    ConsentMissing,
    /// The recording is not there.
    AudioMissing,
    /// The recording is another one than the annotation says.
    AudioDiffers,
    /// The recording cannot be decoded.
    AudioUnreadable,
    /// A receipt is required, and there is none.
    ReceiptMissing,
    /// The receipt does not vouch for this take.
    ReceiptInvalid,
    /// Nobody wrote down what was said.
    TranscriptMissing,
    /// Too few seconds of speech.
    SpeechTooShort,
    /// Fewer words a minute than people speak with.
    SpeechTooSlow,
    /// More words a minute than people speak with.
    SpeechTooFast,
    /// Too many samples stand at the end of the scale.
    Clipped,
    /// Too few words.
    WordsTooFew,
    /// A language that the build does not take.
    LanguageUnwanted,
    /// Another language than the annotation says.
    LanguageDiffers,
    /// The same words again and again.
    TooRepetitive,
    /// The same file was sent before.
    SameAudio,
    /// A recording that sounds the same was sent before.
    SameSound,
    /// Nearly the same words were said about another image before.
    NearCopy,
    /// Too few takes of the image passed.
    TakesTooFew,
    /// Too few words.
    CaptionTooShort,
    /// Too many words.
    CaptionTooLong,
    /// Words in the first person.
    CaptionFirstPerson,
    /// Talk about speakers, recordings or the task.
    CaptionAboutMaking,
    /// A number that nobody said.
    CaptionNumber,
    /// A quotation that nobody said.
    CaptionQuotation,
    /// A name that nobody said.
    CaptionName,
    /// The language model gave no text.
    ModelRefused,
}

const NAMES: &[(Reason, &str)] = &[
    (Reason::NotAccepted, "not_accepted"),
    (Reason::Gold, "gold"),
    (Reason::Erased, "erased"),
    (Reason::ConsentMissing, "consent_missing"),
    (Reason::AudioMissing, "audio_missing"),
    (Reason::AudioDiffers, "audio_differs"),
    (Reason::AudioUnreadable, "audio_unreadable"),
    (Reason::ReceiptMissing, "receipt_missing"),
    (Reason::ReceiptInvalid, "receipt_invalid"),
    (Reason::TranscriptMissing, "transcript_missing"),
    (Reason::SpeechTooShort, "speech_too_short"),
    (Reason::SpeechTooSlow, "speech_too_slow"),
    (Reason::SpeechTooFast, "speech_too_fast"),
    (Reason::Clipped, "clipped"),
    (Reason::WordsTooFew, "words_too_few"),
    (Reason::LanguageUnwanted, "language_unwanted"),
    (Reason::LanguageDiffers, "language_differs"),
    (Reason::TooRepetitive, "too_repetitive"),
    (Reason::SameAudio, "same_audio"),
    (Reason::SameSound, "same_sound"),
    (Reason::NearCopy, "near_copy"),
    (Reason::TakesTooFew, "takes_too_few"),
    (Reason::CaptionTooShort, "caption_too_short"),
    (Reason::CaptionTooLong, "caption_too_long"),
    (Reason::CaptionFirstPerson, "caption_first_person"),
    (Reason::CaptionAboutMaking, "caption_about_making"),
    (Reason::CaptionNumber, "caption_number"),
    (Reason::CaptionQuotation, "caption_quotation"),
    (Reason::CaptionName, "caption_name"),
    (Reason::ModelRefused, "model_refused"),
];

/// The name in files.
#[must_use]
pub fn name(reason: Reason) -> &'static str {
    NAMES.iter().find(|(known, _)| *known == reason).map_or("unknown", |(_, name)| name)
}

/// The reason of this name.
#[must_use]
pub fn named(name: &str) -> Option<Reason> {
    NAMES.iter().find(|(_, known)| *known == name).map(|(reason, _)| *reason)
}

impl Reason {
    /// Whether a person may look at it and decide otherwise. What was never accepted, what must not be held, and bytes that
    /// are not those of the annotation are no matter of opinion.
    #[must_use]
    pub fn can_be_waived(self) -> bool {
        !matches!(
            self,
            Reason::NotAccepted
                | Reason::Gold
                | Reason::Erased
                | Reason::ConsentMissing
                | Reason::AudioMissing
                | Reason::AudioDiffers
                | Reason::AudioUnreadable
                | Reason::ReceiptInvalid
                | Reason::TranscriptMissing
                | Reason::TakesTooFew
                | Reason::ModelRefused
        )
    }

    /// Whether a person should look at it. Of what must not be held nothing is written down again.
    #[must_use]
    pub fn is_for_review(self) -> bool {
        !matches!(self, Reason::NotAccepted | Reason::Gold | Reason::Erased)
    }
}

impl pixmo_stage::Reason for Reason {
    fn name(self) -> &'static str {
        name(self)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(name(*self))
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Reason, D::Error> {
        let text = String::deserialize(deserializer)?;
        named(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no reason")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_one_name() {
        let mut names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        for (reason, text) in NAMES {
            assert_eq!((name(*reason), named(text)), (*text, Some(*reason)));
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
        assert_eq!(name(Reason::ModelRefused), NAMES[NAMES.len() - 1].1, "the last one is in the list");
    }
}
