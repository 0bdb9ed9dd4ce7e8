//! Recordings of others: samples of as much time as is allowed, in which no more is spoken than there is, or an error that
//! says something.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixmo_audio::{Fingerprint, Limits, Voice, VoiceSettings, decode, measure};
use pixmo_fuzz::limits;

/// A header that is believed may cost no more than this.
const SECS_MAX: f64 = 20.0;

fuzz_target!(init: limits::prepare(), |bytes: &[u8]| {
    limits::within(|| {
        let limits = Limits { duration_secs_max: SECS_MAX, ..Limits::default() };
        match decode(bytes, &limits) {
            Ok(recording) => {
                let secs = recording.duration_secs();
                assert!(secs <= SECS_MAX + 1.0, "{secs} s");
                assert!((0.0..=1.0).contains(&recording.clipping_ratio));
                let voice = Voice::find(&recording.samples, &VoiceSettings::default());
                assert!(voice.spans.iter().all(|span| span.end <= recording.samples.len()));
                let measures = measure(&recording, &voice);
                assert!(measures.voiced_secs <= measures.duration_secs + 0.1, "{measures:?}");
                assert!(measures.level_dbfs.is_finite() && measures.noise_dbfs.is_finite(), "{measures:?}");
                Fingerprint::of(&recording.samples);
            }
            Err(error) => limits::is_told(&error),
        }
    });
});
