//! From the bytes of a file to samples: 16 kHz, one channel, 16 bits.
//!
//! The bytes alone say what a file is. What a browser streamed has no length and ends where it ends; what was cut off is
//! kept as far as it goes, and said to be cut. A packet that cannot be decoded becomes silence of its length, so that
//! everything after it stays in its place, and is counted.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::TimeBase;

use crate::error::AudioError;
use crate::kind::{self, Kind};
use crate::limits::Limits;
use crate::mix::{Mix, Mixer};
use crate::resample::Resampler;
use crate::source::Source;
use crate::{SAMPLE_RATE_HZ, secs_of};

/// A sample is clipped if it reaches this share of what the form can hold: what was clipped before a lossy encoder comes
/// back with ripples around the ceiling.
const CEILING: f32 = 0.98;

/// The longest silence that stands for one packet that cannot be decoded, in seconds.
const LOST_SECS_MAX: f64 = 1.0;

/// If more than this share of packets cannot be decoded, the rest is not to be trusted either.
const LOST_SHARE_MAX: f64 = 0.5;

/// How much shorter than declared a recording must be to be called cut, in seconds.
const CUT_SECS_MIN: f64 = 0.25;

/// What a file says of itself, and what became of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// The container: `webm`, `matroska`, `ogg`, `mp4`, `mp3`, `aac`, `flac` or `wav`.
    pub container: String,
    /// The codec, as `opus`, `aac`, `mp3`, `flac`, `vorbis` or `pcm_s16le`.
    pub codec: String,
    /// Sample rate that the codec gives, in hertz; always 48,000 for Opus.
    pub sample_rate_hz: u32,
    /// Channels.
    pub channels: usize,
    /// How long the file says that it is, in seconds.
    pub declared_secs: Option<f64>,
    /// It ends before its declared end.
    pub is_cut: bool,
    /// There is a film in the file as well.
    pub has_video: bool,
    /// Packets that could not be decoded and became silence.
    pub damaged_packets: u64,
    /// Channels cancelled each other out when they were mixed, or one of many has all the sound: this one, counted from
    /// 0, was taken alone.
    pub channel_taken: Option<usize>,
}

/// A recording in memory: 32 kB a second.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Samples, 16,000 a second.
    pub samples: Vec<i16>,
    /// Where they came from.
    pub stream: Stream,
    /// The share of samples of all channels, at the rate of the file, that reach 0.98 of the largest value; 0 to 1.
    pub clipping_ratio: f64,
}

impl Recording {
    /// Its length in seconds.
    #[must_use]
    pub fn duration_secs(&self) -> f64 {
        secs_of(self.samples.len())
    }
}

/// Decodes a file, without ever holding all of its bytes.
///
/// # Errors
/// As [`AudioError`] says.
pub fn decode_file(path: &Path, limits: &Limits) -> Result<Recording, AudioError> {
    guarded(&Source::File(path.to_owned()), limits)
}

/// Decodes the bytes of a file.
///
/// # Errors
/// As [`AudioError`] says.
pub fn decode(bytes: impl Into<Arc<[u8]>>, limits: &Limits) -> Result<Recording, AudioError> {
    guarded(&Source::Bytes(bytes.into()), limits)
}

/// Decoders are written by others, for files that are meant well: where one of them gives up, the file is damaged.
fn guarded(source: &Source, limits: &Limits) -> Result<Recording, AudioError> {
    catch_unwind(AssertUnwindSafe(|| decode_source(source, limits)))
        .unwrap_or_else(|_| Err(AudioError::Damaged { what: "its decoder gave up".to_owned() }))
}

fn decode_source(source: &Source, limits: &Limits) -> Result<Recording, AudioError> {
    let head = source.head()?;
    if head.is_empty() {
        return Err(AudioError::Empty);
    }
    let found = kind::of(&head);
    if let Kind::Other(found) = found {
        return Err(AudioError::NotAudio { found });
    }
    let mut work = Work::begin(source, limits, found, Mix::All)?;
    work.all()?;
    if let Some(channel) = work.mixer.as_ref().and_then(Mixer::better) {
        work = Work::begin(source, limits, found, Mix::Only(channel))?;
        work.all()?;
        work.stream.channel_taken = Some(channel);
    }
    if work.stream.container == "webm" && !holds(&head, b"webm") {
        work.stream.container = "matroska".to_owned();
    }
    work.finished()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// One pass over a file.
struct Work<'a> {
    source: &'a Source,
    limits: &'a Limits,
    mix: Mix,
    reader: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track: u32,
    time_base: Option<TimeBase>,
    mixer: Option<Mixer>,
    resampler: Option<Resampler>,
    samples: Vec<i16>,
    stream: Stream,
    packets: u64,
    clipped: u64,
    heard: u64,
    interleaved: Vec<f32>,
    mono: Vec<f32>,
}

