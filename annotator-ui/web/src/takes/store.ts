/**
 * The browser's own store of takes (IndexedDB): what was recorded is here before it is anywhere else.
 *
 * A piece is written in the same transaction as the link of its chain, and is deleted only when the server has answered
 * with the hash of the whole take. After a reload or a crash, what is here is what was recorded, up to the last second.
 */

export interface StoredTake {
  take: string;
  assignment: string;
  /** Who spoke it; on a shared computer nobody uploads what another person recorded. */
  person: string;
  media_type: string;
  nonce: string;
  /** Milliseconds since 1970 of this browser, for showing alone. */
  begun_ms: number;
  /** `recording` while more pieces may come, `stopped` when all are here, `kept` when the person wants it sent. */
  state: 'recording' | 'stopped' | 'kept';
  /** Seconds of speech as the page estimated them, for showing alone. */
  voiced_secs: number;
  duration_secs: number;
}

export interface StoredPiece {
  take: string;
  /** 0 for the first. */
  seq: number;
  chain: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const DATABASE = 'pixmo-takes';
const VERSION = 1;

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store of this browser gave no reason'));
  });
}

/** Resolves when the transaction is on disk (`durability: strict`), not when its requests were answered. */
function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the store of this browser is full'));
    transaction.onerror = () => reject(transaction.error ?? new Error('the store of this browser failed'));
  });
}

export class TakeStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(factory: IDBFactory = indexedDB): Promise<TakeStore> {
    const request = factory.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('takes', { keyPath: 'take' });
      request.result.createObjectStore('pieces', { keyPath: ['take', 'seq'] });
    };
    const database = await result(request);
    // A newer page in another tab may want to change the store; it must not wait for this one.
    database.onversionchange = () => database.close();
    return new TakeStore(database);
  }

  close(): void {
    this.database.close();
  }

  private begin(stores: string[], mode: IDBTransactionMode): IDBTransaction {
    return this.database.transaction(stores, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
  }

  async put(take: StoredTake): Promise<void> {
    const transaction = this.begin(['takes'], 'readwrite');
    transaction.objectStore('takes').put(take);
    await done(transaction);
  }

  async take(take: string): Promise<StoredTake | undefined> {
    return result<StoredTake | undefined>(this.begin(['takes'], 'readonly').objectStore('takes').get(take));
  }

  /** All takes, oldest first. */
  async takes(): Promise<StoredTake[]> {
    const all = await result<StoredTake[]>(this.begin(['takes'], 'readonly').objectStore('takes').getAll());
    return all.sort((a, b) => a.begun_ms - b.begun_ms || (a.take < b.take ? -1 : 1));
  }

  /** Changes some fields of a take; does nothing when it is not here any more. */
  async patch(take: string, change: Partial<Omit<StoredTake, 'take'>>): Promise<StoredTake | undefined> {
    const transaction = this.begin(['takes'], 'readwrite');
    const takes = transaction.objectStore('takes');
    const found = await result<StoredTake | undefined>(takes.get(take));
    const changed = found && { ...found, ...change };
    if (changed) takes.put(changed);
    await done(transaction);
    return changed;
  }

  /** Writes a piece and what was recorded so far, both or neither. */
  async add(piece: StoredPiece, so_far: Pick<StoredTake, 'voiced_secs' | 'duration_secs'>): Promise<void> {
    const transaction = this.begin(['takes', 'pieces'], 'readwrite');
    const takes = transaction.objectStore('takes');
    transaction.objectStore('pieces').put(piece);
    const found = await result<StoredTake | undefined>(takes.get(piece.take));
    if (!found) {
      transaction.abort();
      throw new Error(`take \`${piece.take}\` is not in the store of this browser`);
    }
    takes.put({ ...found, ...so_far });
    await done(transaction);
  }

  private ofTake(take: string): IDBKeyRange {
    return IDBKeyRange.bound([take, 0], [take, Number.MAX_SAFE_INTEGER]);
  }

  async piece(take: string, seq: number): Promise<StoredPiece | undefined> {
    return result<StoredPiece | undefined>(
      this.begin(['pieces'], 'readonly').objectStore('pieces').get([take, seq]),
    );
  }

  /** How many pieces of a take are here. */
  async count(take: string): Promise<number> {
    return result(this.begin(['pieces'], 'readonly').objectStore('pieces').count(this.ofTake(take)));
  }

  /** The pieces of a take, in order. */
  async pieces(take: string): Promise<StoredPiece[]> {
    return result<StoredPiece[]>(
      this.begin(['pieces'], 'readonly').objectStore('pieces').getAll(this.ofTake(take)),
    );
  }

  /** Forgets a take and its pieces: the server has it, or the person threw it away. */
  async forget(take: string): Promise<void> {
    const transaction = this.begin(['takes', 'pieces'], 'readwrite');
    transaction.objectStore('takes').delete(take);
    transaction.objectStore('pieces').delete(this.ofTake(take));
    await done(transaction);
  }
}
