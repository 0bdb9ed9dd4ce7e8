/**
 * How much of what the microphone hears is speech: an estimate for the gauge while a person speaks.
 *
 * Every 20 ms has a level. The floor follows the quiet moments down at once and rises slowly; a frame well above it is
 * voice, and a short pause between two voiced frames belongs to the voice, as it does where the server measures. The
 * server hears the recording again with a better detector, and its figure is the one that counts.
 */

/** Length of a frame in seconds. */
export const FRAME_SECS = 0.02;
/** A frame is voice when it is so much louder than the floor, in dB. */
const ABOVE_FLOOR_DB = 9;
/** Nothing below this level is voice, in dB of full scale. */
const LEVEL_MIN_DB = -52;
/** The floor is never believed to be louder than this: someone who speaks without a pause is no noise. */
const FLOOR_MAX_DB = -38;
/** The floor rises by so many dB a second. */
const FLOOR_RISE_DB_PER_SEC = 2;
/** Pauses shorter than this belong to speech, in seconds. */
const PAUSE_SECS = 0.4;
/** Silence, as a level. */
export const SILENCE_DB = -100;

/** The level of samples from -1 to 1, in dB of full scale. */
export function levelDb(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const mean = samples.length === 0 ? 0 : sum / samples.length;
  return mean <= 1e-10 ? SILENCE_DB : 10 * Math.log10(mean);
}

export interface Heard {
  /** Of the last frame, dB of full scale. */
  level_db: number;
  /** The loudest sample of the last frame, 0 to 1. */
  peak: number;
  voice: boolean;
}

export class VoiceGauge {
  private floor_db = LEVEL_MIN_DB;
  private pause_frames = Number.POSITIVE_INFINITY;
  private voiced_frames = 0;
  private frames = 0;
  private clipped_frames = 0;
  private loudest_db = SILENCE_DB;

  /** Hears one frame: its level and the loudest sample in it. */
  hear(level_db: number, peak: number): Heard {
    this.frames += 1;
    this.loudest_db = Math.max(this.loudest_db, level_db);
    if (peak >= 0.99) this.clipped_frames += 1;
    const risen = this.floor_db + FLOOR_RISE_DB_PER_SEC * FRAME_SECS;
    this.floor_db = Math.min(FLOOR_MAX_DB, Math.max(SILENCE_DB, Math.min(level_db, risen)));
    const voice = level_db >= LEVEL_MIN_DB && level_db >= this.floor_db + ABOVE_FLOOR_DB;
    if (voice) {
      const pause = this.pause_frames * FRAME_SECS;
      this.voiced_frames += 1 + (pause <= PAUSE_SECS ? this.pause_frames : 0);
      this.pause_frames = 0;
    } else {
      this.pause_frames += 1;
    }
    return { level_db, peak, voice };
  }

  get voiced_secs(): number {
    return this.voiced_frames * FRAME_SECS;
  }

  get duration_secs(): number {
    return this.frames * FRAME_SECS;
  }

  /** The share of frames that reach full scale, 0 to 1. */
  get clipping(): number {
    return this.frames === 0 ? 0 : this.clipped_frames / this.frames;
  }

  get loudest(): number {
    return this.loudest_db;
  }
}

/** Where a level stands on the meter, 0 to 1: -60 dB is empty, 0 dB is full. */
export function meterShare(level_db: number): number {
  return Math.min(1, Math.max(0, (level_db + 60) / 60));
}

/** What the microphone check says of a few seconds of speech. */
export function verdict(gauge: VoiceGauge): 'fine' | 'silent' | 'too_quiet' | 'clipped' | 'no_speech' {
  if (gauge.loudest < -60) return 'silent';
  if (gauge.clipping > 0.02) return 'clipped';
  if (gauge.loudest < -38) return 'too_quiet';
  if (gauge.voiced_secs < 0.15 * gauge.duration_secs) return 'no_speech';
  return 'fine';
}
