import { describe, expect, it, vi } from 'vitest';

import { DraftKeeper, type DraftOptions } from '../src/work/draft';
import { Heartbeat } from '../src/work/heartbeat';

class Shelf {
  private readonly items = new Map<string, string>();
  getItem = (name: string) => this.items.get(name) ?? null;
  setItem = (name: string, value: string) => void this.items.set(name, value);
  removeItem = (name: string) => void this.items.delete(name);
}

function keeper(storage: Shelf, put: DraftOptions['put'], server: DraftOptions['server'] = null) {
  return new DraftKeeper({ assignment: 'a-1', server, put, storage, delay_ms: 0 });
}

describe('the keeper of drafts', () => {
  it('saves what was written last, and has it after a reload before the server does', async () => {
    const shelf = new Shelf();
    const put = vi.fn(() => Promise.reject({ status: 0, code: 'offline' }));
    const first = keeper(shelf, put);
    first.edit({ n: 1 });
    first.edit({ n: 2 });
    await first.flush();
    first.leave();
    const second = keeper(shelf, vi.fn(() => Promise.resolve({ revision: 1 })));
    expect(second.answer).toEqual({ n: 2 });
    expect(second.key).toBe(first.key);
    second.leave();
  });

  it('prefers a newer draft of the server to what this browser had before it', () => {
    const shelf = new Shelf();
    const old = keeper(shelf, () => Promise.resolve({ revision: 1 }));
    old.edit({ n: 1 });
    old.leave();
    expect(keeper(shelf, () => Promise.resolve({ revision: 6 }), { revision: 5, answer: { n: 9 } }).answer).toEqual({ n: 9 });
  });

  it('saves on top when another page saved in between', async () => {
    const revisions: number[] = [];
    const one = keeper(new Shelf(), (revision) => {
      revisions.push(revision);
      if (revision === 0) return Promise.reject({ status: 409, code: 'draft_newer', body: { revision: 4 } });
      return Promise.resolve({ revision: revision + 1 });
    });
    one.edit({ n: 1 });
    await vi.waitFor(() => expect(revisions).toEqual([0, 4]));
    one.end();
  });

  it('keeps nothing once the answer was handed in', () => {
    const shelf = new Shelf();
    const one = keeper(shelf, () => Promise.resolve({ revision: 1 }));
    one.edit({ n: 1 });
    one.end();
    expect(shelf.getItem('draft:a-1')).toBeNull();
  });
});

describe('signs of life', () => {
  it('count someone as active who did something or speaks, and nobody else', async () => {
    const told: boolean[] = [];
    let busy = false;
    const page = new EventTarget();
    const beats = new Heartbeat({
      beat: (active) => {
        told.push(active);
        return Promise.resolve({ lease_until: '', active_secs: 0 });
      },
      busy: () => busy,
      told: () => undefined,
      lost: () => undefined,
      every_ms: 1e9,
    });
    const stop = beats.start(page);
    await beats.beat();
    await beats.beat();
    page.dispatchEvent(new Event('keydown'));
    await beats.beat();
    busy = true;
    await beats.beat();
    stop();
    expect(told).toEqual([true, false, true, true]);
  });

  it('say when the task is lost, and lose no activity to the network', async () => {
    const lost: string[] = [];
    const told: boolean[] = [];
    const answers = [{ status: 0, code: 'offline' }, null, { status: 409, code: 'lease_lost' }];
    const beats = new Heartbeat({
      beat: (active) => {
        told.push(active);
        const answer = answers.shift();
        return answer ? Promise.reject(answer) : Promise.resolve({ lease_until: '', active_secs: 0 });
      },
      busy: () => false,
      told: () => undefined,
      lost: (code) => lost.push(code),
    });
    await beats.beat();
    await beats.beat();
    await beats.beat();
    expect(told).toEqual([true, true, false]);
    expect(lost).toEqual(['lease_lost']);
  });
});