impl<'a> Work<'a> {
    /// Finds the track and its decoder.
    fn begin(source: &'a Source, limits: &'a Limits, found: Kind, mix: Mix) -> Result<Work<'a>, AudioError> {
        let (format, meta) = (FormatOptions::default(), MetadataOptions::default());
        let probed = symphonia::default::get_probe().probe(&Hint::new(), source.stream()?, format, meta);
        let reader = probed.map_err(|error| match (error, found) {
            (Error::IoError(error), _) if !is_end(&error) => source.read_failed(error),
            (error, Kind::Audio(_)) => AudioError::Damaged { what: error.to_string() },
            _ => AudioError::NotAudio { found: "nothing that is known here" },
        })?;
        let container = match found {
            Kind::Audio(container) => container,
            _ => container_name(reader.format_info().short_name),
        };
        let (track, params) = audio_track(&*reader).ok_or(AudioError::NoAudioTrack { container })?;
        let (track, time_base) = (track.id, track.time_base);
        let decoder = decoder_for(&params)?;
        let mut work = Work {
            source,
            limits,
            mix,
            stream: Stream {
                container: container.to_owned(),
                codec: decoder.codec_info().short_name.to_owned(),
                sample_rate_hz: 0,
                channels: 0,
                declared_secs: None,
                is_cut: false,
                has_video: reader.first_track(TrackType::Video).is_some(),
                damaged_packets: 0,
                channel_taken: None,
            },
            reader,
            decoder,
            track,
            time_base,
            mixer: None,
            resampler: None,
            samples: Vec::new(),
            packets: 0,
            clipped: 0,
            heard: 0,
            interleaved: Vec::new(),
            mono: Vec::new(),
        };
        work.stream.declared_secs = work.declared_secs();
        match work.stream.declared_secs {
            Some(secs) if secs > limits.duration_secs_max => Err(work.too_long()),
            _ => Ok(work),
        }
    }

    fn declared_secs(&self) -> Option<f64> {
        let track = self.reader.tracks().iter().find(|track| track.id == self.track)?;
        let by_frames = || {
            let Some(CodecParameters::Audio(params)) = &track.codec_params else { return None };
            Some(track.num_frames? as f64 / f64::from(params.sample_rate?))
        };
        let by_track = || Some(track.time_base?.calc_duration(track.duration?)?.as_secs_f64());
        by_track().or_else(by_frames).filter(|secs| *secs > 0.0)
    }

    fn too_long(&self) -> AudioError {
        AudioError::TooLong {
            limit_secs: self.limits.duration_secs_max,
            declared_secs: self.stream.declared_secs,
        }
    }

    /// Decodes to the end.
    fn all(&mut self) -> Result<(), AudioError> {
        let samples_max = self.limits.duration_secs_max * f64::from(SAMPLE_RATE_HZ);
        loop {
            let packet = match self.reader.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => break,
                // What was streamed ends without saying so.
                Err(Error::IoError(error)) if is_end(&error) => break,
                Err(Error::IoError(error)) => return Err(self.source.read_failed(error)),
                // Another stream follows in the same file.
                Err(Error::ResetRequired) if self.next_stream()? => continue,
                Err(error) if self.heard == 0 => {
                    return Err(AudioError::Damaged { what: error.to_string() });
                }
                Err(_) => {
                    self.stream.damaged_packets += 1;
                    self.stream.is_cut = true;
                    break;
                }
            };
            if packet.track_id != self.track {
                continue;
            }
            self.packets += 1;
            match self.decoder.decode(&packet) {
                Ok(buffer) => {
                    let (rate, channels) = (buffer.spec().rate(), buffer.spec().channels().clone());
                    buffer.copy_to_vec_interleaved(&mut self.interleaved);
                    self.hear(rate, &channels)?;
                }
                Err(Error::IoError(_) | Error::DecodeError(_)) => {
                    self.stream.damaged_packets += 1;
                    let secs = self.time_base.and_then(|base| base.calc_duration(packet.dur));
                    self.silence(secs.map_or(0.0, |secs| secs.as_secs_f64()));
                }
                Err(error) => return Err(self.unsupported(&error)),
            }
            if self.samples.len() as f64 > samples_max {
                return Err(self.too_long());
            }
        }
        if let Some(resampler) = &mut self.resampler {
            resampler.finish(&mut self.samples);
        }
        Ok(())
    }

    /// Takes the decoded frames in `interleaved` on.
    fn hear(&mut self, rate: u32, channels: &symphonia::core::audio::Channels) -> Result<(), AudioError> {
        if self.interleaved.is_empty() {
            return Ok(());
        }
        self.clipped += self.interleaved.iter().filter(|sample| sample.abs() >= CEILING).count() as u64;
        self.heard += self.interleaved.len() as u64;
        let count = channels.count();
        if self.stream.channels != count || self.mixer.is_none() {
            if count == 0 || count > self.limits.channels_max {
                return Err(AudioError::Channels { found: count, max: self.limits.channels_max });
            }
            if matches!(self.mix, Mix::Only(one) if one >= count) {
                self.mix = Mix::All;
            }
            self.mixer = Some(Mixer::new(self.mix, channels));
            self.stream.channels = self.stream.channels.max(count);
        }
        if self.resampler.as_ref().is_none_or(|resampler| resampler.rate() != rate) {
            self.begin_rate(rate)?;
        }
        let (Some(mixer), Some(resampler)) = (&mut self.mixer, &mut self.resampler) else { return Ok(()) };
        self.mono.clear();
        mixer.mix(&self.interleaved, &mut self.mono);
        resampler.push(&self.mono, &mut self.samples);
        Ok(())
    }

    fn begin_rate(&mut self, rate: u32) -> Result<(), AudioError> {
        let (min, max) = (self.limits.sample_rate_min, self.limits.sample_rate_max);
        let outside = AudioError::SampleRate { found: rate, min, max };
        if !(min..=max).contains(&rate) {
            return Err(outside);
        }
        if let Some(mut before) = self.resampler.take() {
            before.finish(&mut self.samples);
        }
        self.resampler = Some(Resampler::new(rate).ok_or(outside)?);
        self.stream.sample_rate_hz = rate;
        Ok(())
    }

    /// Silence for a packet that was lost.
    fn silence(&mut self, secs: f64) {
        let Some(resampler) = &mut self.resampler else { return };
        let frames = secs.clamp(0.0, LOST_SECS_MAX) * f64::from(resampler.rate());
        self.mono.clear();
        self.mono.resize(frames.round() as usize, 0.0);
        resampler.push(&self.mono, &mut self.samples);
    }

    /// Goes over to the stream that follows; whether there is one.
    fn next_stream(&mut self) -> Result<bool, AudioError> {
        let Some((track, params)) = audio_track(&*self.reader) else { return Ok(false) };
        (self.track, self.time_base) = (track.id, track.time_base);
        self.decoder = decoder_for(&params)?;
        Ok(true)
    }

    fn unsupported(&self, error: &Error) -> AudioError {
        AudioError::Unsupported {
            codec: self.decoder.codec_info().short_name,
            channels: self.stream.channels,
            what: error.to_string(),
        }
    }

    fn finished(mut self) -> Result<Recording, AudioError> {
        let lost = self.stream.damaged_packets;
        if lost > 0 && (self.heard == 0 || lost as f64 > LOST_SHARE_MAX * self.packets as f64) {
            let what = format!("{lost} of {} packets cannot be decoded", self.packets.max(lost));
            return Err(AudioError::Damaged { what });
        }
        if self.samples.is_empty() {
            return Err(AudioError::NoSamples);
        }
        let secs = secs_of(self.samples.len());
        self.stream.is_cut |=
            self.stream.declared_secs.is_some_and(|declared| declared - secs > CUT_SECS_MIN);
        let clipping_ratio = self.clipped as f64 / self.heard.max(1) as f64;
        Ok(Recording { samples: self.samples, stream: self.stream, clipping_ratio })
    }
}

