//! Why a file is no recording that can be used.

use std::io;
use std::path::PathBuf;

/// Why a file is no recording that can be used. Its text names what was found and what was expected; the file is named
/// by whoever asked.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The file cannot be opened or read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// There are no bytes.
    #[error("the file is empty, expected a recording")]
    Empty,
    /// The bytes are something else.
    #[error(
        "the file is no recording: it looks like {found}, expected webm, ogg, mp4, mp3, aac, flac or wav"
    )]
    NotAudio {
        /// What it looks like, with its article.
        found: &'static str,
    },
    /// The file is of a known kind, but holds no sound.
    #[error("the {container} file has no audio track")]
    NoAudioTrack {
        /// The container.
        container: &'static str,
    },
    /// The sound is in a form that is not decoded here.
    #[error("cannot decode {codec} with {channels} channels: {what}")]
    Unsupported {
        /// The codec, or `an unknown codec`.
        codec: &'static str,
        /// Channels that the file says it has; 0 where it does not say.
        channels: usize,
        /// What the decoder said.
        what: String,
    },
    /// The beginning of the file looks right, and what follows cannot be made sense of.
    #[error("the file is damaged: {what}")]
    Damaged {
        /// What went wrong.
        what: String,
    },
    /// The file is whole, and there is not one sample in it.
    #[error("the recording holds no sound: its audio track has no samples")]
    NoSamples,
    /// It is longer than the limit.
    #[error("the recording is longer than {limit_secs} s{}", declared_secs.map_or_else(String::new, |secs| format!(": it says {secs:.0} s")))]
    TooLong {
        /// The limit, in seconds.
        limit_secs: f64,
        /// What the file says, in seconds, if it says so.
        declared_secs: Option<f64>,
    },
    /// Its sample rate is outside the limits.
    #[error("the recording has {found} samples a second, expected {min} to {max}")]
    SampleRate {
        /// Its rate, in hertz.
        found: u32,
        /// The lowest that is taken on.
        min: u32,
        /// The highest that is taken on.
        max: u32,
    },
    /// It has more channels than the limit.
    #[error("the recording has {found} channels, expected 1 to {max}")]
    Channels {
        /// Its channels.
        found: usize,
        /// The most that are taken on.
        max: usize,
    },
}

impl AudioError {
    /// The class of the reason, by which such files are counted.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            AudioError::Read { .. } => "audio_unreadable",
            AudioError::Empty => "audio_empty",
            AudioError::NotAudio { .. } => "audio_not_audio",
            AudioError::NoAudioTrack { .. } => "audio_no_track",
            AudioError::Unsupported { .. } => "audio_unsupported",
            AudioError::Damaged { .. } => "audio_damaged",
            AudioError::NoSamples => "audio_no_samples",
            AudioError::TooLong { .. } => "audio_too_long",
            AudioError::SampleRate { .. } => "audio_sample_rate",
            AudioError::Channels { .. } => "audio_channels",
        }
    }

    /// What a person can do about it, if there is anything.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            AudioError::Unsupported { .. } => {
                Some("record it anew as Opus, AAC-LC, MP3, FLAC or WAV, in one or two channels".to_owned())
            }
            AudioError::TooLong { .. } => Some("cut it, or allow longer ones".to_owned()),
            AudioError::Damaged { .. } => Some("copy it again from where it was recorded".to_owned()),
            _ => None,
        }
    }
}
