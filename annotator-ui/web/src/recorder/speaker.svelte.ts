/** Runs the machine of `machine.ts` for one assignment: microphone, store, upload queue and server in step with it. */

import * as api from '../api';
import { FIRST_LINK, NONCE_BYTES, fromHex, nextLink } from '../takes/chain';
import type { Way } from '../takes/queue';
import type { StoredTake } from '../takes/store';
import { uploads } from '../takes/uploads.svelte';
import type { Assignment, CapLimits, Take } from '../types';
import { allows, FAILURES, step, type Effect, type EventName, type Facts, type Failure, type State } from './machine';
import { Microphone, MicrophoneError, mediaType, type Recording } from './microphone';
import { SILENCE_DB, VoiceGauge } from './voice';

export const CAP_LIMITS: CapLimits = {
  voiced_secs_min: 60,
  retakes_max: 1,
  duration_secs_max: 600,
  correction: 'optional',
};

/** How often the page asks whether the transcript is there, in milliseconds. */
const TRANSCRIPT_EVERY_MS = 3_000;

export class Speaker {
  state = $state<State>('idle');
  failure = $state<Failure | null>(null);
  /** What the server said when it refused something, with its code. */
  refusal = $state<string | null>(null);
  level_db = $state(SILENCE_DB);
  voice = $state(false);
  voiced_secs = $state(0);
  duration_secs = $state(0);
  retakes = $state(0);
  pieces = $state(0);
  /** The take that is worked on: at the server, and as far as the page knows it. */
  take = $state.raw<Take | null>(null);
  way = $state.raw<Way | null>(null);
  opening = $state(false);
  /** Address of the recording to listen to. */
  audio = $state<string | null>(null);
  microphoneName = $state('');
  readonly limits: CapLimits;

  private microphone: Microphone | null = null;
  private recording: Recording | null = null;
  private gauge = new VoiceGauge();
  private stored = $state.raw<StoredTake | null>(null);
  private link = FIRST_LINK;
  private wake: WakeLockSentinel | null = null;
  private left = false;
  private poll: ReturnType<typeof setTimeout> | null = null;
  private readonly unwatch: () => void;
  private readonly onVisible = () => {
    if (document.visibilityState === 'visible' && this.busy) void this.stayAwake();
  };

  constructor(readonly assignment: Assignment) {
    this.limits = { ...CAP_LIMITS, ...assignment.limits };
    this.retakes = assignment.takes.filter((take) => take.status === 'discarded').length;
    this.unwatch = uploads.watch((way) => this.onWay(way));
    document.addEventListener('visibilitychange', this.onVisible);
  }

  get facts(): Facts {
    return { duration_secs: this.duration_secs, retakes: this.retakes, limits: this.limits };
  }

  /** Whether there is a take in this browser that the server has not finished. */
  private get unsent(): boolean {
    return this.stored !== null;
  }

  get busy(): boolean {
    return this.state === 'recording';
  }

  allows(event: EventName): boolean {
    // What the server has measured and refused cannot be sent a second time.
    if (event === 'keep' && !this.unsent) return false;
    return !this.opening && allows(this.state, event, this.facts);
  }

  /** Lets an event happen; nothing happens when the table has no line for it. */
  send(event: EventName): void {
    if (event === 'keep' && !this.unsent) return;
    const line = step(this.state, event, this.facts);
    if (!line) return;
    this.state = line.to;
    for (const effect of line.does) this.apply(effect);
  }

  private fail(failure: Failure): void {
    this.failure = failure;
    this.send('failed');
  }

  /** Takes up what there is of this assignment: in this browser, or at the server. */
  async begin(): Promise<void> {
    const here = await uploads.of(this.assignment.id);
    const latest = here.at(-1);
    if (latest) {
      this.stored = latest;
      this.voiced_secs = latest.voiced_secs;
      this.duration_secs = latest.duration_secs;
      this.pieces = (await uploads.store?.count(latest.take)) ?? 0;
      if (this.pieces === 0) {
        await uploads.forget(latest.take);
        this.stored = null;
      } else {
        await this.offerAudio();
        this.way = uploads.way(latest.take) ?? null;
        this.send('found');
        if (latest.state === 'recording') {
          await uploads.store?.patch(latest.take, { state: 'stopped' });
          this.failure = 'interrupted';
        }
        if (latest.state === 'kept') this.send('keep');
        uploads.push(latest.take);
        return;
      }
    }
    const finished = this.assignment.takes.find((take) => take.status === 'finished');
    if (finished) {
      this.accept(finished);
      this.send('done');
      return;
    }
    this.send('open');
  }

