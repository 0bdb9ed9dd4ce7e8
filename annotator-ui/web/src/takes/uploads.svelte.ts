/** The upload queue of the person who is signed in, as the page shows it. */

import * as api from '../api';
import { UploadQueue, type Way } from './queue';
import { TakeStore, type StoredTake } from './store';

class Uploads {
  store = $state.raw<TakeStore | null>(null);
  /** This browser gives no room to store recordings in (private windows of some browsers). */
  unsupported = $state(false);
  ways = $state.raw<readonly Way[]>([]);
  private queue: UploadQueue | null = null;
  private person: string | null = null;
  private readonly watchers = new Set<(way: Way) => void>();
  private beginning: Promise<void> | null = null;

  constructor() {
    if (typeof addEventListener === 'undefined') return;
    addEventListener('online', () => this.queue?.wake());
    addEventListener('focus', () => this.queue?.wake());
  }

  /** Takes up what lies in the store; may be called again, and for another person. */
  begin(person: string): Promise<void> {
    if (this.person === person && this.beginning) {
      this.queue?.wake();
      return this.beginning;
    }
    this.end();
    this.person = person;
    this.beginning = this.open(person);
    return this.beginning;
  }

  private async open(person: string): Promise<void> {
    try {
      this.store ??= await TakeStore.open();
    } catch {
      this.unsupported = true;
      return;
    }
    // Without this the browser may clear the store when the disk is full.
    void navigator.storage?.persist?.();
    const queue = new UploadQueue({
      store: this.store,
      api,
      person,
      changed: (way) => {
        if (this.queue !== queue) return;
        this.ways = queue.all();
        for (const watcher of this.watchers) watcher(way);
      },
    });
    this.queue = queue;
    await queue.resume();
  }

  end(): void {
    this.queue?.stop();
    this.queue = null;
    this.person = null;
    this.beginning = null;
    this.ways = [];
  }

  push(take: string): void {
    this.queue?.push(take);
  }

  way(take: string): Way | undefined {
    return this.ways.find((way) => way.take === take);
  }

  /** Takes of an assignment that lie in this browser. */
  async of(assignment: string): Promise<StoredTake[]> {
    return (await this.store?.takes())?.filter((take) => take.assignment === assignment) ?? [];
  }

  async forget(take: string): Promise<void> {
    await this.queue?.forget(take);
    this.ways = this.queue?.all() ?? [];
  }

  watch(watcher: (way: Way) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** What has not reached the server yet. */
  get pending(): Way[] {
    return this.ways.filter((way) => way.phase !== 'finished' && way.up < way.pieces);
  }
}

export const uploads = new Uploads();
