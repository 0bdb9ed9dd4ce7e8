/**
 * Brings takes from the store of this browser to the server, whatever happens in between.
 *
 * Pieces go up one after the other, each as often as it takes. The server tells how many it has; when that is fewer
 * than was thought (it was restored) the queue goes back, when it is more (an answer was lost) it goes on from there.
 * A take leaves the store when the server has answered with the hash of the whole, and that hash is ours.
 */

import { joined, sha256 } from './chain';
import type { StoredTake, TakeStore } from './store';
import type { Take } from '../types';

/** What the queue needs of the network; `api.ts` is one. */
export interface TakeApi {
  putPiece(take: string, seq: number, chain: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ pieces: number }>;
  finishTake(take: string, pieces: number, sha256: string): Promise<Take>;
}

/** How a request failed, as the queue tells it apart. `ApiError` is one. */
export interface Failed {
  code: string;
  /** 0 when no answer came. */
  status: number;
  retry_after_secs?: number | undefined;
  body?: unknown;
}

/** Where a take stands on its way. */
export interface Way {
  take: string;
  assignment: string;
  /** Pieces in the store of this browser, and of them at the server. */
  pieces: number;
  up: number;
  phase: 'up_to_date' | 'sending' | 'waiting' | 'signed_out' | 'finished' | 'broken';
  /** Why it waits or is broken: a code of the server, or `offline`. */
  reason: string | null;
  /** The server's answer, once it is finished. */
  finished: Take | null;
}

export interface QueueOptions {
  store: TakeStore;
  api: TakeApi;
  person: string;
  changed: (way: Way) => void;
  /** Waits for so many milliseconds, or until `wake` is called. */
  random?: () => number;
}

const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 15_000;

/** Answers after which the same request will never succeed. */
const FATAL_STATUS = new Set([400, 403, 404, 410, 413, 415, 422]);

export function isFailed(error: unknown): error is Failed {
  return typeof error === 'object' && error !== null && 'status' in error && 'code' in error;
}

/** How long to wait before try number `tries` (from 1), in milliseconds: doubling, with some chance in it. */
export function waitMs(tries: number, random: () => number, retry_after_secs?: number): number {
  const doubled = Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** (tries - 1));
  const drawn = doubled * (0.75 + 0.5 * random());
  return Math.round(Math.max(drawn, (retry_after_secs ?? 0) * 1000));
}

export class UploadQueue {
  private readonly ways = new Map<string, Way>();
  private readonly running = new Map<string, Promise<void>>();
  private wakers = new Set<() => void>();
  private stopped = false;

  constructor(private readonly options: QueueOptions) {}

  /** Takes up every take of this person that lies in the store; called once after signing in. */
  async resume(): Promise<StoredTake[]> {
    const mine = (await this.options.store.takes()).filter((take) => take.person === this.options.person);
    for (const take of mine) this.push(take.take);
    return mine;
  }

  /** There may be something new to do for a take: a piece was stored, or it was kept. */
  push(take: string): void {
    const way = this.ways.get(take);
    if (this.stopped || way?.phase === 'broken' || way?.phase === 'finished') return;
    const before = this.running.get(take);
    if (before) {
      this.again.add(take);
      return;
    }
    const run = this.drain(take)
      .catch((error: unknown) => this.tell(take, { phase: 'broken', reason: String(error) }))
      .finally(() => {
        this.running.delete(take);
        if (this.again.delete(take)) this.push(take);
      });
    this.running.set(take, run);
  }

  private readonly again = new Set<string>();

  /** The network is back, or someone signed in: whoever waits tries at once. */
  wake(): void {
    const all = this.wakers;
    this.wakers = new Set();
    for (const waker of all) waker();
    for (const way of this.ways.values()) if (way.phase === 'signed_out') this.push(way.take);
  }

  way(take: string): Way | undefined {
    return this.ways.get(take);
  }

  all(): Way[] {
    return [...this.ways.values()];
  }

  /** The take was thrown away: nothing more of it goes up. */
  async forget(take: string): Promise<void> {
    await this.options.store.forget(take);
    this.ways.delete(take);
    this.wake();
  }

  /** Stops all uploads of this queue, at signing out. What is in the store stays. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  /** Resolves when nothing is under way; for tests. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private tell(take: string, change: Partial<Way>): void {
    const before = this.ways.get(take);
    if (!before) return;
    const way = { ...before, ...change };
    this.ways.set(take, way);
    this.options.changed(way);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.wakers.delete(waker);
        resolve();
      }, ms);
      const waker = () => {
        clearTimeout(timer);
        resolve();
      };
      this.wakers.add(waker);
    });
  }

  private async drain(take: string): Promise<void> {
    const { store, api } = this.options;
    let tries = 0;
    while (!this.stopped) {
      const stored = await store.take(take);
      if (!stored) return;
      const pieces = await store.count(take);
      const before = this.ways.get(take);
      if (!before) {
        const first: Way = {
          take,
          assignment: stored.assignment,
          pieces,
          up: 0,
          phase: 'sending',
          reason: null,
          finished: null,
        };
        this.ways.set(take, first);
      }
      const up = this.ways.get(take)?.up ?? 0;
      this.tell(take, { pieces });
      try {
        if (up < pieces) {
          this.tell(take, { phase: 'sending', reason: null });
          const piece = await store.piece(take, up);
          if (!piece) throw new Error(`piece ${up} of take \`${take}\` is missing from the store of this browser`);
          const answer = await api.putPiece(take, piece.seq, piece.chain, piece.bytes);
          this.tell(take, { up: Math.max(0, Math.min(answer.pieces, pieces)) });
        } else if (stored.state === 'kept' && pieces > 0) {
          this.tell(take, { phase: 'sending', reason: null });
          const whole = joined((await store.pieces(take)).map((piece) => piece.bytes));
          const hash = await sha256(whole);
          const finished = await api.finishTake(take, pieces, hash);
          if (finished.sha256 && finished.sha256 !== hash) {
            this.tell(take, { phase: 'broken', reason: 'hash_differs' });
            return;
          }
          await store.forget(take);
          this.tell(take, { phase: 'finished', reason: null, finished });
          return;
        } else {
          this.tell(take, { phase: 'up_to_date', reason: null });
          return;
        }
        tries = 0;
      } catch (error) {
        if (!isFailed(error)) throw error;
        const known = piecesKnown(error);
        if (error.status === 409 && known !== null && known !== up) {
          this.tell(take, { up: Math.min(known, pieces) });
          continue;
        }
        if (error.status === 401) {
          this.tell(take, { phase: 'signed_out', reason: error.code });
          return;
        }
        if (FATAL_STATUS.has(error.status) || error.code === 'chain_differs') {
          this.tell(take, { phase: 'broken', reason: error.code });
          return;
        }
        tries += 1;
        this.tell(take, { phase: 'waiting', reason: error.status === 0 ? 'offline' : error.code });
        await this.pause(waitMs(tries, this.options.random ?? Math.random, error.retry_after_secs));
      }
    }
  }
}

/** The number of pieces that the server says it has, in a 409 answer. */
function piecesKnown(error: Failed): number | null {
  const body = error.body as { pieces?: unknown } | null | undefined;
  return typeof body?.pieces === 'number' && body.pieces >= 0 ? body.pieces : null;
}