  private apply(effect: Effect): void {
    switch (effect) {
      case 'open_microphone':
        void this.openMicrophone();
        break;
      case 'close_microphone':
        this.closeMicrophone();
        break;
      case 'begin_take':
        void this.beginTake();
        break;
      case 'hold':
        this.recording?.pause();
        this.letSleep();
        break;
      case 'go_on':
        this.recording?.resume();
        void this.stayAwake();
        break;
      case 'end_take':
        void this.endTake();
        break;
      case 'discard_take':
        void this.discardTake();
        break;
      case 'finish_take':
        void this.finishTake();
        break;
    }
  }

  private async openMicrophone(): Promise<void> {
    if (this.microphone) {
      this.send('opened');
      return;
    }
    this.opening = true;
    try {
      const microphone = await Microphone.open((failure) => this.fail(failure));
      if (this.left) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
      this.microphoneName = microphone.name;
      this.hear(null);
      if (this.failure !== 'microphone_lost') this.failure = null;
      this.opening = false;
      this.send('opened');
    } catch (error) {
      this.opening = false;
      this.fail(error instanceof MicrophoneError ? error.failure : 'no_support');
    }
  }

  /** Shows the level from now on, and counts speech while a take with a gauge is recorded. */
  private hear(gauge: VoiceGauge | null): void {
    this.microphone?.listen((heard) => {
      const counting = gauge !== null && this.state === 'recording';
      const now = counting ? gauge.hear(heard.level_db, heard.peak) : heard;
      this.level_db = Math.max(now.level_db, this.level_db - 1.5);
      this.voice = now.voice;
      if (!counting) return;
      this.voiced_secs = gauge.voiced_secs;
      this.duration_secs = gauge.duration_secs;
      if (gauge.duration_secs >= this.limits.duration_secs_max) {
        this.failure = 'too_long';
        this.send('limit');
      }
    });
  }

  private closeMicrophone(): void {
    // A take that still ends needs its microphone until its last piece is stored; `endTake` closes it then.
    if (this.recording) return;
    this.microphone?.close();
    this.microphone = null;
    this.level_db = SILENCE_DB;
    this.letSleep();
  }

  private async beginTake(): Promise<void> {
    const microphone = this.microphone;
    const store = uploads.store;
    const type = mediaType();
    if (!microphone || !store || !type) {
      this.backToReady(store ? 'no_microphone' : 'no_room', null);
      return;
    }
    this.opening = true;
    this.failure = null;
    this.refusal = null;
    try {
      const granted = await api.beginTake(this.assignment.id, type.split(';')[0] ?? type);
      const stored: StoredTake = {
        take: granted.take,
        assignment: this.assignment.id,
        person: this.person,
        media_type: type,
        nonce: nonceHex(granted.nonce),
        begun_ms: Date.now(),
        state: 'recording',
        voiced_secs: 0,
        duration_secs: 0,
      };
      await store.put(stored);
      this.opening = false;
      if (this.left || this.microphone !== microphone) return;
      this.take = granted;
      this.stored = stored;
      this.link = FIRST_LINK;
      this.pieces = 0;
      this.voiced_secs = 0;
      this.duration_secs = 0;
      this.way = null;
      this.dropAudio();
      this.gauge = new VoiceGauge();
      this.hear(this.gauge);
      this.recording = microphone.record(granted.piece_ms || 1000, (bytes) => this.keepPiece(stored, bytes));
      void this.stayAwake();
    } catch (error) {
      this.opening = false;
      const refused = error instanceof api.ApiError;
      this.backToReady(refused ? null : 'no_room', refused ? error.code : null);
    }
  }

  /** Recording could not begin: the machine goes back to where the person can try again. */
  private backToReady(failure: Failure | null, refusal: string | null): void {
    this.state = this.microphone ? 'ready' : 'idle';
    this.failure = failure;
    this.refusal = refusal;
  }

  person = '';

  private async keepPiece(stored: StoredTake, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const seq = this.pieces;
    const chain = await nextLink(this.link, bytes, stored.nonce);
    try {
      await uploads.store!.add(
        { take: stored.take, seq, chain, bytes },
        { voiced_secs: this.voiced_secs, duration_secs: this.duration_secs },
      );
    } catch (error) {
      this.failure = 'no_room';
      this.send('failed');
      throw error;
    }
    this.link = chain;
    this.pieces = seq + 1;
    uploads.push(stored.take);
  }

  private ending: Promise<void> = Promise.resolve();

  private async endTake(): Promise<void> {
    const recording = this.recording;
    const stored = this.stored;
    if (!recording || !stored) return;
    this.ending = (async () => {
      await recording.stop();
      this.recording = null;
      await uploads.store?.patch(stored.take, {
        state: 'stopped',
        voiced_secs: this.voiced_secs,
        duration_secs: this.duration_secs,
      });
      uploads.push(stored.take);
      // Between pressing and here the machine went to `reviewing`, or on to another take with the same microphone.
      if (this.state === 'reviewing' || this.left) this.closeMicrophone();
      else this.letSleep();
      if (this.state === 'reviewing') await this.offerAudio();
    })();
    await this.ending;
  }

