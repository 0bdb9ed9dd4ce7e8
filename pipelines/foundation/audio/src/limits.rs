//! What is too much.

/// How much of a recording is taken on. Memory is bounded by the length: 32 kB a second of what was decoded, and a few
/// hundred kB besides, whatever the recording's own rate and channels; four hours are 460 MB.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// The longest recording, in seconds. What is longer is refused as soon as that is known: at once where the file says
    /// how long it is.
    pub duration_secs_max: f64,
    /// The most channels.
    pub channels_max: usize,
    /// The lowest sample rate, in hertz.
    pub sample_rate_min: u32,
    /// The highest sample rate, in hertz.
    pub sample_rate_max: u32,
}

impl Default for Limits {
    /// Four hours, 32 channels, 4 kHz to 384 kHz.
    fn default() -> Limits {
        Limits {
            duration_secs_max: 4.0 * 3600.0,
            channels_max: 32,
            sample_rate_min: 4_000,
            sample_rate_max: 384_000,
        }
    }
}
