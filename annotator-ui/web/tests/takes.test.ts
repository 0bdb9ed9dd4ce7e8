import { createHash, webcrypto } from 'node:crypto';

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';

import { FIRST_LINK, fromHex, nextLink, toHex } from '../src/takes/chain';
import { UploadQueue, waitMs, type TakeApi, type Way } from '../src/takes/queue';
import { TakeStore, type StoredTake } from '../src/takes/store';
import type { Take } from '../src/types';

globalThis.crypto ??= webcrypto as Crypto;

const NONCE = '000102030405060708090a0b0c0d0e0f';

function hash(...parts: Uint8Array[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

/** A server that behaves as the contract says, and fails when it is told to. */
class Server implements TakeApi {
  pieces: Uint8Array[] = [];
  chain = FIRST_LINK;
  finished = false;
  requests = 0;
  /** What the next requests fail with; `lost` does the work and loses the answer. */
  faults: (object | 'lost')[] = [];

  private fault(): 'lost' | null {
    this.requests += 1;
    const fault = this.faults.shift();
    if (fault === undefined) return null;
    if (fault === 'lost') return 'lost';
    throw fault;
  }

  async putPiece(_take: string, seq: number, chain: string, bytes: Uint8Array<ArrayBuffer>) {
    const lost = this.fault();
    if (seq > this.pieces.length) {
      throw { status: 409, code: 'out_of_order', body: { pieces: this.pieces.length, chain: this.chain } };
    }
    if (seq === this.pieces.length) {
      const link = hash(fromHex(this.chain), bytes, fromHex(NONCE));
      if (link !== chain) throw { status: 409, code: 'chain_differs', body: {} };
      this.pieces.push(bytes);
      this.chain = link;
    }
    if (lost) throw { status: 0, code: 'offline' };
    return { pieces: this.pieces.length };
  }

  async finishTake(take: string, pieces: number, sha256: string): Promise<Take> {
    const lost = this.fault();
    if (pieces !== this.pieces.length) {
      throw { status: 409, code: 'out_of_order', body: { pieces: this.pieces.length } };
    }
    const whole = hash(...this.pieces);
    if (whole !== sha256) throw { status: 422, code: 'invalid', body: {} };
    this.finished = true;
    if (lost) throw { status: 0, code: 'offline' };
    return { take, status: 'finished', sha256: whole, problems: [], pieces } as unknown as Take;
  }
}

let store: TakeStore;
let server: Server;
let ways: Way[];
let queue: UploadQueue;

async function record(take: string, count: number, state: StoredTake['state'] = 'recording', person = 'p-1') {
  await store.put({
    take,
    assignment: `a-${take}`,
    person,
    media_type: 'audio/webm',
    nonce: NONCE,
    begun_ms: 1,
    state,
    voiced_secs: 0,
    duration_secs: 0,
  });
  let link = FIRST_LINK;
  for (let seq = 0; seq < count; seq += 1) {
    const bytes = Uint8Array.from([seq, 7, 9, seq * 3]);
    link = await nextLink(link, bytes, NONCE);
    await store.add({ take, seq, chain: link, bytes }, { voiced_secs: seq, duration_secs: seq + 1 });
  }
}

function open(person = 'p-1'): UploadQueue {
  return new UploadQueue({ store, api: server, person, changed: (way) => ways.push(way), random: () => -1 });
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await TakeStore.open();
  server = new Server();
  ways = [];
  queue = open();
});

/** Lets everything happen; whoever waits for the network is woken. */
async function settle(): Promise<void> {
  const timer = setInterval(() => queue.wake(), 5);
  await queue.settled();
  clearInterval(timer);
}

describe('the chain', () => {
  it('is SHA-256 of the link before, the piece and the nonce', async () => {
    const piece = Uint8Array.from([1, 2, 3]);
    expect(await nextLink(FIRST_LINK, piece, NONCE)).toBe(hash(new Uint8Array(32), piece, fromHex(NONCE)));
    expect(toHex(fromHex('00ff7f'))).toBe('00ff7f');
    expect(() => fromHex('0g')).toThrow(RangeError);
  });
});

describe('the store', () => {
  it('keeps pieces in order over a reload, and forgets a take as a whole', async () => {
    await record('t-1', 12);
    await record('t-2', 1);
    store.close();
    store = await TakeStore.open();
    expect((await store.pieces('t-1')).map((piece) => piece.seq)).toEqual([...Array(12).keys()]);
    expect((await store.take('t-1'))?.duration_secs).toBe(12);
    await store.forget('t-1');
    expect(await store.count('t-1')).toBe(0);
    expect(await store.count('t-2')).toBe(1);
  });

  it('writes no piece of a take that it does not know', async () => {
    const piece = { take: 't-9', seq: 0, chain: FIRST_LINK, bytes: new Uint8Array(1) };
    await expect(store.add(piece, { voiced_secs: 0, duration_secs: 0 })).rejects.toThrow(/t-9/);
    expect(await store.count('t-9')).toBe(0);
  });
});

describe('the upload queue', () => {
  it('sends pieces while the take goes on, and finishes when it is kept', async () => {
    await record('t-1', 3);
    queue.push('t-1');
    await settle();
    expect(server.pieces.length).toBe(3);
    expect(queue.way('t-1')?.phase).toBe('up_to_date');
    expect(server.finished).toBe(false);
    await store.patch('t-1', { state: 'kept' });
    queue.push('t-1');
    await settle();
    expect(queue.way('t-1')?.phase).toBe('finished');
    expect(await store.count('t-1')).toBe(0);
  });

  it('goes on after a reload without being told', async () => {
    await record('t-1', 5, 'kept');
    server.pieces.push(Uint8Array.from([0, 7, 9, 0]));
    server.chain = (await store.piece('t-1', 0))!.chain;
    await queue.resume();
    await settle();
    expect(server.finished).toBe(true);
    expect(server.pieces.length).toBe(5);
  });

  it('loses nothing to lost answers, flight mode and busy servers', async () => {
    await record('t-1', 6, 'kept');
    server.faults = ['lost', { status: 0, code: 'offline' }, { status: 503, code: 'busy' }, 'lost', 'lost', 'lost', 'lost', 'lost', 'lost'];
    queue.push('t-1');
    await settle();
    expect(server.pieces.length).toBe(6);
    expect(queue.way('t-1')?.phase).toBe('finished');
    expect(ways.some((way) => way.phase === 'waiting' && way.reason === 'offline')).toBe(true);
  });

  it('goes back when the server has fewer pieces than it had', async () => {
    await record('t-1', 4);
    queue.push('t-1');
    await settle();
    server.pieces = server.pieces.slice(0, 2);
    server.chain = (await store.piece('t-1', 1))!.chain;
    await store.patch('t-1', { state: 'kept' });
    queue.push('t-1');
    await settle();
    expect(server.pieces.length).toBe(4);
    expect(server.finished).toBe(true);
  });

  it('keeps everything while nobody is signed in', async () => {
    await record('t-1', 2, 'kept');
    server.faults = [{ status: 401, code: 'signed_out' }];
    queue.push('t-1');
    await queue.settled();
    expect(queue.way('t-1')?.phase).toBe('signed_out');
    expect(await store.count('t-1')).toBe(2);
    await settle();
    queue.wake();
    await settle();
    expect(queue.way('t-1')?.phase).toBe('finished');
  });

  it('says so when the server will never take it, and keeps the recording', async () => {
    await record('t-1', 2);
    server.faults = [{ status: 404, code: 'missing' }];
    queue.push('t-1');
    await settle();
    expect(queue.way('t-1')).toMatchObject({ phase: 'broken', reason: 'missing' });
    expect(await store.count('t-1')).toBe(2);
    expect(server.requests).toBe(1);
  });

  it('leaves alone what another person recorded', async () => {
    await record('t-1', 2, 'kept', 'p-2');
    await queue.resume();
    await settle();
    expect(server.requests).toBe(0);
  });

  it('waits longer each time, and as long as the server says', () => {
    const middle = () => 0.5;
    expect([1, 2, 3, 10].map((tries) => waitMs(tries, middle))).toEqual([500, 1000, 2000, 15000]);
    expect(waitMs(1, middle, 30)).toBe(30000);
  });
});