  private async discardTake(): Promise<void> {
    this.opening = true;
    await this.ending;
    const take = this.stored?.take ?? this.take?.take;
    this.failure = null;
    this.refusal = null;
    if (take) {
      try {
        await api.discardTake(take);
      } catch (error) {
        const code = error instanceof api.ApiError ? error.code : 'offline';
        const status = error instanceof api.ApiError ? error.status : 0;
        if (status !== 404 && status !== 410) {
          // The server did not hear of it: the take stays, so that no second one begins beside it.
          this.opening = false;
          this.refusal = code;
          this.closeMicrophone();
          this.state = this.stored ? 'reviewing' : 'sent';
          if (this.stored) await this.offerAudio();
          return;
        }
      }
      await uploads.forget(take);
    }
    this.retakes += 1;
    this.stored = null;
    this.take = null;
    this.way = null;
    this.pieces = 0;
    this.voiced_secs = 0;
    this.duration_secs = 0;
    this.dropAudio();
    this.opening = false;
    await this.openMicrophone();
  }

  private async finishTake(): Promise<void> {
    await this.ending;
    if (!this.stored) return;
    this.refusal = null;
    await uploads.store?.patch(this.stored.take, { state: 'kept' });
    this.stored = { ...this.stored, state: 'kept' };
    uploads.push(this.stored.take);
  }

  private onWay(way: Way): void {
    if (way.take !== this.stored?.take) return;
    this.way = way;
    if (way.phase === 'finished' && way.finished) {
      this.accept(way.finished);
      const problem = way.finished.problems.map((one) => one.code).find(isFailure) ?? null;
      this.stored = null;
      if (this.state !== 'sending') return;
      if (problem) {
        this.failure = problem;
        this.stored = null;
        this.send(way.finished.problems.length > 0 && this.blocking(problem) ? 'refused' : 'accepted');
      } else {
        this.failure = null;
        this.send('accepted');
      }
    } else if (way.phase === 'broken') {
      this.refusal = way.reason;
      this.send('refused');
    }
  }

  /** Whether the server's finding keeps the take from being handed in. */
  private blocking(problem: Failure): boolean {
    return problem === 'too_short' || problem === 'silent' || problem === 'damaged';
  }

  private accept(take: Take): void {
    this.take = take;
    if (take.measures) {
      this.duration_secs = take.measures.duration_secs;
      this.voiced_secs = take.measures.voiced_secs;
    }
    if (take.status === 'finished') {
      this.dropAudio();
      this.audio = api.takeAudioAddress(take.take);
    }
    this.follow();
  }

  /** Asks for the transcript until it is there. */
  private follow(): void {
    if (this.poll !== null) clearTimeout(this.poll);
    const take = this.take;
    if (this.left || !take || take.status !== 'finished' || take.transcript?.status !== 'waiting') return;
    this.poll = setTimeout(() => {
      api
        .take(take.take)
        .then((now) => {
          if (!this.left && this.take?.take === now.take) this.take = now;
        })
        .catch(() => undefined)
        .finally(() => this.follow());
    }, TRANSCRIPT_EVERY_MS);
  }

  private async offerAudio(): Promise<void> {
    const stored = this.stored;
    if (!stored || !uploads.store) return;
    const pieces = await uploads.store.pieces(stored.take);
    this.dropAudio();
    this.audio = URL.createObjectURL(new Blob(pieces.map((piece) => piece.bytes), { type: stored.media_type }));
  }

  private dropAudio(): void {
    if (this.audio?.startsWith('blob:')) URL.revokeObjectURL(this.audio);
    this.audio = null;
  }

  private async stayAwake(): Promise<void> {
    try {
      this.wake ??= (await navigator.wakeLock?.request('screen')) ?? null;
      this.wake?.addEventListener('release', () => (this.wake = null));
    } catch {
      // The browser or its battery says no; the recording does not depend on it.
    }
  }

  private letSleep(): void {
    void this.wake?.release();
    this.wake = null;
  }

  /** The page is left: what is recorded stays in the store and goes on being sent. */
  leave(): void {
    this.left = true;
    this.send('leave');
    if (!this.recording) this.closeMicrophone();
    if (this.poll !== null) clearTimeout(this.poll);
    this.unwatch();
    document.removeEventListener('visibilitychange', this.onVisible);
    this.dropAudio();
  }
}

function isFailure(code: string): code is Failure {
  return (FAILURES as readonly string[]).includes(code);
}

/** The nonce as hexadecimal text; servers may also write it in base64. */
export function nonceHex(nonce: string): string {
  if (nonce.length === 2 * NONCE_BYTES && /^[0-9a-f]+$/i.test(nonce)) {
    fromHex(nonce);
    return nonce.toLowerCase();
  }
  const binary = atob(nonce.replaceAll('-', '+').replaceAll('_', '/'));
  return [...binary].map((sign) => sign.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
