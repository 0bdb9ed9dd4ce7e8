import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { allows, step, TABLE, type EventName, type Facts, type State } from '../src/recorder/machine';

const facts = (change: Partial<Facts> = {}): Facts => ({
  duration_secs: 61,
  retakes: 0,
  limits: { voiced_secs_min: 60, duration_secs_max: 600, retakes_max: 1 },
  ...change,
});

describe('the recorder', () => {
  it('does what the table in its head says, and nothing else', () => {
    const source = readFileSync(new URL('../src/recorder/machine.ts', import.meta.url), 'utf8');
    const guards: Record<string, string> = { 'long enough': 'long_enough', 'a retake is left': 'retake_left', '': '' };
    const written = new Set<string>();
    for (const line of source.matchAll(/^ \* \| (\w+) +\| (\w+) +\| ([a-z ]*?) *\| (\w+) +\|/gm)) {
      const [, from, event, when, to] = line as unknown as [string, string, string, string, string];
      if (from === 'state') continue;
      for (const state of from === 'any' ? Object.keys(TABLE) : [from]) {
        written.add(`${state} ${event} ${guards[when.trim()] ?? when} ${to}`);
      }
    }
    const real = new Set<string>();
    for (const [state, lines] of Object.entries(TABLE)) {
      for (const [event, line] of Object.entries(lines)) real.add(`${state} ${event} ${line.when ?? ''} ${line.to}`);
    }
    expect([...real].sort()).toEqual([...written].sort());
  });

  it('goes from nothing to a take at the server', () => {
    let state: State = 'idle';
    for (const event of ['open', 'opened', 'start', 'pause', 'resume', 'stop', 'keep', 'accepted'] as EventName[]) {
      const line = step(state, event, facts());
      expect(line, `${event} in ${state}`).not.toBeNull();
      state = line!.to;
    }
    expect(state).toBe('sent');
  });

  it('finishes and sends nothing that is too short', () => {
    const short = facts({ duration_secs: 59.9 });
    expect(allows('recording', 'stop', short)).toBe(false);
    expect(allows('paused', 'stop', short)).toBe(false);
    expect(allows('reviewing', 'keep', short)).toBe(false);
    expect(allows('recording', 'pause', short)).toBe(true);
  });

  it('gives as many retakes as there are', () => {
    expect(allows('reviewing', 'retake', facts())).toBe(true);
    for (const state of ['recording', 'paused', 'reviewing', 'sent'] as State[]) {
      expect(allows(state, 'retake', facts({ retakes: 1 }))).toBe(false);
    }
  });

  it('keeps what was said when the microphone goes away', () => {
    for (const state of ['recording', 'paused'] as State[]) {
      const line = step(state, 'failed', facts({ duration_secs: 3 }));
      expect(line?.to).toBe('reviewing');
      expect(line?.does).toContain('end_take');
      expect(line?.does).not.toContain('discard_take');
    }
  });
});
