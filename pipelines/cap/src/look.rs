//! What a recording is: its bytes held against the annotation, decoded once, measured, and remembered.

use std::io::Read;

use pixmo_audio::voice::DETECTOR;
use pixmo_audio::{Fingerprint, Limits, Measures, Voice, VoiceSettings, decode_file, measure};
use pixmo_schemas::annotation::TakeAudio;
use serde::{Deserialize, Serialize};
use sha2::Digest;

use crate::fault::InputError;
use crate::reason::Reason;
use crate::store::Store;

/// What was measured of a recording, as it is remembered under its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// What measured it; what another version measured is measured again.
    pub measured_by: String,
    /// What the sound is packed with.
    pub codec: String,
    /// The numbers.
    pub measures: Option<Measures>,
    /// What it sounds like.
    pub fingerprint: Option<Fingerprint>,
    /// Why it could not be decoded.
    pub fault: Option<String>,
}

/// What there is to say of a recording.
#[derive(Clone, Debug)]
pub enum Looked {
    /// It is there, and it is the one of the annotation.
    Fine(Box<Look>),
    /// It is not: why, and what was found.
    Bad(Reason, String),
}

/// Recordings and what was measured of them.
#[derive(Clone, Debug)]
pub struct Eyes {
    recordings: Store,
    looks: Store,
}

/// Bytes that are hashed at a time.
const PIECE_BYTES: usize = 1 << 16;

/// The name of what measures.
fn measured_by() -> String {
    format!("pixmo-audio {}, {DETECTOR}", env!("CARGO_PKG_VERSION"))
}

impl Eyes {
    /// Recordings in one store, what is remembered of them in another.
    #[must_use]
    pub fn new(recordings: Store, looks: Store) -> Eyes {
        Eyes { recordings, looks }
    }

    /// The store of recordings.
    #[must_use]
    pub fn recordings(&self) -> &Store {
        &self.recordings
    }

    /// Looks at a recording, or remembers what was seen.
    ///
    /// # Errors
    /// When a file is there and cannot be read, or what was seen cannot be kept.
    pub fn look(&self, audio: &TakeAudio) -> Result<Looked, InputError> {
        let path = self.recordings.path(&audio.sha256, audio.extension());
        let bytes = match std::fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Looked::Bad(Reason::AudioMissing, "nothing".to_owned()));
            }
            Err(error) => return Err(InputError::read(&path, error)),
        };
        if bytes != audio.bytes {
            return Ok(Looked::Bad(Reason::AudioDiffers, format!("{bytes} bytes")));
        }
        let remembered: Option<Look> = self.looks.recall(&audio.sha256)?;
        if let Some(look) = remembered.filter(|look| look.measured_by == measured_by()) {
            return Ok(of(look));
        }
        let digest = digest(&path)?;
        if digest != audio.sha256.to_string() {
            return Ok(Looked::Bad(Reason::AudioDiffers, format!("sha256 `{digest}`")));
        }
        let look = measured(&path);
        self.looks.keep(&audio.sha256, &look)?;
        Ok(of(look))
    }
}

fn of(look: Look) -> Looked {
    match look.fault {
        Some(fault) => Looked::Bad(Reason::AudioUnreadable, fault),
        None => Looked::Fine(Box::new(look)),
    }
}

fn measured(path: &std::path::Path) -> Look {
    let empty = Look {
        measured_by: measured_by(),
        codec: String::new(),
        measures: None,
        fingerprint: None,
        fault: None,
    };
    match decode_file(path, &Limits::default()) {
        Err(error) => Look { fault: Some(error.to_string()), ..empty },
        Ok(recording) => {
            let voice = Voice::find(&recording.samples, &VoiceSettings::default());
            Look {
                codec: recording.stream.codec.clone(),
                measures: Some(measure(&recording, &voice)),
                fingerprint: Some(Fingerprint::of(&recording.samples)),
                ..empty
            }
        }
    }
}

fn digest(path: &std::path::Path) -> Result<String, InputError> {
    let failed = |error| InputError::read(path, error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let (mut hasher, mut piece) = (sha2::Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex::encode(hasher.finalize())),
            Ok(read) => hasher.update(&piece[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(failed(error)),
        }
    }
}

/// A recording as 16-bit WAV with one channel and 16,000 samples a second.
///
/// # Errors
/// When it cannot be decoded any more.
pub fn as_wav(path: &std::path::Path) -> Result<Vec<u8>, pixmo_audio::AudioError> {
    let samples = decode_file(path, &Limits::default())?.samples;
    let bytes = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX - 36);
    let rate = pixmo_audio::SAMPLE_RATE_HZ;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    // Form 1 is PCM; one channel; bytes a second, bytes a sample, bits a sample.
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    Ok(file)
}