fn is_end(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

/// The track to listen to, and how it is coded.
fn audio_track(reader: &dyn FormatReader) -> Option<(&Track, AudioCodecParameters)> {
    let track = reader.default_track(TrackType::Audio)?;
    let Some(CodecParameters::Audio(params)) = &track.codec_params else { return None };
    let mut params = params.clone();
    if params.codec == CODEC_ID_OPUS {
        // Opus is decoded at 48 kHz, whatever rate went in; some recorders write that rate, some write nonsense.
        params.sample_rate = Some(48_000);
    }
    Some((track, params))
}

/// Symphonia's own decoders, and libopus.
static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    codecs
});

fn decoder_for(params: &AudioCodecParameters) -> Result<Box<dyn AudioDecoder>, AudioError> {
    CODECS.make_audio_decoder(params, &AudioDecoderOptions::default()).map_err(|error| {
        let known = CODECS.get_audio_decoder(params.codec);
        AudioError::Unsupported {
            codec: known.map_or("an unknown codec", |known| known.codec.info.short_name),
            channels: params.channels.as_ref().map_or(0, |channels| channels.count()),
            what: error.to_string(),
        }
    })
}

/// The name of a container whose beginning was not known.
fn container_name(short_name: &str) -> &'static str {
    match short_name {
        "isomp4" => "mp4",
        "matroska" | "mkv" => "webm",
        "ogg" => "ogg",
        "flac" => "flac",
        "wave" => "wav",
        "aac" => "aac",
        "mp1" | "mp2" | "mp3" => "mp3",
        _ => "audio",
    }
}
