/**
 * Keeps what a person is writing: at once in this browser, soon after at the server.
 *
 * The revision at the server rises by one with every saved draft. When another page saved in between, the server says
 * so and what it has; the newest edit of this page is then saved on top, because it is the one a person looks at.
 */

import { isFailed, waitMs } from '../takes/queue';
import type { Draft } from '../types';

export interface DraftOptions {
  assignment: string;
  /** What the server had when the assignment was opened. */
  server: Draft | null;
  put: (revision: number, answer: unknown) => Promise<{ revision: number }>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  told?: (state: DraftState) => void;
  delay_ms?: number;
}

export type DraftState = 'saved' | 'saving' | 'here' | 'lost';

interface Local {
  base: number;
  answer: unknown;
  key: string;
}

export class DraftKeeper {
  private revision: number;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private latest: { answer: unknown } | null = null;
  private saving: Promise<void> | null = null;
  private tries = 0;
  private ended = false;
  /** Proves that a submission tried again is the same one; survives a reload. */
  readonly key: string;
  /** The answer to begin with: of this browser when it has edits on top of what the server has. */
  readonly answer: unknown;

  constructor(private readonly options: DraftOptions) {
    const local = this.read();
    this.revision = options.server?.revision ?? 0;
    this.key = local?.key ?? crypto.randomUUID();
    this.answer = local && local.base >= this.revision ? local.answer : (options.server?.answer ?? null);
    if (local && local.base >= this.revision && local.answer !== null) this.edit(local.answer);
  }

  private get name(): string {
    return `draft:${this.options.assignment}`;
  }

  private read(): Local | null {
    try {
      const text = this.options.storage.getItem(this.name);
      return text === null ? null : (JSON.parse(text) as Local);
    } catch {
      return null;
    }
  }

  private write(answer: unknown): void {
    try {
      const local: Local = { base: this.revision, answer, key: this.key };
      this.options.storage.setItem(this.name, JSON.stringify(local));
    } catch {
      // The browser has no room: the copy at the server is the only one then.
    }
  }

  /** The person changed something. */
  edit(answer: unknown): void {
    if (this.ended) return;
    this.write(answer);
    this.latest = { answer };
    this.options.told?.('here');
    this.schedule(this.options.delay_ms ?? 800);
  }

  private schedule(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, ms);
  }

  /** Saves what is not saved yet. */
  async flush(): Promise<void> {
    if (this.saving) {
      await this.saving;
    }
    if (this.latest === null || this.ended) return;
    this.saving = this.save(this.latest.answer).finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  private async save(answer: unknown): Promise<void> {
    this.options.told?.('saving');
    try {
      const saved = await this.options.put(this.revision, answer);
      this.revision = saved.revision;
      this.tries = 0;
      if (this.latest?.answer === answer) {
        this.latest = null;
        this.write(answer);
        this.options.told?.('saved');
      }
    } catch (error) {
      if (!isFailed(error)) throw error;
      const newer = error.status === 409 ? newerRevision(error.body) : null;
      if (newer !== null && newer !== this.revision) {
        this.revision = newer;
        this.schedule(0);
        return;
      }
      if (error.status === 409 || error.status === 404 || error.status === 422) {
        this.options.told?.('lost');
        return;
      }
      this.tries += 1;
      this.options.told?.('here');
      this.schedule(waitMs(this.tries, Math.random, error.retry_after_secs));
    }
  }

  /** The answer was submitted, or the task given back: nothing is kept. */
  end(): void {
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.options.storage.removeItem(this.name);
  }

  /** The page is left for now; what was not saved is still in this browser. */
  leave(): void {
    void this.flush();
    if (this.timer !== null) clearTimeout(this.timer);
  }
}

/** The revision of the newer draft in a 409 answer, wherever the server put it. */
function newerRevision(body: unknown): number | null {
  const found = body as { revision?: unknown; draft?: { revision?: unknown } } | null;
  const revision = found?.revision ?? found?.draft?.revision;
  return typeof revision === 'number' ? revision : null;
}
