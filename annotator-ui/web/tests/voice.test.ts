import { describe, expect, it } from 'vitest';

import { FRAME_SECS, levelDb, meterShare, SILENCE_DB, verdict, VoiceGauge } from '../src/recorder/voice';

/** Hears so many seconds at a level. */
function hear(gauge: VoiceGauge, secs: number, level: (frame: number) => number): void {
  for (let i = 0; i < secs / FRAME_SECS; i += 1) gauge.hear(level(i), 0.3);
}

/** Syllables: loud for 160 ms, soft for 60 ms. */
const speech = (i: number) => (i % 11 < 8 ? -22 : -46);
const room = () => -62;

describe('the gauge of speech', () => {
  it('counts speech and its short pauses, and no silence', () => {
    const gauge = new VoiceGauge();
    hear(gauge, 2, room);
    hear(gauge, 10, speech);
    hear(gauge, 5, room);
    hear(gauge, 10, speech);
    expect(gauge.voiced_secs).toBeGreaterThan(19);
    expect(gauge.voiced_secs).toBeLessThan(20.6);
    expect(gauge.duration_secs).toBeCloseTo(27, 1);
  });

  it('takes a steady hum for no voice once it knows it', () => {
    const gauge = new VoiceGauge();
    hear(gauge, 60, () => -42);
    expect(gauge.voiced_secs).toBeLessThan(5);
  });

  it('hears nothing in digital silence', () => {
    const gauge = new VoiceGauge();
    hear(gauge, 10, () => SILENCE_DB);
    expect(gauge.voiced_secs).toBe(0);
    expect(verdict(gauge)).toBe('silent');
  });

  it('tells a good microphone from a quiet and a loud one', () => {
    const good = new VoiceGauge();
    hear(good, 4, speech);
    expect(verdict(good)).toBe('fine');
    const quiet = new VoiceGauge();
    hear(quiet, 4, (i) => speech(i) - 25);
    expect(verdict(quiet)).toBe('too_quiet');
    const loud = new VoiceGauge();
    for (let i = 0; i < 200; i += 1) loud.hear(-4, 1);
    expect(verdict(loud)).toBe('clipped');
  });

  it('measures levels', () => {
    expect(levelDb(new Float32Array(320))).toBe(SILENCE_DB);
    expect(levelDb(Float32Array.from({ length: 320 }, () => 1))).toBeCloseTo(0, 5);
    expect(levelDb(Float32Array.from({ length: 320 }, (_, i) => (i % 2 ? 0.1 : -0.1)))).toBeCloseTo(-20, 4);
    expect([meterShare(-90), meterShare(-30), meterShare(3)]).toEqual([0, 0.5, 1]);
  });
});
