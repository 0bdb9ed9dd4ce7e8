//! One window through the model: how it is asked, and how its answer is cut into segments.

use std::ops::Range;

use pixmo_engines::EngineError;
use whisper_rs::{FullParams, SamplingStrategy, WhisperSegment, WhisperState};

use crate::engine::{SAMPLES_MIN, Whisper};
use crate::window;
use crate::words::{Said, Token};

/// How many draws are tried where the likeliest words repeat themselves, as whisper.cpp does by itself.
pub(crate) const BEST_OF: i32 = 5;
/// Whisper's own thresholds, which whisper.cpp has as well (`transcribe` of openai/whisper): a window is tried again at a
/// higher temperature if its tokens vary less than this (entropy) ...
pub(crate) const ENTROPY_MIN: f32 = 2.4;
/// ... or are less likely than this (mean logarithm) ...
pub(crate) const LOG_PROBABILITY_MIN: f32 = -1.0;
/// ... and is silent if they are, and silence is more likely than this.
pub(crate) const NO_SPEECH_MAX: f32 = 0.6;
/// The steps of the temperature.
pub(crate) const TEMPERATURE_STEP: f32 = 0.2;
/// If a voice goes on for so many seconds behind the last time that the model wrote down, it is asked about the rest.
const UNHEARD_SECS_MIN: f64 = 0.6;
/// How far behind the last time a voice may reach and still belong to what was heard, in seconds.
const REACH_SECS: f64 = 0.5;
/// The model must come on by so many seconds, or the rest is left.
const STEP_SECS_MIN: f64 = 1.0;

impl Whisper {
    /// What is said in a window, in its own times: in one go, and where the model stopped while somebody speaks, again
    /// from there on.
    pub(crate) fn hear(
        &self,
        state: &mut WhisperState,
        window: &[f32],
        voiced: &[Range<usize>],
        language: &str,
    ) -> Result<Vec<Said>, EngineError> {
        let rate = window::RATE as f64;
        let (mut said, mut from) = (Vec::new(), 0);
        loop {
            let rest = &window[from..];
            let heard = self.hear_once(state, rest, language)?;
            let until = heard.last().map_or(0.0, |last| last.end as f64 / 100.0);
            let hundredths = (from as f64 / rate * 100.0).round() as i64;
            said.extend(heard.into_iter().map(|said| said.later(hundredths)));
            let reached = from as f64 / rate + until;
            let unheard = |span: &Range<usize>| {
                (span.end as f64 / rate - (span.start as f64 / rate).max(reached + REACH_SECS)).max(0.0)
            };
            let unheard: f64 = voiced.iter().map(unheard).sum();
            let next = ((reached * rate) as usize).min(window.len());
            if until < STEP_SECS_MIN || unheard < UNHEARD_SECS_MIN || window.len() - next < SAMPLES_MIN {
                return Ok(said);
            }
            from = next;
        }
    }

    fn hear_once(
        &self,
        state: &mut WhisperState,
        window: &[f32],
        language: &str,
    ) -> Result<Vec<Said>, EngineError> {
        let strategy = match self.beams {
            1 => SamplingStrategy::Greedy { best_of: BEST_OF },
            beams => SamplingStrategy::BeamSearch { beam_size: beams as i32, patience: -1.0 },
        };
        let mut params = FullParams::new(strategy);
        params.set_n_threads(self.threads as i32);
        params.set_language(Some(language));
        params.set_translate(false);
        // A window does not lean on the words of the one before: what was made up there would be made up here.
        params.set_no_context(true);
        // All in one segment, which is cut by the times in it below: whisper.cpp would listen to the silence behind the
        // last time once more, for the price of half a minute.
        params.set_single_segment(true);
        params.set_suppress_blank(true);
        // Remarks such as `[Music]` may be written: they take the place of words that would be made up.
        params.set_suppress_nst(false);
        params.set_temperature(0.0);
        params.set_temperature_inc(TEMPERATURE_STEP);
        params.set_entropy_thold(ENTROPY_MIN);
        params.set_logprob_thold(LOG_PROBABILITY_MIN);
        params.set_no_speech_thold(NO_SPEECH_MAX);
        params.set_print_special(false);
        params.set_print_progress(false);
        params.set_print_realtime(false);
        params.set_print_timestamps(false);
        state.full(params, window).map_err(|error| self.run_failed(error))?;
        let longest = (window.len() as f64 / window::RATE as f64 * 100.0).round() as i64;
        let mut said = Vec::new();
        for segment in state.as_iter() {
            self.cut_by_times(&segment, longest, &mut said)?;
        }
        Ok(said)
    }

    /// Cuts a segment of whisper.cpp where the model wrote times; `longest` is the end of the window, in hundredths of a
    /// second.
    fn cut_by_times(
        &self,
        segment: &WhisperSegment<'_>,
        longest: i64,
        said: &mut Vec<Said>,
    ) -> Result<(), EngineError> {
        let (text_end, zero) = (self.context.token_eot(), self.context.token_beg());
        let no_speech = segment.no_speech_probability();
        let mut base = None;
        let (mut start, mut tokens) = (0, Vec::new());
        for token in (0..segment.n_tokens()).filter_map(|at| segment.get_token(at)) {
            let data = token.token_data();
            // The first token says how far the segment lies behind the beginning of the window.
            let base = *base.get_or_insert_with(|| {
                start = segment.start_timestamp();
                start - 2 * i64::from(data.tid - zero).max(0)
            });
            if data.id >= zero {
                let time = (base + 2 * i64::from(data.id - zero)).clamp(0, longest);
                if !tokens.is_empty() {
                    said.push(Said {
                        start,
                        end: time.max(start),
                        no_speech,
                        tokens: std::mem::take(&mut tokens),
                    });
                }
                start = time;
                continue;
            }
            if data.id >= text_end {
                continue;
            }
            if !data.p.is_finite() {
                return Err(EngineError::Nonsense {
                    model: self.model.name.clone(),
                    found: format!("with the probability {}", data.p),
                    expected: "0 to 1".to_owned(),
                });
            }
            let bytes = token.to_bytes().map_err(|error| self.run_failed(error))?.to_vec();
            tokens.push(Token { bytes, probability: data.p });
        }
        if !tokens.is_empty() {
            said.push(Said { start, end: longest.max(start), no_speech, tokens });
        }
        Ok(())
    }
}
