/** One task on the desk: its lease, its draft, and the ways it leaves: submitted, skipped, given back. */

import * as api from '../api';
import { isFailed, waitMs } from '../takes/queue';
import type { Assignment } from '../types';
import { DraftKeeper, type DraftState } from './draft';
import { Heartbeat } from './heartbeat';

export const SKIP_REASONS = ['cannot_see', 'offensive', 'not_my_language', 'ambiguous', 'too_many'] as const;

export class Desk {
  draft = $state<DraftState>('saved');
  active_secs = $state(0);
  sending = $state(false);
  /** A submission waits for the network. */
  waiting = $state(false);
  error = $state.raw<unknown>(null);
  /** Why the task is not this person's any more. */
  lost = $state<string | null>(null);
  skipping = $state(false);
  readonly keeper: DraftKeeper;
  /** Whether someone is at work without touching anything: while they speak. */
  busy: () => boolean = () => false;
  private readonly stopBeats: () => void;
  private gone = false;

  constructor(
    readonly assignment: Assignment,
    /** The task has left the desk. */
    private readonly left: (how: 'submitted' | 'skipped' | 'released') => void,
  ) {
    const id = assignment.id;
    this.keeper = new DraftKeeper({
      assignment: id,
      server: assignment.draft,
      put: (revision, answer) => api.putDraft(id, revision, answer),
      storage: localStorage,
      told: (state) => (this.draft = state),
    });
    const beats = new Heartbeat({
      beat: (active) => api.heartbeat(id, active),
      busy: () => this.busy(),
      told: (answer) => (this.active_secs = answer.active_secs),
      lost: (code) => (this.lost = code),
    });
    this.stopBeats = beats.start();
  }

  /** Hands the answer in; tries until the server has answered, with the same key, so that it counts once. */
  async submit(answer: unknown): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.error = null;
    for (let tries = 1; !this.gone; tries += 1) {
      try {
        await api.submit(this.assignment.id, this.keeper.key, answer);
        this.finish('submitted');
        return;
      } catch (error) {
        if (isFailed(error) && (error.status === 0 || error.status === 429 || error.status >= 500)) {
          this.waiting = true;
          const ms = waitMs(tries, Math.random, error.retry_after_secs);
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ms);
            addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
          });
          continue;
        }
        this.error = error;
        break;
      }
    }
    this.waiting = false;
    this.sending = false;
  }

  async skip(reason: string, note: string): Promise<void> {
    await this.leaving('skipped', () => api.skip(this.assignment.id, reason, note.trim() || undefined));
  }

  async release(): Promise<void> {
    await this.leaving('released', () => api.release(this.assignment.id));
  }

  private async leaving(how: 'skipped' | 'released', ask: () => Promise<void>): Promise<void> {
    this.sending = true;
    this.error = null;
    try {
      await ask();
      this.finish(how);
    } catch (error) {
      this.error = error;
    }
    this.sending = false;
  }

  private finish(how: 'submitted' | 'skipped' | 'released'): void {
    this.keeper.end();
    this.sending = false;
    this.waiting = false;
    this.skipping = false;
    this.left(how);
  }

  /** The page is left; the task stays this person's until its lease ends. */
  leave(): void {
    this.gone = true;
    this.stopBeats();
    this.keeper.leave();
  }
}
