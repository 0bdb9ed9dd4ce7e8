/**
 * The recorder as a state machine. What each event does in each state:
 *
 * | state     | event      | allowed when       | to        | does                                    |
 * |-----------|------------|--------------------|-----------|-----------------------------------------|
 * | idle      | open       |                    | idle      | asks for the microphone                 |
 * | idle      | opened     |                    | ready     |                                         |
 * | idle      | failed     |                    | idle      | says why                                |
 * | idle      | found      |                    | reviewing | a take of before a reload lies here     |
 * | idle      | done       |                    | sent      | the server has a take of this task      |
 * | ready     | start      |                    | recording | begins a take and its pieces            |
 * | ready     | failed     |                    | idle      | the microphone went away                |
 * | ready     | found      |                    | reviewing | as above                                |
 * | recording | pause      |                    | paused    | holds the recorder                      |
 * | recording | stop       | long enough        | reviewing | stores the last piece                   |
 * | recording | limit      |                    | reviewing | the longest time is reached             |
 * | recording | failed     |                    | reviewing | the microphone went away: keeps the rest|
 * | recording | retake     | a retake is left   | idle      | throws the take away                    |
 * | paused    | resume     |                    | recording | goes on in the same take                |
 * | paused    | stop       | long enough        | reviewing | stores the last piece                   |
 * | paused    | failed     |                    | reviewing | as above                                |
 * | paused    | retake     | a retake is left   | idle      | throws the take away                    |
 * | reviewing | retake     | a retake is left   | idle      | throws the take away                    |
 * | reviewing | keep       | long enough        | sending   | lets the queue finish the take          |
 * | sending   | accepted   |                    | sent      | shows what the server measured          |
 * | sending   | refused    |                    | reviewing | says what the server found wrong        |
 * | sent      | retake     | a retake is left   | idle      | throws the take away                    |
 * | any       | leave      |                    | idle      | closes the microphone                   |
 *
 * Nothing else happens: an event that has no line in its state changes nothing. `TABLE` is this table, and the tests
 * hold one against the other.
 */

export type State = 'idle' | 'ready' | 'recording' | 'paused' | 'reviewing' | 'sending' | 'sent';

export type EventName =
  | 'open'
  | 'opened'
  | 'failed'
  | 'found'
  | 'done'
  | 'start'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'limit'
  | 'retake'
  | 'keep'
  | 'accepted'
  | 'refused'
  | 'leave';

/** What can go wrong with a recording. The list is closed; each has words in the message catalogues. */
export const FAILURES = [
  'no_permission',
  'no_microphone',
  'microphone_busy',
  'microphone_lost',
  'no_support',
  'no_room',
  'interrupted',
  'too_short',
  'too_long',
  'too_quiet',
  'clipped',
  'silent',
  'damaged',
] as const;
export type Failure = (typeof FAILURES)[number];

export type Effect =
  | 'open_microphone'
  | 'close_microphone'
  | 'begin_take'
  | 'hold'
  | 'go_on'
  | 'end_take'
  | 'discard_take'
  | 'finish_take';

export type Guard = 'long_enough' | 'retake_left';

export interface Line {
  to: State;
  when?: Guard;
  does: readonly Effect[];
}

export const TABLE: Readonly<Record<State, Readonly<Partial<Record<EventName, Line>>>>> = {
  idle: {
    open: { to: 'idle', does: ['open_microphone'] },
    opened: { to: 'ready', does: [] },
    failed: { to: 'idle', does: [] },
    found: { to: 'reviewing', does: [] },
    done: { to: 'sent', does: [] },
    leave: { to: 'idle', does: ['close_microphone'] },
  },
  ready: {
    start: { to: 'recording', does: ['begin_take'] },
    failed: { to: 'idle', does: ['close_microphone'] },
    found: { to: 'reviewing', does: [] },
    leave: { to: 'idle', does: ['close_microphone'] },
  },
  recording: {
    pause: { to: 'paused', does: ['hold'] },
    stop: { to: 'reviewing', when: 'long_enough', does: ['end_take', 'close_microphone'] },
    limit: { to: 'reviewing', does: ['end_take', 'close_microphone'] },
    failed: { to: 'reviewing', does: ['end_take', 'close_microphone'] },
    retake: { to: 'idle', when: 'retake_left', does: ['end_take', 'discard_take', 'open_microphone'] },
    leave: { to: 'idle', does: ['end_take', 'close_microphone'] },
  },
  paused: {
    resume: { to: 'recording', does: ['go_on'] },
    stop: { to: 'reviewing', when: 'long_enough', does: ['end_take', 'close_microphone'] },
    failed: { to: 'reviewing', does: ['end_take', 'close_microphone'] },
    retake: { to: 'idle', when: 'retake_left', does: ['end_take', 'discard_take', 'open_microphone'] },
    leave: { to: 'idle', does: ['end_take', 'close_microphone'] },
  },
  reviewing: {
    retake: { to: 'idle', when: 'retake_left', does: ['discard_take', 'open_microphone'] },
    keep: { to: 'sending', when: 'long_enough', does: ['finish_take'] },
    leave: { to: 'idle', does: ['close_microphone'] },
  },
  sending: {
    accepted: { to: 'sent', does: [] },
    refused: { to: 'reviewing', does: [] },
    leave: { to: 'idle', does: ['close_microphone'] },
  },
  sent: {
    retake: { to: 'idle', when: 'retake_left', does: ['discard_take', 'open_microphone'] },
    leave: { to: 'idle', does: ['close_microphone'] },
  },
};

/** What is known of the recording, beside its state. */
export interface Facts {
  /** Seconds on the tape, without pauses. */
  duration_secs: number;
  /** Takes of this task that were thrown away. */
  retakes: number;
  limits: { voiced_secs_min: number; duration_secs_max: number; retakes_max: number };
}

/**
 * Whether a guard holds. The tape must be as long as the speech that is asked for; how much of it is speech the page
 * only estimates, so the estimate warns and never forbids. The server measures, and its measure counts.
 */
export function holds(guard: Guard, facts: Facts): boolean {
  switch (guard) {
    case 'long_enough':
      return facts.duration_secs >= facts.limits.voiced_secs_min;
    case 'retake_left':
      return facts.retakes < facts.limits.retakes_max;
  }
}

/** Whether an event does anything now. Buttons and keys ask this, so that none of them can ask for the impossible. */
export function allows(state: State, event: EventName, facts: Facts): boolean {
  const line = TABLE[state][event];
  return line !== undefined && (line.when === undefined || holds(line.when, facts));
}

/** The next state and what is to be done for it; `null` when the event does nothing here. */
export function step(state: State, event: EventName, facts: Facts): Line | null {
  return allows(state, event, facts) ? (TABLE[state][event] ?? null) : null;
}
